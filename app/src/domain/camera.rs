//! Cameras of kitchens (明厨亮灶), workshops (透明车间) and warehouses (阳光仓储): where one may stand, how its picture is
//! seen, and when the public may see it. There is no position for a changing room, a toilet or a dining room.

mod form;

use chrono::NaiveDate;
use uuid::Uuid;

pub use form::{CameraForm, Fault, Faults, SPAN_FIELDS, SPANS};

use super::{
    coded::coded,
    staff::{Permission, Viewer},
    stream::Hours,
};

/// Characters of the name of a camera among several of one position at most.
pub const LONGEST_LABEL: u32 = 20;
/// Characters of what a picture shows, for those who don't see it, at most.
pub const LONGEST_TEXT: u32 = 200;
/// Bytes of an address at most.
pub const LONGEST_ADDRESS: u32 = 1000;

coded! {
    /// What kind of place shows itself.
    Setting {
        /// 明厨亮灶
        Kitchen = "kitchen",
        /// 透明车间
        Workshop = "workshop",
        /// 阳光仓储
        Warehouse = "warehouse",
    }
}

coded! {
    /// Where in the place a camera stands.
    Position {
        /// 粗加工
        Rough = "rough",
        /// 切配
        Cutting = "cutting",
        /// 烹饪
        Cooking = "cooking",
        /// 专间
        SpecialRoom = "special_room",
        /// 备餐
        Serving = "serving",
        /// 餐饮具清洗消毒
        Washing = "washing",
        /// 仓库
        Store = "store",
        /// 留样
        Retained = "retained",
        /// 原料验收
        Intake = "intake",
        /// 原料处理
        Pretreatment = "pretreatment",
        /// 生产加工
        Processing = "processing",
        /// 内包装
        InnerPacking = "inner_packing",
        /// 外包装
        OuterPacking = "outer_packing",
        /// 设备清洗消毒
        Cleaning = "cleaning",
        /// 收货
        Receiving = "receiving",
        /// 常温库
        Ambient = "ambient",
        /// 冷藏库
        Chilled = "chilled",
        /// 冷冻库
        Frozen = "frozen",
        /// 分拣
        Picking = "picking",
        /// 发货
        Dispatch = "dispatch",
    }
}

coded! {
    /// How its picture is seen.
    Way {
        /// HLS, played here
        Hls = "hls",
        /// Anything else: opened elsewhere
        Link = "link",
    }
}

impl Position {
    /// The kind of place that has it.
    #[must_use]
    pub fn setting(self) -> Setting {
        match self {
            Self::Rough
            | Self::Cutting
            | Self::Cooking
            | Self::SpecialRoom
            | Self::Serving
            | Self::Washing
            | Self::Store
            | Self::Retained => Setting::Kitchen,
            Self::Intake
            | Self::Pretreatment
            | Self::Processing
            | Self::InnerPacking
            | Self::OuterPacking
            | Self::Cleaning => Setting::Workshop,
            Self::Receiving | Self::Ambient | Self::Chilled | Self::Frozen | Self::Picking | Self::Dispatch => {
                Setting::Warehouse
            }
        }
    }

    /// Those of a kind of place.
    pub fn of(setting: Setting) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |position| position.setting() == setting)
    }
}

/// What an officer writes of a camera beside its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraPlace {
    /// Where it stands
    pub position: Position,
    /// Its name among several of one position
    pub label: Option<String>,
    /// What the picture shows
    pub described: Option<String>,
    /// How it is seen
    pub way: Way,
    /// At whose site, where it opens elsewhere
    pub provider: Option<String>,
    /// Its hours
    pub hours: Hours,
    /// Last day of a repair, and what is said of it
    pub mended: Option<(NaiveDate, Option<String>)>,
    /// A sign tells people of it (PIPL art. 26)
    pub told: bool,
}

impl CameraPlace {
    /// Whether the public must be asked for again: another place is seen, or people are not told any more.
    #[must_use]
    pub fn shows_other_than(&self, before: &Self) -> bool {
        (self.position, self.way) != (before.position, before.way) || !self.told
    }
}

/// What decides whether the public may see a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// A sign tells people of it (PIPL art. 26)
    pub told: bool,
    /// Whether the public sees it
    pub public: bool,
    /// Who last wrote where it leads and where it stands
    pub written_by: Option<Uuid>,
}

/// Why a camera is not made public, or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The role does not allow it
    NotAllowed,
    /// The same person who wrote it: two are needed
    SamePerson,
    /// No sign tells people of it (PIPL art. 26)
    NotTold,
    /// It is so already
    NotNow,
}

impl Standing {
    /// Whether this person may make it public: somebody else than who wrote it, and only where people are told.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn may_show(&self, by: &Viewer) -> Result<(), Refusal> {
        if !by.may(Permission::Review) {
            return Err(Refusal::NotAllowed);
        }
        if self.public {
            return Err(Refusal::NotNow);
        }
        if self.written_by == Some(by.id) {
            return Err(Refusal::SamePerson);
        }
        if self.told { Ok(()) } else { Err(Refusal::NotTold) }
    }

    /// Whether this person may take it from the public: whoever sees the desk's publications, at once.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn may_hide(&self, by: &Viewer) -> Result<(), Refusal> {
        if !by.may(Permission::SeeDesk) {
            return Err(Refusal::NotAllowed);
        }
        if self.public { Ok(()) } else { Err(Refusal::NotNow) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::staff::Role;

    fn officer(number: u128, role: Role) -> Viewer {
        Viewer { id: Uuid::from_u128(number), name: String::new(), roles: vec![role], csrf: String::new() }
    }

    #[test]
    fn every_position_belongs_to_one_kind_of_place() {
        let counts = Setting::ALL.iter().map(|setting| Position::of(*setting).count()).collect::<Vec<_>>();
        assert_eq!((counts.iter().sum::<usize>(), counts), (Position::ALL.len(), vec![8, 6, 6]));
        assert!(Position::ALL.iter().all(|one| Position::from_code(one.code()) == Some(*one)));
    }

    #[test]
    fn two_persons_and_a_sign() {
        let (writer, reviewer) = (officer(1, Role::Editor), officer(2, Role::Reviewer));
        let hidden = Standing { told: true, public: false, written_by: Some(writer.id) };
        assert_eq!(hidden.may_show(&reviewer), Ok(()));
        assert_eq!(hidden.may_show(&writer), Err(Refusal::NotAllowed));
        assert_eq!(hidden.may_show(&officer(1, Role::Reviewer)), Err(Refusal::SamePerson));
        assert_eq!(Standing { told: false, ..hidden }.may_show(&reviewer), Err(Refusal::NotTold));
        assert_eq!(Standing { public: true, ..hidden }.may_show(&reviewer), Err(Refusal::NotNow));
        assert_eq!(hidden.may_hide(&writer), Err(Refusal::NotNow));
        assert_eq!(Standing { public: true, ..hidden }.may_hide(&writer), Ok(()));
        assert_eq!(Standing { public: true, ..hidden }.may_hide(&officer(3, Role::Admin)), Err(Refusal::NotAllowed));
    }
}
