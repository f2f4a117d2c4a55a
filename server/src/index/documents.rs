//! What the index keeps of a bulletin, a sample and an operator. Only what their public pages show.

use app::{
    domain::{
        district::district_of,
        finding::Family,
        publication::{
            Kind,
            content::Content,
            field::{Field, Holds, fields},
        },
        sample::{SampleDraft, Verdict},
    },
    ports::{Bulletin, Notice, Sample},
};
use chrono::NaiveDate;
use search::Document;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::{IndexedEntry, IndexedOperator};

/// Kinds of documents: their names in the index, in filters and in the API.
pub const SAMPLE: &str = "sample";
pub const BULLETIN: &str = "bulletin";
pub const OPERATOR: &str = "operator";
/// Entries of registers; their kind is that of their register.
pub const ENTRY: &str = "entry";

/// What is kept with a document and given back with its hit.
#[derive(Default, Serialize, Deserialize)]
pub struct Payload {
    /// Verdict code of a sample
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Of an entry: name of its register
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// … its district
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// … its path on the site
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Where an operator is
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlacePayload>,
}

/// What is kept of an operator's place.
#[derive(Default, Serialize, Deserialize)]
pub struct PlacePayload {
    /// Address
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Code of its kind
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Latitude and longitude in millionths of a degree
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<(i32, i32)>,
}

impl Payload {
    fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what was written; unknown text is an empty payload.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }
}

/// The id of a document in the index.
pub fn document_id(kind: &str, id: Uuid) -> String {
    format!("{kind}:{}", id.simple())
}

/// Kind, id and path on the site of a document's id.
pub fn address(document: &str) -> Option<(&str, String, String)> {
    let (kind, id) = document.split_once(':')?;
    let id = Uuid::try_parse(id).ok()?.to_string();
    let folder = match kind {
        SAMPLE => "samples",
        BULLETIN => "bulletins",
        OPERATOR => "operators",
        ENTRY => Kind::Register.folder(),
        other => Kind::from_code(other)?.folder(),
    };
    let url = format!("/{folder}/{id}");
    Some((kind, id, url))
}

/// Days since 1970-01-01.
pub fn days(day: NaiveDate) -> i32 {
    day.to_epoch_days()
}

/// A bulletin. Its samples are documents of their own in its group.
pub fn bulletin(bulletin: &Bulletin) -> Document {
    let line = &bulletin.line;
    let text: Vec<&str> =
        bulletin.intro.as_deref().into_iter().chain(bulletin.notes.iter().map(String::as_str)).collect();
    Document {
        id: document_id(BULLETIN, line.id),
        group: line.id.simple().to_string(),
        kind: BULLETIN.into(),
        title: line.title.clone(),
        terms: line.issue_no.iter().chain([&line.source]).cloned().collect(),
        text: text.join("\n"),
        body: Some(line.source.clone()),
        date: Some(days(line.published_on)),
        payload: Payload::default().write(),
        ..Document::default()
    }
}

/// The district of a publication, where it names an address.
pub fn district_of_notice(content: &Content) -> Option<String> {
    let address = ["party_address", "producer_address"].map(|name| content.field(name));
    address.into_iter().find(|address| !address.is_empty()).and_then(district_of)
}

/// The district in which a sample was taken.
pub fn district_of_sample(printed: &SampleDraft) -> Option<String> {
    printed.seller.address.as_deref().or(printed.seller.province.as_deref()).and_then(district_of)
}

/// A publication of another kind. Its fields are found as its text; short ones by their bigrams.
pub fn notice(notice: &Notice) -> Document {
    let content = &notice.content;
    let known = fields(content.kind);
    let of = |wanted: fn(&Field) -> bool| -> Vec<String> {
        let names = known.iter().filter(|field| wanted(field)).map(|field| content.field(field.name));
        names.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    };
    let is_text = |field: &Field| matches!(field.holds, Holds::Text(_));
    let is_short =
        |field: &Field| !field.names_operator && !matches!(field.holds, Holds::Text(_) | Holds::Day | Holds::Choice(_));
    // what happened stands before what the text says around it
    let text: Vec<String> = of(is_text).into_iter().chain([content.body.clone()]).collect();
    Document {
        id: document_id(content.kind.code(), notice.id),
        group: notice.id.simple().to_string(),
        kind: content.kind.code().into(),
        title: content.title.clone(),
        names: of(|field| field.names_operator),
        terms: of(is_short).into_iter().chain([content.source.clone()]).collect(),
        text: text.join("\n"),
        district: district_of_notice(content),
        body: Some(content.source.clone()),
        date: Some(days(notice.published_on)),
        payload: Payload::default().write(),
        ..Document::default()
    }
}

/// A sample.
pub fn sample(sample: &Sample) -> Document {
    let printed = &sample.printed;
    let names = [&printed.producer.name, &printed.seller.name, &printed.shop].into_iter().flatten();
    let items = printed.failed_items.iter().map(|failed| failed.item.clone());
    let others = [
        &printed.category,
        &printed.brand,
        &printed.spec,
        &printed.number,
        &printed.lot,
        &printed.producer.address,
        &printed.seller.address,
        &printed.platform,
        &printed.remark,
    ];
    let mut families: Vec<String> =
        printed.failed_items.iter().map(|failed| Family::of(&failed.item).code().to_owned()).collect();
    families.sort_unstable();
    families.dedup();
    let verdict = printed.verdict.map(|verdict| verdict.code().to_owned());
    Document {
        id: document_id(SAMPLE, sample.id),
        group: sample.bulletin.id.simple().to_string(),
        kind: SAMPLE.into(),
        title: printed.product.clone(),
        names: names.cloned().collect(),
        items: items.collect(),
        terms: others.into_iter().flatten().cloned().collect(),
        families: if printed.verdict == Some(Verdict::Failed) { families } else { Vec::new() },
        category: printed.category.clone(),
        district: district_of_sample(printed),
        body: printed.publisher.clone(),
        date: printed.published_on.map(days),
        payload: Payload { verdict: verdict.clone(), ..Payload::default() }.write(),
        verdict,
        ..Document::default()
    }
}

/// An entry of a register, in its register's group.
pub fn entry(register: &Notice, entry: &IndexedEntry) -> Document {
    let content = &register.content;
    let said = entry.words.split('\u{1f}').filter(|word| !word.is_empty() && *word != entry.title);
    let payload = Payload {
        register: Some(content.title.clone()),
        district: entry.district.clone(),
        path: Some(format!("/registers/{}/{}", entry.register, entry.id)),
        ..Payload::default()
    };
    Document {
        id: document_id(ENTRY, entry.id),
        group: register.id.simple().to_string(),
        kind: Kind::Register.code().into(),
        title: entry.title.clone(),
        names: entry.operator.iter().cloned().collect(),
        terms: said.map(str::to_owned).collect(),
        district: entry.district.clone(),
        body: Some(content.source.clone()),
        date: Some(days(entry.on_day.unwrap_or(register.published_on))),
        payload: payload.write(),
        ..Document::default()
    }
}

/// An operator.
pub fn operator(operator: &IndexedOperator) -> Document {
    let terms = [&operator.address, &operator.uscc, &operator.licence];
    let mut names = vec![operator.name.clone()];
    for alias in operator.merged.iter().map(String::as_str).chain(operator.aliases.lines()) {
        if !alias.is_empty() && !names.iter().any(|known| known == alias) {
            names.push(alias.to_owned());
        }
    }
    let district = operator.district.clone().or_else(|| operator.address.as_deref().and_then(district_of));
    let degree = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
    let point = degree(operator.lat_e6).zip(degree(operator.lon_e6));
    let place = PlacePayload { address: operator.address.clone(), kind: operator.kind.clone(), point };
    Document {
        id: document_id(OPERATOR, operator.id),
        kind: OPERATOR.into(),
        title: operator.name.clone(),
        names,
        terms: terms.into_iter().flatten().cloned().collect(),
        payload: Payload { district: district.clone(), place: Some(place), ..Payload::default() }.write(),
        district,
        place: operator.kind.clone(),
        point: point.map(|(lat_e6, lon_e6)| search::Point { lat_e6, lon_e6 }),
        ..Document::default()
    }
}
