//! Definitions, references and new names.

use std::collections::BTreeSet;

use mlsystem::built_in::WORKSPACE;
use mlsystem::check::{WorkspaceConfig, check_together};
use mlsystem::editor::{EditorContext, Target, definition, hover, references, renamable, rename};
use mlsystem::finding::Edit;
use mlsystem::manifest::Manifest;
use mlsystem::source::Source;

use crate::editor::{marked, shown, with_manifests};
use crate::support::{findings, fixture, fixtures, lines};

const ETA: &str = "\
mlsystem: 1
name: eta-forecast
stage: research
owner: logistics-ml
models:
  eta: {family: tree, trained_on: trips, version: v1.2}
data:
  datasets:
    trips: {from: gps, roles: [train]}
  sources:
    gps: {kind: first-party, owner: fleet}
";

const RANKER: &str = "\
mlsystem: 1
name: ranker
stage: research
data:
  sources:
    eta: {kind: system-output, from: \"model:eta-forecast/eta\"}
features:
  list:
    minutes: {from: eta}
models:
  order: {family: tree, inputs: [minutes]}
evaluation:
  metrics:
    ndcg@10: {target: at least 0.31, better: higher}
objectives:
  relevance: {metric: ndcg@10, for: product}
stakeholders:
  product: wants a good order
requirements:
  - {from: product, must: ndcg@10 at least 0.3}
  - {from: product, must: models.order.family is tree}
depends_on:
  - ref: model:eta-forecast/eta
    as: eta
waivers:
  - {check: no-owner, at: models.order, reason: soon, owner: x, until: 2027-01-01}
";

/// Asks at the mark in one text, with the other manifest beside it.
fn ask<T>(text: &str, other: (&str, &str), ask: impl FnOnce(&Manifest, u32, &EditorContext<'_>) -> T) -> T {
    let (text, offset) = marked(text);
    with_manifests(&[("one.yaml", &text), other], |manifests, around| ask(manifests[0], offset, around))
}

fn targets(text: &str) -> Vec<String> {
    let found = ask(text, ("eta.yaml", ETA), definition);
    let found = found.map(|(_, targets)| targets).unwrap_or_default();
    found
        .into_iter()
        .flat_map(|target| match target {
            Target::Name(place) => shown(&[place]),
            Target::File(path) => vec![format!("file {path}")],
            Target::Page(path) => vec![format!("page {path}")],
        })
        .collect()
}

/// The text with the mark before the `count`th place of a word.
fn at(text: &str, word: &str, count: usize) -> String {
    let (at, _) = text.match_indices(word).nth(count).unwrap_or_else(|| panic!("no {word}"));
    format!("{}|{}", &text[..at], &text[at..])
}

#[test]
fn names_lead_to_what_defines_them() {
    assert_eq!(targets(&at(RANKER, "eta-forecast", 0)), ["eta.yaml:2:7 eta-forecast"]);
    assert_eq!(
        targets(&at(RANKER, "eta-forecast/eta", 1).replacen("|eta-forecast/", "eta-forecast/|", 1)),
        ["eta.yaml:6:3 eta"]
    );
    assert_eq!(targets(&at(RANKER, "eta}", 0)), ["one.yaml:6:5 eta"]);
    assert_eq!(targets(&at(RANKER, "ndcg@10", 1)), ["one.yaml:14:5 ndcg@10"]);
    assert_eq!(targets(&at(RANKER, "ndcg@10", 2)), ["one.yaml:14:5 ndcg@10"]);
    assert_eq!(targets(&at(RANKER, "order.family", 0)), ["one.yaml:11:3 order"]);
    assert_eq!(targets(&at(RANKER, "family is", 0)), ["one.yaml:11:11 family"]);
    assert_eq!(targets(&at(RANKER, "product,", 1)), ["one.yaml:18:3 product"]);
    let paths = "mlsystem: 1\nname: a\nstage: research\nmodels:\n  m: {family: tree, card: docs/ca|rd.md}\n";
    assert_eq!(targets(paths), ["file docs/card.md"]);
    let page = paths.replace("docs/ca|rd.md", "\"https://exam|ple.org/card\"");
    assert_eq!(targets(&page), ["page https://example.org/card"]);
}

#[test]
fn references_are_found_across_manifests() {
    let found = ask(&at(ETA, "eta: {", 0), ("ranker.yaml", RANKER), |home, offset, around| {
        (shown(&references(home, offset, true, around)), shown(&references(home, offset, false, around)))
    });
    assert_eq!(found.0, ["one.yaml:6:3 eta", "ranker.yaml:6:58 eta", "ranker.yaml:23:29 eta"]);
    assert_eq!(found.1, found.0[1..]);
    let source = ask(&at(RANKER, "eta: {", 0), ("eta.yaml", ETA), |home, offset, around| {
        shown(&references(home, offset, true, around))
    });
    assert_eq!(source, ["one.yaml:6:5 eta", "one.yaml:9:21 eta", "one.yaml:24:9 eta"]);
    let model = ask(&at(RANKER, "order:", 0), ("eta.yaml", ETA), |home, offset, around| {
        shown(&references(home, offset, true, around))
    });
    assert_eq!(model, ["one.yaml:11:3 order", "one.yaml:21:34 order", "one.yaml:26:34 order"]);
}

fn renamed(text: &str, other: (&str, &str), name: &str) -> Result<Vec<String>, String> {
    ask(text, other, |home, offset, around| {
        let edits = rename(home, offset, name, around)?;
        let apply = |manifest: &&Manifest| {
            let name = manifest.source().name();
            let own: Vec<&Edit> = edits.iter().filter(|edit| edit.source.name() == name).collect();
            made(manifest.source().text(), &own)
        };
        Ok(around.manifests.iter().map(apply).collect())
    })
}

fn made(text: &str, edits: &[&Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

#[test]
fn a_new_name_stands_everywhere() {
    let made = renamed(&at(ETA, "eta: {", 0), ("ranker.yaml", RANKER), "arrival.v2").unwrap();
    assert_eq!(made[0], ETA.replace("  eta: {", "  arrival.v2: {"));
    assert_eq!(made[1], RANKER.replace("eta-forecast/eta", "eta-forecast/arrival.v2"));
    let made = renamed(&at(RANKER, "order:", 0), ("eta.yaml", ETA), "order.v2").unwrap();
    assert!(made[0].contains("must: \"models[order.v2].family is tree\""), "{}", made[0]);
    assert!(made[0].contains("at: \"models[order.v2]\""), "{}", made[0]);
    let made = renamed(&at(ETA, "eta-forecast", 0), ("ranker.yaml", RANKER), "arrivals").unwrap();
    assert!(made[1].contains("\"model:arrivals/eta\"") && made[1].contains("ref: model:arrivals/eta"), "{}", made[1]);
    let made = renamed(&at(RANKER, "ndcg@10", 0), ("eta.yaml", ETA), "ndcg@20").unwrap();
    assert_eq!(made[0], RANKER.replace("ndcg@10", "ndcg@20"));
}

#[test]
fn a_name_that_cannot_be_is_refused() {
    let refused = |word: &str, name: &str| renamed(&at(RANKER, word, 0), ("eta.yaml", ETA), name).unwrap_err();
    assert_eq!(refused("order:", "none"), "`none` is a word of the format, not a name");
    assert_eq!(refused("order:", "two words"), "`two words` has blanks, a name has none: write `two-words`");
    assert_eq!(refused("order:", ""), "a name has at least one letter");
    assert_eq!(refused("eta: {", "labels"), "there is a source `labels` already");
    assert_eq!(refused("ranker", "eta-forecast"), "there is a system `eta-forecast` already");
    assert_eq!(refused("ranker", "Ranker"), "`Ranker` is not a system name: write `ranker`");
    // The feature `minutes` reads from `eta`, a source; a feature of that name would not be meant, but is looked for later.
    assert_eq!(refused("mlsystem", "other"), "nothing here has a name that can be changed");
    assert!(renamed(&at(RANKER, "minutes", 0), ("eta.yaml", ETA), "null").is_err());
}

/// Where words begin.
fn word_starts(text: &str) -> Vec<u32> {
    let mut before = ' ';
    let starts = text.char_indices().filter(|(_, letter)| {
        let begins = letter.is_alphanumeric() && !before.is_alphanumeric();
        before = *letter;
        begins
    });
    starts.map(|(at, _)| u32::try_from(at).unwrap()).collect()
}

/// A lint and a place, with the new name put back.
fn identities(text: &str, old: &str, new: &str) -> BTreeSet<(String, String)> {
    let back = |step: &str| if step == new { old.to_owned() } else { step.to_owned() };
    let all = findings(text);
    // This lint reads the name of a metric: whether it is a known measure of truth.
    all.iter()
        .filter(|f| f.name != "no-groundedness-evaluation")
        .map(|f| (f.name.to_string(), f.pointer.to_string().split('/').map(back).collect::<Vec<_>>().join("/")))
        .collect()
}

#[test]
fn a_new_name_changes_no_finding() {
    let (mut changed, mut wrong) = (0, Vec::new());
    // The names of published systems tell lints what a metric measures, and who uses the output.
    let own = fixtures("*/*/mlsystem.yaml").into_iter().filter(|(name, _)| !name.starts_with("published/"));
    for (name, text) in own.chain(fixtures("wide/mlsystem.yaml")) {
        with_manifests(&[(&name, &text)], |manifests, around| {
            let home = manifests[0];
            let mut known = BTreeSet::new();
            for offset in word_starts(&text) {
                let Some((span, old)) = renamable(home, offset, around) else { continue };
                if !known
                    .insert((old.clone(), definition(home, span.start, around).map(|found| shown_targets(&found.1))))
                {
                    continue;
                }
                // By no other name is it known to measure whether answers are true.
                if old == "groundedness" {
                    continue;
                }
                let new = "zz-renamed";
                let edits = match rename(home, offset, new, around) {
                    Ok(edits) => edits,
                    Err(why) => panic!("{name}: {old}: {why}"),
                };
                let after = made(&text, &edits.iter().collect::<Vec<_>>());
                let (was, is) = (identities(&text, &old, &old), identities(&after, &old, new));
                if was != is {
                    wrong.push(format!("{name}: {old}\n{}", lines(&findings(&after))));
                }
                changed += 1;
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(changed > 100, "{changed}");
}

fn shown_targets(targets: &[Target]) -> Vec<String> {
    let name = |target: &Target| {
        if let Target::Name(place) = target { shown(std::slice::from_ref(place)) } else { Vec::new() }
    };
    targets.iter().flat_map(name).collect()
}

#[test]
fn hovers_say_what_a_name_is() {
    let said = |text: &str| ask(text, ("eta.yaml", ETA), hover).map(|hover| hover.text);
    insta::assert_snapshot!(
        said(&at(RANKER, "eta-forecast/eta", 0).replacen("|eta-forecast/", "eta-forecast/|", 1)).unwrap()
    );
    insta::assert_snapshot!(said(&at(RANKER, "eta-forecast", 0)).unwrap());
    insta::assert_snapshot!(said(&at(RANKER, "no-owner", 0)).unwrap().lines().take(6).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!(said(&at(RANKER, "2027", 0)).unwrap());
    insta::assert_snapshot!(said(&at(RANKER, "evaluation", 0)).unwrap());
    insta::assert_snapshot!(said(&at(RANKER, "family: tree, inputs", 0)).unwrap());
}

/// The manifests of a workspace, checked together: lint, file and place of each finding, with the new name put back.
fn together(
    texts: &[(String, String)],
    workspace_config: &WorkspaceConfig,
    old: &str,
    new: &str,
) -> BTreeSet<(String, String, String)> {
    let (set, levels, selection) = Default::default();
    let options = crate::support::options(&set, &levels, &selection);
    let sources: Vec<_> = texts.iter().map(|(name, text)| Source::new(name.as_str(), text.as_str())).collect();
    let back = |step: &str| if step == new { old.to_owned() } else { step.to_owned() };
    let mut found = BTreeSet::new();
    for (checked, (name, _)) in check_together(&sources, Some(workspace_config), &options).into_iter().zip(texts) {
        for finding in checked.findings {
            let pointer: Vec<String> = finding.pointer.to_string().split('/').map(back).collect();
            found.insert((finding.name.to_string(), name.clone(), pointer.join("/")));
        }
    }
    found
}

#[test]
fn a_new_name_changes_no_finding_of_a_workspace() {
    let workspace_config = fixture("workspace/repaired/mlsystem-workspace.yaml");
    let workspace_config = Source::new("mlsystem-workspace.yaml", workspace_config);
    let workspace_config = WorkspaceConfig::read(&workspace_config, &WORKSPACE).unwrap();
    let texts: Vec<(String, String)> = fixtures("workspace/repaired/*/*/mlsystem.yaml");
    let pairs: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut crossing = 0;
    with_manifests(&pairs, |manifests, around| {
        let around =
            EditorContext { workspace_config: Some(&workspace_config.manifest), facts: None, ..around.clone() };
        for home in manifests {
            for offset in word_starts(home.source().text()) {
                let Some((_, old)) = renamable(home, offset, &around) else { continue };
                let Ok(edits) = rename(home, offset, "zz-renamed", &around) else { continue };
                let files: BTreeSet<&str> = edits.iter().map(|edit| edit.source.name()).collect();
                // Names that stay in one manifest are asked for above, and externals in the workspace file below.
                if files.len() < 2 || files.contains("mlsystem-workspace.yaml") {
                    continue;
                }
                crossing += 1;
                let after: Vec<(String, String)> = texts
                    .iter()
                    .map(|(name, text)| {
                        let own: Vec<&Edit> = edits.iter().filter(|edit| edit.source.name() == name).collect();
                        (name.clone(), made(text, &own))
                    })
                    .collect();
                let (was, is) = (
                    together(&texts, &workspace_config, &old, &old),
                    together(&after, &workspace_config, &old, "zz-renamed"),
                );
                assert_eq!(was, is, "{old} in {}", home.source().name());
            }
        }
    });
    assert!(crossing > 5, "{crossing}");
}

#[test]
fn externals_are_renamed_in_the_workspace_file() {
    let workspace_config =
        "mlsystem-workspace: 1\nsystems: [\"*.yaml\"]\nexternals:\n  home-screen: {kind: app, owner: app-team}\n";
    let workspace_config =
        WorkspaceConfig::read(&Source::new("mlsystem-workspace.yaml", workspace_config), &WORKSPACE).unwrap();
    let text = "mlsystem: 1\nname: a\nstage: research\nconsumers:\n  - ref: system:home-screen\n";
    with_manifests(&[("one.yaml", text)], |manifests, around| {
        let around =
            EditorContext { workspace_config: Some(&workspace_config.manifest), facts: None, ..around.clone() };
        let offset = u32::try_from(text.find("home-screen").unwrap()).unwrap();
        let (_, targets) = definition(manifests[0], offset, &around).unwrap();
        assert_eq!(shown_targets(&targets), ["mlsystem-workspace.yaml:4:3 home-screen"]);
        let edits = rename(manifests[0], offset, "start-screen", &around).unwrap();
        let places: Vec<_> = edits.iter().map(|edit| (edit.source.name(), edit.text.as_str())).collect();
        assert_eq!(places, [("one.yaml", "start-screen"), ("mlsystem-workspace.yaml", "start-screen")]);
        let said = hover(manifests[0], offset, &around).unwrap().text;
        assert!(said.starts_with("**external `home-screen`**, owned by `app-team`"), "{said}");
        let from_house = u32::try_from(workspace_config.manifest.source().text().find("home-screen").unwrap()).unwrap();
        assert_eq!(references(&workspace_config.manifest, from_house, false, &around).len(), 1);
    });
}
