//! Demonstration content: rounds as they would be after their officers and their days.

use app::{
    domain::{
        act::Act,
        poll::{self, Outcome, State},
    },
    ports::PollResult,
};
use serde_json::json;
use uuid::Uuid;

use super::{PollService, of_store};
use crate::{
    demo::DemoPoll,
    store::{NewPoll, Poll, PollStep},
};

impl PollService {
    /// Loads a round; an ended one that led to a bulletin is linked to it.
    ///
    /// # Errors
    /// The store.
    pub async fn load(&self, demo: &DemoPoll, bulletin: Option<Uuid>) -> PollResult<Uuid> {
        let (now, content) = (self.house.clock.now(), &demo.content);
        let id = self.house.ids.next(now);
        let state = if demo.counts.is_some() { State::Ended } else { State::Open };
        let next = poll::Poll { state, editors: std::collections::BTreeSet::new(), ..poll::Poll::new(content, id) };
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.insert_poll(&NewPoll { id, content, editors: &next.editors, demo: true }, now).await.map_err(of_store)?;
        let issue = Some(tx.next_poll_issue(content.kind).await.map_err(of_store)?);
        let before = tx.poll(id).await.map_err(of_store)?;
        let before: Poll = before.ok_or(app::ports::PortError::NotFound)?;
        let step = PollStep { next: &next, issue, content, confirmed: &[], returned: None, stopped: None };
        tx.save_poll(&before, &step, now).await.map_err(of_store)?;
        let text = json!({ "issue": issue, "poll": content });
        self.log(&mut tx, id, Act::Publish, Some(text.to_string()), None, now).await?;
        if let Some(counts) = &demo.counts {
            let outcome = Outcome::of(content, counts);
            tx.set_poll_outcome(id, &outcome).await.map_err(of_store)?;
            let text = json!({ "issue": issue, "poll": content, "result": outcome });
            self.log(&mut tx, id, Act::Publish, Some(text.to_string()), None, now).await?;
        }
        if let Some(bulletin) = bulletin.filter(|_| demo.causes) {
            let link = self.house.ids.next(now);
            let (one, other) = (Uuid::nil(), Uuid::max());
            tx.insert_poll_link((link, id), ("publication", bulletin), one, now).await.map_err(of_store)?;
            tx.confirm_poll_link(id, link, other).await.map_err(of_store)?;
        }
        tx.commit().await.map_err(of_store)?;
        Ok(id)
    }
}
