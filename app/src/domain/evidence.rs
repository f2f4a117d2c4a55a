//! Evidence that comes with a complaint or a report: which files are taken, how many, and why one is not.

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// JPEG picture
    Jpeg,
    /// PNG picture
    Png,
    /// PDF
    Pdf,
    /// MP4 film
    Mp4,
    /// `QuickTime` film, as iPhones make them
    Mov,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::Pdf, Self::Mp4, Self::Mov];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
        }
    }

    /// The kind of a name in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
        }
    }

    /// Extension without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            other => other.code(),
        }
    }

    /// Which limit it has.
    pub const fn class(self) -> Class {
        match self {
            Self::Jpeg | Self::Png => Class::Image,
            Self::Pdf => Class::Pdf,
            Self::Mp4 | Self::Mov => Class::Video,
        }
    }
}

/// Kinds that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Pictures
    Image,
    /// Documents
    Pdf,
    /// Films
    Video,
}

impl Class {
    /// What a name promises, where it is one of these.
    pub fn of_name(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.trim().to_lowercase();
        match extension.as_str() {
            "jpg" | "jpeg" | "png" | "webp" => Some(Self::Image),
            "pdf" => Some(Self::Pdf),
            "mp4" | "m4v" | "mov" | "3gp" => Some(Self::Video),
            _ => None,
        }
    }
}

/// What `<input accept>` says: with these, iPhones turn HEIC into JPEG by themselves.
pub const ACCEPT: &str = "image/jpeg,image/png,image/webp,application/pdf,video/mp4,video/quicktime";

/// How much is taken. All in bytes, but `files`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A picture
    pub image: u64,
    /// A document
    pub pdf: u64,
    /// A film
    pub video: u64,
    /// Files of a case
    pub files: u32,
    /// All files of a case
    pub total: u64,
}

impl Limits {
    /// The limit of a class.
    pub const fn of(&self, class: Class) -> u64 {
        match class {
            Class::Image => self.image,
            Class::Pdf => self.pdf,
            Class::Video => self.video,
        }
    }

    /// The largest file of any class.
    pub fn largest(&self) -> u64 {
        self.image.max(self.pdf).max(self.video)
    }
}

/// Who gave a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever complains or reports
    Citizen,
    /// An officer
    Desk,
}

impl Side {
    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Desk => "desk",
        }
    }

    /// The side of a name in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Citizen, Self::Desk].into_iter().find(|side| side.code() == code)
    }
}

/// Where a file is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Bytes are coming, or are being looked at
    Receiving,
    /// Cleaned and kept
    Ready,
    /// Not taken
    Refused(Refusal),
}

impl State {
    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Ready => "ready",
            Self::Refused(_) => "refused",
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// Nothing in it
    #[error("empty")]
    Empty,
    /// Larger than its class may be
    #[error("too large: {0:?}")]
    TooLarge(Class),
    /// Larger than any file may be
    #[error("too large")]
    Larger,
    /// One file too many
    #[error("too many files")]
    TooMany,
    /// All together too large
    #[error("too large together")]
    Total,
    /// Not a kind that is taken
    #[error("unknown kind")]
    UnknownKind,
    /// Apple's picture format
    #[error("HEIC")]
    Heic,
    /// A web page or an SVG drawing
    #[error("web page or drawing")]
    Markup,
    /// An office file
    #[error("office file")]
    Office,
    /// Locked with a password
    #[error("encrypted")]
    Encrypted,
    /// Two kinds in one, or something active that can't be taken out
    #[error("something else in it")]
    Unsafe,
    /// Cut off, or not readable
    #[error("damaged")]
    Damaged,
    /// Too many pixels, or unpacks to too much
    #[error("too much to unpack")]
    Bomb,
    /// A film that can't be cleaned of what it says about its place
    #[error("film can't be cleaned")]
    Film,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Empty,
        Self::TooLarge(Class::Image),
        Self::TooLarge(Class::Pdf),
        Self::TooLarge(Class::Video),
        Self::Larger,
        Self::TooMany,
        Self::Total,
        Self::UnknownKind,
        Self::Heic,
        Self::Markup,
        Self::Office,
        Self::Encrypted,
        Self::Unsafe,
        Self::Damaged,
        Self::Bomb,
        Self::Film,
    ];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge(Class::Image) => "large_image",
            Self::TooLarge(Class::Pdf) => "large_pdf",
            Self::TooLarge(Class::Video) => "large_video",
            Self::Larger => "larger",
            Self::TooMany => "too_many",
            Self::Total => "total",
            Self::UnknownKind => "unknown_kind",
            Self::Heic => "heic",
            Self::Markup => "markup",
            Self::Office => "office",
            Self::Encrypted => "encrypted",
            Self::Unsafe => "unsafe",
            Self::Damaged => "damaged",
            Self::Bomb => "bomb",
            Self::Film => "film",
        }
    }

    /// The refusal of a name in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }
}

/// A name as it is kept: without folders and control characters, not endlessly long, with the extension of what the
/// file is.
pub fn kept_name(name: &str, kind: Option<Kind>) -> String {
    const LONGEST: usize = 80;
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // marks that turn the direction of writing hide an extension
    let hides = |c: &char| matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let clean: String = base.chars().filter(|c| !c.is_control() && !hides(c)).collect();
    let clean = clean.trim().trim_matches('.');
    let Some(kind) = kind else {
        return clean.chars().take(LONGEST).collect();
    };
    let stem = clean.rsplit_once('.').map_or(clean, |(stem, _)| stem).trim();
    let stem: String = stem.chars().take(LONGEST).collect();
    let stem = if stem.is_empty() { "file" } else { &stem };
    format!("{stem}.{}", kind.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_without_tricks() {
        assert_eq!(kept_name("C:\\x\\小票.JPEG", Some(Kind::Jpeg)), "小票.jpg");
        assert_eq!(kept_name("../../a\u{202e}gpj.exe", Some(Kind::Png)), "agpj.png");
        assert_eq!(kept_name(".\r\n", Some(Kind::Pdf)), "file.pdf");
        assert_eq!(kept_name(&"长".repeat(300), Some(Kind::Mov)).chars().count(), 84);
        assert_eq!(kept_name("a/b.webp", None), "b.webp");
    }

    #[test]
    fn codes_read_back() {
        assert!(Refusal::ALL.iter().all(|refusal| Refusal::from_code(refusal.code()) == Some(*refusal)));
        assert!(Kind::ALL.iter().all(|kind| Kind::from_code(kind.code()) == Some(*kind)));
        assert_eq!(Class::of_name("IMG_1.MOV"), Some(Class::Video));
        assert_eq!(Class::of_name("mov"), None);
    }
}
