//! Officers' accounts and the desk, on both databases. PostgreSQL takes part when `PORTAL_TEST_DATABASE_URL` names one
//! (`make test` does).
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "desk/audit.rs"]
mod audit;
#[path = "desk/forms.rs"]
mod forms;
#[path = "desk/matrix.rs"]
mod matrix;
#[path = "desk/objects.rs"]
mod objects;
#[path = "desk/sessions.rs"]
mod sessions;
#[path = "desk/sign_in.rs"]
mod sign_in;
#[path = "desk/stage.rs"]
mod stage;
