//! The inbox, and what informs.

use app::{
    domain::{
        case::{Command, Kind},
        staff::Role,
    },
    ports::{CaseScope, Handling, Urgency},
};
use server::cases::CaseDesk;

use super::Desk;
use crate::stage::{FORM, PERSONAL, Stage, officer, stages};

fn desk(stage: &Stage) -> CaseDesk {
    CaseDesk { cases: stage.cases.clone(), evidence: stage.web.evidence.clone() }
}

#[tokio::test]
async fn urgency_by_working_days_and_lists_without_persons() {
    for mut stage in stages().await {
        let own = officer(5, &[Role::CaseOfficer]);
        // due on 2026-12-04, a Friday
        let id = stage.filed_then(&[], &own, &[Command::Take]).await;
        for (day, expected) in [
            ("2026-11-25", Urgency::Later),
            ("2026-11-30", Urgency::Later),
            ("2026-12-01", Urgency::Soon),
            ("2026-12-03", Urgency::Soon),
            ("2026-12-04", Urgency::Today),
            ("2026-12-05", Urgency::Late),
        ] {
            stage = stage.on(day).await;
            let lines = desk(&stage).inbox(&own, CaseScope::Mine, "").await.unwrap();
            assert_eq!(lines.iter().map(|one| one.urgency).collect::<Vec<_>>(), [Some(expected)], "{day}");
        }
        let start = desk(&stage).start(&own).await.unwrap();
        assert_eq!((start.mine, start.late, start.today, start.soon, start.free), (1, 1, 0, 0, 0));
        assert_eq!(desk(&stage).inbox(&own, CaseScope::Mine, "").await.unwrap()[0].line.id, id);
        // a later one stands behind the late one, whatever came last
        stage.filed_then(&[("want", "report"), ("anonymous", "yes")], &own, &[Command::Take]).await;
        let lines = desk(&stage).inbox(&own, CaseScope::Mine, "").await.unwrap();
        assert_eq!(
            lines.iter().map(|one| one.urgency).collect::<Vec<_>>(),
            [Some(Urgency::Late), Some(Urgency::Later)]
        );
    }
}

#[tokio::test]
async fn filters_and_search() {
    for stage in stages().await {
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let number = stage.file(&[]).await.halves[0].number.clone();
        let report = [("want", "report"), ("anonymous", "yes"), ("party", "云川市白鹭饭店"), ("problem", "hygiene")];
        stage.file(&report).await;
        let list = async |query: &str| {
            let body = own.page(&format!("/desk/cases?scope=free{query}")).await.body;
            for hidden in PERSONAL.iter().chain(&["欧阳", "138****"]) {
                assert!(!body.contains(hidden), "{hidden} {query}");
            }
            (body.contains("青石巷包子铺"), body.contains("白鹭饭店"))
        };
        let tail = number.split('-').nth(1).unwrap().to_lowercase();
        for (query, expected) in [
            (String::new(), (true, true)),
            ("&kind=complaint".into(), (true, false)),
            ("&kind=report&problem=hygiene".into(), (false, true)),
            ("&kind=nonsense".into(), (true, true)),
            ("&problem=hygiene&kind=complaint".into(), (false, false)),
            ("&state=received".into(), (true, true)),
            ("&state=accepted".into(), (false, false)),
            ("&source=portal".into(), (true, true)),
            ("&source=phone".into(), (false, false)),
            ("&q=%E7%99%BD%E9%B9%AD".into(), (false, true)),
            (format!("&q={number}"), (true, false)),
            (format!("&q={tail}"), (true, false)),
            ("&q=zz".into(), (false, false)),
        ] {
            assert_eq!(list(&query).await, expected, "{query}");
        }
        assert!(own.page("/desk/cases?scope=closed").await.body.contains("没有符合条件的投诉举报"));
    }
}

#[tokio::test]
async fn the_same_person_and_party_inform_only_those_with_business() {
    for stage in stages().await {
        let (own, other, lead) =
            (officer(5, &[Role::CaseOfficer]), officer(6, &[Role::CaseOfficer]), officer(7, &[Role::Lead]));
        let first = stage.filed_then(&[], &own, &[Command::Take]).await;
        // the same telephone with another name, another officer's
        let second = stage.filed_then(&[("name", "王海"), ("address", "别处 1 号")], &other, &[Command::Take]).await;
        // the same person reports another shop, in another officer's hands
        let report = [("want", "report"), ("party", "云川市白鹭饭店")];
        let third = stage.filed_then(&report, &other, &[Command::Take]).await;
        // somebody else about the same party
        let stranger =
            [("name", "赵六"), ("phone", "13900001111"), ("address", "远处 9 号"), ("party", "云川市 青石巷包子铺")];
        let fourth = stage.filed_then(&stranger, &other, &[Command::Take]).await;
        let around = desk(&stage).around(&own, first).await.unwrap();
        let persons: Vec<_> =
            around.same_person.iter().map(|one| (one.line.id, one.by_phone, one.by_address, one.by_name)).collect();
        assert_eq!(persons, [(second, true, false, false)], "who reports is not told to others (art. 37)");
        let mut parties: Vec<_> = around.same_party.iter().map(|line| line.id).collect();
        parties.sort_unstable();
        assert_eq!(parties, [second, fourth]);
        let factors = around.factors.unwrap();
        assert_eq!(
            (
                factors.by_person,
                factors.same_party,
                factors.same_problem,
                factors.names_on_phone,
                factors.names_on_address
            ),
            (2, 2, 2, 2, 1)
        );
        let around = desk(&stage).around(&lead, first).await.unwrap();
        assert_eq!(around.same_person.iter().map(|one| one.line.id).collect::<Vec<_>>(), [third, second]);
        assert_eq!(around.same_person[0].line.case.kind, Kind::Report);
        // whoever has no business with the case learns nothing of its person
        let around = desk(&stage).around(&other, first).await.unwrap();
        assert!(around.same_person.is_empty() && around.factors.is_none() && around.files.is_empty());
        // over a year ago is over
        let stage = stage.on("2027-11-27").await;
        let later = stage.filed_then(FORM, &own, &[Command::Take]).await;
        let around = desk(&stage).around(&own, later).await.unwrap();
        assert!(around.same_person.is_empty() && around.same_party.is_empty());
        assert_eq!(around.factors.unwrap().by_person, 1);
    }
}

#[tokio::test]
async fn the_box_says_that_it_decides_nothing() {
    let stage = stages().await.remove(0);
    let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
    let id = stage.file(&[]).await.halves[0].id;
    stage.file(&[]).await;
    let sheet = own.sheet(id).await;
    assert!(sheet.contains("这些数字本身不能决定任何事") && sheet.contains("电话、地址、姓名相同"));
    assert!(sheet.contains("为什么是这一天") && sheet.contains("第十五条"));
}
