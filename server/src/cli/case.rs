//! `portal case …`

use std::{fs, path::PathBuf, process::ExitCode};

use app::text::casefile as say;
use server::casefile::{Finding, KeyList, keys_of, verify};

use super::REFUSED;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Whether a case file is as the bureau signed it
    Verify(Args),
}

#[derive(clap::Args)]
pub struct Args {
    /// The case file
    file: PathBuf,
    /// The bureau's public key, or a file with keys, one a line; left out, the key of the data folder
    #[arg(long)]
    key: Option<String>,
    /// Data folder
    #[arg(long, env = "PORTAL_DATA", default_value = "data", value_name = "DIR")]
    data: PathBuf,
}

/// 0: unchanged. 1: changed, or signed by somebody else. 2: it could not be checked.
pub fn run(command: &Command) -> ExitCode {
    let Command::Verify(args) = command;
    let finding = keys(args).and_then(|keys| {
        let file = fs::read(&args.file);
        let file = file.map_err(|error| say::unreadable_file(&args.file.display().to_string(), &error.to_string()))?;
        Ok(verify(&file, &keys))
    });
    match finding {
        Ok(Finding::Unchanged { key, id }) => {
            println!("{}", say::unchanged(&key, &id));
            if args.key.is_none() {
                println!("{}", say::OWN_KEY);
            }
            return ExitCode::SUCCESS;
        }
        Ok(Finding::Changed) => println!("{}", say::CHANGED),
        Ok(Finding::OtherKey) => println!("{}", say::OTHER_KEY),
        Ok(Finding::Unreadable) => return refuse(say::UNREADABLE),
        Err(sentence) => return refuse(&sentence),
    }
    ExitCode::FAILURE
}

fn refuse(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(REFUSED)
}

/// A key as it is, a file of keys, or those of the data folder.
fn keys(args: &Args) -> Result<KeyList, String> {
    let text = match &args.key {
        None => keys_of(&args.data).map_err(|_| say::NO_KEY.to_owned())?,
        Some(key) if KeyList::read(key).is_ok() => key.clone(),
        Some(file) => fs::read_to_string(file).map_err(|_| say::not_a_key(file))?,
    };
    KeyList::read(&text).map_err(|line| say::not_a_key(&line))
}
