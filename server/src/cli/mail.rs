//! `portal mail …`: how letters stand. Neither addresses nor contents are shown.

use std::process::ExitCode;

use app::text::{self, letter as say};
use server::{config::DataArgs, house::House};
use uuid::Uuid;

use super::Failure;

/// Lines of a list.
const MOST: i64 = 1000;

#[derive(clap::Subcommand)]
pub enum Command {
    /// How many letters are in each state, and those that were not sent, the newest first
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Try letters again that were given up
    Retry {
        /// One letter; all without
        id: Option<Uuid>,
        #[command(flatten)]
        data: DataArgs,
    },
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::List { json, data } => list(&House::open(&data).await?, json).await,
        Command::Retry { id, data } => {
            let house = House::open(&data).await?;
            let retried = house.db.retry_letters(id, house.clock.now()).await?;
            println!("{}", say::retried(retried));
            let is_missing = id.is_some() && retried == 0;
            Ok(if is_missing { ExitCode::from(super::REFUSED) } else { ExitCode::SUCCESS })
        }
    }
}

async fn list(house: &House, json: bool) -> Result<ExitCode, Failure> {
    let (counts, lines) = (house.db.letter_counts().await?, house.db.letters_unsent(MOST).await?);
    if json {
        let counts: serde_json::Map<_, _> = counts.into_iter().map(|(state, count)| (state, count.into())).collect();
        println!("{}", serde_json::json!({ "counts": counts, "unsent": lines }));
        return Ok(ExitCode::SUCCESS);
    }
    for (state, count) in counts {
        println!("{}", say::count(&state, count));
    }
    for line in lines {
        let (id, at) = (line.id.to_string(), text::moment(line.due_at));
        println!("{}", say::line(&id, &line.kind, &line.state, line.attempts, &at, line.last_error.as_deref()));
    }
    Ok(ExitCode::SUCCESS)
}
