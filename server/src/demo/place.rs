//! Where things are in the fictional city: eight districts around a river that no map has, on a spot of the plain. The
//! borders are those of the nearest middle, made uneven the same way from both sides.

use std::sync::LazyLock;

use app::domain::{
    district_map::{DistrictMap, DistrictShape},
    place::Point,
};

use super::{CITY, firms::mix};

/// Middle of each district: degrees north and east, in the order of [`CITY`]'s districts.
const MIDDLES: [(f64, f64); 8] = [
    (31.752, 119.948),
    (31.786, 119.992),
    (31.714, 119.930),
    (31.804, 119.900),
    (31.738, 120.024),
    (31.650, 119.985),
    (31.862, 120.052),
    (31.838, 119.806),
];
/// Border of the city.
const OUTLINE: [(f64, f64); 9] = [
    (31.602, 119.870),
    (31.588, 120.010),
    (31.668, 120.104),
    (31.782, 120.112),
    (31.884, 120.136),
    (31.912, 120.014),
    (31.896, 119.842),
    (31.842, 119.734),
    (31.724, 119.806),
];
/// How far the middle of a border leaves the straight line, in parts of its length.
const UNEVEN: f64 = 0.09;
/// How often a border is halved.
const HALVED: u32 = 4;
/// Degrees around a middle in which spots are tried.
const AROUND: f64 = 0.09;
const TRIES: u64 = 64;

type Spot = (f64, f64);

static DISTRICTS: LazyLock<DistrictMap> = LazyLock::new(|| {
    let shape = |place: usize| {
        let corners = cell(place);
        let mut ring: Vec<Spot> = Vec::new();
        for (at, from) in corners.iter().enumerate() {
            ring.push(*from);
            uneven(*from, corners[(at + 1) % corners.len()], HALVED, &mut ring);
        }
        let mut ring: Vec<Point> = ring.into_iter().filter_map(|(lat, lon)| Point::from_degrees(lat, lon)).collect();
        ring.extend(ring.first().copied());
        DistrictShape { name: CITY.districts[place].to_owned(), polygons: vec![vec![ring]] }
    };
    DistrictMap { districts: (0..MIDDLES.len()).map(shape).collect() }
});

/// The districts of the fictional city.
pub fn districts() -> &'static DistrictMap {
    &DISTRICTS
}

/// A spot in a district; the same for the same number. Another district's name gives one in the first.
#[must_use]
pub fn point_of(number: u64, district: &str) -> Point {
    let place = CITY.districts.iter().position(|known| *known == district).unwrap_or(0);
    let shape = &DISTRICTS.districts[place];
    let (lat, lon) = MIDDLES[place];
    let tried = (0..TRIES).filter_map(|again| {
        let bits = mix(number.wrapping_add(again << 32));
        // nearer to the middle more often
        let away = part(bits >> 40).abs();
        Point::from_degrees(lat + part(bits) * away * AROUND, lon + part(bits >> 20) * away * AROUND)
    });
    let mut inside = tried.filter(|point| shape.contains(*point));
    inside.next().unwrap_or_else(|| shape.middle())
}

/// −1 to 1.
fn part(number: u64) -> f64 {
    f64::from(u32::try_from(number % 2_001).unwrap_or(0)) / 1_000.0 - 1.0
}

/// Corners are the same from all sides to a millionth of a degree.
fn rounded((lat, lon): Spot) -> Spot {
    let round = |value: f64| (value * 100_000.0).round() / 100_000.0;
    (round(lat), round(lon))
}

/// What of the city is nearer to one middle than to all others.
fn cell(place: usize) -> Vec<Spot> {
    let own = MIDDLES[place];
    let mut ring = OUTLINE.to_vec();
    for (other, (lat, lon)) in MIDDLES.into_iter().enumerate() {
        if other != place {
            ring = nearer(&ring, own, (lat, lon));
        }
    }
    let mut ring: Vec<Spot> = ring.into_iter().map(rounded).collect();
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// The part of a convex ring that is nearer to the one than to the other.
fn nearer(ring: &[Spot], one: Spot, other: Spot) -> Vec<Spot> {
    let far = |spot: Spot, from: Spot| (spot.0 - from.0).powi(2) + (spot.1 - from.1).powi(2);
    let less = |spot: Spot| far(spot, other) - far(spot, one);
    let mut kept = Vec::new();
    for (at, from) in ring.iter().enumerate() {
        let to = ring[(at + 1) % ring.len()];
        let (here, there) = (less(*from), less(to));
        if here >= 0.0 {
            kept.push(*from);
        }
        if (here >= 0.0) != (there >= 0.0) {
            let share = here / (here - there);
            kept.push((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share));
        }
    }
    kept
}

/// Spots between two, without them. The same spots in the other order when the ends are exchanged.
fn uneven(from: Spot, to: Spot, times: u32, ring: &mut Vec<Spot>) {
    if times == 0 {
        return;
    }
    let (low, high) = if from <= to { (from, to) } else { (to, from) };
    let bits = mix([low.0, low.1, high.0, high.1].iter().fold(17, |sum, value| mix(sum ^ value.to_bits())));
    let aside = part(bits) * UNEVEN;
    let middle = rounded((
        f64::midpoint(low.0, high.0) - (high.1 - low.1) * aside,
        f64::midpoint(low.1, high.1) + (high.0 - low.0) * aside,
    ));
    uneven(from, middle, times - 1, ring);
    ring.push(middle);
    uneven(middle, to, times - 1, ring);
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn districts_share_their_borders_and_a_file_can_be_made_of_them() {
        let map = districts();
        assert_eq!(DistrictMap::parse(&map.to_geojson().to_string()).as_ref(), Ok(map));
        let mut sides: HashMap<(Point, Point), usize> = HashMap::new();
        for ring in map.districts.iter().flat_map(DistrictShape::rings) {
            for pair in ring.windows(2) {
                *sides.entry((pair[0], pair[1])).or_default() += 1;
            }
        }
        assert!(sides.values().all(|count| *count == 1), "two districts on one side of a border");
        let shared = sides.keys().filter(|(from, to)| sides.contains_key(&(*to, *from))).count();
        assert!(shared * 2 > sides.len(), "{shared} of {}", sides.len());
    }

    #[test]
    fn every_spot_lies_in_its_district_only() {
        for (place, name) in CITY.districts.iter().enumerate() {
            for number in 0..300 {
                let point = point_of(mix(number), name);
                let inside: Vec<usize> = (0..8).filter(|at| districts().districts[*at].contains(point)).collect();
                assert_eq!(inside, [place], "{name} {number}");
            }
        }
        assert_eq!(point_of(7, "青禾区"), point_of(7, "青禾区"));
        assert_ne!(point_of(7, "青禾区"), point_of(8, "青禾区"));
    }
}
