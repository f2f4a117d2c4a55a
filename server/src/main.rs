//! `portal`: one program, several subcommands.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
