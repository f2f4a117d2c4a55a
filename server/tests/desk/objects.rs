//! Every act on a publication × who asks × whose work it is: done or refused as the role table and the rule of two
//! persons say.

use app::{
    domain::{
        publication::{Kind, life::Command},
        staff::{Role, Viewer},
    },
    ports::{Desk, Typed},
};
use axum::http::StatusCode;
use uuid::Uuid;

use crate::stage::{Officer, Stage, stages};

/// How far a publication is before the request.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Draft,
    Submitted,
    Approved,
    Public,
}

/// Names and values of a form.
type Fields = &'static [(&'static str, &'static str)];

/// What is asked, where, and with which fields.
const ASKED: [(&str, At, &str, Fields); 14] = [
    ("see", At::Draft, "", &[]),
    ("save", At::Draft, "", &[("title", "另一个标题"), ("source", "某局"), ("body", "改过的正文")]),
    ("autosave", At::Draft, "/autosave", &[("title", "另一个标题"), ("source", "某局"), ("body", "改过的正文")]),
    ("submit", At::Draft, "/act", &[("do", "submit")]),
    ("discard", At::Draft, "/act", &[("do", "discard")]),
    ("take_back", At::Submitted, "/act", &[("do", "take_back")]),
    ("approve", At::Submitted, "/act", &[("do", "approve")]),
    ("return", At::Submitted, "/act", &[("do", "return"), ("reason", "请核对")]),
    ("schedule", At::Approved, "/act", &[("do", "schedule"), ("at", "2027-06-01T09:00")]),
    ("perform", At::Approved, "/act", &[("do", "perform")]),
    ("correct", At::Public, "/act", &[("do", "open_correct"), ("reason", "数字有误")]),
    ("withdraw", At::Public, "/act", &[("do", "open_withdraw"), ("reason", "来源有误")]),
    ("remove", At::Public, "/act", &[("do", "open_remove"), ("reason", "依法移除")]),
    ("repair", At::Public, "/act", &[("do", "open_repair"), ("repair_number", "1号"), ("repaired_on", "2026-11-01")]),
];

/// y: done; n: forbidden; x: refused for what it is (own work, no credit repair of an article); -: sent to sign in.
/// Columns as in [`ASKED`].
const EXPECTED: [(&str, &str); 9] = [
    ("nobody", "--------------"),
    ("editor, own", "yyyyyynnnnyyyx"),
    ("editor, other's", "yyyyyynnnnyyyx"),
    ("reviewer, other's", "ynnnnnyyyynnnn"),
    ("both, own", "yyyyyyxyyyyyyx"),
    ("both, other's", "yyyyyyyyyyyyyx"),
    ("case officer", "nnnnnnnnnnnnnn"),
    ("auditor", "nnnnnnnnnnnnnn"),
    ("administrator", "nnnnnnnnnnnnnn"),
];

fn viewer(officer: &Officer, roles: &[Role]) -> Viewer {
    Viewer { id: officer.id, name: officer.name.clone(), roles: roles.to_vec(), csrf: String::new() }
}

/// An article by this officer, so far.
async fn article(stage: &Stage, author: &Viewer, reviewer: &Viewer, at: At) -> (Uuid, i64) {
    let desk = &stage.web.desk;
    let fields = [("title", "冷藏食品怎么放"), ("source", "云川市市场监督管理局"), ("body", "生熟分开。")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let id = desk.begin(author, Kind::Article, &Typed { fields, ..Typed::default() }).await.unwrap();
    let steps = [(Command::Submit, author), (Command::Approve, reviewer), (Command::Perform, reviewer)];
    let count = match at {
        At::Draft => 0,
        At::Submitted => 1,
        At::Approved => 2,
        At::Public => 3,
    };
    for (version, (command, by)) in (1..).zip(steps.into_iter().take(count)) {
        desk.command(by, id, version, command).await.unwrap();
    }
    let version = desk.sheet(reviewer, id).await.unwrap().version;
    (id, version)
}

#[tokio::test]
async fn every_act_on_own_and_others_publications() {
    for stage in stages().await {
        let writer = [Role::Editor, Role::Reviewer];
        let author = stage.officer("author", &[Role::Editor]).await;
        let both = stage.officer("both", &writer).await;
        let third = stage.officer("third", &[Role::Reviewer]).await;
        let (by_author, by_both) = (viewer(&author, &[Role::Editor]), viewer(&both, &writer));
        let checker = viewer(&third, &[Role::Reviewer]);
        let mut callers = Vec::new();
        for (name, roles, own) in [
            ("other", &[Role::Editor][..], "editor, other's"),
            ("reviewer", &[Role::Reviewer], "reviewer, other's"),
            ("both-other", &writer, "both, other's"),
            ("case", &[Role::CaseOfficer], "case officer"),
            ("audit", &[Role::Auditor], "auditor"),
            ("admin", &[Role::Admin], "administrator"),
        ] {
            callers.push((own, Some(stage.officer(name, roles).await), by_author.clone()));
        }
        callers.push(("nobody", None, by_author.clone()));
        callers.push(("editor, own", Some(author.clone()), by_author.clone()));
        callers.push(("both, own", Some(both.clone()), by_both.clone()));
        for (who, caller, owner) in callers {
            let mut row = String::new();
            for (name, at, path, fields) in ASKED {
                let (id, version) = article(&stage, &owner, &checker, at).await;
                let mut browser = match &caller {
                    Some(caller) => stage.signed_in(caller).await,
                    None => stage.browser(),
                };
                let path = format!("/desk/publications/{id}{path}");
                let version_text = version.to_string();
                let fields: Vec<_> = fields.iter().copied().chain([("version", version_text.as_str())]).collect();
                let answer = if name == "see" { browser.get(&path).await } else { browser.post(&path, &fields).await };
                let after = stage.web.desk.sheet(&checker, id).await.ok().map(|sheet| sheet.version);
                let cell = match answer.status {
                    StatusCode::FORBIDDEN => 'n',
                    StatusCode::UNAUTHORIZED => '-',
                    StatusCode::SEE_OTHER if answer.location().starts_with("/desk/login") => '-',
                    StatusCode::UNPROCESSABLE_ENTITY => 'x',
                    StatusCode::OK | StatusCode::SEE_OTHER => 'y',
                    other => panic!("{who}: {name}: {other}"),
                };
                let is_changed = after != Some(version);
                assert_eq!(is_changed, cell == 'y' && name != "see", "{who}: {name}: {cell} but {after:?}");
                row.push(cell);
            }
            let expected = EXPECTED.iter().find(|(name, _)| *name == who).unwrap().1;
            assert_eq!(row, expected, "{who}: {:?}", ASKED.map(|asked| asked.0));
        }
    }
}
