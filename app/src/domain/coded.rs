//! Enumerations whose values have a code in the database and in addresses.

/// An enumeration with `ALL`, `code` and `from_code`.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $value:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $value,)* }

        impl $name {
            /// All, in the order in which pages show them.
            pub const ALL: &'static [Self] = &[$(Self::$value,)*];

            /// The name in the database and in addresses.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)* }
            }

            /// Reads the code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use coded;
