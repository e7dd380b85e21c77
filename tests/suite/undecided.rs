//! What nobody decided counts as not written: for lints, outcomes and coverage, wherever it stands.

use std::collections::BTreeSet;

use mlsystem::lint::Verdict;

use crate::support::{checked, findings, fixture, outcomes};

const HEAD: &str = "mlsystem: 1\nname: a\nstage: production\n";

/// The lints that report, without the one that names what is undecided.
fn reporting(text: &str) -> BTreeSet<String> {
    let names = findings(text).into_iter().map(|finding| finding.name.to_string());
    names.filter(|name| name != "placeholder-text").collect()
}

/// What every lint of the design came to.
fn verdicts(text: &str) -> Vec<(String, Verdict)> {
    let (_, outcomes) = outcomes("mlsystem.yaml", text);
    let of_design = outcomes.into_iter().filter(|outcome| outcome.lint != "placeholder-text");
    of_design.map(|outcome| (outcome.lint, outcome.verdict)).collect()
}

fn named(text: &str) -> Vec<(String, usize)> {
    let found = findings(text).into_iter().filter(|finding| finding.name == "placeholder-text");
    found.map(|finding| (finding.message.clone(), 1 + finding.labels.len())).collect()
}

#[test]
fn what_is_pasted_from_a_help_silences_nothing() {
    let text = fixture("undecided/pasted-help.yaml");
    let reporting = reporting(&text);
    for lint in
        ["affected-people-unknown", "interpretability-not-considered", "no-out-of-scope-uses", "no-incident-process"]
    {
        assert!(reporting.contains(lint), "{lint}: {reporting:?}");
    }
    assert!(self::reporting(HEAD).is_subset(&reporting), "{reporting:?}");
    assert_eq!(named(&text), [("9 values hold placeholders".to_owned(), 8)]);
}

/// Each way of deciding nothing, at every place where it may stand, comes to the same as nothing.
#[test]
fn every_way_to_decide_nothing_comes_to_nothing() {
    let bare = verdicts(HEAD);
    for value in
        ["", "TODO", "tbd", "\"?\"", "…", "\"...\"", "FIXME", "<who answers>", "‹who answers›", "~", "[]", "{}"]
    {
        for body in [
            format!("owner: {value}\n"),
            format!("owner: {{team: {}}}\n", if value.is_empty() { "~" } else { value }),
            format!("serving:\n  fallback: {value}\n"),
            format!("purpose:\n  limits: {value}\n  not_for: {value}\n"),
            format!("governance:\n  incident:\n    route: {value}\n    within: {value}\n"),
            format!("stakeholders:\n  diners: {value}\n  sales: {value}\n"),
            format!("models:\n  ranker: {value}\n"),
        ] {
            if value == "{}" && (body.starts_with("models") || body.starts_with("stakeholders")) {
                continue;
            }
            assert_eq!(verdicts(&format!("{HEAD}{body}")), bare, "{body}");
        }
    }
    for list in ["[TODO]", "[<what>, …]", "[\"?\", TBD]"] {
        assert_eq!(verdicts(&format!("{HEAD}purpose:\n  limits: {list}\n")), bare, "{list}");
    }
    for reason in ["none: <reason>", "not_applicable: TODO", "none: because TBD", "none: \"?\""] {
        assert_eq!(verdicts(&format!("{HEAD}fairness: {{{reason}}}\n")), bare, "{reason}");
    }
}

#[test]
fn a_draft_comes_to_nothing_until_its_mark_is_taken_off() {
    let bare = verdicts(HEAD);
    let mut told = 0;
    for body in [
        "owner: ads-ml  # draft\n",
        "owner: {team: ads-ml}  # draft, from CODEOWNERS\n",
        "owner:  # draft\n  team: ads-ml\n  contact: ads@example.com\n",
        "purpose:\n  limits:  # draft\n    - cold start\n    - holidays\n",
        "purpose:\n  limits:\n    - cold start  # draft\n",
        "stakeholders:  # draft\n  diners: {wants: food, role: user}\n  sales: {wants: money}\n",
        "stakeholders:\n  diners: {wants: food, role: user}  # draft\n",
        "models:\n  ranker:  # draft\n    family: tree\n",
        "serving:\n  pattern: online  # draft\n  fallback: {to: popular}  # draft\n",
        "fairness: {none: nobody is affected}  # draft\n",
        "fairness:\n  none: nobody is affected  # draft\n",
        "data:\n  sources:\n    clicks: {kind: first-party}  # draft\n",
    ] {
        let text = format!("{HEAD}{body}");
        assert_eq!(verdicts(&text), bare, "{body}");
        assert!(!named(&text).is_empty(), "{body}");
        told += usize::from(verdicts(&text.replace("# draft", "# from")) != bare);
    }
    // Some values change no verdict by themselves, decided or not.
    assert!(told >= 7, "{told}");
}

#[test]
fn names_of_drafts_are_still_names() {
    let text = format!(
        "{HEAD}data:\n  datasets:\n    d: {{roles: train}}\nmodels:\n  a: {{family: tree}}  # draft\n  b: {{inputs: a, trained_on: d}}\n"
    );
    let reporting = reporting(&text);
    assert!(!reporting.contains("undefined-reference"), "{reporting:?}");
    // What is wrong with the shape of a draft is said all the same.
    let misspelt = format!("{HEAD}serving: {{pattern: onlin}}  # draft\n");
    assert!(findings(&misspelt).iter().any(|finding| finding.name == "wrong-type"));
}

#[test]
fn a_finding_points_at_the_line_of_the_answer_and_says_what_is_there() {
    let text = format!("{HEAD}serving:  # draft\n  pattern: online\n  fallback: {{to: popular}}\nowner: <team>\n");
    let found = findings(&text);
    let owner = found.iter().find(|finding| finding.name == "no-owner").unwrap();
    assert_eq!(owner.primary.source.slice(owner.primary.span), "owner");
    let words: Vec<&str> = owner.labels.iter().map(|label| &*label.text).collect();
    assert!(words.contains(&"but this is a placeholder, and counts as not written"), "{words:?}");
    let drafts = found.iter().filter(|finding| {
        finding.labels.iter().any(|label| label.text == "but this is a draft, and counts as not written")
    });
    assert!(drafts.count() > 0);
    let inner = format!("{HEAD}affects: [diners]\ngovernance:  # draft\n  incident: {{route: ops}}\n");
    let found = findings(&inner);
    let incident = found.iter().find(|finding| finding.pointer.to_string().starts_with("/governance/incident"));
    if let Some(incident) = incident {
        assert_eq!(incident.primary.source.slice(incident.primary.span), "incident");
    }
}

#[test]
fn placeholders_are_named_once() {
    assert_eq!(named(&format!("{HEAD}summary: TODO\n")), [("`summary` holds a placeholder".to_owned(), 1)]);
    assert_eq!(named(&format!("{HEAD}owner: ml  # draft\n")), [("`owner` is a draft".to_owned(), 1)]);
    assert_eq!(
        named(&format!("{HEAD}summary: TODO\nowner: ml  # draft\nrisk: <tier>\n")),
        [("3 values are placeholders or drafts".to_owned(), 3)]
    );
    // An empty key is an honest gap, about which the lints ask.
    assert_eq!(named(&format!("{HEAD}owner:\nserving:\n  fallback:\n")), []);
    assert_eq!(named(&format!("{HEAD}models:\n  ranker:\n")), [("`ranker` says nothing".to_owned(), 1)]);
    // What is written out says that there is one.
    assert_eq!(named(&format!("{HEAD}models: {{ranker: {{}}}}\n")), []);
    assert_ne!(verdicts(&format!("{HEAD}models: {{ranker: {{}}}}\n")), verdicts(HEAD));
    let long = checked("mlsystem.yaml", &format!("{HEAD}purpose:\n  limits: [{}]\n", "TODO, ".repeat(20)));
    let finding = long.findings.iter().find(|finding| finding.name == "placeholder-text").unwrap();
    assert_eq!(finding.labels.len(), 7);
    assert_eq!(finding.notes, ["12 more are not shown; `mlsystem questions --all` lists them"]);
}

#[test]
fn what_only_looks_like_a_gap_is_a_value() {
    let text = format!(
        "{HEAD}summary: \"Sorts <b>mail</b> of Ana <ana@example.com> within < 5% of array<string>\"\n\
         objectives: {{speed: {{metric: p99, better: lower, target: < 100ms}}}}\n"
    );
    assert_eq!(named(&text), []);
}

/// An init that shows nothing in a file declares nothing, and neither does what it asks.
#[test]
fn the_first_manifest_of_an_empty_repository_declares_nothing() {
    let copied = crate::init::Copied::of("empty");
    assert_eq!(copied.run(&["init", "--stage", "production", "--name", "a"]).code, 0);
    assert_eq!(verdicts(&copied.read("mlsystem.yaml")), verdicts(HEAD));
}
