//! What time does: looks, days, letters once, history that ends.

use app::{
    domain::{
        staff::Role,
        stream::{Look, Shown},
    },
    ports::{CameraDesk, Kitchens, Uptime},
};
use chrono::TimeDelta;
use server::mail::{FolderPost, Sender, Worker};

use crate::stage::{Stage, officer, stages, stages_with};

const TELL: &str = "[kitchens]\noffline_minutes = 30\ntell = [\"zhiban@example.cn\", \"keshi@example.cn\"]\n";

impl Stage {
    async fn look(&self, id: uuid::Uuid, found: Look) {
        let now = self.house.clock.now();
        self.cameras().looked(id, found, now, now + TimeDelta::minutes(1)).await.unwrap();
    }

    /// Subjects of all letters that were left, in order.
    async fn letters(&self) -> Vec<String> {
        let folder = self.dir.path().join("post");
        let worker = Worker {
            db: self.house.db.clone(),
            outbox: self.house.mail.clone(),
            clock: self.house.clock.clone(),
            from: Sender::parse("portal@localhost").unwrap(),
            post: std::sync::Arc::new(FolderPost::new(folder.clone())),
        };
        while worker.send_due().await.unwrap() > 0 {}
        let mut letters: Vec<(String, String)> = std::fs::read_dir(&folder)
            .map(|all| all.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect::<Vec<_>>())
            .unwrap_or_default()
            .iter()
            .map(|bytes| {
                let message = mail_parser::MessageParser::default().parse(bytes).unwrap();
                let to = message.to().unwrap().first().unwrap().address().unwrap().to_owned();
                (message.subject().unwrap().to_owned(), to)
            })
            .collect();
        letters.sort();
        letters.into_iter().map(|(subject, to)| format!("{subject} → {to}")).collect()
    }
}

#[tokio::test]
async fn an_outage_is_told_once_and_so_is_its_end() {
    for stage in stages_with(TELL).await {
        let id = stage.shown(stage.canteen, &[]).await;
        stage.look(id, Look::Live).await;
        for _ in 0..29 {
            stage.pass(60);
            stage.look(id, Look::Offline).await;
        }
        assert_eq!(stage.letters().await, Vec::<String>::new(), "28 minutes are not 30");
        for _ in 0..40 {
            stage.pass(60);
            stage.look(id, Look::Offline).await;
        }
        let told = stage.letters().await;
        let off = |to: &str| format!("画面离线：{} → {to}", crate::stage::CANTEEN);
        assert_eq!(told, [off("keshi@example.cn"), off("zhiban@example.cn")]);
        let since = stage.house.clock.now() - TimeDelta::minutes(68);
        assert_eq!(stage.cameras().cameras_of(&[stage.canteen]).await.unwrap()[0].shown, Shown::Offline { since });
        for _ in 0..3 {
            stage.pass(60);
            stage.look(id, Look::Live).await;
        }
        assert_eq!(stage.letters().await.len(), 4, "its end is told once");
        stage.look(id, Look::Offline).await;
        assert_eq!(stage.letters().await.len(), 4, "a new outage begins anew");
    }
}

#[tokio::test]
async fn an_outage_outside_of_hours_is_nobodys_concern() {
    for stage in stages_with(TELL).await {
        let id = stage.shown(stage.canteen, &[("from2", "10:50"), ("to2", "11:10")]).await;
        for _ in 0..120 {
            stage.pass(60);
            stage.look(id, Look::Offline).await;
        }
        assert_eq!(stage.letters().await, Vec::<String>::new(), "ten minutes of its hours");
    }
    for stage in stages_with("[kitchens]\noffline_minutes = 0\ntell = [\"a@example.cn\"]\n").await {
        let id = stage.shown(stage.canteen, &[]).await;
        for _ in 0..60 {
            stage.pass(60);
            stage.look(id, Look::Offline).await;
        }
        assert_eq!(stage.letters().await, Vec::<String>::new(), "switched off");
    }
}

#[tokio::test]
async fn days_count_what_was_looked_at_and_end_after_ninety() {
    for stage in stages().await {
        let id = stage.shown(stage.canteen, &[]).await;
        stage.look(id, Look::Live).await;
        for found in [Look::Live, Look::Live, Look::Frozen, Look::Black, Look::Offline] {
            stage.pass(60);
            stage.look(id, found).await;
        }
        // nobody looked for half an hour: only what a look speaks for is counted
        stage.pass(1800);
        stage.look(id, Look::Live).await;
        // an older look comes late
        let now = stage.house.clock.now();
        stage.cameras().looked(id, Look::Frozen, now - TimeDelta::minutes(5), now).await.unwrap();
        let reviewer = officer(2, &[Role::Reviewer]);
        let sheet = stage.cameras().desk_camera(&reviewer, id).await.unwrap();
        assert_eq!(sheet.uptime, Uptime { live: 120 + 600, expected: 300 + 600 });
        assert_eq!(sheet.camera.line.shown, Shown::Live);
        // out of hours nothing is counted
        stage.pass(4 * 3600);
        stage.look(id, Look::Live).await;
        stage.pass(60);
        stage.look(id, Look::Live).await;
        assert_eq!(stage.cameras().desk_camera(&reviewer, id).await.unwrap().uptime.expected, 900);
        // the 90th day is the last one kept
        stage.pass(86_400 * 89 - 4 * 3600);
        assert_eq!(stage.cameras().forget_old_days().await.unwrap(), 0);
        stage.pass(11);
        assert_eq!(stage.cameras().kitchen(stage.canteen).await.unwrap().cameras[0].days.len(), 1);
        stage.pass(86_400);
        assert_eq!(
            stage.cameras().kitchen(stage.canteen).await.unwrap().cameras[0].days.len(),
            0,
            "not shown any more"
        );
        assert_eq!(stage.cameras().forget_old_days().await.unwrap(), 1);
        // another address: what was known of the old picture is forgotten
        let writer = officer(1, &[Role::Editor]);
        let other = crate::stage::form(&[("address", "https://gw.example.cn/other.m3u8")]);
        stage.cameras().save(&writer, id, 2, &other).await.unwrap();
        let sheet = stage.cameras().desk_camera(&reviewer, id).await.unwrap();
        assert_eq!(sheet.camera.looked_at, None);
    }
}
