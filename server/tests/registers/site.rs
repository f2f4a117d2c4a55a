//! What the public gets over HTTP.

use axum::http::StatusCode;

use super::stage::{CODE, stages};

#[tokio::test]
async fn pages_exports_and_api_say_the_same() {
    for stage in stages().await {
        let done = stage
            .publish(
                "1,\"甲\"\"店<b>\",大型,3,,云川市青禾区南门路1号,119.95,31.75,2026-12-31,\"=HYPERLINK(\"\"x\"\")\"\n\
                 2,乙店,小型,-20,,云川市望江区渡口街2号,,,,\"两行\n备注\"\n",
            )
            .await
            .unwrap();
        let site = stage.site().await;
        let entry = stage.all().await[0].clone();
        let list = site.get("/registers").await.2;
        assert!(list.contains("测试名册") && list.contains("/registers/test-list") && !list.contains("学校食堂名录"));
        let (status, _, page) = site.get("/registers/test-list").await;
        assert_eq!(status, StatusCode::OK);
        for said in ["甲\"店&lt;b", "公开至“有效期至”当天", "共 2 条", "test-list.csv", "仅供测试。", "核验"]
        {
            assert!(page.contains(said), "{said}");
        }
        assert!(!page.contains("店<b>"));
        let narrowed = site.get("/registers/test-list?q=&f-grade=small&order=-score").await.2;
        assert!(narrowed.contains("2 条中有 1 条符合") && narrowed.contains("乙店") && narrowed.contains("noindex"));
        let (status, _, page) = site.get(&entry.path()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("=HYPERLINK(") && page.contains("北纬 31.75000°") && page.contains("/operators/"));
        assert!(page.contains(&format!("/objections/new?publication={}", done.id)));
        assert_eq!(site.get(&format!("/registers/{}", done.id)).await.0, StatusCode::OK);
        assert_eq!(site.get(&format!("/registers/{}/revisions/1", done.id)).await.0, StatusCode::OK);
        for wrong in ["/registers/none", "/registers/none.csv", "/registers/school-canteens", "/registers/test-list/x"]
        {
            assert_eq!(site.get(wrong).await.0, StatusCode::NOT_FOUND, "{wrong}");
        }
        for bad in ["?after=zz", "?f-remark=x", "?order=remark"] {
            assert_eq!(site.get(&format!("/registers/test-list{bad}")).await.0, StatusCode::BAD_REQUEST, "{bad}");
        }

        let (status, headers, csv) = site.get("/registers/test-list.csv").await;
        assert_eq!((status, headers["content-type"].as_bytes()), (StatusCode::OK, &b"text/csv; charset=utf-8"[..]));
        assert!(csv.starts_with('\u{feff}') && headers["cache-control"] == "public, no-cache");
        assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\"") && csv.contains("\"-20"), "{csv}");
        let mut read = csv::ReaderBuilder::new().from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = read.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), &rows[0][1], &rows[0][8]), (2, "甲\"店<b>", "2026-12-31"));
        // what was exported can be imported again
        let again =
            stage.publish_file(CODE, csv.replace("'=", "=").replace(" 个", "").replace('个', "").as_bytes()).await;
        assert_eq!(again.unwrap().difference.unchanged, 2);
        let json = site.json("/registers/test-list.json").await;
        assert_eq!(json["register"]["name"], "测试名册");
        assert_eq!(json["entries"][0]["cells"]["remark"], "=HYPERLINK(\"x\")");
        assert_eq!(json["entries"].as_array().unwrap().len(), 2);

        let all = site.json("/api/v1/registers").await;
        assert_eq!((&all[0]["code"], &all[0]["entries"]), (&CODE.into(), &2.into()));
        let one = site.json("/api/v1/registers/test-list").await;
        assert_eq!((&one["columns"][2]["type"], &one["revisions"][0]["number"]), (&"choice".into(), &1.into()));
        let found = site.json("/api/v1/registers/test-list/entries?f-grade=big&points=true").await;
        assert_eq!((&found["total"], &found["items"][0]["cells"][2]["value"]), (&1.into(), &"big".into()));
        let detail = site.json(&format!("/api/v1/registers/test-list/entries/{}", entry.id)).await;
        assert_eq!(
            (&detail["register_name"], &detail["operator_line"]["name"]),
            (&"测试名册".into(), &"甲\"店<b>".into())
        );
        for bad in ["?colour=red", "?f-none=1", "?points=2", "?limit=0", "?order=none"] {
            let (status, ..) = site.get(&format!("/api/v1/registers/test-list/entries{bad}")).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
        }
        let listed = site.json("/api/v1/publications?kind=register").await;
        assert_eq!(listed["items"][0]["url"], "/registers/test-list");
        assert!(site.get("/feeds/register.atom").await.2.contains("https://spaq.example.cn/registers/test-list"));
        assert!(site.get("/sitemap.xml").await.2.contains("<loc>https://spaq.example.cn/registers/test-list</loc>"));
        assert!(site.json("/api/v1/openapi.json").await["paths"]["/registers/{code}/entries"].is_object());

        // what an edition leaves out answers 410 in both forms
        stage.publish("2,乙店,小型,-20,,云川市望江区渡口街2号,,,,\n").await.unwrap();
        let site = stage.site().await;
        for gone in [entry.path(), format!("/api/v1/registers/test-list/entries/{}", entry.id)] {
            let (status, _, body) = site.get(&gone).await;
            assert_eq!(status, StatusCode::GONE, "{gone}");
            assert!(!body.contains("甲"), "{gone}");
        }
        let revision = site.get(&format!("/registers/{}/revisions/2", done.id)).await.2;
        assert!(revision.contains("新增 0 条、更改 1 条、移除 1 条，0 条不变"), "{revision}");
        assert!(revision.contains("备注") && revision.contains("甲\"店"));
    }
}
