//! `PostgreSQL` for tests: a schema of its own for each, so that tests don't meet.

/// The databases to test on: `SQLite` (none), and a fresh schema where `PORTAL_TEST_DATABASE_URL` names a server
/// (`make test` sets it).
pub async fn databases() -> Vec<Option<String>> {
    if let Ok(url) = std::env::var("PORTAL_TEST_DATABASE_URL") {
        vec![None, Some(fresh_schema(&url).await)]
    } else {
        eprintln!("PORTAL_TEST_DATABASE_URL is not set: PostgreSQL left out (make test sets it)");
        vec![None]
    }
}

async fn fresh_schema(url: &str) -> String {
    let schema = format!("t{}", uuid::Uuid::new_v4().simple());
    let pool = sqlx::PgPool::connect(url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&pool).await.unwrap();
    pool.close().await;
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}options=-csearch_path%3D{schema}")
}
