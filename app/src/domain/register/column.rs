//! Columns of a register: what a cell may hold and what readers make of it.

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellType {
    /// One line of at most 200 signs
    Text,
    /// Several lines of at most 2,000 signs
    Long,
    /// A day
    Day,
    /// A week, Monday to Sunday (ISO 8601)
    Week,
    /// A month
    Month,
    /// A whole number
    Integer,
    /// A number
    Decimal,
    /// One of [`Column::values`]
    Choice,
    /// 是 or 否
    YesNo,
    /// 统一社会信用代码: a wrong check sign warns
    Uscc,
    /// 食品生产、经营许可证编号: a wrong check digit warns
    Licence,
    /// Telephone of an office; a mobile number is refused
    OfficePhone,
    /// An address that begins with `https://`
    Url,
    /// Degrees east, WGS 84
    Longitude,
    /// Degrees north, WGS 84
    Latitude,
}

impl CellType {
    /// All types, in the order of this file.
    pub const ALL: [Self; 15] = [
        Self::Text,
        Self::Long,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Integer,
        Self::Decimal,
        Self::Choice,
        Self::YesNo,
        Self::Uscc,
        Self::Licence,
        Self::OfficePhone,
        Self::Url,
        Self::Longitude,
        Self::Latitude,
    ];

    /// The word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Long => "long",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Choice => "choice",
            Self::YesNo => "yes_no",
            Self::Uscc => "uscc",
            Self::Licence => "licence",
            Self::OfficePhone => "office_phone",
            Self::Url => "url",
            Self::Longitude => "longitude",
            Self::Latitude => "latitude",
        }
    }

    /// Reads [`CellType::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cell_type| cell_type.code() == code)
    }

    /// Whether its cells say when something was.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month)
    }

    /// Whether its cells are numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $code:literal: $types:ident,)*) => {
        /// What a column stands for, whatever it is called. A register has a role at most once.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $($(#[$doc])* $role,)*
        }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Self] = &[$(Self::$role,)*];

            /// The word in files and in the API.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$role => $code,)* }
            }

            /// Types that a column of this role may have.
            #[must_use]
            pub const fn types(self) -> &'static [CellType] {
                match self { $(Self::$role => $types,)* }
            }
        }
    };
}

const WORDS: &[CellType] = &[CellType::Text, CellType::Long, CellType::Choice];
const TEXT: &[CellType] = &[CellType::Text];
const NAMED: &[CellType] = &[CellType::Text, CellType::Choice];
const TIME: &[CellType] = &[CellType::Day, CellType::Week, CellType::Month];
const DAY: &[CellType] = &[CellType::Day];
const WEEK: &[CellType] = &[CellType::Week];
const CHOICE: &[CellType] = &[CellType::Choice];
const NUMBER: &[CellType] = &[CellType::Integer, CellType::Decimal];
const STATE: &[CellType] = &[CellType::Choice, CellType::YesNo, CellType::Text];
const CODE: &[CellType] = &[CellType::Uscc];
const LICENCE: &[CellType] = &[CellType::Licence, CellType::Text];
const LATITUDE: &[CellType] = &[CellType::Latitude];
const LONGITUDE: &[CellType] = &[CellType::Longitude];
const PHONE: &[CellType] = &[CellType::OfficePhone];
const LINK: &[CellType] = &[CellType::Url];

roles! {
    /// What a list calls the entry; without it the operator, the product or the person
    Title = "title": TEXT,
    /// Name of the operator that the entry is about
    OperatorName = "operator_name": TEXT,
    /// Its 统一社会信用代码
    OperatorCode = "operator_code": CODE,
    /// Its licence or registration
    OperatorLicence = "operator_licence": LICENCE,
    /// Where it is
    Address = "address": WORDS,
    /// District or county
    District = "district": NAMED,
    /// Town or street office (镇、街道)
    Town = "town": NAMED,
    /// What it is
    Kind = "kind": NAMED,
    /// Degrees north
    Latitude = "latitude": LATITUDE,
    /// Degrees east
    Longitude = "longitude": LONGITUDE,
    /// Grade of the register's own scale
    Grade = "grade": CHOICE,
    /// Level of an award or a point
    Level = "level": NAMED,
    /// Tier of the responsible official (包保层级), no grade
    Tier = "tier": CHOICE,
    /// When it was; the entry's day
    Date = "date": TIME,
    /// Last day on which it holds
    Until = "until": DAY,
    /// Week of a self check
    Week = "week": WEEK,
    /// A person in an office, or who agreed
    Person = "person": TEXT,
    /// The person's post
    Post = "post": NAMED,
    /// The person's or place's office
    Office = "office": TEXT,
    /// Telephone of an office
    Phone = "phone": PHONE,
    /// Points
    Score = "score": NUMBER,
    /// How many
    Count = "count": NUMBER,
    /// What came out
    Result = "result": WORDS,
    /// Why
    Reason = "reason": WORDS,
    /// By what rule or document
    Basis = "basis": WORDS,
    /// Whether it holds: 有效, 已撤销 …
    State = "state": STATE,
    /// Where more is, outside
    Link = "link": LINK,
    /// Food or product
    Product = "product": WORDS,
    /// Item tested
    Item = "item": WORDS,
    /// Market, stall or point
    Spot = "spot": TEXT,
    /// Zone (区域) and its limits
    Zone = "zone": WORDS,
    /// Hours
    Hours = "hours": WORDS,
    /// Platform on which a shop was
    Platform = "platform": NAMED,
    /// Number of a document
    Number = "number": TEXT,
    /// Who says so
    Source = "source": NAMED,
    /// Anything else worth saying
    Remark = "remark": WORDS,
}

impl Role {
    /// Reads [`Role::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }
}

/// A value of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word it is stored under
    pub code: String,
    /// What readers see
    pub label: String,
    /// Other wordings in spreadsheets
    pub aliases: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file by its own name")]
pub struct Column {
    /// The word it is stored under
    pub code: String,
    /// What readers see
    pub name: String,
    /// What is meant, for those who fill it in; may be empty
    pub hint: String,
    /// What its cells are
    pub cell_type: CellType,
    /// Unit of a number; may be empty
    pub unit: String,
    /// Values of a choice, in order
    pub values: Vec<Choice>,
    /// Whether each entry has it
    pub required: bool,
    /// Other headings in spreadsheets
    pub aliases: Vec<String>,
    /// What it stands for
    pub role: Option<Role>,
    /// Whether entries are filtered by it
    pub facet: bool,
    /// Whether the table of entries shows it
    pub list: bool,
    /// Whether entries are sorted by it
    pub sortable: bool,
    /// The yes-or-no column (its place) that must say 是 for the whole name of a person to be kept; otherwise only the
    /// surname is (PIPL art. 25)
    pub consent: Option<usize>,
}

impl Column {
    /// The value of a choice stored under a word.
    #[must_use]
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.values.iter().find(|choice| choice.code == code)
    }
}
