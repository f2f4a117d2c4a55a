//! Where something is.

use serde::{Deserialize, Serialize};

/// Metres of a degree of latitude (mean).
const METRES: f64 = 111_195.0;
const MILLION: f64 = 1_000_000.0;

/// A point on the earth in millionths of a degree, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Point {
    /// Latitude
    pub lat_e6: i32,
    /// Longitude
    pub lon_e6: i32,
}

impl Point {
    /// A point by degrees; `None` outside −90…90 and −180…180.
    #[must_use]
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        let is_there = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        is_there.then(|| Self { lat_e6: millionths(lat), lon_e6: millionths(lon) })
    }

    /// Latitude and longitude in degrees.
    #[must_use]
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lat_e6) / MILLION, f64::from(self.lon_e6) / MILLION)
    }

    /// Metres to another point of the same city (a plane at the mean latitude: exact to a thousandth within 100 km).
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        let ((lat, lon), (lat2, lon2)) = (self.degrees(), other.degrees());
        let across = (lon2 - lon) * f64::midpoint(lat, lat2).to_radians().cos();
        (lat2 - lat).hypot(across) * METRES
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
fn millionths(degrees: f64) -> i32 {
    (degrees * MILLION).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilometre_is_a_kilometre() {
        let here = Point::from_degrees(31.75, 119.95).unwrap();
        let north = Point::from_degrees(31.758_993, 119.95).unwrap();
        let east = Point::from_degrees(31.75, 119.960_576).unwrap();
        assert!((here.metres_to(north) - 1000.0).abs() < 1.0, "{}", here.metres_to(north));
        assert!((here.metres_to(east) - 1000.0).abs() < 1.0, "{}", here.metres_to(east));
        assert_eq!(Point::from_degrees(91.0, 0.0), None);
        assert_eq!(Point::from_degrees(0.0, f64::NAN), None);
    }
}
