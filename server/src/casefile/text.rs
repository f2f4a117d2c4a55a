//! The text of a case file.

use app::text::{
    self,
    casefile::{self as say, label},
};
use chrono::{DateTime, Utc};

use super::{CaseFile, Clock, Event, QUOTE, Quoted};

/// All of it, ending with a line feed.
pub(super) fn write(case: &CaseFile) -> String {
    let mut lines = vec![say::HEAD.to_owned(), say::HOW_TO_READ.to_owned(), say::HOW_TO_CHECK.to_owned()];
    part(&mut lines, say::ABOUT, about(case));
    part(&mut lines, say::EVENTS, case.events.iter().map(event).collect());
    part(&mut lines, say::CLOCKS, case.clocks.iter().flat_map(clock).collect());
    part(&mut lines, say::MESSAGES, case.messages.iter().flat_map(quoted).collect());
    part(&mut lines, say::DECISIONS, case.decisions.iter().flat_map(quoted).collect());
    let attachments = case.attachments.iter();
    let attachments = attachments.map(|file| say::attachment(&line(&file.name), file.bytes, &line(&file.sha256)));
    part(&mut lines, say::ATTACHMENTS, attachments.map(|text| format!("- {text}")).collect());
    part(&mut lines, say::OPENED, case.opened.iter().map(event).collect());
    lines.push(String::new());
    lines.push(say::END.to_owned());
    lines.join("\n") + "\n"
}

fn part(lines: &mut Vec<String>, heading: &str, content: Vec<String>) {
    lines.push(String::new());
    lines.push(heading.to_owned());
    if content.is_empty() {
        lines.push(say::NONE.to_owned());
    }
    lines.extend(content);
}

fn about(case: &CaseFile) -> Vec<String> {
    let texts = [
        (label::NUMBER, &case.number),
        (label::KIND, &case.kind),
        (label::STATE, &case.state),
        (label::RULE, &case.rule),
        (label::AUTHORITY, &case.authority),
    ];
    let times = [(label::RECEIVED, case.received_at), (label::WRITTEN, case.written_at)];
    let texts = texts.into_iter().map(|(label, text)| say::labelled(label, &line(text)));
    texts.chain(times.into_iter().map(|(label, at)| say::labelled(label, &moment(at)))).collect()
}

fn event(event: &Event) -> String {
    format!("- {}  {}  {}", moment(event.at), line(&event.by), line(&event.what))
}

fn clock(clock: &Clock) -> Vec<String> {
    let mut lines = vec![format!("- {}", say::due(&line(&clock.step), &text::day(clock.due), clock.estimated))];
    lines.push(format!("  {}", say::labelled(label::BASIS, &line(&clock.basis))));
    if !clock.working.is_empty() {
        lines.push(format!("  {}：", label::WORKING));
        lines.extend(clock.working.iter().map(|text| format!("  - {}", line(text))));
    }
    lines
}

fn quoted(quoted: &Quoted) -> Vec<String> {
    let head = format!("- {}  {}  {}", moment(quoted.at), line(&quoted.by), line(&quoted.what));
    let text = quoted.text.replace("\r\n", "\n");
    let words = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']);
    std::iter::once(head).chain(words.map(|words| format!("{QUOTE}{}", line(words)))).collect()
}

fn moment(at: DateTime<Utc>) -> String {
    text::moment(at)
}

/// Text within a line: what would end the line, hide text or turn its order around is written as its number.
fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\t' => line.push(' '),
            sign if sign.is_control() || is_hidden(sign) => line.extend(sign.escape_unicode()),
            sign => line.push(sign),
        }
    }
    line
}

/// Separators of lines and paragraphs, directions of writing, signs of no width, tags. Joiners stay: names need them.
fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
