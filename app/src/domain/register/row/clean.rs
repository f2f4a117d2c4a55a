//! Texts of cells as programs leave them.

/// One line: invisible signs dropped, blanks as one, line breaks between Chinese signs as none.
pub(super) fn line(text: &str) -> String {
    let text = unwrapped(text);
    let mut out = String::with_capacity(text.len());
    let (mut blank, mut broken) = (false, false);
    for sign in text.chars().filter(|sign| !is_invisible(*sign)) {
        if sign.is_whitespace() || sign.is_control() {
            blank = true;
            broken |= matches!(sign, '\n' | '\r');
            continue;
        }
        let joins = broken && (!sign.is_ascii() || out.chars().next_back().is_some_and(|last| !last.is_ascii()));
        if blank && !out.is_empty() && !joins {
            out.push(' ');
        }
        (blank, broken) = (false, false);
        out.push(sign);
    }
    out
}

/// Several lines, none of them blank.
pub(super) fn lines(text: &str) -> String {
    let text = unwrapped(text).replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// `'0519…` and `="0519…"`, by which programs keep noughts in front.
fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    inner.strip_prefix(['\'', '`']).unwrap_or(inner)
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{fffd}')
        || ('\u{e000}'..='\u{f8ff}').contains(&sign)
        || sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')
}
