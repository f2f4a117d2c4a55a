//! Forms with files (`multipart/form-data`), read into memory with a limit for each file and for all.

use app::forms::CSRF_FIELD;
use axum::extract::{FromRequest, Multipart, Request};

use super::{FormRefusal, Pairs};

/// How much is taken.
#[derive(Clone, Copy, Debug)]
pub struct UploadLimits {
    /// Files at most
    pub files: usize,
    /// Bytes of one file
    pub file_bytes: usize,
    /// Bytes of everything
    pub bytes: usize,
}

/// A file as it was sent. Its name and kind are only what the client says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadedFile {
    /// Field of the form
    pub field: String,
    /// Name on the client's machine, without folders
    pub name: String,
    /// Content
    pub bytes: Vec<u8>,
}

/// A form with files.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// Fields
    pub pairs: Pairs,
    /// Files that were chosen
    pub files: Vec<UploadedFile>,
}

/// Reads an upload. The token must come before any file: `is_csrf` decides about it, and nothing is read before.
///
/// # Errors
/// [`FormRefusal`].
pub async fn read_upload(
    request: Request,
    limits: UploadLimits,
    is_csrf: impl Fn(&str) -> bool,
) -> Result<Upload, FormRefusal> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| FormRefusal::Unreadable)?;
    let (mut upload, mut left, mut is_ours) = (Upload::default(), limits.bytes, false);
    loop {
        // axum's own limit stands at 2 MB unless the route lifts it: `Desk::upload` does
        let Some(mut field) = parts.next_field().await.map_err(refusal)? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        if file.is_some() && !is_ours {
            return Err(FormRefusal::Foreign);
        }
        let most = if file.is_some() { limits.file_bytes.min(left) } else { left };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(refusal)? {
            if bytes.len() + chunk.len() > most {
                return Err(FormRefusal::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        left -= bytes.len();
        match file {
            // a file field that was left empty
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => {
                if upload.files.len() == limits.files {
                    return Err(FormRefusal::TooLarge);
                }
                let file = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                upload.files.push(UploadedFile { field: name, name: file, bytes });
            }
            None => {
                let value = String::from_utf8(bytes).map_err(|_| FormRefusal::Unreadable)?;
                is_ours |= name == CSRF_FIELD && is_csrf(&value);
                upload.pairs.0.push((name, value.replace("\r\n", "\n").replace('\0', "")));
            }
        }
    }
    if is_ours { Ok(upload) } else { Err(FormRefusal::Foreign) }
}

fn refusal(error: axum::extract::multipart::MultipartError) -> FormRefusal {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        FormRefusal::TooLarge
    } else {
        FormRefusal::Unreadable
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const LIMITS: UploadLimits = UploadLimits { files: 2, file_bytes: 10, bytes: 40 };

    fn form(parts: &[(&str, Option<&str>, &str)]) -> Request {
        let mut body = String::new();
        for (name, file, content) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
            body += &[head.as_str(), content, "\r\n"].concat();
        }
        body.push_str("--x--\r\n");
        Request::builder().header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap()
    }

    async fn read(parts: &[(&str, Option<&str>, &str)]) -> Result<Upload, FormRefusal> {
        read_upload(form(parts), LIMITS, |token| token == "good").await
    }

    #[tokio::test]
    async fn files_are_taken_after_the_token_and_bounded() {
        let upload = read(&[("csrf", None, "good"), ("f", Some("C:\\x\\a.pdf"), "12345"), ("g", Some(""), "")]).await;
        let upload = upload.unwrap();
        assert_eq!((upload.files.len(), upload.files[0].name.as_str(), upload.files[0].bytes.len()), (1, "a.pdf", 5));
        for (parts, refusal) in [
            (vec![("csrf", None, "bad"), ("f", Some("a"), "1")], FormRefusal::Foreign),
            (vec![("f", Some("a"), "1"), ("csrf", None, "good")], FormRefusal::Foreign),
            (vec![("a", None, "1")], FormRefusal::Foreign),
            (vec![("csrf", None, "good"), ("f", Some("a"), "12345678901")], FormRefusal::TooLarge),
            (
                vec![("csrf", None, "good"), ("a", None, "1234567890123456789012345678901234567890")],
                FormRefusal::TooLarge,
            ),
            (
                vec![("csrf", None, "good"), ("f", Some("a"), "1"), ("f", Some("b"), "1"), ("f", Some("c"), "1")],
                FormRefusal::TooLarge,
            ),
        ] {
            assert_eq!(read(&parts).await.unwrap_err(), refusal, "{parts:?}");
        }
        let cut = Request::builder().header("content-type", "multipart/form-data; boundary=x");
        let cut = cut.body(Body::from("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ngo")).unwrap();
        assert_eq!(read_upload(cut, LIMITS, |_| true).await.unwrap_err(), FormRefusal::Unreadable);
    }
}
