//! The check before publication: personal data in texts, numbers that disagree.

#[path = "redaction_check/arithmetic.rs"]
mod arithmetic;
#[path = "redaction_check/real.rs"]
mod real;
#[path = "redaction_check/redaction.rs"]
mod redaction;
#[path = "redaction_check/redaction_properties.rs"]
mod redaction_properties;
