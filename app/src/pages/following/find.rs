//! Number and query code are asked for.

use leptos::prelude::*;

use super::{Around, STATUS};
use crate::{
    assets::Scripts,
    forms::{ErrorSummary, Form, Kind as Input, Submit, TextField, field_id},
    islands::NumberFromAddress,
    text::follow as say,
};

/// The form.
#[component]
pub fn FindPage() -> impl IntoView {
    view! {
        <Around title=say::TITLE>
            <ErrorSummary />
            <h1>{say::TITLE}</h1>
            <p class="lead">{say::LEAD}</p>
            <Form action=STATUS>
                <TextField name="number" label=say::NUMBER hint=say::NUMBER_HINT maxlength=40 />
                <TextField name="code" label=say::CODE hint=say::CODE_HINT kind=Input::Code maxlength=60 />
                <div class="buttons"><Submit label=say::LOOK name="do" value="look" /></div>
            </Form>
            <p class="note">{say::LOST}</p>
            <p class="note">{say::ALSO}</p>
            <NumberFromAddress field=field_id("number") />
        </Around>
        <Scripts />
    }
    .into_any()
}
