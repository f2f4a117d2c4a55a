//! Letters through a real SMTP server, on both databases: once each, in order, whatever server, network and process do.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "letters/smtp.rs"]
mod smtp;
#[path = "letters/stage.rs"]
mod stage;

use std::{
    collections::{BTreeMap, HashSet},
    process::Command as Process,
    sync::Arc,
    time::Duration,
};

use chrono::TimeDelta;
use mail_parser::{MessageParser, MimeHeaders};
use server::mail::{FolderPost, Post, Sender, SmtpPost, build, deliver};
use tokio::sync::watch;
use uuid::Uuid;

use smtp::{Act, Smtp};
use stage::{ADDRESS, BODY, SUBJECT, Stage, leave, letter, moment, open, stages, worker};

fn post(smtp: &Smtp) -> Arc<dyn Post> {
    Arc::new(SmtpPost::patient(&smtp.url, Duration::from_millis(700)).unwrap())
}

fn message_id(bytes: &[u8]) -> String {
    MessageParser::default().parse(bytes).unwrap().message_id().unwrap().to_owned()
}

async fn forget_everything_but_state(stage: &Stage) -> bool {
    // what is stored says nothing about anybody
    let lines = serde_json::to_string(&stage.house.db.letters_unsent(10).await.unwrap()).unwrap();
    !lines.contains("lihua") && !lines.contains("李华")
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    for stage in stages().await {
        let smtp = Smtp::start().await;
        assert!(stage.leave("case/1").await);
        assert!(!stage.leave("case/1").await, "the same key twice");
        let worker = stage.worker(post(&smtp));
        assert_eq!(worker.send_due().await.unwrap(), 1);
        assert_eq!(worker.send_due().await.unwrap(), 0);
        smtp.assert_strict();
        let taken = smtp.taken();
        assert_eq!(taken.len(), 1);
        assert_eq!(
            (taken[0].from.as_str(), taken[0].to.as_slice()),
            ("noreply@spaq.example.cn", &[ADDRESS.to_owned()][..])
        );
        let message = MessageParser::default().parse(&taken[0].bytes).unwrap();
        assert_eq!(message.subject(), Some(SUBJECT));
        let from = message.from().unwrap().first().unwrap();
        assert_eq!(from.name(), Some("云川市市场监督管理局, 投诉举报中心"));
        assert_eq!(from.address(), Some("noreply@spaq.example.cn"));
        assert_eq!(message.to().unwrap().first().unwrap().address(), Some(ADDRESS));
        assert_eq!(message.date().unwrap().to_timestamp(), moment().timestamp());
        assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        let content = letter("case/1").content;
        assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), content.text());
        assert!(message.body_text(0).unwrap().replace("\r\n", "\n").starts_with(BODY));
        assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), content.html());
        assert_eq!(message.text_body.len() + message.html_body.len(), 2);
        assert_eq!(message.part(1).unwrap().content_type().unwrap().subtype(), Some("plain"));
        assert_eq!(stage.counts().await, [("sent".to_owned(), 1)]);
    }
}

#[test]
fn long_chinese_subjects_fold_between_characters() {
    let from = Sender::parse("noreply@spaq.example.cn").unwrap();
    let of = |subject: &str| {
        let mut letter = letter("x");
        letter.content.subject = subject.to_owned();
        build(Uuid::from_u128(7), moment(), &from, &letter.to, &letter.content, Some("https://a.example.cn/u?t=1"))
            .unwrap()
    };
    let samples = [
        "关于您对云川市海棠食品有限公司经营超过保质期食品一案的投诉，我局已于二〇二六年十一月二十五日受理的告知",
        "A 短 b 题 with ASCII and 汉字 mixed 𠮷野家 🍜 in a line that is rather long, (really) =?utf-8?b?5rWL?= end",
        "plain ascii",
        "=?utf-8?q?Bcc?= injected",
    ];
    for subject in samples {
        let built = of(subject);
        let text = String::from_utf8(built.bytes.clone()).unwrap();
        assert!(text.is_ascii());
        let head = text.split("\r\n\r\n").next().unwrap();
        for line in head.split("\r\n") {
            assert!(line.len() <= 78, "{} {line}", line.len());
            assert!(!line.contains('\n') && !line.contains('\r'));
            for word in line.split(' ').filter(|word| word.starts_with("=?") && word.ends_with("?=")) {
                assert!(word.len() <= 75, "RFC 2047 section 2: {word}");
                // each word alone must be whole characters
                let alone = format!("Subject: {word}\r\n\r\n");
                let parsed = MessageParser::default().parse(alone.as_bytes()).unwrap();
                assert!(!parsed.subject().unwrap().contains('\u{fffd}'), "{word}");
            }
        }
        let parsed = MessageParser::default().parse(&built.bytes).unwrap();
        assert_eq!(parsed.subject(), Some(subject));
        assert_eq!(parsed.header_raw("List-Unsubscribe").map(str::trim), Some("<https://a.example.cn/u?t=1>"));
        assert_eq!(parsed.header_raw("List-Unsubscribe-Post").map(str::trim), Some("List-Unsubscribe=One-Click"));
        assert_eq!(built.bytes, of(subject).bytes, "the same letter, other bytes");
    }
    let hostile = of("您好\r\nBcc: x@y.cn\r\n\r\nbody");
    let parsed = MessageParser::default().parse(&hostile.bytes).unwrap();
    assert_eq!((parsed.bcc().is_none(), parsed.subject()), (true, Some("您好  Bcc: x@y.cn    body")));
    let endless = of(&"长".repeat(5000));
    let parsed = MessageParser::default().parse(&endless.bytes).unwrap();
    assert_eq!(parsed.subject().unwrap().chars().count(), 120);
    let unsafe_url =
        build(Uuid::nil(), moment(), &from, &letter("x").to, &letter("x").content, Some("https://a\r\nBcc: x@y.cn"));
    assert!(!String::from_utf8(unsafe_url.unwrap().bytes).unwrap().contains("Bcc"));
}

#[tokio::test]
async fn what_may_go_well_later_is_tried_later() {
    let second = TimeDelta::seconds(1);
    for stage in stages().await {
        let smtp = Smtp::start().await;
        let worker = stage.worker(post(&smtp));
        stage.leave("case/1").await;
        let acts = [
            (Act::Mail(421), "smtp 421", 1),
            (Act::Rcpt(450), "smtp 450", 5),
            (Act::Content(451), "smtp 451", 15),
            (Act::DropBeforeData, "connection", 60),
            (Act::Greet(554), "", 360),
            (Act::DropAfterData, "connection", 360),
        ];
        for (attempt, (act, code, minutes)) in (1..).zip(acts) {
            let wait = TimeDelta::minutes(minutes);
            // a greeting needs a connection of its own
            let fresh = stage.worker(post(&smtp));
            smtp.will(&[act]);
            assert_eq!(fresh.send_due().await.unwrap(), 0, "{act:?}");
            let (state, attempts, due, error) = stage.unsent().await;
            assert_eq!((state.as_str(), attempts, due), ("waiting", attempt, wait), "{act:?}");
            let error = error.unwrap();
            assert!(code.is_empty() || error == code, "{act:?}: {error}");
            assert!(forget_everything_but_state(&stage).await);
            stage.later(wait - second);
            assert_eq!(worker.send_due().await.unwrap(), 0, "{act:?}: too early");
            assert_eq!(stage.unsent().await.1, attempt, "{act:?}: too early");
            stage.later(second);
        }
        assert_eq!(worker.send_due().await.unwrap(), 1);
        assert_eq!((smtp.taken().len(), smtp.unanswered()), (1, 1));
        let notes = smtp.notes.lock().unwrap();
        // a receiver can tell the double by its id, and by every byte
        assert_eq!(message_id(&notes.taken[0].bytes), message_id(&notes.unanswered[0].bytes));
        assert_eq!(notes.taken[0].bytes, notes.unanswered[0].bytes);
    }
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_and_seen() {
    for stage in stages().await {
        for act in [Act::Mail(553), Act::Rcpt(550), Act::Content(554)] {
            let smtp = Smtp::start().await;
            let worker = stage.worker(post(&smtp));
            stage.leave(&format!("case/{act:?}")).await;
            smtp.will(&[act]);
            assert_eq!(worker.send_due().await.unwrap(), 0);
            let (state, attempts, _, error) = stage.unsent().await;
            let (Act::Mail(code) | Act::Rcpt(code) | Act::Content(code)) = act else { unreachable!() };
            assert_eq!((state.as_str(), attempts, error), ("failed", 1, Some(format!("smtp {code}"))));
            stage.later(TimeDelta::days(4));
            assert_eq!(worker.send_due().await.unwrap(), 0);
            assert_eq!((smtp.taken().len(), stage.unsent().await.1), (0, 1), "tried again unasked");
            // an administrator has it tried again
            assert_eq!(stage.house.db.retry_letters(Some(Uuid::nil()), stage.now()).await.unwrap(), 0);
            assert_eq!(stage.house.db.retry_letters(None, stage.now()).await.unwrap(), 1);
            assert_eq!(worker.send_due().await.unwrap(), 1);
            assert_eq!(stage.house.db.retry_letters(None, stage.now()).await.unwrap(), 0);
            smtp.assert_strict();
        }
    }
}

#[tokio::test]
async fn five_days_without_a_server_are_the_end() {
    for stage in stages().await {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nobody = format!("smtp://{}", listener.local_addr().unwrap());
        drop(listener);
        let worker = stage.worker(Arc::new(SmtpPost::patient(&nobody, Duration::from_millis(300)).unwrap()));
        stage.leave("case/1").await;
        let mut attempts = 0;
        while stage.unsent().await.0 == "waiting" {
            let due = stage.unsent().await.2;
            stage.later(due);
            worker.send_due().await.unwrap();
            attempts += 1;
            assert!(attempts < 100);
        }
        assert_eq!(stage.unsent().await.1, 24);
        assert_eq!(
            (stage.unsent().await.0.as_str(), stage.unsent().await.3.as_deref()),
            ("failed", Some("connection"))
        );
        assert!(stage.now() - moment() <= TimeDelta::days(5));
    }
}

#[tokio::test]
async fn a_slow_server_stops_no_other_letter() {
    for stage in stages().await {
        let smtp = Smtp::start().await;
        stage.leave("case/1").await;
        stage.leave("case/2").await;
        smtp.will(&[Act::Slow(Duration::from_secs(20))]);
        assert_eq!(stage.worker(post(&smtp)).send_due().await.unwrap(), 1);
        let (state, attempts, due, error) = stage.unsent().await;
        assert_eq!((state.as_str(), attempts, due.num_minutes(), error.as_deref()), ("waiting", 1, 1, Some("timeout")));
    }
}

#[tokio::test]
async fn a_thousand_letters_by_two_processes_go_out_once_each() {
    const LETTERS: usize = 1000;
    for stage in stages().await {
        let smtp = Smtp::start().await;
        let mut tx = stage.house.db.begin().await.unwrap();
        for number in 0..LETTERS {
            stage.house.mail.enqueue(&mut tx, &letter(&format!("case/{number:04}")), stage.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        // a database connection and a post of its own, as another process has
        let other = open(stage.dir.path(), stage.database_url.clone()).await;
        let other = server::house::House { clock: stage.house.clock.clone(), ..other };
        let (first, second) = (stage.worker(post(&smtp)), worker(&other, post(&smtp)));
        let (one, two) = tokio::join!(tokio::spawn(async move { first.send_due().await.unwrap() }), async move {
            second.send_due().await.unwrap()
        });
        let one = one.unwrap();
        assert_eq!(one + two, LETTERS);
        assert!(one > 0 && two > 0, "{one} and {two}: one did all");
        let taken = smtp.taken();
        let ids: HashSet<_> = taken.iter().map(|letter| message_id(&letter.bytes)).collect();
        assert_eq!((taken.len(), ids.len()), (LETTERS, LETTERS));
        assert_eq!(stage.counts().await, [("sent".to_owned(), 1000)]);
        smtp.assert_strict();
    }
}

#[tokio::test]
async fn letters_go_in_the_order_of_their_time() {
    for stage in stages().await {
        let smtp = Smtp::start().await;
        let mut later = letter("later");
        later.due_at = Some(stage.now() + TimeDelta::hours(1));
        assert!(leave(&stage.house, &later, stage.now()).await);
        for number in 0..30 {
            stage.leave(&format!("n{number:02}")).await;
        }
        let worker = stage.worker(post(&smtp));
        assert_eq!(worker.send_due().await.unwrap(), 30);
        stage.later(TimeDelta::hours(1));
        assert_eq!(worker.send_due().await.unwrap(), 1);
        let keys: Vec<_> = smtp
            .taken()
            .iter()
            .map(|letter| {
                let message = MessageParser::default().parse(&letter.bytes).unwrap();
                let text = message.body_text(0).unwrap().into_owned();
                text.split("编号：").nth(1).unwrap().split(['\r', '\n']).next().unwrap().to_owned()
            })
            .collect();
        let mut expected: Vec<_> = (0..30).map(|number| format!("n{number:02}")).collect();
        expected.push("later".into());
        assert_eq!(keys, expected);
    }
}

#[tokio::test]
async fn a_letter_of_an_act_that_did_not_happen_is_none() {
    for stage in stages().await {
        let mut tx = stage.house.db.begin().await.unwrap();
        assert!(stage.house.mail.enqueue(&mut tx, &letter("case/1"), stage.now()).await.unwrap());
        drop(tx);
        assert_eq!(stage.counts().await, []);
        assert!(stage.leave("case/1").await, "the key is free");
    }
}

#[tokio::test]
async fn address_and_content_are_sealed_and_forgotten() {
    for stage in stages().await {
        let smtp = Smtp::start().await;
        stage.leave("case/1").await;
        let rows = || async {
            match &stage.house.db {
                server::store::Db::Sqlite { read, .. } => {
                    sqlx::query_as::<_, (Option<Vec<u8>>, Option<Vec<u8>>)>("SELECT to_sealed, body_sealed FROM letter")
                        .fetch_one(read)
                        .await
                }
                server::store::Db::Postgres(pool) => {
                    sqlx::query_as("SELECT to_sealed, body_sealed FROM letter").fetch_one(pool).await
                }
            }
            .unwrap()
        };
        let (to, body) = rows().await;
        assert!(!String::from_utf8_lossy(&to.unwrap()).contains("lihua"));
        assert!(!String::from_utf8_lossy(&body.unwrap()).contains("李华"));
        // one that was not sent is not forgotten
        assert_eq!(stage.house.db.forget_letters(stage.now() + TimeDelta::days(400)).await.unwrap(), 0);
        stage.worker(post(&smtp)).send_due().await.unwrap();
        let desk = |days| {
            let clock = server::clock::Clock::fixed(moment() + TimeDelta::days(days) + TimeDelta::seconds(1));
            let house = server::house::House { clock, ..stage.house.clone() };
            server::desk::DeskService::new(house, server::desk::Law::read(stage.dir.path()).unwrap(), Vec::new())
        };
        desk(29).do_due().await.unwrap();
        assert!(rows().await.0.is_some());
        desk(30).do_due().await.unwrap();
        assert_eq!(rows().await, (None, None));
        assert!(!stage.leave("case/1").await, "a forgotten letter is still the same");
    }
}

#[tokio::test]
async fn the_worker_wakes_at_once_and_stops_at_once() {
    for stage in stages().await {
        let smtp = Smtp::start().await;
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(deliver(stage.worker(post(&smtp)), stopped));
        tokio::time::sleep(Duration::from_millis(200)).await;
        stage.leave("case/1").await;
        stage.house.mail.ring();
        let arrived = async {
            while stage.counts().await != [("sent".to_owned(), 1)] {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_millis(1500), arrived).await.expect("woken, not polled");
        stop.send_replace(true);
        tokio::time::timeout(Duration::from_secs(1), running).await.expect("stopped").unwrap();
    }
}

/// Runs in a process of its own (see below): sends, and dies where it is told to.
#[tokio::test]
async fn sender() {
    let Ok(data) = std::env::var("PORTAL_LETTER_DATA") else { return };
    let post: Arc<dyn Post> = match std::env::var("PORTAL_LETTER_SMTP") {
        Ok(url) => Arc::new(SmtpPost::patient(&url, Duration::from_secs(2)).unwrap()),
        Err(_) => Arc::new(FolderPost::new(std::path::Path::new(&data).join("mail"))),
    };
    let database_url = std::env::var("PORTAL_LETTER_DATABASE").ok();
    let house = open(std::path::Path::new(&data), database_url).await;
    let house = server::house::House { clock: server::clock::Clock::fixed(moment()), ..house };
    worker(&house, post).send_due().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_between_any_two_steps_loses_no_letter() {
    // how often the letter was taken by the server after the restart
    let steps = BTreeMap::from([("letter-claimed", 1), ("letter-taken", 2), ("letter-marked", 1)]);
    for by_smtp in [true, false] {
        for (step, times) in &steps {
            for stage in stages().await {
                let smtp = Smtp::start().await;
                stage.leave("case/1").await;
                let mut process = Process::new(std::env::current_exe().unwrap());
                process.args(["--exact", "sender", "--test-threads=1"]).env("PORTAL_LETTER_DATA", stage.dir.path());
                process.env("PORTAL_CRASH_AT", step);
                if by_smtp {
                    process.env("PORTAL_LETTER_SMTP", &smtp.url);
                }
                if let Some(url) = &stage.database_url {
                    process.env("PORTAL_LETTER_DATABASE", url);
                }
                let status = tokio::task::spawn_blocking(move || process.status()).await.unwrap().unwrap();
                assert!(!status.success(), "{step}: did not die");
                let folder = stage.dir.path().join("mail");
                let post: Arc<dyn Post> = if by_smtp { post(&smtp) } else { Arc::new(FolderPost::new(folder.clone())) };
                let worker = stage.worker(Arc::clone(&post));
                let is_open = *step != "letter-marked";
                // its lease runs: nobody else takes it
                assert_eq!(worker.send_due().await.unwrap(), 0, "{step}");
                stage.later(TimeDelta::minutes(2));
                assert_eq!(worker.send_due().await.unwrap(), usize::from(is_open), "{step}");
                assert_eq!(stage.counts().await, [("sent".to_owned(), 1)], "{step}");
                if by_smtp {
                    let taken = smtp.taken();
                    assert_eq!(taken.len(), *times, "{step}");
                    assert!(taken.iter().all(|one| one.bytes == taken[0].bytes), "{step}: a double that can't be told");
                } else {
                    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
                    assert_eq!(files.len(), 1, "{step}: {files:?}");
                    assert_eq!(files[0].extension().unwrap(), "eml");
                    let bytes = std::fs::read(&files[0]).unwrap();
                    assert_eq!(MessageParser::default().parse(&bytes).unwrap().subject(), Some(SUBJECT));
                }
            }
        }
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_sentence() {
    let portal = |settings: &[(&str, &str)]| {
        let dir = tempfile::tempdir().unwrap();
        let mut process = Process::new(env!("CARGO_BIN_EXE_portal"));
        process.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(dir.path().join("data"));
        process.envs(settings.iter().copied());
        let done = process.output().unwrap();
        assert!(!done.status.success() && !dir.path().join("data").exists(), "{settings:?}");
        String::from_utf8(done.stderr).unwrap()
    };
    let url = "smtp://portal:geheim@mail.example.cn:25";
    let told = portal(&[("PORTAL_SMTP_URL", url)]);
    assert_eq!(told.trim(), format!("portal: {}", app::text::letter::OPEN_PASSWORD));
    let told = portal(&[("PORTAL_SMTP_URL", "mail.example.cn")]);
    assert_eq!(told.trim(), format!("portal: {}", app::text::letter::BAD_SMTP_URL));
    let told = portal(&[("PORTAL_SMTP_URL", "smtps://mail.example.cn")]);
    assert_eq!(told.trim(), format!("portal: {}", app::text::letter::NO_FROM));
    let told = portal(&[("PORTAL_MAIL_FROM", "某局 <nobody>")]);
    assert_eq!(told.trim(), format!("portal: {}", app::text::letter::BAD_FROM));
}
