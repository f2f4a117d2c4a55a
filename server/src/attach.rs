//! The gate every attachment passes: bytes in, a cleaned copy and its words out, or a refusal.
//!
//! Nothing here reads or writes a file, a clock or a network. What a file is, is decided by its content; what is kept
//! is always written anew from what was understood, so that nothing that was not looked at can be served.

mod colour;
mod docx;
mod image;
mod jpeg;
mod kind;
mod link;
mod media;
mod package;
mod parts;
mod pdf;
mod polyglot;
mod xlsx;
mod xml;

pub use app::domain::attachment::{Concern, Kind, Place, Refusal};

/// What one uploaded file may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub bytes: usize,
    /// Largest image, in pixels (width × height); for all images inside one document, twice that.
    pub pixels: u64,
    /// Most that a document may unpack to, in bytes, all parts together.
    pub unpacked: u64,
    /// Most parts in a DOCX or XLSX.
    pub parts: usize,
    /// Most pages of a PDF.
    pub pages: usize,
    /// Most drawing operations of a PDF, all pages together.
    pub operations: usize,
    /// Longest text kept, in bytes; a document with more is refused, because it could not be checked whole.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            pixels: 50_000_000,
            unpacked: 192 << 20,
            parts: 4_000,
            pages: 2_000,
            operations: 8_000_000,
            text: 32 << 20,
        }
    }
}

/// A file that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it is, by content.
    pub kind: Kind,
    /// What is stored and served: written anew, without metadata.
    pub bytes: Vec<u8>,
    /// Every text layer of the file in reading order where there is one; empty for images.
    pub text: String,
    /// What must be put right before the file is published.
    pub concerns: Vec<Concern>,
}

/// Looks at a file and cleans it.
///
/// `name` is what the uploader calls it: only its extension is compared. The work is bounded by `limits`.
pub fn inspect(name: &str, bytes: &[u8], limits: &Limits) -> Result<Checked, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge { limit: limits.bytes });
    }
    let sniffed = kind::sniff(bytes)?;
    let checked = match sniffed {
        kind::Sniffed::Image(kind) => {
            kind::agree(name, kind)?;
            let bytes = image::clean(kind, bytes, limits.pixels)?;
            Checked { kind, bytes, text: String::new(), concerns: Vec::new() }
        }
        kind::Sniffed::Pdf => {
            kind::agree(name, Kind::Pdf)?;
            pdf::inspect(bytes, limits)?
        }
        kind::Sniffed::Zip => package::inspect(name, bytes, limits)?,
    };
    if checked.text.len() > limits.text {
        return Err(Refusal::TooLarge { limit: limits.text });
    }
    Ok(checked)
}

/// Whether it begins as a picture that is taken.
pub(crate) fn is_picture(bytes: &[u8]) -> bool {
    matches!(kind::sniff(bytes), Ok(kind::Sniffed::Image(_))) || kind::is_webp(bytes)
}

/// Cleans a picture or PDF that is kept for a few eyes and never published: what acts by itself is taken out of a PDF
/// instead of refusing it, what would only keep it from publication is no matter, and its name does not count.
pub fn private(bytes: &[u8], limits: &Limits) -> Result<(Kind, Vec<u8>), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge { limit: limits.bytes });
    }
    if kind::is_webp(bytes) {
        return image::from_webp(bytes, limits.pixels);
    }
    match kind::sniff(bytes)? {
        kind::Sniffed::Image(kind) => Ok((kind, image::clean(kind, bytes, limits.pixels)?)),
        kind::Sniffed::Pdf => Ok((Kind::Pdf, pdf::disarmed(bytes, limits)?.bytes)),
        kind::Sniffed::Zip => Err(Refusal::Legacy),
    }
}

/// Collects concerns: each once, and not endlessly many.
#[derive(Debug, Default)]
struct Concerns(Vec<Concern>);

impl Concerns {
    /// Enough to show that there is much to do.
    const MOST: usize = 200;

    fn add(&mut self, concern: Concern) {
        if self.0.len() < Self::MOST && !self.0.contains(&concern) {
            self.0.push(concern);
        }
    }
}

/// The beginning of a text, for showing where it is.
fn sample(text: &str) -> String {
    text.trim().chars().take(20).collect()
}
