//! What is known of a case for the places of its papers.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{
    domain::{
        case::{Act, EndGround, Kind, Outcome, RefusalGround, State},
        clock::Step,
        document::{Field, Kind as Paper},
    },
    ports::{CaseEvent, CaseSheet, Dated, Site},
    text::{self, case, document, handling as say},
};

/// Papers that fit where the case stands; 送达回证 always.
#[must_use]
pub fn fitting(sheet: &CaseSheet) -> Vec<Paper> {
    let case = &sheet.line.case;
    let had = |act: Act| sheet.events.iter().any(|event| event.act == Some(act));
    let fits = |paper: &Paper| match (paper, case.kind) {
        (Paper::Acceptance, Kind::Complaint) => had(Act::Accept),
        (Paper::Refusal, Kind::Complaint) => case.state == State::Refused,
        (Paper::Correction, Kind::Complaint) => had(Act::Ask),
        (Paper::Termination, Kind::Complaint) => case.state == State::Ended && had(Act::Accept),
        (Paper::Mediation, Kind::Complaint) => matches!(case.state, State::Accepted | State::Settled),
        (Paper::MediationRecord, Kind::Complaint) => {
            matches!(case.state, State::Accepted | State::Settled | State::Ended)
        }
        (Paper::ReportResult | Paper::Reward, Kind::Report) => matches!(case.state, State::Decided),
        (Paper::Transfer, Kind::Report) => case.state == State::Transferred,
        (Paper::NotFiled, Kind::Report) => case.state == State::NotFiled,
        (Paper::Extension, _) => had(Act::AskExtension),
        (Paper::Service, _) => true,
        _ => false,
    };
    Paper::ALL.iter().copied().filter(fits).collect()
}

/// What is known for the places of a paper on a day. Names and addresses are masked as on the case's page.
#[must_use]
pub fn values(sheet: &CaseSheet, paper: Paper, site: &Site, today: NaiveDate) -> Vec<(Field, String)> {
    let known = Known { sheet, site, paper };
    let fields = Field::ALL.iter().filter(|field| paper.allows(**field));
    fields.map(|field| (*field, known.value(*field, today))).filter(|(_, value)| !value.is_empty()).collect()
}

struct Known<'a> {
    sheet: &'a CaseSheet,
    site: &'a Site,
    paper: Paper,
}

impl Known<'_> {
    fn value(&self, field: Field, today: NaiveDate) -> String {
        let line = &self.sheet.line;
        let content = self.sheet.content.as_ref();
        match field {
            Field::Authority => {
                if self.site.bureau.is_empty() {
                    line.bureau.clone()
                } else {
                    self.site.bureau.clone()
                }
            }
            Field::Date => text::day(today),
            Field::CaseNumber => line.number.clone(),
            Field::Complainant | Field::Reporter | Field::Recipient => self.author(),
            Field::Respondent | Field::Reported => line.party.clone(),
            Field::ReceivedOn => china_day(line.received_at),
            Field::AcceptedOn => self.at(Act::Accept),
            Field::Matter => self.matter(),
            Field::Request => content.map(|content| content.request.clone()).unwrap_or_default(),
            Field::Facts => content.map(|content| content.story.clone()).unwrap_or_default(),
            Field::Reason => self.reason(),
            Field::Basis => self.basis(),
            Field::Remedies => document::REMEDIES.to_owned(),
            Field::Missing => self.said(Act::Ask),
            Field::Until => self.until(),
            Field::Mediator => self.session_line(say::MEDIATORS),
            Field::Place => self.session_line(say::PLACE),
            Field::HeldOn => {
                self.last(Act::Invite).map(|event| event.detail.time.replace('T', " ")).unwrap_or_default()
            }
            Field::Mode => {
                self.last(Act::Invite).map(|event| say::mode(&event.detail.mode).to_owned()).unwrap_or_default()
            }
            Field::Agreement => self.said(Act::Settle),
            Field::Outcome => self.outcome(),
            Field::Receiver => self.last(Act::Transfer).map(|event| event.detail.bureau.clone()).unwrap_or_default(),
            Field::OldLimit => self.check().map(|dated| text::day(dated.due.on)).unwrap_or_default(),
            Field::Officer => line.officer.clone().unwrap_or_default(),
            Field::Served => self.served(),
            Field::ServedAt => self.sheet.persons.first().map(|one| one.contact.address.clone()).unwrap_or_default(),
            Field::Contact => self.contact(),
            _ => String::new(),
        }
    }

    fn last(&self, act: Act) -> Option<&CaseEvent> {
        self.sheet.events.iter().rev().find(|event| event.act == Some(act))
    }

    fn said(&self, act: Act) -> String {
        self.last(act).and_then(|event| event.said.clone()).unwrap_or_default()
    }

    fn at(&self, act: Act) -> String {
        self.last(act).map(|event| china_day(event.at)).unwrap_or_default()
    }

    fn author(&self) -> String {
        let author = self.sheet.persons.iter().find(|one| one.role == "author");
        match author {
            Some(author) => author.contact.name.clone(),
            None if self.sheet.line.is_anonymous => "举报人".to_owned(),
            None => String::new(),
        }
    }

    fn matter(&self) -> String {
        let product = self.sheet.content.as_ref().map(|content| content.purchase.product.as_str()).unwrap_or_default();
        let problem = case::problem(self.sheet.line.problem);
        if product.is_empty() { problem.to_owned() } else { format!("{product}：{problem}") }
    }

    fn clock(&self, step: Step) -> Option<&Dated> {
        self.sheet.line.clocks.iter().rev().find(|dated| dated.due.step == step)
    }

    fn check(&self) -> Option<&Dated> {
        [Step::CaseDecision, Step::ReportCheck, Step::ClueCheck].into_iter().find_map(|step| self.clock(step))
    }

    fn until(&self) -> String {
        let step = if self.paper == Paper::Acceptance { Step::Mediation } else { Step::Acceptance };
        self.clock(step).map(|dated| text::day(dated.due.on)).unwrap_or_default()
    }

    /// A ground with its article, and what was written with it.
    fn reason(&self) -> String {
        match self.paper {
            Paper::Refusal => {
                let ground = self.result().and_then(RefusalGround::from_code).map(case::refusal_ground);
                both(ground.unwrap_or_default(), &self.said(Act::Refuse))
            }
            Paper::Termination => {
                let rule = self.sheet.line.case.rule;
                let ground = self.result().and_then(EndGround::from_code).map(|ground| case::end_ground(ground, rule));
                both(ground.unwrap_or_default(), &self.said(Act::End))
            }
            Paper::Transfer => self.said(Act::Transfer),
            Paper::NotFiled => self.said(Act::DontFile),
            Paper::Extension => self.said(Act::AskExtension),
            _ => String::new(),
        }
    }

    fn result(&self) -> Option<&str> {
        self.sheet.line.result.as_deref()
    }

    fn basis(&self) -> String {
        let rule = self.sheet.line.case.rule;
        let of_clock = |dated: Option<&Dated>| {
            dated
                .map(|dated| text::clock::cite(dated.due.basis.through.unwrap_or(dated.due.basis.cite)))
                .unwrap_or_default()
        };
        match self.paper {
            Paper::Refusal => {
                let item = self.result().and_then(RefusalGround::from_code).and_then(|ground| ground.item(rule));
                item.map(|item| case::item(case::refusal_article(rule), item)).unwrap_or_default()
            }
            Paper::Termination => {
                let item = self.result().and_then(EndGround::from_code).and_then(|ground| ground.item(rule));
                item.map(|item| case::item(case::end_article(rule), item)).unwrap_or_default()
            }
            Paper::Transfer | Paper::ReportResult => say::FOOD_LAW_115.to_owned(),
            Paper::Acceptance => of_clock(self.clock(Step::Acceptance)),
            Paper::NotFiled | Paper::Extension => of_clock(self.check()),
            _ => String::new(),
        }
    }

    /// Place and mediators stand in lines of the invitation.
    fn session_line(&self, label: &str) -> String {
        let said = self.said(Act::Invite);
        let line = said.lines().find_map(|line| line.strip_prefix(label)?.strip_prefix('：'));
        line.unwrap_or_default().to_owned()
    }

    fn outcome(&self) -> String {
        match self.sheet.line.case.state {
            State::Decided => {
                let outcome = self.result().and_then(Outcome::from_code).map(case::outcome).unwrap_or_default();
                both(outcome, &self.said(Act::Decide))
            }
            State::Settled => "双方达成调解协议。".to_owned(),
            State::Ended => {
                let rule = self.sheet.line.case.rule;
                let ground = self.result().and_then(EndGround::from_code).map(|ground| case::end_ground(ground, rule));
                ground.unwrap_or_default().to_owned()
            }
            _ => String::new(),
        }
    }

    /// The paper that was made last.
    fn served(&self) -> String {
        let made = self.sheet.events.iter().rev().filter(|event| event.act == Some(Act::Note));
        let papers = made.filter_map(|event| Paper::from_code(&event.detail.code));
        let mut papers = papers.filter(|paper| *paper != Paper::Service);
        papers.next().map(|paper| document::kind(paper).to_owned()).unwrap_or_default()
    }

    fn contact(&self) -> String {
        let parts = self.site.phone.iter().chain(&self.site.address);
        parts.cloned().collect::<Vec<_>>().join("，")
    }
}

/// A day in China, as papers write it.
fn china_day(at: DateTime<Utc>) -> String {
    text::day((at + TimeDelta::hours(8)).date_naive())
}

/// A sentence and what was written after it.
fn both(sentence: &str, said: &str) -> String {
    match (sentence.is_empty(), said.is_empty()) {
        (true, _) => said.to_owned(),
        (_, true) => format!("{sentence}。"),
        _ => format!("{sentence}。\n{said}"),
    }
}
