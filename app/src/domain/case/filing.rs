//! What a citizen's form says, read: fields that order 121 art. 10 (complaint) and art. 28 (report) ask for, and no more.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Kind, Problem};
use crate::domain::{
    date,
    objection::{Fault as FieldFault, field},
    operator::narrow,
};

/// Signs of what happened.
pub const LONGEST_STORY: usize = 4000;
/// Signs of what is asked for.
pub const LONGEST_REQUEST: usize = 1000;
/// Signs of anything said later: answer, question, reason.
pub const LONGEST_SAID: usize = 4000;
/// Signs of one line: product, shop, order number.
pub const LONGEST_LINE: usize = 200;

/// Whom it is about: a known operator, or as the citizen knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The operator chosen from those known
    pub operator: Option<Uuid>,
    /// Registered name or shop sign
    pub name: String,
    /// Where it is; of an online shop may be empty
    pub address: String,
    /// Platform, of an online shop
    pub platform: String,
    /// Name of the shop there
    pub shop: String,
}

/// What it was about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// Product or service
    pub product: String,
    /// Lot or day of production, as printed
    pub lot: String,
    /// Day of the purchase or of what happened
    pub on: Option<NaiveDate>,
    /// What was paid, as written
    pub amount: String,
    /// Number of the order
    pub order: String,
}

/// Somebody and how the bureau reaches them. Stored sealed, shown masked.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name
    pub name: String,
    /// Telephone
    pub phone: String,
    /// Post address (art. 10: it must be given)
    pub address: String,
    /// Electronic mail; may be empty
    pub mail: String,
}

/// Nothing personal gets into a log by accident.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

/// What was written. Stored sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Whom it is about
    pub party: Party,
    /// What it was about
    pub purchase: Purchase,
    /// What happened, and what shows it
    pub story: String,
    /// What is asked for (complaint)
    pub request: String,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content(…)")
    }
}

/// One case to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// What it is
    pub kind: Kind,
    /// Kind of problem
    pub problem: Problem,
    /// District code where it happened; empty where nobody said
    pub district: String,
    /// What was written
    pub content: Content,
    /// Who asks; nobody of an anonymous report
    pub author: Option<Contact>,
    /// Who acts for them (art. 11: the original of the letter of authority has to be handed in)
    pub agent: Option<Contact>,
    /// Others who complain jointly, by name (art. 12)
    pub joint: String,
    /// Whether the author of a report wants to be told
    pub wants_news: bool,
}

/// What is wrong with a field. Words are in `text::case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// As in other forms
    Field(FieldFault),
    /// Not a day
    NotADay,
    /// A day to come
    Future,
    /// Who acts for somebody must be somebody else
    SamePerson,
}

/// Which of the two a form files: one that says 投诉 and 举报 makes both (art. 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// 投诉
    pub complaint: bool,
    /// 举报
    pub report: bool,
}

impl Wanted {
    /// Reads `complaint`, `report` or `both`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "complaint" => Some(Self { complaint: true, report: false }),
            "report" => Some(Self { complaint: false, report: true }),
            "both" => Some(Self { complaint: true, report: true }),
            _ => None,
        }
    }

    /// The code that [`Wanted::from_code`] reads.
    #[must_use]
    pub fn code(self) -> &'static str {
        match (self.complaint, self.report) {
            (true, false) => "complaint",
            (false, true) => "report",
            _ => "both",
        }
    }
}

/// Reads the fields `want`, `problem`, `district`, `operator`, `party`, `party_address`, `platform`, `shop`, `product`,
/// `lot`, `day`, `amount`, `order`, `story`, `clue` (of the report, where both are filed), `request`, `anonymous`,
/// `name`, `phone`, `address`, `mail`, `agent` (yes), `agent_name`, `agent_phone`, `agent_address`, `joint`, `news`.
/// Gives one case, or two where both are wanted.
///
/// # Errors
/// Every field that can't be taken, in the order of the form.
pub fn read<'a>(field: impl Fn(&str) -> &'a str, today: NaiveDate) -> Result<Vec<Filing>, Vec<(&'static str, Fault)>> {
    let reader = Reader { field: &field };
    let wanted = Wanted::from_code(field("want"));
    let problem = Problem::from_code(field("problem"));
    let is_anonymous = wanted.is_some_and(|wanted| !wanted.complaint) && field("anonymous") == "yes";
    let needs_request = wanted.is_some_and(|wanted| wanted.complaint);
    let has_agent = field("agent") == "yes" && !is_anonymous;
    let party = reader.party();
    let (purchase, day) = reader.purchase(today);
    let author = reader.contact(["name", "phone", "address", "mail"]);
    let agent = reader.contact(["agent_name", "agent_phone", "agent_address", ""]);
    let (story, request) = (reader.text("story"), reader.text("request"));
    let mut faults: Vec<(&'static str, Option<Fault>)> = vec![
        ("want", wanted.is_none().then_some(Fault::Field(FieldFault::NotChosen))),
        ("problem", problem.is_none().then_some(Fault::Field(FieldFault::NotChosen))),
    ];
    let is_online = !party.platform.is_empty() && !party.shop.is_empty();
    faults.push(("party", if is_online { over(&party.name, LONGEST_LINE) } else { name(&party.name, LONGEST_LINE) }));
    let needs_place = party.operator.is_none() && !is_online;
    let place = if needs_place { name(&party.address, LONGEST_LINE) } else { over(&party.address, LONGEST_LINE) };
    faults.extend([("party_address", place), ("platform", over(&party.platform, LONGEST_LINE))]);
    faults.extend([("shop", over(&party.shop, LONGEST_LINE)), ("product", over(&purchase.product, LONGEST_LINE))]);
    faults.extend([("lot", over(&purchase.lot, LONGEST_LINE)), ("day", day)]);
    faults.extend([("amount", over(&purchase.amount, LONGEST_LINE)), ("order", over(&purchase.order, LONGEST_LINE))]);
    faults.push(("story", name(&story, LONGEST_STORY)));
    let asked = if needs_request { name(&request, LONGEST_REQUEST) } else { over(&request, LONGEST_REQUEST) };
    faults.push(("request", asked));
    if !is_anonymous {
        faults.extend(contact_faults(["name", "phone", "address", "mail"], &author, needs_request));
    }
    if has_agent {
        faults.extend(
            contact_faults(["agent_name", "agent_phone", "agent_address", "mail"], &agent, true).into_iter().take(3),
        );
        let is_same = !agent.name.is_empty() && agent.name == author.name;
        faults.push(("agent_name", is_same.then_some(Fault::SamePerson)));
    }
    let joint = reader.text("joint");
    faults.push(("joint", over(&joint, LONGEST_REQUEST)));
    let faults: Vec<_> = faults.into_iter().filter_map(|(name, fault)| Some((name, fault?))).collect();
    let (Some(wanted), Some(problem), true) = (wanted, problem, faults.is_empty()) else { return Err(faults) };
    let filing = |kind| Filing {
        kind,
        problem,
        district: reader.line("district"),
        content: Content {
            party: party.clone(),
            purchase: purchase.clone(),
            story: match (kind, reader.text("clue")) {
                (Kind::Report, clue) if wanted.complaint && !clue.is_empty() => clue,
                _ => story.clone(),
            },
            request: if kind == Kind::Complaint { request.clone() } else { String::new() },
        },
        author: (!is_anonymous).then(|| author.clone()),
        agent: has_agent.then(|| agent.clone()),
        joint: if kind == Kind::Complaint { joint.clone() } else { String::new() },
        wants_news: kind == Kind::Complaint || field("news") != "no",
    };
    let kinds =
        Kind::ALL.into_iter().filter(|kind| if *kind == Kind::Complaint { wanted.complaint } else { wanted.report });
    Ok(kinds.map(filing).collect())
}

struct Reader<'f, F> {
    field: &'f F,
}

impl<'a, F: Fn(&str) -> &'a str> Reader<'_, F> {
    fn line(&self, name: &str) -> String {
        (self.field)(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn text(&self, name: &str) -> String {
        (self.field)(name).trim().to_owned()
    }

    fn party(&self) -> Party {
        Party {
            operator: Uuid::try_parse((self.field)("operator")).ok(),
            name: self.line("party"),
            address: self.line("party_address"),
            platform: self.line("platform"),
            shop: self.line("shop"),
        }
    }

    fn purchase(&self, today: NaiveDate) -> (Purchase, Option<Fault>) {
        let typed = self.line("day");
        let on = date::parse_day(&typed);
        let fault = match on {
            None if !typed.is_empty() => Some(Fault::NotADay),
            Some(day) if day > today => Some(Fault::Future),
            _ => None,
        };
        let line = |name| self.line(name);
        let purchase =
            Purchase { product: line("product"), lot: line("lot"), on, amount: line("amount"), order: line("order") };
        (purchase, fault)
    }

    fn contact(&self, [name, phone, address, mail]: [&str; 4]) -> Contact {
        let narrowed = |name: &str| self.line(name).chars().map(narrow).collect();
        Contact { name: self.line(name), phone: narrowed(phone), address: self.line(address), mail: narrowed(mail) }
    }
}

/// A complaint needs all three (art. 10); the author of a report gives what they like, but something by which they
/// can be reached.
fn contact_faults(
    [name_field, phone, address, mail]: [&'static str; 4],
    contact: &Contact,
    needs_all: bool,
) -> Vec<(&'static str, Option<Fault>)> {
    let of = |fault: Option<FieldFault>| fault.map(Fault::Field);
    let place = if needs_all { name(&contact.address, LONGEST_LINE) } else { over(&contact.address, LONGEST_LINE) };
    let by_mail_only = !needs_all && contact.phone.is_empty() && !contact.mail.is_empty();
    vec![
        (name_field, name(&contact.name, LONGEST_LINE)),
        (phone, if by_mail_only { None } else { of(field::phone(&contact.phone)) }),
        (address, place),
        (mail, of(field::mail(&contact.mail))),
    ]
}

fn name(text: &str, most: usize) -> Option<Fault> {
    if text.chars().any(char::is_alphanumeric) { over(text, most) } else { Some(Fault::Field(FieldFault::Empty)) }
}

fn over(text: &str, most: usize) -> Option<Fault> {
    (text.chars().count() > most).then_some(Fault::Field(FieldFault::TooLong(most)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const GOOD: [(&str, &str); 10] = [
        ("want", "complaint"),
        ("problem", "foreign_body"),
        ("party", "青石巷包子铺"),
        ("party_address", "青石巷 12 号"),
        ("story", "买的豆沙包里有一段铁丝，小票在。"),
        ("request", "退款，赔偿牙科检查费"),
        ("name", "欧阳海棠"),
        ("phone", "１３８12348000"),
        ("address", "临江区柳岸小区 3 幢"),
        ("day", "2026-11-20"),
    ];

    fn filed(change: &[(&str, &str)]) -> Result<Vec<Filing>, Vec<(&'static str, Fault)>> {
        let mut fields: BTreeMap<String, String> = GOOD.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        fields.extend(change.iter().map(|(k, v)| ((*k).into(), (*v).into())));
        read(|name| fields.get(name).map_or("", |text| text), "2026-11-25".parse().unwrap())
    }

    fn faulty(change: &[(&str, &str)]) -> Vec<&'static str> {
        filed(change).unwrap_err().into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_complaint_needs_name_telephone_and_post_address() {
        let filing = filed(&[]).unwrap().remove(0);
        let author = filing.author.unwrap();
        assert_eq!((author.phone.as_str(), filing.kind), ("13812348000", Kind::Complaint));
        assert_eq!(faulty(&[("name", " "), ("phone", ""), ("address", "")]), ["name", "phone", "address"]);
        // never anonymous, whatever the form says
        assert_eq!(faulty(&[("anonymous", "yes"), ("name", "")]), ["name"]);
        assert_eq!(faulty(&[("request", ""), ("story", "……")]), ["story", "request"]);
        assert_eq!(faulty(&[("want", "x"), ("problem", "")]), ["want", "problem"]);
    }

    #[test]
    fn a_report_may_be_anonymous_or_reached_by_mail_only() {
        let anonymous = [("want", "report"), ("anonymous", "yes"), ("name", ""), ("phone", ""), ("address", "")];
        assert_eq!(filed(&anonymous).unwrap()[0].author, None);
        let mail = [("want", "report"), ("phone", ""), ("address", ""), ("mail", "a@b.cn"), ("request", "")];
        assert_eq!(filed(&mail).unwrap()[0].author.as_ref().unwrap().mail, "a@b.cn");
        assert_eq!(faulty(&[("want", "report"), ("phone", ""), ("mail", "")]), ["phone"]);
    }

    #[test]
    fn both_make_two_cases_and_each_has_its_own_text() {
        let both = filed(&[("want", "both"), ("clue", "后厨有老鼠")]).unwrap();
        assert_eq!(both.iter().map(|one| one.kind).collect::<Vec<_>>(), Kind::ALL);
        assert_eq!((both[1].content.story.as_str(), both[1].content.request.as_str()), ("后厨有老鼠", ""));
        assert!(both.iter().all(|one| one.author.is_some()));
    }

    #[test]
    fn an_online_shop_needs_no_address_and_a_known_operator_none_either() {
        let shop = [("party", ""), ("party_address", ""), ("platform", "某某到家"), ("shop", "阿福小厨")];
        assert!(filed(&shop).is_ok());
        assert_eq!(
            faulty(&[("party", ""), ("party_address", ""), ("platform", "某某到家")]),
            ["party", "party_address"]
        );
        let known = [("operator", "0198b5a0-0000-7000-8000-000000000001"), ("party_address", "")];
        assert!(filed(&known).unwrap()[0].content.party.operator.is_some());
    }

    #[test]
    fn days_and_lengths() {
        assert_eq!(filed(&[("day", "2026-11-26")]).unwrap_err(), [("day", Fault::Future)]);
        assert_eq!(filed(&[("day", "上周")]).unwrap_err(), [("day", Fault::NotADay)]);
        assert!(filed(&[("day", "")]).is_ok());
        let long = "字".repeat(LONGEST_STORY + 1);
        assert_eq!(faulty(&[("story", &long)]), ["story"]);
        assert!(filed(&[("story", &long[3..])]).is_ok());
        assert_eq!(faulty(&[("agent", "yes")]), ["agent_name", "agent_phone", "agent_address"]);
        let same =
            [("agent", "yes"), ("agent_name", "欧阳海棠"), ("agent_phone", "13800000000"), ("agent_address", "某地")];
        assert_eq!(filed(&same).unwrap_err(), [("agent_name", Fault::SamePerson)]);
    }
}
