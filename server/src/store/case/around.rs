//! What stands around a case: the same person elsewhere, by keyed hashes only.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::store::{Db, StoreError, with_pool};

/// Cases that share a hash with a case, not of the same submission; `$2`: since that day.
macro_rules! sharing {
    ($hash:literal) => {
        concat!(
            "SELECT DISTINCT f.id FROM case_person own JOIN case_person other ON other.",
            $hash,
            " = own.",
            $hash,
            " JOIN case_file f ON f.id = other.case_id WHERE own.case_id = $1 AND f.id <> $1 AND own.role = 'author' ",
            "AND (f.twin_id IS NULL OR f.twin_id <> $1) AND f.received_on >= $2 LIMIT 200"
        )
    };
}
const SHARING: [&str; 3] = [sharing!("phone_hash"), sharing!("address_hash"), sharing!("name_hash")];
/// Different names behind the author's telephone or address, in complaints.
macro_rules! names {
    ($hash:literal) => {
        concat!(
            "SELECT COUNT(DISTINCT other.name_hash) FROM case_person own JOIN case_person other ON other.",
            $hash,
            " = own.",
            $hash,
            " JOIN case_file f ON f.id = other.case_id WHERE own.case_id = $1 AND own.role = 'author' ",
            "AND other.role = 'author' AND f.kind = 'complaint' AND f.received_on >= $2"
        )
    };
}
const NAMES: [&str; 2] = [names!("phone_hash"), names!("address_hash")];
/// Complaints with the author's telephone: the party's key, the problem.
const BY_PHONE: &str = "SELECT DISTINCT f.id, f.party_key, f.problem FROM case_person own JOIN case_person other \
     ON other.phone_hash = own.phone_hash JOIN case_file f ON f.id = other.case_id WHERE own.case_id = $1 \
     AND own.role = 'author' AND other.role = 'author' AND f.kind = 'complaint' AND f.received_on >= $2 LIMIT 1000";

impl Db {
    /// Cases that share telephone, address, name with a case's author.
    pub(crate) async fn cases_sharing(&self, id: Uuid, since: NaiveDate) -> Result<[Vec<Uuid>; 3], StoreError> {
        let mut found = [const { Vec::new() }; 3];
        for (found, sql) in found.iter_mut().zip(SHARING) {
            *found = with_pool!(self, |pool| sqlx::query_scalar(sql).bind(id).bind(since).fetch_all(pool).await)?;
        }
        Ok(found)
    }

    /// How many different names stand behind the author's telephone, and address.
    pub(crate) async fn case_names(&self, id: Uuid, since: NaiveDate) -> Result<[i64; 2], StoreError> {
        let mut found = [0; 2];
        for (found, sql) in found.iter_mut().zip(NAMES) {
            *found = with_pool!(self, |pool| sqlx::query_scalar(sql).bind(id).bind(since).fetch_one(pool).await)?;
        }
        Ok(found)
    }

    /// Complaints with the author's telephone: id, key of the party, problem.
    pub(crate) async fn complaints_by_phone(
        &self,
        id: Uuid,
        since: NaiveDate,
    ) -> Result<Vec<(Uuid, String, String)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(BY_PHONE).bind(id).bind(since).fetch_all(pool).await)?)
    }
}
