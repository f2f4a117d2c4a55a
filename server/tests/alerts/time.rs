//! Digests, and changing from one pace to another.

use chrono::TimeDelta;

use super::stage::{MAIL, stages, tip};

#[tokio::test]
async fn digests_come_at_their_hour_and_hold_everything() {
    for mut stage in stages().await {
        stage.subscribe("all", "daily", "day@example.cn").await;
        stage.subscribe("all", "weekly", "week@example.cn").await;
        stage.publish(&tip("一")).await;
        stage.later(TimeDelta::hours(2));
        stage.publish(&tip("二")).await;
        assert!(stage.told().await.is_empty());
        // Thursday, two seconds before eight
        stage.later(TimeDelta::hours(20) - TimeDelta::seconds(2));
        assert!(stage.told().await.is_empty());
        stage.later(TimeDelta::seconds(2));
        let told = stage.told().await;
        assert_eq!(told.iter().map(|sent| sent.to.as_str()).collect::<Vec<_>>(), ["day@example.cn"]);
        assert_eq!(told[0].subject, "每天汇总：“全部公开信息”有 2 条变化");
        assert!(stage.told().await.is_empty());
        stage.publish(&tip("三")).await;
        assert!(stage.told().await.is_empty());
        // the portal stands still until Monday evening
        stage.later(TimeDelta::hours(4 * 24 + 10));
        let told = stage.told().await;
        let seen: Vec<_> = told.iter().map(|sent| (sent.to.as_str(), sent.subject.as_str())).collect();
        assert_eq!(
            seen,
            [
                ("day@example.cn", "每天汇总：新公布 · 消费提示：三"),
                ("week@example.cn", "每周汇总：“全部公开信息”有 3 条变化")
            ]
        );
        assert!(stage.told().await.is_empty());
        stage.later(TimeDelta::days(30));
        assert!(stage.told().await.is_empty(), "nothing happened");
    }
}

#[tokio::test]
async fn a_change_of_pace_loses_nothing_and_tells_nothing_twice() {
    for mut stage in stages().await {
        let code = stage.subscribe("all", "weekly", MAIL).await;
        stage.publish(&tip("甲")).await;
        stage.told().await;
        let changed = stage.post("/alerts/manage", &[("code", &code), ("do", "pace"), ("pace", "now")]).await;
        assert!(changed.body.contains("已更改") && changed.body.contains("<dd>随时<"), "{}", changed.body);
        stage.publish(&tip("乙")).await;
        let told = stage.told().await;
        assert_eq!(told.iter().map(|sent| sent.subject.as_str()).collect::<Vec<_>>(), ["新公布 · 消费提示：乙"]);
        // what the week had gathered still comes on its day
        stage.later(TimeDelta::days(7));
        let told = stage.told().await;
        assert_eq!(
            told.iter().map(|sent| sent.subject.as_str()).collect::<Vec<_>>(),
            ["每周汇总：新公布 · 消费提示：甲"]
        );
        stage.publish(&tip("丙")).await;
        assert_eq!(stage.told().await.len(), 1);
        stage.later(TimeDelta::days(7));
        assert!(stage.told().await.is_empty());
        // from now to daily: what was told is not told again
        stage.publish(&tip("丁")).await;
        assert_eq!(stage.told().await.len(), 1);
        stage.post("/alerts/manage", &[("code", &code), ("do", "pace"), ("pace", "daily")]).await;
        stage.publish(&tip("戊")).await;
        assert!(stage.told().await.is_empty());
        stage.later(TimeDelta::days(1));
        let told = stage.told().await;
        assert_eq!(
            told.iter().map(|sent| sent.subject.as_str()).collect::<Vec<_>>(),
            ["每天汇总：新公布 · 消费提示：戊"]
        );
        // back and forth: what the short time between had to tell comes with the digest
        stage.post("/alerts/manage", &[("code", &code), ("do", "pace"), ("pace", "now")]).await;
        stage.publish(&tip("己")).await;
        stage.post("/alerts/manage", &[("code", &code), ("do", "pace"), ("pace", "daily")]).await;
        assert!(stage.told().await.is_empty());
        stage.later(TimeDelta::days(1));
        let told = stage.told().await;
        assert_eq!(
            told.iter().map(|sent| sent.subject.as_str()).collect::<Vec<_>>(),
            ["每天汇总：新公布 · 消费提示：己"]
        );
    }
}
