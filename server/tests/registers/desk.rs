//! Two officers: one brings the file, another looks at it.

use app::{
    domain::{
        act::Act,
        publication::{
            Kind,
            life::{Command, Refusal},
        },
        staff::Role,
    },
    ports::{Desk, DeskError, Directory, Notices, PortError, Registers},
};
use server::registers::Refused;

use super::stage::{CODE, HEAD, officer, stages, typed};

#[tokio::test]
async fn an_edition_goes_through_four_eyes() {
    for stage in stages().await {
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Editor, Role::Reviewer]));
        let desk = stage.desk();
        let begin = |code: &'static str| typed(&[("register", code)]);
        assert!(matches!(desk.begin(&writer, Kind::Register, &begin("none")).await, Err(DeskError::Faults(_))));
        assert!(matches!(desk.begin(&writer, Kind::Register, &typed(&[])).await, Err(DeskError::Faults(_))));
        let id = desk.begin(&writer, Kind::Register, &begin(CODE)).await.unwrap();
        let sheet = desk.sheet(&writer, id).await.unwrap();
        assert_eq!(sheet.title, "测试名册");
        let second = desk.begin(&writer, Kind::Register, &begin(CODE)).await;
        assert!(matches!(second, Err(DeskError::Faults(faults)) if faults[0].field == "register"));
        assert!(matches!(stage.publish("1,甲店,,,,,,,,\n").await, Err(Refused::AtDesk)));
        // without a table nothing goes on, nor with a wrong row
        assert!(matches!(desk.command(&writer, id, 1, Command::Submit).await, Err(DeskError::Blocked(_))));
        let wrong = format!("{HEAD}1,甲店,巨型,,,,,,,\n2,乙店,小型,,,,,,,\n");
        let version = desk.read_table(&writer, id, 1, "名册.csv", wrong.into()).await.unwrap();
        let view = desk.table(&writer, id).await.unwrap();
        let problem = &view.problems[0];
        assert_eq!((problem.row, problem.is_error), (Some(2), true), "{problem:?}");
        assert!(problem.column.as_deref().unwrap().contains("类别"), "{problem:?}");
        assert!(matches!(desk.command(&writer, id, version, Command::Submit).await, Err(DeskError::Blocked(_))));
        let right = format!("{HEAD}1,甲店,大型,,,,,,,\n2,乙店,小型,,,,,,,\n3,过期店,小型,,,,,,2026-11-01,\n");
        let version = desk.read_table(&writer, id, version, "名册.csv", right.into()).await.unwrap();
        let entries = desk.table(&writer, id).await.unwrap().entries.unwrap();
        assert_eq!((entries.difference, entries.over, entries.first.len()), ((2, 0, 0, 0), 1, 2));
        // which register it is can't be typed away
        let other = typed(&[("title", "测试名册（2026年）"), ("source", "某局"), ("register", "small-trades")]);
        let version = desk.save(&writer, id, version, &other).await.unwrap();
        assert_eq!(desk.sheet(&writer, id).await.unwrap().life.work.unwrap().content.unwrap().field("register"), CODE);
        desk.command(&writer, id, version, Command::Submit).await.unwrap();
        assert!(matches!(stage.reader().register(CODE).await, Err(PortError::NotFound)));
        let own = desk.command(&officer(1, &[Role::Editor, Role::Reviewer]), id, version + 1, Command::Approve).await;
        assert!(matches!(own, Err(DeskError::Refused(Refusal::OwnWork))));
        let editor = officer(3, &[Role::Editor]);
        let not_allowed = desk.command(&editor, id, version + 1, Command::Approve).await;
        assert!(matches!(not_allowed, Err(DeskError::Refused(Refusal::NotAllowed))));
        desk.command(&reviewer, id, version + 1, Command::Approve).await.unwrap();
        desk.command(&reviewer, id, version + 2, Command::Perform).await.unwrap();
        let entries = stage.all().await;
        assert_eq!(entries.len(), 2);
        stage.follow().await;

        // a correction of a column's meaning
        let version = desk.sheet(&writer, id).await.unwrap().version;
        let open = Command::Open { act: Act::Correct, reason: "更新".into(), content: None };
        desk.command(&writer, id, version, open).await.unwrap();
        let view = desk.table(&writer, id).await.unwrap();
        let (name, columns) = (view.sheets[0].name.clone(), &view.sheets[0].columns);
        let remark = columns.iter().find(|column| column.field == "remark").unwrap().heading.clone();
        let mapping = vec![(name, remark, String::new())];
        let version = desk.map_table(&writer, id, version + 1, mapping).await.unwrap();
        assert!(desk.table(&writer, id).await.unwrap().sheets[0].columns.iter().all(|one| one.field != "remark"));
        for command in [Command::Submit, Command::Approve, Command::Perform] {
            let by = if command == Command::Submit { &writer } else { &reviewer };
            let version = desk.sheet(by, id).await.unwrap().version;
            desk.command(by, id, version, command).await.unwrap();
        }
        assert!(version > 0);
        assert_eq!(stage.all().await[0].id, entries[0].id);

        // withdrawn: register, entries and operators are gone, and say so
        let act = async |act: Act, reason: &str| {
            let version = desk.sheet(&writer, id).await.unwrap().version;
            let open = Command::Open { act, reason: reason.into(), content: None };
            desk.command(&writer, id, version, open).await.unwrap();
            for command in [Command::Submit, Command::Approve, Command::Perform] {
                let by = if command == Command::Submit { &writer } else { &reviewer };
                let version = desk.sheet(by, id).await.unwrap().version;
                desk.command(by, id, version, command).await.unwrap();
            }
        };
        act(Act::Withdraw, "来源有误").await;
        let reader = stage.reader();
        let reason = |found: Result<(), PortError>| match found {
            Err(PortError::Gone(gone)) => gone.reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(reason(reader.register(CODE).await.map(|_| ())).as_deref(), Some("来源有误"));
        assert_eq!(reason(reader.entry(CODE, entries[0].id).await.map(|_| ())).as_deref(), Some("来源有误"));
        assert!(stage.house.db.operators(None, 9).await.unwrap().items.is_empty());
        assert!(matches!(stage.publish("1,甲店,,,,,,,,\n").await, Err(Refused::Withdrawn)));
        stage.follow().await;
        act(Act::Publish, "核实无误").await;
        assert_eq!(stage.all().await[1].id, entries[1].id);
        assert_eq!(stage.house.db.operators(None, 9).await.unwrap().items.len(), 2);
        stage.follow().await;

        // removed: its file too, and the register can begin anew
        act(Act::Remove, "依法移除").await;
        assert_eq!(reason(reader.entry(CODE, entries[0].id).await.map(|_| ())), None);
        assert_eq!(reason(reader.register(CODE).await.map(|_| ())), None);
        assert!(matches!(stage.house.db.notice(id).await, Err(PortError::Gone(_))));
        let left = std::fs::read_dir(stage.dir.path().join("files")).unwrap();
        let left: usize = left.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum();
        // the file of the first, wrong upload is nobody's any more either, but nothing names it to be deleted
        assert!(left <= 1, "{left}");
        let anew = stage.publish("1,甲店,大型,,,,,,,\n").await.unwrap();
        assert_ne!(anew.id, id);
        assert!(matches!(reader.register(&id.to_string()).await, Err(PortError::Gone(_))));
        stage.follow().await;
    }
}

#[tokio::test]
async fn an_administrator_s_edition_leaves_an_officer_s_draft() {
    for stage in stages().await {
        let (writer, desk) = (officer(1, &[Role::Editor]), stage.desk());
        let id = stage.publish("1,甲店,大型,,,,,,,\n").await.unwrap().id;
        let version = desk.sheet(&writer, id).await.unwrap().version;
        let open = Command::Open { act: Act::Correct, reason: "下一版".into(), content: None };
        desk.command(&writer, id, version, open).await.unwrap();
        stage.publish("1,甲店,小型,,,,,,,\n").await.unwrap();
        let sheet = desk.sheet(&writer, id).await.unwrap();
        assert_eq!(sheet.life.work.unwrap().reason, "下一版");
        assert!(sheet.version > version + 1);
    }
}
