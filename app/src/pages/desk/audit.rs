//! Auditors: the audit trail.

use leptos::prelude::*;

use crate::{
    domain::audit::{Deed, Outcome},
    forms::Item,
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{AuditLine, AuditQuery, PortResult},
    text::{self, desk as say, zh},
};

/// Entries a page.
const LINES: u32 = 50;

/// The audit trail with filters.
#[component]
pub fn AuditPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let (query, is_bad) = match AuditQuery::from_pairs(&request.pairs) {
            Ok(query) => (query, false),
            Err(_) => (AuditQuery::default(), true),
        };
        let read = async {
            let people = portal.audit.audit_people().await?;
            PortResult::Ok((people, portal.audit.audit_lines(&query, LINES).await?))
        };
        let (people, page) = match read.await {
            Ok(found) => found,
            Err(error) => return desk_refused(&error),
        };
        let next = page.next.map(|next| request.with("before", Some(&next)));
        view! {
            <DeskFrame title=say::AUDIT crumbs=vec![Crumb::here(say::AUDIT)]>
                <h1>{say::AUDIT}</h1>
                <p class="lead">{say::AUDIT_LEAD}</p>
                {is_bad.then(|| view! { <p class="remark" role="alert">{say::BAD_FILTER}</p> })}
                <Filters query=query people=people />
                <Exports request=request.clone() />
                <Lines lines=page.items />
                {next.map(|href| view! {
                    <nav class="pager" aria-label=zh().pages><a class="button" href=href rel="next">{zh().next_page}</a></nav>
                })}
            </DeskFrame>
        }
        .into_any()
    })
}

#[component]
fn Filters(query: AuditQuery, people: Vec<(String, String)>) -> impl IntoView {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let people =
        people.into_iter().map(|(name, shown)| Item::new(name.clone(), format!("{shown}（{name}）"))).collect();
    let deeds = Deed::ALL.iter().map(|deed| Item::new(deed.code(), say::deed(*deed))).collect();
    let outcomes = Outcome::ALL.iter().map(|outcome| Item::new(outcome.code(), say::outcome(*outcome))).collect();
    view! {
        <form action="/desk/audit" class="audit-filters card" role="search">
            <Pick name="staff" label=say::WHO items=people chosen=query.staff.unwrap_or_default() />
            <Pick name="deed" label=say::DEED items=deeds chosen=query.deed.map(Deed::code).unwrap_or_default().to_owned() />
            <Pick name="outcome" label=say::OUTCOME items=outcomes chosen=query.outcome.map(Outcome::code).unwrap_or_default().to_owned() />
            <label>{say::OBJECT}<input name="object" value=query.object.unwrap_or_default() autocomplete="off" /></label>
            <label>{say::FROM}<input type="date" name="from" value=day(query.from) /></label>
            <label>{say::TO}<input type="date" name="to" value=day(query.to) /></label>
            <p class="buttons"><button class="button">{say::FILTER}</button><a href="/desk/audit">{say::NO_FILTER}</a></p>
        </form>
    }
}

#[component]
fn Pick(name: &'static str, label: &'static str, items: Vec<Item>, chosen: String) -> impl IntoView {
    let options = items.into_iter().map(|item| {
        let is = item.value == chosen;
        view! { <option value=item.value selected=is>{item.label}</option> }
    });
    view! {
        <label>{label}<select name=name><option value="">{say::ANY}</option>{options.collect_view()}</select></label>
    }
}

#[component]
fn Exports(request: Request) -> impl IntoView {
    let query = request.with("before", None);
    let query = query.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
    view! {
        <p class="buttons">
            <a class="button quiet" href=format!("/desk/audit/export.csv{query}") download>{say::EXPORT_CSV}</a>
            <a class="button quiet" href=format!("/desk/audit/export.jsonl{query}") download>{say::EXPORT_JSON}</a>
        </p>
        <p class="note">{say::EXPORT_NOTE}</p>
    }
}

#[component]
fn Lines(lines: Vec<AuditLine>) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p>{say::NO_ENTRIES}</p> }.into_any();
    }
    let heads =
        [say::WHEN, say::WHO, say::DEED, say::OBJECT_SHORT, say::OUTCOME, say::ADDRESS, say::DETAIL, say::PLACE]
            .map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=say::AUDIT>
            <table class="audit">
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines.into_iter().map(|line| view! { <Line line=line /> }).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(line: AuditLine) -> impl IntoView {
    let object = line.kind.map(|kind| format!("{} {}", say::object_kind(&kind), line.object.unwrap_or_default()));
    let class = if line.outcome == Outcome::Ok.code() { "" } else { "bad" };
    view! {
        <tr>
            <th scope="row" data-label=say::WHEN><time datetime=line.at.to_rfc3339()>{text::moment(line.at)}</time></th>
            {cell(say::WHO, say::who(line.staff, line.address.is_some()))}
            {cell(say::DEED, say::deed_of(&line.deed))}
            {cell(say::OBJECT_SHORT, object.unwrap_or_default())}
            <td data-label=say::OUTCOME><span class=class>{say::outcome_of(&line.outcome)}</span></td>
            {cell(say::ADDRESS, line.address.unwrap_or_default())}
            {cell(say::DETAIL, say::detail(&line.detail))}
            {cell(say::PLACE, line.place.to_string())}
        </tr>
    }
}

/// A cell; without a label where there is nothing to say, so that a card on a phone leaves it out.
fn cell(label: &'static str, text: String) -> AnyView {
    if text.is_empty() {
        return view! { <td class="empty"></td> }.into_any();
    }
    view! { <td data-label=label><span>{text}</span></td> }.into_any()
}
