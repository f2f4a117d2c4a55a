//! Layers (optional content): which of them are switched off when the document is opened.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::clean::catalog;
use super::{dictionary, follow, get, name};

/// The layers that are off.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: BTreeSet<ObjectId>,
}

impl Layers {
    pub(super) fn read(document: &Document) -> Self {
        let properties = catalog(document).and_then(|catalog| dictionary(document, catalog, b"OCProperties"));
        let Some(properties) = properties else { return Self::default() };
        let Some(settings) = dictionary(document, properties, b"D") else { return Self::default() };
        let ids = |of: &Dictionary, key: &[u8]| -> BTreeSet<ObjectId> {
            let list = get(document, of, key).and_then(|list| list.as_array().ok());
            list.into_iter().flatten().filter_map(|item| item.as_reference().ok()).collect()
        };
        let mut off = ids(settings, b"OFF");
        if name(document, settings, b"BaseState") == Some(b"OFF") {
            off.extend(ids(properties, b"OCGs"));
            let on = ids(settings, b"ON");
            off.retain(|id| !on.contains(id));
        }
        Self { off }
    }

    /// Whether what belongs to this layer, or set of layers, is not shown.
    pub(super) fn hides(&self, document: &Document, layer: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if layer.as_reference().is_ok_and(|id| self.off.contains(&id)) {
            return true;
        }
        let Ok(set) = follow(document, layer).as_dict() else { return false };
        match set.get(b"OCGs") {
            Ok(Object::Reference(id)) if self.off.contains(id) => true,
            Ok(list) => {
                let list = follow(document, list).as_array().map(Vec::as_slice).unwrap_or_default();
                let is_off = |item: &Object| item.as_reference().is_ok_and(|id| self.off.contains(&id));
                !list.is_empty() && list.iter().all(is_off)
            }
            Err(_) => false,
        }
    }
}
