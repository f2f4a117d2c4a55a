//! What the tests of operators put on the stage.

use app::{
    domain::{
        sample::{Party, SampleDraft, Verdict},
        staff::Role,
    },
    ports::{DeskOperator, DoubtLine, OperatorDesk, OperatorLine},
};
use server::{
    operators::OperatorService,
    registers::{Registrar, Said},
    store::BulletinDraft,
};
use uuid::Uuid;

use crate::stage::{Stage, officer};

pub fn party(name: &str, address: &str) -> Party {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Party { name: text(name), address: text(address), province: None }
}

/// A passed sample of a shop, the shop's address, and a producer.
pub fn sample(number: &str, product: &str, producer: Party, seller: Party) -> SampleDraft {
    SampleDraft {
        number: Some(number.into()),
        product: product.into(),
        producer,
        seller,
        verdict: Some(Verdict::Passed),
        ..SampleDraft::default()
    }
}

pub fn bulletin(title: &str, on: &str, samples: Vec<SampleDraft>) -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title: title.into(),
        issue_no: None,
        published_on: on.parse().unwrap(),
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: Vec::new(),
        original: None,
        samples,
        demo: false,
        publish: true,
        reason: None,
    }
}

impl Stage {
    pub async fn bulletin(&mut self, title: &str, on: &str, samples: Vec<SampleDraft>) -> Uuid {
        let draft = bulletin(title, on, samples);
        let saved = self.house.db.save_bulletin(&draft, &self.house.ids, self.house.clock.now()).await.unwrap();
        self.follow().await;
        saved.id.unwrap()
    }

    /// Publishes an edition of a shipped register.
    pub async fn edition(&mut self, register: &str, csv: &str) {
        let registrar = Registrar::of(&self.house, "云川市市场监督管理局".into());
        let read = registrar.read(register, "a.csv", csv.as_bytes(), &mut |_| ()).unwrap();
        assert_eq!(read.errors(), 0, "{:?}", read.problems);
        registrar.publish(&read, csv.as_bytes(), &Said::default()).await.unwrap();
        self.follow().await;
    }

    pub fn operators(&self) -> OperatorService {
        OperatorService::new(self.house.clone())
    }

    pub async fn sheet(&self, id: Uuid) -> DeskOperator {
        self.operators().desk_operator(&officer(1, &[Role::Editor]), id).await.unwrap()
    }

    pub async fn doubts(&self) -> Vec<DoubtLine> {
        self.operators().open_doubts(&officer(1, &[Role::Editor])).await.unwrap().0
    }

    /// Operators whose name has these words, public or not.
    pub async fn named(&self, words: &str) -> Vec<Uuid> {
        let found = self.operators().find_operators(&officer(1, &[Role::Editor]), words).await.unwrap();
        let mut ids: Vec<Uuid> = found.into_iter().map(|line| line.id).collect();
        ids.sort_unstable();
        ids
    }

    pub async fn merge(&mut self, id: Uuid, into: Uuid) -> Uuid {
        let version = self.sheet(id).await.version;
        let kept = self.operators().merge(&officer(1, &[Role::Editor]), id, version, into).await.unwrap();
        self.follow().await;
        kept
    }

    pub async fn undo(&mut self, id: Uuid) {
        let version = self.sheet(id).await.version;
        self.operators().undo(&officer(1, &[Role::Editor]), id, version).await.unwrap();
        self.follow().await;
    }

    pub async fn listed(&self) -> Vec<OperatorLine> {
        use app::ports::Directory;
        self.house.db.operators(None, 200).await.unwrap().items
    }
}
