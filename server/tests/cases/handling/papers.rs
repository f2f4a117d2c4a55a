//! Papers of a case: prefilled, made, noted, names only for its officer.

use app::{
    domain::{
        document::{Field, Kind},
        staff::Role,
    },
    pages::handling::{field_name, places},
    ports::Cases,
};
use axum::http::StatusCode;
use uuid::Uuid;

use super::{Desk, is_wrong};
use crate::stage::{Answer, PERSONAL, officer, stages};

/// What the form of a paper holds, as a browser would send it.
fn typed(page: &Answer, kind: Kind) -> Vec<(String, String)> {
    let value = |field: &Field| {
        let at = page.body.find(&format!("name=\"{}\"", field_name(*field))).unwrap();
        let rest = &page.body[at..];
        let end = rest.find('>').unwrap();
        let tag = &rest[..end];
        let value = match tag.split("value=\"").nth(1) {
            Some(value) => value.split('"').next().unwrap(),
            None => rest[end + 1..].split("</textarea>").next().unwrap(),
        };
        let plain = value.trim_start_matches('\n').replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        (field_name(*field), plain.replace("&amp;", "&"))
    };
    places(kind).iter().map(value).collect()
}

async fn make(desk: &Desk<'_>, id: Uuid, kind: Kind, as_what: &str, changes: &[(Field, &str)]) -> Answer {
    let path = format!("/desk/cases/{id}/documents/{}", kind.code());
    let page = desk.page(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let mut fields = typed(&page, kind);
    for (field, text) in changes {
        let place = fields.iter_mut().find(|(name, _)| *name == field_name(*field)).unwrap();
        (*text).clone_into(&mut place.1);
    }
    fields.push(("as".into(), as_what.into()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.stage.desk_post(&desk.who, &path, &fields).await
}

#[tokio::test]
async fn a_refusal_is_filled_made_and_noted() {
    for stage in stages().await {
        let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
        let other = Desk::of(&stage, "other", &[Role::CaseOfficer]).await;
        let lead = Desk::of(&stage, "lead", &[Role::Lead]).await;
        let id = stage.file(&[]).await.halves[0].id;
        own.act(id, "take", &[]).await;
        let reason = "三年前的事，没有小票<b>";
        own.act(id, "refuse", &[("refuse_ground", "too_late"), ("refuse_said", reason)]).await;
        let sheet = own.sheet(id).await;
        for (kind, is) in [
            (Kind::Refusal, true),
            (Kind::Service, true),
            (Kind::Mediation, false),
            (Kind::Transfer, false),
            (Kind::Receipt, false),
        ] {
            assert_eq!(sheet.contains(&format!("/documents/{}\"", kind.code())), is, "{kind:?}");
        }
        let form = own.page(&format!("/desk/cases/{id}/documents/refusal")).await.body;
        assert!(form.contains("欧阳*") && form.contains("第十六条第（四）项") && form.contains("2026年11月25日"));
        assert!(!form.contains("欧阳海棠") && !form.contains("南门路77号"));
        let before = stage.cases.case(&officer(9, &[Role::Lead]), id).await.unwrap();
        let unmasked = |sheet: &app::ports::CaseSheet| sheet.looks.iter().filter(|look| look.is_unmasking).count();
        assert_eq!(unmasked(&before), 0, "showing the form unmasks nothing");
        // what is missing is said beside its place, and nobody is unmasked for it
        let wrong = make(&own, id, Kind::Refusal, "pdf", &[(Field::Reason, " ")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(is_wrong(&wrong, &field_name(Field::Reason)));
        assert_eq!(unmasked(&stage.cases.case(&officer(9, &[Role::Lead]), id).await.unwrap()), 0);

        let page = make(&own, id, Kind::Refusal, "page", &[(Field::PaperNumber, "云市监诉〔2026〕12号")]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("欧阳海棠") && page.body.contains("三年前的事，没有小票&lt;b&gt;"));
        for remedy in ["与经营者协商和解", "消费者协会", "有关行政部门投诉", "仲裁", "人民法院"]
        {
            assert!(page.body.contains(remedy), "{remedy}");
        }
        assert!(page.head.contains("no-store"));
        let pdf = make(&own, id, Kind::Refusal, "pdf", &[]).await;
        assert_eq!(pdf.status, StatusCode::OK);
        assert!(pdf.body.starts_with("%PDF-") && pdf.head.contains("attachment"), "{}", pdf.head);
        let after = stage.cases.case(&officer(9, &[Role::Lead]), id).await.unwrap();
        assert_eq!(unmasked(&after), 2);
        let notes: Vec<_> = after.events.iter().filter(|event| event.detail.code == "refusal").collect();
        assert_eq!(notes.len(), 2);
        assert_eq!(notes[0].detail.number, "云市监诉〔2026〕12号");
        // 送达回证 knows what was made, and the address only when it is made
        let served = make(&own, id, Kind::Service, "page", &[(Field::ServedBy, "邮寄")]).await;
        assert!(served.body.contains("投诉不予受理告知书") && served.body.contains("南门路77号"), "{}", served.body);

        // the lead may make papers, but not unmask; others see nothing
        let masked = make(&lead, id, Kind::Refusal, "page", &[]).await;
        assert_eq!(masked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!masked.body.contains("欧阳海棠"));
        let path = format!("/desk/cases/{id}/documents/refusal");
        assert_eq!(other.page(&path).await.status, StatusCode::NOT_FOUND);
        let foreign = stage.desk_post(&other.who, &path, &[("as", "page")]).await;
        assert!(PERSONAL.iter().all(|hidden| !foreign.body.contains(hidden)));
        for unknown in ["nothing", "Refusal", "refusal.md"] {
            let path = format!("/desk/cases/{id}/documents/{unknown}");
            assert_eq!(own.page(&path).await.status, StatusCode::NOT_FOUND, "{unknown}");
        }
    }
}

#[tokio::test]
async fn every_paper_of_the_desk_can_be_made_from_its_form() {
    let stage = stages().await.remove(0);
    let own = Desk::of(&stage, "own", &[Role::CaseOfficer]).await;
    let complaint = stage.file(&[]).await.halves[0].id;
    own.act(complaint, "take", &[]).await;
    own.act(complaint, "ask", &[("ask_said", "请补小票")]).await;
    own.act(complaint, "accept", &[]).await;
    let session = [
        ("invite_mode", "phone"),
        ("invite_time", "2026-11-30T09:30"),
        ("invite_place", "办公电话"),
        ("invite_mediators", "李调解员"),
        ("invite_said", "请双方接听"),
    ];
    own.act(complaint, "invite", &session).await;
    own.act(complaint, "settle", &[("settle_kind", "document"), ("settle_said", "退款 30 元")]).await;
    let report = stage.file(&[("want", "report"), ("anonymous", "yes")]).await.halves[0].id;
    own.act(report, "take", &[]).await;
    own.act(report, "ask_extension", &[("ask_extension_said", "等检验")]).await;
    own.act(report, "file", &[]).await;
    own.act(report, "decide", &[("decide_outcome", "penalty"), ("decide_said", "罚款 5000 元")]).await;
    let blank = [(Field::ServedBy, "直接送达"), (Field::NewLimit, "2027年1月8日"), (Field::ServedAt, "办公室")];
    for (id, kind, said) in [
        (complaint, Kind::Acceptance, "第十五条"),
        (complaint, Kind::Correction, "请补小票"),
        (complaint, Kind::Mediation, "退款 30 元"),
        (complaint, Kind::MediationRecord, "李调解员"),
        (complaint, Kind::Service, "云川市"),
        (report, Kind::ReportResult, "罚款 5000 元"),
        (report, Kind::Extension, "等检验"),
        (report, Kind::Service, "举报人"),
    ] {
        let changes: Vec<_> = blank.iter().filter(|(field, _)| places(kind).contains(field)).copied().collect();
        let changes: Vec<_> =
            changes.into_iter().chain((kind == Kind::Service).then_some((Field::Served, "告知书"))).collect();
        let made = make(&own, id, kind, "page", &changes).await;
        assert_eq!(made.status, StatusCode::OK, "{kind:?} {}", super::errors(&made));
        assert!(made.body.contains(said), "{kind:?}: {}", made.body);
    }
}
