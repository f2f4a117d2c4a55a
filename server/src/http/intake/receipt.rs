//! The receipt: within the hour with its code, as long as the browser has its token.

use app::{
    domain::intake::Draft,
    pages::intake::{HalfShown, IntakeMessage, ReceiptView},
    text::intake as say,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::provide_context;

use super::{Intake, failed};
use crate::{auth::picture, cases::CaseReceipt};

/// A receipt as pages show it. The picture holds the site's address and the numbers, not the code.
pub fn shown(receipt: CaseReceipt, base_url: &str) -> ReceiptView {
    let numbers: Vec<&str> = receipt.halves.iter().map(|half| half.number.as_str()).collect();
    let picture = picture(&format!("{base_url}/cases/status#{}", numbers.join(",")));
    let half = |half: crate::cases::ReceiptHalf| HalfShown { number: half.number, kind: half.kind, due: half.due };
    let halves = receipt.halves.into_iter().map(half).collect();
    ReceiptView { halves, code: receipt.code, at: receipt.at, picture }
}

pub(super) async fn show(State(intake): State<Intake>, request: Request) -> Response {
    let parts = request.into_parts().0;
    let Some(token) = intake.token(&parts) else { return intake.missing(&parts).await };
    match intake.web.cases.receipt(&token).await {
        Ok(Some(receipt)) => {
            // a crash between the case and its draft leaves what was typed behind
            if let Err(error) = intake.web.cases.change_draft(&token, |draft| *draft = Draft::sent()).await {
                tracing::warn!(%error, "a draft that was sent is not cleared");
            }
            let receipt = shown(receipt, &intake.web.site.borrow().base_url);
            intake.page(&parts, StatusCode::OK, move || provide_context(receipt.clone())).await
        }
        Ok(None) => intake.missing(&parts).await,
        Err(error) => failed(&error),
    }
}

/// 我已保存好.
pub(super) async fn saved(State(intake): State<Intake>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Err(refused) = intake.read(&parts, body).await {
        return *refused;
    }
    if let Ok(Some((token, draft))) = intake.draft(&parts).await
        && draft.is_sent
        && let Err(error) = intake.web.cases.drop_draft(&token).await
    {
        return failed(&error);
    }
    let ways = vec![("/cases/status", say::TO_STATUS), ("/cases/new", say::NEW_ONE)];
    let response = intake.message(&parts, StatusCode::OK, IntakeMessage { words: say::DONE, ways }).await;
    intake.with_cookie(None, response)
}
