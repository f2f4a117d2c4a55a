//! Items to pages: what belongs together goes to the next page together.

use super::{Item, LEFT, Mark, TEXT_HEIGHT, TEXT_WIDTH};

/// Items with their upper edges below the upper edge of the text.
#[derive(Default)]
pub(in crate::paper) struct Page {
    pub items: Vec<(f32, Item)>,
    /// Rules that close the frame of a table which goes on
    pub rules: Vec<f32>,
}

/// Parts items into pages. A group of kept items that is higher than half a page may be parted.
pub(in crate::paper) fn paginate(items: Vec<Item>) -> Vec<Page> {
    let (mut pages, mut page, mut y) = (Vec::new(), Page::default(), 0.0);
    let mut rest = items.into_iter().peekable();
    while rest.peek().is_some() {
        let mut group: Vec<Item> = Vec::new();
        let mut height = 0.0;
        for item in rest.by_ref() {
            height += item.height;
            let ends = !item.keep || height > TEXT_HEIGHT / 2.0;
            group.push(item);
            if ends {
                break;
            }
        }
        if y + height > TEXT_HEIGHT && !page.items.is_empty() {
            pages.push(std::mem::take(&mut page));
            y = 0.0;
        }
        for item in group {
            // space at the top of a page is none
            if y == 0.0 && item.marks.is_empty() && !pages.is_empty() {
                continue;
            }
            let height = item.height;
            page.items.push((y, item));
            y += height;
        }
    }
    if !page.items.is_empty() {
        pages.push(page);
    }
    for page in &mut pages {
        close_frames(page);
    }
    pages
}

fn close_frames(page: &mut Page) {
    let ends =
        [page.items.first().map(|(y, item)| (*y, item)), page.items.last().map(|(y, item)| (*y + item.height, item))];
    page.rules = ends.into_iter().flatten().filter(|(_, item)| item.framed).map(|(y, _)| y).collect();
}

impl Page {
    /// Everything on it, with the upper edge of its item.
    pub fn marks(&self) -> impl Iterator<Item = (f32, &Mark)> {
        self.items.iter().flat_map(|(y, item)| item.marks.iter().map(|mark| (*y, mark)))
    }

    /// Ends of a closing rule.
    pub fn closing_rules(&self) -> impl Iterator<Item = [f32; 4]> {
        self.rules.iter().map(|y| [LEFT, *y, LEFT + TEXT_WIDTH, *y])
    }
}
