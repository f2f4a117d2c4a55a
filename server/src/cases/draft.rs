//! Drafts of citizens: kept sealed under the token of their browser, for 48 hours after the last word.

use app::{
    domain::intake::{Draft, KEPT_HOURS},
    ports::{PortError, PortResult},
};
use chrono::TimeDelta;
use uuid::Uuid;

use super::CaseService;
use crate::{auth::Token, secret::Place, store::Tx};

const TABLE: &str = "case_draft";
/// Times that a write is tried where another tab of the same draft writes too.
const TRIES: usize = 8;

impl CaseService {
    /// The draft of a token; none where its time is over.
    ///
    /// # Errors
    /// The store.
    pub async fn draft(&self, token: &Token) -> PortResult<Option<Draft>> {
        let Some(row) = self.house.db.case_draft(&token.hash(), self.house.clock.now()).await? else {
            return Ok(None);
        };
        self.unseal_json(TABLE, "sealed", row.id, &row.sealed).map(Some)
    }

    /// Keeps a new draft.
    ///
    /// # Errors
    /// The store.
    pub async fn begin_draft(&self, token: &Token, draft: &Draft) -> PortResult<()> {
        let now = self.house.clock.now();
        let id = self.house.ids.next(now);
        let sealed = self.seal_json(TABLE, "sealed", id, draft)?;
        let mut tx = self.house.db.begin().await?;
        tx.insert_case_draft(&token.hash(), id, &sealed, now + TimeDelta::hours(KEPT_HOURS)).await?;
        Ok(tx.commit().await?)
    }

    /// Changes a draft as it is at that moment. Gives what it is now; none where there is none.
    ///
    /// # Errors
    /// The store; [`PortError::Unavailable`] where others write all the time.
    pub async fn change_draft(&self, token: &Token, change: impl Fn(&mut Draft)) -> PortResult<Option<Draft>> {
        let now = self.house.clock.now();
        for _ in 0..TRIES {
            let mut tx = self.house.db.begin().await?;
            let Some(row) = tx.case_draft(&token.hash(), now).await? else { return Ok(None) };
            let mut draft: Draft = self.unseal_json(TABLE, "sealed", row.id, &row.sealed)?;
            change(&mut draft);
            let sealed = self.seal_json(TABLE, "sealed", row.id, &draft)?;
            let until = now + TimeDelta::hours(KEPT_HOURS);
            if tx.update_case_draft(&token.hash(), row.version, &sealed, until).await? {
                tx.commit().await?;
                return Ok(Some(draft));
            }
        }
        Err(PortError::Unavailable("a draft is written by others all the time".into()))
    }

    /// The draft of a form that is being taken: only that it was sent stays of it.
    pub(super) async fn mark_sent(&self, tx: &mut Tx, token: &Token) -> PortResult<()> {
        let now = self.house.clock.now();
        let Some(row) = tx.case_draft(&token.hash(), now).await? else { return Ok(()) };
        let sealed = self.seal_json(TABLE, "sealed", row.id, &Draft::sent())?;
        let until = now + TimeDelta::hours(KEPT_HOURS);
        if tx.update_case_draft(&token.hash(), row.version, &sealed, until).await? {
            return Ok(());
        }
        Err(PortError::Unavailable("a draft is written by others at the same time".into()))
    }

    /// The basket for files of the form of a token. It stands in the page; the token itself never does.
    #[must_use]
    pub fn basket(&self, token: &Token) -> Token {
        let place = Place { table: TABLE, column: "basket", id: Uuid::nil() };
        Token::of(self.auth().secrets.keyed_hash(place, &token.hash()))
    }

    /// Takes a draft away.
    ///
    /// # Errors
    /// The store.
    pub async fn drop_draft(&self, token: &Token) -> PortResult<()> {
        let mut tx = self.house.db.begin().await?;
        tx.drop_case_draft(&token.hash()).await?;
        Ok(tx.commit().await?)
    }

    /// Takes away all drafts whose time is over. Gives their number.
    ///
    /// # Errors
    /// The store.
    pub async fn forget_drafts(&self) -> PortResult<u64> {
        Ok(self.house.db.forget_case_drafts(self.house.clock.now()).await?)
    }

    /// How many other cases came within an hour with the same text: one more sign for the officer, who decides.
    ///
    /// # Errors
    /// The store.
    pub async fn same_texts(&self, case: Uuid) -> PortResult<u64> {
        let count = self.house.db.same_texts(case, TimeDelta::hours(1)).await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
