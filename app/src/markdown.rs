//! Markdown as officers write it into HTML that can do no harm: raw HTML is dropped, links lead only where people can
//! see it, pictures come only from this site's own attachments, and a sanitiser looks at the result once more.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::text::zh;

/// Elements within each other at most; deeper ones lose their frame and keep their text.
const DEEPEST: usize = 12;
/// Where this site's own pictures are.
const ATTACHMENTS: &str = "/attachments/";

/// HTML of a Markdown text. Headings start at `<h2>` and leave no level out; a line break typed is a line break shown.
#[must_use]
pub fn render(text: &str) -> String {
    let mut shaper = Shaper::default();
    let events = Parser::new_ext(text, options()).flat_map(|event| shaper.shape(event));
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events);
    SANITISER.clean(&out).to_string()
}

/// The words of a Markdown text without its marks, cut after `most` characters.
#[must_use]
pub fn plain(text: &str, most: usize) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
            _ => {}
        }
        // enough even when every second character is a space
        if out.len() > most.saturating_mul(8) {
            break;
        }
    }
    cut(&out.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// Text cut after so many characters.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// Turns what the parser says into what a page shows.
#[derive(Default)]
struct Shaper {
    /// For each open element whether it is written
    open: Vec<bool>,
    /// How many of them are
    depth: usize,
    /// Level of the heading before, as typed and as shown
    headings: Vec<(usize, usize)>,
    /// Alignments of the open table, the next cell, and whether it is in the head
    table: (Vec<Alignment>, usize, bool),
}

impl Shaper {
    fn shape<'a>(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(_) | Event::InlineHtml(_) => Vec::new(),
            Event::SoftBreak => vec![Event::HardBreak],
            other => vec![other],
        }
    }

    fn start<'a>(&mut self, tag: Tag<'a>) -> Vec<Event<'a>> {
        let tag = match tag {
            Tag::Heading { level, .. } => {
                Tag::Heading { level: self.heading(level), id: None, classes: Vec::new(), attrs: Vec::new() }
            }
            other => other,
        };
        let in_table = matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell);
        let written = in_table || self.depth < DEEPEST && is_shown(&tag);
        self.open.push(written);
        self.depth += usize::from(written);
        if !written {
            return Vec::new();
        }
        match tag {
            Tag::Table(alignments) => {
                self.table.0.clone_from(&alignments);
                let frame = format!("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">", zh().table);
                vec![Event::Html(frame.into()), Event::Start(Tag::Table(alignments))]
            }
            Tag::TableHead | Tag::TableRow => {
                (self.table.1, self.table.2) = (0, tag == Tag::TableHead);
                vec![Event::Start(tag)]
            }
            Tag::TableCell => {
                let class = match self.table.0.get(self.table.1) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                self.table.1 += 1;
                let open = if self.table.2 { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
                vec![Event::Html(open.into())]
            }
            other => vec![Event::Start(other)],
        }
    }

    fn end<'a>(&mut self, tag: TagEnd) -> Vec<Event<'a>> {
        let written = self.open.pop().unwrap_or(false);
        self.depth -= usize::from(written);
        if !written {
            return Vec::new();
        }
        match tag {
            TagEnd::Heading(_) => {
                let shown = self.headings.last().map_or(2, |heading| heading.1);
                vec![Event::End(TagEnd::Heading(level(shown)))]
            }
            TagEnd::Table => vec![Event::End(tag), Event::Html("</div>".into())],
            TagEnd::TableCell => vec![Event::Html(if self.table.2 { "</th>" } else { "</td>" }.into())],
            other => vec![Event::End(other)],
        }
    }

    /// The first heading is an `<h2>`; a deeper one goes down by one; the same level typed is the same level shown.
    fn heading(&mut self, typed: HeadingLevel) -> HeadingLevel {
        let typed = typed as usize;
        while self.headings.last().is_some_and(|(before, _)| *before > typed) {
            self.headings.pop();
        }
        let shown = match self.headings.last() {
            Some((before, shown)) if *before == typed => *shown,
            Some((_, shown)) => (shown + 1).min(6),
            None => 2,
        };
        if self.headings.last().is_none_or(|(before, _)| *before != typed) {
            self.headings.push((typed, shown));
        }
        level(shown)
    }
}

fn level(number: usize) -> HeadingLevel {
    HeadingLevel::try_from(number).unwrap_or(HeadingLevel::H6)
}

fn is_shown(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Link { dest_url, .. } => is_link(dest_url),
        Tag::Image { dest_url, .. } => is_own_picture(dest_url),
        Tag::HtmlBlock => false,
        _ => true,
    }
}

/// `https:`, `mailto:`, a place on this site or on this page.
fn is_link(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("mailto:") || is_here(address)
}

/// A path of this site; `//host` and `/\host` would lead elsewhere.
fn is_here(address: &str) -> bool {
    address.starts_with('#') || address.starts_with('/') && !address[1..].starts_with(['/', '\\'])
}

fn is_own_picture(address: &str) -> bool {
    address.strip_prefix(ATTACHMENTS).is_some_and(|id| uuid::Uuid::try_parse(id).is_ok())
}

/// For the sanitiser: other relative addresses lose their attribute.
fn only_here(address: &str) -> Option<Cow<'_, str>> {
    is_here(address).then_some(Cow::Borrowed(address))
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "strong",
            "em",
            "del",
            "ul",
            "ol",
            "li",
            "blockquote",
            "code",
            "pre",
            "hr",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "img",
            "div",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt"])),
            ("ol", HashSet::from(["start"])),
            ("th", HashSet::from(["scope"])),
            ("div", HashSet::from(["tabindex", "role", "aria-label"])),
        ]))
        .generic_attributes(HashSet::new())
        .allowed_classes(HashMap::from([
            ("div", HashSet::from(["wide"])),
            ("th", HashSet::from(["right", "center"])),
            ("td", HashSet::from(["right", "center"])),
        ]))
        .url_schemes(HashSet::from(["https", "mailto"]))
        .url_relative(UrlRelative::Custom(Box::new(only_here)))
        .link_rel(Some("noopener"));
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_officers_write_is_shown() {
        let html = render(
            "# 一、总体情况\n\n共**12**批次\n不合格 1 批次\n\n### 二级\n\n|食品|批次|\n|---|--:|\n|大米|12|\n\n- 甲\n- 乙\n\n见 [公告](https://a.gov.cn/x?a=1&b=2)、[首页](/bulletins)",
        );
        assert_eq!(
            html,
            "<h2>一、总体情况</h2>\n<p>共<strong>12</strong>批次<br>\n不合格 1 批次</p>\n<h3>二级</h3>\n\
             <div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"表格\"><table><thead><tr>\
             <th scope=\"col\">食品</th><th scope=\"col\" class=\"right\">批次</th></tr></thead><tbody>\n\
             <tr><td>大米</td><td class=\"right\">12</td></tr>\n</tbody></table>\n</div>\n<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n\
             <p>见 <a href=\"https://a.gov.cn/x?a=1&amp;b=2\" rel=\"noopener\">公告</a>、\
             <a href=\"/bulletins\" rel=\"noopener\">首页</a></p>\n"
        );
    }

    #[test]
    fn headings_leave_no_level_out() {
        let levels = |text: &str| {
            let html = render(text);
            html.match_indices("<h").map(|(at, _)| html[at + 2..=at + 2].to_owned()).collect::<String>()
        };
        assert_eq!(levels("###### a\n\n# b\n\n### c\n\n### d\n\n#### e\n\n# f"), "223342");
        assert_eq!(levels("# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f\n"), "234566");
    }

    #[test]
    fn nothing_hostile_comes_through() {
        let id = "0198f2c0-0000-7000-8000-000000000000";
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div style=\"position:fixed\" id=main>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt&#58;alert(1))",
            "[x](java&#x0A;script:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "[x](http://plain.example.cn/)",
            "[x](//elsewhere.example.com/)",
            "[x](/\\elsewhere.example.com/)",
            "[x](\\\\elsewhere.example.com)",
            "<javascript:alert(1)>",
            "![x](https://elsewhere.example.com/pixel.png)",
            "![x](/attachments/../api)",
            "![x](/log/checkpoint)",
            "[x][y]\n\n[y]: javascript:alert(1)",
            "```html\" onclick=\"x\n</code></pre><script>alert(1)</script>\n```",
            "| <svg onload=x> | \n|---|\n| </td><iframe src=x> |",
            "# a {#main .card onclick=x}",
            "[x](https://a.cn \"\\\" onmouseover=alert(1)\")",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<!--[if IE]><script>x</script>-->",
            "<style>body{display:none}</style>",
            "<math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
        ] {
            let html = render(hostile);
            let tags: Vec<&str> =
                html.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default()).collect();
            for tag in tags {
                for bad in [
                    "script",
                    "onerror",
                    "onload",
                    "onclick",
                    "onmouse",
                    "style",
                    " id=",
                    "data:",
                    "iframe",
                    "svg",
                    "img",
                    "elsewhere",
                    "http:",
                    "math",
                ] {
                    assert!(!tag.to_lowercase().contains(bad), "{hostile} gives {html}");
                }
            }
        }
        let own = render(&format!("![图](/attachments/{id})"));
        assert_eq!(own, format!("<p><img src=\"/attachments/{id}\" alt=\"图\"></p>\n"));
    }

    #[test]
    fn deep_nesting_is_flat_and_quick() {
        for text in [
            ">".repeat(100_000),
            "- ".repeat(50_000),
            "*a **b ".repeat(14_000),
            "[".repeat(100_000),
            "|a".repeat(40_000) + "\n" + &"|-".repeat(40_000),
        ] {
            let html = render(&text);
            assert!(html.matches("<blockquote>").count() <= DEEPEST && html.matches("<ul>").count() <= 50_000);
        }
        assert!(render(&format!("{}字", "> ".repeat(40))).contains('字'));
    }

    #[test]
    fn words_without_marks() {
        assert_eq!(plain("# 题\n\n**一** [二](https://a.cn) <b>三</b>\n四", 100), "题 一 二 三 四");
        assert_eq!(plain("一二三四五", 3), "一二三…");
        assert_eq!(cut("一二三", 3), "一二三");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_only_known_tags(text in "[<>\\[\\]()!*_`#|:/\\\\a-c \\n\"'&;=-]{0,200}") {
            let html = render(&text);
            proptest::prop_assert_eq!(&SANITISER.clean(&html).to_string(), &html);
        }
    }
}
