//! Where documents are, and how far from there.

/// Metres of a degree of latitude (mean).
const METRES: f64 = 111_195.0;
const MILLION: f64 = 1_000_000.0;

/// A point on the earth in millionths of a degree, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Latitude
    pub lat_e6: i32,
    /// Longitude
    pub lon_e6: i32,
}

impl Point {
    /// Metres to another point of the same city (a plane at the mean latitude).
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        let degrees = |millionths: i32| f64::from(millionths) / MILLION;
        let (lat, lat2) = (degrees(self.lat_e6), degrees(other.lat_e6));
        let across = degrees(other.lon_e6 - self.lon_e6) * f64::midpoint(lat, lat2).to_radians().cos();
        (lat2 - lat).hypot(across) * METRES
    }
}

/// Around where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The middle
    pub point: Point,
    /// How far at most; without it, everything that has a place, the nearest first
    pub metres: Option<u32>,
}

impl Near {
    /// Metres to a document's point; `None` outside.
    pub(crate) fn metres(&self, point: Point) -> Option<f64> {
        let metres = self.point.metres_to(point);
        self.metres.is_none_or(|most| metres <= f64::from(most)).then_some(metres)
    }
}

/// Bits that order as nearness does, to a decimetre.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half the earth is 200 million decimetres")]
pub(crate) fn rank_of_metres(metres: f64) -> u32 {
    u32::MAX - (metres * 10.0).round() as u32
}
