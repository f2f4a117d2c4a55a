//! The font: found on this machine, read once, embedded in part. None is shipped.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ttf_parser::{Face, GlyphId, fonts_in_collection, name_id};

use app::text::document as say;

/// Bytes of a font file at most: the largest in use have 30 MB.
const MOST_BYTES: u64 = 64 << 20;
/// Where systems keep fonts.
const FOLDERS: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/texmf/fonts",
    "C:\\Windows\\Fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
];
/// Folders below those at most.
const MOST_DEPTH: usize = 4;
/// Files that hold a Chinese font, the best first: as they begin, in small letters.
const FILES: [&str; 12] = [
    "notoserifcjk-regular",
    "notoserifcjksc-regular",
    "notoserifsc-regular",
    "sourcehanserifsc-regular",
    "sourcehanserif-regular",
    "simsun",
    "notosanscjk-regular",
    "notosanscjksc-regular",
    "notosanssc-regular",
    "sourcehansanssc-regular",
    "wqy-",
    "songti",
];
/// Families for simplified Chinese in a collection, the best first.
const FAMILIES: [&str; 4] = ["CJK SC", "SimSun", "宋体", "Zen Hei"];

/// Why there is no font.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// None was named and none was found.
    #[error("{}", say::NO_FONT)]
    None,
    /// The file is none that can write Chinese.
    #[error("{}", say::bad_font(&.0.display().to_string()))]
    Unusable(PathBuf),
}

/// A font in memory.
pub struct Font {
    data: Vec<u8>,
    index: u32,
}

impl Font {
    /// The named file, or the first that fits in the folders of the system.
    pub fn load(named: Option<&Path>) -> Result<Self, FontError> {
        if let Some(file) = named {
            return Self::read(file).ok_or_else(|| FontError::Unusable(file.to_owned()));
        }
        Self::find(&FOLDERS.map(PathBuf::from))
    }

    /// The first that fits in these folders.
    pub fn find(folders: &[PathBuf]) -> Result<Self, FontError> {
        let mut files = Vec::new();
        for folder in folders {
            collect(folder, MOST_DEPTH, &mut files);
        }
        files.sort();
        files.iter().find_map(|(_, file)| Self::read(file)).ok_or(FontError::None)
    }

    fn read(file: &Path) -> Option<Self> {
        if fs::metadata(file).ok()?.len() > MOST_BYTES {
            return None;
        }
        let data = fs::read(file).ok()?;
        let index = best_face(&data)?;
        Some(Self { data, index })
    }

    /// The face. Reading its directory takes microseconds.
    pub(super) fn face(&self) -> Option<Face<'_>> {
        Face::parse(&self.data, self.index).ok()
    }

    /// The tables that a PDF needs for these glyphs.
    pub(super) fn subset(&self, glyphs: &subsetter::GlyphRemapper) -> Option<Vec<u8>> {
        subsetter::subset(&self.data, self.index, glyphs).ok()
    }
}

/// Files with their place in [`FILES`].
fn collect(folder: &Path, depth: usize, files: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, files);
            }
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if let Some(place) = FILES.iter().position(|start| name.starts_with(start)) {
            files.push((place, path));
        }
    }
}

/// The face of a file for simplified Chinese: of a collection the one that says so, else the first that can.
fn best_face(data: &[u8]) -> Option<u32> {
    let count = fonts_in_collection(data).unwrap_or(1);
    let able = (0..count).filter_map(|index| Some((index, Face::parse(data, index).ok()?)));
    let able = able.filter(|(_, face)| "中，。".chars().all(|sign| face.glyph_index(sign).is_some_and(is_shape)));
    able.min_by_key(|(index, face)| (family_rank(face), *index)).map(|(index, _)| index)
}

fn is_shape(glyph: GlyphId) -> bool {
    glyph.0 != 0
}

fn family_rank(face: &Face<'_>) -> (usize, bool) {
    let names = face.names().into_iter().filter(|name| name.name_id == name_id::FAMILY);
    let names: Vec<String> = names.filter_map(|name| name.to_string()).collect();
    let rank = FAMILIES.iter().position(|family| names.iter().any(|name| name.contains(family)));
    (rank.unwrap_or(FAMILIES.len()), names.iter().any(|name| name.contains("Mono")))
}
