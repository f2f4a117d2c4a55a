//! Files that officers bring, and look at before they are public.

use app::{
    forms::Filled,
    ports::{Desk as _, DeskError},
};
use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{caller_desk, page_of, refused};
use crate::http::{
    desk::{Caller, DeskState, render::at},
    disposition::download,
    form::{Pairs, UploadLimits, see_other},
};

/// Attachments of one form: ten of 20 MB.
pub const ATTACHMENT_BYTES: usize = 210 << 20;
/// A table: less than 50 MB.
pub const TABLE_BYTES: usize = 52 << 20;

pub async fn attach(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, request: Request) -> Response {
    let limits = UploadLimits { files: 10, file_bytes: 21 << 20, bytes: ATTACHMENT_BYTES };
    let upload = match desk.read_upload(&caller, request, limits).await {
        Ok(upload) => upload,
        Err(response) => return *response,
    };
    let (service, viewer) = caller_desk(&desk, &caller);
    let mut version = upload.pairs.version().unwrap_or(0);
    if upload.files.is_empty() {
        let mut filled = Filled::default();
        filled.refuse("file", app::text::editing::NO_FILE);
        return desk.again(&at(&page_of(id), &caller), filled).await;
    }
    for file in upload.files {
        match service.attach(&viewer, id, version, &file.name, file.bytes).await {
            Ok(_) => version += 1,
            Err(DeskError::File(sentence)) => {
                // those before it are kept
                let mut filled = Filled::default();
                filled.refuse("file", app::text::editing::file_refused(&file.name, &sentence));
                return desk.again(&at(&page_of(id), &caller), filled).await;
            }
            Err(error) => return refused(&desk, &caller, id, Filled::default(), error).await,
        }
    }
    see_other(&page_of(id))
}

pub async fn table(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, request: Request) -> Response {
    let limits = UploadLimits { files: 1, file_bytes: TABLE_BYTES, bytes: TABLE_BYTES };
    let upload = match desk.read_upload(&caller, request, limits).await {
        Ok(upload) => upload,
        Err(response) => return *response,
    };
    let (service, viewer) = caller_desk(&desk, &caller);
    let version = upload.pairs.version().unwrap_or(0);
    let Some(file) = upload.files.into_iter().next() else {
        let mut filled = Filled::default();
        filled.refuse("table_file", app::text::editing::NO_FILE);
        return desk.again(&at(&page_of(id), &caller), filled).await;
    };
    let (reader, by) = (service.clone(), viewer.clone());
    let work = async move { reader.read_table(&by, id, version, &file.name, file.bytes).await };
    match service.read_on(id, work).await {
        Some(Err(DeskError::File(sentence))) => {
            let mut filled = Filled::default();
            filled.refuse("table_file", sentence);
            desk.again(&at(&page_of(id), &caller), filled).await
        }
        Some(Err(error)) => refused(&desk, &caller, id, Filled::default(), error).await,
        Some(Ok(_)) | None => see_other(&format!("{}/table", page_of(id))),
    }
}

pub async fn mapping(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let (service, viewer) = caller_desk(&desk, &caller);
    let rows = pairs.all("sheet").zip(pairs.all("heading")).zip(pairs.all("field"));
    let rows = rows.map(|((sheet, heading), field)| (sheet.to_owned(), heading.to_owned(), field.to_owned()));
    let (reader, by, version, rows) = (service.clone(), viewer.clone(), pairs.version().unwrap_or(0), rows.collect());
    let work = async move { reader.map_table(&by, id, version, rows).await };
    match service.read_on(id, work).await {
        Some(Err(error)) => refused(&desk, &caller, id, Filled::default(), error).await,
        Some(Ok(_)) | None => see_other(&format!("{}/table", page_of(id))),
    }
}

/// An attachment for an officer, public or not. Nothing in it can run: it is a download, or an image drawn anew.
pub async fn attachment(
    State(desk): State<DeskState>,
    Path((id, attachment)): Path<(Uuid, Uuid)>,
    caller: Caller,
) -> Response {
    let found = match desk.web.db.attachment(attachment).await {
        Ok(Some(found)) if found.publication == id => found,
        Ok(_) => return desk.page(&caller, StatusCode::NOT_FOUND, || ()).await,
        Err(error) => return desk.failed_port(&error.into()),
    };
    let folder = desk.web.attachments.clone();
    let bytes = tokio::task::spawn_blocking(move || folder.read(attachment)).await;
    let Ok(Ok(bytes)) = bytes else { return desk.page(&caller, StatusCode::NOT_FOUND, || ()).await };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, download(&found.attachment.name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}
