//! Where things are in the fictional city: eight districts around a river that no map has, on a spot of the plain.

use super::super::CITY;

/// Middle of each district: degrees north and east, in the order of [`CITY`]'s districts.
pub const MIDDLES: [(f64, f64); 8] = [
    (31.752, 119.948),
    (31.786, 119.992),
    (31.714, 119.930),
    (31.804, 119.900),
    (31.738, 120.024),
    (31.650, 119.985),
    (31.862, 120.052),
    (31.838, 119.806),
];
/// Degrees around the middle.
const AROUND: f64 = 0.034;

/// A spot in a district; the same for the same number.
pub fn of(district: &str, number: u64) -> (f64, f64) {
    let place = CITY.districts.iter().position(|known| *known == district).unwrap_or(0);
    let (lat, lon) = MIDDLES[place];
    (lat + part(number) * AROUND, lon + part(number >> 20) * AROUND)
}

/// −1 to 1.
fn part(number: u64) -> f64 {
    f64::from(u32::try_from(number % 2_001).unwrap_or(0)) / 1_000.0 - 1.0
}
