//! Three manifests of the kind that people write.

use serde_json::Value;

use crate::schema::{VALIDATOR, findings};

const GOOD: [&str; 4] = [
    include_str!("../../../fixtures/systems/restaurant-ranker/mlsystem.yaml"),
    include_str!("../../../fixtures/systems/partner-helpdesk/mlsystem.yaml"),
    include_str!("../../../fixtures/flow/restaurant-ranker.mlsystem.yaml"),
    include_str!("../../../fixtures/flow/partner-helpdesk.mlsystem.yaml"),
];
const MINIMAL: &str = include_str!("../../../fixtures/minimal/mlsystem.yaml");
const FIRST_DRAFT: &str = include_str!("../../../fixtures/broken/first-draft.yaml");

fn refused(text: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(text).unwrap();
    VALIDATOR.iter_errors(&value).map(|error| error.instance_path.to_string()).collect()
}

#[test]
fn what_the_reader_takes_is_valid() {
    for text in GOOD {
        assert!(findings(text).is_empty());
        assert!(refused(text).is_empty(), "{:?}", refused(text));
    }
}

#[test]
fn what_the_reader_refuses_is_not() {
    let names: Vec<_> = findings(MINIMAL).into_iter().map(|finding| finding.name).collect();
    assert_eq!(names, ["bad-quantity", "undefined-reference"]);
    assert_eq!(refused(MINIMAL), ["/serving"]);
    assert!(refused(FIRST_DRAFT).len() > 2, "{:?}", refused(FIRST_DRAFT));
}

#[test]
fn the_whole_of_a_manifest_may_be_undecided() {
    let text = "mlsystem: 1\nname: churn\nstage: research\nserving:\nmodels: ~\ndata: {}\nrequirements: []\n";
    assert!(findings(text).is_empty());
    assert!(refused(text).is_empty());
}

#[test]
fn one_item_may_stand_without_a_name() {
    for text in [
        "models: {family: tree, version: '3'}",
        "models: {eta: {family: tree}}",
        "data: {sources: {kind: public}, datasets: {rows: 12k}}",
    ] {
        let text = format!("mlsystem: 1\nname: churn\nstage: research\n{text}\n");
        assert!(findings(&text).is_empty(), "{text}");
        assert!(refused(&text).is_empty(), "{text}");
    }
    for text in ["models: {family: tree, eta: {family: tree}}", "models: {base: {name: open-embed}}"] {
        let text = format!("mlsystem: 1\nname: churn\nstage: research\n{text}\n");
        assert!(!findings(&text).is_empty(), "{text}");
        assert!(!refused(&text).is_empty(), "{text}");
    }
}

#[test]
fn a_metric_may_have_a_point_in_its_name() {
    let text = "mlsystem: 1
name: detector
stage: research
evaluation: {metrics: {map@0.5: {target: at least 0.4}}}
objectives: {precise: {metric: map@0.5}, quick: {metric: serving.latency.p99}}
monitoring: {signals: {quality: {of: map@0.5}}}
";
    assert!(findings(text).is_empty(), "{:?}", findings(text));
    assert!(refused(text).is_empty());
    let names = |text: &str| findings(text).into_iter().map(|finding| finding.name).collect::<Vec<_>>();
    assert_eq!(names(&text.replace("serving.latency", "servng.latency")), ["undefined-reference"]);
    assert_eq!(names(&text.replace("{map@0.5:", "{map@0.6:")), ["undefined-reference", "undefined-reference"]);
}

#[test]
fn a_reason_is_a_text_and_nobody_is_affected() {
    let said = |line: &str| {
        let text = format!("mlsystem: 1\nname: churn\nstage: research\n{line}\n");
        let names: Vec<_> = findings(&text).into_iter().map(|finding| finding.name).collect();
        (names, refused(&text).len())
    };
    assert_eq!(said("affects: {nobody: it scores machines}"), (vec![], 0));
    assert_eq!(said("affects: 'nobody: it scores machines'"), (vec![], 0));
    assert_eq!(said("fairness: {not_applicable: it scores machines}"), (vec![], 0));
    assert_eq!(said("fairness: {nobody: it scores machines}"), (vec!["unknown-key".into()], 1));
    assert_eq!(said("fairness: 'nobody: it scores machines'"), (vec!["wrong-type".into()], 1));
    assert_eq!(said("fairness: {none: [it scores machines]}"), (vec!["wrong-type".into()], 1));
    assert_eq!(said("oversight: {stop: \"two\\nlines\"}"), (vec!["wrong-type".into()], 1));
}
