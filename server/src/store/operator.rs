//! Operators at the desk: read, corrected, merged. A merge moves nothing: `merged_into` names the kept operator, always one
//! that is not merged itself, and `merged_via` where the way goes through others.

mod merge;
mod read;

pub use merge::Merged;
pub use read::OperatorEdit;
