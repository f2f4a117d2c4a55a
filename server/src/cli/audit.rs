//! `portal audit …`

use std::process::ExitCode;

use app::text::cli as say;
use server::{
    auth::Who,
    config::DataArgs,
    house::House,
    store::{AuditFault, AuditHead},
};

use super::{Failure, REFUSED};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Check that no entry was changed, left out or added afterwards. Prints the newest entry's number and hash: kept
    /// elsewhere, it proves later by --kept that nothing up to it was rewritten
    Verify {
        /// Number and hash that an earlier check printed
        #[arg(long, value_name = "NUMBER:HASH")]
        kept: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        data: DataArgs,
    },
    /// Take away entries older than `audit_months` of portal.toml (six months at least)
    Prune(DataArgs),
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Verify { kept, json, data } => verify(&data, kept.as_deref(), json).await,
        Command::Prune(data) => {
            let house = House::open(&data).await?;
            let months = house.auth.settings.audit_months;
            let gone = house.db.prune_audit(&Who::default(), months, house.clock.now()).await?;
            println!("{}", say::pruned(gone, months));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// 0: whole. 1: something is wrong. 2: it could not be checked.
async fn verify(data: &DataArgs, kept: Option<&str>, json: bool) -> Result<ExitCode, Failure> {
    let kept = match kept.map(read_head) {
        Some(None) => {
            eprintln!("{}", say::BAD_HEAD);
            return Ok(ExitCode::from(REFUSED));
        }
        Some(head) => head,
        None => None,
    };
    let house = House::open(data).await?;
    let report = house.db.verify_audit(kept.as_ref()).await?;
    if json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        for fault in &report.faults {
            println!("✗ {}", sentence(fault));
        }
        if report.faults.is_empty() {
            println!("✓ {}", say::audit_whole(report.entries, report.pruned));
            println!("{}:{}", report.head.place, report.head.hash);
        }
    }
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_head(text: &str) -> Option<AuditHead> {
    let (place, hash) = text.split_once(':')?;
    Some(AuditHead { place: place.parse().ok()?, hash: hash.to_owned() })
}

fn sentence(fault: &AuditFault) -> String {
    match fault {
        AuditFault::Missing { place } => say::audit_missing(*place),
        AuditFault::Changed { place } => say::audit_changed(*place),
        AuditFault::Columns { place } => say::audit_columns(*place),
        AuditFault::Head => say::AUDIT_HEAD.to_owned(),
        AuditFault::PrunedUnsaid => say::AUDIT_PRUNED_UNSAID.to_owned(),
        AuditFault::NotKept => say::AUDIT_NOT_KEPT.to_owned(),
    }
}
