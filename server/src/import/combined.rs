//! The column `不合格项目║检验结果║标准值` with any of its separators, several items in one cell too.

use app::domain::{finding::FailedItem, operator::is_named};

use super::cells::one_line;

/// Separators, the surest first. A slash or colon is one only where nothing surer is used.
const SEPARATORS: [&str; 11] = ["║", "‖", "∥", "∣", "︱", "丨", "｜", "||", "|", "/", "："];

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Item,
    Result,
    Limit,
    Unit,
}

/// How a column puts its parts together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    separator: Option<&'static str>,
    parts: Vec<Part>,
}

fn part_of(text: &str) -> Option<Part> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["单位"]) {
        Some(Part::Unit)
    } else if has(&["标准", "限", "要求"]) {
        Some(Part::Limit)
    } else if has(&["结果", "值", "数据"]) {
        Some(Part::Result)
    } else if has(&["项"]) {
        Some(Part::Item)
    } else {
        None
    }
}

impl Layout {
    /// Learns from the heading and from cells of the column.
    pub fn learn<'a>(heading: &str, cells: impl Iterator<Item = &'a str> + Clone) -> Self {
        let usual = vec![Part::Item, Part::Result, Part::Limit];
        let named: Vec<Option<Part>> =
            split(heading, heading_separator(heading)).iter().map(|part| part_of(part)).collect();
        let parts: Vec<Part> = named.iter().copied().flatten().collect();
        let complete = parts.len() >= 2 && named.iter().all(Option::is_some) && parts.contains(&Part::Item);
        let parts = if complete && named.len() >= 3 { parts } else { usual };
        let fits = |separator: &str| cells.clone().filter(|cell| split(cell, Some(separator)).len() >= 2).count();
        let total = cells.clone().count();
        let most = SEPARATORS.iter().map(|separator| fits(separator)).max().unwrap_or(0);
        // the surest one that about as many cells use as any other
        let separator = SEPARATORS.into_iter().find(|separator| most > 0 && fits(separator) * 10 >= most * 9);
        let separator = separator.or_else(|| heading_separator(heading)).filter(|_| total > 0);
        Self { separator, parts }
    }

    /// The failed items of a cell.
    pub fn read(&self, cell: &str) -> Vec<FailedItem> {
        let whole = split(cell, self.separator);
        let pieces: Vec<&str> =
            cell.split(['\n', ';', '；']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let each_whole = pieces.iter().all(|piece| split(piece, self.separator).len() == self.parts.len());
        if pieces.len() > 1 && each_whole {
            return pieces.iter().filter_map(|piece| self.item(&split(piece, self.separator))).collect();
        }
        self.item(&whole).into_iter().collect()
    }

    fn item(&self, texts: &[&str]) -> Option<FailedItem> {
        let joined;
        let texts = if texts.len() > self.parts.len() {
            // more parts than the heading names: the rest belongs to the last
            let last = self.parts.len() - 1;
            joined = texts[last..].join(self.separator.unwrap_or_default());
            let mut kept: Vec<&str> = texts[..last].to_vec();
            kept.push(&joined);
            kept
        } else {
            texts.to_vec()
        };
        let of = |part: Part| {
            let at = self.parts.iter().position(|known| *known == part)?;
            let text = one_line(texts.get(at)?);
            is_named(&text).then_some(text)
        };
        let item = of(Part::Item)?;
        let result = of(Part::Result).map(|result| with_unit(result, of(Part::Unit).as_deref()));
        Some(FailedItem { item, result, limit: of(Part::Limit) })
    }
}

/// A result with its unit, unless it ends with one already.
pub fn with_unit(result: String, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if result.ends_with(|c: char| c.is_ascii_digit()) => format!("{result}{unit}"),
        _ => result,
    }
}

fn heading_separator(heading: &str) -> Option<&'static str> {
    SEPARATORS.into_iter().find(|separator| heading.contains(separator))
}

fn split<'a>(text: &'a str, separator: Option<&str>) -> Vec<&'a str> {
    match separator {
        None => vec![text],
        Some("/") => split_at_slashes(text),
        Some(separator) => text.split(separator).map(str::trim).collect(),
    }
}

/// Slashes that are not inside a unit (`mg/kg`, `g/100g`, `CFU/mL`).
fn split_at_slashes(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('/') {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let amount = ["100", "25", "10", "50"]
            .iter()
            .any(|amount| text[at + 1..].strip_prefix(amount).is_some_and(|rest| letter(rest.chars().next())));
        let in_unit = (letter(before) || digit(before)) && letter(after) || letter(before) && amount;
        if !in_unit {
            parts.push(text[start..at].trim());
            start = at + 1;
        }
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(heading: &str, cell: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let layout = Layout::learn(heading, [cell].into_iter());
        layout.read(cell).into_iter().map(|found| (found.item, found.result, found.limit)).collect()
    }

    #[test]
    fn every_separator() {
        for separator in ["║", "‖", "∥", "∣", "︱", "丨", "｜", "|", "||", "/", "："] {
            let heading = ["不合格项目", "检验结果", "标准值"].join(separator);
            let cell = ["铅（以Pb计）", "0.35mg/kg", "≤0.2mg/kg"].join(separator);
            let expected = ("铅（以Pb计）".to_owned(), Some("0.35mg/kg".to_owned()), Some("≤0.2mg/kg".to_owned()));
            assert_eq!(read(&heading, &cell), std::slice::from_ref(&expected), "{separator}");
            assert_eq!(read("不合格项目", &cell), [expected], "{separator} learned from the cell");
        }
    }

    #[test]
    fn real_cells() {
        let heading = "不合格项目║检验结果║标准值";
        let microbes = "大肠菌群║1.3×10⁵CFU/g；\n2.8×10³CFU/g║n=5,c=2,m=10²CFU/g,\nM=10³CFU/g";
        assert_eq!(read(heading, microbes)[0].1.as_deref(), Some("1.3×10⁵CFU/g；2.8×10³CFU/g"));
        let two = read(heading, "铅║0.3║0.2\n镉║0.1║0.05");
        assert_eq!(two.len(), 2);
        assert_eq!(two[1].0, "镉");
        let turned = read("不合格项目/标准值/检验结果", "山梨酸/≤0.5g/kg/0.9g/kg");
        assert_eq!((turned[0].1.as_deref(), turned[0].2.as_deref()), (Some("0.9g/kg"), Some("≤0.5g/kg")));
        let four = read("不合格项目||检验结果||标准值||计量单位", "铅||0.3||≤0.2||mg/kg");
        assert_eq!((four[0].1.as_deref(), four[0].2.as_deref()), (Some("0.3mg/kg"), Some("≤0.2")));
        assert_eq!(read(heading, "标签"), [("标签".into(), None, None)]);
        assert_eq!(read(heading, "/"), []);
    }

    proptest! {
        #[test]
        fn any_cell_is_read(heading in "[项目║/|结果标准值：]{0,12}", cell in "\\PC{0,40}") {
            read(&heading, &cell);
        }
    }
}
