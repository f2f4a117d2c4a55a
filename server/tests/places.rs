//! Places over HTTP, on each database: found, drawn, near without a trace, schools, the notice for a gate.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/postgres.rs"]
mod postgres;

use std::sync::Arc;

use app::ports::Site;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, StatusCode},
};
use server::{
    clock::Clock,
    config::DataArgs,
    demo,
    front::Front,
    house::House,
    http::{self, Web},
    index::Follower,
    registers::{Registrar, Said},
};
use tokio::sync::watch;
use tower::{Service, ServiceExt};

const CANTEENS: &str = "school-canteens";

struct Stage {
    web: Web,
    _dir: tempfile::TempDir,
}

/// A portal with the fictional city's registers; of districts what the test gives.
async fn stage(url: Option<String>, settings: &str, districts: Option<&str>) -> Result<Stage, String> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("portal.toml"), settings).unwrap();
    if let Some(districts) = districts {
        std::fs::write(dir.path().join("districts.geojson"), districts).unwrap();
    }
    let args = DataArgs { data: dir.path().to_owned(), database_url: url };
    let house = House::open(&args).await.map_err(|error| error.to_string())?;
    let house = House { clock: Clock::fixed("2026-11-25T02:00:00Z".parse().unwrap()), ..house };
    let registrar = Registrar::of(&house, "云川市市场监督管理局".into());
    let known = house.registers.all().iter().map(|register| &**register);
    let wanted = [CANTEENS, "yearly-grades", "inspections"];
    for edition in
        demo::editions(7, house.clock.today(), known).iter().filter(|one| wanted.contains(&one.register.as_str()))
    {
        let read = registrar.read(&edition.register, &edition.name, &edition.bytes, &mut |_| ()).unwrap();
        registrar.publish(&read, &edition.bytes, &Said::default()).await.unwrap();
    }
    let standing = Follower::new(house.db.clone(), Arc::clone(&house.index)).catch_up().await.unwrap();
    let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
    let (site, standing) = (watch::channel(Arc::new(site)).1, watch::channel(standing).1);
    let web = Web::new(&house, site, standing, Front::default()).map_err(|error| error.to_string())?;
    Ok(Stage { web, _dir: dir })
}

impl Stage {
    async fn ask(&self, method: Method, path: &str, body: String) -> (StatusCode, HeaderMap, String) {
        let mut site = http::site(&self.web);
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        let response = site.ready().await.unwrap().call(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        self.ask(Method::GET, path, String::new()).await
    }

    async fn json(&self, path: &str) -> serde_json::Value {
        let (status, _, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}

#[tokio::test]
async fn canteens_are_found_listed_and_drawn() {
    let districts = demo::districts().to_geojson().to_string();
    for url in postgres::databases().await {
        let stage = stage(url, "", Some(&districts)).await.unwrap();
        let all = stage.json("/api/v1/places").await;
        let canteens = stage.json("/api/v1/places?kind=school_canteen&limit=100").await;
        let total = canteens["total"].as_u64().unwrap();
        assert!(total > 5 && total <= all["total"].as_u64().unwrap(), "{total}");
        let one = &canteens["hits"][0];
        assert_eq!((&one["kind"], one["point"].is_object()), (&"school_canteen".into(), true), "{one}");
        let (id, name, district) =
            (one["id"].as_str().unwrap(), one["name"][0]["text"].as_str().unwrap(), one["district"].as_str().unwrap());
        let counted = canteens["districts"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap());
        assert_eq!(counted.sum::<u64>(), total);
        let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let named = stage.json(&format!("/api/v1/places?q={encoded}")).await;
        assert_eq!(named["hits"][0]["id"], id, "{named}");

        let (status, headers, page) = stage.get("/places?kind=school_canteen").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&format!("/operators/{id}")) && page.matches("class=\"area\"").count() == 8);
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("worker-src 'self'") && policy.contains("connect-src 'self';"), "{policy}");
        assert!(headers["permissions-policy"].to_str().unwrap().ends_with("geolocation=(self)"));
        let others = stage.get("/schools").await.1;
        assert!(others["permissions-policy"].to_str().unwrap().ends_with("geolocation=()"));
        assert_eq!(others["cache-control"], "public, max-age=60");

        let points = stage.json("/api/v1/places.geojson?kind=school_canteen").await;
        assert_eq!(points["features"].as_array().unwrap().len() as u64, total);
        for feature in points["features"].as_array().unwrap() {
            let lon = feature["geometry"]["coordinates"][0].as_f64().unwrap();
            assert!((119.7..120.2).contains(&lon), "longitude comes first: {feature}");
        }
        assert_eq!(stage.json("/api/v1/districts.geojson").await["features"].as_array().unwrap().len(), 8);

        let list = stage.get("/schools").await.2;
        assert!(list.contains(&format!("共 {total} 个食堂")), "as many as the search finds");
        assert!(list.contains("年度 ") && !list.contains("违规单位"));
        let encoded: String = form_urlencoded::byte_serialize(district.as_bytes()).collect();
        for path in [
            "/schools?sort=grade",
            "/schools?sort=live",
            "/schools?sort=inspected",
            &format!("/schools?district={encoded}"),
            "/places?from=singlemessage",
        ] {
            assert_eq!(stage.get(path).await.0, StatusCode::OK, "{path}");
        }
        for bad in ["/schools?sort=best", "/schools?after=x", "/places?kind=x", "/places?lat=31.7"] {
            assert_eq!(stage.get(bad).await.0, StatusCode::BAD_REQUEST, "{bad}");
        }

        let (status, headers, code) = stage.get(&format!("/operators/{id}/qr.svg")).await;
        assert_eq!((status, &headers["content-type"]), (StatusCode::OK, &"image/svg+xml".parse().unwrap()));
        assert!(code.starts_with("<svg ") && code.contains("<path d=\"M"));
        let notice = stage.get(&format!("/operators/{id}/notice")).await.2;
        assert!(notice.contains(&format!("https://spaq.example.cn/operators/{id}")) && notice.contains("12315"));
        for none in ["/operators/x/notice", "/operators/00000000-0000-0000-0000-000000000001/notice"] {
            assert_eq!(stage.get(none).await.0, StatusCode::NOT_FOUND, "{none}");
        }
    }
}

#[tokio::test]
async fn near_answers_once_and_is_kept_nowhere() {
    let stage = stage(None, "", None).await.unwrap();
    let body = r#"{"lat":31.752,"lon":119.948,"kind":["school_canteen"],"limit":5}"#;
    let (status, headers, found) = stage.ask(Method::POST, "/api/v1/places/near", body.into()).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!headers.contains_key("access-control-allow-origin"));
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let metres: Vec<f64> =
        found["hits"].as_array().unwrap().iter().map(|one| one["metres"].as_f64().unwrap()).collect();
    assert!(metres.len() == 5 && metres.is_sorted(), "{metres:?}");
    for bad in [
        "",
        "{}",
        r#"{"lat":91,"lon":0}"#,
        r#"{"lat":31.123456,"lon":"x"}"#,
        r#"{"lat":1,"lon":1,"metres":100001}"#,
        r#"{"lat":1,"lon":1,"who":1}"#,
    ] {
        let (status, _, said) = stage.ask(Method::POST, "/api/v1/places/near", bad.into()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(!said.contains("31.12"), "{said}");
    }
    let long = format!("{{\"lat\":1,\"lon\":1,\"q\":\"{}\"}}", "a".repeat(5000));
    assert_eq!(stage.ask(Method::POST, "/api/v1/places/near", long).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(stage.get("/api/v1/districts.geojson").await.0, StatusCode::NOT_FOUND);
    assert!(stage.get("/places").await.2.contains("class=\"dot\""), "without districts the points are drawn");
}

#[tokio::test]
async fn tiles_open_one_page_to_one_host_and_wrong_files_stop_the_start() {
    let settings =
        "[map]\ntiles = [\"https://t0.tianditu.gov.cn/a?x={x}&y={y}&z={z}&tk=KEY\"]\nattribution = \"天地图\"\n";
    let stage = stage(None, settings, None).await.unwrap();
    let policy = |headers: HeaderMap| headers["content-security-policy"].to_str().unwrap().to_owned();
    let places = policy(stage.get("/places").await.1);
    assert_eq!(places.matches("https://").count(), 2, "{places}");
    assert!(places.contains("connect-src 'self' https://t0.tianditu.gov.cn;"), "{places}");
    for other in ["/", "/schools", "/search"] {
        assert!(!policy(stage.get(other).await.1).contains("https://"), "{other}");
    }
    let refused =
        |settings: &'static str, districts: Option<&'static str>| async move { super_stage(settings, districts).await };
    let said = refused("[map]\ntiles = [\"http://tiles.example/{z}\"]\n", None).await;
    assert!(said.contains("portal.toml") && said.contains("tiles"), "{said}");
    let said = refused("", Some("{\"type\":\"FeatureCollection\",\"features\":[]}")).await;
    assert!(said.contains("districts.geojson") && said.contains("0 districts"), "{said}");
}

async fn super_stage(settings: &str, districts: Option<&str>) -> String {
    stage(None, settings, districts).await.err().unwrap_or_default()
}
