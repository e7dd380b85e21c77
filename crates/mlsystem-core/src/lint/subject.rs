//! What a finding is about, as far as other lints may say it already.

use crate::finding::Pointer;

/// What one finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The number of the case that found it.
    pub case: usize,
    /// The items that the case loops over in this round, the outermost first; none of a case without loops.
    pub items: Vec<Pointer>,
    /// The places of its labels, the primary one first.
    pub places: Vec<Pointer>,
}

impl Subject {
    /// Whether `other` says of this subject what a lint with `unless` leaves to it. Where both speak of items of one list
    /// or map, it has to be the same item; what speaks of no such item speaks of the whole.
    pub fn is_covered_by(&self, other: &Self) -> bool {
        let siblings = |item: &Pointer| {
            let (list, _) = item.split_last()?;
            let mut beside = other.places.iter().filter(|place| place.is_within(&list) && **place != list).peekable();
            beside.peek()?;
            Some(beside.any(|place| place.is_within(item)))
        };
        self.items.iter().rev().find_map(siblings).unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(items: &[&str], places: &[&str]) -> Subject {
        let pointers = |texts: &[&str]| texts.iter().map(|text| Pointer::read(text)).collect();
        Subject { case: 0, items: pointers(items), places: pointers(places) }
    }

    #[test]
    fn the_same_item_is_covered_and_another_is_not() {
        let other = subject(&[], &["/data/sources/a/owner", "/data/sources/ab"]);
        assert!(subject(&["/data/sources/a"], &["/data/sources/a"]).is_covered_by(&other));
        assert!(subject(&["/data/sources/ab"], &["/data/sources/ab"]).is_covered_by(&other));
        assert!(!subject(&["/data/sources/b"], &["/data/sources/b"]).is_covered_by(&other));
    }

    #[test]
    fn the_whole_covers_its_parts() {
        let whole = subject(&[], &["/oversight"]);
        assert!(subject(&["/data/sources/a"], &["/data/sources/a"]).is_covered_by(&whole));
        assert!(subject(&[], &["/release"]).is_covered_by(&subject(&["/models/m"], &["/models/m"])));
    }
}
