//! Operators: corrected, merged, doubts decided.

use app::{
    domain::{
        operator::{OperatorKind, is_named},
        place::Point,
        staff::Permission,
    },
    ports::{OperatorError, PortError},
    text::operator as say,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;

use super::{Access, Caller, Desk, DeskState, render::at};
use crate::{
    http::form::{Pairs, see_other},
    store::OperatorEdit,
};

const WRITE: Access = Access::Needs(Permission::Write);
const LIST: &str = "/desk/operators";
/// Longest line.
const LONGEST: usize = 200;
/// Most other names.
const MOST_ALIASES: usize = 10;

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk/operators", WRITE)
        .page("/desk/operators/{id}", WRITE)
        .post("/desk/operators/{id}", WRITE, save)
        .post("/desk/operators/{id}/merge", WRITE, merge)
        .post("/desk/operators/{id}/undo", WRITE, undo)
        .post("/desk/operators/{id}/doubt", WRITE, decide)
}

fn page(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// What was typed, or the field and what is wrong with it.
fn read(pairs: &Pairs) -> Result<OperatorEdit, (&'static str, &'static str)> {
    let line = |name: &'static str| {
        let text = pairs.text(name);
        if text.chars().count() > LONGEST { return Err((name, say::TOO_LONG)) }
        Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
    };
    let kind = match pairs.text("kind") {
        "" => None,
        code => Some(OperatorKind::from_code(code).ok_or(("kind", say::BAD_KIND))?),
    };
    let point = match pairs.text("point") {
        "" => None,
        text => Some(point(text).ok_or(("point", say::BAD_POINT))?),
    };
    let mut aliases: Vec<String> = Vec::new();
    for alias in pairs.text("aliases").lines().map(str::trim).filter(|alias| is_named(alias)) {
        if alias.chars().count() > LONGEST || aliases.len() == MOST_ALIASES {
            return Err(("aliases", say::TOO_MANY_ALIASES));
        }
        if !aliases.iter().any(|known| known == alias) {
            aliases.push(alias.to_owned());
        }
    }
    let upper = |text: Option<String>| text.map(|text| text.to_uppercase());
    Ok(OperatorEdit {
        kind,
        district: line("district")?,
        address: line("address")?,
        point,
        uscc: upper(line("uscc")?),
        licence: upper(line("licence")?),
        aliases,
    })
}

/// `31.75, 119.95`: latitude, then longitude, in degrees.
fn point(text: &str) -> Option<Point> {
    let (lat, lon) = text.split_once([',', '，', ' '])?;
    Point::from_degrees(lat.trim().parse().ok()?, lon.trim_matches([',', '，', ' ']).parse().ok()?)
}

async fn save(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let Some(viewer) = caller.viewer() else { return see_other(LIST) };
    let edit = match read(&pairs) {
        Ok(edit) => edit,
        Err((field, sentence)) => {
            let mut filled = pairs.filled();
            filled.refuse(field, sentence);
            return desk.again(&caller, filled).await;
        }
    };
    let service = desk.web.operators.called_by(&caller.who);
    match service.edit(&viewer, id, pairs.version().unwrap_or(0), &edit).await {
        Ok(()) => see_other(&page(id)),
        Err(error) => refused(&desk, &caller, &pairs, "kind", error).await,
    }
}

/// The id in what was typed: an id, or the address of a page.
fn named(text: &str) -> Option<Uuid> {
    let last = text.trim().split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
    Uuid::try_parse(last).ok()
}

async fn merge(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let Some(viewer) = caller.viewer() else { return see_other(LIST) };
    let here = at(&page(id), &caller);
    let Some(into) = named(pairs.text("into")) else {
        let mut filled = pairs.filled();
        filled.refuse("into", say::BAD_INTO);
        return desk.again(&here, filled).await;
    };
    let service = desk.web.operators.called_by(&caller.who);
    match service.merge(&viewer, id, pairs.version().unwrap_or(0), into).await {
        Ok(kept) => see_other(&page(kept)),
        Err(error) => refused(&desk, &here, &pairs, "into", error).await,
    }
}

async fn undo(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let Some(viewer) = caller.viewer() else { return see_other(LIST) };
    let service = desk.web.operators.called_by(&caller.who);
    match service.undo(&viewer, id, pairs.version().unwrap_or(0)).await {
        Ok(_) => see_other(&page(id)),
        Err(error) => refused(&desk, &at(&page(id), &caller), &pairs, "into", error).await,
    }
}

async fn decide(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let Some(viewer) = caller.viewer() else { return see_other(LIST) };
    let is_same = match pairs.text("do") {
        "same" => Some(true),
        "different" => Some(false),
        _ => None,
    };
    let back = if pairs.text("from") == "list" { LIST.to_owned() } else { page(id) };
    let (Some(other), Some(is_same)) = (named(pairs.text("other")), is_same) else {
        return desk.page(&at(&back, &caller), StatusCode::UNPROCESSABLE_ENTITY, || ()).await;
    };
    let service = desk.web.operators.called_by(&caller.who);
    match service.decide(&viewer, (id, other), is_same).await {
        Ok(()) => see_other(&back),
        Err(error) => refused(&desk, &at(&back, &caller), &pairs, "other", error).await,
    }
}

async fn refused(desk: &DeskState, caller: &Caller, pairs: &Pairs, field: &'static str, error: OperatorError) -> Response {
    let mut filled = pairs.filled();
    match error {
        OperatorError::Port(PortError::NotFound) => return desk.page(caller, StatusCode::NOT_FOUND, || ()).await,
        OperatorError::Port(error) => return desk.failed_port(&error),
        OperatorError::Unknown if field == "into" => filled.refuse(field, say::UNKNOWN),
        OperatorError::Itself => filled.refuse("into", say::ITSELF),
        other => filled.refuse_all(say::refusal(&other)),
    }
    desk.again(caller, filled).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_pages_are_read_as_people_write_them() {
        let there = Point { lat_e6: 31_750_000, lon_e6: 119_950_000 };
        for text in ["31.75,119.95", "31.75, 119.95", "31.75，119.95", "31.75 119.95", " 31.75 , 119.95"] {
            assert_eq!(point(text.trim()), Some(there), "{text}");
        }
        for text in ["119.95,31.75,1", "119.95, 31.75", "nan,1", "31.75", "a,b", ","] {
            assert_eq!(point(text), None, "{text}");
        }
        let id = Uuid::from_u128(7);
        for text in [format!("{id}"), format!("https://a.example/operators/{id}?show=sample#x"), format!(" /operators/{id}/ ")] {
            assert_eq!(named(&text), Some(id), "{text}");
        }
        assert_eq!(named("海棠"), None);
    }
}
