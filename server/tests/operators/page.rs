//! The page: four scales, people, weeks, one line of records.

use axum::http::StatusCode;

use crate::{
    scene::{party, sample},
    stage::stages,
};

const HERE: &str = "云川市青禾区南门路1号";

#[tokio::test]
async fn four_scales_are_four_components_with_label_and_day() {
    for mut stage in stages().await {
        let who = "云川市第一小学食堂";
        stage
            .edition(
                "dynamic-grades",
                &format!("经营者名称,动态等级,评定日期,经营地址\n{who},良好,2026-09-01,{HERE}\n"),
            )
            .await;
        stage
            .edition(
                "yearly-grades",
                &format!("经营者名称,年度等级,评定日期,评定年度,经营地址\n{who},A,2026-06-30,2026,{HERE}\n"),
            )
            .await;
        stage
            .edition(
                "risk-grades",
                &format!("经营者名称,风险等级,评定日期,评定年度,经营地址\n{who},C,2026-01-10,2026,{HERE}\n"),
            )
            .await;
        stage
            .edition(
                "officials",
                &format!(
                    "经营者名称,包保层级,包保干部,职务,办公电话,经营地址\n{who},B,李明,副区长,0990-5550101,{HERE}\n"
                ),
            )
            .await;
        stage
            .edition("food-safety-staff", &format!("经营者名称,姓名,岗位,经营地址\n{who},王芳,食品安全总监,{HERE}\n"))
            .await;
        stage
            .edition(
                "self-checks",
                &format!(
                    "经营者名称,周次,日管控公示天数,周排查报告已公示,经营地址\n{who},2026年第46周,5,是,{HERE}\n\
                     {who},2026年第47周,0,否,{HERE}\n{who},2026年第45周,3,否,{HERE}\n"
                ),
            )
            .await;
        let ids = stage.named(who).await;
        assert_eq!(ids.len(), 1, "one canteen in six registers");
        let page = stage.get(&format!("/operators/{}", ids[0])).await;
        assert_eq!(page.status, StatusCode::OK);
        let body = &page.body;
        for (class, label, shown) in [
            ("grade-dynamic", "量化分级·动态等级", "良好（微笑脸）"),
            ("grade-yearly", "量化分级·年度等级", "A（优秀）"),
            ("grade-risk", "风险等级", "C 较高风险"),
            ("tier-official", "包保层级", "县级干部包保（B级）"),
        ] {
            assert_eq!(body.matches(&format!("class=\"{class}")).count(), 1, "{class}");
            assert!(body.contains(label) && body.contains(shown), "{label} {shown}");
        }
        for said in [
            "评定日期 2026-09-01",
            "评定日期 2026-06-30",
            "评定日期 2026-01-10",
            "李明",
            "0990-5550101",
            "王芳",
            "食品安全总监",
        ] {
            assert!(body.contains(said), "{said}");
        }
        assert!(body.contains("最近 12 周中 2 周已公开") && body.contains("周排查报告已公示 是"), "{body}");
        assert!(!body.contains("推荐") && !body.contains("优先选择") && !body.contains("违规"));
        // the week moves without the feed
        assert!(page.head.contains("max-age=60"), "{}", page.head);
        // no camera, no word of a camera
        assert!(!body.contains("后厨实况") && !body.contains("离线"));
    }
}

#[tokio::test]
async fn the_line_is_paged_without_gap_and_filtered() {
    for mut stage in stages().await {
        let shop = "大同粮油店";
        let rows = (0..70).map(|at| {
            let producer = if at == 3 { party(shop, HERE) } else { party("/", "") };
            sample(&format!("S{at}"), &format!("货品{at:02}号"), producer, party(shop, HERE))
        });
        stage.bulletin("一", "2026-03-01", rows.collect()).await;
        stage
            .edition("inspections", &format!("经营者名称,检查日期,检查结果,经营地址\n{shop},2026-05-01,符合,{HERE}\n"))
            .await;
        let id = stage.named(shop).await[0];
        let (mut path, mut seen, mut pages) = (format!("/operators/{id}"), std::collections::BTreeSet::new(), 0);
        loop {
            let body = stage.get(&path).await.body;
            pages += 1;
            for at in 0..70 {
                let name = format!("货品{at:02}号<");
                if body.contains(&name) {
                    assert!(seen.insert(name), "{at} twice");
                }
            }
            let Some(at) = body.find("after=") else { break };
            let next: String = body[at + 6..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            path = format!("/operators/{id}?after={next}");
            assert!(pages < 9);
        }
        assert_eq!((seen.len(), pages), (70, 3));
        let seller = stage.get(&format!("/operators/{id}?show=seller")).await.body;
        assert!(seller.contains("被抽样单位") && !seller.contains("<li class=\"entry\""));
        let inspections = stage.get(&format!("/operators/{id}?show=inspection")).await.body;
        assert!(inspections.contains("2026年5月1日") && !inspections.contains("货品"));
        // a filter with nothing behind it says so
        assert!(stage.get(&format!("/operators/{id}?show=recall")).await.body.contains("没有这一类公开记录"));
        // the sample that it made and sold is one record with both roles
        let producer = stage.get(&format!("/operators/{id}?show=producer")).await.body;
        assert_eq!(producer.matches("货品03号<").count(), 1);
    }
}
