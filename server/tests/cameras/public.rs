//! The public: the list, one place, merged operators, and the page before another site.

use app::{
    domain::{camera::Setting, stream::Shown},
    ports::{KitchenQuery, KitchenSort, Kitchens, PortError, Uptime},
};
use axum::http::StatusCode;
use uuid::Uuid;

use crate::stage::{BAKERY, CANTEEN, stages};

const LINK: &[(&str, &str)] = &[
    ("way", "link"),
    ("position", "chilled"),
    ("provider", "云川市仓储平台"),
    ("address", "https://cang.example.cn/play?id=7&x=<b>"),
];

#[tokio::test]
async fn hours_repair_and_looks_decide_what_is_said() {
    for stage in stages().await {
        let id = stage.shown(stage.canteen, &[]).await;
        let state = |stage: &crate::stage::Stage| {
            let cameras = stage.cameras();
            let canteen = stage.canteen;
            async move { cameras.cameras_of(&[canteen]).await.unwrap()[0].shown }
        };
        // eleven o'clock: within hours, not looked at yet
        assert_eq!(state(&stage).await, Shown::Checking);
        stage.pass(2 * 3600 + 1);
        assert_eq!(state(&stage).await, Shown::OutOfHours, "one o'clock is over");
        stage.pass(86_400 * 3 - 7200);
        assert_eq!(state(&stage).await, Shown::OutOfHours, "on Saturday");
        let writer = crate::stage::officer(1, &[app::domain::staff::Role::Editor]);
        let mended = crate::stage::form(&[("address", ""), ("mended_until", "2026-11-30"), ("mended_note", "换镜头")]);
        stage.cameras().save(&writer, id, 2, &mended).await.unwrap();
        assert_eq!(state(&stage).await, Shown::Maintenance);
        stage.pass(86_400 * 2);
        assert_eq!(state(&stage).await, Shown::Maintenance, "the last day counts");
        stage.pass(86_400);
        assert_eq!(state(&stage).await, Shown::Checking);
    }
}

#[tokio::test]
async fn the_list_filters_counts_and_averages() {
    for stage in stages().await {
        assert_eq!(stage.get("/kitchens").await.status, StatusCode::OK);
        stage.shown(stage.canteen, &[]).await;
        stage.shown(stage.canteen, &[("position", "cutting")]).await;
        stage.shown(stage.bakery, &[("position", "processing")]).await;
        stage.shown(stage.bakery, LINK).await;
        let ask = |query: KitchenQuery| {
            let cameras = stage.cameras();
            async move { cameras.kitchens(&query, None, 30).await.unwrap() }
        };
        let all = ask(KitchenQuery { sort: KitchenSort::Name, ..KitchenQuery::default() }).await;
        assert_eq!((all.places, all.cameras, all.in_hours, all.live), (2, 4, 3, 0));
        let averages: Vec<_> = all.averages.iter().map(|one| (one.district.as_deref(), one.cameras)).collect();
        // what opens elsewhere is not looked at, so no average counts it
        assert_eq!(averages, [(None, 3), (Some("望江区"), 1), (Some("青禾区"), 2)]);
        let mine = ask(KitchenQuery { district: Some("青禾区".into()), ..KitchenQuery::default() }).await;
        assert_eq!(mine.items.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), [CANTEEN]);
        let stores = ask(KitchenQuery { setting: Some(Setting::Warehouse), ..KitchenQuery::default() }).await;
        assert_eq!(stores.items.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), [BAKERY]);
        assert_eq!(ask(KitchenQuery { live: true, ..KitchenQuery::default() }).await.places, 0);
        let first = stage.cameras().kitchens(&KitchenQuery::default(), None, 1).await.unwrap();
        let next = stage.cameras().kitchens(&KitchenQuery::default(), first.next.as_deref(), 1).await.unwrap();
        assert_ne!(first.items[0].operator, next.items[0].operator);
        assert_eq!(next.next, None);
        for wrong in ["/kitchens?sort=x", "/kitchens?setting=toilet", "/kitchens?after=x"] {
            assert_eq!(stage.get(wrong).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        let page = stage.get("/kitchens").await;
        assert!(page.head.contains("max-age=60") && !page.head.contains("media-src"), "{}", page.head);
        for blaming in ["违规", "违法", "未接入"] {
            assert!(!page.body.contains(blaming), "{blaming}");
        }
        let place = stage.get(&format!("/kitchens/{}", stage.canteen)).await;
        assert!(place.head.contains("media-src 'self' blob:") && place.head.contains("max-age=60"), "{}", place.head);
        assert!(place.body.contains("提示标识") && place.body.contains("星期一至星期五 06:30–08:00、10:00–13:00"));
        assert_eq!(stage.get(&format!("/kitchens/{}", Uuid::from_u128(9))).await.status, StatusCode::NOT_FOUND);
        let none = stage.cameras().kitchen(stage.canteen).await.unwrap();
        assert_eq!((none.line.uptime, none.district.cameras), (Uptime::default(), 2));
    }
}

#[tokio::test]
async fn cameras_follow_their_operator_into_another_and_back() {
    for stage in stages().await {
        stage.shown(stage.canteen, &[]).await;
        stage.shown(stage.bakery, &[("position", "processing")]).await;
        let merge = "UPDATE operator SET merged_into = $1 WHERE id = $2";
        crate::stage::run(&stage.house.db, merge, stage.canteen, stage.bakery).await;
        let lines = stage.cameras().cameras_of(&[stage.canteen]).await.unwrap();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.operator == stage.canteen));
        stage.pass(11);
        let place = stage.cameras().kitchen(stage.bakery).await.unwrap();
        assert_eq!((place.line.operator, place.cameras.len()), (stage.canteen, 2), "an old address leads on");
        let undo = "UPDATE operator SET merged_into = NULL WHERE merged_into = $1 OR id = $2";
        crate::stage::run(&stage.house.db, undo, stage.canteen, stage.bakery).await;
        assert_eq!(stage.cameras().cameras_of(&[stage.canteen]).await.unwrap().len(), 1);
        assert!(stage.cameras().cameras_of(&[]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_page_before_another_site_opens_only_what_the_portal_knows() {
    for stage in stages().await {
        let link = stage.shown(stage.bakery, LINK).await;
        let stream = stage.shown(stage.canteen, &[]).await;
        let page = stage.get(&format!("/leaving?to={link}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("您将离开本网站") && page.body.contains("云川市仓储平台"));
        let links = page.body.matches("https://cang.example.cn/play?id=7&amp;x=").count();
        assert!(links >= 2 && !page.body.contains("x=<b>"), "printed and linked, escaped");
        for to in [
            "https://evil.example/",
            "//evil.example",
            "javascript:alert(1)",
            "https%3A%2F%2Fevil.example",
            &stream.to_string(),
            &Uuid::from_u128(5).to_string(),
            "",
        ] {
            let answer = stage.get(&format!("/leaving?to={to}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{to}");
            assert!(!answer.head.contains("\"location\"") && !answer.body.contains("evil.example"), "{to}");
        }
        let reviewer = crate::stage::officer(2, &[app::domain::staff::Role::Reviewer]);
        stage.cameras().hide(&reviewer, link, 2).await.unwrap();
        assert!(matches!(stage.cameras().leaving(link).await, Err(PortError::NotFound)));
    }
}

#[tokio::test]
async fn addresses_of_players_are_short_lived_bound_and_end_with_the_hours() {
    for stage in stages().await {
        let id = stage.shown(stage.canteen, &[]).await;
        let other = stage.shown(stage.canteen, &[("position", "cutting")]).await;
        let ask = |path: String| {
            let stage = &stage;
            async move { stage.get(&path).await }
        };
        let ticket = ask(format!("/kitchens/live/{id}")).await;
        assert_eq!(ticket.status, StatusCode::OK);
        assert!(ticket.head.contains("no-store"), "{}", ticket.head);
        for secret in ["gw.example.cn", "geheim-7f3a", "topsecret"] {
            assert!(!ticket.body.contains(secret), "{secret}");
        }
        let src = serde_json::from_str::<serde_json::Value>(&ticket.body).unwrap()["src"].as_str().unwrap().to_owned();
        let token = src.rsplit('/').next().unwrap().to_owned();
        assert_eq!(src, format!("/kitchens/live/{id}/{token}"));
        // another camera's, a damaged one, none: nothing is asked of anybody
        for path in [
            format!("/kitchens/live/{other}/{token}"),
            format!("/kitchens/live/{id}/{}", token.replace(&token[..4], "AAAA")),
            format!("/kitchens/live/{id}/x"),
            format!("/kitchens/live/{}", Uuid::from_u128(5)),
            format!("/kitchens/live/{}/{token}", Uuid::from_u128(5)),
        ] {
            let answer = ask(path.clone()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.head.contains("text/plain") && !answer.body.is_empty(), "a sentence: {path}");
        }
        // two minutes unused: over
        stage.pass(121);
        assert_eq!(ask(src.clone()).await.status, StatusCode::FORBIDDEN);
        stage.pass(2 * 3600);
        let late = ask(format!("/kitchens/live/{id}")).await;
        assert_eq!((late.status, late.body.as_str()), (StatusCode::FORBIDDEN, "现在不在直播时段。"));
        let reviewer = crate::stage::officer(2, &[app::domain::staff::Role::Reviewer]);
        stage.cameras().hide(&reviewer, id, 2).await.unwrap();
        assert_eq!(ask(format!("/kitchens/live/{id}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ask(src).await.status, StatusCode::NOT_FOUND, "at once");
        assert_eq!(ask("/kitchens/demo/live.m3u8".into()).await.status, StatusCode::NOT_FOUND, "no demonstration here");
    }
}

#[tokio::test]
async fn no_more_watch_than_may_and_they_are_told() {
    for stage in crate::stage::stages_with("[kitchens]\nwatchers = 1\n").await {
        let id = stage.shown(stage.canteen, &[]).await;
        let ticket = |stage: &crate::stage::Stage| {
            let web = stage.cameras();
            async move { web.ticket(id).await }
        };
        let first = ticket(&stage).await.unwrap().unwrap();
        // the one who watches: the upstream is not there, the place is taken all the same
        stage.get(&first.src).await;
        let full = stage.get(&format!("/kitchens/live/{id}")).await;
        assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(full.head.contains("retry-after") && full.body.contains("观看"), "{} {}", full.head, full.body);
    }
}
