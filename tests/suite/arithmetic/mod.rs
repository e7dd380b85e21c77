//! The arithmetic of the lints: small changes of good manifests, and what an expert would say of each.
//! `tests/data/arithmetic/README.md` describes the table.

mod help;
mod patch;
mod row;

use self::row::Row;

/// Rows that do not hold, each with its reason. The list may only shrink.
const KNOWN: &[(&str, &str)] = &[];

/// Rows whose manifest leaves no room for the proposal, as the end of its name, each with its reason.
const NO_ROOM: &[(&str, &str)] = &[
    ("every: 7d (cost-month-year)", "the row spends the budget to the last cent, so a training exceeds it"),
    ("gap: 60d (pingpong1)", "labels of 60d leave no room in rows of 90d: the parts have to shrink as well"),
    ("gap: 60d (mon-window)", "labels of 60d leave no room in rows of 90d: the parts have to shrink as well"),
    ("gap: 60d (canary-hold-60)", "labels of 60d leave no room in rows of 90d: the parts have to shrink as well"),
    ("every: 7d4h (canary-hold-60)", "the world moves weekly, and a release takes longer than a week"),
    ("timeout: 95ms (timeout-too-short)", "the caller waits for 150ms, and the fallback of the row takes 60ms"),
    ("p99: 113.1ms (par10)", "the median is broken as well, and is reported next"),
    ("p99: 126ms (lat-par-missing-branch)", "the whole is given up after 120ms"),
    ("limit: 30 EUR/day (confirm-money)", "the row has a limit: what is missing is the person who confirms"),
    ("every: 1d6h (retraining-does-not-fit example 2)", "the example writes the interval in the short form"),
];

#[test]
fn help_that_is_followed_to_the_letter_works() {
    let followed: Vec<help::Followed> = help::of_examples().into_iter().chain(help::of_rows()).collect();
    let excused = |what: &str| NO_ROOM.iter().any(|(end, _)| what.ends_with(end));
    let faults: String = followed
        .iter()
        .filter(|followed| !excused(&followed.what))
        .filter_map(|followed| Some(format!("{}\n  {}\n", followed.what, followed.fault.as_ref()?)))
        .collect();
    println!("{} proposals followed", followed.len());
    assert!(faults.is_empty(), "\n{faults}");
}

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
