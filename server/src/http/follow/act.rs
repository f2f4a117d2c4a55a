//! What a citizen does with their case.

use app::{
    domain::{
        case::{Act, Command, Fault, Refusal},
        objection::Fault as FieldFault,
        survey::{Solved, rating},
    },
    forms::Filled,
    ports::{CaseError, PortError, RewardError},
    text::{case as case_words, follow as say},
};
use axum::{
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};

use super::{After, Follow, failed, port_of, read::Sent};
use crate::cases::With;

/// What can be done by a form.
const ACTS: [&str; 7] = ["supplement", "message", "withdraw", "news", "survey", "rate", "reward"];

pub(super) async fn act(State(follow): State<Follow>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let sent = match follow.sent(&parts, body).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let code = sent.pairs.text("do").to_owned();
    let after = match code.as_str() {
        "ask_withdraw" => match follow.may_withdraw(&sent).await {
            Ok(after) => after,
            Err(error) => return failed(&error),
        },
        code if ACTS.contains(&code) => {
            if follow.web.cases.is_too_often(follow.address(&parts)) {
                too_often(&sent)
            } else {
                match follow.done(&sent, code).await {
                    Ok(after) => after,
                    Err(error) => return follow.broken(&parts, &sent, &error).await,
                }
            }
        }
        _ => After::done(""),
    };
    follow.case(&parts, &sent.case, &sent.pairs, after).await
}

fn too_often(sent: &Sent) -> After {
    let mut filled = sent.pairs.filled();
    filled.refuse_all(say::WAIT_ACTS);
    After::wrong(StatusCode::TOO_MANY_REQUESTS, filled)
}

fn wrong(sent: &Sent, field: &str, sentence: impl Into<String>) -> After {
    let mut filled = sent.pairs.filled();
    if field.is_empty() {
        filled.refuse_all(sentence);
    } else {
        filled.refuse(field, sentence);
    }
    After::wrong(StatusCode::UNPROCESSABLE_ENTITY, filled)
}

impl Follow {
    /// The store is busy: what was typed stays.
    async fn broken(&self, parts: &Parts, sent: &Sent, error: &PortError) -> Response {
        let PortError::Unavailable(_) = error else { return failed(error) };
        tracing::warn!(%error, "a citizen's act was not taken");
        let mut filled = sent.pairs.filled();
        filled.refuse_all(say::BUSY);
        self.case(parts, &sent.case, &sent.pairs, After::wrong(StatusCode::SERVICE_UNAVAILABLE, filled)).await
    }

    /// The page that asks; a report has none.
    async fn may_withdraw(&self, sent: &Sent) -> Result<After, CaseError> {
        let followed = self.web.case_desk().followed(&sent.case).await?;
        if followed.sheet.acts.contains(&Act::Withdraw) {
            return Ok(After::asks());
        }
        let mut filled = Filled::default();
        filled.refuse_all(say::refusal(Act::Withdraw, followed.sheet.line.case.kind));
        Ok(After::wrong(StatusCode::FORBIDDEN, filled))
    }

    async fn done(&self, sent: &Sent, code: &str) -> Result<After, PortError> {
        let pairs = &sent.pairs;
        let version = pairs.version().unwrap_or(0);
        let result = match code {
            "supplement" => return self.supplement(sent, version).await,
            "message" => self.step(sent, version, Command::Message, pairs.text("message_said").to_owned()).await,
            "withdraw" => self.step(sent, version, Command::Withdraw, pairs.text("withdraw_said").to_owned()).await,
            "news" => match pairs.text("news") {
                "yes" => self.web.cases.set_news(&sent.case, version, true).await,
                "no" => self.web.cases.set_news(&sent.case, version, false).await,
                _ => return Ok(wrong(sent, "", say::NOT_CHOSEN)),
            },
            "survey" => match Solved::from_code(pairs.text("solved")) {
                Some(solved) => self.web.cases.answer_survey(&sent.case, solved, pairs.text("survey_said")).await,
                None => return Ok(wrong(sent, "solved", say::NOT_CHOSEN)),
            },
            "rate" => match rating(pairs.text("rating")) {
                Some(mark) => self.web.cases.rate(&sent.case, mark).await,
                None => return Ok(wrong(sent, "rating", say::NOT_CHOSEN)),
            },
            _ => return self.claim(sent).await,
        };
        self.after(sent, code, result).await
    }

    async fn step(&self, sent: &Sent, version: i64, command: Command, said: String) -> Result<(), CaseError> {
        let with = With { said, ..With::default() };
        self.web.cases.follow_act(&sent.case, version, command, with).await.map(|_| ())
    }

    /// Text, files, or both.
    async fn supplement(&self, sent: &Sent, version: i64) -> Result<After, PortError> {
        if let Some(sentence) = &sent.wrong_file {
            return Ok(wrong(sent, "files", sentence.clone()));
        }
        let typed = sent.pairs.text("supplement_said");
        let basket = self.web.cases.own_basket(&sent.case);
        let waiting = self.web.evidence.list(&basket).await.map_err(|error| PortError::Internal(error.to_string()))?;
        let has_file = waiting.iter().any(|file| file.state == app::domain::evidence::State::Ready);
        let said = match (typed.is_empty(), has_file) {
            (true, false) => return Ok(wrong(sent, "supplement_said", say::NOTHING_SAID)),
            (true, true) => say::ONLY_FILES,
            _ => typed,
        };
        let result = self.step(sent, version, Command::Supplement, said.to_owned()).await;
        self.after(sent, "supplement", result).await
    }

    async fn claim(&self, sent: &Sent) -> Result<After, PortError> {
        let said = sent.pairs.text("reward_said");
        if sent.pairs.get("person") != Some("on") {
            return Ok(wrong(sent, "person", say::REWARD_UNCHECKED));
        }
        if said.chars().count() > app::domain::survey::LONGEST {
            return Ok(wrong(sent, "reward_said", say::SAID_LONG));
        }
        match self.web.cases.claim_reward(&sent.case, said).await {
            Ok(()) => Ok(After::done("reward")),
            Err(RewardError::Port(error) | RewardError::Case(CaseError::Port(error))) => Err(error),
            Err(RewardError::Refused(refusal)) => Ok(wrong(sent, "", say::reward_refusal(refusal))),
            Err(RewardError::Conflict | RewardError::Case(CaseError::Conflict)) => Ok(wrong(sent, "", say::CONFLICT)),
            Err(error) => Err(PortError::Internal(error.to_string())),
        }
    }

    /// What an act came to, in words.
    async fn after(&self, sent: &Sent, code: &str, result: Result<(), CaseError>) -> Result<After, PortError> {
        let Err(error) = result else { return Ok(After::done(code)) };
        let said = match code {
            "survey" => "survey_said".to_owned(),
            code => format!("{code}_said"),
        };
        Ok(match error {
            CaseError::Refused(Refusal::NoText) => wrong(sent, &said, say::NOTHING_SAID),
            CaseError::Refused(_) => {
                let act = Act::from_code(code).unwrap_or(Act::Note);
                let kind = self.kind(sent).await?;
                let mut filled = sent.pairs.filled();
                filled.refuse_all(say::refusal(act, kind));
                let is_never = act == Act::Withdraw && kind == app::domain::case::Kind::Report;
                After::wrong(if is_never { StatusCode::FORBIDDEN } else { StatusCode::UNPROCESSABLE_ENTITY }, filled)
            }
            CaseError::Conflict => wrong(sent, "", say::CONFLICT),
            CaseError::Text(Fault::Field(fault @ FieldFault::TooLong(_))) => {
                wrong(sent, &said, case_words::fault("", Fault::Field(fault)))
            }
            CaseError::Port(error) => return Err(error),
            error => {
                debug_assert!(port_of(&error).is_none());
                return Err(PortError::Internal(error.to_string()));
            }
        })
    }

    async fn kind(&self, sent: &Sent) -> Result<app::domain::case::Kind, PortError> {
        match self.web.case_desk().followed(&sent.case).await {
            Ok(followed) => Ok(followed.sheet.line.case.kind),
            Err(CaseError::Port(error)) => Err(error),
            Err(error) => Err(PortError::Internal(error.to_string())),
        }
    }
}
