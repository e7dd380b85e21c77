//! Systems as publications describe them, with verdicts of readers on what was found in them. What was called right is
//! still said, and what was called false or said twice does not come back. `UPDATE=1 cargo test published::` writes the
//! figures, and `cargo test published:: -- --nocapture` prints them.

mod figures;
mod verdicts;

use std::path::Path;

use mlsystem::publish::Judged;

use figures::{by_case, by_lint};
use verdicts::{Word, systems};

/// Findings that were judged to be false or said twice and are still reported. The list may only get shorter.
const STILL_RAISED: &str = "fixtures/published/still-raised.txt";

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n")
}

#[test]
fn nothing_that_was_judged_false_or_double_comes_back() {
    let mut raised = String::new();
    for system in systems() {
        for verdict in system.verdicts.iter().filter(|one| one.verdict <= Word::Duplicate && one.raised.get()) {
            raised.push_str(&format!("{} {} {} {}\n", system.name, verdict.name, verdict.at, verdict.verdict));
        }
    }
    let known = file(STILL_RAISED);
    let known: Vec<&str> = known.lines().collect();
    let back: Vec<&str> = raised.lines().filter(|line| !known.contains(line)).collect();
    assert!(back.is_empty(), "these were judged false or double, and come again: {back:#?}");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(STILL_RAISED), &raised).unwrap();
        return;
    }
    let gone: Vec<&&str> = known.iter().filter(|line| !raised.lines().any(|one| one == **line)).collect();
    assert!(gone.is_empty(), "take these out of {STILL_RAISED}, or run with UPDATE=1: {gone:#?}");
}

#[test]
fn nothing_that_was_judged_true_is_lost() {
    let mut lost = Vec::new();
    for system in systems() {
        for verdict in system.verdicts.iter().filter(|one| one.verdict == Word::True && !one.raised.get()) {
            lost.push(format!("{} {} {}", system.name, verdict.name, verdict.at));
        }
    }
    assert!(lost.is_empty(), "these were judged true, and are not reported: {lost:#?}");
}

/// The figures that `explain` and the index of lints show.
#[test]
#[allow(clippy::print_stdout, reason = "the figures by case are for a person who asks")]
fn the_figures_are_fresh() {
    let systems = systems();
    println!("{}", by_case(&systems));
    let fresh = serde_json::to_string_pretty(&by_lint(&systems)).unwrap() + "\n";
    let path = "lints/judged.json";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &fresh).unwrap();
    }
    assert!(file(path) == fresh, "{path} is stale: run `UPDATE=1 cargo test published::`");
}

#[test]
fn figures_read_as_a_sentence() {
    let judged = Judged { judged: 27, right: 25, worth_it: 19, ..Judged::default() };
    assert_eq!(judged.sentence(), "judged 27, right 25, worth it 19");
}
