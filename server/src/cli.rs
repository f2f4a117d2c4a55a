//! Subcommands. Results go to standard output, everything else to standard error; 2 is the exit code of a refusal.

mod audit;
mod case;
mod check;
mod clock;
mod demo;
mod import;
mod log;
mod mail;
mod probe;
mod search;
mod serve;
mod user;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::config::DataArgs;

/// Refused: nothing was changed.
const REFUSED: u8 = 2;
/// Worker threads at least: an index or image at work must not keep readers waiting.
const LEAST_WORKERS: usize = 4;

/// Food-safety transparency portal.
#[derive(Parser)]
#[command(name = "portal", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site
    Serve(server::config::ServeArgs),
    /// Import from files
    #[command(subcommand)]
    Import(Import),
    /// Search from the terminal
    Search(Box<search::Args>),
    /// Load generated samples for measuring
    Demo(demo::Args),
    /// When a step is due by law, and why on that day
    Clock(clock::Args),
    /// A signed case file: check one anywhere
    #[command(subcommand)]
    Case(case::Command),
    /// The public log: check one anywhere, change this portal's signing keys
    #[command(subcommand)]
    Log(Box<log::Command>),
    /// Be a witness of public logs: sign what only grew, refuse what was rewritten
    #[command(subcommand)]
    Witness(Box<witness::Command>),
    /// Accounts of officers
    #[command(subcommand)]
    User(user::Command),
    /// The audit trail: check it, take away what is older than it must be kept
    #[command(subcommand)]
    Audit(audit::Command),
    /// Letters: how they stand, try again
    #[command(subcommand)]
    Mail(mail::Command),
    /// Look at one live picture
    Probe(probe::Args),
    /// Compare index and database
    Check(DataArgs),
    /// Build the index anew beside the live one and switch
    Reindex(DataArgs),
}

#[derive(Subcommand)]
enum Import {
    /// Sampling results (抽检结果) from XLSX, XLS, HTML or CSV
    Sampling(Box<import::Args>),
    /// An edition of a register (登记名册) from XLSX, XLS, HTML or CSV: the whole register, made public at once
    Register(Box<import::register::Args>),
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs the subcommand of the command line.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    server::log::start(if matches!(cli.command, Command::Serve(_)) { None } else { Some("warn") });
    let workers = std::thread::available_parallelism().map_or(LEAST_WORKERS, |cores| cores.get().max(LEAST_WORKERS));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(dispatch(cli.command)),
        Err(error) => Err(error.into()),
    };
    done.unwrap_or_else(|error| {
        eprintln!("portal: {error}");
        ExitCode::FAILURE
    })
}

async fn dispatch(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(args) => serve::run(args).await,
        Command::Import(Import::Sampling(args)) => import::run(*args).await,
        Command::Import(Import::Register(args)) => import::register::run(*args).await,
        Command::Search(args) => search::run(*args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Clock(args) => clock::run(&args),
        Command::Case(command) => Ok(case::run(&command)),
        Command::Log(command) => log::run(*command).await,
        Command::Witness(command) => witness::run(*command).await,
        Command::User(command) => user::run(command).await,
        Command::Audit(command) => audit::run(command).await,
        Command::Mail(command) => mail::run(command).await,
        Command::Probe(args) => probe::run(args).await,
        Command::Check(args) => check::check(&args).await,
        Command::Reindex(args) => check::reindex(&args).await,
    }
}
