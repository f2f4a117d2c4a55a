//! The desk's pages: correct, merge, undo, decide; nothing is asked twice.

use app::domain::staff::Role;
use axum::http::StatusCode;
use uuid::Uuid;

use crate::{
    scene::{party, sample},
    stage::{Stage, stages},
};

const HERE: &str = "云川市青禾区南门路1号";

async fn pair(stage: &mut Stage) -> (Uuid, Uuid) {
    let rows = vec![
        sample("S1", "面条", party("/", ""), party("长安饭店", HERE)),
        sample("S2", "米粉", party("/", ""), party("长安饭店", "云川市青禾区北门路7号")),
    ];
    stage.bulletin("一", "2026-03-01", rows).await;
    let doubts = stage.doubts().await;
    assert_eq!(doubts.len(), 1);
    (doubts[0].one.id, doubts[0].other.id)
}

#[tokio::test]
async fn doubts_are_decided_once() {
    for mut stage in stages().await {
        let (one, other) = pair(&mut stage).await;
        let editor = stage.sign_in("editor", &[Role::Editor]).await;
        let list = stage.desk_get(&editor, "/desk/operators").await;
        assert!(list.body.contains("可能是同一家") && list.body.contains("长安饭店") && list.body.contains("1 项待判断"));
        let path = format!("/desk/operators/{one}/doubt");
        let answer = |what: &'static str| [("other".to_owned(), other.to_string()), ("do".to_owned(), what.to_owned())];
        let fields = answer("different");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(stage.desk_post(&editor, &path, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(stage.doubts().await.is_empty());
        let again = stage.desk_post(&editor, &path, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("已经判断过了"));
        // the same table once more asks nothing
        let rows = vec![sample("S9", "面条", party("/", ""), party("长安饭店", "云川市青禾区北门路7号"))];
        stage.bulletin("二", "2026-04-01", rows).await;
        assert!(stage.doubts().await.is_empty());
        assert_eq!(stage.named("长安饭店").await.len(), 2);
    }
}

#[tokio::test]
async fn the_same_merges_and_an_undo_asks_again() {
    for mut stage in stages().await {
        let (one, other) = pair(&mut stage).await;
        let editor = stage.sign_in("editor", &[Role::Editor]).await;
        let fields = [("other", other.to_string()), ("do", "same".to_owned()), ("from", "list".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = stage.desk_post(&editor, &format!("/desk/operators/{one}/doubt"), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.head.contains("\"location\": \"/desk/operators\""), "{}", answer.head);
        assert_eq!(stage.sheet(one).await.line.merged_into, Some(other));
        assert!(stage.doubts().await.is_empty());
        let sheet = stage.desk_get(&editor, &format!("/desk/operators/{one}")).await;
        let version = sheet.hidden("version");
        let stale = stage.desk_post(&editor, &format!("/desk/operators/{one}/undo"), &[("version", "1")]).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        let undone = stage.desk_post(&editor, &format!("/desk/operators/{one}/undo"), &[("version", &version)]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER);
        assert_eq!(stage.sheet(one).await.line.merged_into, None);
        assert_eq!(stage.doubts().await.len(), 1, "what was undone is asked again");
        let trail = stage.desk_get(&stage.sign_in("auditor", &[Role::Auditor]).await, "/desk/audit").await.body;
        for deed in ["合并经营者", "撤销合并", "判断是否同一经营者"] {
            assert!(trail.contains(deed), "{deed}");
        }
    }
}

#[tokio::test]
async fn corrections_keep_what_was_typed() {
    for mut stage in stages().await {
        let (one, other) = pair(&mut stage).await;
        stage.follow().await;
        let editor = stage.sign_in("editor", &[Role::Editor]).await;
        let path = format!("/desk/operators/{one}");
        let version = stage.desk_get(&editor, &path).await.hidden("version");
        let bad = [
            (vec![("point", "119.95, 31.75")], "纬度, 经度"),
            (vec![("kind", "palace")], "请从列表中选择"),
            (vec![("uscc", "一".repeat(201).leak() as &str)], "最多 200 个字"),
        ];
        for (fields, sentence) in bad {
            let fields: Vec<_> = [("version", version.as_str()), ("aliases", "老长安")].into_iter().chain(fields).collect();
            let answer = stage.desk_post(&editor, &path, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains(sentence) && answer.body.contains("老长安"), "{sentence}");
        }
        let good = [
            ("version", version.as_str()),
            ("kind", "catering"),
            ("address", "云川市柳湾县东街8号"),
            ("point", "31.75, 119.95"),
            ("uscc", "91000000ma0000001x"),
            ("licence", "JY20000000000022"),
            ("aliases", "老长安\n老长安\n/\n<script>alert(1)</script>"),
        ];
        assert_eq!(stage.desk_post(&editor, &path, &good).await.status, StatusCode::SEE_OTHER);
        stage.follow().await;
        let sheet = stage.sheet(one).await;
        assert_eq!(sheet.line.district.as_deref(), Some("柳湾县"), "from the address");
        assert_eq!((sheet.point.unwrap().lat_e6, sheet.aliases.len()), (31_750_000, 2));
        let page = stage.get(&format!("/operators/{one}")).await.body;
        for shown in ["餐饮服务", "柳湾县", "老长安", "校验位不符", "91000000MA0000001X"] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(!page.contains("<script>alert"));
        // another officer had the page open
        let stale = stage.desk_post(&editor, &path, &good).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("别人刚刚改过"));
        // merging: by address, by id, not into itself, not into nobody
        let version = stage.desk_get(&editor, &path).await.hidden("version");
        for (into, sentence) in [
            ("海棠".to_owned(), "请粘贴"),
            (one.to_string(), "不能并入自己"),
            (Uuid::from_u128(7).to_string(), "没有这个经营者"),
        ] {
            let answer = stage.desk_post(&editor, &format!("{path}/merge"), &[("version", &version), ("into", &into)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{into}");
            assert!(answer.body.contains(sentence) && answer.body.contains(&into), "{into}");
        }
        let into = format!("https://spaq.example.cn/operators/{other}?show=seller");
        let answer = stage.desk_post(&editor, &format!("{path}/merge"), &[("version", &version), ("into", &into)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let found = stage.desk_get(&editor, "/desk/operators?q=%E9%95%BF%E5%AE%89").await.body;
        assert!(found.contains("长安饭店") && found.contains("已并入"));
    }
}
