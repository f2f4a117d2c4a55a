//! Parsed text as tantivy queries. Records with short names are looked up: every bigram must match, then fewer and
//! fewer. Questions in lay words are answered: everything is optional and adds up.

use tantivy::{
    Searcher, Term,
    query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::parse::{Parsed, han_count, letters_only};
use crate::{
    Error,
    analyse::{Kind, Tokens, tokens},
    normalise::is_han,
    schema::Fields,
    sounds,
};

/// Strict, and two that ask for fewer words.
pub const TIERS: u8 = 3;
/// Share of the bigrams that must match in the two relaxed tiers.
const SHARES: [f32; 2] = [0.7, 0.4];
/// Share of the pairs of syllables that must match in the two relaxed tiers.
const SOUNDS_SHARES: [f32; 2] = [1.0, 0.6];
/// Bigrams in more than this share of documents don't help a relaxed look-up.
const COMMON: f32 = 0.02;
/// What so few documents have is never common, however small the index.
const NEVER_COMMON: u64 = 500;
/// In a question, single characters in more than this share of documents say nothing.
const COMMON_CHAR: f32 = 0.2;
/// In a question, bigrams in more than this share of documents are left out while enough others stay.
const COMMON_GRAM: f32 = 0.25;
const WORD_WEIGHT: f32 = 0.6;
const TITLE_WEIGHT: f32 = 3.0;
/// A synonym ranks below the word itself.
const SYNONYM_WEIGHT: f32 = 0.8;
const INITIALS_WEIGHT: f32 = 3.0;
/// Share of the initials' 3-grams that must match in the relaxed tiers.
const INITIALS_SHARE: f32 = 0.6;

type Part = Box<dyn Query>;

/// Makes the queries of a text for one state of the index.
pub struct Plan<'a> {
    pub parsed: &'a Parsed,
    /// The one kind of documents that is asked for
    pub only: Option<&'a str>,
    pub fields: &'a Fields,
    pub searcher: &'a Searcher,
}

fn all(mut parts: Vec<Part>) -> Option<Part> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Box::new(BooleanQuery::intersection(parts))),
    }
}

fn any(mut parts: Vec<Part>) -> Option<Part> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Box::new(BooleanQuery::union(parts))),
    }
}

/// All documents of a kind; adds nothing to a score.
pub fn of_kind(fields: &Fields, kind: &str) -> Part {
    let term = TermQuery::new(Term::from_field_text(fields.kind, kind), IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(term), 0.0))
}

fn boosted(part: Part, weight: f32) -> Part {
    Box::new(BoostQuery::new(part, weight))
}

/// How many of `count` are this share, at least one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a small count"
)]
fn share_of(count: usize, share: f32) -> usize {
    ((count as f32 * share).ceil() as usize).max(1)
}

impl Plan<'_> {
    /// The query of a tier; `None` when it can't match anything.
    pub fn query(&self, tier: u8) -> Result<Option<Part>, Error> {
        let words = if self.parsed.words.is_empty() {
            None
        } else {
            let words = match (tier, self.parsed.question) {
                (0, true) => self.question()?,
                (0, false) => self.strict()?,
                (_, true) => None,
                (tier, false) => self.relaxed(usize::from(tier - 1).min(SHARES.len() - 1))?,
            };
            if words.is_none() {
                return Ok(None);
            }
            words
        };
        let mut clauses: Vec<(Occur, Part)> = words.into_iter().map(|words| (Occur::Must, words)).collect();
        for phrase in &self.parsed.phrases {
            let Some(phrase) = self.phrase(phrase) else { continue };
            clauses.push((Occur::Must, phrase));
        }
        if let Some(kind) = self.only {
            clauses.push((Occur::Must, of_kind(self.fields, kind)));
        }
        if clauses.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        for without in &self.parsed.without {
            clauses.extend(self.phrase(without).map(|without| (Occur::MustNot, without)));
        }
        if clauses.len() == 1 {
            return Ok(clauses.pop().map(|(_, only)| only));
        }
        Ok(Some(Box::new(BooleanQuery::new(clauses))))
    }

    fn frequency(&self, field: Field, token: &str) -> Result<u64, Error> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(field, token))?)
    }

    #[expect(clippy::cast_precision_loss, reason = "a share")]
    fn is_common(&self, frequency: u64, share: f32) -> bool {
        frequency > NEVER_COMMON && frequency as f32 > self.searcher.num_docs() as f32 * share
    }

    fn term(field: Field, token: &str) -> Part {
        Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
    }

    fn terms(field: Field, tokens: &[String]) -> Vec<Part> {
        tokens.iter().map(|token| Self::term(field, token)).collect()
    }

    /// A bigram or word, or a lone Chinese character anywhere in a title or text.
    fn gram(&self, token: &str) -> Part {
        let mut chars = token.chars();
        let lone = chars.next().is_some_and(is_han) && chars.next().is_none();
        let gram = Self::term(self.fields.grams, token);
        if lone { Box::new(BooleanQuery::union(vec![gram, Self::term(self.fields.chars, token)])) } else { gram }
    }

    /// Every bigram of one of the ways to write the words.
    fn strict(&self) -> Result<Option<Part>, Error> {
        let mut ways = Vec::new();
        for (place, way) in self.parsed.words.iter().enumerate() {
            let grams = tokens(Kind::Grams, way);
            let mut possible = true;
            for gram in grams.iter().filter(|gram| gram.chars().count() > 1) {
                possible &= self.frequency(self.fields.grams, gram)? > 0;
            }
            let parts = grams.iter().map(|gram| self.gram(gram)).collect();
            if let Some(way) = all(parts).filter(|_| possible) {
                ways.push(if place == 0 { way } else { boosted(way, SYNONYM_WEIGHT) });
            }
        }
        ways.extend(self.initials(1.0)?);
        let Some(words) = any(ways) else { return Ok(None) };
        let mut clauses = vec![(Occur::Must, words)];
        for gram in tokens(Kind::Grams, self.parsed.literal()) {
            clauses.push((Occur::Should, boosted(Self::term(self.fields.title_grams, &gram), TITLE_WEIGHT)));
        }
        Ok(Some(Box::new(BooleanQuery::new(clauses))))
    }

    /// A share of the rarer bigrams, or everything as it sounds.
    fn relaxed(&self, tier: usize) -> Result<Option<Part>, Error> {
        let literal = self.parsed.literal();
        let mut grams = Vec::new();
        for gram in tokens(Kind::Grams, literal) {
            grams.push((self.frequency(self.fields.grams, &gram)?, gram));
        }
        grams.sort();
        let rare = grams.iter().take_while(|(frequency, _)| !self.is_common(*frequency, COMMON)).count();
        grams.truncate(rare.max(2));
        let needed = share_of(grams.len(), SHARES[tier]);
        let known: Vec<Part> = grams
            .iter()
            .filter(|(frequency, _)| *frequency > 0)
            .map(|(_, gram)| Self::term(self.fields.grams, gram))
            .collect();
        let mut ways: Vec<Part> = Vec::new();
        if known.len() >= needed && grams.len() > 1 {
            ways.push(Box::new(BooleanQuery::union_with_minimum_required_clauses(known, needed)));
        }
        if han_count(literal) >= 2 {
            ways.extend(self.sounding(&tokens(Kind::Sounds, literal), SOUNDS_SHARES[tier])?);
        }
        ways.extend(self.initials(INITIALS_SHARE)?);
        Ok(any(ways))
    }

    /// Words as they sound, whatever the characters: a share of the rarer pairs of syllables.
    fn sounding(&self, sounds: &[String], share: f32) -> Result<Option<Part>, Error> {
        let mut found = Vec::new();
        for sound in sounds {
            found.push((self.frequency(self.fields.sounds, sound)?, sound.clone()));
        }
        found.sort();
        let rare = found.iter().take_while(|(frequency, _)| !self.is_common(*frequency, COMMON)).count();
        found.truncate(rare.max(2));
        let needed = share_of(found.len(), share);
        found.retain(|(frequency, _)| *frequency > 0);
        if found.len() < needed {
            return Ok(None);
        }
        let parts: Vec<Part> = found.iter().map(|(_, sound)| Self::term(self.fields.sounds, sound)).collect();
        Ok(if parts.len() == needed {
            all(parts)
        } else {
            Some(Box::new(BooleanQuery::union_with_minimum_required_clauses(parts, needed)))
        })
    }

    /// Letters as initials of a name, or of a part of it, or as its pinyin.
    fn initials(&self, share: f32) -> Result<Vec<Part>, Error> {
        let Some(letters) = letters_only(self.parsed.literal()) else { return Ok(Vec::new()) };
        let chars: Vec<char> = letters.chars().collect();
        let grams: Vec<String> = chars.windows(chars.len().min(3)).map(|gram| gram.iter().collect()).collect();
        let needed = share_of(grams.len(), share);
        let mut ways: Vec<Part> = vec![boosted(Self::term(self.fields.initials, &letters), INITIALS_WEIGHT)];
        let parts = Self::terms(self.fields.initial_grams, &grams);
        if needed == grams.len() {
            ways.extend(all(parts));
        } else {
            ways.push(Box::new(BooleanQuery::union_with_minimum_required_clauses(parts, needed)));
        }
        for syllables in sounds::syllables(&letters) {
            let pairs: Vec<String> = syllables.windows(2).map(|pair| format!("{}'{}", pair[0], pair[1])).collect();
            ways.extend(self.sounding(&pairs, 1.0)?);
        }
        Ok(ways)
    }

    /// Everything optional: bigrams, telling characters, words.
    fn question(&self) -> Result<Option<Part>, Error> {
        let literal = self.parsed.literal();
        let mut parts: Vec<Part> = Vec::new();
        let mut grams = Vec::new();
        for gram in tokens(Kind::Grams, literal) {
            grams.push((self.frequency(self.fields.grams, &gram)?, gram));
        }
        grams.retain(|(frequency, _)| *frequency > 0);
        let telling = grams.iter().filter(|(frequency, _)| !self.is_common(*frequency, COMMON_GRAM)).count();
        if telling >= 3 {
            grams.retain(|(frequency, _)| !self.is_common(*frequency, COMMON_GRAM));
        }
        parts.extend(grams.iter().map(|(_, gram)| Self::term(self.fields.grams, gram)));
        for c in tokens(Kind::Chars, literal) {
            let frequency = self.frequency(self.fields.chars, &c)?;
            if frequency > 0 && !self.is_common(frequency, COMMON_CHAR) {
                parts.push(Self::term(self.fields.chars, &c));
            }
        }
        for word in tokens(Kind::Words, literal) {
            if self.frequency(self.fields.words, &word)? > 0 {
                parts.push(boosted(Self::term(self.fields.words, &word), WORD_WEIGHT));
            }
        }
        Ok(any(parts))
    }

    /// Words that stand just so.
    fn phrase(&self, phrase: &str) -> Option<Part> {
        let mut buffer = Tokens::default();
        buffer.read(Kind::Grams, phrase, true);
        let mut terms: Vec<(usize, &str)> = buffer.iter().map(|(token, position)| (position, token)).collect();
        if terms.len() == 1 {
            return terms.pop().map(|(_, token)| self.gram(token));
        }
        let field = self.fields.grams;
        let terms: Vec<(usize, Term)> =
            terms.into_iter().map(|(position, token)| (position, Term::from_field_text(field, token))).collect();
        (!terms.is_empty()).then(|| Box::new(PhraseQuery::new_with_offset(terms)) as Part)
    }
}
