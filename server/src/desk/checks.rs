//! The check before publication: fields, personal data in text and attachments, numbers against the table.

use std::collections::BTreeSet;

use app::{
    domain::{
        arithmetic::{Counted, disagreements},
        bulletin::Tally,
        identifier::{Form, uscc_form},
        publication::{
            Kind,
            content::{Content, FieldFault},
            field::Fault,
            life::Work,
        },
        redaction::{Known, Mark, find},
    },
    ports::{Checks, FoundMark, Place, PlacedConcern, PlacedMark},
    text,
};
use chrono::NaiveDate;

use crate::{files::sha256, store::StoredAttachment};

/// What the check knows beside the work.
pub struct Around<'a> {
    /// Files of the publication
    pub attachments: &'a [StoredAttachment],
    /// Telephones that the bureau itself publishes
    pub phones: &'a [&'a str],
    /// 抽样编号 of the content that no published sample has
    pub unknown_samples: &'a [String],
    /// A removal rule that can't be used
    pub removal: Option<Fault>,
    /// Today
    pub today: NaiveDate,
}

/// The key by which a confirmation is remembered. It is hashed: the mark's own key holds the datum.
#[must_use]
pub fn confirmation(mark: &Mark) -> String {
    sha256(mark.key().as_bytes())[..24].to_owned()
}

/// What the redaction check finds in texts, each once, and what an officer confirmed; what blocks can't be.
#[must_use]
pub fn found_marks(texts: &[&str], known: &Known<'_>, confirmed: &[String]) -> Vec<FoundMark> {
    let mut found: Vec<FoundMark> = Vec::new();
    for mark in texts.iter().flat_map(|text| find(text, known)) {
        let key = confirmation(&mark);
        if found.iter().all(|one| one.key != key) {
            let confirmed = !mark.datum.blocks() && confirmed.contains(&key);
            found.push(FoundMark { mark, key, confirmed });
        }
    }
    found
}

/// Checks open work.
#[must_use]
pub fn check(work: &Work, around: &Around<'_>) -> Checks {
    let mut checks = Checks::default();
    let names = work.content.as_ref().map(Content::named).unwrap_or_default();
    let known = Known { names: &names, phones: around.phones };
    mark(&mut checks, &work.confirmed, &known, &Place::Field("reason"), &work.reason);
    let Some(content) = &work.content else { return checks };
    checks.gaps = content.gaps(around.today);
    if !around.unknown_samples.is_empty() {
        checks.gaps.push(FieldFault { field: "samples", fault: Fault::UnknownSample });
    }
    checks.gaps.extend(around.removal.map(|fault| FieldFault { field: "removal_class", fault }));
    for (field, text) in content.texts() {
        mark(&mut checks, &work.confirmed, &known, &Place::Field(field), text);
    }
    // a register's text says nothing of batches
    let table = content.table.as_ref().filter(|_| content.kind == Kind::Bulletin);
    let table = table.map(|table| counted(if table.food.total() > 0 { table.food } else { table.all }));
    checks.disagreements = disagreements(&content.body, table.as_ref());
    let listed = |stored: &&StoredAttachment| content.attachments.iter().any(|one| one.id == stored.attachment.id);
    for stored in around.attachments.iter().filter(listed) {
        let name = &stored.attachment.name;
        checks.concerns.extend(stored.concerns.iter().map(|(sentence, may)| {
            let key =
                may.then(|| sha256(format!("{} {sentence}", stored.attachment.sha256).as_bytes())[..24].to_owned());
            let confirmed = key.as_ref().is_some_and(|key| work.confirmed.contains(key));
            PlacedConcern { file: name.clone(), sentence: sentence.clone(), key, confirmed }
        }));
        mark(&mut checks, &work.confirmed, &known, &Place::Attachment(name.clone()), &stored.text);
        mark(&mut checks, &work.confirmed, &known, &Place::Attachment(name.clone()), name);
    }
    let codes = ["party_code", "producer_code"].map(|name| content.field(name));
    let odd = codes.into_iter().filter(|code| !code.is_empty() && uscc_form(code) == Form::CheckDigit);
    checks.advice.extend(odd.map(text::editing::odd_code));
    checks
}

fn counted(tally: Tally) -> Counted {
    Counted { total: tally.total(), passed: tally.passed, failed: tally.failed }
}

/// Marks a text; the same datum in the same place is shown once.
fn mark(checks: &mut Checks, confirmed: &BTreeSet<String>, known: &Known<'_>, place: &Place, text: &str) {
    for mark in find(text, known) {
        let key = confirmation(&mark);
        let is_known = checks.marks.iter().any(|one| one.place == *place && one.key == key);
        if !is_known {
            checks.marks.push(PlacedMark { place: place.clone(), confirmed: confirmed.contains(&key), mark, key });
        }
    }
}
