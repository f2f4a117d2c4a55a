//! A feed as JSON (jsonfeed.org, version 1.1).

use serde::Serialize;

use super::{Entry, Feed, atom::moment};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'static str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    /// An item must have content; a summary is the text that there is
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    tags: [&'a str; 1],
}

fn item(entry: &Entry) -> Item<'_> {
    let content = if entry.summary.is_empty() { &entry.title } else { &entry.summary };
    Item {
        id: format!("urn:uuid:{}", entry.id),
        url: &entry.link,
        title: &entry.title,
        content_text: content,
        date_published: format!("{}T00:00:00+08:00", entry.published),
        date_modified: moment(entry.updated),
        authors: [Author { name: &entry.author }].into_iter().filter(|author| !author.name.is_empty()).collect(),
        tags: [entry.category],
    }
}

impl Feed {
    /// The document.
    pub fn json(&self) -> String {
        let document = Document {
            version: VERSION,
            title: &self.title,
            home_page_url: &self.page,
            feed_url: &self.address,
            language: "zh-CN",
            authors: [Author { name: &self.author }],
            items: self.entries.iter().map(item).collect(),
        };
        // nothing in it can't be written: text and lists only
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }
}
