//! A case is filed: by a citizen's form, or written down by an officer at the counter or on the telephone.

use std::{net::IpAddr, sync::Arc};

use app::{
    domain::{
        case::{Filing, Kind, Source},
        clock::Due,
        objection::code_form,
    },
    ports::{CaseError, CaseSheet, PortError},
};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{CaseService, internal, job::Half, of_auth};
use crate::{
    auth::{Token, code_signs, grouped},
    secret::Place,
    store::StoredCase,
};

/// Random signs of a number: 40 bits, so that a day's numbers can't be tried out.
pub(super) const NUMBER_SIGNS: usize = 8;
/// Signs of a query code: 125 bits.
const CODE_SIGNS: usize = 25;
/// A form that is sent again within this time gets its receipt again; afterwards it learns only that it was sent.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// What the citizen is told once.
#[derive(Clone, Debug)]
pub struct CaseReceipt {
    /// One case, or two where the form held both
    pub halves: Vec<ReceiptHalf>,
    /// Query code of both; none when the form was sent again too late
    pub code: Option<String>,
    /// When it was taken
    pub at: DateTime<Utc>,
}

/// One case of a receipt.
#[derive(Clone, Debug)]
pub struct ReceiptHalf {
    /// Id; not for the citizen
    pub id: Uuid,
    /// Number, as it is shown
    pub number: String,
    /// What it is
    pub kind: Kind,
    /// Until when the first step is due, and why
    pub due: Due,
}

/// Why a case was not taken, or is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Number or code is wrong
    #[error("wrong number or code")]
    Wrong,
    /// Too many from this address
    #[error("too many from one address")]
    Wait,
    /// What was to be done with the case was not
    #[error(transparent)]
    Step(#[from] CaseError),
}

impl CaseService {
    /// Takes what one form holds: one case, or two linked ones. The form's token makes them once, however often it is
    /// sent. `called_by` says which officer wrote it down. Durable when this returns.
    ///
    /// # Errors
    /// [`FileError::Port`].
    pub async fn file(
        &self,
        token: &Token,
        filings: &[Filing],
        source: Source,
        address: Option<IpAddr>,
    ) -> Result<CaseReceipt, FileError> {
        if let Some(receipt) = self.filed_before(token, filings).await? {
            return Ok(receipt);
        }
        let code_hash = self.auth().hash_code(&self.code(token)).await.map_err(of_auth)?;
        let job = Arc::new(self.job(token, filings, source, code_hash)?);
        if !self.group.commit(&self.house.db, &job).await? {
            return self.filed_before(token, filings).await?.ok_or(PortError::NotFound.into());
        }
        self.ring();
        self.filed.failed(address, self.house.clock.now());
        Ok(job.receipt.clone())
    }

    /// The receipt of the form of a token; none where it was not taken. The code only within the hour.
    ///
    /// # Errors
    /// The store.
    pub async fn receipt(&self, token: &Token) -> Result<Option<CaseReceipt>, PortError> {
        self.receipt_of(token, &Kind::ALL).await
    }

    async fn filed_before(&self, token: &Token, filings: &[Filing]) -> Result<Option<CaseReceipt>, PortError> {
        let kinds: Vec<Kind> = filings.iter().map(|filing| filing.kind).collect();
        self.receipt_of(token, &kinds).await
    }

    /// The receipt of a form that was taken.
    async fn receipt_of(&self, token: &Token, kinds: &[Kind]) -> Result<Option<CaseReceipt>, PortError> {
        let mut halves = Vec::new();
        let mut at = None;
        for kind in kinds {
            let Some(stored) = self.house.db.case_by_token(&half_token(token, *kind)).await? else { continue };
            at = Some(stored.received_at);
            let due = self.dues(&stored.case).map_err(internal)?.into_iter().next().ok_or(PortError::NotFound)?;
            halves.push(ReceiptHalf {
                id: stored.id,
                number: shown_number(&stored.number),
                kind: stored.case.kind,
                due,
            });
        }
        let Some(at) = at else { return Ok(None) };
        let is_fresh = self.house.clock.now() - at < AGAIN;
        Ok(Some(CaseReceipt { halves, code: is_fresh.then(|| grouped(&self.code(token))), at }))
    }

    /// The receipt of what is being taken.
    pub(super) fn new_receipt(&self, token: &Token, halves: &[Half], at: DateTime<Utc>) -> CaseReceipt {
        let half = |new: &Half| {
            Some(ReceiptHalf {
                id: new.id,
                number: shown_number(&new.number),
                kind: new.case.kind,
                due: new.dues.first()?.clone(),
            })
        };
        CaseReceipt { halves: halves.iter().filter_map(half).collect(), code: Some(grouped(&self.code(token))), at }
    }

    /// The query code of the cases that a form makes: not stored, made again from the form's token and the key outside
    /// of the database.
    fn code(&self, token: &Token) -> String {
        let place = Place { table: super::TABLE, column: "code", id: Uuid::nil() };
        code_signs(&self.auth().secrets.keyed_hash(place, token.text().as_bytes()), CODE_SIGNS)
    }

    /// The case of a number and its code. A wrong number takes the same time as a wrong code and says the same.
    pub(super) async fn open(
        &self,
        number: &str,
        code: &str,
        address: Option<IpAddr>,
    ) -> Result<StoredCase, FileError> {
        let now = self.house.clock.now();
        if self.wrong.is_blocked(address, now) {
            return Err(FileError::Wait);
        }
        let stored = self.house.db.case_by_number(&code_form(number)).await.map_err(PortError::from)?;
        let hash = stored.as_ref().and_then(|stored| stored.code_hash.as_deref());
        let is_right = self.auth().verify_code(&code_form(code), hash).await.map_err(of_auth)?;
        if let Some(stored) = stored.filter(|_| is_right) {
            return Ok(stored);
        }
        self.wrong.failed(address, now);
        Err(FileError::Wrong)
    }

    /// What a citizen sees of their case.
    ///
    /// # Errors
    /// [`FileError`], never `Step`.
    pub async fn status(&self, number: &str, code: &str, address: Option<IpAddr>) -> Result<CaseSheet, FileError> {
        let stored = self.open(number, code, address).await?;
        Ok(self.citizens_sheet(&stored).await?)
    }
}

/// Addresses to which the receipt goes: of the author, and of whoever acts for them.
pub(super) fn mails(filings: &[Filing]) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for filing in filings {
        let author = filing.author.iter().map(|contact| ("author", &contact.mail));
        for (role, mail) in author.chain(filing.agent.iter().map(|contact| ("agent", &contact.mail))) {
            if !mail.is_empty() && !found.iter().any(|(_, known)| known == mail) {
                found.push((role, mail.clone()));
            }
        }
    }
    found
}

/// A form that holds both halves makes each of them once.
pub(super) fn half_token(token: &Token, kind: Kind) -> Vec<u8> {
    Sha256::new().chain_update(token.hash()).chain_update(kind.code()).finalize().to_vec()
}

/// `20261125-K7Q2M01X`
pub(super) fn shown_number(number: &str) -> String {
    match number.split_at_checked(8) {
        Some((day, rest)) if !rest.is_empty() => format!("{day}-{rest}"),
        _ => number.to_owned(),
    }
}
