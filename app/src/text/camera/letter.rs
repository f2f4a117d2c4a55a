//! Letters to the officers who are responsible for cameras. No stream's address stands in one.

use chrono::{DateTime, Utc};

use crate::text::{letter::Letter, moment};

/// What a letter tells of.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The place
    pub place: &'a str,
    /// The camera
    pub camera: &'a str,
    /// Since when the picture is off
    pub since: DateTime<Utc>,
    /// The camera's page at the desk, a whole URL
    pub page: &'a str,
    /// Who writes
    pub bureau: &'a str,
}

impl About<'_> {
    fn letter(&self, subject: String, paragraph: &str, facts: Vec<(String, String)>) -> Letter {
        let own = [("单位", self.place), ("画面", self.camera)];
        let own = own.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Letter {
            subject,
            paragraphs: vec![paragraph.to_owned()],
            facts: own.chain(facts).collect(),
            link: Some(("在工作台打开".to_owned(), self.page.to_owned())),
            bureau: self.bureau.to_owned(),
        }
    }
}

/// Off for longer than set, within its hours.
#[must_use]
pub fn off(about: &About<'_>, minutes: u32) -> Letter {
    about.letter(
        format!("画面离线：{}", about.place),
        &format!("这路画面在直播时段内离线已超过 {minutes} 分钟。请联系该单位查明原因；断线不等于违法。"),
        vec![("离线自".to_owned(), moment(about.since))],
    )
}

/// Seen again.
#[must_use]
pub fn back(about: &About<'_>, at: DateTime<Utc>) -> Letter {
    about.letter(
        format!("画面恢复：{}", about.place),
        "这路画面已经恢复。",
        vec![("离线自".to_owned(), moment(about.since)), ("恢复于".to_owned(), moment(at))],
    )
}
