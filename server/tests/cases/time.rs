//! What time does with cases, and letters: reminders, escalations, another calendar.

use app::{
    domain::{
        calendar::statutory::is_statutory,
        case::{Command, RefusalGround},
        clock::Step,
        mail::Address,
        staff::Role,
    },
    ports::{Actor, CaseScope, Cases},
};
use axum::http::{Method, StatusCode};
use chrono::{Datelike, NaiveDate};
use server::cases::LoadError;
use uuid::Uuid;

use crate::stage::{Signed, Stage, officer, said, stages};

async fn kinds(stage: &Stage, about: Uuid) -> Vec<String> {
    let letters = stage.house.db.letters_of(about).await.unwrap();
    letters.into_iter().map(|letter| letter.kind).collect()
}

/// An account with an address; its viewer.
async fn with_mail(stage: &Stage, name: &str, role: Role) -> app::domain::staff::Viewer {
    use app::ports::Accounts;
    stage.sign_in(name, &[role]).await;
    let id = stage.house.auth.accounts().await.unwrap().into_iter().find(|one| one.name == name).unwrap().id;
    let address = Address::parse(&format!("{name}@bureau.example.cn")).unwrap();
    stage.cases.set_own_mail(id, Some(&address)).await.unwrap();
    app::domain::staff::Viewer { id, ..officer(0, &[role]) }
}

/// The statutory days of a year, and some days more.
fn year(year: i32, more: &[&str]) -> String {
    let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days().take_while(|day| day.year() == year);
    let statutory = days.filter(|day| is_statutory(*day) == Some(true)).map(|day| day.to_string());
    let more = more.iter().map(|day| (*day).to_owned());
    let days: Vec<_> =
        statutory.chain(more).map(|day| format!("{{\"name\":\"节\",\"date\":\"{day}\",\"isOffDay\":true}}")).collect();
    format!("{{\"year\":{year},\"papers\":[],\"days\":[{}]}}", days.join(","))
}

#[tokio::test]
async fn each_step_leaves_one_letter_and_says_nothing_personal_to_officers() {
    for stage in stages().await {
        let own = with_mail(&stage, "own", Role::CaseOfficer).await;
        let receipt = stage.file(&[]).await;
        let id = receipt.halves[0].id;
        assert_eq!(kinds(&stage, id).await, ["case_receipt"]);
        stage.cases.act(&own, id, 1, Command::Take, said("")).await.unwrap();
        assert_eq!(kinds(&stage, id).await.len(), 1, "nobody is told of inner steps");
        stage.cases.act(&own, id, 2, Command::Ask, said("请补充小票")).await.unwrap();
        // a conflict leaves none
        stage.cases.act(&own, id, 2, Command::Ask, said("请补充小票")).await.unwrap_err();
        assert_eq!(kinds(&stage, id).await, ["case_receipt", "case_news"]);
        let (number, code) = (receipt.halves[0].number.clone(), receipt.code.clone().unwrap());
        stage.cases.citizen_act((&number, &code), None, 3, Command::Supplement, said("小票在此")).await.unwrap();
        stage.cases.act(&own, id, 4, Command::Refuse(RefusalGround::Material), said("无法联系")).await.unwrap();
        assert_eq!(kinds(&stage, id).await, ["case_receipt", "case_news", "case_to_officer", "case_news"]);
        // a report whose author wants no news is left in peace; nobody without an address is written to
        for changes in [[("want", "report"), ("news", "no")], [("want", "complaint"), ("mail", "")]] {
            let id = stage.filed_then(&changes, &own, &[Command::Take, Command::Ask]).await;
            assert!(!kinds(&stage, id).await.contains(&"case_news".to_owned()), "{changes:?}");
        }
    }
}

#[tokio::test]
async fn a_date_is_recalled_before_and_told_after_once_each_whatever_restarts() {
    for stage in stages().await {
        let own = with_mail(&stage, "own", Role::CaseOfficer).await;
        with_mail(&stage, "lead", Role::Lead).await;
        with_mail(&stage, "other", Role::CaseOfficer).await;
        let id = stage.filed_then(&[("mail", "")], &own, &[Command::Take]).await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 0, "due on 4 December");
        let stage = stage.on("2026-11-30").await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 0);
        let stage = stage.on("2026-12-01").await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 1);
        assert_eq!(kinds(&stage, id).await, ["case_notice"; 2], "the officer and the lead");
        let stage = stage.on("2026-12-04").await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 0, "the last day is no day too late");
        let stage = stage.on("2026-12-05").await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 1);
        let stage = stage.on("2026-12-06").await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 0);
        assert_eq!(kinds(&stage, id).await.len(), 4);
        // the next clock is another one
        stage.cases.act(&own, id, 2, Command::Accept, said("")).await.unwrap();
        let sheet = stage.cases.case(&own, id).await.unwrap();
        let due = sheet.line.next_due().unwrap();
        assert_eq!(due.due.step, Step::Mediation);
        let stage = stage.on(&due.due.act_by.to_string()).await;
        assert_eq!(stage.cases.do_due().await.unwrap(), 1);
        assert_eq!(kinds(&stage, id).await.len(), 6);
    }
}

#[tokio::test]
async fn a_loaded_year_moves_open_dates_and_tells_those_concerned() {
    for stage in stages().await {
        let stage = stage.on("2026-12-28").await;
        let own = with_mail(&stage, "own", Role::CaseOfficer).await;
        let lead = officer(77, &[Role::Lead]);
        let id = stage.filed_then(&[], &own, &[Command::Take]).await;
        let done = stage.filed_then(&[], &own, &[Command::Take, Command::Accept]).await;
        let due = |sheet: &app::ports::CaseSheet| {
            (sheet.line.clocks[0].due.on.to_string(), sheet.line.clocks[0].due.estimated)
        };
        let sheet = stage.cases.case(&own, id).await.unwrap();
        assert_eq!(due(&sheet), ("2027-01-07".into(), true));
        assert_eq!(stage.cases.recount().await.unwrap(), 0, "the same calendar moves nothing");

        // who may not, and what is no calendar
        let refused = stage.cases.load_year(&own, &year(2027, &[])).await;
        assert!(matches!(refused, Err(LoadError::Case(_))));
        for wrong in ["", "{}", "{\"year\":2027,\"days\":[]}", &year(2027, &["2027-13-01"]), &year(2027, &[])[..200]] {
            assert!(matches!(stage.cases.load_year(&lead, wrong).await, Err(LoadError::File(_))), "{wrong}");
        }
        assert!(!stage.dir.path().join("calendars/2027.json").exists());

        // Monday the 4th is a day off as well
        let loaded =
            stage.cases.load_year(&lead, &year(2027, &["2027-01-02", "2027-01-03", "2027-01-04"])).await.unwrap();
        assert_eq!((loaded.year, loaded.moved), (2027, 1));
        let sheet = stage.cases.case(&own, id).await.unwrap();
        assert_eq!(due(&sheet), ("2027-01-08".into(), false));
        let event = sheet.events.last().unwrap();
        assert_eq!((event.act, event.by, event.detail.time.as_str()), (None, Actor::Clock, "2027-01-07/2027-01-08"));
        assert_eq!(kinds(&stage, id).await, ["case_receipt", "case_moved", "case_moved"]);
        let list = stage.cases.cases(&own, CaseScope::Mine).await.unwrap();
        assert!(list.iter().any(|line| line.id == id && line.next_due().unwrap().due.on.to_string() == "2027-01-08"));
        // the mediation of the other case ends in February: its date is certain now, and stays where it was
        let other = stage.cases.case(&own, done).await.unwrap();
        assert!(other.events.iter().all(|event| event.by != Actor::Clock), "{:?}", other.events);

        // after a restart it is there still, and nothing is told twice
        let stage = stage.on("2026-12-29").await;
        assert_eq!(stage.cases.recount().await.unwrap(), 0);
        assert!(stage.cases.calendar().knows(2027));
        assert_eq!(kinds(&stage, id).await.len(), 3);
    }
}

async fn upload(stage: &Stage, signed: &Signed, file: &str) -> crate::stage::Answer {
    let part = |name: &str, rest: &str, body: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{body}\r\n")
    };
    let body = part("csrf", "", &signed.csrf) + &part("year_file", "; filename=\"2027.json\"", file) + "--x--\r\n";
    let headers = [
        ("content-type", "multipart/form-data; boundary=x"),
        ("cookie", signed.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    stage.send(Method::POST, "/desk/calendar", &headers, body).await
}

#[tokio::test]
async fn the_page_of_the_calendar_takes_a_file_from_the_lead() {
    for stage in stages().await {
        let (lead, own) =
            (stage.sign_in("lead", &[Role::Lead]).await, stage.sign_in("own", &[Role::CaseOfficer]).await);
        let page = stage.desk_get(&lead, "/desk/calendar").await;
        assert!(page.body.contains("2026年") && !page.body.contains("2027年"));
        assert_eq!(stage.desk_get(&own, "/desk/calendar").await.status, StatusCode::FORBIDDEN);
        assert_eq!(upload(&stage, &own, &year(2027, &[])).await.status, StatusCode::FORBIDDEN);
        let wrong = upload(&stage, &lead, "{\"year\":2027,\"days\":[]}").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("f-year_file-error") && wrong.body.contains("尚未公布"));
        let taken = upload(&stage, &lead, &year(2027, &[])).await;
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
        assert!(taken.body.contains("已载入 2027 年的安排") && taken.body.contains("2027年"));
        // one's own address for reminders
        for (typed, status) in [("x", 422), ("own@bureau.example.cn", 303), ("", 303)] {
            let answer = stage.desk_post(&own, "/desk/account/mail", &[("mail", typed)]).await;
            assert_eq!(answer.status.as_u16(), status, "{typed}");
            let shown = stage.desk_get(&own, "/desk/account").await.body;
            assert_eq!(shown.contains("own@bureau.example.cn"), typed.contains("own"), "{typed}");
        }
    }
}
