//! The map without script: districts with their counts and the points of a page, drawn as SVG.

use std::fmt::Write;

use crate::{
    domain::{
        district_map::{DistrictMap, DistrictShape, bounds},
        place::Point,
    },
    parts::{Request, escaped},
    ports::{PlaceHit, PlacesFound},
    text::place as say,
};

/// Units of the longer side.
const SIDE: f64 = 600.0;
/// Units around.
const MARGIN: f64 = 14.0;
/// Points of a border nearer than this to the one before are left out, units.
const FINE: f64 = 0.7;
/// Degrees around points that stand at one spot.
const LEAST: f64 = 0.01;

/// From degrees to the drawing: north is up, one scale for both directions at the middle latitude.
struct Projection {
    west: f64,
    north: f64,
    across: f64,
    scale: f64,
    width: f64,
    height: f64,
}

impl Projection {
    fn of(corners: (Point, Point)) -> Self {
        let ((south, west), (north, east)) = (corners.0.degrees(), corners.1.degrees());
        let across = f64::midpoint(south, north).to_radians().cos().max(0.01);
        let (wide, high) = (((east - west) * across).max(LEAST), (north - south).max(LEAST));
        let scale = (SIDE - 2.0 * MARGIN) / wide.max(high);
        let (width, height) = (wide * scale + 2.0 * MARGIN, high * scale + 2.0 * MARGIN);
        Self { west, north, across, scale, width, height }
    }

    fn at(&self, point: Point) -> (f64, f64) {
        let (lat, lon) = point.degrees();
        ((lon - self.west) * self.across * self.scale + MARGIN, (self.north - lat) * self.scale + MARGIN)
    }

    fn path(&self, shape: &DistrictShape) -> String {
        let mut path = String::new();
        for ring in shape.rings() {
            let mut last: Option<(f64, f64)> = None;
            for point in ring {
                let (x, y) = self.at(*point);
                if last.is_some_and(|(x0, y0)| (x - x0).hypot(y - y0) < FINE) {
                    continue;
                }
                // a String takes whatever is written
                let _ = write!(path, "{}{x:.1} {y:.1}", if last.is_none() { 'M' } else { 'L' });
                last = Some((x, y));
            }
            path.push('Z');
        }
        path
    }
}

fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

/// The drawing; nothing where there are neither districts nor points.
pub fn draw(map: Option<&DistrictMap>, found: &PlacesFound, request: &Request) -> Option<String> {
    let points: Vec<(&PlaceHit, Point)> = found.hits.iter().filter_map(|hit| Some((hit, hit.point?))).collect();
    let corners = match map {
        Some(map) => map.bounds(),
        None if points.is_empty() => return None,
        None => bounds(points.iter().map(|(_, point)| *point)),
    };
    let on = Projection::of(corners);
    let mut svg =
        format!("<svg viewBox=\"0 0 {:.0} {:.0}\" role=\"group\" aria-label=\"{}\">", on.width, on.height, say::DRAWN);
    for shape in map.iter().flat_map(|map| &map.districts) {
        svg.push_str(&district(&on, shape, found, request));
    }
    // names above all shapes
    for shape in map.iter().flat_map(|map| &map.districts) {
        let (x, y) = on.at(shape.middle());
        let _ = write!(
            svg,
            "<text x=\"{x:.0}\" y=\"{y:.0}\" aria-hidden=\"true\"><tspan>{}</tspan><tspan x=\"{x:.0}\" dy=\"1.2em\">{}</tspan></text>",
            escaped(&shape.name),
            count(shape, found)
        );
    }
    let (width, height) = (on.width, on.height);
    for (hit, point) in points {
        let (x, y) = on.at(point);
        if !(0.0..=width).contains(&x) || !(0.0..=height).contains(&y) {
            continue;
        }
        let name = quoted(&hit.plain_name());
        let _ = write!(
            svg,
            "<a href=\"/operators/{}\" aria-label=\"{name}\"><circle class=\"halo\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"12\"/>\
             <circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"><title>{name}</title></circle></a>",
            hit.id
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn count(shape: &DistrictShape, found: &PlacesFound) -> u64 {
    found.districts.iter().find(|one| one.value == shape.name).map_or(0, |one| one.count)
}

fn district(on: &Projection, shape: &DistrictShape, found: &PlacesFound, request: &Request) -> String {
    let is_chosen = request.get("district") == Some(&shape.name);
    let href = request.with("district", (!is_chosen).then_some(shape.name.as_str()));
    let label = say::counted(&shape.name, count(shape, found));
    let (class, current) = if is_chosen { ("area is", " aria-current=\"true\"") } else { ("area", "") };
    format!(
        "<a href=\"{}\" aria-label=\"{}\"{current}><path class=\"{class}\" fill-rule=\"evenodd\" d=\"{}\"/></a>",
        quoted(&href),
        quoted(&label),
        on.path(shape)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(name: &str, point: Option<Point>) -> PlaceHit {
        let name = vec![crate::ports::Fragment { text: name.into(), hit: false }];
        PlaceHit { id: uuid::Uuid::nil(), name, address: None, district: None, kind: None, point, metres: None }
    }

    #[test]
    fn north_is_up_and_names_are_escaped() {
        let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"<b>\"区"},"geometry":{"type":"Polygon","coordinates":[[[119,31],[120,31],[120,32],[119,32],[119,31]]]}}]}"#;
        let map = DistrictMap::parse(square).unwrap();
        let north = hit("<script>", Point::from_degrees(31.9, 119.5));
        let found = PlacesFound { hits: vec![north, hit("没有位置", None)], ..PlacesFound::default() };
        let svg = draw(Some(&map), &found, &Request::default()).unwrap();
        assert!(!svg.contains("<script>") && !svg.contains("<b>") && !svg.contains("没有位置"), "{svg}");
        let on = Projection::of(map.bounds());
        assert!(
            on.at(Point::from_degrees(31.9, 119.5).unwrap()).1 < on.at(Point::from_degrees(31.1, 119.5).unwrap()).1
        );
        assert!((on.height - SIDE).abs() < 1.0 && on.width < on.height, "a degree of longitude is shorter here");
        assert_eq!(draw(None, &PlacesFound::default(), &Request::default()), None);
    }
}
