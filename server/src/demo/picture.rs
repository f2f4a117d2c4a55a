//! The picture of demonstration cameras: six seconds of a drawing that says that it is one, over and over, as HLS
//! (RFC 8216). Drawn in a browser, coded by ffmpeg (`end2end/demo_picture`); nothing of it is a real place.

use std::fmt::Write;

use chrono::{DateTime, Utc};

const SEGMENTS: [&[u8]; 3] =
    [include_bytes!("picture/0.ts"), include_bytes!("picture/1.ts"), include_bytes!("picture/2.ts")];
/// Seconds of a segment.
const SECONDS: i64 = 2;
/// Segments of the window.
const WINDOW: i64 = 5;
/// Numbers begin anew each day: hls.js keeps a list as long as the number of breaks, and stands still over 300 million of them.
const DAY: i64 = 86_400;

/// The playlist of now.
#[must_use]
pub fn playlist(now: DateTime<Utc>) -> String {
    let end = now.timestamp().rem_euclid(DAY) / SECONDS + WINDOW;
    let first = end - WINDOW;
    let length = i64::try_from(SEGMENTS.len()).unwrap_or(1);
    // time begins anew with each round
    let rounds = first.div_euclid(length) + i64::from(first.rem_euclid(length) > 0);
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{SECONDS}\n#EXT-X-MEDIA-SEQUENCE:{first}\n\
         #EXT-X-DISCONTINUITY-SEQUENCE:{rounds}\n"
    );
    for number in first..end {
        let place = number.rem_euclid(length);
        if place == 0 {
            text += "#EXT-X-DISCONTINUITY\n";
        }
        // writing to a string never fails
        let _ = writeln!(text, "#EXTINF:{SECONDS}.0,\n{place}.ts?{number}");
    }
    text
}

/// A segment by its name.
#[must_use]
pub fn segment(name: &str) -> Option<&'static [u8]> {
    let place: usize = name.strip_suffix(".ts")?.parse().ok()?;
    SEGMENTS.get(place).copied().filter(|_| name.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_moves_by_one_segment_and_its_numbers_agree() {
        let at = |seconds| playlist(DateTime::from_timestamp(seconds, 0).unwrap());
        let start = 1_795_500_000;
        let value = |text: &str, tag: &str| -> i64 {
            let line = text.lines().find(|line| line.starts_with(tag)).unwrap();
            line[tag.len()..].parse().unwrap()
        };
        for step in 0..12 {
            let (text, next) = (at(start + step * 2), at(start + step * 2 + 2));
            let (first, after) = (value(&text, "#EXT-X-MEDIA-SEQUENCE:"), value(&next, "#EXT-X-MEDIA-SEQUENCE:"));
            assert_eq!(after, first + 1);
            // what leaves the window takes its break along (RFC 8216 6.2.2)
            let leaves =
                text.lines().take_while(|line| !line.contains(".ts")).any(|line| line == "#EXT-X-DISCONTINUITY");
            let [before, then] = [&text, &next].map(|text| value(text, "#EXT-X-DISCONTINUITY-SEQUENCE:"));
            assert_eq!(then - before, i64::from(leaves), "{text}");
        }
        assert_eq!(at(start), at(start + 1));
        let midnight = start - start.rem_euclid(DAY);
        assert!(
            value(&at(midnight), "#EXT-X-MEDIA-SEQUENCE:") == 0
                && value(&at(start), "#EXT-X-DISCONTINUITY-SEQUENCE:") < 15_000
        );
        assert_eq!((segment("3.ts"), segment("x"), segment("../0.ts"), segment("00.ts")), (None, None, None, None));
        assert_eq!(segment("0.ts").unwrap()[0], 0x47, "a transport stream");
    }
}
