//! Registers (登记名册): the list of them, one with search and filters, one entry.

mod entry;
mod find;
mod one;

use leptos::prelude::*;

pub use entry::EntryPage;
pub use one::RegisterPage;

use crate::{
    parts::{Crumb, Description, Frame, portal, refused},
    ports::RegisterLine,
    text::{self, registers as say, zh},
};

const PATH: &str = "/registers";

/// All registers that have entries.
#[component]
pub fn RegistersPage() -> impl IntoView {
    let portal = portal();
    Suspend::new(async move {
        let registers = match portal.registers.registers().await {
            Ok(registers) => registers,
            Err(error) => return refused(&error),
        };
        let is_empty = registers.is_empty();
        view! {
            <Description title=say::TITLE.into() text=say::LEAD.into() path=PATH.into() />
            <Frame crumbs=vec![Crumb::here(say::TITLE)]>
                <h1>{say::TITLE}</h1>
                <p class="lead">{say::LEAD}</p>
                {is_empty.then(|| view! { <p class="card message">{say::NONE}</p> })}
                <ul class="plain-list registers">{registers.into_iter().map(line).collect_view()}</ul>
            </Frame>
        }
        .into_any()
    })
}

fn line(register: RegisterLine) -> AnyView {
    let note = register.note.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    view! {
        <li class="card register-line">
            <h2><a href=format!("{PATH}/{}", register.code)>{register.name}</a></h2>
            <p>{note}</p>
            <p class="meta">
                <span>{say::count(register.entries)}</span>
                <span>{say::AS_OF}<time datetime=register.published_on.to_string()>{text::day(register.published_on)}</time></span>
                <span>{zh().source}{register.source}</span>
            </p>
        </li>
    }
    .into_any()
}
