//! Fields of a DOCX: most are page numbers; some fetch or start something.

use super::super::Refusal;

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Instructions that show or lead to something, for the redaction check.
    pub(super) said: String,
}

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    is_separated: bool,
}

impl Fields {
    /// A `fldChar` of this type.
    pub(super) fn mark(&mut self, kind: &str) -> Result<(), Refusal> {
        match kind {
            "begin" => self.open.push(Field::default()),
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.is_separated = true;
                }
            }
            "end" => {
                if let Some(field) = self.open.pop() {
                    let is_built = self.open.last().is_some_and(|outer| !outer.is_separated);
                    self.check(&field.instruction, is_built)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Text of an instruction; it may come in pieces.
    pub(super) fn push(&mut self, text: &str) {
        if self.open.is_empty() {
            self.open.push(Field::default());
        }
        if let Some(field) = self.open.last_mut() {
            field.instruction.push_str(text);
        }
    }

    /// At the end of a part: what was never closed counts too.
    pub(super) fn finish(&mut self) -> Result<(), Refusal> {
        while let Some(field) = self.open.pop() {
            self.check(&field.instruction, false)?;
        }
        Ok(())
    }

    /// Refuses an instruction that fetches or starts something; `is_built`: it makes up a part of another instruction.
    pub(super) fn check(&mut self, instruction: &str, is_built: bool) -> Result<(), Refusal> {
        let word = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
        match word.as_str() {
            "DDE" | "DDEAUTO" => return Err(Refusal::ActiveContent("DDE")),
            "QUOTE" if is_built => return Err(Refusal::ActiveContent("DDE")),
            "MACROBUTTON" | "HTMLCONTROL" | "PRINT" | "EMBED" => return Err(Refusal::ActiveContent("field")),
            "LINK" | "INCLUDETEXT" | "INCLUDEPICTURE" | "INCLUDE" | "IMPORT" | "DATABASE" | "RD" | "MERGEFIELD" => {
                return Err(Refusal::ExternalReference);
            }
            "" | "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "TOC" | "PAGEREF" | "SEQ" | "FORMTEXT" | "FORMCHECKBOX" => {}
            _ => {
                self.said.push_str(instruction.trim());
                self.said.push('\n');
            }
        }
        Ok(())
    }
}
