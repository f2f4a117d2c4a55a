//! Telephones and mail addresses as people type them.

use super::Fault;

/// RFC 5321 §4.5.3.1.3, without its brackets.
const LONGEST_MAIL: usize = 254;

/// What is wrong with a telephone in China or abroad, with an extension: digits, and what people write between them.
#[must_use]
pub fn phone(phone: &str) -> Option<Fault> {
    if phone.is_empty() {
        return Some(Fault::Empty);
    }
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let is_sign = |sign: char| sign.is_ascii_digit() || matches!(sign, '+' | '-' | ' ' | '(' | ')' | '转' | 'x');
    (!(7..=20).contains(&digits) || !phone.chars().all(is_sign)).then_some(Fault::NotAPhone)
}

/// What is wrong with a mail address; none where it is empty.
#[must_use]
pub fn mail(mail: &str) -> Option<Fault> {
    if mail.is_empty() {
        return None;
    }
    let is_mail = mail.split_once('@').is_some_and(|(name, host)| {
        let is_host = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
        !name.is_empty() && is_host && !mail.contains(char::is_whitespace)
    });
    (!is_mail || mail.len() > LONGEST_MAIL).then_some(Fault::NotAMail)
}
