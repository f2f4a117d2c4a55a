//! Films of kitchens, made by ffmpeg: six segments of a second each.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Segments of a film.
pub const SEGMENTS: usize = 6;
const SIZE: &str = "320x180";

/// What a film shows, as a source of ffmpeg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scene {
    /// Things move
    Moving,
    /// One picture for ever
    Frozen,
    /// One picture, and a mark at the top that changes like a clock
    Clock,
    /// No light
    Black,
    /// One colour
    Covered,
    /// Things move where there is little light
    Dim,
    /// One picture seen through a noisy lens
    Noise,
    /// One picture, sent with very few bits
    Poor,
}

impl Scene {
    pub const ALL: [Self; 8] =
        [Self::Moving, Self::Frozen, Self::Clock, Self::Black, Self::Covered, Self::Dim, Self::Noise, Self::Poor];

    fn source(self) -> String {
        let moving = format!("testsrc2=s={SIZE}:r=10");
        let still = format!("{moving},trim=end_frame=1,loop=loop=-1:size=1:start=0,setpts=N/(10*TB)");
        match self {
            Self::Moving => moving,
            Self::Frozen | Self::Poor => still,
            Self::Clock => format!("{still},drawbox=x=200:y=4:w=100:h=14:color=white:t=fill:enable='lt(mod(t,2),1)'"),
            Self::Black => format!("color=black:s={SIZE}:r=10"),
            Self::Covered => format!("color=0x604030:s={SIZE}:r=10"),
            Self::Dim => format!("{moving},lutyuv=y='16+(val-16)*0.09':u=128:v=128"),
            Self::Noise => format!("{still},noise=alls=40:allf=t"),
        }
    }

    fn quality(self) -> [&'static str; 4] {
        match self {
            Self::Poor => ["-b:v", "40k", "-maxrate", "40k"],
            _ => ["-crf", "28", "-maxrate", "4M"],
        }
    }
}

/// A film as bytes.
#[derive(Clone)]
pub struct Film {
    /// Initialisation section, of MP4
    pub init: Option<Vec<u8>>,
    pub segments: Vec<Vec<u8>>,
}

/// Makes a film.
pub fn film(scene: Scene, is_mp4: bool) -> Film {
    let dir = tempfile::tempdir().unwrap();
    let name = |file: &str| dir.path().join(file).to_str().unwrap().to_owned();
    let mut command = Command::new("ffmpeg");
    command.args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", &scene.source(), "-t", "6"]);
    command.args(["-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-keyint_min", "10", "-sc_threshold", "0"]);
    command.args(scene.quality()).args(["-bufsize", "400k", "-pix_fmt", "yuv420p", "-f", "hls", "-hls_time", "1"]);
    command.args(["-hls_list_size", "0", "-hls_segment_filename", &name("%d.seg")]);
    if is_mp4 {
        command.args(["-hls_segment_type", "fmp4", "-hls_fmp4_init_filename", "init.mp4"]);
    }
    let made = command.arg(name("all.m3u8")).output();
    let made = made.unwrap_or_else(|error| panic!("these tests need ffmpeg (apt-get install ffmpeg): {error}"));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    read(dir.path(), is_mp4)
}

fn read(dir: &Path, is_mp4: bool) -> Film {
    let file = |number: usize| -> PathBuf { dir.join(format!("{number}.seg")) };
    let segments = (0..SEGMENTS).map(|number| std::fs::read(file(number)).unwrap()).collect();
    Film { init: is_mp4.then(|| std::fs::read(dir.join("init.mp4")).unwrap()), segments }
}
