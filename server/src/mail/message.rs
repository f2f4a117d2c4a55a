//! A letter as bytes (RFC 5322, MIME): the same letter gives the same bytes each time.

use app::{
    domain::mail::Address,
    text::letter::{self, one_line},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, Utc};
use lettre::{
    address::Envelope,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

/// Characters of a subject at most; the rest becomes an ellipsis.
const LONGEST_SUBJECT: usize = 120;
/// Characters that stand on the line of `Subject: ` without folding (RFC 5322 §2.1.1: 78 a line).
const PLAIN: usize = 68;
/// Bytes of text in an encoded word: 52 characters of base64 with their frame of 12 after `Subject: `.
const IN_A_WORD: usize = 39;

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Name, may be empty
    pub name: String,
    /// Address
    pub address: Address,
}

/// A letter ready to go.
#[derive(Clone, Debug)]
pub struct Message {
    /// The letter's id
    pub id: Uuid,
    /// From whom and to whom
    pub envelope: Envelope,
    /// What is sent
    pub bytes: Vec<u8>,
}

impl Sender {
    /// Reads `name@example.cn` or `Name <name@example.cn>`; the name may stand in quotes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return None;
        }
        let (name, address) = match text.strip_suffix('>') {
            Some(head) => head.rsplit_once('<')?,
            None => ("", text),
        };
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name).trim();
        Some(Self { name: name.to_owned(), address: Address::parse(address).ok()? })
    }

    fn mailbox(&self) -> Option<Mailbox> {
        let name = Some(self.name.clone()).filter(|name| !name.is_empty());
        Some(Mailbox::new(name, self.address.as_str().parse().ok()?))
    }
}

fn subject(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= LONGEST_SUBJECT {
        return line;
    }
    line.chars().take(LONGEST_SUBJECT - 1).chain(['…']).collect()
}

/// A subject as a header says it (RFC 2047): plain where it is plain ASCII on one line; else all of it in encoded words
/// of whole characters, so that nothing that looks like an encoded word is read as one.
fn encoded(subject: &str) -> String {
    if subject.is_ascii() && !subject.contains("=?") && subject.len() <= PLAIN {
        return subject.to_owned();
    }
    let mut words = vec![String::new()];
    for sign in subject.chars() {
        let is_full = words.last().is_some_and(|word| word.len() + sign.len_utf8() > IN_A_WORD);
        if is_full {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(sign);
        }
    }
    let words: Vec<_> = words.iter().map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()))).collect();
    words.join("\r\n ")
}

/// Headers that no shorthand has. They are ASCII; what is not is left out.
fn extra(unsubscribe: Option<&str>) -> Vec<(&'static str, String)> {
    // answering machines leave letters of machines alone (RFC 3834)
    let mut headers = vec![("Auto-Submitted", "auto-generated".to_owned()), ("Content-Language", "zh-CN".to_owned())];
    let is_url =
        |url: &&str| url.starts_with("https://") && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'>');
    if let Some(url) = unsubscribe.filter(is_url) {
        headers.push(("List-Unsubscribe", format!("<{url}>")));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

/// Builds a letter. Nothing when a part can't be written, which [`Address`] and [`one_line`] keep from happening.
#[must_use]
pub fn build(
    id: Uuid,
    at: DateTime<Utc>,
    from: &Sender,
    to: &Address,
    content: &letter::Letter,
    unsubscribe: Option<&str>,
) -> Option<Message> {
    let part = |kind, body: String| SinglePart::builder().header(kind).body(body);
    let body = MultiPart::alternative()
        .boundary(format!("portal-{}", id.simple()))
        .singlepart(part(ContentType::TEXT_PLAIN, content.text()))
        .singlepart(part(ContentType::TEXT_HTML, content.html()));
    let mut builder = lettre::Message::builder()
        .from(from.mailbox()?)
        .to(Mailbox::new(None, to.as_str().parse().ok()?))
        .message_id(Some(format!("<{}@{}>", id.simple(), from.address.domain())))
        .date(at.into());
    let plain = subject(&content.subject);
    let name = HeaderName::new_from_ascii_str("Subject");
    builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(name, plain.clone(), encoded(&plain)));
    for (name, value) in extra(unsubscribe) {
        let name = HeaderName::new_from_ascii(name.to_owned()).ok()?;
        // folding would break a URL
        builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value));
    }
    let message = builder.multipart(body).ok()?;
    Some(Message { id, envelope: message.envelope().clone(), bytes: message.formatted() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_read() {
        let of = |text| Sender::parse(text).map(|sender| (sender.name, sender.address.as_str().to_owned()));
        let address = "noreply@spaq.example.cn".to_owned();
        assert_eq!(of("noreply@spaq.example.cn"), Some((String::new(), address.clone())));
        assert_eq!(of("云川市, \"局\" <noreply@spaq.example.cn>"), Some(("云川市, \"局\"".into(), address.clone())));
        assert_eq!(of("\"A, B\" <noreply@spaq.example.cn>"), Some(("A, B".into(), address)));
        for bad in ["", "x", "云 <x>", "a@b.cn, c@d.cn", "a\r\nBcc: x@y.cn <a@b.cn>", "<a@b.cn", "a@b.cn>"] {
            assert_eq!(of(bad), None, "{bad:?}");
        }
    }
}
