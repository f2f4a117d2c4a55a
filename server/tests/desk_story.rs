//! Publications from the first draft to their removal, on both databases.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "desk_story/stage.rs"]
mod stage;

use app::{
    domain::{
        act::Act,
        publication::{
            Kind, Standing,
            field::Fault,
            life::{Command, Refusal, Stage},
        },
        staff::Role,
    },
    ports::{Desk, DeskError, DeskFilter, Directory, NoticeScope, Notices, PortError, Typed},
};
use chrono::TimeDelta;

use stage::{PENALTY, officer, stories, typed};

fn with(fields: &[(&str, &str)], others: &[(&str, &str)]) -> Typed {
    typed(&fields.iter().chain(others).copied().collect::<Vec<_>>())
}

#[tokio::test]
async fn a_penalty_from_draft_to_removal() {
    for story in stories().await {
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let desk = &story.desk;
        let id = desk.begin(&writer, Kind::Penalty, &typed(PENALTY)).await.unwrap();
        let sheet = desk.sheet(&writer, id).await.unwrap();
        assert!(!sheet.checks.blocks(), "{:?}", sheet.checks);
        // order 45: 20 working days from 2026-10-20; 3 years from the day of publication
        assert_eq!(sheet.publish_by.unwrap().on.to_string(), "2026-11-17");
        assert!(matches!(story.db.notice(id).await, Err(PortError::NotFound)));
        let life = desk.command(&writer, id, sheet.version, Command::Submit).await.unwrap();
        assert_eq!(life.work.unwrap().stage, Stage::Submitted);
        let version = desk.sheet(&reviewer, id).await.unwrap().version;
        assert!(matches!(
            desk.command(&writer, id, version, Command::Approve).await,
            Err(DeskError::Refused(Refusal::NotAllowed))
        ));
        desk.command(&reviewer, id, version, Command::Approve).await.unwrap();
        desk.command(&reviewer, id, version + 1, Command::Perform).await.unwrap();

        let public = story.db.notice(id).await.unwrap();
        assert_eq!(public.notice.content.field("document_number"), "云市监处罚〔2026〕12号");
        assert_eq!(public.notice.content.field("removal_class"), "", "an inner field is public");
        assert_eq!(public.notice.published_on, story.today());
        assert_eq!((public.revisions.len(), public.revisions[0].act), (1, Act::Publish));
        assert_eq!(public.operators[0].name, "云川市海棠食品有限公司");
        let operator = story.db.operator(public.operators[0].id).await.unwrap();
        assert_eq!(operator.uscc.as_deref(), Some("91000000MA0000001R"));
        assert_eq!(story.db.log_leaves().await.unwrap(), 1);

        // a correction keeps the old revision visible, with the reason
        let version = desk.sheet(&writer, id).await.unwrap().version;
        let open = Command::Open { act: Act::Correct, reason: "金额写错".into(), content: None };
        desk.command(&writer, id, version, open).await.unwrap();
        let corrected = with(PENALTY, &[("penalty", "罚款三万元"), ("reason", "金额写错")]);
        let version = desk.save(&writer, id, version + 1, &corrected).await.unwrap();
        story.approve(id, version, &writer, &reviewer).await;
        let public = story.db.notice(id).await.unwrap();
        assert_eq!(public.notice.content.field("penalty"), "罚款三万元");
        assert_eq!(public.revisions[0].reason.as_deref(), Some("金额写错"));
        let old = story.db.earlier(id, 1).await.unwrap();
        assert_eq!(old.content.unwrap()["fields"]["penalty"], "罚款二万元");

        // its time is over: gone from everywhere, and the leaf stays
        let remove_on = desk.sheet(&writer, id).await.unwrap().remove_on.unwrap();
        let later = story.at(remove_on);
        assert_eq!(later.do_due().await.unwrap(), 1);
        assert_eq!(later.do_due().await.unwrap(), 0);
        let Err(PortError::Gone(gone)) = story.db.notice(id).await else { panic!("still there") };
        assert_eq!((gone.act, gone.kind, gone.reason), (Act::Remove, Kind::Penalty, None));
        assert!(matches!(story.db.earlier(id, 1).await, Err(PortError::Gone(_))));
        assert!(matches!(story.db.operator(public.operators[0].id).await, Err(PortError::NotFound)));
        assert!(story.db.notices(NoticeScope::default(), None, 9).await.unwrap().items.is_empty());
        let record = story.db.log_record(id, 1, true).await.unwrap().unwrap();
        assert_eq!((record.content, record.salt), (None, None));
        assert_eq!(story.db.log_leaves().await.unwrap(), 3);
    }
}

#[tokio::test]
async fn what_must_not_be_public_blocks_and_the_rest_is_confirmed_one_by_one() {
    for story in stories().await {
        let writer = officer(1, &[Role::Editor]);
        let desk = &story.desk;
        let facts = "当事人雇用的厨师王小明（电话13812345678）承认使用过期原料，其身份证号为11010519491231002X。";
        let id = desk.begin(&writer, Kind::Penalty, &with(PENALTY, &[("facts", facts)])).await.unwrap();
        let sheet = desk.sheet(&writer, id).await.unwrap();
        let found: Vec<_> = sheet.checks.marks.iter().map(|placed| placed.mark.datum.code()).collect();
        assert!(found.contains(&"identity_number") && found.contains(&"phone") && found.contains(&"person_name"));
        let keys = sheet.checks.marks.iter().map(|placed| placed.key.clone()).collect();
        assert!(matches!(desk.command(&writer, id, sheet.version, Command::Submit).await, Err(DeskError::Blocked(_))));
        // confirming everything does not help an identity number
        let all = Typed { confirmed: keys, ..with(PENALTY, &[("facts", facts)]) };
        let version = desk.save(&writer, id, sheet.version, &all).await.unwrap();
        assert!(matches!(desk.command(&writer, id, version, Command::Submit).await, Err(DeskError::Blocked(_))));
        let fewer = facts.replace("，其身份证号为11010519491231002X", "");
        let mut typed = with(PENALTY, &[("facts", &fewer)]);
        let version = desk.save(&writer, id, version, &typed).await.unwrap();
        assert!(matches!(desk.command(&writer, id, version, Command::Submit).await, Err(DeskError::Blocked(_))));
        let sheet = desk.sheet(&writer, id).await.unwrap();
        typed.confirmed = sheet.checks.marks.iter().map(|placed| placed.key.clone()).collect();
        let version = desk.save(&writer, id, version, &typed).await.unwrap();
        desk.command(&writer, id, version, Command::Submit).await.unwrap();
    }
}

#[tokio::test]
async fn rules_of_the_law_stand_in_the_way() {
    let story = stories().await.remove(0);
    let writer = officer(1, &[Role::Editor]);
    let gaps = |fields: Vec<(&'static str, &'static str)>| {
        let (story, writer) = (&story, &writer);
        async move {
            let id = story.desk.begin(writer, Kind::Penalty, &with(PENALTY, &fields)).await.unwrap();
            let sheet = story.desk.sheet(writer, id).await.unwrap();
            sheet.checks.gaps.into_iter().map(|gap| (gap.field, gap.fault)).collect::<Vec<_>>()
        }
    };
    assert_eq!(gaps(vec![]).await, []);
    assert_eq!(gaps(vec![("procedure", "summary")]).await, [("procedure", Fault::SummaryProcedure)]);
    assert_eq!(gaps(vec![("penalty", "警告")]).await, [("penalty", Fault::OnlyWarned)]);
    assert_eq!(gaps(vec![("removal_class", "order-45/none")]).await, [("removal_class", Fault::NoSuchRule)]);
    assert_eq!(gaps(vec![("samples", "XBJ0")]).await, [("samples", Fault::UnknownSample)]);
    let unreadable = typed(&[("decided_on", "昨天")]);
    assert!(matches!(story.desk.begin(&writer, Kind::Penalty, &unreadable).await, Err(DeskError::Faults(_))));
    let tip = typed(&[
        ("title", "消费提示"),
        ("source", "某局"),
        ("body", "共抽检54批次，合格48批次，不合格6批次，合格率为98.9%。"),
    ]);
    let id = story.desk.begin(&writer, Kind::Tip, &tip).await.unwrap();
    let checks = story.desk.sheet(&writer, id).await.unwrap().checks;
    assert_eq!(checks.disagreements[0].computed, "48÷54=88.9%");
    let auditor = officer(5, &[Role::Auditor, Role::Admin, Role::CaseOfficer]);
    let refused = story.desk.lines(&auditor, DeskFilter::default(), 0).await;
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::NotAllowed))));
    assert!(matches!(story.desk.sheet(&auditor, id).await, Err(DeskError::Refused(Refusal::NotAllowed))));
}

#[tokio::test]
async fn two_officers_do_not_overwrite_each_other() {
    for story in stories().await {
        let (one, other) = (officer(1, &[Role::Editor]), officer(2, &[Role::Editor]));
        let text = |body: &'static str| typed(&[("title", "通知"), ("source", "某局"), ("body", body)]);
        let id = story.desk.begin(&one, Kind::Notice, &text("一")).await.unwrap();
        let seen = story.desk.sheet(&one, id).await.unwrap().version;
        story.desk.save(&one, id, seen, &text("二")).await.unwrap();
        let Err(DeskError::Conflict(theirs)) = story.desk.save(&other, id, seen, &text("三")).await else {
            panic!("overwritten")
        };
        let version = theirs.version;
        assert_eq!(theirs.life.work.unwrap().content.unwrap().body, "二");
        story.desk.save(&other, id, version, &text("三")).await.unwrap();
        let both = story.desk.sheet(&one, id).await.unwrap().life.work.unwrap();
        assert_eq!((both.content.unwrap().body.as_str(), both.editors.len()), ("三", 2));
        let (four, five) = (text("四"), text("五"));
        let raced = tokio::join!(
            story.desk.save(&one, id, version + 1, &four),
            story.desk.save(&other, id, version + 1, &five),
        );
        assert_eq!(usize::from(raced.0.is_ok()) + usize::from(raced.1.is_ok()), 1);
    }
}

#[tokio::test]
async fn a_bulletin_by_upload_is_checked_against_its_table_and_published() {
    for story in stories().await {
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let desk = &story.desk;
        let id = desk.begin(&writer, Kind::Bulletin, &typed(&[("source", "云川市市场监督管理局")])).await.unwrap();
        let csv = "抽样编号,食品名称,被抽样单位名称,判定,不合格项目,怪名\nA1,大米,云川市一店,合格,,红\n\
                   A2,面条,云川市二店,不合格,铝的残留量,蓝\n";
        let version = desk.read_table(&writer, id, 1, "第3期.csv", csv.into()).await.unwrap();
        let wrong = "本次共抽检2批次，合格1批次，不合格1批次，合格率为98.9%。";
        let fields = |body: &str| {
            typed(&[("title", "抽检公告（2026年第3期）"), ("source", "云川市市场监督管理局"), ("body", body)])
        };
        let version = desk.save(&writer, id, version, &fields(wrong)).await.unwrap();
        let sheet = desk.sheet(&writer, id).await.unwrap();
        assert_eq!(sheet.checks.disagreements.len(), 1);
        assert!(matches!(desk.command(&writer, id, version, Command::Submit).await, Err(DeskError::Blocked(_))));
        let version = desk.save(&writer, id, version, &fields(&wrong.replace("98.9", "50"))).await.unwrap();
        // a column that the officer maps otherwise
        let view = desk.table(&writer, id).await.unwrap();
        assert_eq!((view.first.len(), view.sheets[0].failed), (2, 1));
        let (sheet, heading) = (view.sheets[0].name.clone(), view.sheets[0].columns[5].heading.clone());
        let mapping = vec![(sheet, heading, "brand".to_owned())];
        let version = desk.map_table(&writer, id, version, mapping).await.unwrap();
        assert!(desk.table(&writer, id).await.unwrap().sheets[0].columns[5].field == "brand");
        story.approve(id, version, &writer, &reviewer).await;
        let bulletin = app::ports::Publications::bulletin(&story.db, id).await.unwrap();
        assert_eq!((bulletin.line.tallies[0].tally.passed, bulletin.line.tallies[0].tally.failed), (1, 1));
        let samples = app::ports::Publications::samples(&story.db, id, app::ports::SampleScope::default(), None, 9);
        let samples = samples.await.unwrap().items;
        assert_eq!(samples[0].printed.brand.as_deref(), Some("蓝"));

        // its disposal closes the loop of the failed sample
        let disposal = typed(&[
            ("title", "核查处置"),
            ("source", "云川市市场监督管理局"),
            ("operator", "云川市二店"),
            ("samples", "A2"),
            ("control", "库存全部下架"),
            ("outcome", "punished"),
            ("completed_on", "2026-11-20"),
        ]);
        let other = desk.begin(&writer, Kind::Disposal, &disposal).await.unwrap();
        story.approve(other, 1, &writer, &reviewer).await;
        let scope = NoticeScope { sample: Some(samples[0].id), ..NoticeScope::default() };
        assert_eq!(story.db.notices(scope, None, 9).await.unwrap().items[0].id, other);

        // withdrawn: bulletin and samples are gone, and say so
        let version = desk.sheet(&writer, id).await.unwrap().version;
        let open = Command::Open { act: Act::Withdraw, reason: "样品表有误".into(), content: None };
        desk.command(&writer, id, version, open).await.unwrap();
        story.approve(id, version + 1, &writer, &reviewer).await;
        for gone in [id, samples[0].id] {
            let reason = match app::ports::Publications::sample(&story.db, gone).await {
                Err(PortError::Gone(gone)) => gone.reason,
                other => panic!("{other:?}"),
            };
            assert_eq!(reason.as_deref(), Some("样品表有误"));
        }
        // and removed: its file too
        let version = desk.sheet(&writer, id).await.unwrap().version;
        let open = Command::Open { act: Act::Remove, reason: "依法移除".into(), content: None };
        desk.command(&writer, id, version, open).await.unwrap();
        story.approve(id, version + 1, &writer, &reviewer).await;
        assert!(story.files_are_empty());
        assert!(matches!(app::ports::Publications::sample(&story.db, samples[0].id).await, Err(PortError::Gone(_))));
    }
}

#[tokio::test]
async fn attachments_come_and_go_with_their_publication() {
    let story = stories().await.remove(0);
    let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
    let desk = &story.desk;
    let notice = typed(&[("title", "通知"), ("source", "某局"), ("body", "见附件")]);
    let id = desk.begin(&writer, Kind::Notice, &notice).await.unwrap();
    let mut picture = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut picture);
    image::ImageEncoder::write_image(encoder, &[0; 12], 2, 2, image::ExtendedColorType::Rgb8).unwrap();
    let kept = desk.attach(&writer, id, 1, "图.png", picture).await.unwrap();
    assert!(matches!(
        desk.attach(&writer, id, 2, "网页.png", b"<html><script>".to_vec()).await,
        Err(DeskError::File(sentence)) if sentence.contains("网页")
    ));
    assert!(!story.db.attachment(kept.id).await.unwrap().unwrap().public);
    story.approve(id, 2, &writer, &reviewer).await;
    assert!(story.db.attachment(kept.id).await.unwrap().unwrap().public);
    assert_eq!(story.db.notice(id).await.unwrap().notice.content.attachments.as_slice(), std::slice::from_ref(&kept));
    let version = desk.sheet(&writer, id).await.unwrap().version;
    let open = Command::Open { act: Act::Remove, reason: "依法移除".into(), content: None };
    desk.command(&writer, id, version, open).await.unwrap();
    story.approve(id, version + 1, &writer, &reviewer).await;
    assert!(story.db.attachment(kept.id).await.unwrap().is_none() && story.attachments_are_empty());
    assert!(matches!(story.db.gone(kept.id).await, Ok(Some(gone)) if gone.act == Act::Remove));
    // a draft that is dropped takes its files along; what a crash left is swept
    let draft = desk.begin(&writer, Kind::Notice, &notice).await.unwrap();
    desk.command(&writer, draft, 1, Command::Discard).await.unwrap();
    assert!(matches!(desk.sheet(&writer, draft).await, Err(DeskError::Port(PortError::NotFound))));
    story.leave_attachment();
    assert_eq!(desk.sweep().await.unwrap(), 1);
}

#[tokio::test]
async fn a_scheduled_act_becomes_true_at_its_time() {
    for story in stories().await {
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let notice = typed(&[("title", "通知"), ("source", "某局"), ("body", "明天生效")]);
        let id = story.desk.begin(&writer, Kind::Notice, &notice).await.unwrap();
        story.desk.command(&writer, id, 1, Command::Submit).await.unwrap();
        story.desk.command(&reviewer, id, 2, Command::Approve).await.unwrap();
        let at = story.now() + TimeDelta::days(1);
        let life = story.desk.command(&reviewer, id, 3, Command::Schedule(at)).await.unwrap();
        assert_eq!(life.work.unwrap().stage, Stage::Scheduled(at));
        assert_eq!(story.desk.do_due().await.unwrap(), 0);
        let tomorrow = story.at(story.today().succ_opt().unwrap());
        assert_eq!(tomorrow.do_due().await.unwrap(), 1);
        let sheet = story.desk.sheet(&writer, id).await.unwrap();
        assert_eq!((sheet.life.standing, sheet.life.work), (Standing::Public, None));
    }
}

#[tokio::test]
async fn a_party_elsewhere_has_its_own_days() {
    for story in stage::stories().await {
        let editor = officer(1, &[Role::Editor]);
        for (change, expected) in [
            (&[][..], ("penalty-publication", "2026-11-17")),
            (&[("party_place", "elsewhere")], ("penalty-forward", "2026-11-03")),
            (&[("party_place", "forwarded"), ("forwarded_on", "2026-11-09")], ("penalty-assist", "2026-11-23")),
        ] {
            let fields: Vec<_> = PENALTY.iter().chain(change).copied().collect();
            let id = story.desk.begin(&editor, Kind::Penalty, &typed(&fields)).await.unwrap();
            let due = story.desk.sheet(&editor, id).await.unwrap().publish_by.unwrap();
            assert_eq!((due.step.code(), due.on.to_string().as_str()), expected);
        }
    }
}

#[tokio::test]
async fn credit_repair_is_shown_with_its_first_day() {
    for story in stage::stories().await {
        let (editor, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let id = story.desk.begin(&editor, Kind::Penalty, &typed(PENALTY)).await.unwrap();
        story.desk.command(&editor, id, 1, Command::Submit).await.unwrap();
        story.desk.command(&reviewer, id, 2, Command::Approve).await.unwrap();
        assert_eq!(story.desk.sheet(&editor, id).await.unwrap().earliest_repair, None);
        story.desk.command(&reviewer, id, 3, Command::Perform).await.unwrap();
        // of the food sector, a year of publication must have passed
        let sheet = story.desk.sheet(&editor, id).await.unwrap();
        let published = sheet.public.unwrap().published_on.unwrap();
        let first = published.checked_add_months(chrono::Months::new(12)).unwrap().succ_opt().unwrap();
        assert_eq!(sheet.earliest_repair, Some(first));
    }
}
