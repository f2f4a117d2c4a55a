//! The built front as pages name it.

use leptos::prelude::*;

/// Addresses of the built front. Empty where it was not built: pages then work without.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet
    pub css: String,
    /// What forms of several pages add to it
    pub forms_css: String,
    /// What the desk adds to it
    pub desk_css: String,
    /// The script of the islands
    pub js: String,
    /// Their WebAssembly
    pub wasm: String,
    /// The player of kitchens
    pub kitchen: String,
    /// The map of places and who is near
    pub places: String,
    /// `MapLibre`, which that loads on press: script, worker, style; empty where npm was not there at build time
    pub map: [String; 3],
    /// hls.js, which the player loads on press; empty where it was not there at build time
    pub hls: String,
}

/// The one inline script: loads the islands and starts each. Constant for a build, so that its hash stands in the
/// content-security policy and pages can be cached.
#[must_use]
pub fn bootstrap_script(assets: &Assets) -> String {
    let Assets { js, wasm, .. } = assets;
    format!(
        "import(\"{js}\").then(m=>m.default({{module_or_path:\"{wasm}\"}}).then(()=>{{m.hydrate();\
         for(const e of document.querySelectorAll(\"leptos-island\")){{const f=m[e.dataset.component];f&&f(e)}}}}))"
    )
}

/// Links stylesheets beside the one of every page.
pub(crate) fn sheets(chosen: impl FnOnce(&Assets) -> Vec<String>) -> impl IntoView {
    let hrefs = chosen(&expect_context::<Assets>()).into_iter().filter(|href| !href.is_empty());
    hrefs.map(|href| view! { <link rel="stylesheet" href=href /> }).collect_view()
}

/// Loads the islands; stands on pages that have one.
#[component]
pub fn Scripts() -> impl IntoView {
    let assets = expect_context::<Assets>();
    (!assets.js.is_empty()).then(|| {
        view! {
            <link rel="modulepreload" href=assets.js.clone() />
            <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
            <script type="module" inner_html=bootstrap_script(&assets)></script>
        }
    })
}
