//! People's text: words, "phrases", `-word`. Nothing else is special and nothing is an error.

use crate::{
    analyse::runs,
    normalise::{SIGN, apart, is_han, words_into},
    synonyms,
};

/// Characters that open or close a phrase.
const QUOTES: [char; 8] = ['"', '“', '”', '「', '」', '『', '』', '＂'];
/// Signs of a question in lay words.
const ASKING: [&str; 20] = [
    "吗",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "为啥",
    "为何",
    "哪",
    "能不能",
    "可不可以",
    "可以",
    "是否",
    "多少",
    "谁",
    "呢",
    "应该",
    "?",
    "？",
    "我",
    "咋",
];
/// Chinese characters from which a text without any of these signs is a question too, unless it ends like a name.
const LONG: usize = 16;
/// How names of firms end.
const NAME_ENDS: [char; 16] =
    ['司', '厂', '店', '部', '行', '社', '场', '市', '堂', '馆', '坊', '铺', '园', '校', '院', '摊'];
/// Ways to write a text with other words for the same thing.
const MOST_WAYS: usize = 6;

/// A text taken apart. All parts are normal forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Words; several ways to write them when words have synonyms, the literal one first
    pub words: Vec<String>,
    /// What must stand just so
    pub phrases: Vec<String>,
    /// What must not stand
    pub without: Vec<String>,
    /// Asked in lay words rather than looked up
    pub question: bool,
}

impl Parsed {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty() && self.without.is_empty()
    }

    /// The words as typed, in normal form.
    pub fn literal(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

/// Takes a text apart.
pub fn parse(text: &str) -> Parsed {
    let mut words = String::new();
    let mut parsed = Parsed::default();
    let mut chars = text.chars().peekable();
    let mut begins = true;
    while let Some(c) = chars.next() {
        if QUOTES.contains(&c) {
            let mut phrase = String::new();
            for inner in chars.by_ref().take_while(|inner| !QUOTES.contains(inner)) {
                phrase.push(inner);
            }
            parsed.phrases.extend(normal(&phrase));
            words.push(' ');
            begins = true;
        } else if begins && matches!(c, '-' | '－') && chars.peek().is_some_and(|next| !next.is_whitespace()) {
            let mut without = String::new();
            while let Some(inner) = chars.next_if(|inner| !inner.is_whitespace()) {
                without.push(inner);
            }
            parsed.without.extend(normal(&without));
        } else {
            begins = c.is_whitespace();
            words.push(c);
        }
    }
    parsed.question = is_question(&words);
    let literal = joined_loners(&apart(&words));
    if !literal.is_empty() {
        parsed.words = ways(&literal.replace(SIGN, " "));
    }
    parsed
}

fn normal(text: &str) -> Option<String> {
    let mut chars = Vec::new();
    words_into(text, true, &mut chars);
    (!chars.is_empty()).then(|| chars.into_iter().collect())
}

/// `海 天 味 业` was meant as one: a lone Chinese character joins its Chinese neighbours.
fn joined_loners(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before_is_lone = false;
    for word in text.split(' ') {
        let lone = is_lone(word);
        let touches = out.chars().next_back().is_some_and(is_han) && word.chars().next().is_some_and(is_han);
        let joins = touches && (lone || before_is_lone);
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        out.push_str(word);
        before_is_lone = lone;
    }
    out
}

fn is_lone(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(is_han) && chars.next().is_none()
}

fn is_question(text: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let asks = ASKING.iter().any(|sign| text.contains(sign)) && han >= 5;
    let parts = text.split_whitespace().count();
    let ends_as_name = text.trim_end().ends_with(NAME_ENDS);
    asks || (han >= LONG && parts <= 2 && !ends_as_name)
}

/// The text, and the text with each of its words replaced by another word for the same thing.
fn ways(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut ways: Vec<Vec<char>> = vec![Vec::new()];
    let mut at = 0;
    while at < chars.len() {
        let Some((length, others)) = synonyms::at(&chars[at..]).filter(|(length, _)| is_whole(&chars, at, *length))
        else {
            for way in &mut ways {
                way.push(chars[at]);
            }
            at += 1;
            continue;
        };
        let mut more = Vec::new();
        for way in &ways {
            for other in others {
                more.push(way.iter().copied().chain(other.chars()).collect::<Vec<char>>());
            }
        }
        for way in &mut ways {
            way.extend(&chars[at..at + length]);
        }
        ways.extend(more);
        ways.truncate(MOST_WAYS);
        at += length;
    }
    ways.into_iter().map(|way| way.into_iter().collect()).collect()
}

/// Latin words and numbers are synonyms as wholes only: `bha` in `bhava` is none.
fn is_whole(chars: &[char], at: usize, length: usize) -> bool {
    let inside = |left: char, right: char| left != ' ' && right != ' ' && !is_han(left) && !is_han(right);
    let starts = at == 0 || !inside(chars[at - 1], chars[at]);
    let ends = at + length == chars.len() || !inside(chars[at + length - 1], chars[at + length]);
    starts && ends
}

/// Chinese characters of a normal form.
pub fn han_count(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

/// The one word of Latin letters that a text is, if it is one.
pub fn letters_only(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let only_letters = runs(&chars).all(|(_, run)| run.iter().all(char::is_ascii_lowercase));
    let letters: String = chars.into_iter().filter(|c| *c != ' ').collect();
    (only_letters && letters.len() >= 2).then_some(letters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_taken_apart() {
        let parsed = parse("大米 “黄曲霉毒素” -云川 gb-2760");
        assert_eq!(parsed.phrases, ["黄曲霉毒素"]);
        assert_eq!(parsed.without, ["云川"]);
        assert_eq!(parsed.literal(), "大米 gb 2760");
        assert_eq!(parse("海 天 味 业").literal(), "海天味业");
        assert_eq!(parse("海天 味业").literal(), "海天 味业");
        assert_eq!(parse("海天味 业").literal(), "海天味业");
        // a sign between was meant: a name masked in print
        assert_eq!(parse("恒*调味品").literal(), "恒 调味品");
        assert!(parse("！！").is_empty() && parse("-").is_empty() && parse("\"\"").is_empty());
    }

    #[test]
    fn words_have_other_ways() {
        assert_eq!(parse("土豆淀粉").words, ["土豆淀粉", "马铃薯淀粉", "洋芋淀粉"]);
        assert!(parse("甜蜜素").words.contains(&"环己基氨基磺酸钠".to_owned()));
        assert_eq!(parse("大米").words, ["大米"]);
        assert_eq!(parse("bhava").words, ["bhava"]);
    }

    #[test]
    fn questions_are_told_from_names() {
        for question in ["买到过期食品怎么赔偿", "商家不退款可以投诉吗", "外卖里吃出虫子找谁"]
        {
            assert!(parse(question).question, "{question}");
        }
        for name in
            ["佛山市海天（高明）调味食品有限公司", "云川市青禾区幸福路第二小学食堂", "大米 镉", "什么", "甜蜜素"]
        {
            assert!(!parse(name).question, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "\\PC{0,60}") {
            let parsed = parse(&text);
            prop_assert!(parsed.words.len() <= MOST_WAYS);
        }
    }
}
