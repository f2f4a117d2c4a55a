//! The audit trail: whole, append-only, exportable, without secrets.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use app::domain::{
    audit::{Deed, Outcome},
    staff::Role,
};
use axum::http::StatusCode;
use chrono::{DateTime, Months, Utc};
use server::{
    auth::Who,
    store::{AuditFault, Db},
};

use crate::stage::{PASSWORD, Stage, stages};

async fn run(db: &Db, sql: &'static str) -> Result<u64, sqlx::Error> {
    match db {
        Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(|done| done.rows_affected()),
        Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|done| done.rows_affected()),
    }
}

async fn fill(stage: &Stage, entries: u32, at: DateTime<Utc>) {
    for number in 0..entries {
        let entry = Who::default().did(Deed::SignIn, Outcome::Failed).on("test", number);
        stage.web.db.audit(&entry, at).await.unwrap();
    }
}

#[tokio::test]
async fn nothing_is_changed_or_taken_away() {
    for stage in stages().await {
        fill(&stage, 5, stage.now()).await;
        let db = &stage.web.db;
        for sql in [
            "UPDATE audit SET outcome = 'ok'",
            "UPDATE audit SET entry = '{}' WHERE place = 2",
            "DELETE FROM audit",
            "DELETE FROM audit WHERE place = 5",
            "UPDATE audit_counter SET place = 3",
            "DELETE FROM audit_counter",
            "INSERT INTO audit (place, at, deed, outcome, entry, hash) SELECT 9, at, deed, outcome, entry, hash FROM audit WHERE place = 1",
        ] {
            let error = run(db, sql).await.expect_err(sql).to_string();
            assert!(error.contains("append only"), "{sql}: {error}");
        }
        let replace = match db {
            Db::Sqlite { .. } => "REPLACE INTO audit SELECT * FROM audit WHERE place = 5",
            Db::Postgres(_) => "TRUNCATE audit",
        };
        assert!(run(db, replace).await.unwrap_err().to_string().contains("append only"));
        // not even when the counter says that they were pruned: they are too young
        run(db, "UPDATE audit_counter SET pruned = 3").await.unwrap();
        assert!(run(db, "DELETE FROM audit WHERE place <= 3").await.is_err());
    }
}

#[tokio::test]
async fn a_tampered_trail_is_found() {
    for stage in stages().await {
        let db = &stage.web.db;
        fill(&stage, 6, stage.now()).await;
        let whole = db.verify_audit(None).await.unwrap();
        assert_eq!((whole.entries, whole.faults.as_slice(), whole.head.place), (6, &[][..], 6));
        fill(&stage, 2, stage.now()).await;
        assert_eq!(db.verify_audit(Some(&whole.head)).await.unwrap().faults, []);

        // somebody who owns the database takes the triggers away first
        let drops = match db {
            Db::Sqlite { .. } => vec!["DROP TRIGGER audit_update", "DROP TRIGGER audit_delete"],
            Db::Postgres(_) => vec!["DROP TRIGGER audit_update ON audit", "DROP TRIGGER audit_delete ON audit"],
        };
        for sql in drops {
            run(db, sql).await.unwrap();
        }
        let faults = async || db.verify_audit(None).await.unwrap().faults;
        run(db, "UPDATE audit SET entry = REPLACE(entry, 'failed', 'ok') WHERE place = 3").await.unwrap();
        assert_eq!(faults().await, [AuditFault::Changed { place: 3 }, AuditFault::Columns { place: 3 }]);
        run(db, "UPDATE audit SET entry = REPLACE(entry, '\"ok\"', '\"failed\"') WHERE place = 3").await.unwrap();
        assert_eq!(faults().await, []);
        run(db, "UPDATE audit SET outcome = 'ok' WHERE place = 4").await.unwrap();
        assert_eq!(faults().await, [AuditFault::Columns { place: 4 }]);
        run(db, "UPDATE audit SET outcome = 'failed' WHERE place = 4").await.unwrap();
        run(db, "DELETE FROM audit WHERE place = 5").await.unwrap();
        assert_eq!(faults().await, [AuditFault::Missing { place: 5 }, AuditFault::Changed { place: 6 }]);
        run(db, "DELETE FROM audit WHERE place > 6").await.unwrap();
        assert!(faults().await.contains(&AuditFault::Head));
        run(db, "DELETE FROM audit").await.unwrap();
        assert_eq!(faults().await, [AuditFault::Head]);
    }
}

#[tokio::test]
async fn a_trail_written_anew_from_the_start_is_found_by_the_head_kept_elsewhere() {
    let mut stages = stages().await;
    let (one, other) = (stages.remove(0), crate::stage::stages().await.remove(0));
    fill(&one, 3, one.now()).await;
    let kept = one.web.db.verify_audit(None).await.unwrap().head;
    fill(&other, 4, other.now()).await;
    other.pass(1);
    fill(&other, 4, other.now()).await;
    let faults = other.web.db.verify_audit(Some(&kept)).await.unwrap().faults;
    assert_eq!(faults, [], "the same three entries at the same time are the same trail");
    let foreign = server::store::AuditHead { place: 3, ..other.web.db.verify_audit(None).await.unwrap().head };
    assert_eq!(other.web.db.verify_audit(Some(&foreign)).await.unwrap().faults, [AuditFault::NotKept]);
}

#[tokio::test]
async fn old_entries_go_and_the_chain_stays_whole() {
    for stage in stages().await {
        let db = &stage.web.db;
        let now = stage.now();
        let old = now.checked_sub_months(Months::new(40)).unwrap();
        fill(&stage, 4, old).await;
        // young entries before and after an old one: what stands after a young one stays
        fill(&stage, 2, now.checked_sub_months(Months::new(35)).unwrap()).await;
        fill(&stage, 1, old).await;
        let kept = db.verify_audit(None).await.unwrap().head;
        assert_eq!(db.prune_audit(&Who::default(), 36, now).await.unwrap(), 4);
        let report = db.verify_audit(Some(&kept)).await.unwrap();
        assert_eq!((report.entries, report.pruned, report.faults.as_slice()), (4, 4, &[][..]));
        assert_eq!(db.prune_audit(&Who::default(), 36, now).await.unwrap(), 0);
        // less than six months are never asked for
        assert_eq!(db.prune_audit(&Who::default(), 0, now).await.unwrap(), 3);
        let report = db.verify_audit(None).await.unwrap();
        assert_eq!((report.pruned, report.faults.as_slice()), (7, &[][..]));
        let last = stage.trail().await.pop().unwrap();
        assert_eq!((last.deed.as_str(), &last.detail["to"]), ("audit_prune", &7.into()));
        assert_eq!(stage.trail().await.len(), 2, "the entries that tell of pruning are young");
        // older entries gone without such an entry
        run(db, "UPDATE audit_counter SET pruned = 8").await.unwrap();
        assert!(!db.verify_audit(None).await.unwrap().faults.is_empty());
    }
}

#[tokio::test]
async fn an_auditor_filters_and_exports() {
    for stage in stages().await {
        let editor = stage.officer("bian.ji", &[Role::Editor]).await;
        let auditor = stage.officer("shen.ji", &[Role::Auditor]).await;
        for _ in 0..60 {
            let entry = Who::default().known(editor.id, "bian.ji").did(Deed::SignOut, Outcome::Ok).on("session", "=x");
            stage.web.db.audit(&entry, stage.now()).await.unwrap();
        }
        let mut browser = stage.signed_in(&auditor).await;
        let page = browser.get("/desk/audit?deed=sign_out&staff=bian.ji").await;
        assert_eq!((page.status, page.body.matches("<tr>").count()), (StatusCode::OK, 51));
        let at = page.body.find("rel=\"next\"").unwrap();
        let link = &page.body[page.body[..at].rfind("href=\"").unwrap() + 6..at];
        let next = link[..link.find('"').unwrap()].replace("&amp;", "&");
        assert_eq!(browser.get(&next).await.body.matches("<tr>").count(), 11);
        assert!(browser.get("/desk/audit?staff=nobody").await.body.contains("没有符合条件的记录"));
        assert!(browser.get("/desk/audit?deed=nonsense").await.body.contains("筛选条件无法识别"));
        let day = (stage.now() + chrono::TimeDelta::hours(8)).date_naive();
        let today = browser.get(&format!("/desk/audit?deed=sign_out&from={day}&to={day}")).await;
        assert_eq!(today.body.matches("<tr>").count(), 51);
        let tomorrow = day.succ_opt().unwrap();
        assert!(browser.get(&format!("/desk/audit?from={tomorrow}")).await.body.contains("没有符合条件的记录"));

        let csv = browser.get("/desk/audit/export.csv?deed=sign_out").await;
        assert!(csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"audit-"));
        let mut reader = csv::Reader::from_reader(csv.body.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert_eq!((rows.len(), &rows[0][2], &rows[0][7]), (60, "bian.ji", "'=x"));
        let lines = browser.get("/desk/audit/export.jsonl").await.body;
        let all: Vec<server::store::AuditEntry> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let exports = all.iter().filter(|entry| entry.deed == "audit_export").count();
        assert_eq!(exports, 2, "the export itself is in it");
        assert!(all.windows(2).all(|pair| pair[0].place == pair[1].place + 1));
        assert_eq!(browser.get("/desk/audit/export.csv?deed=nonsense").await.status, StatusCode::BAD_REQUEST);
        assert_eq!(stage.web.db.verify_audit(None).await.unwrap().faults, []);
    }
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_logged_or_audited_or_stored() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_env_filter("trace").with_writer(move || writer.clone()).finish();
    // for all threads: the database has its own
    tracing::subscriber::set_global_default(subscriber).unwrap();
    for stage in stages().await {
        let officer = stage.officer("mi", &[Role::Reviewer]).await;
        let mut browser = stage.browser();
        browser.get("/desk/login").await;
        browser.post("/desk/login", &[("name", "geheimname-4711"), ("password", "geheim-4711")]).await;
        browser.post("/desk/login", &[("name", "mi"), ("password", PASSWORD)]).await;
        let between = browser.token.clone().unwrap();
        let code = stage.code(&officer);
        browser.post("/desk/login/code", &[("code", "314159")]).await;
        browser.post("/desk/login/code", &[("code", &code)]).await;
        let token = browser.token.clone().unwrap();
        assert_eq!(browser.get("/desk/account").await.status, StatusCode::OK);
        let (_, link) = stage.auth.reset_account(officer.id, &Who::default()).await.unwrap();
        let link = link.path.split_once('=').unwrap().1.to_owned();
        browser.get(&format!("/desk/setup?link={link}")).await;
        let secret = data_encoding::BASE32_NOPAD.encode(officer.secret.as_deref().unwrap());
        let recovery = officer.codes[0].clone();

        let trail = format!("{:?}", stage.trail().await);
        let log = String::from_utf8_lossy(&lines.0.lock().unwrap()).into_owned();
        for hidden in
            ["geheimname-4711", "geheim-4711", PASSWORD, "314159", &between, &token, &link, &secret, &recovery]
        {
            assert!(!trail.contains(hidden), "the audit trail has {hidden}");
            assert!(!log.contains(hidden), "the log has {hidden}");
        }
        assert!(trail.contains("sign_in") && log.contains("SELECT"), "both were looked at");
    }
}
