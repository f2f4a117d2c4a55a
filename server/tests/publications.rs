//! Publications of every kind as the public meets them: pages, search, feeds, sitemap, API, files; and nothing of what
//! is withdrawn or removed. On both databases where PostgreSQL is there.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/ask.rs"]
mod ask;
mod publications {
    pub mod stage;
}

use app::domain::{
    act::Act,
    publication::{Kind, Standing},
};
use axum::http::StatusCode;
use publications::stage::{Stage, content, stages};

const OTHERS: [Kind; 7] =
    [Kind::Disposal, Kind::Penalty, Kind::Recall, Kind::Warning, Kind::Tip, Kind::Notice, Kind::Article];

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Every place where a public publication shows.
fn places(stage: &Stage, kind: Kind) -> Vec<String> {
    let mark = escaped(&format!("标记{}", kind.code()));
    vec![
        format!("/{}", kind.folder()),
        format!("/{}?year=2026", kind.folder()),
        "/".into(),
        format!("/search?q={mark}"),
        format!("/feeds/{}.atom", kind.code()),
        "/feeds/all.atom".into(),
        "/sitemap.xml".into(),
        format!("/api/v1/publications?kind={}&year=2026", kind.code()),
        format!("/api/v1/search?q={mark}&kind={}", kind.code()),
    ]
    .into_iter()
    .chain(
        matches!(kind, Kind::Penalty | Kind::Disposal | Kind::Recall).then(|| format!("/operators/{}", stage.operator)),
    )
    .chain(matches!(kind, Kind::Penalty | Kind::Disposal | Kind::Recall).then(|| format!("/samples/{}", stage.sample)))
    .collect()
}

#[tokio::test]
async fn each_kind_shows_everywhere_and_its_revisions_too() {
    for mut stage in stages().await {
        for kind in OTHERS {
            let id = stage.publish(kind).await;
            let page = format!("/{}/{id}", kind.folder());
            let (status, headers, body) = stage.get(&page).await;
            assert_eq!(status, StatusCode::OK, "{page}");
            assert!(headers["etag"].to_str().unwrap().starts_with("W/"), "{page}");
            assert!(body.contains(&format!("https://spaq.example.cn{page}\"")), "{page} has no canonical address");
            assert!(body.contains("application/ld+json") && body.contains("/log/proofs/"), "{page}");
            assert!(!body.contains("<script>alert") && body.contains("&lt;b&gt;"), "{page} is not escaped");
            assert!(!body.contains("order-45"), "{page} shows an inner field");
            for place in places(&stage, kind) {
                let (status, _, body) = stage.get(&place).await;
                assert_eq!(status, StatusCode::OK, "{place}");
                assert!(body.contains(&id.to_string()), "{place} does not name the {}", kind.code());
                assert!(!body.contains("order-45"), "{place} shows an inner field");
            }
            let api = stage.json(&format!("/api/v1/publications/{id}")).await;
            assert_eq!((api["kind"].as_str(), api["revisions"][0]["number"].as_u64()), (Some(kind.code()), Some(1)));
            // only below its own folder
            let other = if kind == Kind::Tip { "warnings" } else { "tips" };
            assert_eq!(stage.get(&format!("/{other}/{id}")).await.0, StatusCode::NOT_FOUND);

            let mut changed = content(kind);
            changed.fill([("title", "改过的标题"), ("body", "一\n二改\n三")]);
            stage.act(id, Act::Correct, Standing::Public, Some(&changed), "标题有误", false).await;
            let second = stage.get(&format!("{page}/revisions/2")).await;
            assert_eq!(second.0, StatusCode::OK, "{page}");
            for shown in ["改过的标题", "标题有误", "<del>二<", "<ins>二改<", "noindex"] {
                assert!(second.2.contains(shown), "{page}/revisions/2 lacks {shown}");
            }
            assert!(!second.2.contains("order-45"), "{page}/revisions/2 shows an inner field");
            let first = stage.get(&format!("{page}/revisions/1")).await;
            assert!(first.0 == StatusCode::OK && first.2.contains("标记") && first.2.contains("第一次公布"), "{page}");
            assert!(stage.get(&page).await.2.contains(&format!("{page}/revisions/1")));
            assert_eq!(stage.get(&format!("{page}/revisions/3")).await.0, StatusCode::NOT_FOUND);
            assert_eq!(stage.get(&format!("{page}/revisions/x")).await.0, StatusCode::NOT_FOUND);

            // hidden since: 410, and the page does not lead there any more
            stage.act(id, Act::Correct, Standing::Public, Some(&content(kind)), "含有个人信息", true).await;
            let hidden = stage.get(&format!("{page}/revisions/2")).await;
            assert_eq!((hidden.0, hidden.2.contains("二改")), (StatusCode::GONE, false), "{page}");
            assert!(!stage.get(&page).await.2.contains(&format!("{page}/revisions/2")));
            let third = stage.get(&format!("{page}/revisions/3")).await;
            assert!(third.0 == StatusCode::OK && third.2.contains("不能比较"), "{page}");
        }
        assert!(stage.index_agrees().await);
    }
}

#[tokio::test]
async fn what_is_withdrawn_or_removed_is_gone_from_everywhere() {
    for mut stage in stages().await {
        for kind in OTHERS {
            for (act, standing) in [(Act::Withdraw, Standing::Withdrawn), (Act::Remove, Standing::Removed)] {
                let id = stage.publish(kind).await;
                let file = stage.attach(id, kind, "明细.xlsx", "application/zip").await;
                assert_eq!(stage.get(&format!("/attachments/{file}")).await.0, StatusCode::OK);
                stage.act(id, act, standing, None, "依法处理", false).await;
                let page = format!("/{}/{id}", kind.folder());
                for gone in [
                    page.clone(),
                    format!("{page}/revisions/1"),
                    format!("{page}/revisions/2"),
                    format!("{page}/revisions/3"),
                    format!("/attachments/{file}"),
                    format!("/api/v1/publications/{id}"),
                ] {
                    let (status, headers, body) = stage.get(&gone).await;
                    assert_eq!(status, StatusCode::GONE, "{gone} after {act:?}");
                    assert_eq!(headers["cache-control"], "no-store", "{gone}");
                    assert!(!body.contains("标记") && !body.contains("柳湾"), "{gone} still tells");
                }
                for place in places(&stage, kind) {
                    let (status, _, body) = stage.get(&place).await;
                    assert_eq!(status, StatusCode::OK, "{place}");
                    assert!(!body.contains(&id.to_string()), "{place} still names the {} after {act:?}", kind.code());
                }
            }
        }
        assert!(stage.index_agrees().await);
    }
}

#[tokio::test]
async fn a_recall_answers_over_http_and_never_says_safe() {
    for mut stage in stages().await {
        let id = stage.publish(Kind::Recall).await;
        for (query, words) in [
            ("lot=20260105", "在召回范围内"),
            ("lot=b-7", "在召回范围内"),
            ("made_on=2026-01-05", "在召回范围内"),
            ("lot=X9", "不在已公布的召回批次里"),
            ("made_on=2026-02-05", "不在已公布的召回批次里"),
            ("made_on=2026-02-30", "生产日期无法识别"),
        ] {
            let (status, _, body) = stage.get(&format!("/recalls/{id}?{query}")).await;
            let expected = if query.contains("02-30") { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            assert_eq!(status, expected, "{query}");
            assert!(body.contains(words), "{query}");
        }
        let asked = |query: &str| format!("/recalls?{query}");
        for (query, words) in [
            ("lot=B-7&product=", "在召回范围内"),
            ("lot=X9", "没有找到相符的召回信息"),
            ("lot=X9&product=%E5%A5%B6%E7%B2%89", "不在已公布的召回批次里"),
            ("product=%E5%A5%B6%E7%B2%89", "现有信息不足"),
            ("product=%E9%85%B1%E6%B2%B9&lot=B-7", "没有找到相符的召回信息"),
        ] {
            let (status, _, body) = stage.get(&asked(query)).await;
            assert_eq!(status, StatusCode::OK, "{query}");
            assert!(body.contains(words), "{query}");
        }
        for (query, answers) in [
            ("lot=B-7", vec!["affected"]),
            ("lot=X9", vec![]),
            ("product=%E5%A5%B6%E7%B2%89&lot=X9", vec!["not_listed"]),
            ("product=%E5%A5%B6%E7%B2%89", vec!["not_known"]),
        ] {
            let found = stage.json(&format!("/api/v1/recalls/check?{query}")).await;
            let found = found["answers"].as_array().unwrap().iter().map(|one| one["answer"].as_str().unwrap());
            assert_eq!(found.collect::<Vec<_>>(), answers, "{query}");
        }
        assert_eq!(stage.get("/api/v1/recalls/check?made_on=x").await.0, StatusCode::BAD_REQUEST);
        assert_eq!(stage.get("/api/v1/recalls/check?colour=x").await.0, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn a_failed_sample_shows_its_whole_way() {
    for mut stage in stages().await {
        let path = format!("/samples/{}", stage.sample);
        let before = stage.get(&path).await.2;
        assert_eq!(before.matches("class=\"not-yet\"").count(), 3, "objection, disposal and outcome are not public");
        let id = stage.publish(Kind::Disposal).await;
        let after = stage.get(&path).await.2;
        assert_eq!(after.matches("class=\"not-yet\"").count(), 1);
        assert!(after.contains(&format!("/disposals/{id}")) && after.contains("已给予行政处罚"));
        let penalty = stage.publish(Kind::Penalty).await;
        assert!(stage.get(&path).await.2.contains(&format!("/penalties/{penalty}")));
        let passed = stage.get(&format!("/samples/{}", stage.passed)).await.2;
        assert!(!passed.contains("class=\"timeline\"") && passed.contains("检验合格"));
    }
}

#[tokio::test]
async fn attachments_can_do_no_harm() {
    for mut stage in stages().await {
        let id = stage.publish(Kind::Notice).await;
        for (name, media_type, kind, how) in [
            ("图.png", "image/png", "image/png", "inline"),
            ("图.svg", "image/svg+xml", "application/octet-stream", "attachment"),
            ("页.html", "text/html", "application/octet-stream", "attachment"),
            ("文\r\n件\".pdf", "application/pdf", "application/octet-stream", "attachment"),
        ] {
            let file = stage.attach(id, Kind::Notice, name, media_type).await;
            let (status, headers, body) = stage.get(&format!("/attachments/{file}")).await;
            assert_eq!((status, body.as_str()), (StatusCode::OK, "inhalt"), "{name}");
            assert_eq!(headers["content-type"], kind, "{name}");
            assert!(
                headers["content-disposition"].to_str().unwrap().starts_with(&format!("{how}; filename*=")),
                "{name}"
            );
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
            assert_eq!(headers["content-length"], "6");
            let etag = headers["etag"].to_str().unwrap().to_owned();
            let again = stage.ask(&format!("/attachments/{file}"), &[("if-none-match", &etag)]).await;
            assert_eq!((again.0, again.2.as_str()), (StatusCode::NOT_MODIFIED, ""));
            // what a correction leaves out is gone, until another brings it back
            let content = content(Kind::Notice);
            stage.act(id, Act::Correct, Standing::Public, Some(&content), "去掉附件", false).await;
            assert_eq!(stage.get(&format!("/attachments/{file}")).await.0, StatusCode::GONE);
            let mut again = content.clone();
            again.attachments.push(stage.house.db.attachment(file).await.unwrap().unwrap().attachment);
            stage.act(id, Act::Correct, Standing::Public, Some(&again), "恢复附件", false).await;
            assert_eq!(stage.get(&format!("/attachments/{file}")).await.0, StatusCode::OK);
            stage.act(id, Act::Correct, Standing::Public, Some(&content), "去掉附件", false).await;
            assert_eq!(stage.get(&format!("/attachments/{file}")).await.0, StatusCode::GONE);
        }
        // a removal takes along what was dropped before
        stage.act(id, Act::Remove, Standing::Removed, None, "依法处理", false).await;
        assert_eq!(stage.get("/attachments/..%2f..%2fportal.toml").await.0, StatusCode::NOT_FOUND);
        assert_eq!(stage.get(&format!("/attachments/{}", uuid::Uuid::from_u128(1))).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_page_keeps_its_head_whatever_runs_beside_it() {
    let stage = std::sync::Arc::new(stages().await.swap_remove(0));
    let asking: Vec<_> = (0..400)
        .map(|number| {
            let stage = std::sync::Arc::clone(&stage);
            tokio::spawn(async move {
                let (folder, own) = [("recalls", "recall"), ("tips", "tip")][number % 2];
                let body = stage.get(&format!("/{folder}?n={number}")).await.2;
                let canonical = format!("href=\"https://spaq.example.cn/{folder}\" rel=\"canonical\"");
                let whole = body.contains(&canonical)
                    && body.contains(&format!("/feeds/{own}.atom\""))
                    && body.matches("name=\"description\"").count() == 1;
                assert!(whole, "{}", body.split("</head>").next().unwrap_or_default());
            })
        })
        .collect();
    for one in asking {
        one.await.unwrap();
    }
}

#[tokio::test]
async fn empty_kinds_and_bad_questions_get_a_page_of_their_own() {
    for mut stage in stages().await {
        for kind in OTHERS {
            let (status, _, body) = stage.get(&format!("/{}", kind.folder())).await;
            assert_eq!(status, StatusCode::OK);
            assert!(body.contains("还没有公开的信息") && body.contains("href=\"/publications\""), "{}", kind.code());
            let feed = stage.get(&format!("/feeds/{}.atom", kind.code())).await;
            assert_eq!(
                (feed.0, feed.1["content-type"].to_str().unwrap()),
                (StatusCode::OK, "application/atom+xml; charset=utf-8")
            );
        }
        for (path, status) in [
            ("/penalties?year=x", 400),
            ("/penalties?after=x", 400),
            ("/penalties?year=1999", 200),
            ("/penalties/x", 404),
            ("/nothing", 404),
            ("/nothing/here", 404),
            ("/feeds/none.atom", 404),
            ("/feeds/all", 404),
            ("/publications", 200),
            ("/api/v1/publications?kind=bulletin", 400),
            ("/api/v1/publications?year=x", 400),
        ] {
            assert_eq!(stage.get(path).await.0.as_u16(), status, "{path}");
        }
        let bulletin = stage.bulletin;
        let feed = stage.get("/feeds/bulletin.atom").await.2;
        assert!(feed.contains(&format!("urn:uuid:{bulletin}")));
        // a corrected bulletin shows what became of its samples
        stage.correct_bulletin().await;
        let page = stage.get(&format!("/bulletins/{bulletin}/revisions/2")).await;
        assert_eq!(page.0, StatusCode::OK);
        for shown in ["复检结论维持", "删去的样品（1）", "更正的样品（1）", "增加的样品（1）", "合格面粉", "新样品"]
        {
            assert!(page.2.contains(shown), "{shown}");
        }
    }
}

#[tokio::test]
async fn numbers_of_samples_are_looked_up_in_batches() {
    for stage in stages().await {
        let mut numbers: Vec<String> = (0..1203).map(|number| format!("X{number}")).collect();
        numbers.insert(700, "S2".into());
        numbers.push("S1".into());
        let unknown = stage.house.db.unknown_samples(numbers.iter().map(String::as_str)).await.unwrap();
        let expected: Vec<String> = (0..1203).map(|number| format!("X{number}")).collect();
        assert_eq!(unknown, expected, "those that are not published, in order");
        assert_eq!(stage.house.db.unknown_samples("".lines()).await.unwrap(), [] as [String; 0]);
        assert_eq!(stage.house.db.unknown_samples(["s1' OR '1'='1"].into_iter()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_sample_shows_what_its_shop_replies_and_the_way_to_object() {
    for stage in stages().await {
        stage.reply("柳湾县 同乐超市", "已经下架并退款。<b>").await;
        stage.reply("云川市另一家超市", "与本店无关。").await;
        let page = stage.get(&format!("/samples/{}", stage.sample)).await.2;
        assert!(page.contains("已经下架并退款。&lt;b&gt;"), "the shop's own reply, escaped");
        assert!(!page.contains("与本店无关"), "somebody else's reply");
        assert!(page.contains(&format!("href=\"/objections/new?publication={}\"", stage.bulletin)));
        let bulletin = stage.get(&format!("/bulletins/{}", stage.bulletin)).await.2;
        assert!(bulletin.contains("已经下架并退款") && bulletin.contains("与本店无关"));
    }
}
