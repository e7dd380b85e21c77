//! Sizes: `480MB`, `2GiB`.

use super::decimal::{self, for_people, plain};
use super::unit::Mark;
use super::wrong::Wrong;
use super::{Dimension, Quantity};

/// The units of either family, largest first, with their bytes.
const DECIMAL: [(&str, u64); 5] =
    [("PB", 1_000_000_000_000_000), ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
const BINARY: [(&str, u64); 5] =
    [("PiB", 1 << 50), ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

pub(super) fn parse(raw: &str) -> Option<Quantity> {
    let (number, suffix) = decimal::take(raw)?;
    let (bytes, mark) = bytes_of(suffix)?;
    let whole = number.is_whole_times(bytes);
    whole.then(|| Quantity::written(number.scaled(bytes as f64, 1.0), Dimension::Size, mark)).flatten()
}

fn bytes_of(suffix: &str) -> Option<(u64, Mark)> {
    let find = |family: &[(&str, u64)]| family.iter().find(|(unit, _)| *unit == suffix).map(|(_, bytes)| *bytes);
    match suffix {
        "B" => Some((1, Mark::Base)),
        _ => {
            find(&DECIMAL).map(|bytes| (bytes, Mark::Base)).or_else(|| find(&BINARY).map(|bytes| (bytes, Mark::Binary)))
        }
    }
}

/// The size in the largest unit of its family in which it needs no more than three places.
pub(super) fn display(bytes: f64, mark: &Mark, computed: bool) -> String {
    let family = if *mark == Mark::Binary { &BINARY } else { &DECIMAL };
    for (unit, length) in family {
        let amount = for_people(bytes / *length as f64, computed);
        let short = computed || (amount * 1000.0).fract() == 0.0;
        if amount.abs() >= 1.0 && short {
            return format!("{}{unit}", plain(amount));
        }
    }
    format!("{}B", plain(for_people(bytes, computed)))
}

pub(super) fn explain(raw: &str) -> Wrong {
    Wrong::not_a(raw, "a size")
}
