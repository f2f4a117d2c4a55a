//! What the page asks of the ports: few questions, each by an index.

use chrono::NaiveDate;

use super::timeline::{Event, Mark, Track, What, complaint_events, page_of};
use crate::{
    domain::{publication::Kind, register::Shows},
    parts::Request,
    ports::{
        CameraLine, NoticeScope, Operator, OperatorEntry, OperatorRole, Portal, PortError, PortResult,
    },
};

/// Records a page.
const PAGE: u32 = 30;
/// Publications by which the filters are chosen.
const NOTICES: u32 = 100;

/// All that the page shows.
pub struct Dossier {
    /// The operator
    pub operator: Operator,
    /// Its cameras
    pub cameras: Vec<CameraLine>,
    /// Its entries in registers
    pub entries: Vec<OperatorEntry>,
    /// Filters with anything behind them
    pub tracks: Vec<Track>,
    /// The filter
    pub track: Option<Track>,
    /// This page of the line
    pub events: Vec<Event>,
    /// The cursor of the next
    pub next: Option<String>,
}

impl Dossier {
    /// The newest entry that shows one thing.
    pub fn newest(&self, shows: Shows) -> Option<&OperatorEntry> {
        self.of(shows).next()
    }

    /// Entries that show one thing, the newest first.
    pub fn of(&self, shows: Shows) -> impl Iterator<Item = &OperatorEntry> {
        self.entries.iter().filter(move |one| one.shows == shows)
    }
}

/// What is behind the address.
pub enum Found {
    /// The page
    Page(Box<Dossier>),
    /// It turned out to be another
    Moved(uuid::Uuid),
}

fn track(request: &Request) -> PortResult<Option<Track>> {
    // `role` is how addresses said it before the line
    let asked = request.get("show").or_else(|| request.get("role"));
    asked.map(|code| Track::from_code(code).ok_or(PortError::Invalid("show"))).transpose()
}

/// Reads the page of a request.
///
/// # Errors
/// Of the ports; a filter or cursor that was never given out.
pub async fn read(portal: &Portal, request: &Request) -> PortResult<Found> {
    let id = request.id().ok_or(PortError::NotFound)?;
    let track = track(request)?;
    let after = request.get("after");
    let mark = after.map(Mark::read).transpose()?;
    let operator = portal.directory.operator(id).await?;
    if operator.line.id != id {
        return Ok(Found::Moved(operator.line.id));
    }
    let entries = portal.registers.entries_of(id).await?;
    let complaints = portal.handling.complaints_of(id).await?;
    let cameras = portal.kitchens.cameras_of(&[id]).await?;
    let scope = NoticeScope { operator: Some(id), ..NoticeScope::default() };
    let notices = portal.notices.notices(scope, None, NOTICES).await?;

    let mut tracks: Vec<Track> = Vec::new();
    let mut have = |track: Track| {
        if !tracks.contains(&track) {
            tracks.push(track);
        }
    };
    [(Track::Producer, &operator.as_producer), (Track::Seller, &operator.as_seller)]
        .into_iter()
        .filter(|(_, tallies)| !tallies.is_empty())
        .for_each(|(track, _)| have(track));
    notices.items.iter().for_each(|notice| have(Track::of_notice(notice.content.kind)));
    entries.iter().filter(|one| one.entry.on.is_some()).filter_map(|one| Track::of_entry(one.shows)).for_each(&mut have);
    if !complaints.is_empty() {
        have(Track::Complaint);
    }
    let tracks: Vec<Track> = Track::ALL.into_iter().filter(|one| tracks.contains(one)).collect();

    let wanted = |one: Track| track.is_none_or(|track| track == one) && tracks.contains(&one);
    let mut events: Vec<Event> = Vec::new();
    for (one, role) in [(Track::Producer, OperatorRole::Producer), (Track::Seller, OperatorRole::Seller)] {
        if !wanted(one) {
            continue;
        }
        let samples = portal.directory.operator_samples(id, role, after, PAGE + 1).await?.items;
        events.extend(samples.into_iter().map(|sample| {
            let day = sample.printed.published_on.unwrap_or(sample.bulletin.published_on);
            let (producer, seller) = (one == Track::Producer, one == Track::Seller);
            Event { mark: Mark { day, id: sample.id }, what: What::Sample { sample: Box::new(sample), producer, seller } }
        }));
    }
    let is_all = notices.next.is_none();
    let named = if is_all || (after.is_none() && track.is_none()) {
        notices.items
    } else {
        let kind = match track {
            Some(Track::Penalty) => Some(Kind::Penalty),
            Some(Track::Disposal) => Some(Kind::Disposal),
            Some(Track::Recall) => Some(Kind::Recall),
            _ => None,
        };
        // of the other kinds there is no list of their own
        let most = if track == Some(Track::Notice) { 10 * NOTICES } else { PAGE + 1 };
        portal.notices.notices(NoticeScope { kind, ..scope }, after, most).await?.items
    };
    let named = named.into_iter().filter(|notice| wanted(Track::of_notice(notice.content.kind)));
    events.extend(named.map(|notice| Event {
        mark: Mark { day: notice.published_on, id: notice.id },
        what: What::Notice(Box::new(notice)),
    }));
    if wanted(Track::Complaint) {
        events.extend(complaint_events(complaints));
    }
    let dated = entries.iter().filter(|one| Track::of_entry(one.shows).is_some_and(&wanted));
    events.extend(dated.filter_map(|one| {
        let mark = Mark { day: one.entry.on?, id: one.entry.id };
        Some(Event { mark, what: What::Entry(Box::new(one.clone())) })
    }));
    let (events, next) = page_of(events, mark, PAGE as usize);
    Ok(Found::Page(Box::new(Dossier { operator, cameras, entries, tracks, track, events, next })))
}

