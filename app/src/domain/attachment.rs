//! Files that come with a publication: which kinds are taken, why one is refused, what keeps one from being published.

/// The kinds that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// Word, 2007 and later.
    Docx,
    /// Excel, 2007 and later.
    Xlsx,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Docx, Self::Xlsx, Self::Png, Self::Jpeg];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    /// The kind of a name in the database.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The media type to serve it with.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The extension to serve it with, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }

    /// Whether it is a picture.
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }
}

/// Where in a file something was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The text of a DOCX.
    Body,
    /// A header of a DOCX.
    Header,
    /// A footer of a DOCX.
    Footer,
    /// Foot- or endnotes of a DOCX.
    Notes,
    /// Comments of a DOCX.
    Comments,
    /// A cell, `A1`, of a sheet.
    Cell {
        /// The sheet's name.
        sheet: String,
        /// The cell's address.
        cell: String,
    },
    /// Stored in the workbook but shown nowhere (left-over strings, the copy of the data under a pivot table).
    Leftover,
    /// A page of a PDF, from 1.
    Page(u32),
}

/// What blocks publication, though the file may be kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Concern {
    /// A sheet that is hidden, or "very hidden".
    HiddenSheet {
        /// Its name.
        name: String,
    },
    /// Hidden or filtered rows or columns that hold something.
    HiddenRowsOrColumns {
        /// The sheet's name.
        sheet: String,
    },
    /// A comment.
    Comment {
        /// Where.
        place: Place,
    },
    /// Text in the colour of what lies beneath it.
    WhiteText {
        /// Where.
        place: Place,
        /// Its beginning.
        sample: String,
    },
    /// Text formatted as hidden, or too small to be seen, or kept but not shown.
    HiddenText {
        /// Where.
        place: Place,
        /// Its beginning.
        sample: String,
    },
    /// An insertion, deletion, move or change of format that was recorded.
    TrackedChange {
        /// Where.
        place: Place,
    },
    /// PDF: text that is not painted, or painted over, or off the page.
    InvisibleText {
        /// The page, from 1.
        page: u32,
    },
    /// PDF: a note, mark or stamp laid over the page.
    Annotation {
        /// The page, from 1.
        page: u32,
    },
    /// PDF: a scanned page with the recognised words, not painted, over its picture. They are read as any text.
    RecognisedText {
        /// The page, from 1.
        page: u32,
    },
    /// PDF: it was signed; taking out what tells of its author ends the signature.
    Signature,
    /// PDF: a page whose text cannot be read by a program; a person must look at it.
    UnreadableText {
        /// The page, from 1.
        page: u32,
    },
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing in it.
    #[error("empty file")]
    Empty,
    /// More bytes than allowed.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// None of the kinds that are taken.
    #[error("not a kind that is taken")]
    UnknownKind,
    /// An office file of before 2007 (DOC, XLS).
    #[error("office file of before 2007")]
    Legacy,
    /// The name says something else than the content.
    #[error("named .{name_says} but is {is:?}")]
    ExtensionMismatch {
        /// The extension of the name, in lower case.
        name_says: String,
        /// What the content is.
        is: Kind,
    },
    /// A web page.
    #[error("web page")]
    Html,
    /// An SVG drawing, alone or inside a document.
    #[error("SVG drawing")]
    Svg,
    /// A document with macros.
    #[error("macros")]
    Macros,
    /// Locked with a password.
    #[error("encrypted")]
    Encrypted,
    /// Two kinds of file in one.
    #[error("two kinds of file in one")]
    Polyglot,
    /// Something that acts by itself; the name is that of the technique.
    #[error("active content: {0}")]
    ActiveContent(&'static str),
    /// Something fetched from elsewhere.
    #[error("refers to another file or server")]
    ExternalReference,
    /// A picture inside a document in a format that cannot be cleaned.
    #[error("unknown picture or part {name}")]
    UnsupportedMedia {
        /// The part's name.
        name: String,
    },
    /// Cut off, or not readable.
    #[error("damaged")]
    Damaged,
    /// More pixels than allowed; for the pictures of a document, together.
    #[error("{width} × {height} pixels, more than {limit}")]
    TooManyPixels {
        /// Width, in pixels.
        width: u32,
        /// Height, in pixels.
        height: u32,
        /// The limit, in pixels.
        limit: u64,
    },
    /// Unpacks to more than allowed.
    #[error("unpacks to too much")]
    ZipBomb,
}

impl Concern {
    /// Whether an officer who looked at the place may let it stand: pages that only a person can read, scans with their
    /// recognised words, a signature that ends.
    #[must_use]
    pub fn may_be_confirmed(&self) -> bool {
        matches!(self, Self::UnreadableText { .. } | Self::RecognisedText { .. } | Self::Signature)
    }
}
