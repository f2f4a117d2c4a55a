//! Every word a reader sees. Plain, short Chinese; one topic a file.

pub mod api;
pub mod import;
