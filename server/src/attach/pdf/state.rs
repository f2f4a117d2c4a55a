//! The state of drawing: where, in which colour, with which font.

use std::rc::Rc;

use lopdf::{Document, Object};

use super::super::colour::Rgb;
use super::follow;
use super::font::Font;

/// A matrix `[a b c d e f]` as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Matrix {
    pub(super) const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn of(numbers: &[f32]) -> Option<Self> {
        numbers.try_into().ok().map(Self)
    }

    /// First this, then `outer`.
    pub(super) fn then(&self, outer: &Self) -> Self {
        let [xx, xy, yx, yy, x, y] = self.0;
        let turn = |x: f32, y: f32| (x * outer.0[0] + y * outer.0[2], x * outer.0[1] + y * outer.0[3]);
        let (across, up, at) = (turn(xx, xy), turn(yx, yy), turn(x, y));
        Self([across.0, across.1, up.0, up.1, at.0 + outer.0[4], at.1 + outer.0[5]])
    }

    pub(super) fn shift(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(super) fn apply(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let [xx, xy, yx, yy, dx, dy] = self.0;
        (xx * x + yx * y + dx, xy * x + yy * y + dy)
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f32,
    pub(super) bottom: f32,
    pub(super) right: f32,
    pub(super) top: f32,
}

impl Rect {
    /// Around points; `None` without any.
    pub(super) fn around(points: impl IntoIterator<Item = (f32, f32)>) -> Option<Self> {
        points.into_iter().fold(None, |rect: Option<Self>, (x, y)| {
            let rect = rect.unwrap_or(Self { left: x, bottom: y, right: x, top: y });
            Some(Self {
                left: rect.left.min(x),
                bottom: rect.bottom.min(y),
                right: rect.right.max(x),
                top: rect.top.max(y),
            })
        })
    }

    /// Around a box of four numbers, moved by a matrix.
    pub(super) fn of_box(numbers: &[f32], matrix: &Matrix) -> Option<Self> {
        let [a, b, c, d] = numbers.try_into().ok()?;
        Self::around([(a, b), (c, b), (c, d), (a, d)].map(|point| matrix.apply(point)))
    }

    pub(super) fn within(&self, other: &Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// Whether it holds a point, with so much to spare outside.
    pub(super) fn holds(&self, (x, y): (f32, f32), spare: f32) -> bool {
        x >= self.left - spare && x <= self.right + spare && y >= self.bottom - spare && y <= self.top + spare
    }

    pub(super) fn area(&self) -> f32 {
        (self.right - self.left).max(0.0) * (self.top - self.bottom).max(0.0)
    }
}

/// How numbers become a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// One ink: nothing of it is white.
    Ink,
    /// Patterns, tables and what is not worked out.
    Unknown,
}

impl Space {
    /// The space of a name or an array.
    pub(super) fn of(document: &Document, object: &Object) -> Self {
        let array = match follow(document, object) {
            Object::Name(name) => return Self::named(name),
            Object::Array(array) => array,
            _ => return Self::Unknown,
        };
        let kind = array.first().and_then(|kind| follow(document, kind).as_name().ok()).unwrap_or_default();
        match kind {
            b"CalGray" => Self::Gray,
            b"CalRGB" => Self::Rgb,
            b"Separation" => Self::Ink,
            b"ICCBased" => {
                let profile = array.get(1).map(|profile| follow(document, profile));
                let count = profile.and_then(super::as_dictionary).and_then(|profile| profile.get(b"N").ok());
                match count.and_then(|count| follow(document, count).as_i64().ok()) {
                    Some(1) => Self::Gray,
                    Some(3) => Self::Rgb,
                    Some(4) => Self::Cmyk,
                    _ => Self::Unknown,
                }
            }
            name if array.len() == 1 => Self::named(name),
            _ => Self::Unknown,
        }
    }

    fn named(name: &[u8]) -> Self {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            _ => Self::Unknown,
        }
    }

    /// The colour of these numbers in this space, if it can be told.
    pub(super) fn colour(self, numbers: &[f32]) -> Option<Rgb> {
        match (self, numbers) {
            (Self::Gray, &[gray]) => Some(Rgb(byte(gray), byte(gray), byte(gray))),
            (Self::Rgb, &[red, green, blue]) => Some(Rgb(byte(red), byte(green), byte(blue))),
            (Self::Cmyk, &[cyan, magenta, yellow, black]) => {
                let channel = |ink: f32| byte((1.0 - ink) * (1.0 - black));
                Some(Rgb(channel(cyan), channel(magenta), channel(yellow)))
            }
            (Self::Ink, &[tint]) if tint < 0.06 => Some(Rgb::WHITE),
            _ => None,
        }
    }

    /// What a space begins with.
    pub(super) fn first(self) -> Option<Rgb> {
        if self == Self::Unknown || self == Self::Ink { None } else { Some(Rgb::BLACK) }
    }
}

fn byte(part: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 255 before")]
    let byte = (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    byte
}

/// A colour and the space it was made in. `None`: it cannot be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) space: Space,
    pub(super) colour: Option<Rgb>,
}

impl Ink {
    pub(super) const BLACK: Self = Self { space: Space::Gray, colour: Some(Rgb::BLACK) };

    pub(super) fn set(&mut self, space: Space, numbers: &[f32]) {
        *self = Self { space, colour: space.colour(numbers) };
    }
}

/// Everything that `q` saves.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    /// What drawing is cut to, at most.
    pub(super) clip: Rect,
    pub(super) fill: Ink,
    pub(super) stroke: Ink,
    pub(super) alpha: f32,
    /// Mixed with what lies beneath, instead of covering it.
    pub(super) blends: bool,
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f32,
    pub(super) character_gap: f32,
    pub(super) word_gap: f32,
    /// Width of text, of 1.
    pub(super) stretch: f32,
    pub(super) leading: f32,
    pub(super) rise: f32,
    pub(super) mode: i32,
}

impl State {
    pub(super) fn new(page: Rect) -> Self {
        Self {
            matrix: Matrix::ONE,
            clip: page,
            fill: Ink::BLACK,
            stroke: Ink::BLACK,
            alpha: 1.0,
            blends: false,
            font: None,
            size: 0.0,
            character_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }

    /// Whether what is filled now hides what lies beneath.
    pub(super) fn covers(&self) -> bool {
        self.alpha > 0.9 && !self.blends
    }
}
