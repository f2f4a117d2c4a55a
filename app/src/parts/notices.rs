//! Publications of other kinds than bulletins in lists, and the question whether a recall affects what one holds.

use leptos::prelude::*;

use crate::{
    domain::date::parse_day,
    domain::publication::recall::{Answer, Held},
    parts::Request,
    ports::Notice,
    text::{self, zh},
};

/// Publications, newest first.
#[component]
pub fn NoticeList(
    /// The publications
    notices: Vec<Notice>,
    /// Name each one's kind (lists over several kinds)
    #[prop(default = false)]
    kinds: bool,
) -> impl IntoView {
    let items = notices.into_iter().map(|notice| {
        let Notice { id, content, published_on, .. } = notice;
        let summary = text::publication_summary(&content);
        view! {
            <li class="card notice-line">
                <h3><a href=content.path(id)>{content.title.clone()}</a></h3>
                <p class="meta">
                    {kinds.then(|| view! { <span class="tag">{text::publication_kind(content.kind)}</span> })}
                    <time datetime=published_on.to_string()>{text::day(published_on)}</time>
                    <span>{content.source}</span>
                </p>
                {(!summary.is_empty()).then(|| view! { <p class="note">{summary}</p> })}
            </li>
        }
    });
    view! { <ul class="plain-list">{items.collect_view()}</ul> }.into_any()
}

/// What somebody asked of recalls, as typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words of the product
    pub product: String,
    /// 批号
    pub lot: String,
    /// 生产日期
    pub made_on: String,
}

impl Asked {
    /// Reads the parameters of the form.
    pub fn of(request: &Request) -> Self {
        let get = |name: &str| request.get(name).unwrap_or_default().trim().to_owned();
        Self { product: get("product"), lot: get("lot"), made_on: get("made_on") }
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.product.is_empty() && self.lot.is_empty() && self.made_on.is_empty()
    }

    /// What it says of the package; `None` where the day can't be read.
    pub fn held(&self) -> Option<Held> {
        let lot = Some(self.lot.clone()).filter(|lot| !lot.is_empty());
        if self.made_on.is_empty() {
            return Some(Held { lot, made_on: None });
        }
        parse_day(&self.made_on).map(|day| Held { lot, made_on: Some(day) })
    }
}

/// The form of the question.
#[component]
pub fn CheckForm(
    /// Path of the page that answers
    action: String,
    /// What was typed
    asked: Asked,
    /// Ask for the product too (over all recalls)
    product: bool,
) -> impl IntoView {
    let wrong = asked.held().is_none();
    let day = parse_day(&asked.made_on).map(|day| day.to_string()).unwrap_or_default();
    view! {
        <form class="check-form" action=format!("{action}#check") method="get">
            {product.then(|| view! {
                <div class="field">
                    <label for="check-product">{zh().check_product}</label>
                    <input id="check-product" name="product" value=asked.product maxlength="100" autocomplete="off" />
                </div>
            })}
            <div class="field">
                <label for="check-lot">{zh().check_lot}</label>
                <input id="check-lot" name="lot" value=asked.lot maxlength="100" autocomplete="off" />
            </div>
            <div class="field" class:wrong=wrong>
                <label for="check-day">{zh().check_made_on}</label>
                {wrong.then(|| view! { <p class="error" id="check-day-error">{zh().check_bad_day}</p> })}
                <input
                    id="check-day"
                    name="made_on"
                    type="date"
                    value=day
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=wrong.then_some("check-day-error")
                />
            </div>
            <button class="button">{zh().check_button}</button>
        </form>
    }
    .into_any()
}

/// The answer of one recall.
#[component]
pub fn Answered(
    /// The answer
    answer: Answer,
    /// Which recall, where there are several
    #[prop(optional_no_strip)]
    recall: Option<Notice>,
) -> impl IntoView {
    let (short, advice) = text::recall_answer(answer);
    let (class, shape) = match answer {
        Answer::Affected => ("answer affected", "!"),
        Answer::NotListed => ("answer", "–"),
        Answer::NotKnown => ("answer unknown", "?"),
    };
    let of = recall.map(|recall| {
        view! { <p class="of"><a href=format!("/recalls/{}", recall.id)>{recall.content.title}</a></p> }
    });
    view! {
        <div class=class>
            {of}
            <p class="short"><span class="shape" aria-hidden="true">{shape}</span> <strong>{short}</strong></p>
            <p>{advice}</p>
        </div>
    }
    .into_any()
}
