//! How text looks: colour, ground, size, hidden or not, from styles and from the run itself.

use std::collections::HashMap;

use super::super::Refusal;
use super::super::colour::Rgb;
use super::super::xml::{self, Step, Tag};

/// What is said about a text; what is not said comes from the style beneath.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    colour: Option<Colour>,
    vanish: Option<bool>,
    /// In half points.
    size: Option<f32>,
    ground: Option<Rgb>,
    marker: Option<Rgb>,
}

#[derive(Debug, Clone, Copy)]
enum Colour {
    Auto,
    Is(Rgb),
}

impl Look {
    /// Takes in one element of run properties.
    pub(super) fn apply(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "color" => self.colour = Some(colour(tag)),
            "srgbClr" => self.colour = tag.get("val").as_deref().and_then(Rgb::parse).map(Colour::Is).or(self.colour),
            "vanish" | "specVanish" => self.vanish = Some(tag.is_on()),
            "sz" => self.size = tag.get("val").and_then(|value| value.trim().parse().ok()).or(self.size),
            "shd" => self.ground = fill(tag).or(self.ground),
            "highlight" => self.marker = tag.get("val").and_then(|name| marker(&name)),
            _ => {}
        }
    }

    /// This look, with `under` where it says nothing.
    pub(super) fn over(self, under: Self) -> Self {
        Self {
            colour: self.colour.or(under.colour),
            vanish: self.vanish.or(under.vanish),
            size: self.size.or(under.size),
            ground: self.ground.or(under.ground),
            marker: self.marker.or(under.marker),
        }
    }

    /// Formatted as hidden, or one point and smaller.
    pub(super) fn is_hidden(&self) -> bool {
        self.vanish == Some(true) || self.size.is_some_and(|size| size <= 2.0)
    }

    /// Whether the text cannot be told from its ground, which is `beneath` where the text brings none.
    pub(super) fn is_lost(&self, beneath: Option<Rgb>) -> bool {
        let ground = self.marker.or(self.ground).or(beneath).unwrap_or(Rgb::WHITE);
        match self.colour {
            Some(Colour::Is(colour)) => colour.is_lost_on(ground),
            // automatic text turns white on dark shading, but not under a black marker
            Some(Colour::Auto) | None => self.marker == Some(Rgb::BLACK),
        }
    }
}

fn colour(tag: &Tag<'_>) -> Colour {
    let value = tag.get("val").unwrap_or_default();
    if let Some(rgb) = Rgb::parse(&value) {
        return Colour::Is(rgb);
    }
    let theme = tag.get("themeColor").unwrap_or_default();
    let is_white = matches!(theme.as_str(), "background1" | "light1") && tag.get("themeShade").is_none();
    if is_white { Colour::Is(Rgb::WHITE) } else { Colour::Auto }
}

/// The ground that a shading gives: of a full pattern its colour, otherwise its fill.
pub(super) fn fill(tag: &Tag<'_>) -> Option<Rgb> {
    if tag.get("val").as_deref() == Some("solid") {
        return tag.get("color").map_or(Some(Rgb::BLACK), |value| Rgb::parse(&value).or(Some(Rgb::BLACK)));
    }
    tag.get("fill").and_then(|value| Rgb::parse(&value))
}

fn marker(name: &str) -> Option<Rgb> {
    match name {
        "black" => Some(Rgb::BLACK),
        "white" => Some(Rgb::WHITE),
        "blue" => Some(Rgb(0, 0, 255)),
        "red" => Some(Rgb(255, 0, 0)),
        "green" => Some(Rgb(0, 255, 0)),
        "yellow" => Some(Rgb(255, 255, 0)),
        "cyan" => Some(Rgb(0, 255, 255)),
        "magenta" => Some(Rgb(255, 0, 255)),
        "darkBlue" => Some(Rgb(0, 0, 128)),
        "darkRed" => Some(Rgb(128, 0, 0)),
        "darkGreen" => Some(Rgb(0, 128, 0)),
        "darkYellow" => Some(Rgb(128, 128, 0)),
        "darkCyan" => Some(Rgb(0, 128, 128)),
        "darkMagenta" => Some(Rgb(128, 0, 128)),
        "darkGray" => Some(Rgb(128, 128, 128)),
        "lightGray" => Some(Rgb(192, 192, 192)),
        _ => None,
    }
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    base: Look,
    paragraph: Option<String>,
    named: HashMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    look: Look,
    is_dark_table: bool,
}

impl Styles {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        let (mut in_defaults, mut in_run) = (false, 0_u32);
        xml::walk(bytes, |step| {
            match step {
                Step::Open(tag) => match tag.name() {
                    "style" => {
                        let id = tag.get("styleId").unwrap_or_default();
                        if tag.flag("default") && tag.get("type").as_deref() == Some("paragraph") {
                            styles.paragraph = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    }
                    "rPrDefault" => in_defaults = true,
                    "rPr" => in_run += 1,
                    "basedOn" => {
                        if let Some((_, style)) = &mut current {
                            style.based_on = tag.get("val");
                        }
                    }
                    _ => match &mut current {
                        Some((_, style)) if in_run > 0 => style.look.apply(tag),
                        Some((_, style)) if tag.name() == "shd" => {
                            let ground = fill(tag);
                            style.is_dark_table |= ground.is_some_and(Rgb::is_dark);
                            style.look.ground = style.look.ground.or(ground);
                        }
                        None if in_defaults && in_run > 0 => styles.base.apply(tag),
                        _ => {}
                    },
                },
                Step::Close("style") => {
                    if let Some((id, style)) = current.take() {
                        styles.named.insert(id, style);
                    }
                }
                Step::Close("rPrDefault") => in_defaults = false,
                Step::Close("rPr") => in_run = in_run.saturating_sub(1),
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// The look of a named style with all it is based on.
    pub(super) fn look(&self, id: &str) -> Look {
        let mut look = Look::default();
        let mut next = Some(id);
        for _ in 0..24 {
            let Some(style) = next.and_then(|id| self.named.get(id)) else { break };
            look = look.over(style.look);
            next = style.based_on.as_deref();
        }
        look
    }

    /// The look of a paragraph with this style, or without one.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Look {
        let named = id.or(self.paragraph.as_deref()).map(|id| self.look(id)).unwrap_or_default();
        named.over(self.base)
    }

    /// Whether a table style paints dark cells; which ones is not worked out.
    pub(super) fn is_dark_table(&self, id: &str) -> bool {
        let mut next = Some(id);
        for _ in 0..24 {
            let Some(style) = next.and_then(|id| self.named.get(id)) else { return false };
            if style.is_dark_table {
                return true;
            }
            next = style.based_on.as_deref();
        }
        false
    }
}
