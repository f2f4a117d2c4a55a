//! What the public sees of the bureau, to the last number, and what it can't see.

use app::domain::{
    case::{Command, RefusalGround, Settlement},
    staff::Role,
};
use axum::http::StatusCode;
use server::store::Db;
use uuid::Uuid;

use super::stage::{PERSONAL, Stage, officer, said, stages};
use server::cases::With;

const COPY: &str = "INSERT INTO case_file (id, number, kind, rule, state, standing, source, receiving_bureau, \
     handling_bureau, party, party_key, problem, district, is_anonymous, wants_news, received_at, received_on, month, \
     closed_at, closed_on, version, updated_at) SELECT $1, $2, kind, rule, state, standing, source, receiving_bureau, \
     handling_bureau, party, party_key, problem, district, is_anonymous, wants_news, received_at, received_on, month, \
     closed_at, closed_on, version, updated_at FROM case_file WHERE id = $3";
const COPY_CLOCKS: &str = "INSERT INTO case_clock (case_id, place, step, due_on, internal_on, act_by, estimated, \
     calendar_version, met_on) SELECT $1, place, step, due_on, internal_on, act_by, estimated, calendar_version, met_on \
     FROM case_clock WHERE case_id = $2";
const NATIONAL: &str = "UPDATE case_file SET national_no = $2, source = '12315' WHERE id = $1";

macro_rules! run {
    ($db:expr, $sql:expr, $($value:expr),+) => {
        match $db {
            Db::Sqlite { write, .. } => sqlx::query($sql)$(.bind($value))+.execute(write).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::query($sql)$(.bind($value))+.execute(pool).await.map(|_| ()),
        }
        .unwrap()
    };
}

/// The same case again, as if others had filed it. Gives the last copy.
async fn copies(stage: &Stage, id: Uuid, count: u32) -> Uuid {
    let mut last = id;
    for _ in 0..count {
        last = stage.house.ids.secret();
        run!(&stage.house.db, COPY, last, last.simple().to_string(), id);
        run!(&stage.house.db, COPY_CLOCKS, last, id);
    }
    last
}

/// Cases of October as they stand on 25 November: 6 complaints settled on time, 3 refused late, 5 reports filed, one
/// merged; and one complaint of November.
async fn october(stage: Stage) -> Stage {
    let lead = officer(7, &[Role::Lead]);
    let stage = stage.on("2026-10-08").await;
    let take = [Command::Take, Command::Accept, Command::Invite];
    let settled = stage.filed_then(&[("district", "青禾区")], &lead, &take).await;
    let refused = stage.filed_then(&[("district", "南浦区"), ("problem", "spoiled")], &lead, &[Command::Take]).await;
    let report = [("want", "report"), ("anonymous", "yes"), ("district", "青禾区")];
    let filed = stage.filed_then(&report, &lead, &[Command::Take, Command::Check, Command::File]).await;
    let again = stage.filed_then(&report, &lead, &[Command::Take]).await;
    let open = stage.filed_then(&report, &lead, &[Command::Take, Command::Check]).await;
    let into = With { into: Some(open), ..said("重复") };
    stage.cases.act(&lead, again, 2, Command::Merge, into).await.unwrap();
    let stage = stage.on("2026-10-28").await;
    stage.cases.act(&lead, settled, 4, Command::Settle(Settlement::Performed), said("已履行")).await.unwrap();
    let stage = stage.on("2026-11-02").await;
    stage.filed_then(&[], &lead, &[]).await;
    let refuse = Command::Refuse(RefusalGround::Material);
    stage.cases.act(&lead, refused, 2, refuse, said("材料不全")).await.unwrap();
    copies(&stage, settled, 5).await;
    copies(&stage, refused, 2).await;
    copies(&stage, filed, 3).await;
    // the same complaint once more by way of the national platform
    let twice = copies(&stage, settled, 1).await;
    run!(&stage.house.db, NATIONAL, settled, "1330000002026100800001");
    run!(&stage.house.db, NATIONAL, twice, "1330000002026100800001");
    stage.on("2026-11-25").await
}

#[tokio::test]
async fn all_numbers_are_right_and_small_ones_hidden() {
    for stage in stages().await {
        let stage = Box::pin(october(stage)).await;
        let csv = stage.get("/api/v1/statistics.csv").await;
        assert_eq!(csv.status, StatusCode::OK, "{}", csv.body);
        let head = "\u{feff}类型,分组,名称,收到,受理或立案,不予受理或不予立案,办结,按时办结,办结天数中位数\r\n";
        assert!(csv.body.starts_with(head));
        let lines: Vec<&str> = csv.body.lines().filter(|line| !line.contains("月,0,0,0,0,0,")).skip(1).collect();
        assert_eq!(
            lines,
            [
                "投诉,按月份,2026年10月,9,6,少于 5,9,6,20",
                "投诉,按月份,合计,9,6,少于 5,9,6,20",
                "投诉,按区县,青禾区,未公开,6,0,未公开,6,",
                "投诉,按区县,其他或未注明,少于 5,0,少于 5,少于 5,0,",
                "投诉,按区县,合计,9,6,少于 5,9,6,20",
                "投诉,按问题,食品里有异物,未公开,6,0,未公开,6,",
                "投诉,按问题,变质、霉变,少于 5,0,少于 5,少于 5,0,",
                "投诉,按问题,合计,9,6,少于 5,9,6,20",
                "投诉,按渠道,本网站,未公开,未公开,少于 5,未公开,未公开,",
                // 5 and 1: beside the sum of 6 nothing less than hiding both hides the 1
                "投诉,按渠道,全国12315平台,少于 5,未公开,0,少于 5,未公开,",
                "投诉,按渠道,合计,9,6,少于 5,9,6,20",
                "举报,按月份,2026年10月,5,少于 5,0,0,0,",
                "举报,按月份,合计,5,少于 5,0,0,0,",
                "举报,按区县,青禾区,5,少于 5,0,0,0,",
                "举报,按区县,合计,5,少于 5,0,0,0,",
                "举报,按问题,食品里有异物,5,少于 5,0,0,0,",
                "举报,按问题,合计,5,少于 5,0,0,0,",
                "举报,按渠道,本网站,5,少于 5,0,0,0,",
                "举报,按渠道,合计,5,少于 5,0,0,0,",
            ]
        );
        // 22 lines of empty months were left out
        assert_eq!(csv.body.lines().count(), 1 + lines.len() + 22);

        let json: serde_json::Value = serde_json::from_str(&stage.get("/api/v1/statistics").await.body).unwrap();
        assert_eq!((json["from"].as_str(), json["until"].as_str()), (Some("2025-11-01"), Some("2026-10-31")));
        assert_eq!(json["merged"], serde_json::json!({"hidden": "few"}));
        assert_eq!(json["tables"].as_array().unwrap().len(), 8);
        let total = &json["tables"][0]["total"];
        assert_eq!(total["closed"], serde_json::json!({"count": 9}));
        assert_eq!(total["refused"], serde_json::json!({"hidden": "few"}));
        assert_eq!(total["median_days"].as_f64(), Some(20.0));
        let of_problem = &json["tables"][2]["rows"][0];
        assert_eq!((of_problem["code"].as_str(), of_problem["median_days"].is_null()), (Some("foreign_body"), true));
        assert_eq!(of_problem["received"], serde_json::json!({"hidden": "withheld"}));

        let page = stage.get("/statistics").await;
        assert_eq!(page.status, StatusCode::OK);
        for shown in
            ["6／9，66.7%", "9／9，100.0%", "少于 5", "未公开", "20 天", "不等于已查实", "role=\"img\"", "</desc>"]
        {
            assert!(page.body.contains(shown), "{shown}");
        }
        assert!(!page.body.contains("南浦区"), "a district with 3 cases");
        for answer in [&page, &csv] {
            assert!(answer.head.contains("max-age=60"), "{}", answer.head);
            for personal in PERSONAL.into_iter().chain(["青石巷"]) {
                assert!(!answer.body.contains(personal), "{personal}");
            }
        }
        for place in ["/", "/sitemap.xml", "/about"] {
            assert!(stage.get(place).await.body.contains("/statistics"), "{place} leads there");
        }
        assert!(stage.get("/api/v1/openapi.json").await.body.contains("/statistics.csv"));
    }
}

#[tokio::test]
async fn counts_are_kept_for_a_minute_and_not_until_the_feed_moves() {
    for stage in stages().await {
        let lead = officer(7, &[Role::Lead]);
        let stage = stage.on("2026-10-08").await;
        let id = stage.filed_then(&[], &lead, &[]).await;
        copies(&stage, id, 6).await;
        let stage = stage.on("2026-11-25").await;
        let first = stage.get("/statistics").await.body;
        assert!(first.contains("<strong>7<"));
        copies(&stage, id, 1).await;
        assert_eq!(stage.get("/statistics").await.body, first, "the clock stands still");
        let stage = stage.on("2026-11-26").await;
        assert!(stage.get("/statistics").await.body.contains("<strong>8<"));
    }
}

#[tokio::test]
async fn before_the_first_case_the_page_says_so() {
    for stage in stages().await {
        let page = stage.get("/statistics").await;
        assert_eq!((page.status, page.body.matches("这段时间没有收到。").count()), (StatusCode::OK, 2));
        assert!(!page.body.contains("role=\"img\""));
        assert_eq!(stage.get("/statistics?x=1").await.status, StatusCode::OK);
    }
}
