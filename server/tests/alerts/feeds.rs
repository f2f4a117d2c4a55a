//! Feeds of each topic, as exact documents.

use app::{
    domain::sample::Verdict,
    ports::{Publications, SampleScope},
};
use axum::http::StatusCode;
use serde_json::json;

use super::stage::{BUREAU, MILL, SHOP, Stage, penalty, sample, stages, tip};

async fn document(stage: &Stage, path: &str) -> serde_json::Value {
    let answer = stage.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/feed+json; charset=utf-8");
    serde_json::from_str(&answer.body).unwrap()
}

/// Titles of a feed's entries.
async fn titles(stage: &Stage, path: &str) -> Vec<String> {
    let document = document(stage, path).await;
    document["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_json_feed_is_as_its_rules_say() {
    for mut stage in stages().await {
        let id = stage.publish(&tip("怎样储存大米 <b>&")).await;
        let modified = stage.document_time(id).await;
        let document = document(&stage, "/feeds/tip.json").await;
        assert_eq!(
            document,
            json!({
                "version": "https://jsonfeed.org/version/1.1",
                "title": "消费提示_食品安全信息公开",
                "home_page_url": "https://spaq.example.cn/tips",
                "feed_url": "https://spaq.example.cn/feeds/tip.json",
                "language": "zh-CN",
                "authors": [{ "name": BUREAU }],
                "items": [{
                    "id": format!("urn:uuid:{id}"),
                    "url": format!("https://spaq.example.cn/tips/{id}"),
                    "title": "怎样储存大米 <b>&",
                    "content_text": "注意储存。",
                    "date_published": "2026-11-24T00:00:00+08:00",
                    "date_modified": modified,
                    "authors": [{ "name": BUREAU }],
                    "tags": ["消费提示"],
                }],
            })
        );
    }
}

#[tokio::test]
async fn an_atom_feed_of_an_operator_is_exact() {
    for mut stage in stages().await {
        let shop = stage.operator(SHOP).await;
        let id = stage.publish(&penalty(SHOP, 1)).await;
        let bulletin = stage.house.db.bulletins(None, None, 1).await.unwrap().items[0].id;
        let first = stage.house.db.samples(bulletin, SampleScope::default(), None, 1).await.unwrap().items[0].id;
        let (at, of_bulletin) = (stage.document_time(id).await, stage.document_time(bulletin).await);
        let answer = stage.get(&format!("/feeds/operators/{shop}.atom")).await;
        assert_eq!(answer.headers["content-type"], "application/atom+xml; charset=utf-8");
        let summary = answer.body.split("<summary>").nth(1).unwrap().split("</summary>").next().unwrap();
        assert!(!summary.is_empty());
        assert_eq!(
            answer.body,
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
                 <id>https://spaq.example.cn/feeds/operators/{shop}.atom</id>\n\
                 <title>{SHOP}_食品安全信息公开</title>\n<updated>{at}</updated>\n\
                 <author><name>{BUREAU}</name></author>\n\
                 <link rel=\"self\" type=\"application/atom+xml\" href=\"https://spaq.example.cn/feeds/operators/{shop}.atom\"/>\n\
                 <link rel=\"alternate\" type=\"text/html\" href=\"https://spaq.example.cn/operators/{shop}\"/>\n\
                 <entry>\n<id>urn:uuid:{id}</id>\n<title>{SHOP}经营不合格食品案1</title>\n\
                 <published>2026-11-24T00:00:00+08:00</published>\n<updated>{at}</updated>\n\
                 <author><name>{BUREAU}</name></author>\n<category term=\"行政处罚\"/>\n\
                 <link rel=\"alternate\" type=\"text/html\" href=\"https://spaq.example.cn/penalties/{id}\"/>\n\
                 <summary>{summary}</summary>\n</entry>\n\
                 <entry>\n<id>urn:uuid:{first}</id>\n<title>大米：不合格（镉）</title>\n\
                 <published>2026-11-20T00:00:00+08:00</published>\n<updated>{of_bulletin}</updated>\n\
                 <author><name>{BUREAU}</name></author>\n<category term=\"样品\"/>\n\
                 <link rel=\"alternate\" type=\"text/html\" href=\"https://spaq.example.cn/samples/{first}\"/>\n\
                 <summary>大米抽检结果：不合格，被抽样单位：{SHOP}。食品安全监督抽检信息公告</summary>\n</entry>\n</feed>\n"
            )
        );
    }
}

#[tokio::test]
async fn each_topic_has_its_own_entries() {
    for mut stage in stages().await {
        stage.publish(&penalty(SHOP, 1)).await;
        stage.publish(&tip("怎样储存大米")).await;
        let mill = stage.operator(MILL).await;
        let penalty_title = format!("{SHOP}经营不合格食品案1");
        let bulletin = "食品安全监督抽检信息公告";
        for (path, expected) in [
            ("/feeds/penalty.json".to_owned(), vec![penalty_title.as_str()]),
            ("/feeds/bulletin.json".to_owned(), vec![bulletin]),
            (format!("/feeds/operators/{mill}.json"), vec!["蛋糕：合格"]),
            ("/feeds/search.json?category=%E7%B3%95%E7%82%B9".to_owned(), vec!["蛋糕：合格"]),
            ("/feeds/search.json?verdict=failed".to_owned(), vec!["大米：不合格（镉）"]),
            ("/feeds/search.json?q=%E4%B8%8D%E5%AD%98%E5%9C%A8%E7%9A%84%E4%B8%9C%E8%A5%BF".to_owned(), vec![]),
        ] {
            assert_eq!(titles(&stage, &path).await, expected, "{path}");
        }
        let mut found = titles(&stage, "/feeds/search.json?q=%E5%A4%A7%E7%B1%B3").await;
        found.sort();
        let mut expected = vec![penalty_title.clone(), "大米：不合格（镉）".into(), "怎样储存大米".into()];
        expected.sort();
        assert_eq!(found, expected);
        let mut found = titles(&stage, "/feeds/search.json?district=%E6%9F%B3%E6%B9%BE%E5%8E%BF").await;
        found.sort();
        let mut expected = vec![penalty_title.clone(), "大米：不合格（镉）".into()];
        expected.sort();
        assert_eq!(found, expected);
        assert_eq!(titles(&stage, "/feeds/all.json").await.len(), 3);
        // however it is asked, a feed says its one address
        let asked = document(&stage, "/feeds/search.json?verdict=failed&sort=newest&verdict=failed&kind=").await;
        assert_eq!(asked["feed_url"], "https://spaq.example.cn/feeds/search.json?verdict=failed");
        for (path, status) in [
            ("/feeds/operators/00000000-0000-0000-0000-000000000007.atom", 404),
            ("/feeds/operators/x.atom", 404),
            ("/feeds/all.rss", 404),
            ("/feeds/all", 404),
            ("/feeds/nothing.json", 404),
            ("/feeds/search.json?year=x", 400),
        ] {
            assert_eq!(stage.get(path).await.status, status, "{path}");
        }
    }
}

#[tokio::test]
async fn pages_lead_to_their_feeds_and_forms() {
    for stage in stages().await {
        let shop = stage.operator(SHOP).await;
        for (path, topic, feed) in [
            (format!("/operators/{shop}"), format!("operator%3A{shop}"), format!("/feeds/operators/{shop}")),
            ("/penalties".to_owned(), "kind%3Apenalty".to_owned(), "/feeds/penalty".to_owned()),
            ("/bulletins".to_owned(), "kind%3Abulletin".to_owned(), "/feeds/bulletin".to_owned()),
        ] {
            let page = stage.get(&path).await.body;
            let head = page.split("</head>").next().unwrap();
            for (kind, ending) in [("application/atom+xml", "atom"), ("application/feed+json", "json")] {
                let address = format!("{feed}.{ending}");
                let is_linked = head.split("<link ").any(|link| {
                    link.contains("rel=\"alternate\"")
                        && link.contains(kind)
                        && link.contains(&format!("\"{address}\""))
                });
                assert!(is_linked, "{path}: {head}");
                assert!(page.contains(&format!("<a href=\"{address}\"")), "{path}");
            }
            assert!(page.contains(&format!("/alerts/new?topic={topic}")), "{path}");
        }
        let page = stage.get("/search?q=%E5%A4%A7%E7%B1%B3&verdict=failed&sort=newest").await.body;
        assert!(page.contains("/feeds/search.atom?q=%E5%A4%A7%E7%B1%B3&amp;verdict=failed"), "{page}");
        assert!(page.contains("/alerts/new?topic=search%3Aq%3D%25E5%25A4%25A7%25E7%25B1%25B3%26verdict%3Dfailed"));
    }
}

#[tokio::test]
async fn a_feed_follows_what_changes() {
    for mut stage in stages().await {
        let failed = "/feeds/search.json?verdict=failed";
        assert_eq!(titles(&stage, failed).await.len(), 1);
        stage.save(vec![sample("S2", "蛋糕", MILL, Verdict::Passed)]).await;
        assert_eq!(titles(&stage, failed).await, Vec::<String>::new());
    }
}
