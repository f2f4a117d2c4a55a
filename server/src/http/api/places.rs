//! Places, as list and as `GeoJSON`.

use app::ports::{MOST_POINTS, PlaceQuery, PlacesFound};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{ApiState, Open, Parameters, Problem};

const GEOJSON: &str = "application/geo+json";

/// Places by name, pinyin, initials or address, district and kind. Who is near is asked by `POST /places/near`, so that no
/// position stands in an address.
#[utoipa::path(get, path = "/places", params(
    ("q" = Option<String>, Query, description = "Name, alias, address, pinyin or initials; empty lists all"),
    ("district" = Option<Vec<String>>, Query, description = "District; may repeat"),
    ("kind" = Option<Vec<String>>, Query, description = "producer, seller, catering, school_canteen, care_canteen, meal_delivery, market, small_workshop, small_catering, stall, warehouse, online_catering; may repeat"),
    ("limit" = Option<u32>, Query, description = "1 to 100, 20 when left out"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
), responses((status = 200, body = PlacesFound), (status = 400, body = Problem), (status = 503, body = Problem)))]
pub async fn places(State(state): State<ApiState>, parameters: Parameters) -> Result<Open<PlacesFound>, Problem> {
    let query = PlaceQuery::from_pairs(parameters.0)?;
    Ok(Open(state.places.places(query).await?))
}

/// The same places as points (`GeoJSON`, WGS 84), 2000 at most: `total` tells how many there are.
#[utoipa::path(get, path = "/places.geojson", params(
    ("q" = Option<String>, Query, description = "As in /places"),
    ("district" = Option<Vec<String>>, Query, description = "As in /places"),
    ("kind" = Option<Vec<String>>, Query, description = "As in /places"),
), responses((status = 200, body = Object, content_type = "application/geo+json"), (status = 400, body = Problem)))]
pub async fn points(State(state): State<ApiState>, parameters: Parameters) -> Result<Response, Problem> {
    let query = PlaceQuery { limit: MOST_POINTS, ..PlaceQuery::from_pairs(parameters.0)? };
    let found = state.places.places(query).await?;
    let feature = |hit: app::ports::PlaceHit| {
        let (lat, lon) = hit.point?.degrees();
        Some(json!({
            "type": "Feature",
            "id": hit.id,
            "properties": { "id": hit.id, "name": hit.plain_name(), "kind": hit.kind },
            "geometry": { "type": "Point", "coordinates": [lon, lat] },
        }))
    };
    let read = found.hits.len();
    let features: Vec<Value> = found.hits.into_iter().filter_map(feature).collect();
    let whole = json!({ "type": "FeatureCollection", "total": found.total, "read": read, "features": features });
    Ok(geojson(&whole))
}

/// The districts of the city (`GeoJSON`, WGS 84), where the bureau gave them.
#[utoipa::path(get, path = "/districts.geojson", responses(
    (status = 200, body = Object, content_type = "application/geo+json"), (status = 404, body = Problem)
))]
pub async fn districts(State(state): State<ApiState>) -> Result<Response, Problem> {
    let map = state.ground.of(state.site.borrow().demo);
    let districts = map.districts.as_ref().ok_or(app::ports::PortError::NotFound)?;
    Ok(geojson(&districts.to_geojson()))
}

fn geojson(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, GEOJSON), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], value.to_string()).into_response()
}
