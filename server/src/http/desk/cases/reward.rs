//! The claim of a reward: the officer proposes, the lead decides.

use app::{
    domain::{
        case::Fault,
        reward::{Command, Grant, Level, Refusal, Rule},
    },
    forms::Filled,
    ports::{CaseError, PortError, RewardError},
    text::{case as case_words, follow as say, handling},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;

use super::{again, page_of, viewer};
use crate::http::{
    desk::{Caller, DeskState, render::at},
    form::{Pairs, see_other},
};

pub async fn decide(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let code = pairs.text("do").to_owned();
    let mut filled = pairs.filled();
    let command = match code.as_str() {
        "grant" => match grant(&pairs, desk.auth().clock.today()) {
            Ok(grant) => Command::Grant(grant),
            Err((field, sentence)) => {
                filled.refuse(field, sentence);
                return again(&desk, &caller, id, filled).await;
            }
        },
        "deny" => Command::Deny,
        "approve" => Command::Approve,
        "return" => Command::Return,
        _ => {
            filled.refuse_all(handling::UNKNOWN_ACT);
            return again(&desk, &caller, id, filled).await;
        }
    };
    let field = format!("{code}_said");
    let cases = desk.web.cases.called_by(&caller.who);
    let said = pairs.text(&field);
    match cases.decide_reward(&viewer(&caller), id, pairs.version().unwrap_or(0), command, said).await {
        Ok(_) => see_other(&page_of(id)),
        Err(error) => refused(&desk, &caller, id, filled, (&field, error)).await,
    }
}

/// Level, fine, amount; the rule's amount where none is typed.
fn grant(pairs: &Pairs, today: chrono::NaiveDate) -> Result<Grant, (&'static str, &'static str)> {
    let money = |name: &'static str| {
        let typed: String = pairs.text(name).chars().filter(|sign| !matches!(sign, ',' | '，' | ' ')).collect();
        typed.parse::<i64>().ok().filter(|sum| *sum >= 0).ok_or((name, say::NOT_MONEY))
    };
    let level = Level::from_code(pairs.text("level")).ok_or(("level", say::NOT_CHOSEN))?;
    let fine = money("fine")?;
    let amount = if pairs.text("amount").is_empty() { Rule::on(today).amount(level, fine) } else { money("amount")? };
    Ok(Grant { level, fine, amount })
}

async fn refused(
    desk: &DeskState,
    caller: &Caller,
    id: Uuid,
    mut filled: Filled,
    (field, error): (&str, RewardError),
) -> Response {
    match error {
        RewardError::Port(PortError::NotFound) => {
            return desk.page(&at(&page_of(id), caller), StatusCode::NOT_FOUND, || ()).await;
        }
        RewardError::Port(error) | RewardError::Case(CaseError::Port(error)) => return desk.failed_port(&error),
        RewardError::Refused(Refusal::NoText) => filled.refuse(field, say::reward_refusal(Refusal::NoText)),
        RewardError::Refused(refusal @ Refusal::Amount(..)) => filled.refuse("amount", say::reward_refusal(refusal)),
        RewardError::Refused(refusal) => filled.refuse_all(say::reward_refusal(refusal)),
        RewardError::Conflict | RewardError::Case(CaseError::Conflict) => filled.refuse_all(handling::CONFLICT),
        RewardError::Case(CaseError::Text(Fault::Field(fault))) => {
            filled.refuse(field, case_words::fault("", Fault::Field(fault)));
        }
        RewardError::Case(error) => return desk.failed_port(&PortError::Internal(error.to_string())),
    }
    again(desk, caller, id, filled).await
}
