//! What may be in an office file.

use super::super::kind::extension;
use super::super::parts::{HEAD, Parts, Relation, Types};
use super::super::{Refusal, link};
use super::Office;

/// Refuses packages whose types speak of macros.
pub(super) fn check_types(types: &Types) -> Result<(), Refusal> {
    for content in types.all().map(|content| content.to_lowercase()) {
        let has = |words: &[&str]| words.iter().any(|word| content.contains(word));
        if has(&["macroenabled", "vbaproject", "macrosheet", "vbadata", "dialogsheet", "xlintlmacro"]) {
            return Err(Refusal::Macros);
        }
        if has(&["activex"]) {
            return Err(Refusal::ActiveContent("ActiveX"));
        }
        if has(&["oleobject"]) {
            return Err(Refusal::ActiveContent("OLE"));
        }
        if has(&["externallink", "querytable", "connections+xml"]) {
            return Err(Refusal::ExternalReference);
        }
    }
    Ok(())
}

/// Refuses parts by their names, whatever their types say and whether or not anything leads to them.
pub(super) fn check_names(parts: &Parts) -> Result<(), Refusal> {
    for name in parts.keys().map(|name| name.to_lowercase()) {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["vbaproject", "vbadata", "macrosheets/", "dialogsheets/"]) {
            return Err(Refusal::Macros);
        }
        if has(&["activex/"]) {
            return Err(Refusal::ActiveContent("ActiveX"));
        }
        if has(&["embeddings/", "oleobject"]) {
            return Err(Refusal::ActiveContent("OLE"));
        }
        if has(&["customui/", "usercustomization/", "webextensions/", "taskpanes"]) {
            return Err(Refusal::ActiveContent("add-in"));
        }
        if has(&["externallinks/", "querytables/", "xl/connections.xml", "xl/model/"]) {
            return Err(Refusal::ExternalReference);
        }
    }
    Ok(())
}

/// Refuses relationships that fetch or start something.
pub(super) fn check_relations(owner: &str, relations: &[Relation]) -> Result<(), Refusal> {
    for relation in relations {
        match relation.kind().as_str() {
            "vbaproject" | "wordvbadata" | "xlmacrosheet" | "xlintlmacrosheet" | "dialogsheet" => {
                return Err(Refusal::Macros);
            }
            "oleobject" | "package" => return Err(Refusal::ActiveContent("OLE")),
            "control" | "activexcontrolbinary" => return Err(Refusal::ActiveContent("ActiveX")),
            "extensibility" | "usercustomization" | "webextension" | "webextensiontaskpanes" => {
                return Err(Refusal::ActiveContent("add-in"));
            }
            "afchunk" => return Err(Refusal::ActiveContent("altChunk")),
            "video" | "audio" | "media" => return Err(Refusal::ActiveContent("media")),
            "attachedtemplate"
            | "externallink"
            | "externallinkpath"
            | "subdocument"
            | "frame"
            | "connections"
            | "querytable"
            | "mailmergesource"
            | "mailmergeheadersource"
            | "powerpivotdata" => {
                return Err(Refusal::ExternalReference);
            }
            kind if relation.external && (kind != "hyperlink" || !link::is_safe(&relation.target)) => {
                return Err(Refusal::ExternalReference);
            }
            _ => {}
        }
        if owner.is_empty() && relation.external {
            return Err(Refusal::ExternalReference);
        }
    }
    Ok(())
}

/// Whether a part is read as XML.
pub(super) fn is_xml(name: &str) -> bool {
    matches!(extension(name).as_str(), "xml" | "rels" | "vml")
}

/// Parts that are only about the file: who made it, with which printer, what it looked like.
pub(super) fn is_dropped(name: &str, content: &str, office: &Office) -> bool {
    let name = name.to_lowercase();
    let is_empty_picture_of_file = name.starts_with("docprops/") && !is_xml(&name);
    is_empty_picture_of_file
        || name.starts_with("docmetadata/")
        || name.contains("printersettings")
        || content.ends_with("custom-properties+xml")
        || content.ends_with("printersettings")
        || content.ends_with("wordprocessingml.people+xml")
        || content.ends_with(".person+xml") && office.of_type("threadedcomments+xml").is_empty()
        || content.ends_with("digital-signature-origin")
        || content.ends_with("digital-signature-xmlsignature+xml")
}

/// What replaces the properties of a document.
pub(super) fn emptied(name: &str, content: &str) -> Option<Vec<u8>> {
    let body = if content.ends_with("core-properties+xml") || name.eq_ignore_ascii_case("docProps/core.xml") {
        r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"#
    } else if content.ends_with("extended-properties+xml") || name.eq_ignore_ascii_case("docProps/app.xml") {
        r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"#
    } else {
        return None;
    };
    Some(format!("{HEAD}{body}").into_bytes())
}

/// Parts whose text is settings, not words.
pub(super) fn is_wordless(content: &str) -> bool {
    ["theme+xml", "styles+xml", "calcchain+xml", "fonttable+xml"].iter().any(|ending| content.ends_with(ending))
}
