//! Reading, line by line.

use super::{
    Fault, Key, LONGEST_LINE, LONGEST_SEGMENT, MOST_BYTES, MOST_SEGMENTS, MOST_VARIANTS, Master, Media, Part, Playlist,
    Range, Segment, Variant, attributes,
};

/// Reads a playlist.
///
/// # Errors
/// [`Fault`].
pub fn parse(bytes: &[u8]) -> Result<Playlist, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).trim_end());
    let head = lines.next().unwrap_or_default();
    if head != "#EXTM3U" {
        return Err(Fault::NoHeader);
    }
    let mut reader = Reader::default();
    for (line, text) in (2..).zip(lines) {
        if text.len() > LONGEST_LINE {
            return Err(Fault::TooLarge);
        }
        if text.chars().any(|sign| sign.is_control() && sign != '\t') {
            return Err(Fault::NotText);
        }
        reader.line = line;
        reader.read(text)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    line: usize,
    media: Media,
    master: Master,
    /// Target duration was there
    has_target: bool,
    /// Of the next segment
    millis: Option<u32>,
    discontinuity: bool,
    gap: bool,
    range: Option<(u64, Option<u64>)>,
    /// Of the next and all following segments
    map: Option<usize>,
    key: Option<usize>,
    /// Of the next variant
    variant: Option<Variant>,
}

impl Reader {
    fn fault(&self, what: &'static str) -> Fault {
        Fault::Line { line: self.line, what }
    }

    fn number<T: std::str::FromStr>(&self, text: &str, what: &'static str) -> Result<T, Fault> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| is_number).ok_or(self.fault(what))
    }

    fn read(&mut self, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        let Some(tag) = text.strip_prefix('#') else { return self.uri(text) };
        let (name, value) = tag.split_once(':').unwrap_or((tag, ""));
        match name {
            "EXT-X-VERSION" => self.media.version = self.number(value, "EXT-X-VERSION")?,
            "EXT-X-TARGETDURATION" => self.target(value)?,
            "EXT-X-MEDIA-SEQUENCE" => self.sequence(value)?,
            "EXT-X-DISCONTINUITY-SEQUENCE" => {
                self.media.discontinuities = self.number(value, "EXT-X-DISCONTINUITY-SEQUENCE")?;
            }
            "EXT-X-ENDLIST" => self.media.ended = true,
            "EXTINF" => self.millis = Some(self.duration(value)?),
            "EXT-X-DISCONTINUITY" => self.discontinuity = true,
            "EXT-X-GAP" => self.gap = true,
            "EXT-X-BYTERANGE" => self.range = Some(self.byterange(value)?),
            "EXT-X-MAP" => self.map(value)?,
            "EXT-X-KEY" => self.key(value)?,
            "EXT-X-STREAM-INF" => self.variant(value)?,
            // these would change what the lines mean: a delta of another load, pictures only, names to be replaced
            "EXT-X-SKIP" => return Err(self.fault("EXT-X-SKIP")),
            "EXT-X-I-FRAMES-ONLY" => return Err(self.fault("EXT-X-I-FRAMES-ONLY")),
            "EXT-X-DEFINE" => return Err(self.fault("EXT-X-DEFINE")),
            // comments, sound and subtitles, times, low latency (EXT-X-PART, EXT-X-PRELOAD-HINT …)
            _ => {}
        }
        Ok(())
    }

    fn target(&mut self, value: &str) -> Result<(), Fault> {
        let seconds: u32 = self.number(value, "EXT-X-TARGETDURATION")?;
        if self.has_target || seconds > LONGEST_SEGMENT {
            return Err(self.fault("EXT-X-TARGETDURATION"));
        }
        // some gateways round 0.8 s down
        (self.media.target, self.has_target) = (seconds.max(1), true);
        Ok(())
    }

    fn sequence(&mut self, value: &str) -> Result<(), Fault> {
        if !self.media.segments.is_empty() {
            return Err(self.fault("EXT-X-MEDIA-SEQUENCE"));
        }
        self.media.sequence = self.number(value, "EXT-X-MEDIA-SEQUENCE")?;
        Ok(())
    }

    /// `2.5,title` as milliseconds.
    fn duration(&self, value: &str) -> Result<u32, Fault> {
        let fault = self.fault("EXTINF");
        let seconds = value.split(',').next().unwrap_or_default().trim();
        let (whole, part) = seconds.split_once('.').unwrap_or((seconds, ""));
        let whole: u32 = self.number(whole, "EXTINF")?;
        if whole > LONGEST_SEGMENT || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(fault);
        }
        let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
        Ok(whole * 1000 + self.number::<u32>(&thousandths, "EXTINF")?)
    }

    fn byterange(&self, value: &str) -> Result<(u64, Option<u64>), Fault> {
        let (length, start) = value.split_once('@').map_or((value, None), |(length, start)| (length, Some(start)));
        let length: u64 = self.number(length.trim(), "EXT-X-BYTERANGE")?;
        let start = start.map(|start| self.number(start.trim(), "EXT-X-BYTERANGE")).transpose()?;
        if length == 0 { Err(self.fault("EXT-X-BYTERANGE")) } else { Ok((length, start)) }
    }

    fn map(&mut self, value: &str) -> Result<(), Fault> {
        let list = attributes::read(value).ok_or(self.fault("EXT-X-MAP"))?;
        let uri = attributes::get(&list, "URI").filter(|uri| !uri.is_empty()).ok_or(self.fault("EXT-X-MAP"))?;
        let range = attributes::get(&list, "BYTERANGE").map(|range| self.byterange(range)).transpose()?;
        let range = range.map(|(length, start)| Range { start: start.unwrap_or(0), length });
        if range.is_some_and(|range| range.start.checked_add(range.length).is_none()) {
            return Err(self.fault("EXT-X-MAP"));
        }
        self.map = Some(put(&mut self.media.maps, Part { uri: uri.to_owned(), range }));
        Ok(())
    }

    fn key(&mut self, value: &str) -> Result<(), Fault> {
        let list = attributes::read(value).ok_or(self.fault("EXT-X-KEY"))?;
        let method = attributes::get(&list, "METHOD").ok_or(self.fault("EXT-X-KEY"))?;
        let is_plain = attributes::get(&list, "KEYFORMAT").is_none_or(|format| format == "identity");
        let key = match method {
            "NONE" => {
                self.key = None;
                return Ok(());
            }
            "AES-128" if is_plain => {
                let uri = attributes::get(&list, "URI").filter(|uri| !uri.is_empty()).ok_or(self.fault("EXT-X-KEY"))?;
                let iv = attributes::get(&list, "IV");
                if iv.is_some_and(|iv| !is_iv(iv)) {
                    return Err(self.fault("EXT-X-KEY"));
                }
                Key::Aes128 { uri: uri.to_owned(), iv: iv.map(str::to_owned) }
            }
            _ => Key::Other,
        };
        self.key = Some(put(&mut self.media.keys, key));
        Ok(())
    }

    fn variant(&mut self, value: &str) -> Result<(), Fault> {
        let fault = self.fault("EXT-X-STREAM-INF");
        let list = attributes::read(value).ok_or(fault)?;
        let bandwidth = attributes::get(&list, "BANDWIDTH").ok_or(fault)?;
        let size = |text: &str| {
            let (width, height) = text.split_once('x')?;
            Some((width.parse().ok()?, height.parse().ok()?))
        };
        let is_codecs = |text: &&str| {
            text.len() <= 100 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".,- ".contains(&byte))
        };
        self.variant = Some(Variant {
            bandwidth: self.number(bandwidth, "BANDWIDTH")?,
            resolution: attributes::get(&list, "RESOLUTION").and_then(size),
            codecs: attributes::get(&list, "CODECS").filter(is_codecs).map(str::to_owned),
            uri: String::new(),
        });
        Ok(())
    }

    fn uri(&mut self, uri: &str) -> Result<(), Fault> {
        if let Some(variant) = self.variant.take() {
            if self.master.variants.len() == MOST_VARIANTS {
                return Err(Fault::TooLarge);
            }
            self.master.variants.push(Variant { uri: uri.to_owned(), ..variant });
            return Ok(());
        }
        let millis = self.millis.take().ok_or(self.fault("URI"))?;
        if self.media.segments.len() == MOST_SEGMENTS {
            return Err(Fault::TooLarge);
        }
        let range = self.range.take().map(|range| self.place(uri, range)).transpose()?;
        self.media.segments.push(Segment {
            part: Part { uri: uri.to_owned(), range },
            millis,
            discontinuity: std::mem::take(&mut self.discontinuity),
            gap: std::mem::take(&mut self.gap),
            map: self.map,
            key: self.key,
        });
        Ok(())
    }

    /// A range without a start follows the one before, of the same resource (RFC 8216 §4.3.2.2).
    fn place(&self, uri: &str, (length, start): (u64, Option<u64>)) -> Result<Range, Fault> {
        let before = self.media.segments.last().filter(|last| last.part.uri == uri).and_then(|last| last.part.range);
        let start =
            start.or_else(|| before.map(|before| before.start + before.length)).ok_or(self.fault("EXT-X-BYTERANGE"))?;
        start.checked_add(length).map(|_| Range { start, length }).ok_or(self.fault("EXT-X-BYTERANGE"))
    }

    fn finish(self) -> Result<Playlist, Fault> {
        let is_media = self.has_target || !self.media.segments.is_empty();
        match (is_media, self.master.variants.is_empty()) {
            (true, true) if !self.has_target => Err(Fault::Line { line: 1, what: "EXT-X-TARGETDURATION" }),
            (true, true) if self.media.sequence.checked_add(MOST_SEGMENTS as u64).is_none() => {
                Err(Fault::Line { line: 1, what: "EXT-X-MEDIA-SEQUENCE" })
            }
            (true, true) => Ok(Playlist::Media(self.media)),
            (false, false) => Ok(Playlist::Master(self.master)),
            _ => Err(Fault::Kind),
        }
    }
}

/// `0x` and up to 32 digits.
fn is_iv(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    digits.is_some_and(|digits| (1..=32).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The place of a value, which is added where it is new. Playlists name few, the last one mostly.
fn put<T: PartialEq>(all: &mut Vec<T>, value: T) -> usize {
    all.iter().rposition(|known| *known == value).unwrap_or_else(|| {
        all.push(value);
        all.len() - 1
    })
}
