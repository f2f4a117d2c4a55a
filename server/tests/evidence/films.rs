//! Films: made by hand, so that every byte is known, and by ffmpeg, so that they are real.

use std::process::Command;

use app::domain::evidence::{Kind, Refusal, State};
use server::evidence::EvidenceError;

use crate::stage::{holds, stages};

fn atom(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], &kind, body].concat()
}

fn numbers(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|number| number.to_be_bytes()).collect()
}

pub const PICTURE: &[u8] = b"PICTURE-SAMPLES-OF-THE-FILM";
const PLACE: &[u8] = b"+31.2304+121.4737/";
const HOLE: &[u8] = b"left over: Zhang San";
const TIME: u32 = 0xe1e2_e3e4;

fn track(handler: [u8; 4], entry: [u8; 4], start: usize, size: usize) -> Vec<u8> {
    let tkhd = atom(*b"tkhd", &[numbers(&[7, TIME, TIME, 1]), vec![0; 68]].concat());
    let mdhd = atom(*b"mdhd", &numbers(&[0, TIME, TIME, 1000, 1000, 0]));
    let hdlr = [&numbers(&[0, 0])[..], &handler, &[0; 12], b"Phone of Zhang San\0"].concat();
    let mut name = vec![0; 78];
    name[42..56].copy_from_slice(b"Camera-of-Zhan");
    let stsd = [numbers(&[0, 1]), atom(entry, &name)].concat();
    let (start, size) = (u32::try_from(start).unwrap(), u32::try_from(size).unwrap());
    let table = [
        atom(*b"stsd", &stsd),
        atom(*b"stts", &numbers(&[0, 1, 1, 1000])),
        atom(*b"stsc", &numbers(&[0, 1, 1, 1, 1])),
        atom(*b"stsz", &numbers(&[0, size, 1])),
        atom(*b"stco", &numbers(&[0, 1, start])),
        atom(*b"uuid", b"0123456789abcdefGPS-in-uuid"),
    ];
    let data = atom(*b"dinf", &atom(*b"dref", &[numbers(&[0, 1]), atom(*b"url ", &numbers(&[1]))].concat()));
    let about = [atom(*b"vmhd", &[0; 12]), data, atom(*b"stbl", &table.concat())].concat();
    let media = [mdhd, atom(*b"hdlr", &hdlr), atom(*b"minf", &about)].concat();
    atom(*b"trak", &[tkhd, atom(*b"mdia", &media), atom(*b"udta", b"GPS-in-udta")].concat())
}

/// Picture, a track of places, a hole; the description at the end, as phones write it.
pub fn film(brand: [u8; 4]) -> Vec<u8> {
    let head = [atom(*b"ftyp", &[&brand, &[0; 4][..], b"isom"].concat()), atom(*b"wide", b"")].concat();
    let media = [PICTURE, PLACE, HOLE].concat();
    let start = head.len() + 8;
    let moov = [
        atom(*b"mvhd", &[numbers(&[0, TIME, TIME]), vec![1; 88]].concat()),
        track(*b"vide", *b"avc1", start, PICTURE.len()),
        track(*b"meta", *b"mebx", start + PICTURE.len(), PLACE.len()),
        atom(*b"udta", &atom(*b"\xa9xyz", b"\0\x12\x15\xc7+31.2304+121.4737/")),
        atom(*b"meta", b"com.apple.quicktime.location.ISO6709"),
    ];
    [head, atom(*b"mdat", &media), atom(*b"moov", &moov.concat()), atom(*b"sefd", b"Samsung-GPS")].concat()
}

#[tokio::test]
async fn a_film_keeps_its_picture_and_forgets_its_place() {
    for stage in stages("").await {
        for (brand, kind, name) in [(*b"qt  ", Kind::Mov, "a.mov"), (*b"mp42", Kind::Mp4, "a.mp4")] {
            let before = film(brand);
            let file = stage.whole(&stage.token(), "a.mp4", &before).await.unwrap();
            assert_eq!((file.kind, file.name.as_str(), file.bytes), (Some(kind), name, before.len() as u64));
            let after = stage.read(file.id).await;
            assert_eq!(after.len(), before.len());
            let at = before.windows(PICTURE.len()).position(|window| window == PICTURE).unwrap();
            assert_eq!(&after[at..at + PICTURE.len()], PICTURE, "the samples are where they were");
            let secrets: [&[u8]; 9] = [
                b"+31.2304",
                b"Zhang San",
                b"GPS",
                b"xyz",
                b"udta",
                b"quicktime.location",
                b"mebx",
                b"Camera",
                &TIME.to_be_bytes(),
            ];
            for secret in secrets {
                assert!(holds(&before, secret) && !holds(&after, secret), "{}", String::from_utf8_lossy(secret));
            }
            // what is clean stays as it is
            let again = stage.whole(&stage.token(), "a.mp4", &after).await.unwrap();
            assert_eq!(stage.read(again.id).await, after);
        }
    }
}

#[tokio::test]
async fn films_that_do_not_parse_are_refused() {
    let stage = stages("").await.remove(0);
    let whole = film(*b"mp42");
    // cut anywhere: never taken, never a panic
    for cut in (8..whole.len()).step_by(7) {
        let file = stage.whole(&stage.token(), "a.mp4", &whole[..cut]).await.unwrap();
        let is_cut_in_trailer = cut == whole.len() - 19;
        assert_eq!(matches!(file.state, State::Refused(_)), !is_cut_in_trailer, "{cut}");
    }
    let replaced = |from: &[u8], to: &[u8]| {
        let mut bytes = whole.clone();
        let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    let outside = numbers(&[0, 1, u32::try_from(whole.len()).unwrap()]);
    for (bytes, refusal) in [
        (replaced(b"ftypmp42", b"ftypheic"), Refusal::Heic),
        (replaced(b"vide", b"text"), Refusal::Film),
        // samples outside of the media data, and data in another file
        (replaced(b"stco\0\0\0\0", &[b"stco".as_slice(), &outside].concat()), Refusal::Damaged),
        (replaced(b"url \0\0\0\x01", b"url \0\0\0\0"), Refusal::Film),
        (replaced(b"\0\0\0\x1cstsc", b"\xff\xff\xff\xffstsc"), Refusal::Damaged),
    ] {
        let file = stage.whole(&stage.token(), "a.mp4", &bytes).await.unwrap();
        assert_eq!(file.state, State::Refused(refusal));
        assert!(matches!(stage.evidence.open(file.id).await, Err(EvidenceError::NotFound)));
    }
}

#[tokio::test]
async fn films_of_ffmpeg_still_play() {
    if Command::new("ffprobe").arg("-version").output().is_err() {
        eprintln!("no ffmpeg here: real films left out");
        return;
    }
    let stage = stages("").await.remove(0);
    let dir = tempfile::tempdir().unwrap();
    let ways: [(&str, &[&str]); 3] = [
        ("a.mp4", &[]),
        ("b.mov", &["-movflags", "use_metadata_tags"]),
        ("c.mp4", &["-movflags", "frag_keyframe+empty_moov"]),
    ];
    for (name, more) in ways {
        let path = dir.path().join(name);
        let source = ["-f", "lavfi", "-i", "testsrc=d=1:s=64x48", "-f", "lavfi", "-i", "sine=d=1"];
        let told = [
            "-metadata",
            "location=+31.2304+121.4737/",
            "-metadata",
            "title=Zhang San",
            "-metadata",
            "creation_time=2026-11-25T02:00:00Z",
        ];
        let made = Command::new("ffmpeg")
            .args(["-v", "error"])
            .args(source)
            .args(["-c:v", "mpeg4", "-c:a", "aac", "-shortest"])
            .args(told)
            .args(more)
            .arg(&path)
            .status();
        assert!(made.unwrap().success());
        let before = std::fs::read(&path).unwrap();
        // ffmpeg writes the place into QuickTime as text, into MP4 and 3GP as numbers
        let place: &[u8] = if name.ends_with("mov") { b"+31.2304" } else { b"loci" };
        assert!(holds(&before, place), "{name}");
        let file = stage.whole(&stage.token(), name, &before).await.unwrap();
        let after = stage.read(file.id).await;
        for secret in [place, b"+31.2304", b"Zhang San"] {
            assert!(!holds(&after, secret), "{name}");
        }
        let frames = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            let hashes = Command::new("ffmpeg")
                .args(["-v", "error", "-i"])
                .arg(&path)
                .args(["-f", "framemd5", "-"])
                .output()
                .unwrap();
            assert!(
                hashes.status.success() && hashes.stderr.is_empty(),
                "{name}: {}",
                String::from_utf8_lossy(&hashes.stderr)
            );
            hashes.stdout
        };
        let (first, second) = (frames(&before), frames(&after));
        assert!(first.len() > 1000 && first == second, "{name}");
        let told =
            Command::new("ffprobe").args(["-v", "error", "-show_format", "-show_streams"]).arg(&path).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        for tag in ["TAG:location", "TAG:creation_time", "TAG:title"] {
            assert!(!told.contains(tag), "{told}");
        }
    }
}
