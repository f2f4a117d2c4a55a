//! The whole case as its author takes it away: what both sides wrote, decisions, clocks with their articles, who opened
//! it when.

use app::{
    domain::case::{Act, Content},
    ports::{CaseEvent, CaseResult, Dated, Followed},
    text::{case as words, clock, follow as say, handling},
};

use super::{CaseDesk, Opened, follow::actor};
use crate::casefile::{Attachment, CaseFile, Clock, Event, Quoted};

impl CaseDesk {
    /// What is signed.
    ///
    /// # Errors
    /// The store.
    pub async fn case_file(&self, case: &Opened) -> CaseResult<CaseFile> {
        let followed = self.followed(case).await?;
        let files = self.own_files(case).await?;
        let attachment = |file: crate::evidence::EvidenceFile| Attachment {
            name: file.name,
            bytes: file.bytes,
            sha256: file.sha256.unwrap_or_default(),
        };
        let attachments = files.into_iter().map(attachment).collect();
        Ok(CaseFile { attachments, written_at: self.cases.house.clock.now(), ..written(&followed) })
    }
}

fn written(followed: &Followed) -> CaseFile {
    let sheet = &followed.sheet;
    let line = &sheet.line;
    let (kind, rule) = (line.case.kind, line.case.rule);
    let mut file = CaseFile {
        number: line.number.clone(),
        kind: words::kind(kind).to_owned(),
        state: words::state(kind, line.case.state).to_owned(),
        rule: say::rule(rule),
        authority: line.bureau.clone(),
        received_at: line.received_at,
        clocks: line.clocks.iter().map(one_clock).collect(),
        ..CaseFile::default()
    };
    if let Some(content) = &sheet.content {
        file.messages.push(Quoted {
            at: line.received_at,
            by: say::YOU.to_owned(),
            what: say::written(kind).to_owned(),
            text: content_lines(&line.party, content),
        });
    }
    for event in &sheet.events {
        let what = say::event(event, kind);
        let lines = event.act.map(|act| handling::detail::lines(act, &event.detail, rule)).unwrap_or_default();
        let by = actor(event.by).to_owned();
        let parts: Vec<String> = lines.iter().cloned().chain(event.said.clone()).collect();
        if !parts.is_empty() {
            let quoted = Quoted { at: event.at, by: by.clone(), what: what.to_owned(), text: parts.join("\n") };
            if is_decision(event) { file.decisions.push(quoted) } else { file.messages.push(quoted) }
        }
        file.events.push(Event { at: event.at, by, what: what.to_owned() });
    }
    let opening = |look: &app::ports::Opening| Event {
        at: look.at,
        by: say::officer(look.officer),
        what: say::look(look.is_unmasking).to_owned(),
    };
    file.opened = followed.looks.iter().rev().map(opening).collect();
    file
}

fn one_clock(dated: &Dated) -> Clock {
    let met = dated.clock.met_on.map(say::met);
    Clock {
        step: clock::step(dated.due.step).to_owned(),
        due: dated.due.on,
        estimated: dated.due.estimated,
        basis: clock::basis(&dated.due.basis).trim_start_matches("依据：").to_owned(),
        working: clock::explain(&dated.due).into_iter().chain(met).collect(),
    }
}

/// What was written, as the form asked for it. Who asks stays out: the file may be shown around.
fn content_lines(party: &str, content: &Content) -> String {
    let fields = [
        (handling::PARTY, party),
        (handling::PARTY_ADDRESS, &content.party.address),
        (handling::STORY, &content.story),
        (handling::REQUEST, &content.request),
    ];
    let lines = fields.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}：{text}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn is_decision(event: &CaseEvent) -> bool {
    event.act.is_some_and(|act| {
        matches!(
            act,
            Act::Accept
                | Act::Refuse
                | Act::Settle
                | Act::End
                | Act::File
                | Act::DontFile
                | Act::Decide
                | Act::Transfer
                | Act::Redirect
                | Act::Reopen
        )
    })
}
