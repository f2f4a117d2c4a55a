//! `portal check` and `portal reindex`

use std::process::ExitCode;

use indicatif::ProgressBar;
use server::{
    config::DataArgs,
    house::House,
    index::{IndexError, compare, rebuild},
};

use super::Failure;

/// Compares index and database; 1 when they disagree.
pub async fn check(args: &DataArgs) -> Result<ExitCode, Failure> {
    let house = House::open(args).await?;
    let index = house.index.get();
    let files = index.validate();
    let comparison = compare(&house.db, &index).await?;
    println!("{}", serde_json::to_string_pretty(&comparison)?);
    if let Err(error) = &files {
        eprintln!("portal: {error}");
    }
    if comparison.agrees() && files.is_ok() {
        println!("{}", app::text::import::INDEX_AGREES);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", app::text::import::INDEX_DIFFERS);
    Ok(ExitCode::FAILURE)
}

/// Builds the index anew and switches.
pub async fn reindex(args: &DataArgs) -> Result<ExitCode, Failure> {
    let house = House::open(args).await?;
    let bar = ProgressBar::new_spinner().with_message("bulletins");
    match rebuild(&house.db, &house.index, |done| bar.set_position(done)).await {
        Ok(position) => {
            bar.finish_and_clear();
            println!("{} documents, position {position}", house.index.get().len());
            Ok(ExitCode::SUCCESS)
        }
        Err(IndexError::Busy) => {
            eprintln!("{}", app::text::import::REBUILD_RUNS);
            Ok(ExitCode::from(super::REFUSED))
        }
        Err(error) => Err(error.into()),
    }
}
