//! What is in a picture, by its gray levels alone: dark, still, or moving. A person can't be recognised in 96 × 54 gray
//! cells, and only those of the last look are kept, in memory (PIPL art. 6: no more than needed).

/// Cells of a row.
pub const WIDTH: usize = 96;
/// Rows.
pub const HEIGHT: usize = 54;
/// Cells of a picture.
pub const CELLS: usize = WIDTH * HEIGHT;

/// Rows at the top and at the bottom in which cameras write their name and the time. They are left out of every rule: a
/// clock that runs on a still picture makes it no less still.
const BAND: usize = HEIGHT / 6;
/// Gray levels by which a cell has changed. Measured with x264, a still picture of 320 × 180, CRF 18 to 28 and 40 to 100
/// kbit/s: between key frames one cell differs by 7, all others by 5 at most, the mean by 0.46; larger pictures differ less.
const CHANGED: u8 = 8;
/// Changed cells that are a movement: a hand a fiftieth as wide as the picture.
const MOVED_CELLS: usize = 4;
/// Mean difference in gray levels that is a movement where no cell changes much: steam, light, the noise of a lens (which a
/// stored picture does not have).
const MOVED_MEAN: f64 = 1.0;
/// A picture is black where its mean is at most this …
const BLACK_MEAN: f64 = 8.0;
/// … and 99 of 100 cells are at most this: a dark room with a lamp is none, and neither is a dim kitchen (measured: mean 10.5).
const BLACK_HIGH: u8 = 16;
/// A picture is covered where its cells differ by no more than this (standard deviation): a lid, a hand, paint.
const COVERED_DEVIATION: f64 = 3.0;

/// Gray levels of a picture, 0 black to 255 white, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma(Box<[u8]>);

impl std::fmt::Debug for Luma {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Luma({:.1})", mean(self.middle()))
    }
}

/// Why nothing can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Darkness {
    /// No light
    Black,
    /// One colour all over
    Covered,
}

/// What frames show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Something moves
    Moving,
    /// Nothing moves
    Still,
    /// Nothing can be seen in any of them
    Dark(Darkness),
}

impl Luma {
    /// Of exactly [`CELLS`] bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == CELLS).then(|| Self(bytes.into()))
    }

    /// All cells but those of the bands.
    fn middle(&self) -> &[u8] {
        &self.0[BAND * WIDTH..(HEIGHT - BAND) * WIDTH]
    }

    fn darkness(&self) -> Option<Darkness> {
        let cells = self.middle();
        let mean = mean(cells);
        let bright = cells.iter().filter(|cell| **cell > BLACK_HIGH).count();
        if mean <= BLACK_MEAN && bright * 100 <= cells.len() {
            return Some(Darkness::Black);
        }
        let spread = cells.iter().map(|cell| (f64::from(*cell) - mean).powi(2)).sum::<f64>() / count(cells);
        (spread.sqrt() <= COVERED_DEVIATION).then_some(Darkness::Covered)
    }

    /// Cells that changed, and the mean difference in gray levels.
    #[must_use]
    pub fn difference(&self, other: &Self) -> (usize, f64) {
        let differences = self.middle().iter().zip(other.middle()).map(|(one, two)| one.abs_diff(*two));
        let (changed, sum) = differences.fold((0, 0.0), |(changed, sum), difference| {
            (changed + usize::from(difference >= CHANGED), sum + f64::from(difference))
        });
        (changed, sum / count(self.middle()))
    }

    /// Whether something moved between two pictures.
    #[must_use]
    pub fn moved_since(&self, other: &Self) -> bool {
        let (changed, mean) = self.difference(other);
        changed >= MOVED_CELLS || mean >= MOVED_MEAN
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
fn count(cells: &[u8]) -> f64 {
    cells.len() as f64
}

fn mean(cells: &[u8]) -> f64 {
    cells.iter().map(|cell| f64::from(*cell)).sum::<f64>() / count(cells)
}

/// What frames show; `before` is the last frame of the look before. `None` without a frame, or where there is nothing to
/// compare a single one with.
#[must_use]
pub fn sight(frames: &[Luma], before: Option<&Luma>) -> Option<Sight> {
    let first = frames.first()?;
    // the darkness of the last one counts: a lamp may just have been switched off
    let dark: Option<Vec<Darkness>> = frames.iter().map(Luma::darkness).collect();
    if let Some(why) = dark.and_then(|all| all.last().copied()) {
        return Some(Sight::Dark(why));
    }
    let mut others = frames.iter().skip(1).chain(before).peekable();
    others.peek()?;
    Some(if others.any(|frame| frame.moved_since(first)) { Sight::Moving } else { Sight::Still })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A picture by a rule of column and row.
    fn draw(rule: impl Fn(usize, usize) -> u8) -> Luma {
        Luma((0..CELLS).map(|cell| rule(cell % WIDTH, cell / WIDTH)).collect())
    }

    /// Tables, a wall, a lamp; `light` is 255 by day.
    fn kitchen(light: u16, person: Option<usize>) -> Luma {
        draw(|x, y| {
            let base: u16 = if y > 36 {
                140
            } else if x % 24 < 3 {
                60
            } else {
                190
            };
            let is_person = person.is_some_and(|at| (at..at + 4).contains(&x) && (18..40).contains(&y));
            u8::try_from((if is_person { 20 } else { base }) * light / 255).unwrap()
        })
    }

    fn noisy(picture: &Luma, most: i16, seed: u32) -> Luma {
        let mut state = seed | 1;
        let cells = picture.0.iter().map(|cell| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let noise = i16::try_from(state % u32::try_from(2 * most + 1).unwrap()).unwrap() - most;
            u8::try_from((i16::from(*cell) + noise).clamp(0, 255)).unwrap()
        });
        Luma(cells.collect())
    }

    fn with_clock(picture: &Luma, second: usize) -> Luma {
        let mut cells = picture.0.clone();
        for y in 1..5 {
            for x in 60..92 {
                cells[y * WIDTH + x] = if (x * 7 + y * 3 + second * 11) % 5 < 2 { 255 } else { 30 };
            }
        }
        Luma(cells)
    }

    #[test]
    fn a_kitchen_is_live_when_somebody_moves() {
        let (one, two) = (kitchen(255, Some(10)), kitchen(255, Some(14)));
        assert_eq!(sight(&[one.clone(), two.clone()], None), Some(Sight::Moving));
        assert_eq!(sight(std::slice::from_ref(&one), Some(&two)), Some(Sight::Moving), "against the look before");
        assert_eq!(sight(&[one.clone(), one.clone()], Some(&one)), Some(Sight::Still));
        assert_eq!(sight(&[], Some(&one)), None);
        assert_eq!(sight(&[one], None), None, "nothing to compare with");
    }

    #[test]
    fn what_an_encoder_adds_is_no_movement() {
        let still = kitchen(255, None);
        for most in 0..=1 {
            assert_eq!(sight(&[noisy(&still, most, 7), noisy(&still, most, 99)], None), Some(Sight::Still), "{most}");
        }
        // the noise of a lens in the dark is light that arrives: the picture is not a stored one
        assert_eq!(sight(&[noisy(&still, 6, 7), noisy(&still, 6, 99)], None), Some(Sight::Moving));
    }

    #[test]
    fn a_clock_on_a_still_picture_leaves_it_still() {
        let still = kitchen(255, Some(30));
        assert_eq!(sight(&[with_clock(&still, 1), with_clock(&still, 8)], None), Some(Sight::Still));
        let moved = with_clock(&kitchen(255, Some(31)), 8);
        assert_eq!(sight(&[with_clock(&still, 1), moved], None), Some(Sight::Moving));
    }

    #[test]
    fn a_dim_kitchen_is_not_black() {
        let dim = |person| kitchen(22, person);
        assert!(mean(dim(None).middle()) < 16.0);
        assert_eq!(sight(&[dim(Some(10)), dim(Some(20))], None), Some(Sight::Moving));
        let night = draw(|x, y| if (40..46).contains(&x) && (20..32).contains(&y) { 180 } else { 4 });
        assert_eq!(sight(&[night.clone(), night], None), Some(Sight::Still), "a lamp in a dark room");
    }

    #[test]
    fn black_and_covered_are_dark() {
        let black = draw(|x, _| if x % 2 == 0 { 0 } else { 3 });
        assert_eq!(sight(&[black.clone(), noisy(&black, 2, 5)], None), Some(Sight::Dark(Darkness::Black)));
        assert_eq!(sight(&[with_clock(&black, 1), with_clock(&black, 2)], None), Some(Sight::Dark(Darkness::Black)));
        for gray in [20, 90, 240] {
            let lid = draw(|x, _| gray + u8::try_from(x / 24).unwrap());
            assert_eq!(sight(&[lid.clone(), noisy(&lid, 1, 5)], None), Some(Sight::Dark(Darkness::Covered)), "{gray}");
        }
        // dark at first only: somebody switched the light on
        let lit = kitchen(255, None);
        assert_eq!(sight(&[black.clone(), lit.clone()], None), Some(Sight::Moving));
        assert_eq!(sight(&[lit, black.clone()], Some(&black)), Some(Sight::Moving));
    }

    #[test]
    fn thresholds_are_where_they_are_said_to_be() {
        let still = kitchen(255, None);
        let changed = |cells: usize, by: u8| {
            let mut all = still.0.clone();
            (0..cells).for_each(|cell| all[20 * WIDTH + 5 + cell] -= by);
            Luma(all)
        };
        assert!(!changed(4, 7).moved_since(&still) && changed(4, 8).moved_since(&still));
        assert!(!changed(3, 60).moved_since(&still));
        let lighter = |by: u8| Luma(still.0.iter().map(|cell| cell + by).collect());
        assert!(lighter(1).moved_since(&still), "the light changes as a whole");
        assert_eq!(Luma::from_bytes(&[0; CELLS - 1]), None);
    }

    proptest! {
        #[test]
        fn a_picture_has_not_moved_since_itself(bytes in proptest::collection::vec(any::<u8>(), CELLS)) {
            let picture = Luma::from_bytes(&bytes).unwrap();
            prop_assert!(!picture.moved_since(&picture));
            prop_assert!(sight(&[picture.clone(), picture.clone()], Some(&picture)) != Some(Sight::Moving));
        }
    }
}
