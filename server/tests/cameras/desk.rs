//! Officers: two persons, the sign, versions, forms, and an address that nobody reads again.

use std::fmt::Write as _;

use app::{
    domain::{camera::Refusal, staff::Role},
    ports::{CameraDesk, CameraError, CameraFilter, Kitchens, PortError},
};
use axum::http::StatusCode;
use server::cameras::SaveError;
use uuid::Uuid;

use crate::stage::{Stage, fields, files_with, form, officer, stages};

/// What of an address nobody may find.
const SECRET: [&str; 2] = ["geheim-7f3a", "topsecret"];

#[tokio::test]
async fn two_persons_and_a_sign_make_a_camera_public() {
    for stage in stages().await {
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let both = officer(1, &[Role::Editor, Role::Reviewer]);
        let cameras = stage.cameras();
        let id = cameras.add(&writer, stage.canteen, &form(&[("told", "")])).await.unwrap();
        let refused = |done: Result<(), CameraError>, why| {
            assert!(matches!(&done, Err(CameraError::Refused(refusal)) if *refusal == why), "{done:?}");
        };
        refused(cameras.show(&writer, id, 1).await, Refusal::NotAllowed);
        refused(cameras.show(&both, id, 1).await, Refusal::SamePerson);
        refused(cameras.show(&reviewer, id, 1).await, Refusal::NotTold);
        refused(cameras.hide(&reviewer, id, 1).await, Refusal::NotNow);
        cameras.save(&writer, id, 1, &form(&[])).await.unwrap();
        assert!(matches!(cameras.show(&reviewer, id, 1).await, Err(CameraError::Conflict)));
        assert!(cameras.cameras_of(&[stage.canteen]).await.unwrap().is_empty());
        cameras.show(&reviewer, id, 2).await.unwrap();
        assert_eq!(cameras.cameras_of(&[stage.canteen]).await.unwrap().len(), 1);
        refused(cameras.delete(&writer, id, 3).await, Refusal::NotNow);

        // hours and words stay public; another address or a sign taken down does not
        cameras.save(&writer, id, 3, &form(&[("label", "东侧"), ("to2", "14:00")])).await.unwrap();
        assert_eq!(cameras.cameras_of(&[stage.canteen]).await.unwrap()[0].position, "烹饪 · 东侧");
        cameras.save(&writer, id, 4, &form(&[("address", "https://gw.example.cn/other.m3u8")])).await.unwrap();
        assert!(cameras.cameras_of(&[stage.canteen]).await.unwrap().is_empty());
        cameras.show(&reviewer, id, 5).await.unwrap();
        cameras.save(&writer, id, 6, &form(&[("told", ""), ("address", "")])).await.unwrap();
        assert!(cameras.cameras_of(&[stage.canteen]).await.unwrap().is_empty());
        cameras.delete(&writer, id, 7).await.unwrap();
        let gone = cameras.desk_camera(&reviewer, id).await;
        assert!(matches!(gone, Err(CameraError::Port(PortError::NotFound))));
    }
}

#[tokio::test]
async fn roles_without_cameras_see_and_do_nothing() {
    for stage in stages().await {
        let id = stage.shown(stage.canteen, &[]).await;
        let cameras = stage.cameras();
        let denied = |error: CameraError| matches!(error, CameraError::Refused(Refusal::NotAllowed));
        for role in [Role::CaseOfficer, Role::Lead, Role::Auditor, Role::Admin] {
            let nobody = officer(9, &[role]);
            assert!(denied(cameras.desk_cameras(&nobody, CameraFilter::All).await.unwrap_err()));
            assert!(denied(cameras.desk_camera(&nobody, id).await.unwrap_err()));
            assert!(denied(cameras.operator_name(&nobody, stage.canteen).await.unwrap_err()));
            assert!(denied(cameras.hide(&nobody, id, 2).await.unwrap_err()));
            assert!(denied(cameras.delete(&nobody, id, 2).await.unwrap_err()));
            assert!(denied(cameras.try_now(&nobody, id).await.unwrap_err()));
            for done in [
                cameras.save(&nobody, id, 2, &form(&[])).await.err(),
                cameras.add(&nobody, stage.canteen, &form(&[])).await.err(),
            ] {
                assert!(matches!(done, Some(SaveError::Camera(CameraError::Refused(Refusal::NotAllowed)))));
            }
        }
        let reviewer = officer(2, &[Role::Reviewer]);
        let done = cameras.save(&reviewer, id, 2, &form(&[])).await;
        assert!(matches!(done, Err(SaveError::Camera(CameraError::Refused(Refusal::NotAllowed)))));
        let writer = officer(1, &[Role::Editor]);
        let nowhere = cameras.add(&writer, Uuid::from_u128(77), &form(&[])).await;
        assert!(matches!(nowhere, Err(SaveError::Camera(CameraError::Port(PortError::NotFound)))));
    }
}

#[tokio::test]
async fn an_address_is_sealed_and_never_leaves() {
    for stage in stages().await {
        let id = stage.shown(stage.canteen, &[]).await;
        let editor = stage.sign_in("bianji", &[Role::Editor]).await;
        let mut seen = String::new();
        for path in [format!("/desk/cameras/{id}"), "/desk/cameras".into()] {
            let page = stage.desk_get(&editor, &path).await;
            assert_eq!(page.status, StatusCode::OK);
            seen += &page.body;
        }
        assert!(seen.contains("https://gw.example.cn/…"), "masked, not gone");
        for path in [format!("/kitchens/{}", stage.canteen), "/kitchens".into(), format!("/leaving?to={id}")] {
            seen += &stage.get(&path).await.body;
        }
        let trail = stage.house.db.audit_entries_of(&app::ports::AuditQuery::default(), 1000).await.unwrap();
        write!(seen, "{trail:?}").unwrap();
        for secret in SECRET {
            assert!(!seen.contains(secret), "{secret} is shown");
            assert_eq!(files_with(stage.dir.path(), secret), Vec::<String>::new(), "{secret} lies in a file");
        }
        // sealed for its own row: moved to another camera it opens nothing
        let other = stage.shown(stage.bakery, &[("position", "processing")]).await;
        let swap = "UPDATE camera SET address_sealed = (SELECT address_sealed FROM camera WHERE id = $1) WHERE id = $2";
        crate::stage::run(&stage.house.db, swap, id, other).await;
        let reviewer = officer(2, &[Role::Reviewer]);
        assert!(matches!(
            stage.cameras().desk_camera(&reviewer, other).await,
            Err(CameraError::Port(PortError::Internal(_)))
        ));
    }
}

#[tokio::test]
async fn forms_keep_what_was_typed_and_say_what_is_wrong() {
    let stage = Stage::set(None, "").await;
    let editor = stage.sign_in("bianji", &[Role::Editor]).await;
    let new = format!("/desk/cameras/new?operator={}", stage.canteen);
    let page = stage.desk_get(&editor, &new).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(crate::stage::CANTEEN));
    let hostile = "\"><script>alert(1)</script>";
    let wrong = stage
        .desk_post(&editor, &new, &fields(&[("to1", "06:00"), ("label", hostile), ("off", "</textarea><script>x")]))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("href=\"#f-to1\"")
            && wrong.body.contains("href=\"#f-label\"")
            && wrong.body.contains("href=\"#f-off\"")
    );
    assert!(!wrong.body.contains("<script>alert") && !wrong.body.contains("<script>x"));
    let done = stage.desk_post(&editor, &new, &fields(&[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let path = done.head.split("\"location\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sheet = stage.desk_get(&editor, &path).await;
    assert!(sheet.body.contains("没有公开") && sheet.body.contains("06:30"));
    // an empty address keeps the old one; an outdated version is refused with everything typed
    let kept = stage.desk_post(&editor, &path, &fields(&[("address", ""), ("label", "西侧"), ("version", "1")])).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let late = stage.desk_post(&editor, &path, &fields(&[("address", ""), ("label", "北侧"), ("version", "1")])).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("刚才有别人改过") && late.body.contains("北侧"));
    let own = stage.desk_post(&editor, &format!("{path}/show"), &[("version", "2")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let reviewer = stage.sign_in("shenhe", &[Role::Reviewer]).await;
    let shown = stage.desk_post(&reviewer, &format!("{path}/show"), &[("version", "2")]).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER);
    assert_eq!(stage.get(&format!("/kitchens/{}", stage.canteen)).await.status, StatusCode::OK);
    for nowhere in ["/desk/cameras/new", "/desk/cameras/new?operator=x"] {
        assert!(stage.desk_get(&editor, nowhere).await.body.contains("没有这个经营者"));
    }
}
