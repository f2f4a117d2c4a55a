//! Registers that come with the program, and a bureau's own.

use super::{Fault, Register};

macro_rules! shipped {
    ($($code:literal),* $(,)?) => {
        /// Codes and texts of the files that come with the program (`app/data/registers`).
        pub const SHIPPED: &[(&str, &str)] = &[
            $(($code, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/registers/", $code, ".toml"))),)*
        ];
    };
}

// to ship one more, add its file and its name here
shipped![
    "school-canteens",
    "bright-kitchens",
    "dynamic-grades",
    "yearly-grades",
    "risk-grades",
    "inspections",
    "self-checks",
    "officials",
    "food-safety-staff",
    "small-trades",
    "no-stall-zones",
    "delisted-online-shops",
    "quick-tests",
    "quick-test-points",
    "promise-certificates",
    "tracing-entrances",
    "banquet-cooks",
    "demonstrations",
    "violation-points",
    "staff-exams",
    "small-trade-training",
    "kitchen-waste-collectors",
    "town-lists",
];

/// The registers of a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definitions(Vec<Register>);

impl Definitions {
    /// Those that come with the program.
    ///
    /// # Errors
    /// Code and faults of a file. Never, as long as the embedded files are whole; a test reads them.
    pub fn shipped() -> Result<Self, (String, Vec<Fault>)> {
        Self(Vec::new()).with(SHIPPED.iter().copied())
    }

    /// … and a bureau's own, by code and text: one with a code from here replaces it.
    ///
    /// # Errors
    /// Code and faults of the first file that is refused.
    pub fn with<'f>(mut self, own: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, (String, Vec<Fault>)> {
        for (code, toml) in own {
            let register = Register::parse(code, toml).map_err(|faults| (code.to_owned(), faults))?;
            match self.0.iter_mut().find(|known| known.code == code) {
                Some(known) => *known = register,
                None => self.0.push(register),
            }
        }
        Ok(self)
    }

    /// All registers in order: the shipped ones first.
    #[must_use]
    pub fn all(&self) -> &[Register] {
        &self.0
    }

    /// The register of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Register> {
        self.0.iter().find(|register| register.code == code)
    }
}
