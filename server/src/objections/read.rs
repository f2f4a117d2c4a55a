//! What pages read.

use app::{
    domain::{
        masking,
        objection::Contact,
        operator::name_key,
        staff::{Permission, Viewer},
    },
    ports::{
        ObjectionCase, ObjectionLine, ObjectionResult, ObjectionScope, ObjectionSheet, Objections, PortError,
        PortResult, Said, Speaker, Subject,
    },
};
use async_trait::async_trait;
use uuid::Uuid;

use super::{ObjectionService, file::shown_number, need, of_store, subject_of};
use crate::store::{Objection, StoreError};

impl ObjectionService {
    fn line(&self, stored: &Objection) -> ObjectionLine {
        let due = self.due(stored);
        ObjectionLine {
            id: stored.id,
            number: shown_number(&stored.number),
            objection: stored.objection,
            subject: stored.subject.clone(),
            operator: stored.operator.clone(),
            received_at: stored.received_at,
            decided_at: stored.decided_at,
            is_corrected: stored.is_corrected,
            left: due.as_ref().map(|due| (due.on - self.house.clock.today()).num_days()),
            due,
            version: stored.version,
        }
    }

    pub(super) async fn case_of(&self, stored: &Objection) -> PortResult<ObjectionCase> {
        let mut said = Vec::new();
        for (id, author, sealed, at) in self.house.db.objection_said(stored.id).await? {
            let by = match author.as_str() {
                "operator" => Speaker::Operator,
                "desk" => Speaker::Desk,
                "reviewer" => Speaker::Reviewer,
                _ => return Err(StoreError::Value("objection_message.author").into()),
            };
            said.push(Said { by, at, text: self.unseal("message", id, &sealed)? });
        }
        Ok(ObjectionCase {
            line: self.line(stored),
            statement: self.statement(stored)?,
            public_text: stored.public_text.clone(),
            said,
        })
    }

    /// Without contact data.
    async fn sheet_of(&self, stored: &Objection) -> PortResult<ObjectionSheet> {
        let case = self.case_of(stored).await?;
        let marks = match (stored.objection.kind, case.public_text.as_ref().or(case.statement.as_ref())) {
            (app::domain::objection::Kind::Reply, Some(text)) => self.marks(stored, text).await?,
            _ => Vec::new(),
        };
        let proposer = stored.objection.proposed_by;
        let mut names = self.house.db.staff_names(proposer.as_slice()).await?;
        let content = self.house.db.publication(stored.subject.id).await?.and_then(|found| found.content);
        let key = name_key(&stored.operator).unwrap_or_default();
        let in_text = content
            .is_some_and(|content| content.named().into_iter().any(|name| name_key(name).as_ref() == Some(&key)));
        let is_named = in_text || self.house.db.names_operator(stored.subject.id, &key).await?;
        let proposed_by = proposer.and_then(|id| names.remove(&id));
        Ok(ObjectionSheet { case, contact: None, is_named, marks, proposed_by })
    }

    async fn stored(&self, id: Uuid) -> PortResult<Objection> {
        self.house.db.objection(id).await?.ok_or(PortError::NotFound)
    }
}

#[async_trait]
impl Objections for ObjectionService {
    async fn subject(&self, publication: Uuid) -> PortResult<Subject> {
        subject_of(&self.house, publication).await
    }

    async fn lines(&self, by: &Viewer, scope: ObjectionScope) -> ObjectionResult<Vec<ObjectionLine>> {
        let permission = match scope {
            ObjectionScope::Open | ObjectionScope::Closed => Permission::HandleCases,
            ObjectionScope::Waiting | ObjectionScope::Public => Permission::Review,
        };
        need(by, permission)?;
        let stored = self.house.db.objections(scope).await.map_err(of_store)?;
        let mut lines: Vec<ObjectionLine> = stored.iter().map(|stored| self.line(stored)).collect();
        if matches!(scope, ObjectionScope::Open | ObjectionScope::Waiting) {
            lines.sort_by_key(|line| line.due.as_ref().map(|due| due.on));
        }
        Ok(lines)
    }

    async fn case(&self, by: &Viewer, id: Uuid) -> ObjectionResult<ObjectionSheet> {
        need(by, Permission::HandleCases)?;
        let stored = self.stored(id).await?;
        let contact = self.contact(&stored)?.map(|contact| Contact {
            name: masking::name(&contact.name),
            phone: masking::phone(&contact.phone),
            mail: masking::mail(&contact.mail),
            address: masking::address(&contact.address),
        });
        Ok(ObjectionSheet { contact, ..self.sheet_of(&stored).await? })
    }

    async fn reply(&self, by: &Viewer, id: Uuid) -> ObjectionResult<ObjectionSheet> {
        use app::domain::objection::{Kind, State};
        need(by, Permission::Review)?;
        let stored = self.stored(id).await?;
        let is_theirs =
            stored.objection.kind == Kind::Reply && matches!(stored.objection.state, State::Proposed | State::Accepted);
        if !is_theirs {
            return Err(PortError::NotFound.into());
        }
        let mut sheet = self.sheet_of(&stored).await?;
        sheet.case.said.clear();
        Ok(sheet)
    }
}
