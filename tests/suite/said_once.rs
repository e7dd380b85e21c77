//! A gap has one finding: where one lint reports the whole, the lints of its parts are silent.

use mlsystem::check::{Selection, check};
use mlsystem::source::Source;

use crate::support::{findings, options};

const HEAD: &str = "mlsystem: 1\nname: a\nstage: production\nrisk: limited\n";

fn names(body: &str) -> Vec<(String, String)> {
    let found = findings(&format!("{HEAD}{body}"));
    found.into_iter().map(|finding| (finding.name.into_owned(), finding.pointer.to_string())).collect()
}

fn places(body: &str, lint: &str) -> Vec<String> {
    names(body).into_iter().filter(|(name, _)| name == lint).map(|(_, at)| at).collect()
}

#[test]
fn the_cause_speaks_and_its_parts_are_silent() {
    let body = "models: {m: {trained_on: d}}\ndata: {datasets: {d: {roles: [train]}}}\nserving: {pattern: online}\n\
                updating: {retrain: {trigger: schedule, every: 1d, approval: auto}}\n";
    assert_eq!(places(body, "automatic-retrain-without-gate").len(), 1);
    assert!(places(body, "no-quality-gate").is_empty());
    assert!(places(body, "no-gradual-rollout").is_empty());
    let by_hand = body.replace("schedule", "manual");
    assert_eq!(places(&by_hand, "no-quality-gate"), ["/evaluation/gate"]);
    assert_eq!(places(&by_hand, "no-gradual-rollout"), ["/release/strategy"]);
}

#[test]
fn of_items_of_one_list_the_same_item_is_meant() {
    let body = "data:\n  sources: {a: {kind: first-party}, b: {kind: first-party, owner: shop}}\n  \
                datasets: {d: {from: [a, b], roles: train}}\n";
    assert_eq!(places(body, "source-without-owner-or-contract"), ["/data/sources/a"]);
    assert_eq!(places(body, "dependency-change-unannounced"), ["/data/sources/b"]);
}

#[test]
fn what_is_not_selected_silences_nothing() {
    let text =
        format!("{HEAD}data: {{sources: {{a: {{kind: first-party}}}}, datasets: {{d: {{from: a, roles: train}}}}}}\n");
    let (set, levels) = Default::default();
    let selection = Selection { select: vec!["dependency-change-unannounced".to_owned()], ..Selection::default() };
    let found = check(&Source::new("mlsystem.yaml", text), &options(&set, &levels, &selection)).findings;
    assert_eq!(found.len(), 1);
}

#[test]
fn a_waiver_of_a_silent_lint_is_left_alone() {
    let body = "updating: {retrain: {trigger: schedule, every: 1d, approval: auto}}\n\
                waivers: [{check: no-quality-gate, reason: the pipeline is new and has no metric, owner: ml, until: 2027-01-31}]\n";
    assert!(places(body, "waiver-matches-nothing").is_empty());
}

/// One missing answer is one finding, however many places lack it.
#[test]
fn one_cause_is_told_once() {
    for (lint, body) in [
        ("personal-data-without-basis", "data: {sources: {a: {personal: special}, b: {personal: special}}}\n"),
        ("model-origin-unknown", "models: {a: {family: llm}, b: {family: llm, role: judge}}\n"),
        ("no-model-registry-or-version", "models: {a: {family: llm}, b: {family: llm}}\n"),
        ("model-alias-not-pinned", "models: {a: {base: {name: x, provider: y}}, b: {base: {name: x, provider: y}}}\n"),
        ("base-model-unpinned-or-unlicensed", "models: {a: {base: {name: x}}, b: {base: {name: x}}}\n"),
        ("feature-without-owner", "features: {list: {a: {}, b: {}}}\n"),
    ] {
        assert_eq!(places(body, lint).len(), 1, "{lint}: {:?}", names(body));
    }
    let pinned_by_nobody = "models: {j: {family: llm, role: judge, base: {name: x}}}\n";
    assert!(places(pinned_by_nobody, "no-model-registry-or-version").is_empty());
}
