//! All that the portal can do, as small traits by what a caller may do. Pages and the API ask these;
//! `server` answers them with SQL and an index, tests with fakes.

mod cases;
mod desk;
mod directory;
mod finder;
mod follow;
mod handling;
mod kitchens;
mod notices;
mod objections;
mod operators;
mod places;
mod polls;
mod publications;
mod registers;
mod site;
mod staff;
mod statistics;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use cases::{
    Actor, CaseError, CaseEvent, CaseLine, CaseResult, CaseScope, CaseSheet, Cases, Dated, Detail, LoadedYear, Look,
    Person,
};
pub use desk::{
    Checks, Column, Desk, DeskError, DeskFilter, DeskLine, DeskResult, DeskSheet, EntriesView, EntryChanged, Place,
    PlacedConcern, PlacedMark, Reading, Sheet, TableProblem, TableView, Typed,
};
pub use directory::{Directory, Operator, OperatorLine, OperatorRole};
pub use finder::{
    FacetCount, FindFilters, FindQuery, FindSort, Finder, Found, Fragment, Hit, InvalidParameter, MOST_HITS,
    Suggestion, plain,
};
pub use follow::{Afterwards, Followed, Left, Opening, RewardError, RewardSheet};
pub use handling::{
    Around, CaseFile, Factors, Handling, InboxLine, PublicComplaint, Publicity, PublicityError, PublicityFault,
    SamePerson, Start, Urgency,
};
pub use kitchens::{
    Camera, CameraDay, CameraDesk, CameraError, CameraFilter, CameraLine, DeskCamera, DistrictUptime, Kitchen,
    KitchenLine, KitchenList, KitchenQuery, KitchenSort, Kitchens, Leaving, Uptime,
};
pub use notices::{
    EarlierRevision, Gone, Notice, NoticeFull, NoticeScope, Notices, RecallAnswer, SampleLink, check_recalls,
};
pub use objections::{
    FoundMark, ObjectionCase, ObjectionError, ObjectionLine, ObjectionResult, ObjectionScope, ObjectionSheet,
    Objections, PublicReply, Said, Speaker, Subject,
};
pub use operators::{DeskOperator, DeskOperatorLine, DoubtLine, OperatorDesk, OperatorError};
pub use places::{
    MOST_METRES, MOST_PLACES, MOST_POINTS, MapGround, Nearby, Pictures, PlaceHit, PlaceQuery, Places, PlacesFound,
    SchoolLine, SchoolList, SchoolQuery, SchoolSort, Schools,
};
pub use polls::{
    DeskLink, LinkKind, PollError, PollLine, PollLink, PollLists, PollRef, PollResult, PollSheet, PollText, Polls,
    PublicPoll,
};
pub use publications::{
    Bulletin, BulletinLine, BulletinRef, OriginalFile, Overview, Publications, Revision, Sample, SampleScope,
};
pub use registers::{
    EntryCell, EntryFacet, EntryFacetValue, EntryFull, EntryOrder, EntryQuery, FoundEntries, OperatorEntry,
    RegisterEntry, RegisterFull, RegisterLine, Registers,
};
pub use site::Site;
pub use staff::{
    Account, AccountState, Accounts, AuditLine, AuditQuery, AuditTrail, InvalidAuditParameter, SessionLine, ThisSession,
};
pub use statistics::Figures;

/// Why a port gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// There is nothing public under this address.
    #[error("not found")]
    NotFound,
    /// It was public and is withdrawn or removed.
    #[error("gone")]
    Gone(Box<Gone>),
    /// A cursor or filter that this portal never gave out.
    #[error("invalid {0}")]
    Invalid(&'static str),
    /// The index or database can't answer now; trying again later may help.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Anything else; the cause belongs to the log.
    #[error("internal: {0}")]
    Internal(String),
}

/// What a port gives.
pub type PortResult<T> = Result<T, PortError>;

/// One page of a list, and the cursor of the next.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The entries of this page
    pub items: Vec<T>,
    /// Opaque; give it back as `after` to read on. Absent on the last page.
    pub next: Option<String>,
}

/// The ports of one running portal. Cloning is cheap.
#[derive(Clone)]
pub struct Portal {
    /// Bulletins and samples
    pub publications: Arc<dyn Publications>,
    /// Publications of all other kinds
    pub notices: Arc<dyn Notices>,
    /// Registers
    pub registers: Arc<dyn Registers>,
    /// Operators
    pub directory: Arc<dyn Directory>,
    /// Writing publications
    pub desk: Arc<dyn Desk>,
    /// Requests for correction and replies
    pub objections: Arc<dyn Objections>,
    /// Rounds of votes, surveys
    pub polls: Arc<dyn Polls>,
    /// Operators, for the desk
    pub operators: Arc<dyn OperatorDesk>,
    /// Complaints and reports, for the desk
    pub cases: Arc<dyn Cases>,
    /// … with their urgency, what stands around them, and what the public sees of closed ones
    pub handling: Arc<dyn Handling>,
    /// Counts of complaints and reports
    pub figures: Arc<dyn Figures>,
    /// Live pictures
    pub kitchens: Arc<dyn Kitchens>,
    /// Cameras, for the desk
    pub camera_desk: Arc<dyn CameraDesk>,
    /// Search over all that is public
    pub finder: Arc<dyn Finder>,
    /// Places by name, kind, district and distance
    pub places: Arc<dyn Places>,
    /// School canteens
    pub schools: Arc<dyn Schools>,
    /// What maps are made of
    pub map: Arc<MapGround>,
    /// Officers' accounts
    pub accounts: Arc<dyn Accounts>,
    /// The audit trail
    pub audit: Arc<dyn AuditTrail>,
    /// Whose portal it is
    pub site: Arc<Site>,
    /// The day of the request, in China
    pub today: NaiveDate,
}
