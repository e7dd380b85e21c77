//! The arithmetic of the lints: small changes of good manifests, and what an expert would say of each.
//! `tests/data/arithmetic/README.md` describes the table.

mod patch;
mod row;

use self::row::Row;

/// Rows that do not hold, each with its reason. The list may only shrink.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn every_row_holds() {
    let rows = Row::all();
    let wrong: Vec<(&str, String)> =
        rows.iter().filter_map(|row| Some((row.case.as_str(), row.difference()?))).collect();
    let known = |case: &str| KNOWN.iter().any(|(known, _)| *known == case);
    let unknown: String = wrong.iter().filter(|(case, _)| !known(case)).map(|(_, text)| text.as_str()).collect();
    let healed: Vec<&str> =
        KNOWN.iter().map(|(case, _)| *case).filter(|case| !wrong.iter().any(|(wrong, _)| wrong == case)).collect();
    assert!(unknown.is_empty(), "\n{unknown}");
    assert!(healed.is_empty(), "these rows hold now, and are to leave the list: {healed:?}");
}
