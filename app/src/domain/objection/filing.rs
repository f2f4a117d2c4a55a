//! What the operator's form says, read.

use super::{Kind, field};
use crate::domain::operator::{is_named, narrow};

/// Signs of a request for correction.
pub const LONGEST_CORRECTION: usize = 4000;
/// Signs of a reply that becomes public.
pub const LONGEST_REPLY: usize = 2000;
/// Signs of a question, a reason, an answer.
pub const LONGEST_MESSAGE: usize = 2000;
const LONGEST_OPERATOR: usize = 100;
const LONGEST_NAME: usize = 50;
const LONGEST_ADDRESS: usize = 200;

/// How the bureau reaches the operator. Stored sealed, shown masked.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name of the contact person
    pub name: String,
    /// Telephone
    pub phone: String,
    /// Electronic mail; may be empty
    pub mail: String,
    /// Post address; may be empty
    pub address: String,
}

/// Nothing personal gets into a log by accident.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

/// A form that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// What is wanted
    pub kind: Kind,
    /// The operator's name
    pub operator: String,
    /// What is wrong, or the reply
    pub statement: String,
    /// Whom to ask
    pub contact: Contact,
}

/// What is wrong with a field. Words are in `text::objection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing chosen
    NotChosen,
    /// Empty
    Empty,
    /// More signs than this
    TooLong(usize),
    /// No telephone
    NotAPhone,
    /// No address of electronic mail
    NotAMail,
}

impl Filing {
    /// Reads the fields `kind`, `operator`, `statement`, `name`, `phone`, `mail`, `address`.
    ///
    /// # Errors
    /// Every field that can't be taken, in the order of the form.
    pub fn read<'a>(field: impl Fn(&str) -> &'a str) -> Result<Self, Vec<(&'static str, Fault)>> {
        let line = |name: &str| field(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = Kind::from_code(field("kind"));
        let operator = line("operator");
        let statement = field("statement").trim().to_owned();
        let phone: String = line("phone").chars().map(narrow).collect();
        let mail: String = line("mail").chars().map(narrow).collect();
        let contact = Contact { name: line("name"), phone, mail, address: line("address") };
        let faults = [
            ("kind", kind.is_none().then_some(Fault::NotChosen)),
            ("operator", name_fault(&operator, LONGEST_OPERATOR)),
            ("statement", statement_fault(kind.unwrap_or(Kind::Correction), &statement)),
            ("name", name_fault(&contact.name, LONGEST_NAME)),
            ("phone", field::phone(&contact.phone)),
            ("mail", field::mail(&contact.mail)),
            ("address", longer(&contact.address, LONGEST_ADDRESS)),
        ];
        let faults: Vec<_> = faults.into_iter().filter_map(|(name, fault)| Some((name, fault?))).collect();
        match kind {
            Some(kind) if faults.is_empty() => Ok(Self { kind, operator, statement, contact }),
            _ => Err(faults),
        }
    }
}

/// What is wrong with the text of a request or a reply.
#[must_use]
pub fn statement_fault(kind: Kind, statement: &str) -> Option<Fault> {
    if !statement.chars().any(char::is_alphanumeric) {
        return Some(Fault::Empty);
    }
    longer(statement, if kind == Kind::Reply { LONGEST_REPLY } else { LONGEST_CORRECTION })
}

fn longer(text: &str, most: usize) -> Option<Fault> {
    (text.chars().count() > most).then_some(Fault::TooLong(most))
}

fn name_fault(name: &str, most: usize) -> Option<Fault> {
    if is_named(name) { longer(name, most) } else { Some(Fault::Empty) }
}

/// The one form of a number or query code, however it was typed: no blanks or hyphens, capitals, and the letters that
/// Crockford's base 32 leaves out read as what they are mistaken for.
#[must_use]
pub fn code_form(typed: &str) -> String {
    let plain = typed.chars().map(narrow).filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase());
    plain
        .map(|sign| match sign {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(changes: &[(&str, &str)]) -> Result<Filing, Vec<(&'static str, Fault)>> {
        let base = [
            ("kind", "reply"),
            ("operator", " 云川市海棠\u{3000}食品有限公司 "),
            ("statement", "\n我们已召回。\n第二段 \n"),
            ("name", "欧阳明"),
            ("phone", "１３８ 1234 8000"),
        ];
        let all: Vec<(&str, &str)> = changes.iter().chain(&base).copied().collect();
        Filing::read(|name| all.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value))
    }

    #[test]
    fn a_form_is_read_into_one_form() {
        let filing = read(&[]).unwrap();
        assert_eq!(filing.operator, "云川市海棠 食品有限公司");
        assert_eq!(filing.statement, "我们已召回。\n第二段");
        assert_eq!((filing.kind, filing.contact.phone.as_str()), (Kind::Reply, "138 1234 8000"));
        assert!(!format!("{filing:?}").contains("欧阳"), "a contact shows itself");
        for phone in ["0990-5550101", "+86 13812348000", "(0990)5550101转12", "4008005550"] {
            assert!(read(&[("phone", phone)]).is_ok(), "{phone}");
        }
        assert!(read(&[("mail", "a.b@c.cn"), ("address", "某路1号")]).is_ok());
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let none = Filing::read(|_| "").unwrap_err();
        let names: Vec<_> = none.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["kind", "operator", "statement", "name", "phone"]);
        let (long, most) = ("长".repeat(2001), "长".repeat(2000));
        assert!(read(&[("statement", &most)]).is_ok());
        let one = |changes: &[(&str, &str)]| read(changes).unwrap_err();
        assert_eq!(one(&[("statement", &long)]), [("statement", Fault::TooLong(2000))]);
        assert!(read(&[("kind", "correction"), ("statement", &long)]).is_ok());
        assert_eq!(one(&[("kind", "other")]), [("kind", Fault::NotChosen)]);
        assert_eq!(one(&[("operator", "/")]), [("operator", Fault::Empty)]);
        assert_eq!(one(&[("statement", "……")]), [("statement", Fault::Empty)]);
        for phone in ["123456", "abc12345678", "123456789012345678901", "<script>1234567"] {
            assert_eq!(one(&[("phone", phone)]), [("phone", Fault::NotAPhone)], "{phone}");
        }
        for mail in ["a", "@b.cn", "a@b", "a@.cn", "a@b.", "a@b@c.cn", "a @b.cn"] {
            assert_eq!(one(&[("mail", mail)]), [("mail", Fault::NotAMail)], "{mail}");
        }
    }

    #[test]
    fn codes_are_taken_however_they_are_typed() {
        for typed in ["20261125-K7Q2M01X", " 20261125 k7q2mOlx", "２０２６１１２５—K7Q2MO1X", "2026-1125-K7Q2-MOIX"]
        {
            assert_eq!(code_form(typed), "20261125K7Q2M01X", "{typed}");
        }
        assert_eq!(code_form("中文<>'\u{0}"), "");
    }
}
