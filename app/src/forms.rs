//! Forms as people fill them in: what was typed is kept, what is wrong stands beside its field and in a summary on top.
//!
//! A page writes `<ErrorSummary/>`, then `<Form>` with fields and `<Submit>`. The handler of the form's `POST` reads the
//! pairs, and where something is wrong renders the same page with a [`Filled`] in context; after success it answers 303.

mod choices;
mod field;
mod filled;
mod form;
mod summary;
mod text_area;
mod text_field;

pub use choices::{Checkbox, Checkboxes, Choice, Item, Select};
pub use field::{error_id, field_id};
pub use filled::{CSRF_FIELD, Csrf, Filled, VERSION_FIELD};
pub use form::{FileField, Form, Submit};
pub use summary::ErrorSummary;
pub use text_area::TextArea;
pub use text_field::{Kind, TextField};
