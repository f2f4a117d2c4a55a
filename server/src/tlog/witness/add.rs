//! `add-checkpoint` of C2SP tlog-witness: a log brings its checkpoint with a proof, and takes the cosignature along.

use chrono::{DateTime, Utc};
use signed_note::Signature;
use tlog_tiles::{EMPTY_HASH, Hash, check_tree};

use super::{Seen, Witness, WitnessError};
use crate::tlog::{
    Keyring,
    keyring::{NotOpened, Opened},
};

/// Bytes of a request: 63 lines of a proof and a checkpoint with many signatures.
pub const REQUEST_BYTES: usize = 64 << 10;
/// Lines of a proof at most.
const MOST_HASHES: usize = 63;

/// What a witness answers.
#[derive(Debug)]
pub enum Answer {
    /// 200: the cosignature
    Cosigned(Signature),
    /// 400: not a request
    Malformed,
    /// 403: not signed by a key of this log
    NotSigned,
    /// 404: a log that it does not know
    UnknownLog,
    /// 409: the last checkpoint signed has another size
    Conflict(u64),
    /// 409: the same size, another root
    Forked,
    /// 422: the proof proves nothing
    NotProved,
}

struct Request<'a> {
    old: u64,
    proof: Vec<Hash>,
    checkpoint: &'a [u8],
}

/// Answers a request. What contradicts a checkpoint signed before is kept as evidence.
pub fn add_checkpoint(
    witness: &Witness,
    keys: &Keyring,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<Answer, WitnessError> {
    let Some(request) = read(body) else { return Ok(Answer::Malformed) };
    let opened = match keys.open_present(request.checkpoint) {
        Ok(opened) => opened,
        Err(NotOpened::Unreadable) => return Ok(Answer::Malformed),
        Err(NotOpened::UnknownLog) => return Ok(Answer::UnknownLog),
        Err(_) => return Ok(Answer::NotSigned),
    };
    let before = witness.seen(opened.checkpoint.origin())?;
    if let Err(answer) = judge(&request, &opened, before.as_ref()) {
        if matches!(answer, Answer::Forked | Answer::NotProved) {
            let kept = witness.keep_evidence(before.as_ref(), request.checkpoint);
            kept.map_err(|error| WitnessError::File(witness.folder.clone(), error))?;
        }
        return Ok(answer);
    }
    Ok(match witness.sign(&opened, request.checkpoint, before.as_ref(), now)? {
        Some(signature) => Answer::Cosigned(signature),
        // another request was faster
        None => Answer::Conflict(witness.seen(opened.checkpoint.origin())?.map_or(0, |seen| seen.size)),
    })
}

fn judge(request: &Request<'_>, opened: &Opened, before: Option<&Seen>) -> Result<(), Answer> {
    let (size, root) = (opened.checkpoint.size(), *opened.checkpoint.hash());
    if request.old > size {
        return Err(Answer::Malformed);
    }
    let seen = before.map_or(0, |before| before.size);
    if request.old != seen {
        return Err(Answer::Conflict(seen));
    }
    if size == seen && before.is_some_and(|before| before.root != root) {
        return Err(Answer::Forked);
    }
    let is_proved = match before.filter(|before| before.size > 0) {
        None => request.proof.is_empty() && (size > 0 || root == EMPTY_HASH),
        Some(before) => check_tree(&request.proof, size, root, before.size, before.root).is_ok(),
    };
    if is_proved { Ok(()) } else { Err(Answer::NotProved) }
}

/// `old <size>`, hashes, an empty line, the checkpoint.
fn read(body: &[u8]) -> Option<Request<'_>> {
    let split = body.windows(2).position(|pair| pair == b"\n\n")?;
    let head = std::str::from_utf8(&body[..split]).ok()?;
    let mut lines = head.split('\n');
    let digits = lines.next()?.strip_prefix("old ")?;
    let old: u64 = digits.parse().ok().filter(|old: &u64| old.to_string() == digits)?;
    let proof: Vec<Hash> = lines.map(|line| Hash::parse_hash(line).ok()).collect::<Option<_>>()?;
    (proof.len() <= MOST_HASHES).then_some(Request { old, proof, checkpoint: &body[split + 2..] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_strictly() {
        let hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=";
        let good = format!("old 7\n{hash}\n{hash}\n\nexample.com\n8\n");
        let request = read(good.as_bytes()).unwrap();
        assert_eq!((request.old, request.proof.len(), request.checkpoint), (7, 2, &b"example.com\n8\n"[..]));
        assert!(read(b"old 0\n\nnote").unwrap().proof.is_empty());
        let long = format!("old 1\n{}\nnote", format!("{hash}\n").repeat(64));
        for other in
            ["", "old 7", "old 07\n\n", "old -1\n\n", "old +1\n\n", "old  1\n\n", "new 1\n\n", "old 1\nAAAA\n\n", &long]
        {
            assert!(read(other.as_bytes()).is_none(), "{other}");
        }
    }
}
