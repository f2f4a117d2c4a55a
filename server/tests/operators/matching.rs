//! Imported names: which operator they mean, and what is asked of officers.

use app::domain::operator::Doubt;

use crate::{
    scene::{party, sample},
    stage::stages,
};

const HERE: &str = "云川市青禾区南门路1号";

#[tokio::test]
async fn a_chain_is_many_shops_and_a_firm_is_one() {
    for mut stage in stages().await {
        let rows = [
            ("沙县小吃", HERE),
            ("沙县 小吃", "云江省云川市青禾区南门路１号"),
            ("沙县小吃", "云川市柳湾县北门路1号"),
            ("沙县小吃", "云川市青禾区北门路9号"),
            ("沙县小吃", ""),
            ("云川市海棠粮油有限公司", HERE),
            ("云川市海棠粮油有限公司", ""),
            ("云川市海棠粮油有限公司南门店", HERE),
            ("云川市海棠粮油", HERE),
        ];
        let samples: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, (name, address))| sample(&format!("S{at}"), "面条", party("/", ""), party(name, address)))
            .collect();
        stage.bulletin("一", "2026-03-01", samples.clone()).await;
        assert_eq!(stage.named("沙县小吃").await.len(), 4);
        // firm, its shop, and the name without its ending
        assert_eq!(stage.named("海棠粮油").await.len(), 3);
        let doubts = stage.doubts().await;
        let mut reasons: Vec<Doubt> = doubts.iter().map(|pair| pair.doubt).collect();
        reasons.dedup();
        assert!(reasons.contains(&Doubt::OtherAddress) && reasons.contains(&Doubt::NoAddress), "{reasons:?}");
        assert!(doubts.iter().all(|pair| pair.one.name.replace(' ', "") == "沙县小吃"), "{doubts:?}");
        // the two districts are never asked of
        let apart = doubts.iter().any(|pair| {
            let districts = [&pair.one.district, &pair.other.district];
            districts.contains(&&Some("柳湾县".into())) && districts.contains(&&Some("青禾区".into()))
        });
        assert!(!apart, "{doubts:?}");

        // the same names once more, in another bulletin: nobody new, nothing asked twice
        let (before, operators) = (doubts.len(), stage.named("沙县小吃").await);
        stage.bulletin("二", "2026-04-01", samples).await;
        assert_eq!((stage.doubts().await.len(), stage.named("沙县小吃").await), (before, operators));
        assert_eq!(stage.named("海棠粮油").await.len(), 3);
    }
}

#[tokio::test]
async fn registers_match_by_code_first() {
    for mut stage in stages().await {
        const HEAD: &str = "经营者名称,动态等级,评定日期,统一社会信用代码,经营地址\n";
        let code = "91000000MA0000001R";
        // the stage's penalty names 海棠食品有限公司 with this code
        let firm = stage.named("海棠食品有限公司").await;
        assert_eq!(firm.len(), 1);
        let rows = [
            format!("云川市海棠食品厂,优秀,2026-09-01,{code},{HERE}"),
            format!("云川市北斗餐饮有限公司,良好,2026-09-01,{code},{HERE}"),
            format!("海棠食品南门店,一般,2026-09-02,{code},{HERE}"),
            "老王面馆,优秀,2026-09-01,92000000MA0000002R,云川市青禾区南门路2号".to_owned(),
            "老王面馆,良好,2026-09-03,92000000MA0000002X,云川市青禾区南门路20号".to_owned(),
        ];
        stage.edition("dynamic-grades", &format!("{HEAD}{}", rows.join("\n"))).await;
        let sheet = stage.sheet(firm[0]).await;
        assert_eq!(sheet.aliases, ["云川市海棠食品厂"], "a new name of the same code");
        assert_eq!(sheet.line.address.as_deref(), Some(HERE), "completed by the entry");
        let reasons: Vec<Doubt> = stage.doubts().await.iter().map(|pair| pair.doubt).collect();
        assert!(reasons.contains(&Doubt::CodeOtherName) && reasons.contains(&Doubt::CodeBranch), "{reasons:?}");
        // two codes at two addresses: two shops, although one code has a wrong check sign
        assert_eq!(stage.named("老王面馆").await.len(), 2);
        let page = stage.get(&format!("/operators/{}", firm[0])).await.body;
        assert!(page.contains("又名<!>：<!>云川市海棠食品厂") && page.contains("优秀（大笑脸）"), "{page}");
    }
}

#[tokio::test]
async fn many_shops_of_one_name_ask_little_and_fast() {
    for mut stage in stages().await {
        let shops: Vec<_> = (0..1_200)
            .map(|at| {
                sample(&format!("S{at}"), "面", party("/", ""), party("兰州拉面", &format!("云川市青禾区南门路{at}号")))
            })
            .collect();
        let before = std::time::Instant::now();
        stage.bulletin("拉面", "2026-03-01", shops).await;
        let took = before.elapsed();
        assert_eq!(stage.named("兰州拉面").await.len(), 200, "a list has an end");
        let (_, open) = open(&stage).await;
        assert!(open <= 3 * 1_200, "{open}");
        assert!(took.as_secs() < 60, "{took:?}");
    }
}

/// Open questions: those listed, and how many there are.
async fn open(stage: &crate::stage::Stage) -> (usize, u64) {
    use app::ports::OperatorDesk;
    let (lines, count) =
        stage.operators().open_doubts(&crate::stage::officer(1, &[app::domain::staff::Role::Editor])).await.unwrap();
    (lines.len(), count)
}
