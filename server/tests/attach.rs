//! The attachment gate against hostile and honest files, all made here.

#![expect(clippy::unwrap_used, reason = "a panic in a test is its report")]

#[path = "attach/docx.rs"]
mod docx;
#[path = "attach/fixtures.rs"]
mod fixtures;
#[path = "attach/fuzz.rs"]
mod fuzz;
#[path = "attach/images.rs"]
mod images;
#[path = "attach/packages.rs"]
mod packages;
#[path = "attach/pdf.rs"]
mod pdf;
#[path = "attach/pdf_text.rs"]
mod pdf_text;
#[path = "attach/words.rs"]
mod words;
#[path = "attach/xlsx.rs"]
mod xlsx;

use server::attach::{Checked, Limits, Refusal};

fn inspect(name: &str, bytes: &[u8]) -> Result<Checked, Refusal> {
    server::attach::inspect(name, bytes, &Limits::default())
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
