//! A round's letters: composed once for all who hear the same.

use app::{
    domain::{
        alert::{Pace, Topic},
        mail::Address,
    },
    ports::Site,
    text::{
        alert::letter::{self as words, News, Told},
        letter::Letter as Content,
    },
};

use super::{
    address_place,
    code::{self, Use},
    news::Batch,
};
use crate::{
    mail::Letter,
    secret::Secrets,
    store::{ALERT, Listener},
};

/// Composes the letters of one topic in one round.
pub struct Composer<'a> {
    batch: &'a Batch,
    places: &'a [usize],
    topic: Topic,
    name: String,
    pace: Pace,
    upto: u64,
    site: &'a Site,
    secrets: &'a Secrets,
    /// What was composed last, and of which items
    last: Option<(Vec<usize>, Content)>,
}

impl<'a> Composer<'a> {
    /// For those who follow a topic.
    pub fn new(
        batch: &'a Batch,
        topic: &str,
        (pace, upto): (Pace, u64),
        site: &'a Site,
        secrets: &'a Secrets,
    ) -> Option<Self> {
        let (places, topic) = (batch.hits.get(topic)?, Topic::parse(topic).ok()?);
        let operator = match &topic {
            Topic::Operator(id) => batch.names.get(id).map_or("", String::as_str),
            _ => "",
        };
        let name = app::text::alert::topic(&topic, operator);
        Some(Self { batch, places, topic, name, pace, upto, site, secrets, last: None })
    }

    /// The letter of a listener; none where nothing of it is for them, or where their address can't be opened.
    pub fn letter(&mut self, listener: &Listener) -> Option<Letter> {
        let heard = |place: &&usize| {
            let item = &self.batch.items[**place];
            listener.hears(self.pace, item.first, item.last)
        };
        let heard: Vec<usize> = self.places.iter().filter(heard).copied().collect();
        if heard.is_empty() {
            return None;
        }
        let sealed = self.secrets.open_sealed(address_place(listener.id), &listener.address_sealed);
        let to = sealed.ok().and_then(|bytes| Address::parse(&String::from_utf8(bytes).ok()?).ok());
        let Some(to) = to else {
            tracing::error!(id = %listener.id, "address of a subscription can't be opened");
            return None;
        };
        let mut content = self.content(heard);
        let base_url = &self.site.base_url;
        words::lead_to(&mut content, &code::way(listener.id, Use::Manage, self.secrets, base_url));
        Some(Letter {
            key: format!("alert/{}/{}/{}", listener.id, self.pace.code(), self.upto),
            kind: ALERT,
            to,
            about: Some(listener.id),
            due_at: None,
            content,
            unsubscribe: Some(code::unsubscribe(listener.id, self.secrets, base_url)),
        })
    }

    fn content(&mut self, heard: Vec<usize>) -> Content {
        if let Some((known, content)) = &self.last
            && *known == heard
        {
            return content.clone();
        }
        let news: Vec<&News> = heard.iter().map(|place| &self.batch.items[*place].news).collect();
        let told = Told { topic: &self.topic, name: &self.name, pace: self.pace, news: &news };
        let content = words::told(&told, self.site);
        self.last = Some((heard, content.clone()));
        content
    }
}
