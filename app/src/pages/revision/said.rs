//! What a revision said, read from what the public log keeps of it.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;

use crate::{
    domain::{
        publication::{Kind, content::Content, field::fields},
        register::Register,
        sample::SampleDraft,
    },
    markdown,
    pages::notice_paragraphs,
    ports::EarlierRevision,
    text::{self, zh},
};

/// A revision's content in the one shape in which revisions are compared.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Names and values, those without a value too
    pub fields: Vec<(String, String)>,
    /// The text
    pub body: String,
    /// Of a bulletin
    pub samples: Vec<SampleDraft>,
    /// Of a register
    pub entries: Option<Entries>,
}

/// The entries of a register as a revision said them.
#[derive(Clone, Debug)]
pub struct Entries {
    /// The register, where it is still known
    pub register: Option<Arc<Register>>,
    /// How many there were
    pub count: usize,
    /// What the revision changed: added, changed, removed, unchanged
    pub changes: (usize, usize, usize, usize),
    /// Their lines in the public log; none where they are not shown any more
    pub lines: Vec<String>,
}

/// What a register's leaf commits to beside its content.
#[derive(Deserialize)]
struct Logged {
    entries: Count,
    changes: Changes,
}

#[derive(Deserialize)]
struct Count {
    count: usize,
}

#[derive(Deserialize)]
struct Changes {
    added: usize,
    changed: usize,
    removed: usize,
    unchanged: usize,
}

/// A bulletin as its leaf commits to it.
#[derive(Deserialize)]
struct Bulletin {
    title: String,
    issue_no: Option<String>,
    published_on: NaiveDate,
    source: String,
    intro: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    originals: Vec<Original>,
}

#[derive(Deserialize)]
struct Original {
    name: String,
}

impl Said {
    /// Reads a revision; `None` where its content is not shown, or of a form that nobody knows any more.
    pub fn of(kind: Kind, revision: &EarlierRevision, registers: &[Arc<Register>]) -> Option<Self> {
        let content = revision.content.clone()?;
        if kind == Kind::Register {
            return Self::register(content, revision, registers);
        }
        if kind == Kind::Bulletin {
            let samples = revision.lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
            return serde_json::from_value::<Bulletin>(content).ok().map(|bulletin| Self::bulletin(bulletin, samples));
        }
        serde_json::from_value::<Content>(content).ok().map(Self::notice)
    }

    fn bulletin(bulletin: Bulletin, samples: Vec<SampleDraft>) -> Self {
        let name = |name: &str| text::label(Kind::Bulletin, name).to_owned();
        let originals: Vec<String> = bulletin.originals.into_iter().map(|original| original.name).collect();
        let fields = vec![
            (name("title"), bulletin.title),
            (name("source"), bulletin.source),
            (name("published_on"), text::day(bulletin.published_on)),
            (name("issue_no"), bulletin.issue_no.unwrap_or_default()),
            (zh().originals.to_owned(), originals.join("、")),
        ];
        let body: Vec<String> = bulletin.intro.into_iter().chain(bulletin.notes).collect();
        Self { fields, body: body.join("\n"), samples, entries: None }
    }

    fn register(content: serde_json::Value, revision: &EarlierRevision, registers: &[Arc<Register>]) -> Option<Self> {
        let logged: Logged = serde_json::from_value(content.clone()).ok()?;
        let content: Content = serde_json::from_value(content).ok()?;
        let register = registers.iter().find(|register| register.code == content.field("register")).cloned();
        let changes = logged.changes;
        let entries = Entries {
            register,
            count: logged.entries.count,
            changes: (changes.added, changes.changed, changes.removed, changes.unchanged),
            lines: revision.lines.clone(),
        };
        let mut said = Self::notice(content);
        // its title says which register it is
        let code = text::label(Kind::Register, "register");
        said.fields.retain(|(name, _)| name != code);
        Some(Self { entries: Some(entries), ..said })
    }

    fn notice(content: Content) -> Self {
        let kind = content.kind;
        let name = |name: &str| text::label(kind, name).to_owned();
        let mut all = vec![
            (name("title"), content.title.clone()),
            (name("source"), content.source.clone()),
            (name("published_on"), content.published_on.map(text::day).unwrap_or_default()),
        ];
        let own = fields(kind).iter().filter(|field| field.shown);
        all.extend(own.map(|field| (name(field.name), text::value(field, content.field(field.name)))));
        let files: Vec<&str> = content.attachments.iter().map(|file| file.name.as_str()).collect();
        all.push((name("attachments"), files.join("、")));
        Self { fields: all, body: content.body, ..Self::default() }
    }
}

/// All that the revision said.
#[component]
pub fn Saying(kind: Kind, said: Said) -> impl IntoView {
    let filled = said.fields.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = filled.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{notice_paragraphs(&value)}</dd></div> });
    let body = said.body;
    let body = (!body.trim().is_empty()).then(|| {
        if kind == Kind::Bulletin {
            view! { <div class="prose">{notice_paragraphs(&body)}</div> }.into_any()
        } else {
            view! { <div class="prose" inner_html=markdown::render(&body)></div> }.into_any()
        }
    });
    let samples = said.samples.len();
    let entries =
        said.entries.map(|entries| view! { <p class="note">{text::registers::in_revision(entries.count)}</p> });
    view! {
        <section aria-labelledby="said">
            <h2 id="said">{zh().what_it_said}</h2>
            <dl class="facts">{facts.collect_view()}</dl>
            {body}
            {entries}
            {(samples > 0).then(|| view! { <p class="note">{text::samples_in_revision(samples)}</p> })}
        </section>
    }
    .into_any()
}
