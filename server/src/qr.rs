//! QR codes as vectors.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// White modules around the picture (ISO/IEC 18004: four).
const QUIET: usize = 4;

/// A QR code in modules, with the white border around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules of a side
    pub side: usize,
    /// Column and row of each dark one
    pub dark: Vec<(usize, usize)>,
}

impl Qr {
    /// The code of a text; none where it is longer than a code holds (about 2300 bytes).
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let dark = colors.map(|(at, _)| (at % width + QUIET, at / width + QUIET)).collect();
        Some(Self { side: width + 2 * QUIET, dark })
    }

    /// One SVG path of the dark modules, in units of a module.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (x, y) in &self.dark {
            // a String takes whatever is written
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
        path
    }
}
