//! Tokenizers: character bigrams with true positions, single characters, words, sounds.

use std::sync::{Arc, LazyLock};

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::{
    normalise::{is_han, words_into},
    sounds::{initial_grams, initials, syllable},
};

/// Loaded once, when the first long text comes.
static JIEBA: LazyLock<Arc<Jieba>> = LazyLock::new(|| Arc::new(Jieba::new()));

/// What a field is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Overlapping bigrams of Chinese runs (a lone character itself), other runs as one token
    Grams,
    /// Single Chinese characters
    Chars,
    /// Words of jieba, cut for search
    Words,
    /// Toneless pinyin of bigrams
    Sounds,
    /// Initials of the whole value, one token a reading
    Initials,
    /// 2- and 3-grams of the initials
    InitialGrams,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Grams, Self::Chars, Self::Words, Self::Sounds, Self::Initials, Self::InitialGrams];

    pub fn name(self) -> &'static str {
        match self {
            Self::Grams => "grams",
            Self::Chars => "chars",
            Self::Words => "words",
            Self::Sounds => "sounds",
            Self::Initials => "initials",
            Self::InitialGrams => "initial_grams",
        }
    }
}

/// Tokens of a text, kept in one buffer that is used again.
#[derive(Clone, Default)]
pub struct Tokens {
    chars: Vec<char>,
    text: String,
    /// Where each token ends in `text`, and its position
    ends: Vec<(usize, usize)>,
}

impl Tokens {
    fn push(&mut self, position: usize, parts: impl IntoIterator<Item = char>) {
        self.text.extend(parts);
        self.ends.push((self.text.len(), position));
    }

    /// Reads a text as a document's (`joined`) or a query's.
    pub fn read(&mut self, kind: Kind, text: &str, joined: bool) {
        let mut chars = std::mem::take(&mut self.chars);
        words_into(text, joined, &mut chars);
        self.text.clear();
        self.ends.clear();
        match kind {
            Kind::Grams => self.grams(&chars),
            Kind::Chars => {
                for (position, c) in chars.iter().enumerate().filter(|(_, c)| is_han(**c)) {
                    self.push(position, [*c]);
                }
            }
            Kind::Words => self.words(&chars),
            Kind::Sounds => self.sounds(&chars),
            Kind::Initials => {
                for reading in initials(&chars) {
                    self.push(0, reading.chars());
                }
            }
            Kind::InitialGrams => {
                initial_grams(&chars, |gram| self.push(0, gram.iter().copied()));
            }
        }
        self.chars = chars;
    }

    fn grams(&mut self, chars: &[char]) {
        for (start, run) in runs(chars) {
            match run {
                [lone] => self.push(start, [*lone]),
                run if is_han(run[0]) => {
                    for (offset, gram) in run.windows(2).enumerate() {
                        self.push(start + offset, gram.iter().copied());
                    }
                }
                run => self.push(start, run.iter().copied()),
            }
        }
    }

    fn words(&mut self, chars: &[char]) {
        for (start, run) in runs(chars) {
            if !is_han(run[0]) {
                self.push(start, run.iter().copied());
                continue;
            }
            let text: String = run.iter().collect();
            for word in JIEBA.cut_for_search(&text, true) {
                self.push(start + word.start, word.word.chars());
            }
        }
    }

    fn sounds(&mut self, chars: &[char]) {
        for (start, run) in runs(chars).filter(|(_, run)| is_han(run[0])) {
            for (offset, gram) in run.windows(2).enumerate() {
                if let (Some(first), Some(second)) = (syllable(gram[0]), syllable(gram[1])) {
                    let apart = first.chars().chain(['\'']).chain(second.chars());
                    self.push(start + offset, apart);
                }
            }
        }
    }

    /// The tokens with their positions.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut start = 0;
        self.ends.iter().map(move |(end, position)| {
            let token = &self.text[start..*end];
            start = *end;
            (token, *position)
        })
    }
}

/// Runs of Chinese characters and of other letters and digits, with where they start.
pub fn runs(chars: &[char]) -> impl Iterator<Item = (usize, &[char])> {
    let mut start = 0;
    std::iter::from_fn(move || {
        while chars.get(start) == Some(&' ') {
            start += 1;
        }
        let first = *chars.get(start)?;
        let from = start;
        while start < chars.len() && chars[start] != ' ' && is_han(chars[start]) == is_han(first) {
            start += 1;
        }
        Some((from, &chars[from..start]))
    })
}

/// The tokenizer of one kind.
#[derive(Clone)]
pub struct Analyzer {
    kind: Kind,
    tokens: Tokens,
}

/// Walks over the tokens of a text.
pub struct Stream<'a> {
    tokens: &'a Tokens,
    next: usize,
    start: usize,
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.tokens.read(self.kind, text, true);
        Stream { tokens: &self.tokens, next: 0, start: 0, token: Token::default() }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some((end, position)) = self.tokens.ends.get(self.next).copied() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.tokens.text[self.start..end]);
        self.token.position = position;
        self.token.offset_from = self.start;
        self.token.offset_to = end;
        self.start = end;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// All tokenizers under their names.
pub fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for kind in Kind::ALL {
        manager.register(kind.name(), Analyzer { kind, tokens: Tokens::default() });
    }
    manager
}

/// The distinct tokens of a query's text, in order.
pub fn tokens(kind: Kind, text: &str) -> Vec<String> {
    let mut buffer = Tokens::default();
    buffer.read(kind, text, false);
    let mut seen = std::collections::HashSet::new();
    buffer.iter().filter(|(token, _)| seen.insert(token.to_owned())).map(|(token, _)| token.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_token() {
        assert_eq!(tokens(Kind::Grams, "海天味业 ABC-12 盐"), ["海天", "天味", "味业", "abc", "12", "盐"]);
        assert_eq!(tokens(Kind::Chars, "食盐 a 食"), ["食", "盐"]);
        assert_eq!(tokens(Kind::Sounds, "未业a"), ["wei'ye"]);
        assert_eq!(tokens(Kind::Initials, "海天味业")[0], "htwy");
        assert_eq!(tokens(Kind::InitialGrams, "海天口"), ["ht", "htk", "tk"]);
        assert!(tokens(Kind::Words, "食品安全抽样检验").contains(&"食品".to_owned()));
    }

    #[test]
    fn positions_are_true() {
        let mut buffer = Tokens::default();
        buffer.read(Kind::Grams, "海天 a味", true);
        assert_eq!(buffer.iter().collect::<Vec<_>>(), [("海天", 0), ("a", 3), ("味", 4)]);
    }
}
