//! What was chosen with an act, in words.

use super::{mode, pause, settlement};
use crate::{
    domain::{
        case::{Act, EndGround, Outcome, Receiver, RefusalGround, Settlement, State},
        clock::{PauseReason, Rule},
    },
    ports::{CaseLine, Detail},
    text::case,
};

/// Settlements and the codes under which they are kept.
pub const SETTLEMENTS: [(Settlement, &str); 3] =
    [(Settlement::Document, "document"), (Settlement::Performed, "performed"), (Settlement::NoneWanted, "none_wanted")];
/// Reasons of a pause and the codes under which they are kept.
pub const PAUSES: [(PauseReason, &str); 8] = [
    (PauseReason::Appraisal, "appraisal"),
    (PauseReason::Testing, "testing"),
    (PauseReason::Recusal, "recusal"),
    (PauseReason::Hearing, "hearing"),
    (PauseReason::Announcement, "announcement"),
    (PauseReason::Suspension, "suspension"),
    (PauseReason::RightsHolder, "rights_holder"),
    (PauseReason::Refund, "refund"),
];

/// How a case ended: ground, settlement, outcome, receiver. Nothing while it is open.
#[must_use]
pub fn result(line: &CaseLine) -> Option<String> {
    let code = line.result.as_deref()?;
    let act = match line.case.state {
        State::Refused => Act::Refuse,
        State::Ended => Act::End,
        State::Settled => Act::Settle,
        State::Decided => Act::Decide,
        State::Transferred => Act::Transfer,
        _ => return None,
    };
    chosen(act, code, line.case.rule)
}

/// What a code says with its act; a ground with its article.
#[must_use]
pub fn chosen(act: Act, code: &str, rule: Rule) -> Option<String> {
    match act {
        Act::Refuse => RefusalGround::from_code(code).map(|ground| refusal_ground(ground, rule)),
        Act::End | Act::Withdraw => EndGround::from_code(code).map(|ground| end_ground(ground, rule)),
        Act::Decide => Outcome::from_code(code).map(|outcome| case::outcome(outcome).to_owned()),
        Act::Transfer => Receiver::from_code(code).map(|receiver| case::receiver(receiver).to_owned()),
        Act::Settle => known(&SETTLEMENTS, code).map(|kind| settlement(kind).to_owned()),
        Act::Pause => known(&PAUSES, code).map(|reason| pause(reason).to_owned()),
        _ => None,
    }
}

fn known<T: Copy>(list: &[(T, &str)], code: &str) -> Option<T> {
    list.iter().find(|(_, known)| *known == code).map(|(one, _)| *one)
}

/// A ground of refusal with its article.
#[must_use]
pub fn refusal_ground(ground: RefusalGround, rule: Rule) -> String {
    let item = ground.item(rule).map(|item| case::item(case::refusal_article(rule), item)).unwrap_or_default();
    format!("{item}：{}", case::refusal_ground(ground))
}

/// A ground of an end with its article.
#[must_use]
pub fn end_ground(ground: EndGround, rule: Rule) -> String {
    let item = ground.item(rule).map(|item| case::item(case::end_article(rule), item)).unwrap_or_default();
    format!("{item}：{}", case::end_ground(ground, rule))
}

/// As [`refusal_ground`], without the name of the rule: where all stand together.
#[must_use]
pub fn short_refusal_ground(ground: RefusalGround, rule: Rule) -> String {
    without_rule(refusal_ground(ground, rule))
}

/// As [`end_ground`], without the name of the rule.
#[must_use]
pub fn short_end_ground(ground: EndGround, rule: Rule) -> String {
    without_rule(end_ground(ground, rule))
}

fn without_rule(words: String) -> String {
    words.split_once('》').map_or_else(|| words.clone(), |(_, rest)| rest.to_owned())
}

/// What was chosen, as lines: code, bureau, mode and time, number.
#[must_use]
pub fn lines(act: Act, detail: &Detail, rule: Rule) -> Vec<String> {
    let session = [mode(&detail.mode).to_owned(), detail.time.replace('T', " ")];
    let session: Vec<_> = session.into_iter().filter(|part| !part.is_empty()).collect();
    let plain = [detail.bureau.clone(), session.join("，"), detail.number.clone()];
    let plain = plain.into_iter().filter(|part| !part.is_empty());
    chosen(act, &detail.code, rule).into_iter().chain(plain).collect()
}
