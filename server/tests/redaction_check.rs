//! The check before publication: personal data in texts, numbers that disagree.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "redaction_check/arithmetic.rs"]
mod arithmetic;
#[path = "redaction_check/real.rs"]
mod real;
#[path = "redaction_check/redaction.rs"]
mod redaction;
#[path = "redaction_check/redaction_properties.rs"]
mod redaction_properties;
