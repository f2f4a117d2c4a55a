//! The operations of a content stream, and of a character map, which is written in the same way. Never fails: what
//! cannot be read is passed over, as viewers do.

use super::super::kind::find;

/// What stands before an operator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f32),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Operand>),
    Dictionary(Vec<(Vec<u8>, Operand)>),
}

impl Operand {
    pub(super) fn number(&self) -> Option<f32> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }
}

/// Most operands kept before an operator, and items in an array.
const MOST: usize = 100_000;
/// Deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 16;

/// Reads one operation after the other.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

enum Token<'a> {
    Operand(Operand),
    Word(&'a [u8]),
    /// A closing bracket without an opening one.
    Stray,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next operator with its operands; an inline image is passed over and comes as `EI` without operands.
    pub(super) fn next(&mut self, operands: &mut Vec<Operand>) -> Option<&'a [u8]> {
        operands.clear();
        loop {
            match self.token(0)? {
                Token::Operand(operand) if operands.len() < MOST => operands.push(operand),
                Token::Operand(_) | Token::Stray => {}
                Token::Word(b"ID") => {
                    self.skip_image();
                    return Some(b"EI");
                }
                Token::Word(word) => return Some(word),
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn token(&mut self, depth: usize) -> Option<Token<'a>> {
        self.blank();
        let token = match self.peek()? {
            b'(' => Token::Operand(Operand::Text(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Token::Operand(self.dictionary(depth + 1))
            }
            b'<' => Token::Operand(Operand::Text(self.hexadecimal())),
            b'/' => Token::Operand(Operand::Name(self.name())),
            b'[' => {
                self.at += 1;
                Token::Operand(self.array(depth + 1))
            }
            b']' | b'>' | b')' | b'{' | b'}' => {
                self.at += 1;
                Token::Stray
            }
            _ => self.word(),
        };
        Some(token)
    }

    fn word(&mut self) -> Token<'a> {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_blank(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        number(word).map_or(Token::Word(word), |number| Token::Operand(Operand::Number(number)))
    }

    /// Items up to the closing bracket; too deep ones are passed over as they come.
    fn array(&mut self, depth: usize) -> Operand {
        let mut items = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'[' | b'<') if depth > DEEPEST => self.at += 1,
                Some(_) => match self.token(depth) {
                    Some(Token::Operand(item)) if items.len() < MOST => items.push(item),
                    Some(_) => {}
                    None => break,
                },
            }
        }
        Operand::Array(items)
    }

    fn dictionary(&mut self, depth: usize) -> Operand {
        let mut entries = Vec::new();
        let mut key = None;
        loop {
            self.blank();
            match self.peek() {
                None => break,
                Some(b'>') => {
                    self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'>'));
                    break;
                }
                Some(b'[' | b'<') if depth > DEEPEST => self.at += 1,
                Some(_) => match (self.token(depth), key.take()) {
                    (Some(Token::Operand(Operand::Name(name))), None) => key = Some(name),
                    (Some(Token::Operand(value)), Some(name)) if entries.len() < MOST => entries.push((name, value)),
                    (Some(_), _) => {}
                    (None, _) => break,
                },
            }
        }
        Operand::Dictionary(entries)
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_blank(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
            let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
            match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'#') {
                Some(value) => {
                    name.push(value);
                    self.at += 2;
                }
                None => name.push(byte),
            }
        }
        name
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match char::from(byte).to_digit(16) {
                _ if byte == b'>' => break,
                Some(digit) => digits.push(u8::try_from(digit).unwrap_or_default()),
                None => {}
            }
        }
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut depth) = (Vec::new(), 1_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text),
                b'(' => {
                    depth += 1;
                    text.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u16::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u16::from(digit - b'0');
                    self.at += 1;
                }
                text.push(value.to_le_bytes()[0]);
            }
            other => text.push(other),
        }
    }

    /// Past the data of an inline image: to an `EI` that stands alone and is followed by something readable.
    fn skip_image(&mut self) {
        let mut from = self.at;
        while let Some(found) = find(&self.bytes[from..], b"EI").map(|at| from + at) {
            let is_alone = found > self.at && is_blank(self.bytes[found - 1]);
            let after = &self.bytes[found + 2..];
            let readable = |byte: &u8| is_blank(*byte) || (0x20..0x7f).contains(byte);
            if is_alone && after.first().is_none_or(|byte| is_blank(*byte)) && after.iter().take(12).all(readable) {
                self.at = found + 2;
                return;
            }
            from = found + 2;
        }
        self.at = self.bytes.len();
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// A number as PDF writes it; leniently (`1.-5`, `--3`) as viewers do.
fn number(word: &[u8]) -> Option<f32> {
    let first = *word.first()?;
    if !matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    if let Ok(number) = text.parse::<f32>() {
        return Some(number).filter(|number| number.is_finite());
    }
    let is_negative = text.starts_with('-');
    let digits = text.trim_start_matches(['-', '+']);
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let number = digits[..end].parse::<f32>().ok()?;
    Some(if is_negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Operand};

    #[test]
    fn operations_with_all_kinds_of_operand() {
        let mut lexer =
            Lexer::new(b"/F#311 -.5 Tf % (no)\n[(a\\(b\\051\\\n)-12<4e2>]TJ BI /W 1 ID \x01EI\xff\nEI (x)'");
        let mut operands = Vec::new();
        assert_eq!(lexer.next(&mut operands), Some(&b"Tf"[..]));
        assert_eq!(operands, [Operand::Name(b"F11".to_vec()), Operand::Number(-0.5)]);
        assert_eq!(lexer.next(&mut operands), Some(&b"TJ"[..]));
        let items = vec![Operand::Text(b"a(b)".to_vec()), Operand::Number(-12.0), Operand::Text(vec![0x4e, 0x20])];
        assert_eq!(operands, [Operand::Array(items)]);
        assert_eq!(lexer.next(&mut operands), Some(&b"BI"[..]));
        assert_eq!(lexer.next(&mut operands), Some(&b"EI"[..]));
        assert_eq!(lexer.next(&mut operands), Some(&b"'"[..]));
        assert_eq!(operands, [Operand::Text(b"x".to_vec())]);
        assert_eq!(lexer.next(&mut operands), None);
    }
}
