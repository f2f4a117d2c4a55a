//! Cursors of lists: the sort key of the last entry, as short text that is safe in a URL.

use app::ports::PortError;
use chrono::NaiveDate;
use uuid::Uuid;

/// After an entry of a list sorted by day, newest first, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCursor {
    pub day: NaiveDate,
    pub id: Uuid,
}

impl DayCursor {
    /// Reads what [`DayCursor::write`] wrote; the start when there is none.
    pub fn read(text: Option<&str>) -> Result<Self, PortError> {
        // the latest day that both databases write with four digits
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
        let Some(text) = text else { return Ok(Self { day: last, id: Uuid::max() }) };
        let (day, id) = text.split_once('_').ok_or(PortError::Invalid("after"))?;
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").map_err(|_| PortError::Invalid("after"))?;
        Ok(Self { day, id: read_id(id)? })
    }

    pub fn write(self) -> String {
        format!("{}_{}", self.day.format("%Y%m%d"), self.id.simple())
    }
}

/// Reads the id of a list sorted by id.
pub fn read_id(text: &str) -> Result<Uuid, PortError> {
    Uuid::try_parse(text).map_err(|_| PortError::Invalid("after"))
}

/// After a sample of a bulletin: failed ones first, then by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceCursor {
    pub failed: bool,
    pub ordinal: i32,
}

impl PlaceCursor {
    pub fn read(text: Option<&str>) -> Result<Self, PortError> {
        let Some(text) = text else { return Ok(Self { failed: true, ordinal: 0 }) };
        let (failed, rest) = match text.as_bytes().first() {
            Some(b'f') => (true, &text[1..]),
            Some(b'p') => (false, &text[1..]),
            _ => return Err(PortError::Invalid("after")),
        };
        let ordinal = rest.parse().map_err(|_| PortError::Invalid("after"))?;
        Ok(Self { failed, ordinal })
    }

    pub fn write(self) -> String {
        format!("{}{}", if self.failed { 'f' } else { 'p' }, self.ordinal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cursors_read_back() {
        let day = DayCursor { day: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), id: Uuid::from_u128(7) };
        assert_eq!(DayCursor::read(Some(&day.write())).unwrap(), day);
        let place = PlaceCursor { failed: false, ordinal: 31 };
        assert_eq!(PlaceCursor::read(Some(&place.write())).unwrap(), place);
    }

    proptest! {
        #[test]
        fn garbage_is_refused_without_panic(text in ".{0,40}") {
            let _ = (DayCursor::read(Some(&text)), PlaceCursor::read(Some(&text)), read_id(&text));
        }
    }
}
