//! Whether text can be told from what lies beneath it.

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rgb(pub(super) u8, pub(super) u8, pub(super) u8);

impl Rgb {
    pub(super) const WHITE: Self = Self(255, 255, 255);
    pub(super) const BLACK: Self = Self(0, 0, 0);

    /// Of `RRGGBB` or `AARRGGBB`, with or without `#`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('#');
        let text = if text.len() == 8 { text.get(2..)? } else { text };
        if text.len() != 6 || !text.is_ascii() {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        Some(Self(byte(0)?, byte(2)?, byte(4)?))
    }

    fn lowest(self) -> u8 {
        self.0.min(self.1).min(self.2)
    }

    /// Whether it is white, or so near it (F0F0F0) that it is not read on white paper.
    pub(super) fn is_near_white(self) -> bool {
        self.lowest() >= 0xf0
    }

    /// Whether white text can be read on it.
    pub(super) fn is_dark(self) -> bool {
        let luminance = 299 * u32::from(self.0) + 587 * u32::from(self.1) + 114 * u32::from(self.2);
        luminance < 200_000
    }

    /// Whether text of this colour is not seen on that ground.
    pub(super) fn is_lost_on(self, ground: Self) -> bool {
        let far = self.0.abs_diff(ground.0).max(self.1.abs_diff(ground.1)).max(self.2.abs_diff(ground.2));
        far < 0x14 || self.is_near_white() && ground.lowest() >= 0xe0
    }
}
