//! Small numbers are hidden, and enough beside them that nobody can compute them from the sum (domain 1.10).

/// Numbers below are not shown; zero is.
pub const FEWEST: u64 = 5;

/// A number as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Zero, or large enough
    Shown(u64),
    /// 少于 5: 1 to 4
    Few,
    /// Large enough, but it would give a small one away
    Withheld,
}

impl Cell {
    /// A number that stands alone.
    #[must_use]
    pub fn of(number: u64) -> Self {
        if (1..FEWEST).contains(&number) { Self::Few } else { Self::Shown(number) }
    }

    /// The number, where it is shown.
    #[must_use]
    pub fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(number) => Some(number),
            Self::Few | Self::Withheld => None,
        }
    }

    /// The number could be one more, for somebody who sees what is shown.
    fn can_rise(self, number: u64) -> bool {
        match self {
            Self::Shown(_) => false,
            Self::Few => number + 1 < FEWEST,
            Self::Withheld => true,
        }
    }

    /// … one less
    fn can_fall(self, number: u64) -> bool {
        match self {
            Self::Shown(_) => false,
            Self::Few => number > 1,
            Self::Withheld => number > FEWEST,
        }
    }
}

/// Numbers of groups whose sum is shown beside them. Where a small one could be computed, the smallest others are
/// withheld, until each small one can still be two numbers at least; where nothing is left to withhold, all are.
#[must_use]
pub fn hide(numbers: &[u64]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = numbers.iter().copied().map(Cell::of).collect();
    if numbers.iter().sum::<u64>() < FEWEST {
        // the sum is hidden itself
        return cells;
    }
    while (0..cells.len()).any(|place| cells[place] == Cell::Few && !is_protected(&cells, numbers, place)) {
        let next = (0..cells.len()).filter(|place| cells[*place].shown().is_some_and(|number| number > 0));
        match next.min_by_key(|place| numbers[*place]) {
            Some(place) => cells[place] = Cell::Withheld,
            None => return vec![Cell::Withheld; cells.len()],
        }
    }
    cells
}

/// Whether a hidden number can move by one while another moves the other way.
fn is_protected(cells: &[Cell], numbers: &[u64], place: usize) -> bool {
    let (cell, number) = (cells[place], numbers[place]);
    cells.iter().zip(numbers).enumerate().filter(|(other, _)| *other != place).any(|(_, (other, other_number))| {
        (cell.can_rise(number) && other.can_fall(*other_number))
            || (cell.can_fall(number) && other.can_rise(*other_number))
    })
}
