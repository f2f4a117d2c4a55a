//! The whole table of states. What is not in it is not possible.

use super::{Act, Kind, State};

/// Where an act leads from a state; none where it can't be done there. [`Act::Withdraw`] of an accepted complaint ends
/// the mediation (order 121 art. 23 (1)).
#[must_use]
pub fn next(kind: Kind, state: State, act: Act) -> Option<State> {
    if !state.fits(kind) {
        return None;
    }
    match kind {
        Kind::Complaint => complaint(state, act),
        Kind::Report => report(state, act),
    }
}

fn complaint(state: State, act: Act) -> Option<State> {
    use State as S;
    Some(match (state, act) {
        (S::Received | S::Asked, Act::Withdraw) => S::Withdrawn,
        (S::Received | S::Asked, Act::Accept) => S::Accepted,
        (S::Received | S::Asked, Act::Refuse) => S::Refused,
        (S::Accepted | S::Suspended, Act::Withdraw | Act::End) => S::Ended,
        (S::Accepted, Act::Pause) => S::Suspended,
        (S::Suspended, Act::Resume) | (S::Settled | S::Ended, Act::Reopen) => S::Accepted,
        (S::Accepted, Act::Settle) => S::Settled,
        (S::Refused, Act::Reopen) => S::Received,
        (S::Accepted, Act::Invite) => S::Accepted,
        (S::Accepted | S::Suspended | S::Settled | S::Ended, Act::FindClue) => state,
        (S::Ended, Act::Told) => S::Ended,
        _ => return any(state, act),
    })
}

fn report(state: State, act: Act) -> Option<State> {
    use State as S;
    Some(match (state, act) {
        (S::Received | S::Asked, Act::Check) | (S::NotFiled, Act::Reopen) => S::Checking,
        (S::Received | S::Asked | S::Checking, Act::File) => S::Filed,
        (S::Received | S::Asked | S::Checking, Act::DontFile) => S::NotFiled,
        (S::Received | S::Asked | S::Checking, Act::Redirect) => S::Redirected,
        (S::Received | S::Asked | S::Checking, Act::Merge) => S::Merged,
        (S::Received | S::Asked | S::Checking | S::Filed, Act::Transfer) => S::Transferred,
        (S::Received | S::Checking, Act::TakeIn) => state,
        (
            S::Received | S::Asked | S::Checking | S::Filed,
            Act::AskExtension | Act::ApproveExtension | Act::DenyExtension,
        ) => state,
        (S::Filed, Act::Decide) => S::Decided,
        (S::Filed, Act::Pause | Act::Resume) => S::Filed,
        (S::Checking, Act::Ask) => S::Asked,
        (S::Filed | S::NotFiled, Act::Told) => state,
        _ => return any(state, act),
    })
}

/// What both kinds share.
fn any(state: State, act: Act) -> Option<State> {
    use State as S;
    Some(match (state, act) {
        (S::Asked, Act::Supplement) => S::Received,
        (_, Act::Supplement) if state.is_open() => state,
        (S::Received, Act::Ask) => S::Asked,
        (S::Received | S::Asked, Act::HandOver) => S::Received,
        (_, Act::Take | Act::Assign) if state.is_open() => state,
        (_, Act::Message | Act::Note) => state,
        _ => return None,
    })
}
