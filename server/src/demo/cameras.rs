//! Cameras of the demonstration: school canteens, a workshop and a warehouse of the fictional city, with a history of ninety
//! days. Their picture is a drawing that says that it is one; the portal serves it itself.

use app::{
    domain::{
        camera::{CameraPlace, Position, Way},
        stream::{Hours, KEPT_DAYS, Shown},
    },
    ports::{CameraDay, Uptime},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};

use super::firms::mix;

/// A camera, its state and its history.
pub struct DemoCamera {
    /// All that an officer would write
    pub place: CameraPlace,
    /// What is said of it in its hours
    pub shown: Shown,
    /// The last ninety days
    pub days: Vec<CameraDay>,
}

const CANTEEN: [(Position, &str); 5] = [
    (Position::Cutting, "从侧上方看两张切配台和分色砧板架。"),
    (Position::Cooking, "从上方看三口大锅和排烟罩。"),
    (Position::Serving, "从侧面看备餐间的保温台。"),
    (Position::Washing, "对着三格水池和消毒柜。"),
    (Position::Retained, "对着留样冰箱，看得见温度表。"),
];
const WORKSHOP: [(Position, &str); 3] = [
    (Position::Processing, "从高处看和面机与成型线。"),
    (Position::InnerPacking, "对着内包装机出口。"),
    (Position::Cleaning, "对着工器具清洗间的水池。"),
];
const WAREHOUSE: [(Position, &str); 3] = [
    (Position::Receiving, "对着收货口的地磅。"),
    (Position::Chilled, "对着冷藏库门和温度显示屏。"),
    (Position::Picking, "从高处看分拣区的货架。"),
];
/// Minutes of the day.
const SCHOOL: [(u16, u16); 2] = [(6 * 60, 8 * 60), (9 * 60, 13 * 60)];
const ALL_DAY: [(u16, u16); 1] = [(0, 24 * 60)];

/// Cameras of the place of a number: most are canteens, the first two are open at all times, so that there is always
/// something to see.
#[must_use]
pub fn cameras(number: u64, now: DateTime<Utc>, today: NaiveDate) -> Vec<DemoCamera> {
    let (positions, spans, days): (&[_], &[_], &[u8]) = match number {
        0 => (&WORKSHOP, &ALL_DAY, &[0, 1, 2, 3, 4, 5, 6]),
        1 => (&WAREHOUSE, &ALL_DAY, &[0, 1, 2, 3, 4, 5, 6]),
        _ => (&CANTEEN, &SCHOOL, &[0, 1, 2, 3, 4]),
    };
    let count = if number < 2 { positions.len() } else { 2 + usize::try_from(mix(number) % 4).unwrap_or(0) };
    let hours = Hours::weekly(days, spans).unwrap_or_default();
    let minutes: u64 = spans.iter().map(|(from, to)| u64::from(to - from)).sum();
    let one = |(place, (position, described)): (usize, &(Position, &str))| {
        let bits = mix(number * 16 + place as u64);
        let is_repaired = bits % 17 == 3;
        DemoCamera {
            place: CameraPlace {
                position: *position,
                label: None,
                described: Some((*described).to_owned()),
                way: Way::Hls,
                provider: None,
                hours: hours.clone(),
                mended: is_repaired.then(|| (today + Days::new(3), Some("更换镜头".to_owned()))),
                told: true,
            },
            shown: state(bits >> 8, number, place, now),
            days: history(bits, minutes * 60, days, today),
        }
    };
    positions.iter().take(count).enumerate().map(one).collect()
}

fn state(bits: u64, number: u64, place: usize, now: DateTime<Utc>) -> Shown {
    match (number, place, bits % 12) {
        (0 | 1, 0, _) => Shown::Live,
        (_, _, 0) => {
            Shown::Offline { since: now - TimeDelta::minutes(20 + i64::try_from(bits >> 8 & 255).unwrap_or(0)) }
        }
        (_, _, 1) => Shown::Frozen,
        (1, 2, _) => Shown::Dark,
        _ => Shown::Live,
    }
}

fn history(bits: u64, expected: u64, days: &[u8], today: NaiveDate) -> Vec<CameraDay> {
    let back = (1..KEPT_DAYS).rev().filter_map(|back| today.checked_sub_days(Days::new(back)));
    let on = back.filter(|day| days.contains(&weekday(day.weekday())));
    on.filter_map(|day| {
        let dice = mix(bits ^ u64::from(day.num_days_from_ce().unsigned_abs()));
        let share = match dice % 20 {
            0 => return None,
            1 => dice >> 8 & 63,
            2 | 3 => 60 + (dice >> 8) % 35,
            _ => 97 + (dice >> 8) % 4,
        };
        Some(CameraDay { day, uptime: Uptime { live: expected * share.min(100) / 100, expected } })
    })
    .collect()
}

fn weekday(day: Weekday) -> u8 {
    u8::try_from(day.num_days_from_monday()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_always_live_and_history_is_bounded() {
        let now: DateTime<Utc> = "2026-11-25T18:00:00Z".parse().unwrap();
        let today = "2026-11-26".parse().unwrap();
        assert_eq!(cameras(0, now, today)[0].shown, Shown::Live);
        for number in 0..40 {
            let all = cameras(number, now, today);
            assert!((2..=5).contains(&all.len()));
            for camera in all {
                assert!(camera.days.len() < 90 && camera.days.iter().all(|day| day.uptime.live <= day.uptime.expected));
                assert!(camera.days.iter().all(|one| (today - one.day).num_days() < 90));
            }
        }
    }
}
