//! What is offered while a manifest is being typed.

use mlsystem::built_in::{MANIFEST, WORKSPACE};
use mlsystem::editor::{Completion, EditorContext, complete};
use mlsystem::source::Source;
use mlsystem::tree::{Limits, parse};

use crate::editor::{marked, with_manifests};
use crate::support::fixtures;

const OTHER: (&str, &str) = (
    "eta.yaml",
    "mlsystem: 1\nname: eta-forecast\nstage: research\nsummary: When the food arrives.\nmodels:\n  eta: {family: tree}\n",
);

/// A manifest with names, above what is being typed.
const NAMES: &str = "\
mlsystem: 1
name: ranker
stage: research
economics: {budget: 400 EUR/month}
stakeholders: {diners: want a good order}
data:
  sources:
    app: {kind: first-party, owner: app-data}
  datasets:
    clicks: {from: app, roles: [train]}
evaluation:
  metrics:
    ndcg@10: {target: at least 0.3}
";

fn completions(text: &str) -> (String, Vec<Completion>) {
    let (text, offset) = marked(text);
    let found = with_manifests(&[OTHER], |_, around| at(&text, offset, around));
    (text, found)
}

fn at(text: &str, offset: u32, around: &EditorContext<'_>) -> Vec<Completion> {
    complete(&Source::new("mlsystem.yaml", text), offset, &MANIFEST, around)
}

fn labels(text: &str) -> Vec<String> {
    completions(text).1.into_iter().map(|one| one.label).collect()
}

/// The text after a completion was accepted, with the mark where the cursor is then.
fn accepted(text: &str, label: &str) -> String {
    let (text, found) = completions(text);
    let one = found.iter().find(|one| one.label == label);
    let Some(one) = one else {
        panic!("no {label} among {:?}", found.iter().map(|one| &one.label).collect::<Vec<_>>())
    };
    let (before, after) = one.insert.split_at(one.caret);
    let mut made = text.clone();
    made.replace_range(one.span.range(), &format!("{before}|{after}"));
    made
}

#[test]
fn keys_are_offered_wherever_one_is_typed() {
    assert_eq!(labels("|")[..3], ["mlsystem", "name", "stage"]);
    assert_eq!(accepted("|", "mlsystem"), "mlsystem: |");
    assert_eq!(accepted("mlsystem: 1\nst|", "stage"), "mlsystem: 1\nstage: |");
    assert_eq!(accepted("mlsystem: 1\n# why\n|", "purpose"), "mlsystem: 1\n# why\npurpose:\n  |");
    assert_eq!(
        accepted("mlsystem: 1\nserving:\n  |\nrelease: {}\n", "latency"),
        "mlsystem: 1\nserving:\n  latency:\n    |\nrelease: {}\n"
    );
    assert_eq!(
        accepted("serving:\n  latency:\n    p9|\n  pattern: online\n", "p99"),
        "serving:\n  latency:\n    p99: |\n  pattern: online\n"
    );
    assert_eq!(accepted("serving: {pattern: online, |}", "latency"), "serving: {pattern: online, latency: {|}}");
}

#[test]
fn half_a_line_is_no_obstacle() {
    assert!(labels("serving: {pattern: online, lat|\nrelease:\n  strategy: canary\n").contains(&"latency".to_owned()));
    assert!(labels("serving: {|").contains(&"latency".to_owned()));
    assert!(labels("serving:\n  pattern: |").contains(&"online".to_owned()));
    assert!(labels("serving:\n  pattern: on|\n  latency: {p99: 1s}\n").contains(&"online".to_owned()));
    assert!(labels("serving:\n  pattern: \"on|\n  latency: {p99: 1s}\n").contains(&"online".to_owned()));
    assert!(labels("serving:\n  pattern: 'on|'\n").contains(&"online".to_owned()));
    assert!(labels("stage:|").contains(&"production".to_owned()));
    assert_eq!(accepted("stage:|\nrisk: high\n", "production"), "stage: production|\nrisk: high\n");
    assert!(labels("stage:\n  |\n").contains(&"production".to_owned()));
    assert!(labels("mlsystem: 1\r\nserving:\r\n  |\r\n").contains(&"latency".to_owned()));
    assert_eq!(accepted("mlsystem: 1\r\nserving:\r\n  |", "latency"), "mlsystem: 1\r\nserving:\r\n  latency:\r\n    |");
    // Another line that does not parse is left out.
    assert!(labels("serving:\n  pattern: |\nmodels\nrelease: {}\n").contains(&"online".to_owned()));
    assert!(labels("name: [a\nserving:\n  pattern: |\n").contains(&"online".to_owned()));
    // In a comment and in prose nothing is offered.
    assert_eq!(labels("# se|"), [""; 0]);
    assert_eq!(labels("summary: orders |things"), [""; 0]);
    assert_eq!(labels("summary: |\n  orders things\n").len(), 0);
}

#[test]
fn items_of_lists() {
    let text = format!("{NAMES}  slices:\n    - |\n");
    assert_eq!(accepted(&text, "name"), format!("{NAMES}  slices:\n    - name: |\n"));
    let text = format!("{NAMES}  slices:\n    |\n");
    assert_eq!(accepted(&text, "name"), format!("{NAMES}  slices:\n    - name: |\n"));
    let text = format!("{NAMES}  slices:\n    - name: new\n      |\n");
    assert!(!labels(&text).contains(&"name".to_owned()) && labels(&text).contains(&"target".to_owned()));
    assert_eq!(accepted("release:\n  strategy:\n    |\n", "canary"), "release:\n  strategy:\n    - canary|\n");
    assert_eq!(accepted("release:\n  strategy:\n    - |\n", "canary"), "release:\n  strategy:\n    - canary|\n");
    assert_eq!(accepted("release:\n  strategy: [shadow, |]\n", "canary"), "release:\n  strategy: [shadow, canary|]\n");
    assert!(!labels("release:\n  strategy: [shadow, |]\n").contains(&"shadow".to_owned()), "it stands there already");
    assert_eq!(accepted("release:\n  strategy:\n    -|\n", "canary"), "release:\n  strategy:\n    - canary|\n");
}

#[test]
fn sections_open_below() {
    assert_eq!(accepted("serving: |\n", "latency"), "serving: \n  latency:\n    |\n");
    assert_eq!(accepted("evaluation:\n  slices: |\n", "name"), "evaluation:\n  slices: \n    - name: |\n");
    assert_eq!(accepted("owner: |\n", "contact"), "owner: \n  contact: |\n");
    assert!(labels("mod|").contains(&"models".to_owned()));
    assert_eq!(accepted("mod|", "models"), "models:\n  |");
}

#[test]
fn names_that_a_reference_may_take() {
    let text = format!("{NAMES}models:\n  order: {{trained_on: |}}\n");
    assert_eq!(labels(&text), ["clicks"]);
    let text = format!("{NAMES}depends_on:\n  - ref: |\n");
    assert!(labels(&text).contains(&"model:eta-forecast/eta".to_owned()), "{:?}", labels(&text));
    let text = format!("{NAMES}features:\n  list:\n    f: {{from: |}}\n");
    assert!(
        ["app", "labels", "clicks"].iter().all(|name| labels(&text).contains(&(*name).to_owned())),
        "{:?}",
        labels(&text)
    );
    let text = format!("{NAMES}affects_data_of: |\n");
    assert_eq!(labels(&text), ["eta-forecast"]);
    let text = format!("{NAMES}  baselines:\n    popular: {{|}}\n");
    assert_eq!(labels(&text)[0], "ndcg@10");
    let text = format!("{NAMES}objectives:\n  relevance: {{metric: |}}\n");
    assert!(labels(&text).contains(&"ndcg@10".to_owned()));
    let text = format!("{NAMES}owner: |\n");
    assert!(labels(&text).contains(&"app-data".to_owned()) && labels(&text).contains(&"diners".to_owned()));
}

#[test]
fn units_stand_behind_numbers() {
    let text = "serving:\n  latency: {p99: 80|}\n";
    assert!(labels(text).starts_with(&["80ms".to_owned(), "80s".to_owned(), "80m".to_owned()]), "{:?}", labels(text));
    assert_eq!(accepted("serving:\n  latency: {p99: 80m|}\n", "80ms"), "serving:\n  latency: {p99: 80ms|}\n");
    let text = format!("{NAMES}serving: {{capacity: 5|}}\n");
    assert_eq!(labels(&text)[..2], ["5/s", "5/min"]);
    let text = NAMES.replace("400 EUR/month", "400 E|");
    assert!(labels(&text).contains(&"400 EUR/month".to_owned()) || labels(&text).contains(&"400 USD/month".to_owned()));
    let text = format!("{NAMES}requirements:\n  - must: serving.latency.p99 at most 80|\n");
    assert_eq!(accepted(&text, "80ms"), format!("{NAMES}requirements:\n  - must: serving.latency.p99 at most 80ms|\n"));
    assert_eq!(labels("data: {datasets: {a: {rows: 12|}}}")[..2], ["12", "12k"], "a count is good without a unit");
    assert!(labels("serving: {availability: |}").contains(&"99.9%".to_owned()), "an example");
}

#[test]
fn sentences_are_written_part_by_part() {
    let text = format!("{NAMES}requirements:\n  - must: |\n");
    assert!(["ndcg@10", "serving", "models"].iter().all(|one| labels(&text).contains(&(*one).to_owned())));
    let text = format!("{NAMES}requirements:\n  - must: serving.lat|\n");
    assert_eq!(accepted(&text, "serving.latency"), format!("{NAMES}requirements:\n  - must: serving.latency|\n"));
    let text = format!("{NAMES}requirements:\n  - must: serving.latency.p99 at l|\n");
    assert_eq!(
        accepted(&text, "at least"),
        format!("{NAMES}requirements:\n  - must: serving.latency.p99 at least |\n")
    );
    let text = format!("{NAMES}requirements:\n  - must: oversight.mode is |\n");
    assert!(labels(&text).contains(&"human-in-the-loop".to_owned()), "{:?}", labels(&text));
    let text = format!("{NAMES}serving: {{pattern: online}}\nrequirements:\n  - must: data.sources.|\n");
    assert_eq!(labels(&text), ["data.sources.app"]);
}

#[test]
fn waivers_name_lints_and_days() {
    let text = format!("{NAMES}waivers:\n  - check: |\n");
    assert!(
        labels(&text).contains(&"no-fallback".to_owned()) && !labels(&text).contains(&"secret-in-manifest".to_owned())
    );
    let text = format!("{NAMES}waivers:\n  - check: no-fallback\n    until: |\n");
    assert_eq!(labels(&text)[0], "2026-12-24");
    assert_eq!(labels("reviewed: |")[0], "2026-11-24");
    assert_eq!(labels("data: {split: {dedup: |}}")[..2], ["true", "false"]);
    assert_eq!(labels("regions: [|]")[..3], ["world", "EU", "EEA"]);
    assert_eq!(labels("mlsystem: |"), ["1"]);
    assert!(labels("serving:\n  cache: {|}").contains(&"none".to_owned()));
    assert_eq!(accepted("serving:\n  cache:\n    |\n", "none"), "serving:\n  cache:\n    none: |\n");
}

#[test]
fn the_workspace_file_is_completed_too() {
    let found = |text: &str| {
        let (text, offset) = marked(text);
        with_manifests(&[OTHER], |_, around| complete(&Source::new("w.yaml", text), offset, &WORKSPACE, around))
            .into_iter()
            .map(|one| one.label)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("|")[..2], ["mlsystem-workspace", "systems"]);
    assert!(found("levels:\n  - select: |\n").contains(&"no-fallback".to_owned()));
    assert!(found("levels:\n  - select: [|]\n").contains(&"serving".to_owned()));
    assert!(found("levels:\n  - level: |\n").contains(&"off".to_owned()));
    assert!(found("options:\n  |\n").contains(&"rollback-untested".to_owned()));
}

/// The places of the keys of a text, with the keys.
fn keys(text: &str) -> Vec<(usize, String)> {
    let source = Source::new("a", text);
    let tree = parse(&source, &Limits::default()).tree.unwrap();
    let mut found = Vec::new();
    let mut nodes = vec![tree.root()];
    while let Some(node) = nodes.pop() {
        nodes.extend(tree.items(node));
        for entry in tree.entries(node).iter().filter(|entry| entry.merged_by.is_none()) {
            nodes.push(entry.value);
            found.push((entry.key_span.start as usize, entry.key.to_string()));
        }
    }
    found
}

#[test]
fn every_key_of_a_good_manifest_is_offered_in_its_place() {
    let mut offered = 0;
    for (name, text) in fixtures("systems/*/mlsystem.yaml") {
        with_manifests(&[(&name, &text)], |_, around| {
            for (start, key) in keys(&text).into_iter().step_by(3) {
                let found = at(&text, u32::try_from(start).unwrap(), around);
                // Names of items are free, and nothing knows them.
                if found.is_empty() || key.starts_with("x-") {
                    continue;
                }
                let mine = found.iter().any(|one| one.label == key);
                let named = |one: &Completion| {
                    matches!(
                        one.kind,
                        mlsystem::editor::CompletionKind::Field | mlsystem::editor::CompletionKind::Section
                    )
                };
                let free = !found.iter().any(|one| named(one) && one.label != "none" && one.label != "not_applicable");
                assert!(
                    mine || free,
                    "{name}: no `{key}` at {start}: {:?}",
                    found.iter().map(|one| &one.label).collect::<Vec<_>>()
                );
                offered += usize::from(mine);
                // Half of the key, and nothing of what stood behind it on the line.
                let half = start + key.len() / 2;
                let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
                let behind = &text[start..end];
                if mine
                    && text.is_char_boundary(half)
                    && !behind.contains(['{', '}', '[', ']', ','])
                    && !text[start..].starts_with('"')
                {
                    let typed = format!("{}{}", &text[..half], &text[end..]);
                    let found = at(&typed, u32::try_from(half).unwrap(), around);
                    assert!(
                        found.iter().any(|one| one.label == key),
                        "{name}: no `{key}` at {start} when it is half typed"
                    );
                }
            }
        });
    }
    assert!(offered > 250, "{offered}");
}

#[test]
fn what_is_accepted_parses() {
    let mut tried = 0;
    for (name, text) in fixtures("systems/restaurant-ranker/mlsystem.yaml").into_iter().chain(fixtures("flow/*.yaml")) {
        with_manifests(&[(&name, &text), OTHER], |_, around| {
            for offset in (0..text.len()).filter(|offset| text.is_char_boundary(*offset)).step_by(41) {
                let found = at(&text, u32::try_from(offset).unwrap(), around);
                for one in found.iter().step_by(7) {
                    let span = one.span.range();
                    assert!(span.start <= offset && offset <= span.end, "{name}: {offset} is not in {span:?}");
                    assert!(!text[span.clone()].contains('\n') && one.insert.is_char_boundary(one.caret));
                    let mut made = text.clone();
                    made.replace_range(span, &one.insert);
                    let parsed = parse(&Source::new("a", made.as_str()), &Limits::default());
                    let line = text[..offset].lines().count();
                    assert!(
                        parsed.tree.is_some(),
                        "{name}:{line}: {:?} in place of {:?}: {:?}",
                        one.insert,
                        &text[one.span.range()],
                        parsed.findings[0].message
                    );
                    tried += 1;
                }
            }
        });
    }
    assert!(tried > 1000, "{tried}");
}
