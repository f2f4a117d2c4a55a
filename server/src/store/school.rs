//! School canteens.

use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Db, StoreError, with_pool};

/// A public canteen of a school.
#[derive(Clone, Debug, FromRow)]
pub struct StoredSchool {
    /// Operator
    pub id: Uuid,
    /// Name
    pub name: String,
    /// Address
    pub address: Option<String>,
    /// District
    pub district: Option<String>,
    /// Other names, one a line
    pub aliases: String,
}

const SCHOOLS: &str = "SELECT o.id, o.name, o.address, o.district, o.aliases FROM operator o \
     WHERE o.public AND o.merged_into IS NULL AND (o.kind = 'school_canteen'";
const IN_REGISTER: &str = " OR o.id IN (SELECT COALESCE(m.merged_into, m.id) FROM register_entry e \
     JOIN operator m ON m.id = e.operator_id JOIN publication p ON p.id = e.publication_id \
     WHERE p.standing = 'public' AND e.register IN (";

impl Db {
    /// Canteens by what they are, or by an entry in one of these registers.
    pub async fn schools(&self, registers: &[String]) -> Result<Vec<StoredSchool>, StoreError> {
        Ok(with_pool!(self, |pool| {
            let mut query = QueryBuilder::new(SCHOOLS);
            if !registers.is_empty() {
                query.push(IN_REGISTER);
                let mut list = query.separated(", ");
                for register in registers {
                    list.push_bind(register);
                }
                query.push("))");
            }
            query.push(") ORDER BY o.name, o.id");
            query.build_query_as().fetch_all(pool).await
        })?)
    }
}
