//! The districts of the city as polygons (`GeoJSON`, RFC 7946), which the bureau gives. Coordinates are WGS 84; a file in
//! GCJ-02, as commercial maps give it, would stand some 500 m aside.

use serde::Deserialize;

use super::place::Point;

/// Bytes of a file.
pub const MOST_BYTES: usize = 4 << 20;
const MOST_DISTRICTS: usize = 200;
const MOST_POINTS: usize = 100_000;
const LONGEST_NAME: usize = 40;

/// A district.
#[derive(Clone, Debug, PartialEq)]
pub struct DistrictShape {
    /// Its name, as addresses and filters say it
    pub name: String,
    /// Its polygons: of each the outer ring, then its holes
    pub polygons: Vec<Vec<Vec<Point>>>,
}

/// The districts of a city.
#[derive(Clone, Debug, PartialEq)]
pub struct DistrictMap {
    /// In the order of the file
    pub districts: Vec<DistrictShape>,
}

/// Why a file can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapFault {
    /// More than [`MOST_BYTES`]
    #[error("larger than {} MB", MOST_BYTES >> 20)]
    TooLarge,
    /// No `GeoJSON`
    #[error("not a GeoJSON FeatureCollection: {0}")]
    NotGeoJson(String),
    /// No features, or too many
    #[error("{0} districts, not 1 to {MOST_DISTRICTS}")]
    Count(usize),
    /// A feature without a usable `name`
    #[error("feature {0}: no property \"name\" of 1 to {LONGEST_NAME} characters")]
    NoName(usize),
    /// Two of one name
    #[error("{0:?} stands twice")]
    Twice(String),
    /// No Polygon or `MultiPolygon`
    #[error("{0:?}: neither Polygon nor MultiPolygon")]
    NotPolygon(String),
    /// A ring of fewer than four positions, or one that is not closed
    #[error("{0:?}: a ring is not closed or has fewer than four positions")]
    Open(String),
    /// Longitude or latitude outside of the earth, or exchanged
    #[error("{0:?}: a position is not [longitude, latitude] in degrees")]
    Position(String),
    /// Too fine
    #[error("more than {MOST_POINTS} positions: simplify the borders")]
    TooFine,
}

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<serde_json::Map<String, serde_json::Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: serde_json::Value,
}

type Ring = Vec<Vec<f64>>;

impl Geometry {
    fn polygons(self) -> Option<Vec<Vec<Ring>>> {
        match self.kind.as_str() {
            "Polygon" => serde_json::from_value(self.coordinates).ok().map(|rings| vec![rings]),
            "MultiPolygon" => serde_json::from_value(self.coordinates).ok(),
            _ => None,
        }
    }
}

impl DistrictMap {
    /// Reads a file.
    ///
    /// # Errors
    /// The first fault.
    pub fn parse(text: &str) -> Result<Self, MapFault> {
        if text.len() > MOST_BYTES {
            return Err(MapFault::TooLarge);
        }
        let text = text.trim_start_matches('\u{feff}');
        let collection: Collection =
            serde_json::from_str(text).map_err(|error| MapFault::NotGeoJson(error.to_string()))?;
        if collection.kind != "FeatureCollection" {
            return Err(MapFault::NotGeoJson(collection.kind));
        }
        if !(1..=MOST_DISTRICTS).contains(&collection.features.len()) {
            return Err(MapFault::Count(collection.features.len()));
        }
        let (mut districts, mut points): (Vec<DistrictShape>, usize) = (Vec::new(), 0);
        for (place, feature) in collection.features.into_iter().enumerate() {
            let name = feature.properties.as_ref().and_then(|properties| properties.get("name")?.as_str());
            let name = name.map(str::trim).filter(|name| (1..=LONGEST_NAME).contains(&name.chars().count()));
            let name = name.ok_or(MapFault::NoName(place + 1))?.to_owned();
            if districts.iter().any(|known| known.name == name) {
                return Err(MapFault::Twice(name));
            }
            let polygons = feature.geometry.and_then(Geometry::polygons);
            let polygons =
                polygons.filter(|polygons| !polygons.is_empty() && polygons.iter().all(|one| !one.is_empty()));
            let polygons = polygons.ok_or_else(|| MapFault::NotPolygon(name.clone()))?;
            points += polygons.iter().flatten().map(Vec::len).sum::<usize>();
            if points > MOST_POINTS {
                return Err(MapFault::TooFine);
            }
            let rings =
                |polygon: Vec<Ring>| polygon.iter().map(|ring| read(&name, ring)).collect::<Result<Vec<_>, _>>();
            let polygons = polygons.into_iter().map(rings).collect::<Result<Vec<_>, _>>()?;
            districts.push(DistrictShape { name, polygons });
        }
        Ok(Self { districts })
    }

    /// South-west and north-east corner.
    #[must_use]
    pub fn bounds(&self) -> (Point, Point) {
        bounds(self.districts.iter().flat_map(DistrictShape::rings).flatten().copied())
    }

    /// As `GeoJSON`.
    #[must_use]
    pub fn to_geojson(&self) -> serde_json::Value {
        let features: Vec<_> = self.districts.iter().map(DistrictShape::to_feature).collect();
        serde_json::json!({ "type": "FeatureCollection", "features": features })
    }
}

/// The corners around points; without any, one point twice.
pub fn bounds(points: impl Iterator<Item = Point>) -> (Point, Point) {
    let mut corners: Option<(Point, Point)> = None;
    for point in points {
        let (low, high) = corners.get_or_insert((point, point));
        low.lat_e6 = low.lat_e6.min(point.lat_e6);
        low.lon_e6 = low.lon_e6.min(point.lon_e6);
        high.lat_e6 = high.lat_e6.max(point.lat_e6);
        high.lon_e6 = high.lon_e6.max(point.lon_e6);
    }
    corners.unwrap_or((Point { lat_e6: 0, lon_e6: 0 }, Point { lat_e6: 0, lon_e6: 0 }))
}

fn read(name: &str, ring: &[Vec<f64>]) -> Result<Vec<Point>, MapFault> {
    let wrong = || MapFault::Position(name.to_owned());
    let point = |position: &Vec<f64>| match position[..] {
        [lon, lat, ..] => Point::from_degrees(lat, lon).ok_or_else(wrong),
        _ => Err(wrong()),
    };
    let points = ring.iter().map(point).collect::<Result<Vec<_>, _>>()?;
    if points.len() < 4 || points.first() != points.last() {
        return Err(MapFault::Open(name.to_owned()));
    }
    Ok(points)
}

impl DistrictShape {
    /// All rings.
    pub fn rings(&self) -> impl Iterator<Item = &Vec<Point>> {
        self.polygons.iter().flatten()
    }

    /// Whether a point lies inside (crossings of a ray to the east; a hole counts twice).
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let (x, y) = (f64::from(point.lon_e6), f64::from(point.lat_e6));
        let crosses = |pair: &[Point]| {
            let (x1, y1) = (f64::from(pair[0].lon_e6), f64::from(pair[0].lat_e6));
            let (x2, y2) = (f64::from(pair[1].lon_e6), f64::from(pair[1].lat_e6));
            (y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        };
        self.rings().flat_map(|ring| ring.windows(2)).filter(|pair| crosses(pair)).count() % 2 == 1
    }

    /// Where its name may stand: the middle of its largest ring.
    #[must_use]
    pub fn middle(&self) -> Point {
        let largest = self.rings().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()));
        let Some(ring) = largest else { return Point { lat_e6: 0, lon_e6: 0 } };
        let sum = area(ring);
        if sum == 0.0 {
            return ring[0];
        }
        // relative to the first point: the numbers stay small
        let (mut lat, mut lon) = (0.0, 0.0);
        for pair in ring.windows(2) {
            let ((x1, y1), (x2, y2)) = (from(ring[0], pair[0]), from(ring[0], pair[1]));
            let cross = x1 * y2 - x2 * y1;
            lon += (x1 + x2) * cross;
            lat += (y1 + y2) * cross;
        }
        let degrees = |start: i32, part: f64| f64::from(start) / 1_000_000.0 + part / (6.0 * sum) / 1_000_000.0;
        Point::from_degrees(degrees(ring[0].lat_e6, lat), degrees(ring[0].lon_e6, lon)).unwrap_or(ring[0])
    }

    fn to_feature(&self) -> serde_json::Value {
        let position = |point: &Point| {
            let (lat, lon) = point.degrees();
            [lon, lat]
        };
        let ring = |ring: &Vec<Point>| ring.iter().map(position).collect::<Vec<_>>();
        let polygon = |polygon: &Vec<Vec<Point>>| polygon.iter().map(ring).collect::<Vec<_>>();
        let coordinates: Vec<_> = self.polygons.iter().map(polygon).collect();
        let (lat, lon) = self.middle().degrees();
        serde_json::json!({
            "type": "Feature",
            "properties": { "name": self.name, "middle": [lon, lat] },
            "geometry": { "type": "MultiPolygon", "coordinates": coordinates },
        })
    }
}

fn from(start: Point, point: Point) -> (f64, f64) {
    (f64::from(point.lon_e6 - start.lon_e6), f64::from(point.lat_e6 - start.lat_e6))
}

/// Signed area in square millionths.
fn area(ring: &[Point]) -> f64 {
    let cross = |pair: &[Point]| {
        let ((x1, y1), (x2, y2)) = (from(ring[0], pair[0]), from(ring[0], pair[1]));
        x1 * y2 - x2 * y1
    };
    ring.windows(2).map(cross).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":{coordinates}}}}}]}}"#
        )
    }

    const SQUARE: &str = "[[[119,31],[120,31],[120,32],[119,32],[119,31]],[[119.4,31.4],[119.6,31.4],[119.6,31.6],[119.4,31.6],[119.4,31.4]]]";

    #[test]
    fn a_square_with_a_hole() {
        let map = DistrictMap::parse(&file("青禾区", SQUARE)).unwrap();
        let shape = &map.districts[0];
        let at = |lat, lon| shape.contains(Point::from_degrees(lat, lon).unwrap());
        assert!(at(31.1, 119.1) && !at(31.5, 119.5) && !at(30.9, 119.5) && !at(31.5, 120.1));
        assert_eq!(shape.middle(), Point::from_degrees(31.5, 119.5).unwrap());
        assert_eq!(
            map.bounds(),
            (Point::from_degrees(31.0, 119.0).unwrap(), Point::from_degrees(32.0, 120.0).unwrap())
        );
        let again = DistrictMap::parse(&map.to_geojson().to_string()).unwrap();
        assert_eq!(again, map);
    }

    #[test]
    fn wrong_files_are_refused_with_the_reason() {
        let fault = |text: &str| DistrictMap::parse(text).unwrap_err();
        assert!(matches!(fault("{"), MapFault::NotGeoJson(_)));
        assert!(matches!(fault(r#"{"type":"Feature","features":[]}"#), MapFault::NotGeoJson(_)));
        assert_eq!(fault(r#"{"type":"FeatureCollection","features":[]}"#), MapFault::Count(0));
        assert_eq!(fault(&file("", SQUARE)), MapFault::NoName(1));
        assert_eq!(fault(&file("青禾区", "[[[119,31],[120,31],[119,31]]]")), MapFault::Open("青禾区".into()));
        assert_eq!(fault(&file("青禾区", "[[[119,31],[120,31],[120,32],[119,32]]]")), MapFault::Open("青禾区".into()));
        assert_eq!(
            fault(&file("青禾区", "[[[31,119],[31,120],[32,120],[31,119]]]")),
            MapFault::Position("青禾区".into())
        );
        assert_eq!(fault(&file("青禾区", "[[[119],[120,31],[120,32],[119,31]]]")), MapFault::Position("青禾区".into()));
        assert_eq!(fault(&file("青禾区", "[]")), MapFault::NotPolygon("青禾区".into()));
        let point = file("青禾区", "[119,31]").replace("Polygon", "Point");
        assert_eq!(fault(&point), MapFault::NotPolygon("青禾区".into()));
        assert_eq!(fault(&" ".repeat(MOST_BYTES + 1)), MapFault::TooLarge);
        let twice = file("青禾区", SQUARE)
            .replace("]}}]}", "]}},{\"type\":\"Feature\",\"properties\":{\"name\":\"青禾区\"},\"geometry\":null}]}");
        assert_eq!(fault(&twice), MapFault::Twice("青禾区".into()));
    }
}
