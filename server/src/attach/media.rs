//! Pictures and fonts inside office files.

use super::kind::{JPEG, PNG};
use super::{Kind, Refusal, image, kind};

/// How many pixels the pictures of one document may still have.
pub(super) struct Budget {
    left: u64,
    each: u64,
}

impl Budget {
    pub(super) fn new(each: u64) -> Self {
        Self { left: each.saturating_mul(2), each }
    }

    /// A picture cleaned as if it had been uploaded alone.
    fn clean(&mut self, kind: Kind, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        let (width, height) = image::dimensions(kind, bytes)?;
        let pixels = u64::from(width) * u64::from(height);
        if pixels > self.left {
            return Err(Refusal::TooManyPixels { width, height, limit: self.each });
        }
        self.left -= pixels;
        image::clean(kind, bytes, self.each)
    }
}

/// A part that is not XML, cleaned; parts of other kinds than pictures and Word's embedded fonts are refused.
pub(super) fn clean(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Refusal> {
    if bytes.starts_with(PNG) {
        return budget.clean(Kind::Png, bytes);
    }
    if bytes.starts_with(JPEG) {
        return budget.clean(Kind::Jpeg, bytes);
    }
    if let Some(refusal) = kind::markup(bytes) {
        return Err(refusal);
    }
    let extension = kind::extension(name);
    let fits = match extension.as_str() {
        "gif" => bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
        "bmp" | "dib" => bytes.starts_with(b"BM"),
        "emf" => bytes.starts_with(&[1, 0, 0, 0]) && bytes.get(40..44) == Some(b" EMF"),
        "wmf" => bytes.starts_with(&[0xd7, 0xcd, 0xc6, 0x9a]) || bytes.starts_with(&[1, 0, 9, 0]),
        "odttf" => !bytes.is_empty(),
        _ => false,
    };
    if fits { Ok(bytes.to_vec()) } else { Err(Refusal::UnsupportedMedia { name: name.to_owned() }) }
}
