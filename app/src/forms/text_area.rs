//! Several lines of text. The one place that writes `<textarea`: Leptos 0.8 does not escape what stands in it.

use leptos::prelude::*;

use super::{
    Filled,
    field::{Around, field_id},
};

/// Rows when nothing is said.
const ROWS: u32 = 8;

/// A field of several lines.
#[component]
pub fn TextArea(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What it asks for
    #[prop(into)]
    label: String,
    /// How to answer
    #[prop(optional, into)]
    hint: String,
    /// What is stored, shown on the first visit
    #[prop(optional, into)]
    value: String,
    /// May be left empty
    #[prop(optional)]
    optional: bool,
    /// Lines shown
    #[prop(default = ROWS)]
    rows: u32,
    /// Characters at most
    #[prop(optional)]
    maxlength: Option<u32>,
) -> impl IntoView {
    let around = Around::new(&name, label, hint, optional);
    let content = escaped(&Filled::current().shown(&name, &value));
    around.one(view! {
        <textarea
            id=field_id(&name)
            name=name.clone()
            rows=rows.to_string()
            maxlength=maxlength.map(|most| most.to_string())
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
            inner_html=content
        ></textarea>
    })
}

/// As content of a `<textarea>`: nothing in it ends the element, and its first line break is not swallowed
/// (HTML standard 13.1.2.5).
fn escaped(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_file_writes_one() {
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if std::fs::read_to_string(&path).unwrap().contains("<textarea") {
                    found.push(path.file_name().unwrap().to_owned());
                }
            }
        }
        assert_eq!(found, ["text_area.rs"]);
    }

    #[test]
    fn nothing_typed_can_end_it() {
        let typed = "\n第一行</textarea><script>alert(1)</script>&amp;";
        let owner = Owner::new();
        let html = owner.with(|| {
            provide_context(Filled::of(&[("body".to_owned(), typed.to_owned())]));
            view! { <TextArea name="body" label="正文" /> }.to_html()
        });
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1);
        let content = "\n\n第一行&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</textarea>";
        assert!(html.contains(content), "{html}");
    }
}
