//! `portal search`

use std::{process::ExitCode, sync::Arc};

use app::{
    ports::{FindQuery, Finder, PortError},
    text,
};
use server::{
    config::DataArgs,
    house::House,
    http::api::SearchAnswer,
    index::{Follower, IndexFinder, Standing},
};
use tokio::sync::watch;

use super::Failure;

/// Searches.
#[derive(clap::Args)]
pub struct Args {
    /// Words, "phrases", -word
    #[arg(allow_hyphen_values = true)]
    query: String,
    #[command(flatten)]
    data: DataArgs,
    /// sample, operator, bulletin, disposal, penalty, recall, warning, tip, notice, article; may repeat
    #[arg(long)]
    kind: Vec<String>,
    /// passed, failed
    #[arg(long)]
    verdict: Vec<String>,
    /// Category of food as printed
    #[arg(long)]
    category: Vec<String>,
    /// Family of failed items
    #[arg(long)]
    family: Vec<String>,
    /// District
    #[arg(long)]
    district: Vec<String>,
    /// Year of publication
    #[arg(long)]
    year: Vec<String>,
    /// Publishing body
    #[arg(long)]
    body: Vec<String>,
    /// First day of publication, 2026-01-31
    #[arg(long)]
    from: Option<String>,
    /// Last day of publication
    #[arg(long)]
    to: Option<String>,
    /// relevance or newest
    #[arg(long)]
    sort: Option<String>,
    /// 1 to 100
    #[arg(long)]
    limit: Option<String>,
    /// `next` of the page before
    #[arg(long)]
    after: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let lists = [
            ("kind", &self.kind),
            ("verdict", &self.verdict),
            ("category", &self.category),
            ("family", &self.family),
            ("district", &self.district),
            ("year", &self.year),
            ("body", &self.body),
        ];
        let single = [
            ("from", &self.from),
            ("to", &self.to),
            ("sort", &self.sort),
            ("limit", &self.limit),
            ("after", &self.after),
        ];
        let lists = lists.into_iter().flat_map(|(name, list)| list.iter().map(move |value| (name, value.clone())));
        let single = single.into_iter().filter_map(|(name, value)| value.clone().map(|value| (name, value)));
        std::iter::once(("q", self.query.clone())).chain(lists).chain(single).collect()
    }
}

pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let query = match FindQuery::from_pairs(args.pairs()) {
        Ok(query) => query,
        Err(invalid) => {
            eprintln!("{}", text::api::bad_parameter(&invalid.name, &invalid.value));
            return Ok(ExitCode::from(super::REFUSED));
        }
    };
    let house = House::open(&args.data).await?;
    let standing = Follower::new(house.db.clone(), Arc::clone(&house.index)).catch_up().await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the index may lag behind");
        Standing::default()
    });
    let finder = IndexFinder::new(Arc::clone(&house.index), watch::channel(standing).1);
    let found = match finder.find(query).await {
        Ok(found) => found,
        Err(PortError::Invalid(name)) => {
            eprintln!("{}", text::api::bad_parameter(name, ""));
            return Ok(ExitCode::from(super::REFUSED));
        }
        Err(error) => return Err(error.into()),
    };
    let answer = SearchAnswer::from(found);
    if args.json {
        println!("{}", serde_json::to_string(&answer)?);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", text::hits(answer.total, args.query.trim()));
    for hit in &answer.hits {
        let date = hit.date.map(|date| date.to_string()).unwrap_or_default();
        println!("{} {date} {}  {}\n    {}", text::kind(&hit.kind), hit.title, hit.url, hit.snippet);
    }
    Ok(ExitCode::SUCCESS)
}
