//! `portal demo`: generated content, for trying out and for measuring.

mod cameras;
mod notices;

use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use server::{
    config::DataArgs,
    demo::{self, DemoBulletin},
    house::House,
    index::Follower,
    polls::PollService,
    registers::{Registrar, Said},
    store::{BulletinDraft, OperatorDraft, OriginalDraft},
};

use super::Failure;

/// The seed of the demonstration's content.
const SEED: u64 = 20_260_320;

/// Loads generated samples.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    data: DataArgs,
    /// Generated samples to load; left out, the demonstration's own content
    #[arg(long)]
    samples: Option<u64>,
    /// Another seed makes other content
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

fn draft(bulletin: &DemoBulletin, original: Option<OriginalDraft>) -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title: bulletin.title.clone(),
        issue_no: Some(bulletin.issue_no.clone()),
        published_on: bulletin.published_on,
        source: bulletin.source.clone(),
        intro: Some(bulletin.intro.clone()).filter(|intro| !intro.is_empty()),
        notes: Vec::new(),
        original,
        samples: bulletin.samples.clone(),
        demo: true,
        publish: true,
        reason: None,
    }
}

/// Fills an empty portal with the demonstration's content, and its index.
pub async fn fill(house: &House) -> Result<(), Failure> {
    let (today, now) = (house.clock.today(), house.clock.now());
    let operators: Vec<OperatorDraft> = demo::operators(SEED)
        .into_iter()
        .map(|operator| OperatorDraft {
            name: operator.name,
            address: Some(operator.address),
            uscc: Some(operator.uscc),
            licence: Some(operator.licence),
        })
        .collect();
    house.db.save_operators(&operators, &house.ids, now).await?;
    let bulletins = demo::bulletins(SEED, today);
    let others = demo::notices(&bulletins, today);
    let mut newest = None;
    for bulletin in bulletins {
        let sha256 = house.files.keep(&bulletin.original)?;
        let original =
            OriginalDraft { sha256, name: bulletin.original_name.clone(), size: bulletin.original.len() as u64 };
        let saved = house.db.save_bulletin(&draft(&bulletin, Some(original)), &house.ids, now).await?;
        newest = saved.id.or(newest);
    }
    for notice in others {
        notices::publish(house, notice).await?;
    }
    fill_registers(house).await?;
    let polls = PollService::new(house.clone(), Vec::new());
    for poll in demo::polls(today) {
        polls.load(&poll, newest).await?;
    }
    cameras::fill(house).await?;
    Follower::new(house.db.clone(), std::sync::Arc::clone(&house.index)).catch_up().await?;
    Ok(())
}

/// Publishes an edition of every register.
async fn fill_registers(house: &House) -> Result<(), Failure> {
    let registrar = Registrar::of(house, demo::CITY.bureau.to_owned());
    let definitions = house.registers.all().iter().map(|register| &**register);
    for edition in demo::editions(SEED, house.clock.today(), definitions) {
        let read = registrar.read(&edition.register, &edition.name, &edition.bytes, &mut |_| ())?;
        let said = Said { demo: true, ..Said::default() };
        registrar.publish(&read, &edition.bytes, &said).await.map_err(|error| format!("{}: {error}", edition.name))?;
    }
    Ok(())
}

pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let house = House::open(&args.data).await?;
    let Some(samples) = args.samples else {
        if !house.db.is_empty().await? {
            eprintln!("{}", app::text::import::NOT_EMPTY);
            return Ok(ExitCode::from(super::REFUSED));
        }
        fill(&house).await?;
        return Ok(ExitCode::SUCCESS);
    };
    let bar = ProgressBar::new(samples).with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    for bulletin in demo::stream(args.seed, samples, house.clock.today()) {
        house.db.save_bulletin(&draft(&bulletin, None), &house.ids, house.clock.now()).await?;
        bar.inc(bulletin.samples.len() as u64);
    }
    bar.finish();
    if house.index.get().position()? == 0 {
        let bulletins = ProgressBar::new_spinner().with_message("indexing");
        server::index::rebuild(&house.db, &house.index, |done| bulletins.set_position(done)).await?;
    } else {
        Follower::new(house.db.clone(), std::sync::Arc::clone(&house.index)).catch_up().await?;
    }
    println!("{samples} samples, {} documents in the index", house.index.get().len());
    Ok(ExitCode::SUCCESS)
}
