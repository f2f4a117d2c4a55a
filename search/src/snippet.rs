//! What a hit shows: title and surroundings with marks on what matched.

use serde::{Deserialize, Serialize};

use crate::{
    Document, Fragment,
    analyse::{Kind, tokens},
    normalise::each_normal,
    query::Parsed,
};

/// Between the fields of a short record.
const BETWEEN: &str = " · ";
/// Characters of a snippet.
const LENGTH: usize = 110;
/// Characters before the first mark.
const BEFORE: usize = 20;

/// What is kept with a document to show its hit.
#[derive(Serialize, Deserialize)]
pub struct Stored {
    /// Id
    pub i: String,
    /// Kind
    pub k: String,
    /// Title
    pub t: String,
    /// Short fields
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub s: Vec<String>,
    /// Long text
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub x: String,
    /// Date
    pub d: Option<i32>,
    /// Payload
    pub p: String,
}

impl Stored {
    pub fn of(document: &Document) -> Self {
        let mut short: Vec<String> = Vec::new();
        for value in document.names.iter().chain(&document.items).chain(&document.terms) {
            if *value != document.title && !short.contains(value) {
                short.push(value.clone());
            }
        }
        Self {
            i: document.id.clone(),
            k: document.kind.clone(),
            t: document.title.clone(),
            s: short,
            x: document.text.clone(),
            d: document.date,
            p: document.payload.clone(),
        }
    }

    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The pieces of text to mark, in normal form.
pub struct Marks(Vec<Vec<char>>);

impl Marks {
    pub fn of(parsed: &Parsed) -> Self {
        let mut pieces: Vec<Vec<char>> = Vec::new();
        for text in parsed.words.iter().chain(&parsed.phrases) {
            pieces.extend(tokens(Kind::Grams, text).iter().map(|token| token.chars().collect()));
        }
        pieces.sort();
        pieces.dedup();
        Self(pieces)
    }

    /// Which characters of a text match.
    fn on(&self, chars: &[char]) -> Vec<bool> {
        let mut marked = vec![false; chars.len()];
        if self.0.is_empty() {
            return marked;
        }
        // normal characters with the place they come from
        let mut normal: Vec<(char, usize)> = Vec::with_capacity(chars.len());
        for (place, c) in chars.iter().enumerate() {
            each_normal(*c, |c| {
                if !c.is_whitespace() {
                    normal.push((c, place));
                }
            });
        }
        for piece in &self.0 {
            for window in normal.windows(piece.len()) {
                if window.iter().map(|(c, _)| c).eq(piece) {
                    for (_, place) in window {
                        marked[*place] = true;
                    }
                }
            }
        }
        marked
    }

    /// The whole text with marks.
    pub fn whole(&self, text: &str) -> Vec<Fragment> {
        let chars: Vec<char> = text.chars().collect();
        let marked = self.on(&chars);
        fragments(&chars, &marked)
    }

    /// The part of a hit's fields or text that matches best.
    pub fn snippet(&self, stored: &Stored) -> Vec<Fragment> {
        let text = if stored.x.is_empty() { stored.s.join(BETWEEN) } else { stored.x.replace('\n', " ") };
        let chars: Vec<char> = text.chars().collect();
        let marked = self.on(&chars);
        if chars.len() <= LENGTH {
            return fragments(&chars, &marked);
        }
        let start = best_start(&marked);
        let end = (start + LENGTH).min(chars.len());
        let mut cut = fragments(&chars[start..end], &marked[start..end]);
        let dots = || Fragment { text: "…".into(), hit: false };
        if start > 0 {
            cut.insert(0, dots());
        }
        if end < chars.len() {
            cut.push(dots());
        }
        cut
    }
}

/// Where the window with the most marks begins, with some room before its first mark.
fn best_start(marked: &[bool]) -> usize {
    let length = LENGTH.min(marked.len());
    let mut inside = marked[..length].iter().filter(|mark| **mark).count();
    let (mut best, mut start) = (inside, 0);
    for from in 1..=marked.len() - length {
        inside -= usize::from(marked[from - 1]);
        inside += usize::from(marked[from + length - 1]);
        if inside > best {
            (best, start) = (inside, from);
        }
    }
    let first = marked[start..].iter().position(|mark| *mark).map_or(start, |at| start + at);
    first.saturating_sub(BEFORE).min(marked.len() - length)
}

fn fragments(chars: &[char], marked: &[bool]) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    for (c, hit) in chars.iter().zip(marked) {
        match fragments.last_mut() {
            Some(last) if last.hit == *hit => last.text.push(*c),
            _ => fragments.push(Fragment { text: c.to_string(), hit: *hit }),
        }
    }
    fragments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn shown(fragments: &[Fragment]) -> String {
        fragments.iter().map(|f| if f.hit { format!("[{}]", f.text) } else { f.text.clone() }).collect()
    }

    #[test]
    fn marks_follow_the_normal_form() {
        let marks = Marks::of(&parse("海天 ABC"));
        assert_eq!(shown(&marks.whole("佛山海　天（ＡＢＣ）")), "佛山[海]　[天]（[ＡＢＣ]）");
        assert_eq!(shown(&Marks::of(&parse("")).whole("海天")), "海天");
    }

    #[test]
    fn a_snippet_surrounds_its_marks() {
        let stored = Stored {
            i: String::new(),
            k: String::new(),
            t: String::new(),
            s: Vec::new(),
            x: format!("{}铅超标{}", "前".repeat(300), "后".repeat(300)),
            d: None,
            p: String::new(),
        };
        let cut = Marks::of(&parse("铅超标")).snippet(&stored);
        let text = shown(&cut);
        assert!(text.contains("[铅超标]") && text.starts_with('…') && text.ends_with('…'), "{text}");
        assert!(text.chars().count() <= LENGTH + 4);
    }
}
