//! `portal probe`: the state of one stream, from a terminal.

use std::{process::ExitCode, sync::Arc, time::Duration};

use app::{
    domain::stream::{Allowed, Look, StreamAddress},
    text::kitchen as say,
};
use serde_json::json;
use server::kitchens::{
    ALLOW_SETTING, Eye, EyeLimits, Fetcher, Guard, LookResult, Probe, ProbeTimes, SystemNames, Times, Why,
};
use tokio::time::{Instant, sleep_until};

use super::{Failure, REFUSED};

/// Look at one stream: live, frozen, black, stalled, offline, refused, or unseen where no picture could be examined
#[derive(clap::Args)]
pub struct Args {
    /// Address of an HLS playlist
    url: String,
    /// Seconds to watch: a second look is taken at their end. Left out, one look
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=3600))]
    seconds: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Hosts that may be asked although they are not public: host or host:port, separated by commas
    #[arg(long, env = ALLOW_SETTING, value_name = "HOSTS", default_value = "", hide_default_value = true)]
    allow: String,
}

/// Looks, prints, and ends with the state's number.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let Ok(allowed) = Allowed::parse(&args.allow) else {
        eprintln!("{}", say::BAD_ALLOW);
        return Ok(ExitCode::from(REFUSED));
    };
    let address = match StreamAddress::parse(&args.url) {
        Ok(address) => address,
        Err(refusal) => {
            tell(args.json, Look::Refused, Some(&say::address(refusal)), None);
            return Ok(ExitCode::from(REFUSED));
        }
    };
    let guard = Guard::new(Arc::new(SystemNames), allowed);
    let fetch = Fetcher::new(guard, Times::default())?;
    let probe = Probe::new(fetch, Eye::find(EyeLimits::default()), ProbeTimes::default());
    let until = Instant::now() + Duration::from_secs(args.seconds);
    let mut found = probe.look(&address, None).await;
    if args.seconds > 0 && Instant::now() < until && !found.look.is_failure() {
        sleep_until(until).await;
        found = probe.look(&address, found.last.as_ref()).await;
    }
    let why = found.why.map(Why::sentence);
    tell(args.json, found.look, why.as_deref(), Some(&found));
    Ok(ExitCode::from(code(found.look)))
}

/// 0 is live, 2 refused as everywhere.
fn code(look: Look) -> u8 {
    match look {
        Look::Live => 0,
        Look::Refused => REFUSED,
        Look::Frozen => 3,
        Look::Black => 4,
        Look::Stalled => 5,
        Look::Offline => 6,
        Look::Unseen => 7,
    }
}

fn tell(as_json: bool, look: Look, why: Option<&str>, found: Option<&LookResult>) {
    if as_json {
        let told = json!({
            "state": look.code(),
            "why": why,
            "status": found.and_then(|found| found.status),
            "sequence": found.and_then(|found| found.sequence),
            "latency_ms": found.and_then(|found| found.latency_ms),
            "bytes": found.map_or(0, |found| found.bytes),
            "frames": found.map_or(0, |found| found.frames),
        });
        println!("{told}");
        return;
    }
    println!("{}", look.code());
    eprintln!("{}{}", say::look(look), why.map(|why| format!("：{why}")).unwrap_or_default());
}
