use proptest::prelude::*;

use super::*;

const LIVE: &str = "#EXTM3U\r\n#EXT-X-VERSION:7\r\n#EXT-X-TARGETDURATION:4\r\n#EXT-X-MEDIA-SEQUENCE:17\r\n\
    #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"720@0\"\n# a comment\n\
    #EXTINF:3.96,\nall.mp4\n#EXT-X-BYTERANGE:1000@720\n#EXTINF:4\nall.mp4\n#EXT-X-BYTERANGE:500\n#EXTINF:4.0005,\nall.mp4\n\
    #EXT-X-DISCONTINUITY\n#EXT-X-KEY:METHOD=AES-128,URI=\"k?a=1,b\",IV=0x00FF\n#EXT-X-PART:DURATION=1,URI=\"p.mp4\"\n#EXTINF:2,\nx.mp4\n\
    #EXT-X-KEY:METHOD=NONE\n#EXT-X-GAP\n#EXTINF:2,\ny.mp4\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"z.mp4\"\n";

fn media(text: &str) -> Media {
    match parse(text.as_bytes()).unwrap() {
        Playlist::Media(media) => media,
        Playlist::Master(_) => panic!("a master playlist"),
    }
}

#[test]
fn a_live_playlist_is_read_whole() {
    let read = media(LIVE);
    assert_eq!((read.version, read.target, read.sequence, read.ended), (7, 4, 17, false));
    let segments: Vec<_> =
        read.segments.iter().map(|one| (one.millis, one.part.range, one.discontinuity, one.gap)).collect();
    let range = |start, length| Some(Range { start, length });
    assert_eq!(
        segments,
        [
            (3960, None, false, false),
            (4000, range(720, 1000), false, false),
            (4000, range(1720, 500), false, false),
            (2000, None, true, false),
            (2000, None, false, true)
        ]
    );
    assert_eq!(read.maps, [Part { uri: "init.mp4".into(), range: range(0, 720) }]);
    assert_eq!(read.keys, [Key::Aes128 { uri: "k?a=1,b".into(), iv: Some("0x00FF".into()) }]);
    assert_eq!(read.segments.iter().map(|one| one.key).collect::<Vec<_>>(), [None, None, None, Some(0), None]);
    assert_eq!(read.last_sequence(), Some(21));
}

#[test]
fn it_is_written_anew_with_addresses_of_its_own() {
    let written = media(LIVE)
        .write(|_, part| Some(format!("/a/{}{}", part.uri.len(), if part.range.is_some() { "r" } else { "" })));
    assert_eq!(
        written,
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:17\n#EXT-X-MAP:URI=\"/a/8r\"\n#EXTINF:3.960,\n/a/7\n\
         #EXTINF:4.000,\n/a/7r\n#EXTINF:4.000,\n/a/7r\n#EXT-X-DISCONTINUITY\n#EXT-X-KEY:METHOD=AES-128,URI=\"/a/7\",IV=0x00FF\n\
         #EXTINF:2.000,\n/a/5\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:2.000,\n#EXT-X-GAP\ngap\n"
    );
    // nothing of the upstream is left where no address is given
    let bare = media(LIVE).write(|_, _| None);
    assert!(!["mp4", "k?a", "comment", "PART"].iter().any(|word| bare.contains(word)), "{bare}");
    assert_eq!(media(&written).segments.len(), 5);
}

#[test]
fn a_master_playlist_loses_its_sound() {
    let text = "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"x\",URI=\"sound.m3u8\"\n\
        #EXT-X-STREAM-INF:BANDWIDTH=2000000,RESOLUTION=1280x720,CODECS=\"avc1.64001f,mp4a.40.2\",AUDIO=\"a\"\nhigh.m3u8\n\
        #EXT-X-STREAM-INF:BANDWIDTH=300000\nlow.m3u8\n#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI=\"i.m3u8\"\n";
    let Playlist::Master(master) = parse(text.as_bytes()).unwrap() else { panic!("media") };
    assert_eq!(master.smallest().unwrap().uri, "low.m3u8");
    let written = master.write(|uri| Some(format!("/x/{uri}")));
    assert_eq!(
        written,
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=2000000,RESOLUTION=1280x720,CODECS=\"avc1.64001f,mp4a.40.2\"\n/x/high.m3u8\n\
         #EXT-X-STREAM-INF:BANDWIDTH=300000\n/x/low.m3u8\n"
    );
}

#[test]
fn what_breaks_the_format_is_refused() {
    let line = |line, what| Fault::Line { line, what };
    for (text, fault) in [
        ("", Fault::NoHeader),
        ("<html>", Fault::NoHeader),
        (" #EXTM3U\n", Fault::NoHeader),
        ("#EXTM3U8\n", Fault::NoHeader),
        ("#EXTM3U\n", Fault::Kind),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-STREAM-INF:BANDWIDTH=1\na\n", Fault::Kind),
        ("#EXTM3U\n#EXTINF:1,\na.ts\n", line(1, "EXT-X-TARGETDURATION")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\na.ts\n", line(3, "URI")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:-4\n", line(2, "EXT-X-TARGETDURATION")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:+4\n", line(2, "EXT-X-TARGETDURATION")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:61\n", line(2, "EXT-X-TARGETDURATION")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-TARGETDURATION:4\n", line(3, "EXT-X-TARGETDURATION")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:nan,\n", line(3, "EXTINF")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:1e9,\n", line(3, "EXTINF")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:61,\n", line(3, "EXTINF")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-BYTERANGE:5\n#EXTINF:1,\na\n", line(5, "EXT-X-BYTERANGE")),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-BYTERANGE:0@5\n", line(3, "EXT-X-BYTERANGE")),
        (
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-BYTERANGE:9@18446744073709551615\n#EXTINF:1,\na\n",
            line(5, "EXT-X-BYTERANGE"),
        ),
        (
            "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:18446744073709551615\n",
            line(1, "EXT-X-MEDIA-SEQUENCE"),
        ),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:1,\na\n#EXT-X-MEDIA-SEQUENCE:5\n", line(5, "EXT-X-MEDIA-SEQUENCE")),
        ("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128\n", line(2, "EXT-X-KEY")),
        ("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0xZZ\n", line(2, "EXT-X-KEY")),
        ("#EXTM3U\n#EXT-X-MAP:URI=\"\"\n", line(2, "EXT-X-MAP")),
        ("#EXTM3U\n#EXT-X-MAP:URI=\"a\n", line(2, "EXT-X-MAP")),
        ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,BANDWIDTH=2\n", line(2, "EXT-X-STREAM-INF")),
        ("#EXTM3U\n#EXT-X-DEFINE:NAME=\"a\",VALUE=\"b\"\n", line(2, "EXT-X-DEFINE")),
        ("#EXTM3U\n#EXTINF:1,\u{0}\n", Fault::NotText),
    ] {
        assert_eq!(parse(text.as_bytes()), Err(fault), "{text:?}");
    }
    assert_eq!(parse(b"#EXTM3U\n\xff\n"), Err(Fault::NotText));
}

#[test]
fn limits_hold() {
    let head = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n";
    let many = |count: usize| format!("{head}{}", "#EXTINF:1,\na\n".repeat(count));
    assert_eq!(media(&many(MOST_SEGMENTS)).segments.len(), MOST_SEGMENTS);
    assert_eq!(parse(many(MOST_SEGMENTS + 1).as_bytes()), Err(Fault::TooLarge));
    let long = |length: usize| format!("{head}#EXTINF:1,\n{}\n", "a".repeat(length));
    assert_eq!(media(&long(LONGEST_LINE)).segments.len(), 1);
    assert_eq!(parse(long(LONGEST_LINE + 1).as_bytes()), Err(Fault::TooLarge));
    assert_eq!(parse(format!("{head}{}", "#\n".repeat(MOST_BYTES / 2)).as_bytes()), Err(Fault::TooLarge));
    let variants = |count: usize| format!("#EXTM3U\n{}", "#EXT-X-STREAM-INF:BANDWIDTH=1\na\n".repeat(count));
    assert!(parse(variants(MOST_VARIANTS).as_bytes()).is_ok());
    assert_eq!(parse(variants(MOST_VARIANTS + 1).as_bytes()), Err(Fault::TooLarge));
}

#[test]
fn a_stream_goes_on_or_not() {
    let of = |sequence: u64, names: &[&str]| {
        let segments: String = names.iter().map(|name| format!("#EXTINF:1,\n{name}\n")).collect::<Vec<_>>().concat();
        media(&format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{sequence}\n{segments}"))
    };
    let before = of(5, &["a", "b", "c"]);
    assert!(!of(5, &["a", "b", "c"]).has_advanced_since(&before));
    assert!(of(6, &["b", "c", "d"]).has_advanced_since(&before));
    assert!(of(5, &["a", "b", "c", "d"]).has_advanced_since(&before));
    assert!(of(0, &["x"]).has_advanced_since(&before), "began anew");
    assert!(!of(6, &["b", "c"]).has_advanced_since(&before), "only its beginning was cut");
    assert!(!of(5, &["a?t=2", "b?t=2", "c?t=2"]).has_advanced_since(&before), "only its signatures are new");
    assert!(!of(5, &[]).has_advanced_since(&before) && before.has_advanced_since(&of(5, &[])));
    let mut cut = media(LIVE);
    cut.keep_last(1);
    assert_eq!((cut.sequence, cut.discontinuities, cut.segments.len()), (21, 1, 1));
}

proptest! {
    #[test]
    fn bytes_never_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&[b"#EXTM3U\n", &bytes[..]].concat());
    }

    #[test]
    fn what_is_written_is_read_again(lines in proptest::collection::vec(prop_oneof![
        Just("#EXTINF:2.5,"), Just("a.ts"), Just("b.ts"), Just("#EXT-X-DISCONTINUITY"), Just("#EXT-X-GAP"), Just("#EXT-X-BYTERANGE:5@7"),
        Just("#EXT-X-BYTERANGE:5"), Just("#EXT-X-KEY:METHOD=AES-128,URI=\"k\""), Just("#EXT-X-KEY:METHOD=NONE"),
        Just("#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k\""), Just("#EXT-X-MAP:URI=\"m\""), Just("#EXT-X-ENDLIST"), Just(""),
    ], 0..40)) {
        let text = format!("#EXTM3U\n#EXT-X-TARGETDURATION:3\n{}\n", lines.join("\n"));
        if let Ok(Playlist::Media(first)) = parse(text.as_bytes()) {
            let written = first.write(|_, part| Some(format!("/p/{}", part.uri)));
            let again = media(&written);
            prop_assert_eq!(again.segments.len(), first.segments.len());
            for (one, two) in first.segments.iter().zip(&again.segments) {
                prop_assert_eq!((one.millis, one.discontinuity), (two.millis, two.discontinuity));
                let is_locked = one.key.is_some_and(|key| first.keys[key] == Key::Other);
                prop_assert_eq!(one.gap || is_locked, two.gap);
            }
        }
    }
}
