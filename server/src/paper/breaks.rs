//! Where Chinese text may be broken into lines (避头尾), with Latin words and numbers among it.

use std::ops::Range;

/// Closing signs and others that must not begin a line (GB/T 15834, CLREQ).
const NOT_FIRST: &str = "，。、；：？！）》〉」』】〕〗］｝”’…—～·・％‰℃°々ー﹚﹜〞＞,.;:?!)]}%>'\"";
/// Opening signs that must not end a line.
const NOT_LAST: &str = "（《〈「『【〔〖［｛“‘〝＜([{<￥¥$＄№#＃";

/// Whether a sign must not begin a line.
#[must_use]
pub fn not_first(sign: char) -> bool {
    NOT_FIRST.contains(sign)
}

/// Whether a sign must not end a line.
#[must_use]
pub fn not_last(sign: char) -> bool {
    NOT_LAST.contains(sign)
}

fn is_word(sign: char) -> bool {
    sign.is_ascii_graphic() && !"()[]{}<>,;!?\"'".contains(sign)
        || sign.is_alphanumeric() && ('\u{c0}'..'\u{530}').contains(&sign)
}

/// Whether a line may end between two signs.
fn may_break(before: char, after: char) -> bool {
    if after == ' ' {
        return false;
    }
    if before == ' ' {
        return true;
    }
    let joined = is_word(before) && is_word(after) || before == after && matches!(before, '…' | '—');
    !joined && !not_first(after) && !not_last(before)
}

/// Breaks signs of these widths into lines; the first is `indent` shorter. Blanks at a line's end have no width. A word
/// longer than a line, or a row of signs that may not be parted, is parted where the line is full.
#[must_use]
pub fn lines(signs: &[(char, f32)], full: f32, indent: f32) -> Vec<Range<usize>> {
    let (mut lines, mut start) = (Vec::new(), 0);
    while start < signs.len() {
        let room = if lines.is_empty() { full - indent } else { full };
        let end = line_end(signs, start, room);
        lines.push(start..end);
        start = end;
    }
    lines
}

fn line_end(signs: &[(char, f32)], start: usize, room: f32) -> usize {
    // sums of many widths: a hundredth of a point is nothing
    const SLACK: f32 = 0.01;
    let (mut width, mut last) = (0.0, None);
    for at in start..signs.len() {
        let (sign, own) = signs[at];
        if at > start && may_break(signs[at - 1].0, sign) {
            last = Some(at);
        }
        width += own;
        if width > room + SLACK && sign != ' ' {
            return last.unwrap_or(at.max(start + 1));
        }
    }
    signs.len()
}
