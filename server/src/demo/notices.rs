//! Publications of the other kinds: what a bureau says beside its bulletins, much of it about their failed samples.

mod articles;
mod disposals;
mod penalties;
mod recalls;

use app::domain::{
    publication::{Kind, content::Content},
    sample::{Group, SampleDraft, Verdict},
};
use chrono::{Days, NaiveDate};

use super::{CITY, DemoBulletin};

/// A publication, its correction if it has one, and its file.
#[derive(Clone, Debug)]
pub struct DemoNotice {
    /// What it says first
    pub content: Content,
    /// What it says since, and why
    pub corrected: Option<(Content, &'static str)>,
    /// Name and bytes of an attached XLSX
    pub file: Option<(String, Vec<u8>)>,
}

/// All of them, the oldest first. They need the bulletins whose samples they are about.
#[must_use]
pub fn notices(bulletins: &[DemoBulletin], today: NaiveDate) -> Vec<DemoNotice> {
    let failed: Vec<&SampleDraft> =
        bulletins.iter().flat_map(|bulletin| &bulletin.samples).filter(|sample| is_told(sample)).collect();
    let mut all = articles::all(today);
    all.extend(penalties::others(today));
    all.extend(penalties::of_samples(&failed, today));
    all.extend(disposals::all(&failed, today));
    all.extend(recalls::all(&failed, today));
    all.sort_by_key(|notice| notice.content.published_on);
    all
}

/// Failed samples of processed food with everything that a later publication tells of.
fn is_told(sample: &SampleDraft) -> bool {
    sample.verdict == Some(Verdict::Failed)
        && sample.group == Group::Food
        && !matches!(sample.category.as_deref(), Some("食用农产品" | "餐饮食品") | None)
        && sample.number.is_some()
        && sample.seller.name.is_some()
        && sample.producer.name.is_some()
        && !sample.failed_items.is_empty()
}

/// So many of a list, spread evenly.
fn spread<'a>(all: &[&'a SampleDraft], count: usize) -> Vec<&'a SampleDraft> {
    let count = count.min(all.len());
    (0..count).map(|place| all[place * all.len() / count]).collect()
}

/// Samples that were published between so many days ago.
fn aged<'a>(all: &[&'a SampleDraft], today: NaiveDate, from: u64, to: u64) -> Vec<&'a SampleDraft> {
    let range = today - Days::new(from)..=today - Days::new(to);
    all.iter().filter(|sample| sample.published_on.is_some_and(|on| range.contains(&on))).copied().collect()
}

/// Those whose penalty is public: disposals tell of the same.
fn punished<'a>(failed: &[&'a SampleDraft], today: NaiveDate) -> Vec<&'a SampleDraft> {
    spread(&aged(failed, today, 1_000, 130), 6)
}

/// 文号 of the penalty for a sample, and its day.
fn decision(place: usize, sample: &SampleDraft, today: NaiveDate) -> (String, NaiveDate) {
    let on = sample.published_on.unwrap_or(today) + Days::new(70 + place as u64 * 3);
    (format!("云市监处罚〔{}〕{}号", on.format("%Y"), 101 + place * 17), on)
}

/// First failed item in words.
fn item(sample: &SampleDraft) -> String {
    sample.failed_items.first().map_or_else(String::new, |failed| {
        let (result, limit) = (failed.result.as_deref().unwrap_or("/"), failed.limit.as_deref().unwrap_or("/"));
        format!("{}项目不符合要求（检验结果{result}，标准值{limit}）", failed.item)
    })
}

fn content(kind: Kind, on: NaiveDate, fields: &[(&str, &str)]) -> Content {
    let mut content = Content::new(kind);
    content.fill([("source", CITY.bureau)]);
    content.fill(fields.iter().copied());
    content.published_on = Some(on);
    content
}

fn plain(content: Content) -> DemoNotice {
    DemoNotice { content, corrected: None, file: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::bulletins;

    #[test]
    fn each_could_be_published_and_none_praises() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let all = notices(&bulletins(20_260_320, today), today);
        let count = |kind: Kind| all.iter().filter(|notice| notice.content.kind == kind).count();
        assert!(count(Kind::Penalty) >= 10 && count(Kind::Disposal) >= 6 && count(Kind::Recall) >= 3);
        assert!(count(Kind::Tip) + count(Kind::Warning) >= 4 && count(Kind::Notice) >= 4 && count(Kind::Article) >= 4);
        for notice in &all {
            let contents =
                std::iter::once(&notice.content).chain(notice.corrected.as_ref().map(|corrected| &corrected.0));
            for content in contents {
                assert_eq!(content.gaps(today), [], "{}", content.title);
                let text = serde_json::to_string(content).unwrap();
                assert!(!text.contains("推荐") && !text.contains("XX"), "{}", content.title);
                assert!(content.published_on.unwrap() <= today, "{}", content.title);
            }
        }
        let years: std::collections::BTreeSet<i32> =
            all.iter().map(|notice| chrono::Datelike::year(&notice.content.published_on.unwrap())).collect();
        assert!(years.len() >= 3, "{years:?}");
    }
}
