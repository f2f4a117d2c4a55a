//! Demonstration content: a fictional city with fictional firms, seeded, the same for the same seed and day.
//! No real firm, brand or place is meant.

mod bulletins;
mod cameras;
mod catalogue;
mod firms;
mod notices;
pub mod picture;
mod place;
mod polls;
mod registers;
mod results;
mod samples;
mod workbook;

use app::domain::sample::SampleDraft;
use chrono::NaiveDate;

pub use bulletins::{bulletins, stream};
pub use cameras::{DemoCamera, cameras};
pub use firms::operators;
pub use notices::{DemoNotice, notices};
pub use place::{districts, point_of};
pub use polls::{DemoPoll, polls};
pub use registers::{DemoEdition, editions};

/// The fictional city.
pub struct City {
    /// Its name
    pub name: &'static str,
    /// Its bureau
    pub bureau: &'static str,
    /// Its districts and counties
    pub districts: &'static [&'static str],
}

/// 云川市 in 云江省: neither exists.
pub const CITY: City = City {
    name: "云川市",
    bureau: "云川市市场监督管理局",
    districts: &["青禾区", "望江区", "石榴区", "松岭区", "白鹭区", "柳湾县", "鹤溪县", "茶坪县"],
};

/// A firm or shop of the register.
#[derive(Clone, Debug)]
pub struct DemoOperator {
    /// Name
    pub name: String,
    /// Address
    pub address: String,
    /// 统一社会信用代码 with a valid check sign, of a division that does not exist
    pub uscc: String,
    /// 食品生产 / 经营许可证号 with a valid check digit
    pub licence: String,
}

/// A bulletin with the file that a bureau would publish.
#[derive(Clone, Debug)]
pub struct DemoBulletin {
    /// 期号
    pub issue_no: String,
    /// Title
    pub title: String,
    /// Day of publication
    pub published_on: NaiveDate,
    /// Who publishes
    pub source: String,
    /// Text above the table; its numbers are those of the samples
    pub intro: String,
    /// The samples
    pub samples: Vec<SampleDraft>,
    /// XLSX with the same samples; empty in [`stream`]
    pub original: Vec<u8>,
    /// Its name
    pub original_name: String,
}
