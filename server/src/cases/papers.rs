//! A paper is made: names and addresses are put in, and it is noted in the case.

use app::{
    domain::{
        case::{Command, Refusal},
        masking,
        staff::Viewer,
    },
    ports::{CaseError, CaseResult, Detail},
};
use uuid::Uuid;

use super::{CaseDesk, With};

/// A paper, as the case's history names it.
#[derive(Clone, Copy, Debug)]
pub struct MadePaper<'a> {
    /// `document::Kind::code`
    pub code: &'a str,
    /// Its name
    pub name: &'a str,
    /// Its own number; may be empty
    pub number: &'a str,
}

impl CaseDesk {
    /// Puts names and addresses of the case's persons where they stand masked, which is written down as a look, and
    /// notes the paper in the case.
    ///
    /// # Errors
    /// [`CaseError`]: another officer's case, or only its officer may unmask.
    pub async fn make_paper(
        &self,
        by: &Viewer,
        id: Uuid,
        places: Vec<&mut String>,
        made: MadePaper<'_>,
    ) -> CaseResult<()> {
        self.readable(by, id).await?;
        if places.iter().any(|text| text.contains('*')) {
            let persons = self.cases.reveal(by, id).await?;
            for text in places {
                for contact in persons.iter().map(|person| &person.contact) {
                    for (plain, masked) in [
                        (&contact.name, masking::name(&contact.name)),
                        (&contact.address, masking::address(&contact.address)),
                    ] {
                        if *text == masked && !plain.is_empty() {
                            text.clone_from(plain);
                        }
                    }
                }
            }
        }
        let with = With {
            said: app::text::handling::made(made.name),
            detail: Detail { code: made.code.to_owned(), number: made.number.to_owned(), ..Detail::default() },
            into: None,
        };
        // a note changes nothing that somebody else could have seen otherwise: the newest version is meant
        for _ in 0..3 {
            let version = self.cases.stored(id).await?.version;
            match self.cases.act(by, id, version, Command::Note, with.clone()).await {
                Err(CaseError::Conflict) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Err(Refusal::NotNow.into())
    }
}
