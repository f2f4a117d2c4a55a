//! The colours of a workbook: written out, by number, or from its theme.

use super::super::Refusal;
use super::super::colour::Rgb;
use super::super::xml::{self, Step, Tag};

/// The colours of the theme, in the order in which cells number them (white before black).
#[derive(Debug)]
pub(super) struct Palette {
    theme: Vec<Rgb>,
}

impl Default for Palette {
    fn default() -> Self {
        let office =
            [0xff_ffff, 0, 0xee_ece1, 0x1f_497d, 0x4f_81bd, 0xc0_504d, 0x9b_bb59, 0x80_64a2, 0x4b_acc6, 0xf7_9646];
        Self { theme: office.map(of_number).to_vec() }
    }
}

impl Palette {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        const ORDER: [&str; 10] =
            ["lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"];
        let mut palette = Self::default();
        let mut slot = None;
        xml::walk(bytes, |step| {
            match step {
                Step::Open(tag) => {
                    let value = tag.get("lastClr").or_else(|| tag.get("val"));
                    let colour = value.as_deref().and_then(Rgb::parse);
                    match (tag.name(), slot, colour) {
                        ("srgbClr" | "sysClr", Some(at), Some(colour)) => palette.theme[at] = colour,
                        (name, None, _) => slot = ORDER.iter().position(|known| *known == name),
                        _ => {}
                    }
                }
                Step::Close(name) if ORDER.contains(&name) => slot = None,
                _ => {}
            }
            Ok(())
        })?;
        Ok(palette)
    }

    /// The colour that an element such as `color` or `fgColor` names.
    pub(super) fn colour(&self, tag: &Tag<'_>) -> Option<Rgb> {
        let number = |name| tag.get(name).and_then(|value| value.trim().parse::<usize>().ok());
        let base = if let Some(rgb) = tag.get("rgb") {
            Rgb::parse(&rgb)?
        } else if let Some(index) = number("theme") {
            *self.theme.get(index)?
        } else {
            indexed(number("indexed")?)?
        };
        let tint = tag.get("tint").and_then(|value| value.trim().parse::<f32>().ok()).unwrap_or(0.0);
        Some(tinted(base, tint))
    }
}

/// Darker for a negative tint, lighter for a positive one.
fn tinted(base: Rgb, tint: f32) -> Rgb {
    let tint = tint.clamp(-1.0, 1.0);
    let channel = |value: u8| {
        let value = f32::from(value);
        let value = if tint < 0.0 { value * (1.0 + tint) } else { value + (255.0 - value) * tint };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 to 255 by the clamp")]
        let byte = value.round().clamp(0.0, 255.0) as u8;
        byte
    };
    Rgb(channel(base.0), channel(base.1), channel(base.2))
}

fn of_number(number: u32) -> Rgb {
    let [_, red, green, blue] = number.to_be_bytes();
    Rgb(red, green, blue)
}

/// The fixed colours of Excel; 64 and 65 are those of the system's windows.
fn indexed(index: usize) -> Option<Rgb> {
    const FIRST: [u32; 8] = [0, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff];
    const REST: [u32; 48] = [
        0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080, 0x99_99ff, 0x99_3366,
        0xff_ffcc, 0xcc_ffff, 0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff, 0x00_0080, 0xff_00ff, 0xff_ff00, 0x00_ffff,
        0x80_0080, 0x80_0000, 0x00_8080, 0x00_00ff, 0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99, 0x99_ccff, 0xff_99cc,
        0xcc_99ff, 0xff_cc99, 0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900, 0xff_6600, 0x66_6699, 0x96_9696,
        0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
    ];
    let number = match index {
        0..=7 => FIRST[index],
        8..=15 => FIRST[index - 8],
        16..=63 => REST[index - 16],
        64 => 0,
        65 => 0xff_ffff,
        _ => return None,
    };
    Some(of_number(number))
}
