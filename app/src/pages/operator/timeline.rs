//! One line of all dated public records of an operator, the newest first.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    domain::{publication::Kind, register::Shows},
    ports::{Notice, OperatorEntry, PortError, PublicComplaint, Sample},
};

/// A kind of records, by which the line is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Track {
    /// Samples of what it made
    Producer,
    /// Samples taken at its place
    Seller,
    /// Penalties
    Penalty,
    /// Disposals
    Disposal,
    /// Recalls
    Recall,
    /// Other publications that name it
    Notice,
    /// Complaints
    Complaint,
    /// Inspections
    Inspection,
    /// Other entries of registers
    Register,
}

impl Track {
    /// All, in the order of the filters.
    pub const ALL: [Self; 9] = [
        Self::Seller,
        Self::Producer,
        Self::Inspection,
        Self::Penalty,
        Self::Disposal,
        Self::Recall,
        Self::Complaint,
        Self::Register,
        Self::Notice,
    ];

    /// The name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Seller => "seller",
            Self::Penalty => "penalty",
            Self::Disposal => "disposal",
            Self::Recall => "recall",
            Self::Notice => "notice",
            Self::Complaint => "complaint",
            Self::Inspection => "inspection",
            Self::Register => "register",
        }
    }

    /// Reads [`Track::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|track| track.code() == code)
    }

    /// Of a publication.
    pub const fn of_notice(kind: Kind) -> Self {
        match kind {
            Kind::Penalty => Self::Penalty,
            Kind::Disposal => Self::Disposal,
            Kind::Recall => Self::Recall,
            _ => Self::Notice,
        }
    }

    /// Of an entry; `None` for what has a section of its own.
    pub const fn of_entry(shows: Shows) -> Option<Self> {
        match shows {
            Shows::Inspection => Some(Self::Inspection),
            Shows::SelfCheck | Shows::People | Shows::OfficialTier => None,
            _ => Some(Self::Register),
        }
    }
}

/// The place of a record in the line: the same for all kinds, so that one cursor goes through them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Its day
    pub day: NaiveDate,
    /// Its id
    pub id: Uuid,
}

impl Mark {
    /// As it stands in addresses, and as the ports read it.
    pub fn write(self) -> String {
        format!("{}_{}", self.day.format("%Y%m%d"), self.id.simple())
    }

    /// Reads [`Mark::write`].
    ///
    /// # Errors
    /// Anything else.
    pub fn read(text: &str) -> Result<Self, PortError> {
        let (day, id) = text.split_once('_').ok_or(PortError::Invalid("after"))?;
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").map_err(|_| PortError::Invalid("after"))?;
        let id = Uuid::try_parse(id).map_err(|_| PortError::Invalid("after"))?;
        Ok(Self { day, id })
    }
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// A sample; what the operator is to it
    Sample {
        /// The sample
        sample: Box<Sample>,
        /// It made it, as labelled
        producer: bool,
        /// It was taken at its place
        seller: bool,
    },
    /// A publication
    Notice(Box<Notice>),
    /// A complaint
    Complaint(PublicComplaint),
    /// An entry of a register
    Entry(Box<OperatorEntry>),
}

/// A dated record.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its place
    pub mark: Mark,
    /// What it is
    pub what: What,
}

/// Published complaints have no public id: they are told apart by their place among those of their day.
pub fn complaint_events(complaints: Vec<PublicComplaint>) -> Vec<Event> {
    let mut rank = 0_u128;
    let mut last = None;
    let event = |one: PublicComplaint| {
        rank = if last == Some(one.ended_on) { rank + 1 } else { 0 };
        last = Some(one.ended_on);
        let mark = Mark { day: one.ended_on, id: Uuid::from_u128(u128::MAX - rank) };
        Event { mark, what: What::Complaint(one) }
    };
    complaints.into_iter().map(event).collect()
}

/// The newest of these after a place, and the cursor of the next page. A sample that has the operator in both roles is one
/// record.
pub fn page_of(mut events: Vec<Event>, after: Option<Mark>, limit: usize) -> (Vec<Event>, Option<String>) {
    events.retain(|event| after.is_none_or(|after| event.mark < after));
    events.sort_by_key(|event| std::cmp::Reverse(event.mark));
    events.dedup_by(|later, kept| {
        let is_same = later.mark == kept.mark;
        if let (true, What::Sample { producer, seller, .. }, What::Sample { producer: made, seller: sold, .. }) =
            (is_same, &mut kept.what, &later.what)
        {
            *producer |= *made;
            *seller |= *sold;
        }
        is_same
    });
    let more = events.len() > limit;
    events.truncate(limit);
    let next = events.last().filter(|_| more).map(|event| event.mark.write());
    (events, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(day: &str) -> PublicComplaint {
        PublicComplaint {
            problem: day.into(),
            result: String::new(),
            department: String::new(),
            ended_on: day.parse().unwrap(),
            until: None,
        }
    }

    #[test]
    fn pages_follow_one_another_without_gap_or_repeat() {
        let days = ["2026-03-02", "2026-03-02", "2026-03-02", "2026-03-01", "2026-02-01"];
        let all = complaint_events(days.map(complaint).to_vec());
        let (mut after, mut seen) = (None, Vec::new());
        for _ in 0..9 {
            let (page, next) = page_of(all.clone(), after, 2);
            seen.extend(page.into_iter().map(|event| event.mark));
            let Some(next) = next else { break };
            after = Some(Mark::read(&next).unwrap());
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted_by(|one, next| one > next));
    }

    #[test]
    fn codes_and_cursors_are_read_back() {
        for track in Track::ALL {
            assert_eq!(Track::from_code(track.code()), Some(track));
        }
        for bad in ["", "x", "20260101", "20260132_00", "20260101_zz", "2026-01-01_00000000000000000000000000000001"] {
            assert!(Mark::read(bad).is_err(), "{bad}");
        }
    }
}
