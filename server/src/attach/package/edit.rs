//! Small cuts in the XML of office files: what tells of the author's machine, and what would lead to dropped parts.

use super::super::Refusal;
use super::super::xml;

/// Checks that a part is well-formed and cuts what must not be published. UTF-16 becomes UTF-8.
pub(super) fn tidy(name: &str, content: &mut Vec<u8>) -> Result<(), Refusal> {
    xml::walk(content, |_| Ok(()))?;
    let is_wide = content.starts_with(&[0xff, 0xfe]) || content.starts_with(&[0xfe, 0xff]);
    let mut text = xml::decode(content)?.into_owned();
    if is_wide && let Some(end) = text.find("?>").filter(|_| text.starts_with("<?xml")) {
        text.drain(..end + 2);
    }
    let before = text.len();
    text = without_remarks(&text);
    if name.starts_with("xl/") {
        text = edit_tags(&text, "pageSetup", |tag| without_attribute(tag, "id"));
        text = edit_tags(&text, "absPath", |_| String::new());
        text = edit_tags(&text, "fileSharing", |tag| without_attribute(tag, "userName"));
    }
    if is_wide || text.len() != before {
        *content = text.into_bytes();
    }
    Ok(())
}

/// Without comments and instructions to programs, which nobody sees; the declaration at the start stays.
fn without_remarks(text: &str) -> String {
    let start = if text.starts_with("<?xml") { text.find("?>").map_or(0, |end| end + 2) } else { 0 };
    let (head, mut rest) = text.split_at(start);
    let mut kept = head.to_owned();
    loop {
        let marks = [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")];
        let found = marks.into_iter().filter_map(|(open, close)| Some((rest.find(open)?, open, close))).min();
        let Some((at, open, close)) = found else { break };
        let Some(end) = rest[at + open.len()..].find(close).map(|end| at + open.len() + end + close.len()) else {
            break;
        };
        kept.push_str(&rest[..at]);
        if open == "<![CDATA[" {
            kept.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// Replaces every start or empty tag with this local name; a removed one must be an empty tag.
fn edit_tags(text: &str, local: &str, edit: impl Fn(&str) -> String) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let Some(length) = rest[at..].find('>') else { break };
        let tag = &rest[at..=at + length];
        let name = tag[1..].split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
        edited.push_str(&rest[..at]);
        let new = if name.rsplit(':').next() == Some(local) { edit(tag) } else { tag.to_owned() };
        let keeps_shape = !new.is_empty() || tag.ends_with("/>");
        edited.push_str(if keeps_shape { &new } else { tag });
        rest = &rest[at + length + 1..];
    }
    edited.push_str(rest);
    edited
}

/// The tag without the attribute of this local name.
fn without_attribute(tag: &str, local: &str) -> String {
    let mut from = 0;
    while let Some(equals) = tag[from..].find('=').map(|at| at + from) {
        let start = tag[..equals].rfind(char::is_whitespace).unwrap_or(0);
        let name = tag[start..equals].trim();
        let Some(quote) = tag[equals + 1..].chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some(end) = tag[equals + 2..].find(quote).map(|at| at + equals + 3) else { break };
        if name.rsplit(':').next() == Some(local) {
            return format!("{}{}", &tag[..start], &tag[end..]);
        }
        from = end;
    }
    tag.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{edit_tags, without_attribute, without_remarks};

    #[test]
    fn an_attribute_is_cut_out_whole() {
        assert_eq!(
            without_attribute(r#"<pageSetup paperSize="9" r:id="rId1"/>"#, "id"),
            r#"<pageSetup paperSize="9"/>"#
        );
        assert_eq!(without_attribute("<a x='=id=' id='q' z=\"1\">", "id"), "<a x='=id=' z=\"1\">");
        assert_eq!(without_attribute("<a grid='1'/>", "id"), "<a grid='1'/>");
    }

    #[test]
    fn remarks_go_and_what_only_looks_like_one_stays() {
        let text = "<?xml version='1.0'?><a><!-- <b> --><![CDATA[<!-- x -->]]><?mso y?>z</a><!---->";
        assert_eq!(without_remarks(text), "<?xml version='1.0'?><a><![CDATA[<!-- x -->]]>z</a>");
    }

    #[test]
    fn only_tags_of_that_name_change() {
        let text = "<a><x:b id='1'/><bc id='1'/></a>";
        assert_eq!(edit_tags(text, "b", |tag| without_attribute(tag, "id")), "<a><x:b/><bc id='1'/></a>");
        assert_eq!(edit_tags(text, "b", |_| String::new()), "<a><bc id='1'/></a>");
    }
}
