//! What became of a failed sample: the closed loop (闭环) from sampling to the outcome, as far as it is public.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    domain::{publication::Kind, sample::Verdict},
    parts::NoticeList,
    ports::{Notice, Sample},
    text::{self, zh},
};

/// Words of a remark that tell of an objection or a second test (domain 3.7).
const OBJECTIONS: [&str; 4] = ["异议", "复检", "复验", "假冒"];
/// Words that tell that it is not over.
const OPEN: [&str; 5] = ["处理中", "正在", "办理中", "复检中", "核实中"];

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Done,
    Now,
    NotYet,
}

/// A step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub name: &'static str,
    pub state: State,
    pub day: Option<NaiveDate>,
    pub text: String,
    pub link: Option<(String, String)>,
}

/// The steps of a failed sample. Nothing is invented: what no public source says is not yet.
pub(super) fn steps(sample: &Sample, notices: &[Notice]) -> [Step; 6] {
    let printed = &sample.printed;
    let disposals: Vec<&Notice> = notices.iter().filter(|notice| notice.content.kind == Kind::Disposal).collect();
    let settled = disposals.iter().find(|one| !matches!(one.content.field("outcome"), "" | "in_progress"));
    // lists are newest first: the oldest began it
    let begun = disposals.last();
    let link = |notice: &Notice| (format!("/disposals/{}", notice.id), notice.content.title.clone());
    let step = |name, state| Step { name, state, day: None, text: String::new(), link: None };
    let sampled = Step {
        day: printed.sampled_on,
        text: if printed.sampled_on.is_none() { zh().step_day_unknown.into() } else { String::new() },
        ..step(zh().step_sampled, State::Done)
    };
    let laboratory = printed.laboratory.as_deref().unwrap_or_default();
    let tested = Step {
        text: format!("{} {laboratory}", text::verdict(printed.verdict)).trim_end().to_owned(),
        ..step(zh().step_tested, State::Done)
    };
    let published = Step {
        day: Some(sample.bulletin.published_on),
        link: Some((format!("/bulletins/{}", sample.bulletin.id), sample.bulletin.title.clone())),
        ..step(zh().step_published, State::Done)
    };
    let disposal = match (settled, begun) {
        (Some(_), Some(begun)) => {
            Step { day: Some(begun.published_on), link: Some(link(begun)), ..step(zh().step_disposal, State::Done) }
        }
        (None, Some(begun)) => {
            Step { day: Some(begun.published_on), link: Some(link(begun)), ..step(zh().step_disposal, State::Now) }
        }
        _ => Step { text: zh().step_not_yet.into(), ..step(zh().step_disposal, State::NotYet) },
    };
    let outcome = match settled {
        Some(notice) => Step {
            day: notice.content.day("completed_on"),
            text: text::choice("outcome", notice.content.field("outcome")).to_owned(),
            link: Some(link(notice)),
            ..step(zh().step_settled, State::Done)
        },
        None => Step { text: zh().step_not_yet.into(), ..step(zh().step_settled, State::NotYet) },
    };
    [sampled, tested, objection(printed.remark.as_deref()), published, disposal, outcome]
}

fn objection(remark: Option<&str>) -> Step {
    let name = zh().step_objection;
    let told = remark.filter(|remark| OBJECTIONS.iter().any(|word| remark.contains(word)));
    match told {
        Some(remark) => {
            let state = if OPEN.iter().any(|word| remark.contains(word)) { State::Now } else { State::Done };
            Step { name, state, day: None, text: remark.to_owned(), link: None }
        }
        None => Step { name, state: State::NotYet, day: None, text: zh().step_no_objection.into(), link: None },
    }
}

/// The way of a sample: of a failed one in steps, of another in one line.
#[component]
pub fn Progress(
    /// The sample
    sample: Sample,
    /// Publications linked to it, newest first
    notices: Vec<Notice>,
) -> impl IntoView {
    let failed = sample.printed.verdict == Some(Verdict::Failed);
    if !failed && notices.is_empty() {
        let passed = sample.printed.verdict == Some(Verdict::Passed);
        let line = text::short_progress(sample.printed.sampled_on, sample.bulletin.published_on);
        return passed.then(|| view! { <p class="note">{line}</p> }).into_any();
    }
    let steps = failed.then(|| steps(&sample, &notices).into_iter().map(shown).collect_view());
    let others: Vec<Notice> =
        notices.into_iter().filter(|notice| notice.content.kind != Kind::Disposal || !failed).collect();
    view! {
        {steps.map(|steps| view! {
            <section aria-labelledby="progress">
                <h2 id="progress">{zh().progress}</h2>
                <ol class="timeline">{steps}</ol>
                <p class="note">{zh().progress_note}</p>
            </section>
        })}
        {(!others.is_empty()).then(|| view! {
            <section aria-labelledby="linked">
                <h2 id="linked">{zh().linked_notices}</h2>
                <NoticeList notices=others kinds=true />
            </section>
        })}
    }
    .into_any()
}

fn shown(step: Step) -> impl IntoView {
    let (class, shape, state) = match step.state {
        State::Done => ("done", "✓", zh().state_done),
        State::Now => ("now", "…", zh().state_now),
        State::NotYet => ("not-yet", "○", zh().state_not_yet),
    };
    let day = step.day.map(|day| view! { <time datetime=day.to_string()>{text::day(day)}</time> });
    view! {
        <li class=class>
            <span class="shape" aria-hidden="true">{shape}</span>
            <div>
                <p class="what"><strong>{step.name}</strong> <span class="sr-only">{state}</span> {day}</p>
                {(!step.text.is_empty()).then(|| view! { <p>{step.text}</p> })}
                {step.link.map(|(href, title)| view! { <p><a href=href>{title}</a></p> })}
            </div>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::{publication::content::Content, sample::SampleDraft},
        ports::BulletinRef,
    };

    fn sample(remark: Option<&str>) -> Sample {
        let published_on = "2026-03-01".parse().unwrap();
        Sample {
            id: Uuid::from_u128(1),
            bulletin: BulletinRef {
                id: Uuid::from_u128(2), title: "公告".into(), published_on, source: String::new()
            },
            ordinal: 1,
            producer_id: None,
            seller_id: None,
            printed: SampleDraft {
                product: "大米".into(),
                verdict: Some(Verdict::Failed),
                remark: remark.map(str::to_owned),
                ..SampleDraft::default()
            },
        }
    }

    fn disposal(number: u128, outcome: &str, on: &str) -> Notice {
        let mut content = Content::new(Kind::Disposal);
        content.fill([("outcome", outcome), ("completed_on", on), ("title", "核查处置")]);
        Notice {
            id: Uuid::from_u128(number),
            content,
            published_on: "2026-04-01".parse().unwrap(),
            updated_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    fn states(sample: &Sample, notices: &[Notice]) -> String {
        let sign = |step: Step| match step.state {
            State::Done => 'x',
            State::Now => '>',
            State::NotYet => '.',
        };
        steps(sample, notices).into_iter().map(sign).collect()
    }

    #[test]
    fn only_what_is_public_is_done() {
        assert_eq!(states(&sample(None), &[]), "xx.x..");
        assert_eq!(states(&sample(Some("经营单位已停止销售")), &[]), "xx.x..");
        assert_eq!(states(&sample(Some("生产企业提出异议，处理中")), &[]), "xx>x..");
        assert_eq!(states(&sample(Some("复检结论维持初检结论")), &[disposal(3, "in_progress", "")]), "xxxx>.");
        let both = [disposal(4, "punished", "2026-05-01"), disposal(3, "in_progress", "")];
        assert_eq!(states(&sample(None), &both), "xx.xxx");
        let last = steps(&sample(None), &both)[5].clone();
        assert_eq!(last.day, "2026-05-01".parse().ok());
        assert_eq!(last.link.map(|link| link.0), Some(format!("/disposals/{}", Uuid::from_u128(4))));
    }
}
