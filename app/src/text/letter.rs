//! Letters: one plain form for all of them, as text and as HTML; and what an administrator reads about them.

use serde::{Deserialize, Serialize};

use crate::domain::mail::AddressFault;

/// Last line of each letter.
pub const BY_SYSTEM: &str = "此邮件由系统发送，请勿直接回复。";
/// Colours of the sheet by daylight stand in the elements; these are for the night.
const NIGHT: &str = ":root{color-scheme:light dark}@media (prefers-color-scheme:dark){\
    body,td,th,p,h1{background:#16181c!important;color:#e8eaed!important}a{color:#8ab4f8!important}}";
const BODY: &str = "margin:0;padding:24px 16px;background:#ffffff;color:#1f2328;font:16px/1.7 -apple-system,\
    'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

/// What a letter says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Subject, one line
    pub subject: String,
    /// Paragraphs
    pub paragraphs: Vec<String>,
    /// Label and value: number, date, department
    pub facts: Vec<(String, String)>,
    /// Where to go on: what it is called, and its whole URL
    pub link: Option<(String, String)>,
    /// Who writes
    pub bureau: String,
}

/// Text of one line: control characters become blanks, so that no value makes a line of its own.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|sign| if is_break(sign) { ' ' } else { sign }).collect();
    plain.trim().to_owned()
}

/// Ends a line, or turns the direction of reading around.
fn is_break(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            sign if is_break(sign) => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}

/// A line of a paragraph; one that is a web address and nothing else leads there.
fn shown_line(line: &str) -> String {
    let shown = escaped(line);
    let is_address = (line.starts_with("https://") || line.starts_with("http://"))
        && line.bytes().all(|byte| byte.is_ascii_graphic());
    if is_address {
        format!("<a href=\"{shown}\" style=\"color:#0b57d0;word-break:break-all\">{shown}</a>")
    } else {
        shown
    }
}

impl Letter {
    /// As `text/plain`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts: Vec<String> = self.paragraphs.iter().map(|text| text.trim().replace('\r', "")).collect();
        let facts: Vec<_> =
            self.facts.iter().map(|(label, value)| format!("{}：{}", one_line(label), one_line(value))).collect();
        if !facts.is_empty() {
            parts.push(facts.join("\n"));
        }
        if let Some((label, url)) = &self.link {
            parts.push(format!("{}：\n{}", one_line(label), one_line(url)));
        }
        parts.push(self.footer().join("\n"));
        parts.join("\n\n") + "\n"
    }

    /// As HTML: no image, no script, nothing loaded from anywhere.
    #[must_use]
    pub fn html(&self) -> String {
        let subject = escaped(&one_line(&self.subject));
        let paragraphs = self.paragraphs.iter().fold(String::new(), |mut all, text| {
            all += "<p style=\"margin:0 0 16px\">";
            let text = text.trim().replace('\r', "");
            all += &text.lines().map(shown_line).collect::<Vec<_>>().join("<br>");
            all + "</p>"
        });
        let footer: Vec<_> = self.footer().iter().map(|line| escaped(line)).collect();
        format!(
            "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{subject}</title><style>{NIGHT}</style></head><body style=\"{BODY}\">\
             <div style=\"max-width:600px;margin:0 auto\">\
             <h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.4\">{subject}</h1>{paragraphs}{}{}\
             <p style=\"margin:32px 0 0;padding-top:12px;border-top:1px solid #8c959f;font-size:14px\">{}</p>\
             </div></body></html>\n",
            self.table(),
            self.way(),
            footer.join("<br>"),
        )
    }

    fn table(&self) -> String {
        if self.facts.is_empty() {
            return String::new();
        }
        let row = |(label, value): &(String, String)| {
            format!(
                "<tr><th scope=\"row\" style=\"padding:4px 16px 4px 0;text-align:left;vertical-align:top;\
                 font-weight:normal;white-space:nowrap\">{}</th><td style=\"padding:4px 0\">{}</td></tr>",
                escaped(&one_line(label)),
                escaped(&one_line(value))
            )
        };
        let rows: String = self.facts.iter().map(row).collect();
        format!("<table style=\"margin:0 0 16px;border-collapse:collapse\">{rows}</table>")
    }

    /// Only web addresses become links; the address is printed, so that it can be checked and copied.
    fn way(&self) -> String {
        let Some((label, url)) = &self.link else { return String::new() };
        let (label, url) = (escaped(&one_line(label)), one_line(url));
        let shown = escaped(&url);
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return format!("<p style=\"margin:0 0 16px\">{label}<br>{shown}</p>");
        }
        format!(
            "<p style=\"margin:0 0 16px;word-break:break-all\"><a href=\"{shown}\" style=\"color:#0b57d0\">{label}</a>\
             <br>{shown}</p>"
        )
    }

    fn footer(&self) -> Vec<String> {
        let bureau = one_line(&self.bureau);
        [bureau, BY_SYSTEM.to_owned()].into_iter().filter(|line| !line.is_empty()).collect()
    }
}

/// Why an address is refused, as its owner reads it.
#[must_use]
pub fn address_fault(fault: AddressFault) -> &'static str {
    match fault {
        AddressFault::Empty => "请填写邮箱。",
        AddressFault::NotAscii => "邮箱只能用英文字母、数字和符号，暂不支持中文邮箱地址。",
        AddressFault::Form => "邮箱格式不对，例如 name@example.cn。",
    }
}

/// `PORTAL_SMTP_URL` can't be used. It is not repeated: it holds a password.
pub const BAD_SMTP_URL: &str =
    "PORTAL_SMTP_URL 无法识别，应为 smtps://用户:密码@主机:端口 或者 smtp://用户:密码@主机:端口?tls=required。";
/// A password would travel in plain.
pub const OPEN_PASSWORD: &str =
    "PORTAL_SMTP_URL 中有密码但没有加密，请改用 smtps:// 或者在末尾加 ?tls=required（本机除外）。";
/// A sender is missing.
pub const NO_FROM: &str = "设置了 PORTAL_SMTP_URL，还需要用 PORTAL_MAIL_FROM 设置发件人，例如 某某市市场监督管理局 <noreply@example.gov.cn>。";
/// A sender that is none.
pub const BAD_FROM: &str = "PORTAL_MAIL_FROM 无法识别，应为 name@example.cn 或者 名称 <name@example.cn>。";
/// At the start, with SMTP.
pub const BY_SMTP: &str = "邮件通过 SMTP 服务器发送。";

/// At the start, without.
pub fn by_folder(folder: &str) -> String {
    format!("没有设置 PORTAL_SMTP_URL，邮件不发送，只写入 {folder}。")
}

/// A state.
pub fn state(code: &str) -> &'static str {
    match code {
        "waiting" => "待发送",
        "sending" => "发送中",
        "sent" => "已发送",
        "failed" => "未能送达",
        _ => "未知",
    }
}

/// A failure by its stored code.
pub fn cause(code: &str) -> String {
    match code.split_once(' ') {
        Some(("smtp", number)) => format!("邮件服务器答复 {number}"),
        _ => match code {
            "connection" => "连接中断或者无法连接".to_owned(),
            "timeout" => "邮件服务器没有及时答复".to_owned(),
            "refused" => "邮件服务器不接受本系统登录".to_owned(),
            "content" => "邮件内容无法读取".to_owned(),
            "file" => "文件无法写入".to_owned(),
            _ => "其他原因".to_owned(),
        },
    }
}

/// How many there are in a state.
pub fn count(code: &str, letters: i64) -> String {
    format!("{}：{letters}", state(code))
}

/// One letter that was not sent.
pub fn line(id: &str, kind: &str, code: &str, attempts: i64, at: &str, why: Option<&str>) -> String {
    let why = why.map(|why| format!("  {}", cause(why))).unwrap_or_default();
    format!("{id}  {kind}  {}  已试 {attempts} 次  {at}{why}", state(code))
}

/// Letters are tried again.
pub fn retried(letters: u64) -> String {
    format!("{letters} 封邮件将重新发送。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup_or_a_line() {
        let hostile = "<script>alert(1)</script>\r\nBcc: x@y.cn\u{202e}\"'&";
        let letter = Letter {
            subject: hostile.into(),
            paragraphs: vec![hostile.into()],
            facts: vec![(hostile.into(), hostile.into())],
            link: Some((hostile.into(), "javascript:alert(1)".into())),
            bureau: hostile.into(),
        };
        let html = letter.html();
        assert!(
            !html.contains("<script") && !html.contains("href") && !html.contains('\u{202e}') && !html.contains('\r')
        );
        let lines = letter.text();
        // the paragraph alone may have lines
        assert_eq!(lines.lines().filter(|line| line.starts_with("Bcc")).count(), 1);
        assert!(!lines.contains('\r'));
    }

    #[test]
    fn both_forms_say_the_same() {
        let letter = Letter {
            subject: "您的投诉已受理".into(),
            paragraphs: vec!["我局已受理。".into(), "请保留凭证。".into()],
            facts: vec![("编号".into(), "T20261125-7".into())],
            link: Some(("查询办理情况".into(), "https://spaq.example.cn/status?a=1&b=2".into())),
            bureau: "云川市市场监督管理局".into(),
        };
        assert_eq!(
            letter.text(),
            "我局已受理。\n\n请保留凭证。\n\n编号：T20261125-7\n\n查询办理情况：\nhttps://spaq.example.cn/status?a=1&b=2\n\n\
             云川市市场监督管理局\n此邮件由系统发送，请勿直接回复。\n"
        );
        let html = letter.html();
        assert!(html.contains("href=\"https://spaq.example.cn/status?a=1&amp;b=2\""));
        assert!(!html.contains("<img") && !html.contains("src=") && !html.contains("url("));
    }
}
