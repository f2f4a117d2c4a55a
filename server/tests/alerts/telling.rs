//! Who hears of which change, and what it is called.

use app::domain::{
    act::Act,
    alert::Topic,
    publication::{Kind, Standing},
    sample::Verdict,
};

use super::stage::{MAIL, MILL, SHOP, Sent, Stage, penalty, sample, stages, tip};

/// One operator turns out to be another.
const MERGE: &str = "UPDATE operator SET merged_into = $2 WHERE id = $1";

/// The topics of a stage, each followed by an address of its own.
async fn follow_all(stage: &Stage) -> Vec<(&'static str, String)> {
    let shop = stage.operator(SHOP).await;
    let mill = stage.operator(MILL).await;
    let search = |pairs: &[(&str, &str)]| Topic::search(pairs.iter().copied()).unwrap().to_string();
    let topics = vec![
        ("all", "all".to_owned()),
        ("penalty", "kind:penalty".to_owned()),
        ("bulletin", "kind:bulletin".to_owned()),
        ("tip", "kind:tip".to_owned()),
        ("shop", format!("operator:{shop}")),
        ("mill", format!("operator:{mill}")),
        ("grain", "category:粮食加工品".to_owned()),
        ("cake", "category:糕点".to_owned()),
        ("liuwan", "district:柳湾县".to_owned()),
        ("qinghe", "district:青禾区".to_owned()),
        ("cadmium", search(&[("q", "镉"), ("verdict", "failed")])),
        ("failed", search(&[("verdict", "failed")])),
        ("rice", search(&[("q", "大米")])),
        ("question", search(&[("q", "大米吃了会不会中毒怎么办")])),
    ];
    for (name, topic) in &topics {
        stage.subscribe(topic, "now", &format!("{name}@example.cn")).await;
    }
    topics
}

fn who(sent: &[Sent]) -> Vec<&str> {
    sent.iter().map(|sent| sent.to.split('@').next().unwrap()).collect()
}

#[tokio::test]
async fn everybody_hears_what_concerns_them() {
    for mut stage in stages().await {
        follow_all(&stage).await;
        stage.publish(&penalty(SHOP, 1)).await;
        let told = stage.told().await;
        // the penalty's facts name the rice and the cadmium, but it is no failed sample
        assert_eq!(who(&told), ["all", "liuwan", "penalty", "rice", "shop"]);
        let subject = format!("新公布 · 行政处罚：{SHOP}经营不合格食品案1");
        assert!(told.iter().all(|sent| sent.subject == subject), "{told:?}");
        stage.publish(&tip("怎样储存大米")).await;
        let told = stage.told().await;
        assert_eq!(who(&told), ["all", "rice", "tip"]);
        assert!(told[0].text.contains("云川市市场监督管理局，2026年11月24日\nhttps://spaq.example.cn/tips/"));
        assert!(stage.told().await.is_empty());
    }
}

#[tokio::test]
async fn only_what_a_correction_changes_is_told() {
    for mut stage in stages().await {
        follow_all(&stage).await;
        let shop = || sample("S1", "大米", SHOP, Verdict::Failed);
        // the mill's cake only
        let mut cake = sample("S2", "蛋糕", MILL, Verdict::Passed);
        cake.remark = Some("复检结论维持".into());
        stage.save(vec![shop(), cake.clone()]).await;
        let told = stage.told().await;
        assert_eq!(who(&told), ["all", "bulletin", "cake", "mill", "qinghe"]);
        assert!(told.iter().all(|sent| sent.subject.starts_with("有更正 · 抽检公告：")), "{told:?}");
        // the same again is nothing
        stage.save(vec![shop(), cake.clone()]).await;
        assert!(stage.told().await.is_empty());
        // a sample that is taken out concerns who it named
        stage.save(vec![cake.clone()]).await;
        assert_eq!(who(&stage.told().await), ["all", "bulletin", "grain", "liuwan", "shop"]);
        // and one that comes in is found by searches
        stage.save(vec![cake, shop()]).await;
        assert_eq!(
            who(&stage.told().await),
            ["all", "bulletin", "cadmium", "failed", "grain", "liuwan", "rice", "shop"]
        );
    }
}

#[tokio::test]
async fn what_readers_do_not_see_is_not_told() {
    for mut stage in stages().await {
        let id = stage.publish(&penalty(SHOP, 1)).await;
        stage.told().await;
        stage.subscribe("kind:penalty", "now", MAIL).await;
        let mut content = penalty(SHOP, 1);
        content.fields.insert("removal_class".into(), "order-45/simple".into());
        stage.act(id, Act::Correct, Standing::Public, Some(&content)).await;
        assert!(stage.told().await.is_empty());
        content.fields.insert("penalty".into(), "罚款6000元".into());
        stage.act(id, Act::Correct, Standing::Public, Some(&content)).await;
        assert_eq!(stage.told().await[0].subject, format!("有更正 · 行政处罚：{SHOP}经营不合格食品案1"));
    }
}

#[tokio::test]
async fn whoever_was_told_hears_that_it_is_gone() {
    for mut stage in stages().await {
        follow_all(&stage).await;
        let first = stage.publish(&penalty(SHOP, 1)).await;
        let second = stage.publish(&penalty(SHOP, 2)).await;
        let told = stage.told().await;
        assert!(told.iter().all(|sent| sent.subject.contains("有 2 条变化")), "{told:?}");
        stage.act(first, Act::Withdraw, Standing::Withdrawn, None).await;
        let told = stage.told().await;
        assert_eq!(who(&told), ["all", "liuwan", "penalty", "rice", "shop"]);
        assert_eq!(told[0].subject, format!("已撤回 · 行政处罚：{SHOP}经营不合格食品案1"));
        assert!(told[0].text.contains("发布单位已撤回这条信息"));
        // what is over by law is told without a word of what it said
        stage.act(second, Act::Remove, Standing::Removed, None).await;
        let told = stage.told().await;
        assert_eq!(who(&told), ["all", "liuwan", "penalty", "rice", "shop"]);
        assert_eq!(told[0].subject, "已期满移除 · 一条行政处罚信息");
        let other = told.iter().find(|sent| sent.to.starts_with("penalty")).unwrap();
        assert!(!other.text.contains(SHOP) && !other.raw.contains("经营不合格"), "{}", other.text);
        // removed after it was withdrawn: nothing new
        stage.act(first, Act::Remove, Standing::Removed, None).await;
        assert!(stage.told().await.is_empty());
    }
}

#[tokio::test]
async fn what_came_and_went_between_two_looks_is_not_told() {
    for mut stage in stages().await {
        stage.subscribe("all", "now", MAIL).await;
        let gone = stage.publish(&penalty(SHOP, 1)).await;
        stage.act(gone, Act::Withdraw, Standing::Withdrawn, None).await;
        let stays = stage.publish(&penalty(SHOP, 2)).await;
        let mut content = penalty(SHOP, 2);
        content.fields.insert("penalty".into(), "罚款6000元".into());
        stage.act(stays, Act::Correct, Standing::Public, Some(&content)).await;
        let told = stage.told().await;
        assert_eq!(told.len(), 1);
        // what nobody was told before is new, whatever was corrected in it since
        assert_eq!(told[0].subject, format!("新公布 · 行政处罚：{SHOP}经营不合格食品案2"));
        // and it may come back
        stage.act(gone, Act::Publish, Standing::Public, Some(&penalty(SHOP, 1))).await;
        assert_eq!(stage.told().await[0].subject, format!("新公布 · 行政处罚：{SHOP}经营不合格食品案1"));
    }
}

#[tokio::test]
async fn a_withdrawn_bulletin_is_told_to_those_it_named() {
    for mut stage in stages().await {
        follow_all(&stage).await;
        let id = stage.save(vec![sample("S1", "大米", SHOP, Verdict::Failed)]).await;
        stage.told().await;
        stage.act(id, Act::Withdraw, Standing::Withdrawn, None).await;
        let told = stage.told().await;
        assert_eq!(who(&told), ["all", "bulletin", "cake", "grain", "liuwan", "mill", "qinghe", "shop"]);
        assert!(told.iter().all(|sent| sent.subject == "已撤回 · 抽检公告：食品安全监督抽检信息公告"), "{told:?}");
    }
}

#[tokio::test]
async fn a_merged_operator_is_followed_through_the_one_that_is_kept() {
    for mut stage in stages().await {
        let (shop, mill) = (stage.operator(SHOP).await, stage.operator(MILL).await);
        stage.subscribe(&format!("operator:{shop}"), "now", "shop@example.cn").await;
        stage.subscribe(&format!("operator:{mill}"), "now", "mill@example.cn").await;
        match &stage.house.db {
            server::store::Db::Sqlite { write, .. } => {
                sqlx::query(MERGE).bind(mill).bind(shop).execute(write).await.map(|_| ())
            }
            server::store::Db::Postgres(pool) => {
                sqlx::query(MERGE).bind(mill).bind(shop).execute(pool).await.map(|_| ())
            }
        }
        .unwrap();
        stage.publish(&penalty(MILL, 1)).await;
        assert_eq!(who(&stage.told().await), ["mill", "shop"]);
        stage.publish(&penalty(SHOP, 1)).await;
        assert_eq!(who(&stage.told().await), ["shop"]);
    }
}

#[tokio::test]
async fn letters_wait_for_the_index() {
    for mut stage in stages().await {
        stage.subscribe("search:q=%E5%A4%A7%E7%B1%B3", "now", MAIL).await;
        super::stage::publish(&stage.house, &tip("怎样储存大米")).await;
        assert!(stage.told().await.is_empty());
        stage.follow().await;
        assert_eq!(stage.told().await.len(), 1);
    }
}

#[tokio::test]
async fn many_hits_of_one_table_hide_nothing_else() {
    for mut stage in stages().await {
        stage.subscribe("search:q=%E5%A4%A7%E7%B1%B3", "now", MAIL).await;
        let tip = stage.publish(&tip("怎样储存大米")).await;
        let many = (0..300).map(|number| sample(&format!("M{number}"), "大米", SHOP, Verdict::Passed)).collect();
        stage.save(many).await;
        let other = stage.publish(&penalty(SHOP, 1)).await;
        let told = stage.told().await;
        assert_eq!(told.len(), 1);
        assert!(told[0].subject.contains("有 3 条变化"), "{}", told[0].subject);
        assert!([tip, other].iter().all(|id| told[0].text.contains(&id.to_string())));
    }
}

#[test]
fn kinds_have_feeds_and_topics() {
    for kind in Kind::ALL {
        assert_eq!(Topic::parse(&format!("kind:{}", kind.code())), Ok(Topic::Kind(kind)));
    }
}
