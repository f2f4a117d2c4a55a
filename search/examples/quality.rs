//! nDCG@10, MRR@10, R@10 and R@100 of lay questions over law articles (STARD).
//! `cargo run --release -p search --example quality -- FOLDER [--json]`, FOLDER as `shared/data/search`.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    process::Command,
    time::Instant,
};

use search::{Document, Index, Query};
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

/// The lines of a file, unpacked by `xz` when its name says so.
fn lines(path: &Path) -> Result<String, Failure> {
    let bytes = if path.extension().is_some_and(|ending| ending == "xz") {
        Command::new("xz").arg("-dc").arg(path).output()?.stdout
    } else {
        std::fs::read(path)?
    };
    Ok(String::from_utf8(bytes)?)
}

fn text(value: &Value, names: &[&str]) -> String {
    names
        .iter()
        .find_map(|name| match &value[*name] {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("say the folder of documents, queries and judgments")?;
    let folder = Path::new(&folder);
    let dir = tempfile::tempdir()?;
    let index = Index::open(dir.path())?;
    let mut writer = index.writer(200_000_000)?;
    let started = Instant::now();
    let mut documents = 0;
    for line in lines(&folder.join("corpus.jsonl.xz"))?.lines() {
        let value: Value = serde_json::from_str(line)?;
        writer.add(&Document {
            id: text(&value, &["_id", "id"]),
            kind: "law".into(),
            title: text(&value, &["title", "name"]),
            text: text(&value, &["text", "content"]),
            ..Document::default()
        })?;
        documents += 1;
    }
    writer.commit(1)?;
    writer.finish()?;
    let built = started.elapsed();

    let mut judged: HashMap<String, HashSet<String>> = HashMap::new();
    for line in lines(&folder.join("qrels.trec"))?.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [query, _, document, grade] = fields[..] else { continue };
        if grade.parse::<i32>().is_ok_and(|grade| grade > 0) {
            judged.entry(query.to_owned()).or_default().insert(document.to_owned());
        }
    }
    let (mut ndcg, mut mrr, mut recall_10, mut recall_100, mut queries) = (0.0, 0.0, 0.0, 0.0, 0.0_f64);
    let mut times = Vec::new();
    for line in lines(&folder.join("queries.tsv"))?.lines() {
        let Some((id, question)) = line.split_once('\t') else { continue };
        let Some(relevant) = judged.get(id) else { continue };
        let started = Instant::now();
        let results = index.search(&Query { text: question.to_owned(), limit: 100, ..Query::default() })?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        let places: Vec<usize> = results
            .hits
            .iter()
            .enumerate()
            .filter(|(_, hit)| relevant.contains(&hit.id))
            .map(|(place, _)| place)
            .collect();
        let gain = |place: usize| 1.0 / ((place + 2) as f64).log2();
        let ideal: f64 = (0..relevant.len().min(10)).map(gain).sum();
        ndcg += places.iter().filter(|place| **place < 10).map(|place| gain(*place)).sum::<f64>() / ideal;
        mrr += places.first().filter(|place| **place < 10).map_or(0.0, |place| 1.0 / (place + 1) as f64);
        let among = |limit: usize| places.iter().filter(|place| **place < limit).count() as f64 / relevant.len() as f64;
        recall_10 += among(10);
        recall_100 += among(100);
        queries += 1.0;
    }
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    if std::env::args().any(|argument| argument == "--json") {
        let figures = serde_json::json!({"documents": documents, "queries": queries, "ndcg_10": ndcg / queries,
            "mrr_10": mrr / queries, "recall_10": recall_10 / queries, "recall_100": recall_100 / queries,
            "p50_ms": at(50), "p99_ms": at(99)});
        println!("{figures}");
    } else {
        println!(
            "{documents} documents in {:.1} s, {queries} queries, p50 {:.2} ms, p99 {:.2} ms",
            built.as_secs_f64(),
            at(50),
            at(99)
        );
        println!(
            "nDCG@10 {:.4}  MRR@10 {:.4}  R@10 {:.4}  R@100 {:.4}",
            ndcg / queries,
            mrr / queries,
            recall_10 / queries,
            recall_100 / queries
        );
    }
    Ok(())
}
