//! The arithmetic of the lints: small changes of good manifests, and what an expert would say of each.
//! `tests/data/arithmetic/README.md` describes the table.

mod help;
mod patch;
mod row;

use self::row::Row;

/// Rows that do not hold, each with its reason. The list may only shrink.
const KNOWN: &[(&str, &str)] = &[];

/// Proposals that do not work alone, as `LINT: key`, each with its reason.
const ALONE: &[(&str, &str)] = &[];

#[test]
fn help_that_is_followed_to_the_letter_works() {
    let followed: Vec<help::Followed> = help::of_examples().into_iter().chain(help::of_rows()).collect();
    let excused = |what: &str| ALONE.iter().any(|(alone, _)| what.starts_with(&format!("{alone}: ")));
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
