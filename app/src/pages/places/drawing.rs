//! The map without script: districts and the points of a page, drawn as SVG.

use std::fmt::Write;

use crate::{
    domain::{
        district_map::{DistrictMap, DistrictShape, bounds},
        place::Point,
    },
    parts::{Request, escaped},
    ports::FacetCount,
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

/// A point of the drawing and what it leads to.
pub struct Dot {
    pub href: String,
    pub name: String,
    pub point: Point,
}

/// How many places are where, and the page whose filter a district is.
pub struct Counts<'a> {
    pub districts: &'a [FacetCount],
    pub request: &'a Request,
}

/// The drawing; nothing where there are neither districts nor points. Without counts districts are no links.
pub fn draw(map: Option<&DistrictMap>, dots: &[Dot], counts: Option<&Counts<'_>>) -> Option<String> {
    let corners = match map {
        Some(map) => map.bounds(),
        None if dots.is_empty() => return None,
        None => bounds(dots.iter().map(|dot| dot.point)),
    };
    let on = Projection::of(corners);
    let mut svg =
        format!("<svg viewBox=\"0 0 {:.0} {:.0}\" role=\"group\" aria-label=\"{}\">", on.width, on.height, say::DRAWN);
    for shape in map.iter().flat_map(|map| &map.districts) {
        match counts {
            Some(counts) => svg.push_str(&district(&on, shape, counts)),
            None => {
                let _ = write!(svg, "<path class=\"area\" fill-rule=\"evenodd\" d=\"{}\"/>", on.path(shape));
            }
        }
    }
    // names above all shapes
    for shape in map.iter().flat_map(|map| &map.districts) {
        let (x, y) = on.at(shape.middle());
        let _ =
            write!(svg, "<text x=\"{x:.0}\" y=\"{y:.0}\" aria-hidden=\"true\"><tspan>{}</tspan>", escaped(&shape.name));
        if let Some(counts) = counts {
            let _ = write!(svg, "<tspan x=\"{x:.0}\" dy=\"1.2em\">{}</tspan>", counts.of(shape));
        }
        svg.push_str("</text>");
    }
    let (width, height) = (on.width, on.height);
    for dot in dots {
        let (x, y) = on.at(dot.point);
        if !(0.0..=width).contains(&x) || !(0.0..=height).contains(&y) {
            continue;
        }
        let (name, href) = (quoted(&dot.name), quoted(&dot.href));
        let _ = write!(
            svg,
            "<a href=\"{href}\" aria-label=\"{name}\"><circle class=\"halo\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"12\"/>\
             <circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"><title>{name}</title></circle></a>"
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

impl Counts<'_> {
    fn of(&self, shape: &DistrictShape) -> u64 {
        self.districts.iter().find(|one| one.value == shape.name).map_or(0, |one| one.count)
    }
}

fn district(on: &Projection, shape: &DistrictShape, counts: &Counts<'_>) -> String {
    let is_chosen = counts.request.get("district") == Some(&shape.name);
    let href = counts.request.with("district", (!is_chosen).then_some(shape.name.as_str()));
    let label = say::counted(&shape.name, counts.of(shape));
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

    fn dot(name: &str, lat: f64) -> Dot {
        Dot { href: "/operators/1?a=\"&b".into(), name: name.into(), point: Point::from_degrees(lat, 119.5).unwrap() }
    }

    #[test]
    fn north_is_up_and_names_are_escaped() {
        let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"<b>\"区"},"geometry":{"type":"Polygon","coordinates":[[[119,31],[120,31],[120,32],[119,32],[119,31]]]}}]}"#;
        let map = DistrictMap::parse(square).unwrap();
        let (districts, request) = (vec![], Request::default());
        let counts = Counts { districts: &districts, request: &request };
        let svg = draw(Some(&map), &[dot("<script>", 31.9)], Some(&counts)).unwrap();
        assert!(!svg.contains("<script>") && !svg.contains("<b>") && !svg.contains("?a=\"&b"), "{svg}");
        assert!(svg.contains("district="), "{svg}");
        let on = Projection::of(map.bounds());
        assert!(
            on.at(Point::from_degrees(31.9, 119.5).unwrap()).1 < on.at(Point::from_degrees(31.1, 119.5).unwrap()).1
        );
        assert!((on.height - SIDE).abs() < 1.0 && on.width < on.height, "a degree of longitude is shorter here");
        assert_eq!(draw(None, &[], Some(&counts)), None);
        // without counts districts lead nowhere
        let plain = draw(Some(&map), &[dot("甲", 31.9)], None).unwrap();
        assert!(!plain.contains("district=") && plain.contains("<circle"), "{plain}");
    }
}
