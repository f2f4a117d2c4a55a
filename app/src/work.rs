//! Proof of work in place of a picture puzzle: a browser searches some numbers, which costs a person nothing and a robot
//! time. Pure, the same on both sides. Eight small searches rather than a large one, so that nobody is unlucky for long.

use sha2::{Digest, Sha256};

/// Searches of one proof.
pub const PARTS: u32 = 8;
/// Leading zero bits that each has to find at least: 2¹⁴ tries on average, 2¹⁷ in all, about 0.3 s on a phone.
pub const BITS: u32 = 14;
/// … and at most: 2²¹ in all, about 5 s on a phone. Nobody behind a busy address is locked out, a robot gets slow.
pub const MOST_BITS: u32 = 18;

/// The bits that a challenge asks for: its second field (`until.bits.seal`).
fn bits(challenge: &str) -> u32 {
    let asked = challenge.split('.').nth(1).and_then(|bits| bits.parse().ok());
    asked.unwrap_or(BITS).clamp(BITS, MOST_BITS)
}

fn hits(challenge: &str, bits: u32, part: u32, number: u32) -> bool {
    let hash = Sha256::new()
        .chain_update(challenge)
        .chain_update([b'|'])
        .chain_update(part.to_be_bytes())
        .chain_update(number.to_be_bytes())
        .finalize();
    let first = [hash[0], hash[1], hash[2], hash[3]];
    u32::from_be_bytes(first).leading_zeros() >= bits
}

/// Whether an answer solves a challenge: as many numbers as there are parts, with commas between.
#[must_use]
pub fn is_solved(challenge: &str, answer: &str) -> bool {
    let (bits, mut numbers) = (bits(challenge), answer.split(','));
    let all = (0..PARTS).all(|part| {
        let number = numbers.next().and_then(|number| number.parse().ok());
        number.is_some_and(|number| hits(challenge, bits, part, number))
    });
    all && numbers.next().is_none()
}

/// A search that can be done in pieces, so that a page stays quick meanwhile.
#[derive(Clone, Debug)]
pub struct Search {
    challenge: String,
    bits: u32,
    next: u32,
    found: Vec<u32>,
}

impl Search {
    /// Begins.
    #[must_use]
    pub fn new(challenge: &str) -> Self {
        Self { challenge: challenge.to_owned(), bits: bits(challenge), next: 0, found: Vec::new() }
    }

    /// Tries some more numbers; gives the answer as soon as it is known.
    pub fn run(&mut self, tries: u32) -> Option<String> {
        for _ in 0..tries {
            let part = u32::try_from(self.found.len()).unwrap_or(PARTS);
            if part >= PARTS {
                break;
            }
            if hits(&self.challenge, self.bits, part, self.next) {
                self.found.push(self.next);
                self.next = 0;
            } else {
                // 2³² tries without a hit are beyond any chance
                self.next = self.next.wrapping_add(1);
            }
        }
        let is_done = self.found.len() as u64 == u64::from(PARTS);
        is_done.then(|| self.found.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_found_in_pieces_and_solves_its_own_challenge_only() {
        let mut search = Search::new("a.b");
        assert_eq!(search.run(1), None);
        let answer = std::iter::repeat_with(|| search.run(5000)).flatten().next().unwrap();
        assert_eq!(search.run(1).as_deref(), Some(answer.as_str()), "it stays known");
        assert!(is_solved("a.b", &answer));
        assert!(!is_solved("a.c", &answer));
        let cut = answer.rsplit_once(',').unwrap().0;
        for wrong in ["", "0", "0,0,0,0,0,0,0,0", cut, &format!("{answer},1"), &format!("{answer},"), "x,y"] {
            assert!(!is_solved("a.b", wrong), "{wrong}");
        }
    }

    #[test]
    fn a_challenge_says_how_hard_it_is_within_limits() {
        for (challenge, expected) in
            [("1.16.x", 16), ("1.1.x", BITS), ("1.99.x", MOST_BITS), ("x", BITS), ("1.-.x", BITS)]
        {
            assert_eq!(bits(challenge), expected, "{challenge}");
        }
    }
}
