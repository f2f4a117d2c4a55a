//! Maps from the codes of a font to characters (`ToUnicode`), and the lengths of codes.

use std::collections::HashMap;

use super::lexer::{Lexer, Operand};

/// Most entries kept; a font has at most 65 536 glyphs.
const MOST: usize = 200_000;

/// A code space: codes of so many bytes from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Space {
    pub(super) length: usize,
    pub(super) first: u32,
    pub(super) last: u32,
}

#[derive(Debug, Default)]
pub(super) struct CMap {
    pub(super) spaces: Vec<Space>,
    pub(super) characters: HashMap<u32, String>,
}

impl CMap {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes);
        let mut operands = Vec::new();
        while let Some(operator) = lexer.next(&mut operands) {
            match operator {
                b"endcodespacerange" => map.spaces.extend(operands.as_chunks::<2>().0.iter().filter_map(space)),
                b"endbfchar" => operands.as_chunks::<2>().0.iter().for_each(|pair| map.single(pair)),
                b"endbfrange" => operands.as_chunks::<3>().0.iter().for_each(|triple| map.range(triple)),
                _ => {}
            }
        }
        map
    }

    fn insert(&mut self, code: u32, character: String) {
        if self.characters.len() < MOST {
            self.characters.insert(code, character);
        }
    }

    fn single(&mut self, pair: &[Operand; 2]) {
        if let (Some(code), Some(text)) = (pair[0].text(), pair[1].text()) {
            self.insert(value(code), wide(text));
        }
    }

    fn range(&mut self, [first, last, to]: &[Operand; 3]) {
        let (Some(first), Some(last)) = (first.text().map(value), last.text().map(value)) else { return };
        let last = last.min(first.saturating_add(0xffff));
        match to {
            Operand::Text(text) => {
                let units = units(text);
                let Some((&end, before)) = units.split_last() else { return };
                for code in first..=last {
                    let mut units = before.to_vec();
                    let step = u16::try_from(code - first).unwrap_or_default();
                    units.push(end.wrapping_add(step));
                    self.insert(code, String::from_utf16_lossy(&units));
                }
            }
            Operand::Array(items) => {
                for (code, item) in (first..=last).zip(items) {
                    if let Some(text) = item.text() {
                        self.insert(code, wide(text));
                    }
                }
            }
            _ => {}
        }
    }
}

fn space(pair: &[Operand; 2]) -> Option<Space> {
    let (first, last) = (pair[0].text()?, pair[1].text()?);
    (1..=4).contains(&first.len()).then(|| Space { length: first.len(), first: value(first), last: value(last) })
}

fn value(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    if let [one] = bytes {
        return vec![u16::from(*one)];
    }
    bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect()
}

fn wide(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes))
}

#[cfg(test)]
mod tests {
    use super::{CMap, Space};

    #[test]
    fn characters_ranges_and_lists() {
        let map = CMap::read(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003><4E2D> <0004> <D842DFB7>\
              endbfchar 2 beginbfrange <0010><0012><0041> <0020> <0021> [<56FD> <00660069>] endbfrange",
        );
        assert_eq!(map.spaces, [Space { length: 2, first: 0, last: 0xffff }]);
        let get = |code: u32| map.characters.get(&code).map(String::as_str);
        assert_eq!(
            [get(3), get(4), get(0x12), get(0x20), get(0x21)],
            [Some("中"), Some("𠮷"), Some("C"), Some("国"), Some("fi")]
        );
        assert_eq!(get(0x13), None);
    }
}
