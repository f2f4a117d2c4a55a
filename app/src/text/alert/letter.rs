//! Letters about subscriptions, and the letters that tell of changes.

use chrono::NaiveDate;

use crate::{
    domain::{
        act::Act,
        alert::{Pace, Topic},
        publication::Kind,
    },
    ports::Site,
    text::{
        self,
        letter::{Letter, one_line},
    },
};

/// Publications that a letter lists; the others are counted.
pub const LISTED: usize = 20;
/// Characters of a title.
const TITLE: usize = 120;

/// Where a letter leads, and the code that stands behind the `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Whole address
    pub url: String,
    /// The code alone, for those whose browser does not take it from the address
    pub code: String,
}

/// What is told of one publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What was done
    pub act: Act,
    /// Its kind
    pub kind: Kind,
    /// Title; none of what was removed: its time is over
    pub title: Option<String>,
    /// Who published it
    pub source: String,
    /// Day of publication
    pub day: Option<NaiveDate>,
    /// Path of its page
    pub path: String,
}

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What is followed
    pub topic: &'a Topic,
    /// How it is called
    pub name: &'a str,
    /// How soon
    pub pace: Pace,
    /// Publications, the oldest change first
    pub news: &'a [&'a News],
}

/// What a change is called.
#[must_use]
pub fn act(act: Act) -> &'static str {
    match act {
        Act::Publish => "新公布",
        Act::Correct => "有更正",
        Act::Withdraw => "已撤回",
        Act::Remove => "已期满移除",
    }
}

fn shortened(title: &str) -> String {
    let title = one_line(title);
    if title.chars().count() <= TITLE { title } else { title.chars().take(TITLE - 1).chain(['…']).collect() }
}

impl News {
    /// `有更正 · 行政处罚：《标题》`
    fn line(&self) -> String {
        let kind = text::publication_kind(self.kind);
        match (&self.title, self.act) {
            (Some(title), Act::Publish | Act::Correct | Act::Withdraw) => {
                format!("{} · {kind}：{}", act(self.act), shortened(title))
            }
            _ => format!("{} · 一条{kind}信息", act(self.act)),
        }
    }

    fn paragraph(&self, base_url: &str) -> String {
        let mut lines = vec![self.line()];
        let about: Vec<String> =
            [Some(one_line(&self.source)), self.day.map(text::day)].into_iter().flatten().collect();
        let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
        if self.act != Act::Remove && !about.is_empty() {
            lines.push(about.join("，"));
        }
        if self.act == Act::Withdraw {
            lines.push("发布单位已撤回这条信息，原来的内容不再有效。".to_owned());
        }
        if self.act == Act::Remove {
            lines.push("公开期限已满，依规定不再公开。".to_owned());
        } else {
            lines.push(format!("{base_url}{}", self.path));
        }
        lines.join("\n")
    }
}

/// What has changed. [`lead_to`] adds how to end it.
#[must_use]
pub fn told(told: &Told<'_>, site: &Site) -> Letter {
    let name = one_line(told.name);
    let of = match told.pace {
        Pace::Now => String::new(),
        Pace::Daily => "每天汇总：".to_owned(),
        Pace::Weekly => "每周汇总：".to_owned(),
    };
    let subject = match told.news {
        [one] => format!("{of}{}", one.line()),
        many => format!("{of}“{name}”有 {} 条变化", many.len()),
    };
    let mut paragraphs = vec![format!("您订阅的“{name}”有 {} 条变化。", told.news.len())];
    // the newest first
    paragraphs.extend(told.news.iter().rev().take(LISTED).map(|one| one.paragraph(&site.base_url)));
    if told.news.len() > LISTED {
        let rest = told.news.len() - LISTED;
        paragraphs.push(format!("另有 {rest} 条，请在网站查看：\n{}{}", site.base_url, told.topic.page()));
    }
    Letter { subject, paragraphs, bureau: by(site), ..Letter::default() }
}

/// Adds where the pace is changed and the subscription ended, with the code.
pub fn lead_to(letter: &mut Letter, way: &Way) {
    letter.facts.push((super::CODE.to_owned(), way.code.clone()));
    letter.link = Some(("更改频率或者退订".to_owned(), way.url.clone()));
}

fn by(site: &Site) -> String {
    if site.bureau.is_empty() { site.name.clone() } else { site.bureau.clone() }
}

/// Whether its owner wants it.
#[must_use]
pub fn confirm(way: &Way, topic: &Topic, name: &str, pace: Pace, site: &Site) -> Letter {
    Letter {
        subject: "请确认邮件订阅".to_owned(),
        paragraphs: vec![
            "有人用这个邮箱申请订阅食品安全公开信息。如果是您，请打开下面的链接，按一下“确认订阅”。".to_owned(),
            "不是您申请的，不用做任何事：没有确认就不会发送，48 小时后自动删除。".to_owned(),
        ],
        facts: vec![
            (super::WHAT.to_owned(), super::topic_without_words(topic, name)),
            (super::PACE.to_owned(), super::pace(pace).to_owned()),
            (super::CODE.to_owned(), way.code.clone()),
        ],
        link: Some((super::CONFIRM.to_owned(), way.url.clone())),
        bureau: by(site),
    }
}

/// They follow it already.
#[must_use]
pub fn known(way: &Way, topic: &Topic, name: &str, site: &Site) -> Letter {
    Letter {
        subject: "您已经订阅了这项内容".to_owned(),
        paragraphs: vec![
            "有人用这个邮箱再次申请订阅。您已经订阅，不需要再确认；更改频率或者退订，请打开下面的链接。".to_owned(),
        ],
        facts: vec![
            (super::WHAT.to_owned(), super::topic_without_words(topic, name)),
            (super::CODE.to_owned(), way.code.clone()),
        ],
        link: Some((super::MANAGE.to_owned(), way.url.clone())),
        bureau: by(site),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site { base_url: "https://a.cn".into(), bureau: "云川市市场监督管理局".into(), ..Site::default() }
    }

    fn news(act: Act, title: &str) -> News {
        News {
            act,
            kind: Kind::Penalty,
            title: Some(title.into()),
            source: "云川市市场监督管理局".into(),
            day: "2026-03-01".parse().ok(),
            path: "/penalties/7".into(),
        }
    }

    #[test]
    fn each_change_is_called_what_it_is() {
        let all = [
            news(Act::Publish, "甲案"),
            news(Act::Correct, "乙案\r\nBcc: x@y.cn"),
            news(Act::Withdraw, "丙案"),
            news(Act::Remove, "丁案"),
        ];
        let refs: Vec<&News> = all.iter().collect();
        let topic = Topic::Kind(Kind::Penalty);
        let mut letter = told(&Told { topic: &topic, name: "行政处罚", pace: Pace::Daily, news: &refs }, &site());
        lead_to(&mut letter, &Way { url: "https://a.cn/alerts/manage#ABC".into(), code: "ABC".into() });
        assert_eq!(letter.subject, "每天汇总：“行政处罚”有 4 条变化");
        assert_eq!(
            letter.text(),
            "您订阅的“行政处罚”有 4 条变化。\n\n\
             已期满移除 · 一条行政处罚信息\n公开期限已满，依规定不再公开。\n\n\
             已撤回 · 行政处罚：丙案\n云川市市场监督管理局，2026年3月1日\n发布单位已撤回这条信息，原来的内容不再有效。\n\
             https://a.cn/penalties/7\n\n\
             有更正 · 行政处罚：乙案  Bcc: x@y.cn\n云川市市场监督管理局，2026年3月1日\nhttps://a.cn/penalties/7\n\n\
             新公布 · 行政处罚：甲案\n云川市市场监督管理局，2026年3月1日\nhttps://a.cn/penalties/7\n\n\
             订阅码：ABC\n\n更改频率或者退订：\nhttps://a.cn/alerts/manage#ABC\n\n\
             云川市市场监督管理局\n此邮件由系统发送，请勿直接回复。\n"
        );
        assert!(letter.html().contains("<a href=\"https://a.cn/penalties/7\""));
        let one = [&all[0]];
        let letter = told(&Told { topic: &topic, name: "行政处罚", pace: Pace::Now, news: &one }, &site());
        assert_eq!(letter.subject, "新公布 · 行政处罚：甲案");
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let all: Vec<News> = (0..25).map(|number| news(Act::Publish, &format!("案{number}"))).collect();
        let refs: Vec<&News> = all.iter().collect();
        let topic = Topic::District("青禾区".into());
        let letter = told(&Told { topic: &topic, name: "区县：青禾区", pace: Pace::Weekly, news: &refs }, &site());
        assert_eq!(letter.paragraphs.len(), 22);
        assert!(letter.paragraphs[1].contains("案24"));
        assert_eq!(
            letter.paragraphs[21],
            "另有 5 条，请在网站查看：\nhttps://a.cn/search?district=%E9%9D%92%E7%A6%BE%E5%8C%BA"
        );
    }

    #[test]
    fn nothing_that_somebody_typed_stands_in_a_letter_to_somebody_else() {
        let topic = Topic::search([("q", "加微信领红包")]).unwrap();
        let way = Way { url: "https://a.cn/alerts/confirm#ABC".into(), code: "ABC".into() };
        let name = crate::text::alert::topic(&topic, "");
        assert_eq!(name, "检索：“加微信领红包”");
        for letter in [confirm(&way, &topic, &name, Pace::Now, &site()), known(&way, &topic, &name, &site())] {
            assert!(!letter.text().contains("红包") && !letter.html().contains("红包"));
            assert!(letter.text().contains("https://a.cn/alerts/confirm#ABC"));
        }
    }
}
