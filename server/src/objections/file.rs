//! What operators do: file a case, look at it, say more, take it back.

use std::net::IpAddr;

use app::{
    domain::{
        audit::Deed,
        clock::Due,
        objection::{By, Command, Filing, State, code_form},
    },
    ports::{ObjectionCase, ObjectionError, PortError, Subject},
};
use chrono::TimeDelta;
use uuid::Uuid;

use super::{CONTACT, ObjectionService, With, day, of_auth, subject_of};
use crate::{
    auth::{Token, code_signs, grouped},
    secret::Place,
    store::{NewObjection, Objection},
};

/// Random signs of a number: 40 bits, so that a day's numbers can't be tried out.
const NUMBER_SIGNS: usize = 8;
/// Signs of a query code: 125 bits.
const CODE_SIGNS: usize = 25;
/// A form that is sent again within this time gets its receipt again; afterwards it learns only that it was sent.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// What the operator is told once.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Number
    pub number: String,
    /// Query code; none when the form was sent again too late
    pub code: Option<String>,
    /// Until when it is answered
    pub due: Option<Due>,
    /// What it is about
    pub subject: Subject,
}

/// Why a case was not taken, or is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No such publication, or the store failed
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
    Step(#[from] ObjectionError),
}

impl ObjectionService {
    /// Takes a case. The form's token makes it one, however often it is sent.
    ///
    /// # Errors
    /// [`FileError`], never `Wrong` or `Step`.
    pub async fn file(
        &self,
        publication: Uuid,
        token: &Token,
        filing: &Filing,
        address: Option<IpAddr>,
    ) -> Result<Receipt, FileError> {
        let now = self.house.clock.now();
        let subject = subject_of(&self.house, publication).await?;
        let form_token = token.hash();
        let known = self.house.db.objection_by_token(&form_token).await.map_err(PortError::from)?;
        if let Some(known) = known {
            return Ok(self.receipt(&known, token));
        }
        if self.filed.is_blocked(address, now) {
            return Err(FileError::Wait);
        }
        let id = self.house.ids.next(now);
        let random = code_signs(&self.house.ids.salt(), NUMBER_SIGNS);
        let number = format!("{}{random}", day(now).format("%Y%m%d"));
        let code_hash = self.auth().hash_code(&self.code(token)).await.map_err(of_auth)?;
        let contact = &filing.contact;
        let mut sealed = [const { Vec::new() }; 4];
        let plain = [&contact.name, &contact.phone, &contact.mail, &contact.address];
        for ((sealed, plain), column) in sealed.iter_mut().zip(plain).zip(CONTACT) {
            *sealed = self.seal(column, id, plain)?;
        }
        let new = NewObjection {
            id,
            number: &number,
            publication,
            kind: filing.kind,
            operator: &filing.operator,
            statement: &self.seal("statement", id, &filing.statement)?,
            contact: &sealed,
            code_hash: &code_hash,
            form_token: &form_token,
        };
        let mut tx = self.house.db.begin().await.map_err(PortError::from)?;
        if tx.insert_objection(&new, now).await.map_err(PortError::from)? {
            tx.audit(&self.did(Deed::ObjectionReceive, id), now).await.map_err(PortError::from)?;
            tx.commit().await.map_err(PortError::from)?;
            self.filed.failed(address, now);
        } else {
            drop(tx);
        }
        let stored = self.house.db.objection_by_token(&form_token).await.map_err(PortError::from)?;
        let stored = stored.ok_or(PortError::NotFound)?;
        Ok(Receipt { subject, ..self.receipt(&stored, token) })
    }

    fn receipt(&self, stored: &Objection, token: &Token) -> Receipt {
        let is_fresh = self.house.clock.now() - stored.received_at < AGAIN;
        Receipt {
            number: shown_number(&stored.number),
            code: is_fresh.then(|| grouped(&self.code(token))),
            due: self.due(stored),
            subject: stored.subject.clone(),
        }
    }

    /// The query code of the case that a form makes: not stored, made again from the form's token and the key outside
    /// of the database.
    fn code(&self, token: &Token) -> String {
        let place = Place { table: super::TABLE, column: "code", id: Uuid::nil() };
        code_signs(&self.auth().secrets.keyed_hash(place, token.text().as_bytes()), CODE_SIGNS)
    }

    /// The case of a number and its code. A wrong number takes the same time as a wrong code and says the same.
    async fn open(&self, number: &str, code: &str, address: Option<IpAddr>) -> Result<Objection, FileError> {
        let now = self.house.clock.now();
        if self.wrong.is_blocked(address, now) {
            return Err(FileError::Wait);
        }
        let stored = self.house.db.objection_by_number(&code_form(number)).await.map_err(PortError::from)?;
        let hash = stored.as_ref().map(|stored| stored.code_hash.as_str());
        let is_right = self.auth().verify_code(&code_form(code), hash).await.map_err(of_auth)?;
        if let Some(stored) = stored.filter(|_| is_right) {
            return Ok(stored);
        }
        self.wrong.failed(address, now);
        Err(FileError::Wrong)
    }

    /// What the operator sees of its case.
    ///
    /// # Errors
    /// [`FileError`], never `Step`.
    pub async fn status(&self, number: &str, code: &str, address: Option<IpAddr>) -> Result<ObjectionCase, FileError> {
        let stored = self.open(number, code, address).await?;
        let mut case = self.case_of(&stored).await?;
        case.said.retain(|said| said.by != app::ports::Speaker::Reviewer);
        case.line.number = shown_number(&case.line.number);
        Ok(case)
    }

    /// What the operator does with its case.
    ///
    /// # Errors
    /// [`FileError`].
    pub async fn operator_act(
        &self,
        (number, code): (&str, &str),
        address: Option<IpAddr>,
        version: i64,
        command: Command,
        with: With,
    ) -> Result<State, FileError> {
        let stored = self.open(number, code, address).await?;
        Ok(self.step(By::Operator, stored.id, version, command, with).await?)
    }
}

/// `20261125-K7Q2M01X`
pub(super) fn shown_number(number: &str) -> String {
    match number.split_at_checked(8) {
        Some((day, rest)) if !rest.is_empty() => format!("{day}-{rest}"),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_with_their_day() {
        assert_eq!(shown_number("20261125K7Q2M01X"), "20261125-K7Q2M01X");
    }
}
