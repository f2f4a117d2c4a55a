//! What is followed, with one way to write it: the text is stored, compared and stands in addresses of forms and feeds.

use std::fmt;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::publication::Kind;

/// Bytes of a topic's text at most.
pub const LONGEST_TOPIC: usize = 1_500;
/// Characters of a value at most.
const LONGEST_VALUE: usize = 100;
/// Parameters of a search that say what it finds, in the order in which they are written. Order, place and page of hits are
/// not followed.
pub const FILTERS: [&str; 10] =
    ["q", "kind", "verdict", "category", "family", "district", "year", "body", "from", "to"];
/// Those that stand once.
const SINGLE: [&str; 3] = ["q", "from", "to"];

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Everything
    All,
    /// All publications of a kind
    Kind(Kind),
    /// An operator (经营者); a school is one
    Operator(Uuid),
    /// 食品大类 as printed
    Category(String),
    /// District
    District(String),
    /// A search: names and values, canonical. Made by [`Topic::search`] only
    Search(Vec<(String, String)>),
}

/// A text that is no topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a topic")]
pub struct InvalidTopic;

/// Kinds of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Atom (RFC 4287)
    Atom,
    /// JSON Feed 1.1
    Json,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Atom, Self::Json];

    /// How the paths of its feeds end.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// A value on one line, blanks joined.
fn plain(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_good = !value.is_empty() && value.chars().count() <= LONGEST_VALUE && !value.chars().any(char::is_control);
    is_good.then_some(value)
}

/// A value of a search's parameter as it is written.
fn value_of(name: &str, value: &str) -> Option<String> {
    let value = plain(value)?;
    match name {
        "year" => Some(value.parse::<i32>().ok()?.to_string()),
        "from" | "to" => Some(value.parse::<NaiveDate>().ok()?.to_string()),
        _ => Some(value),
    }
}

impl Topic {
    /// The topic of a search: everything that finds the same is the same topic, and a search for one thing only is that
    /// thing. Parameters that don't say what is found, and empty ones, are left out.
    ///
    /// # Errors
    /// [`InvalidTopic`] for a value that can't be used, and for a text that is too long.
    pub fn search<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> Result<Self, InvalidTopic> {
        let mut kept: Vec<(usize, String)> = Vec::new();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            let Some(place) = FILTERS.iter().position(|known| *known == name) else { continue };
            if value.trim().is_empty() {
                continue;
            }
            let value = value_of(name, value).ok_or(InvalidTopic)?;
            if SINGLE.contains(&name) {
                // as the search page reads it: the last one counts
                kept.retain(|(known, _)| *known != place);
            }
            kept.push((place, value));
        }
        kept.sort();
        kept.dedup();
        let pairs: Vec<_> = kept.into_iter().map(|(place, value)| (FILTERS[place].to_owned(), value)).collect();
        let topic = match pairs.as_slice() {
            [] => Self::All,
            [(name, value)] => match (name.as_str(), Kind::from_code(value)) {
                ("kind", Some(kind)) => Self::Kind(kind),
                ("category", _) => Self::Category(value.clone()),
                ("district", _) => Self::District(value.clone()),
                _ => Self::Search(pairs),
            },
            _ => Self::Search(pairs),
        };
        if topic.to_string().len() > LONGEST_TOPIC { Err(InvalidTopic) } else { Ok(topic) }
    }

    /// Reads a topic; what means the same becomes the same topic.
    ///
    /// # Errors
    /// [`InvalidTopic`].
    pub fn parse(text: &str) -> Result<Self, InvalidTopic> {
        if text.len() > LONGEST_TOPIC {
            return Err(InvalidTopic);
        }
        if text == "all" {
            return Ok(Self::All);
        }
        let (kind, value) = text.split_once(':').ok_or(InvalidTopic)?;
        match kind {
            "kind" => Kind::from_code(value).map(Self::Kind).ok_or(InvalidTopic),
            "operator" => Uuid::try_parse(value).map(Self::Operator).map_err(|_| InvalidTopic),
            "category" => plain(value).map(Self::Category).ok_or(InvalidTopic),
            "district" => plain(value).map(Self::District).ok_or(InvalidTopic),
            "search" => Self::search(form_urlencoded::parse(value.as_bytes())),
            _ => Err(InvalidTopic),
        }
    }

    /// As parameters of the search page; none of what it can't say.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let one = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        match self {
            Self::All | Self::Operator(_) => Vec::new(),
            Self::Kind(kind) => one("kind", kind.code()),
            Self::Category(name) => one("category", name),
            Self::District(name) => one("district", name),
            Self::Search(pairs) => pairs.clone(),
        }
    }

    fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// Path of the page that shows the same.
    #[must_use]
    pub fn page(&self) -> String {
        match self {
            Self::All => "/publications".to_owned(),
            Self::Kind(kind) => format!("/{}", kind.folder()),
            Self::Operator(id) => format!("/operators/{id}"),
            _ => format!("/search?{}", self.query()),
        }
    }

    /// Path of its feed.
    #[must_use]
    pub fn feed(&self, format: Format) -> String {
        let ending = format.ending();
        match self {
            Self::All => format!("/feeds/all.{ending}"),
            Self::Kind(kind) => format!("/feeds/{}.{ending}", kind.code()),
            Self::Operator(id) => format!("/feeds/operators/{id}.{ending}"),
            _ => format!("/feeds/search.{ending}?{}", self.query()),
        }
    }

    /// Path of the form by which it is followed.
    #[must_use]
    pub fn form(&self) -> String {
        let topic: String = form_urlencoded::byte_serialize(self.to_string().as_bytes()).collect();
        format!("/alerts/new?topic={topic}")
    }
}

/// The text that [`Topic::parse`] reads.
impl fmt::Display for Topic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => out.write_str("all"),
            Self::Kind(kind) => write!(out, "kind:{}", kind.code()),
            Self::Operator(id) => write!(out, "operator:{id}"),
            Self::Category(name) => write!(out, "category:{name}"),
            Self::District(name) => write!(out, "district:{name}"),
            Self::Search(_) => write!(out, "search:{}", self.query()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search(pairs: &[(&str, &str)]) -> Topic {
        Topic::search(pairs.iter().copied()).unwrap()
    }

    #[test]
    fn what_finds_the_same_is_the_same() {
        let one =
            search(&[("verdict", "failed"), ("q", " 大米  新米 "), ("sort", "newest"), ("after", "x"), ("kind", "")]);
        let other =
            search(&[("q", "x"), ("q", "大米\n新米"), ("verdict", "failed"), ("verdict", "failed"), ("limit", "5")]);
        assert_eq!(one, other);
        assert_eq!(one.to_string(), "search:q=%E5%A4%A7%E7%B1%B3+%E6%96%B0%E7%B1%B3&verdict=failed");
        assert_eq!(one.page(), "/search?q=%E5%A4%A7%E7%B1%B3+%E6%96%B0%E7%B1%B3&verdict=failed");
        assert_eq!(search(&[("kind", "penalty")]), Topic::Kind(Kind::Penalty));
        assert_eq!(search(&[("category", "糕点")]), Topic::Category("糕点".into()));
        assert_eq!(search(&[("district", "青禾区"), ("sort", "newest")]), Topic::District("青禾区".into()));
        assert_eq!(Topic::parse("search:category=%E7%B3%95%E7%82%B9").unwrap(), Topic::Category("糕点".into()));
        assert_eq!(search(&[("sort", "newest")]), Topic::All);
        assert_eq!(search(&[("kind", "sample")]).to_string(), "search:kind=sample");
        assert_eq!(search(&[("year", "02026")]).to_string(), "search:year=2026");
    }

    #[test]
    fn paths_lead_to_page_form_and_feeds() {
        let operator = Topic::Operator(Uuid::from_u128(7));
        assert_eq!(operator.feed(Format::Atom), "/feeds/operators/00000000-0000-0000-0000-000000000007.atom");
        assert_eq!(operator.form(), "/alerts/new?topic=operator%3A00000000-0000-0000-0000-000000000007");
        assert_eq!(Topic::Kind(Kind::Recall).feed(Format::Json), "/feeds/recall.json");
        assert_eq!(Topic::All.feed(Format::Json), "/feeds/all.json");
        assert_eq!(Topic::Category("a&b".into()).feed(Format::Json), "/feeds/search.json?category=a%26b");
    }

    #[test]
    fn what_is_no_topic_is_refused() {
        let long = format!("category:{}", "长".repeat(101));
        for text in [
            "",
            "x",
            "kind:",
            "kind:x",
            "operator:7",
            "category:",
            "category: ",
            "district:\u{7}",
            "search:year=x",
            "search:from=2026-13-01",
            "search:q=%00",
            long.as_str(),
        ] {
            assert_eq!(Topic::parse(text), Err(InvalidTopic), "{text}");
        }
        let many = (0..60).map(|place| ("body", format!("{place}{}", "长".repeat(10))));
        assert_eq!(Topic::search(many), Err(InvalidTopic));
    }

    fn any_pair() -> impl Strategy<Value = (String, String)> {
        let name = prop::sample::select(FILTERS.to_vec());
        (name, "[ -~\u{4e00}-\u{4e20}\u{a0}\t\n]{0,12}|[0-9]{1,4}|2026-0[1-9]-1[0-9]")
            .prop_map(|(name, value)| (name.to_owned(), value))
    }

    proptest! {
        #[test]
        fn topics_read_back(pairs in prop::collection::vec(any_pair(), 0..6)) {
            if let Ok(topic) = Topic::search(pairs.iter().map(|(name, value)| (name, value))) {
                prop_assert_eq!(Topic::parse(&topic.to_string()), Ok(topic.clone()));
                prop_assert_eq!(Topic::search(topic.pairs()), Ok(topic.clone()));
                let form = topic.form();
                let sent = form_urlencoded::parse(form.split_once('?').unwrap().1.as_bytes()).next().unwrap().1.into_owned();
                prop_assert_eq!(Topic::parse(&sent), Ok(topic));
                // the order of what was given says nothing, but for what stands once
                let mut turned: Vec<_> = pairs.clone();
                turned.sort_by_key(|(name, _)| std::cmp::Reverse(name.clone()));
                let again = Topic::search(turned.iter().map(|(name, value)| (name, value)));
                prop_assert_eq!(again, Topic::search(pairs.iter().map(|(name, value)| (name, value))));
            }
        }

        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_is_stable(text in "(all|kind:|operator:|category:|district:|search:)?.{0,60}") {
            if let Ok(topic) = Topic::parse(&text) {
                let written = topic.to_string();
                prop_assert!(written.len() <= LONGEST_TOPIC && !written.contains(char::is_control));
                prop_assert_eq!(Topic::parse(&written), Ok(topic));
            }
        }
    }
}
