//! The portal: one binary with subcommands.

fn main() {}
