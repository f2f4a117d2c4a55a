//! Publishes the demonstration's other publications, each as a public act like any other.

use app::domain::{
    act::Act,
    publication::{
        Standing,
        content::{Attachment, Content},
        life::{Life, Work},
    },
    removal::{Penalty, Restriction, Rules},
};
use chrono::NaiveDate;
use server::{
    demo::DemoNotice,
    files::sha256,
    house::House,
    store::{Performing, StoredAttachment},
};
use uuid::Uuid;

use super::Failure;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Publishes one, and its correction.
pub async fn publish(house: &House, notice: DemoNotice) -> Result<(), Failure> {
    let id = house.ids.next(house.clock.now());
    let DemoNotice { mut content, corrected, file } = notice;
    let stored = match file {
        Some((name, bytes)) => Some(keep(house, id, name, &bytes)?),
        None => None,
    };
    content.attachments.extend(stored.iter().map(|stored| stored.attachment.clone()));
    act(house, id, &content, stored.as_ref(), Act::Publish, "").await?;
    if let Some((content, reason)) = corrected {
        act(house, id, &content, None, Act::Correct, reason).await?;
    }
    Ok(())
}

fn keep(house: &House, publication: Uuid, name: String, bytes: &[u8]) -> Result<StoredAttachment, Failure> {
    let id = house.ids.secret();
    house.attachments.keep(id, bytes)?;
    let (size, sha256) = (bytes.len() as u64, sha256(bytes));
    let attachment = Attachment { id, name, media_type: XLSX.into(), size, sha256 };
    Ok(StoredAttachment { attachment, publication, text: String::new(), concerns: Vec::new(), public: false })
}

async fn act(
    house: &House,
    id: Uuid,
    content: &Content,
    file: Option<&StoredAttachment>,
    act: Act,
    reason: &str,
) -> Result<(), Failure> {
    let now = house.clock.now();
    let mut tx = house.db.begin().await?;
    if act == Act::Publish {
        tx.insert_publication(id, content.kind, &Work::ready(content.clone()), now).await?;
        tx.mark_demo(id).await?;
    }
    if let Some(file) = file {
        tx.insert_attachment(file, now).await?;
    }
    let publication = tx.publication(id).await?.ok_or("publication is missing")?;
    let performing = Performing {
        next: Life { standing: Standing::Public, work: None },
        act,
        content: Some(content),
        bulletin: None,
        edition: None,
        reason,
        hides_earlier: false,
        remove_on: remove_on(content)?,
    };
    tx.perform(&publication, &performing, &house.ids, now).await?;
    tx.commit().await?;
    Ok(())
}

/// When a penalty is removed by its rule.
fn remove_on(content: &Content) -> Result<Option<NaiveDate>, Failure> {
    let class = content.field("removal_class").split_once('/');
    let days = content.day("decided_on").zip(content.published_on);
    let (Some((rule, class)), Some((decided_on, published_on))) = (class, days) else { return Ok(None) };
    let penalty = Penalty { decided_on, published_on, restriction: Restriction::None, food: true };
    Ok(Rules::embedded()?.removal(rule, class, penalty)?.on)
}
