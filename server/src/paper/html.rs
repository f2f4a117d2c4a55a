//! The same paper for a browser, which prints it where the server has no font.

use std::fmt::Write;

use app::text::document as say;

use super::document::{Block, Document};
use crate::qr::Qr;

/// What the pages of [`html`] look like; served as a file of its own, since pages take no styles inside.
pub const CSS: &str = include_str!("paper.css");

/// A whole page. `stylesheet` is the address of [`CSS`].
#[must_use]
pub fn html(document: &Document, stylesheet: &str) -> String {
    let (title, authority) = (escaped(&document.title), escaped(&document.authority));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><link rel=\"stylesheet\" href=\"{}\"></head>\n<body>\n\
         <main class=\"paper\">\n<p class=\"authority\">{authority}</p>\n<h1>{title}</h1>\n",
        escaped(stylesheet)
    );
    let mut in_table = false;
    for block in &document.blocks {
        let is_row = matches!(block, Block::Row(_));
        if is_row != in_table {
            page.push_str(if is_row { "<table>\n" } else { "</table>\n" });
            in_table = is_row;
        }
        push(&mut page, block);
    }
    if in_table {
        page.push_str("</table>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn push(page: &mut String, block: &Block) {
    // a String takes whatever is written
    let _ = match block {
        Block::Centred(text) => writeln!(page, "<p class=\"centred\">{}</p>", escaped(text)),
        Block::Right(text) => writeln!(page, "<p class=\"right\">{}</p>", escaped(text)),
        Block::Flush(text) => writeln!(page, "<p class=\"flush\">{}</p>", escaped(text)),
        Block::Subhead(text) => writeln!(page, "<h2>{}</h2>", escaped(text)),
        Block::Paragraph(text) => writeln!(page, "<p>{}</p>", escaped(text)),
        Block::Row(cells) => writeln!(page, "<tr>{}</tr>", row(cells)),
        Block::Closing { authority, date } => writeln!(
            page,
            "<div class=\"closing\"><p>{}</p><p>{}</p><p>{}</p></div>",
            escaped(authority),
            escaped(date),
            say::SEAL
        ),
        Block::Signatures(names) => {
            let line = |name: &String| {
                format!("<p><span>{}{}</span><span>{}</span></p>", escaped(name), say::SIGN_HERE, say::SIGN_DATE)
            };
            writeln!(page, "<div class=\"signatures\">{}</div>", names.iter().map(line).collect::<String>())
        }
        Block::Code(text) => match Qr::new(text) {
            Some(code) => writeln!(
                page,
                "<figure><svg viewBox=\"0 0 {0} {0}\" role=\"img\" aria-label=\"{1}\"><path d=\"{2}\"/></svg>\
                 <figcaption>{1}</figcaption></figure>",
                code.side,
                say::SCAN,
                code.path()
            ),
            None => Ok(()),
        },
        Block::Gap => writeln!(page, "<p class=\"gap\"></p>"),
    };
}

fn row(cells: &[String]) -> String {
    let wide = if cells.len() == 2 { " colspan=\"3\"" } else { "" };
    let cell = |(at, text): (usize, &String)| {
        let lines: Vec<String> = text.lines().map(escaped).collect();
        let text = lines.join("<br>");
        match (at % 2, text.is_empty()) {
            (0, _) => format!("<th scope=\"row\">{text}</th>"),
            (_, true) => format!("<td class=\"hand\"{wide}></td>"),
            (_, false) => format!("<td{wide}>{text}</td>"),
        }
    };
    cells.iter().enumerate().map(cell).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
