//! `portal`: one program, several subcommands.

// see the library
#![recursion_limit = "512"]

mod cli;

/// Gives memory back after a large import, which the C library's allocator keeps in its arenas.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
