//! A feed as XML.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};

use super::Feed;
use crate::http::xml::escaped;

/// RFC 3339, as RFC 4287 asks for.
pub fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Feed {
    /// The document.
    pub fn atom(&self) -> String {
        let updated = self.entries.iter().map(|entry| entry.updated).max().unwrap_or(DateTime::UNIX_EPOCH);
        let (title, author) = (escaped(&self.title), escaped(&self.author));
        let (address, page) = (escaped(&self.address), escaped(&self.page));
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
             <id>{address}</id>\n<title>{title}</title>\n<updated>{}</updated>\n<author><name>{author}</name></author>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{address}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n",
            moment(updated)
        );
        for entry in &self.entries {
            let category = escaped(entry.category);
            let _ = writeln!(
                xml,
                "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<published>{}T00:00:00+08:00</published>\n\
                 <updated>{}</updated>\n<author><name>{}</name></author>\n<category term=\"{category}\"/>\n\
                 <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>",
                entry.id,
                escaped(&entry.title),
                entry.published,
                moment(entry.updated),
                escaped(&entry.author),
                escaped(&entry.link),
                escaped(&entry.summary),
            );
        }
        xml.push_str("</feed>\n");
        xml
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::{Reader, events::Event};

    use super::*;
    use crate::http::feeds::Entry;
    use uuid::Uuid;

    #[test]
    fn a_feed_is_well_formed_whatever_stands_in_it() {
        let hostile = "甲]]><b> & \"乙\"\u{0}\u{8}\u{ffff}</title>";
        let entry = Entry {
            id: Uuid::from_u128(7),
            title: hostile.into(),
            summary: hostile.into(),
            link: "https://a.cn/x?a=1&b=\"2\"".into(),
            author: hostile.into(),
            category: "行政处罚",
            published: "2026-03-01".parse().unwrap(),
            updated: DateTime::from_timestamp(1_795_500_000, 5_000).unwrap(),
        };
        let feed = Feed {
            title: hostile.into(),
            author: hostile.into(),
            address: "https://a.cn/feeds/all.atom".into(),
            page: "https://a.cn/publications".into(),
            entries: vec![entry],
        };
        let xml = feed.atom();
        let mut reader = Reader::from_str(&xml);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) => {
                    assert!(start.attributes().all(|attribute| attribute.is_ok()));
                    names.push(start.name().as_ref().to_owned());
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(names.iter().filter(|name| *name == "title").count(), 2);
        assert!(!names.contains(&"b".to_owned()));
        assert!(xml.contains("<id>urn:uuid:00000000-0000-0000-0000-000000000007</id>"));
        assert!(xml.contains("<updated>2026-11-24T06:00:00Z</updated>"));
        assert!(!xml.contains(['\u{0}', '\u{8}', '\u{ffff}']));
    }
}
