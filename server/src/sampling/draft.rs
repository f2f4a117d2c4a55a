//! What a reading becomes: title, day and publisher are the officer's word, else the file's, else a careful guess.

use std::collections::HashMap;

use app::domain::{date::parse_day, sample::SampleDraft};
use chrono::NaiveDate;

use super::{ImportError, Importer, Wishes};
use crate::{
    files::sha256,
    import::Reading,
    store::{BulletinDraft, OriginalDraft, StoreError},
};

impl Importer {
    pub(super) async fn draft(
        &self,
        name: &str,
        bytes: &[u8],
        reading: &mut Reading,
        wishes: &Wishes,
    ) -> Result<BulletinDraft, ImportError> {
        let hash = sha256(bytes);
        let mut samples: Vec<SampleDraft> = Vec::new();
        for sheet in &mut reading.sheets {
            if wishes.keep_rows {
                samples.extend(sheet.samples.iter().map(|row| row.sample.clone()));
            } else {
                samples.extend(std::mem::take(&mut sheet.samples).into_iter().map(|row| row.sample));
            }
        }
        let original = OriginalDraft { sha256: hash.clone(), name: name.to_owned(), size: bytes.len() as u64 };
        let mut draft = BulletinDraft {
            replaces: None,
            title: String::new(),
            issue_no: None,
            published_on: NaiveDate::default(),
            source: String::new(),
            intro: reading.declaration.clone(),
            notes: reading.notes.clone(),
            original: Some(original),
            samples,
            demo: false,
            publish: wishes.publish,
            reason: wishes.reason.clone(),
        };
        if let Some(known) = self.db.bulletin_of_file(&hash).await? {
            let agrees = wishes.title.as_ref().is_none_or(|title| *title == known.title)
                && wishes.issue_no.as_ref().is_none_or(|issue| Some(issue) == known.issue_no.as_ref())
                && wishes.published_on.is_none_or(|day| day == known.published_on)
                && wishes.source.as_ref().is_none_or(|source| *source == known.source);
            if !agrees {
                return Err(ImportError::ImportedAsOther(known.title));
            }
            draft.title = known.title;
            draft.issue_no = known.issue_no;
            draft.published_on = known.published_on;
            draft.source = known.source;
            return Ok(draft);
        }
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        draft.title = wishes.title.clone().or_else(|| reading.title.clone()).unwrap_or_else(|| stem.trim().to_owned());
        draft.issue_no = wishes.issue_no.clone().or_else(|| issue_in(&draft.title));
        draft.source = wishes.source.clone().unwrap_or_else(|| self.source_of(&draft.samples));
        let told = wishes.published_on.or_else(|| most_common_day(&draft.samples)).or_else(|| parse_day(stem));
        draft.published_on = match told {
            Some(day) => day,
            None => self.known_day(&draft).await?.unwrap_or_else(|| self.clock.today()),
        };
        Ok(draft)
    }

    /// The only publisher that the rows name, else the bureau.
    fn source_of(&self, samples: &[SampleDraft]) -> String {
        let mut publishers = samples.iter().map(|sample| sample.publisher.as_deref());
        let first = publishers.next().flatten();
        match first {
            Some(only) if publishers.all(|other| other == first) => only.to_owned(),
            _ => self.bureau.clone(),
        }
    }

    /// The day of the one bulletin of this title and publisher, so that a corrected file without a date finds it.
    async fn known_day(&self, draft: &BulletinDraft) -> Result<Option<NaiveDate>, StoreError> {
        let found = self.db.bulletins_titled(&draft.title, draft.issue_no.as_deref(), &draft.source).await?;
        Ok(match found.as_slice() {
            [only] => Some(only.published_on),
            _ => None,
        })
    }
}

/// `…公告（2026年第12期）` → `2026年第12期`; `第3号` likewise.
pub(super) fn issue_in(title: &str) -> Option<String> {
    let at = title.find('第')?;
    let rest = &title[at + '第'.len_utf8()..];
    let end = rest.find(['期', '号', '批'])?;
    let number = &rest[..end];
    let is_number =
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c));
    let unit = rest[end..].chars().next()?;
    let year: String = title[..at].chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
    let year =
        Some(year).filter(|year| year.ends_with('年') && year[..year.len() - 3].bytes().all(|b| b.is_ascii_digit()));
    is_number.then(|| format!("{}第{number}{unit}", year.unwrap_or_default()))
}

/// The day of publication that most rows print.
pub(super) fn most_common_day(samples: &[SampleDraft]) -> Option<NaiveDate> {
    let mut counts: HashMap<NaiveDate, usize> = HashMap::new();
    for day in samples.iter().filter_map(|sample| sample.published_on) {
        *counts.entry(day).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(day, count)| (*count, *day)).map(|(day, _)| day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_in_titles() {
        for (title, issue) in [
            ("云川市食品安全监督抽检信息公告（2026年第12期）", Some("2026年第12期")),
            ("抽检公告第3号", Some("第3号")),
            ("关于第十二批次食品", Some("第十二批")),
            ("第一", None),
            ("抽检公告", None),
            ("第a期", None),
        ] {
            assert_eq!(issue_in(title).as_deref(), issue, "{title}");
        }
    }
}
