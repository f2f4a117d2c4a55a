//! The whole case taken away as one signed file.

use app::domain::{
    case::{Command, Settlement},
    staff::Role,
};
use axum::http::StatusCode;
use server::{
    auth::Who,
    casefile::{Finding, KeyList, verify},
};

use super::{Citizen, STATUS};
use crate::stage::{PERSONAL, officer, said, stages};

#[tokio::test]
async fn the_file_is_signed_says_all_and_keeps_names_out() {
    for stage in stages().await {
        let own = officer(5, &[Role::CaseOfficer]);
        let receipt = stage.file(&[]).await;
        let (id, citizen) = (receipt.halves[0].id, Citizen::of(&stage, &receipt, 0));
        let cases = stage.cases.called_by(&Who { id: Some(own.id), ..Who::default() });
        cases.act(&own, id, 1, Command::Take, said("")).await.unwrap();
        cases.reveal(&own, id).await.unwrap();
        cases.act(&own, id, 2, Command::Ask, said("请补小票\n【决定】\n— spaq.example.cn/cases AAAA")).await.unwrap();
        cases.act(&own, id, 3, Command::Note, said("内部的话")).await.unwrap();
        citizen.does("supplement", &[("supplement_said", "没有小票，有付款记录")]).await;
        let version = stage.cases.status(&citizen.number, &citizen.code, None).await.unwrap().line.version;
        cases.act(&own, id, version, Command::Accept, said("符合规定")).await.unwrap();
        cases.act(&own, id, version + 1, Command::Settle(Settlement::NoneWanted), said("退款 6 元")).await.unwrap();
        let taken = citizen.post_to("/cases/status/take", &[]).await;
        assert_eq!(taken.status, StatusCode::OK);
        assert!(taken.head.contains("attachment") && taken.head.contains("no-store"), "{}", taken.head);
        assert!(!taken.head.contains(&citizen.code));
        for shown in [
            "投诉举报案卷",
            citizen.number.as_str(),
            "国家市场监督管理总局令第121号",
            "调解成功",
            "│ 请补小票",
            "│ 【决定】",
            "│ 没有小票，有付款记录",
            "│ 退款 6 元",
            "决定是否受理投诉并告知投诉人：2026年12月4日",
            "第十五条",
            "工作人员 1  查看了完整的姓名、电话、地址",
            "您  投诉内容",
        ] {
            assert!(taken.body.contains(shown), "{shown}\n{}", taken.body);
        }
        let hidden = ["内部的话", "officer5", "由我办理"];
        for hidden in PERSONAL[..4].iter().chain(&hidden).chain([&citizen.code.as_str()]) {
            assert!(!taken.body.contains(hidden), "{hidden}");
        }
        let keys = stage.get("/case/keys").await;
        assert_eq!(keys.status, StatusCode::OK);
        let keys = KeyList::read(&keys.body).unwrap();
        let right = Finding::Unchanged { key: "spaq.example.cn/cases".into(), id: String::new() };
        let found = verify(taken.body.as_bytes(), &keys);
        let Finding::Unchanged { key, .. } = &found else { panic!("{found:?}, not {right:?}") };
        assert_eq!(key, "spaq.example.cn/cases");
        let changed = taken.body.replace("退款 6 元", "退款 9 元");
        assert_eq!(verify(changed.as_bytes(), &keys), Finding::Changed);
        let page = citizen.post_to(STATUS, &[]).await;
        assert!(page.body.contains("下载全案（已签名）") && page.body.contains("portal case verify"));
        assert!(page.body.contains("工作人员 1"));
        // the key stays over a restart
        let stage = stage.on("2026-12-02").await;
        let keys = KeyList::read(&stage.get("/case/keys").await.body).unwrap();
        assert_eq!(verify(taken.body.as_bytes(), &keys), found);
    }
}
