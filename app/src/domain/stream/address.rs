//! Addresses of streams: what browsers can play or open, and nothing that carries a password.

use std::fmt;

use url::{Host, Url};

/// Bytes of an address at most: sealed into a path of the portal it stays below the limit of a request line.
pub const LONGEST_ADDRESS: usize = 2048;

/// Ports of other protocols, which an HTTP request could misuse: WHATWG Fetch, "bad port". All others are allowed, because
/// gateways listen anywhere (8080, 10000 …).
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// How a stream is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamKind {
    /// An HLS playlist (RFC 8216): the portal relays and plays it
    Hls,
    /// HTTP-FLV, a WebRTC page, a provider's page: opens elsewhere
    Link,
}

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefusal {
    /// Nothing there
    #[error("empty")]
    Empty,
    /// Longer than [`LONGEST_ADDRESS`]
    #[error("too long")]
    TooLong,
    /// A camera's own address, which no browser plays
    #[error("RTSP")]
    Rtsp,
    /// RTMP, which no browser plays
    #[error("RTMP")]
    Rtmp,
    /// SIP or GB/T 28181, which no browser plays
    #[error("GB/T 28181")]
    Gb28181,
    /// WS-FLV or a socket
    #[error("WebSocket")]
    WebSocket,
    /// Another scheme than http and https
    #[error("scheme")]
    Scheme,
    /// With a user or a password
    #[error("user or password in the address")]
    Credentials,
    /// A port of another protocol
    #[error("port")]
    Port,
    /// No address
    #[error("not an address")]
    Nonsense,
}

/// An address that may be asked, as far as can be told without resolving its name.
#[derive(Clone, PartialEq, Eq)]
pub struct StreamAddress {
    url: Url,
    kind: StreamKind,
}

impl StreamAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// [`AddressRefusal`].
    pub fn parse(text: &str) -> Result<Self, AddressRefusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressRefusal::Empty);
        }
        if text.len() > LONGEST_ADDRESS {
            return Err(AddressRefusal::TooLong);
        }
        scheme(text)?;
        // the parser forgives these, others read them differently
        let is_whole = text.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'));
        if !is_whole || text.chars().any(|sign| sign.is_control() || sign.is_whitespace() || sign == '\\') {
            return Err(AddressRefusal::Nonsense);
        }
        Self::from_url(Url::parse(text).map_err(|_| AddressRefusal::Nonsense)?)
    }

    /// Checks what a playlist or a redirect names, relative to where that was found.
    ///
    /// # Errors
    /// [`AddressRefusal`].
    pub fn join(base: &Url, text: &str) -> Result<Self, AddressRefusal> {
        if text.is_empty() {
            return Err(AddressRefusal::Empty);
        }
        if text.len() > LONGEST_ADDRESS {
            return Err(AddressRefusal::TooLong);
        }
        if text.chars().any(|sign| sign.is_control() || sign == '\\') {
            return Err(AddressRefusal::Nonsense);
        }
        Self::from_url(base.join(text).map_err(|_| AddressRefusal::Nonsense)?)
    }

    fn from_url(mut url: Url) -> Result<Self, AddressRefusal> {
        scheme(url.as_str())?;
        if url.as_str().len() > LONGEST_ADDRESS {
            return Err(AddressRefusal::TooLong);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressRefusal::Credentials);
        }
        let port = url.port_or_known_default().ok_or(AddressRefusal::Port)?;
        if is_bad_port(port) {
            return Err(AddressRefusal::Port);
        }
        match url.host() {
            Some(Host::Domain(name)) if !is_name(name) => return Err(AddressRefusal::Nonsense),
            Some(_) => {}
            None => return Err(AddressRefusal::Nonsense),
        }
        url.set_fragment(None);
        let is_playlist = url.path().to_ascii_lowercase().ends_with(".m3u8");
        Ok(Self { url, kind: if is_playlist { StreamKind::Hls } else { StreamKind::Link } })
    }

    /// How it is seen.
    #[must_use]
    pub fn kind(&self) -> StreamKind {
        self.kind
    }

    /// The address. It may hold a signature: never log it, never send it to a browser.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Name or number of the host, and port.
    #[must_use]
    pub fn host(&self) -> (String, u16) {
        let port = self.url.port_or_known_default().unwrap_or(0);
        (self.url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase(), port)
    }
}

/// Only the host: the rest may be a secret.
impl fmt::Debug for StreamAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = self.host();
        write!(out, "StreamAddress({host}:{port})")
    }
}

/// Whether a port belongs to another protocol.
#[must_use]
pub fn is_bad_port(port: u16) -> bool {
    BAD_PORTS.binary_search(&port).is_ok()
}

/// Letters, digits, `-`, `_` and dots, as names of hosts are.
fn is_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_label = |label: &str| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (1..=63).contains(&label.len()) && label.bytes().all(is_sign)
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

fn scheme(text: &str) -> Result<(), AddressRefusal> {
    let Some((scheme, _)) = text.split_once(':') else { return Err(AddressRefusal::Nonsense) };
    let refusal = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => return Ok(()),
        "rtsp" | "rtsps" | "rtspu" | "rtsph" => AddressRefusal::Rtsp,
        "rtmp" | "rtmps" | "rtmpt" | "rtmpe" => AddressRefusal::Rtmp,
        "gb28181" | "gb" | "sip" | "sips" | "rtp" | "srtp" => AddressRefusal::Gb28181,
        "ws" | "wss" => AddressRefusal::WebSocket,
        other
            if !other.is_empty()
                && other.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) =>
        {
            AddressRefusal::Scheme
        }
        _ => AddressRefusal::Nonsense,
    };
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_a_browser_can_open_without_a_password() {
        let kind = |text: &str| StreamAddress::parse(text).map(|address| address.kind());
        for (text, expected) in [
            (" https://gw.example.cn/live/1.m3u8?sign=a ", Ok(StreamKind::Hls)),
            ("http://gw.example.cn:8080/LIVE/1.M3U8", Ok(StreamKind::Hls)),
            ("https://gw.example.cn/live/1.flv", Ok(StreamKind::Link)),
            ("https://gw.example.cn/play?u=1.m3u8", Ok(StreamKind::Link)),
            ("https://视频.example.cn/a.m3u8", Ok(StreamKind::Hls)),
            ("http://[2001:db8::1]:8080/a.m3u8", Ok(StreamKind::Hls)),
            ("rtsp://admin:12345@192.168.1.64:554/h264", Err(AddressRefusal::Rtsp)),
            ("RTSP://x/", Err(AddressRefusal::Rtsp)),
            ("rtmp://live.example.cn/app/1", Err(AddressRefusal::Rtmp)),
            ("sip:34020000001320000001@3402000000", Err(AddressRefusal::Gb28181)),
            ("gb28181://34020000001320000001", Err(AddressRefusal::Gb28181)),
            ("wss://gw.example.cn/live.flv", Err(AddressRefusal::WebSocket)),
            ("file:///etc/passwd", Err(AddressRefusal::Scheme)),
            ("gopher://x/", Err(AddressRefusal::Scheme)),
            ("javascript:alert(1)", Err(AddressRefusal::Scheme)),
            ("https://admin:12345@gw.example.cn/a.m3u8", Err(AddressRefusal::Credentials)),
            ("https://admin@gw.example.cn/a.m3u8", Err(AddressRefusal::Credentials)),
            ("https://:pw@gw.example.cn/a.m3u8", Err(AddressRefusal::Credentials)),
            ("http://gw.example.cn:22/a.m3u8", Err(AddressRefusal::Port)),
            ("http://gw.example.cn:0/a.m3u8", Err(AddressRefusal::Port)),
            ("http://gw.example.cn:99999/a.m3u8", Err(AddressRefusal::Nonsense)),
            ("http://gw.exa\nmple.cn/a.m3u8", Err(AddressRefusal::Nonsense)),
            ("http://gw.example.cn\\@evil/a.m3u8", Err(AddressRefusal::Nonsense)),
            ("http:///a.m3u8", Err(AddressRefusal::Nonsense)),
            ("http://a b/", Err(AddressRefusal::Nonsense)),
            ("http://a..b/", Err(AddressRefusal::Nonsense)),
            ("gw.example.cn/a.m3u8", Err(AddressRefusal::Nonsense)),
            ("你好", Err(AddressRefusal::Nonsense)),
            ("", Err(AddressRefusal::Empty)),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
        assert_eq!(kind(&format!("http://a/{}", "x".repeat(LONGEST_ADDRESS))), Err(AddressRefusal::TooLong));
        assert!(BAD_PORTS.is_sorted());
    }

    #[test]
    fn numbers_in_disguise_are_numbers() {
        for text in
            ["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://127.0.0.1./"]
        {
            assert_eq!(StreamAddress::parse(text).unwrap().url().host_str(), Some("127.0.0.1"), "{text}");
        }
    }

    #[test]
    fn what_a_playlist_names_is_checked_too() {
        let base = Url::parse("https://gw.example.cn/live/1.m3u8?sign=a").unwrap();
        let join = |text: &str| StreamAddress::join(&base, text).map(|address| address.url().to_string());
        assert_eq!(join("s1.ts"), Ok("https://gw.example.cn/live/s1.ts".into()));
        assert_eq!(join("//cdn.example.cn/s1.ts#x"), Ok("https://cdn.example.cn/s1.ts".into()));
        assert_eq!(join("file:///etc/passwd"), Err(AddressRefusal::Scheme));
        assert_eq!(join("rtsp://x/"), Err(AddressRefusal::Rtsp));
        assert_eq!(join("http://u:p@x/"), Err(AddressRefusal::Credentials));
    }

    #[test]
    fn the_secret_part_is_never_printed() {
        let address = StreamAddress::parse("https://gw.example.cn/live/geheim.m3u8?sign=topsecret").unwrap();
        assert_eq!(format!("{address:?}"), "StreamAddress(gw.example.cn:443)");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,60}|(https?|rtsp)://[a-z0-9.:@/\\[\\]%\\\\-]{0,40}") {
            if let Ok(address) = StreamAddress::parse(&text) {
                prop_assert!(matches!(address.url().scheme(), "http" | "https"));
                prop_assert!(address.url().username().is_empty() && address.url().password().is_none());
                prop_assert!(!address.host().0.is_empty());
            }
        }
    }
}
