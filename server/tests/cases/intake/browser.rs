//! A browser without script: it keeps its cookie and sends forms.

use app::{domain::intake::Step, work::Search};
use axum::http::{Method, StatusCode};
use server::{
    auth::Token,
    cases::{CaseReceipt, FileError},
};

use crate::stage::{Answer, Stage, filings};

pub struct Browser<'s> {
    stage: &'s Stage,
    pub cookie: Option<String>,
}

impl<'s> Browser<'s> {
    pub fn new(stage: &'s Stage) -> Self {
        Self::with(stage, None)
    }

    pub fn with(stage: &'s Stage, cookie: Option<String>) -> Self {
        Self { stage, cookie }
    }

    fn learn(&mut self, answer: &Answer) {
        if let Some((_, rest)) = answer.head.split_once("\"set-cookie\": \"") {
            let pair = rest.split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        let answer = self.stage.send(Method::GET, path, &[("cookie", &cookie)], String::new()).await;
        self.learn(&answer);
        answer
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("x-test-peer", "203.0.113.7")];
        let answer = self.stage.post_from(path, fields, &headers).await;
        self.learn(&answer);
        answer
    }

    /// Sends a step's form by one of its buttons; gives the next address.
    pub async fn go(&mut self, step: Step, go: &str, fields: &[(&str, &str)]) -> String {
        let fields: Vec<_> = fields.iter().copied().chain([("go", go)]).collect();
        let answer = self.post(&step.path(), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{step:?}: {}", answer.body);
        place(&answer)
    }

    pub async fn next(&mut self, step: Step, fields: &[(&str, &str)]) -> String {
        self.go(step, "next", fields).await
    }

    /// Sends a file with the form; gives the next address, or the page that says what is wrong.
    pub async fn upload(&mut self, go: &str, name: &str, bytes: &[u8]) -> Result<String, Answer> {
        let boundary = "----a-boundary";
        let head = |disposition: &str| format!("--{boundary}\r\ncontent-disposition: form-data; {disposition}\r\n\r\n");
        let mut body = head(&format!("name=\"files\"; filename=\"{name}\"")).into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n{}{go}\r\n--{boundary}--\r\n", head("name=\"go\"")).as_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        let cookie = self.cookie.clone().unwrap_or_default();
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", kind.as_str())];
        let answer = self.stage.send_bytes(Method::POST, "/cases/new/evidence", &headers, body).await;
        self.learn(&answer);
        if answer.status == StatusCode::SEE_OTHER { Ok(place(&answer)) } else { Err(answer) }
    }

    /// Fills every step with what belongs to it.
    pub async fn fill(&mut self, fields: &[(&str, &str)]) {
        for step in [Step::What, Step::Party, Step::Problem, Step::Story, Step::Request, Step::Who] {
            let own: Vec<_> = fields.iter().filter(|(name, _)| step.fields().contains(name)).copied().collect();
            self.next(step, &own).await;
        }
    }

    /// Sends the check page with a proof; gives the receipt.
    pub async fn send_worked(&mut self) -> Answer {
        let work = work(&self.get("/cases/new/check").await);
        let fields: Vec<_> = [("go", "send")].into_iter().chain(work.iter().map(|(k, v)| (*k, v.as_str()))).collect();
        let sent = self.post("/cases/new/check", &fields).await;
        assert_eq!(place(&sent), "/cases/new/receipt", "{}", sent.body);
        self.get("/cases/new/receipt").await
    }
}

/// Where an answer leads.
pub fn place(answer: &Answer) -> String {
    let place = answer.head.split_once("\"location\": \"").map_or("", |(_, rest)| rest);
    place.split('"').next().unwrap().to_owned()
}

/// What the browser's script would send.
pub fn work(check: &Answer) -> [(&'static str, String); 2] {
    let challenge = check.hidden("challenge");
    let proof = solve(&challenge);
    [("challenge", challenge), ("proof", proof)]
}

pub fn solve(challenge: &str) -> String {
    let mut search = Search::new(challenge);
    std::iter::repeat_with(|| search.run(10_000)).flatten().next().unwrap()
}

/// The first number and the code of a receipt.
pub fn secrets(receipt: &Answer) -> (String, String) {
    let mut found = receipt.body.split("<code class=\"secret\">").skip(1).map(|rest| rest.split('<').next().unwrap());
    (found.next().unwrap().to_owned(), found.last().unwrap().to_owned())
}

impl Stage {
    /// A restart, some time later.
    pub async fn after(self, span: chrono::TimeDelta) -> Self {
        let now = self.house.clock.now() + span;
        let Self { dir, url, .. } = self;
        Self::over(dir, url, now).await
    }

    /// One case from an address.
    pub async fn file_from(&self, address: &str) -> Result<CaseReceipt, FileError> {
        let token = Token::random(&self.house.ids);
        let address = address.parse().ok();
        self.cases.file(&token, &filings(&[]), app::domain::case::Source::Portal, address).await
    }
}
