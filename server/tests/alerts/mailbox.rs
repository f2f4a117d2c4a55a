//! From the act to a real SMTP server, with everything that a serving portal runs.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use mail_parser::MessageParser;
use server::{
    alerts::Alerter,
    index::Standing,
    mail::{Sender, SmtpPost, Worker, deliver},
};
use tokio::sync::watch;

use super::{
    smtp::Smtp,
    stage::{SHOP, Stage, penalty, publish, stages},
};

async fn until(smtp: &Smtp, letters: usize) {
    let begin = Instant::now();
    while smtp.taken().len() < letters {
        assert!(
            begin.elapsed() < Duration::from_mins(1),
            "{} of {letters} letters within a minute",
            smtp.taken().len()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn form(stage: &Stage, topic: &str, mail: &str) {
    let answer = stage.post(&super::stage::form_of(topic), &[("mail", mail), ("pace", "now")]).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_in_the_mailbox_within_a_minute() {
    for mut stage in stages().await {
        let smtp = Smtp::start().await;
        let (stop, stopped) = watch::channel(false);
        let worker = Worker {
            db: stage.house.db.clone(),
            outbox: stage.house.mail.clone(),
            clock: stage.house.clock.clone(),
            from: Sender::parse("云川市市场监督管理局 <noreply@spaq.example.cn>").unwrap(),
            post: Arc::new(SmtpPost::new(&smtp.url).unwrap()),
        };
        let follower = stage.take_follower();
        let (tell, _standing) = watch::channel(Standing::default());
        let tasks = [
            tokio::spawn(deliver(worker, stopped.clone())),
            tokio::spawn(follower.run(tell, stopped.clone())),
            tokio::spawn(Alerter::new(stage.house.clone(), stage.site.clone()).run(stopped.clone())),
        ];
        let place = format!("operator:{}", stage.operator(SHOP).await);
        form(&stage, &place, "lihua@example.cn").await;
        form(&stage, "search:q=%E9%95%89", "lihua@example.cn").await;
        form(&stage, &place, "never@example.cn").await;
        until(&smtp, 3).await;
        for letter in smtp.taken().iter().filter(|letter| letter.to == ["lihua@example.cn"]) {
            let parsed = MessageParser::default().parse(&letter.bytes).unwrap();
            let text = parsed.body_text(0).unwrap().replace("\r\n", "\n");
            let code = text.split("订阅码：").nth(1).unwrap().lines().next().unwrap().to_owned();
            assert_eq!(stage.post("/alerts/confirm", &[("code", &code)]).await.status, 200);
        }
        let begin = Instant::now();
        publish(&stage.house, &penalty(SHOP, 1)).await;
        until(&smtp, 5).await;
        let took = begin.elapsed();
        eprintln!("from the act to the mailbox: {took:?}");
        assert!(took < Duration::from_mins(1), "{took:?}");
        // a later act marks the time in which a double, or a letter to the unconfirmed, would have come
        publish(&stage.house, &penalty(SHOP, 2)).await;
        until(&smtp, 7).await;
        stop.send_replace(true);
        for task in tasks {
            task.await.unwrap();
        }
        smtp.assert_strict();
        let taken = smtp.taken();
        let of = |mail: &str| taken.iter().filter(|letter| letter.to == [mail]).count();
        assert_eq!((taken.len(), of("lihua@example.cn"), of("never@example.cn")), (7, 6, 1));
        let letter = &taken[3];
        let raw = String::from_utf8(letter.bytes.clone()).unwrap();
        let parsed = MessageParser::default().parse(&letter.bytes).unwrap();
        assert_eq!(parsed.subject().unwrap(), format!("新公布 · 行政处罚：{SHOP}经营不合格食品案1"));
        assert!(raw.contains("\r\nList-Unsubscribe: <https://spaq.example.cn/alerts/unsubscribe?c="), "{raw}");
        assert!(raw.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    }
}
