//! `portal log …`

mod verify;

pub use verify::sentence;

use std::{fs, process::ExitCode};

use app::text::log as say;
use server::{
    config::DataArgs,
    house::House,
    tlog::{CosignError, Cosignatures, MOST_WITNESSES, PublicLog},
};

use super::{Failure, REFUSED};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Prove that a log holds together, only grew, and contains a record, without trusting who keeps it
    Verify(verify::Args),
    /// Add a signing key: from now on both sign
    AddKey(DataArgs),
    /// End a signing key
    RetireKey {
        /// Its id: the eight hexadecimal digits in its public half (/log/keys)
        id: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// List the witnesses whose signatures are added to the checkpoint
    Witnesses(DataArgs),
    /// Accept a witness
    AddWitness {
        /// Its public key, as `portal witness key` prints it
        vkey: String,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Accept a witness no longer
    RemoveWitness {
        /// Its id: the eight hexadecimal digits in its public key
        id: String,
        #[command(flatten)]
        data: DataArgs,
    },
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Verify(args) => tokio::task::spawn_blocking(move || verify::run(&args)).await?,
        Command::AddKey(args) => {
            let (house, log) = open(&args).await?;
            log.add_key(&house.db).await?;
            tell_keys(&log)
        }
        Command::RetireKey { id, data } => {
            let (house, log) = open(&data).await?;
            log.retire_key(&house.db, &id).await?;
            tell_keys(&log)
        }
        Command::Witnesses(args) => tell_witnesses(&cosignatures(&args)?),
        Command::AddWitness { vkey, data } => {
            let cosignatures = cosignatures(&data)?;
            changed(&cosignatures, cosignatures.accept(&vkey))
        }
        Command::RemoveWitness { id, data } => {
            let cosignatures = cosignatures(&data)?;
            changed(&cosignatures, cosignatures.dismiss(&id))
        }
    }
}

/// A log of one's own: keys are changed in it.
async fn open(args: &DataArgs) -> Result<(House, PublicLog), Failure> {
    let house = House::open(args).await?;
    let log = PublicLog::open(&house.data, "")?;
    Ok((house, log))
}

fn tell_keys(log: &PublicLog) -> Result<ExitCode, Failure> {
    print!("{}", fs::read_to_string(log.folder().join("keys"))?);
    Ok(ExitCode::SUCCESS)
}

/// The witnesses of a log that there is.
fn cosignatures(args: &DataArgs) -> Result<Cosignatures, Failure> {
    let folder = args.data.join("log");
    fs::metadata(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(Cosignatures::on(&folder))
}

fn tell_witnesses(cosignatures: &Cosignatures) -> Result<ExitCode, Failure> {
    for witness in cosignatures.accepted()? {
        println!("{}", witness.vkey());
    }
    Ok(ExitCode::SUCCESS)
}

fn changed(cosignatures: &Cosignatures, outcome: Result<(), CosignError>) -> Result<ExitCode, Failure> {
    let sentence = match outcome {
        Ok(()) => return tell_witnesses(cosignatures),
        Err(CosignError::Key(line)) => say::not_a_witness(&line),
        Err(CosignError::Twice(vkey)) => say::witness_twice(&vkey),
        Err(CosignError::Own(name)) => say::witness_is_the_log(&name),
        Err(CosignError::TooMany) => say::too_many_witnesses(MOST_WITNESSES),
        Err(CosignError::NoSuchWitness(id)) => say::no_such_witness(&id),
        Err(other) => return Err(other.into()),
    };
    eprintln!("{sentence}");
    Ok(ExitCode::from(REFUSED))
}
