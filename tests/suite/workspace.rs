//! Workspaces: what is found across manifests, where it is shown, and what a workspace file may say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use mlsystem::built_in::WORKSPACE;
use mlsystem::finding::Kind;
use mlsystem::publish::json_schema;
use serde_json::Value;

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("mlsystem-workspace-{}-{number}", std::process::id()));
        let folder = Self(folder);
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn check(&self, arguments: &[&str]) -> (i32, String, String) {
        run(&self.0, arguments)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn output(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mlsystem"));
    // The files that would bear out what the manifests say do not lie beside them.
    command
        .current_dir(folder)
        .args(["check", "--for", "auditor", "--skip", "evidence"])
        .args(arguments)
        .args(["--today", crate::support::TODAY]);
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").output().unwrap()
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = output(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn fixture(name: &str) -> PathBuf {
    root().join("fixtures/workspace").join(name)
}

/// Each finding: the lint, its file, and the other files that it has labels in.
fn found(json: &str) -> Vec<(String, String, Vec<String>)> {
    let document: Value = serde_json::from_str(json).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let finding = |finding: &Value| {
        let mut others: Vec<String> =
            finding["related"].as_array().unwrap().iter().map(|other| text(&other["path"])).collect();
        others.sort();
        others.dedup();
        (text(&finding["name"]), text(&finding["path"]), others)
    };
    document["diagnostics"].as_array().unwrap().iter().map(finding).collect()
}

const ADS: &str = "forecasting/ads/mlsystem.yaml";
const DEMAND: &str = "forecasting/demand/mlsystem.yaml";
const ETA: &str = "services/eta/mlsystem.yaml";
const PRICING: &str = "forecasting/pricing/mlsystem.yaml";
const RANKER: &str = "services/ranker/mlsystem.yaml";
const REFUNDS: &str = "services/refunds/mlsystem.yaml";
const TAGGER: &str = "attic/menu-tagger.mlsystem.yaml";

/// What is wrong in the broken workspace.
const PLANTED: &[(&str, &str, &[&str])] = &[
    ("undeclared-consumer", TAGGER, &[RANKER]),
    ("data-shared-between-train-and-judge", ADS, &[DEMAND]),
    ("hidden-feedback-loop", ADS, &[DEMAND, PRICING]),
    ("retired-dependency", ADS, &[TAGGER]),
    ("hidden-feedback-loop", ADS, &[DEMAND]),
    ("shared-feature-owner-conflict", ETA, &[RANKER]),
    ("undeclared-consumer", RANKER, &[ETA]),
    ("unstable-upstream-model", RANKER, &[ETA]),
    ("upstream-slo-weaker-than-mine", RANKER, &[ETA]),
    ("risk-tier-inherited-lower", REFUNDS, &[ETA]),
];

#[test]
fn everything_that_was_planted_is_found_with_labels_in_the_right_files() {
    let (exit, json, _) = run(&fixture("broken"), &["--format", "json"]);
    assert_eq!(exit, 1);
    let planted: Vec<_> = PLANTED
        .iter()
        .map(|(name, path, others)| {
            let others = others.iter().map(|other| (*other).to_owned()).collect::<Vec<_>>();
            ((*name).to_owned(), (*path).to_owned(), others)
        })
        .collect();
    assert_eq!(found(&json), planted);
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["run"]["config"], serde_json::json!(["mlsystem-workspace.yaml"]));
}

/// Every lint across manifests is planted, or has a test of its own below.
#[test]
fn every_lint_between_systems_is_tried() {
    let lints =
        mlsystem::built_in::LINTS.iter().filter(|lint| lint.category == "workspace" && lint.kind != Kind::Evidence);
    for lint in lints {
        let planted = PLANTED.iter().any(|(name, _, _)| *name == lint.name);
        assert!(
            planted || ["system-name-taken", "level-without-reason", "setting-without-effect"].contains(&lint.name),
            "{}",
            lint.name
        );
    }
}

#[test]
fn the_broken_workspace_reads_well() {
    let (_, pretty, _) = run(&fixture("broken"), &[]);
    let (_, concise, _) = run(&fixture("broken"), &["--format", "concise"]);
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "snapshots/workspace", omit_expression => true }, {
        insta::assert_snapshot!("broken", pretty);
        insta::assert_snapshot!("broken.concise", concise);
    });
}

#[test]
fn the_repaired_workspace_is_silent() {
    let (exit, text, errors) = run(&fixture("repaired"), &["--fail-on", "advice"]);
    assert_eq!((exit, errors.as_str()), (0, ""), "{text}");
    assert!(text.starts_with("7 files: no findings"), "{text}");
}

/// Facts come from the whole workspace, reports only of what was asked for, from wherever it was asked.
#[test]
fn what_was_asked_for_is_reported() {
    let file = fixture("broken").join(REFUNDS);
    let (_, text, _) = run(Path::new("/"), &["--format", "json", file.to_str().unwrap()]);
    let names: Vec<_> = found(&text).into_iter().map(|(name, _, _)| name).collect();
    assert_eq!(names, ["risk-tier-inherited-lower"]);
    let (_, text, _) = run(&fixture("broken/services"), &["--format", "json", "."]);
    let found = found(&text);
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.iter().all(|(_, path, _)| !path.contains("forecasting")), "{found:?}");
    let (_, text, _) = run(&fixture("broken/services/eta"), &["--format", "json"]);
    assert_eq!(
        self::found(&text),
        [(
            "shared-feature-owner-conflict".to_owned(),
            "mlsystem.yaml".to_owned(),
            vec!["../ranker/mlsystem.yaml".to_owned()]
        )]
    );
}

/// The order of the files and the number of threads do not show.
#[test]
fn the_same_workspace_gives_the_same_bytes() {
    let once = output(&fixture("broken"), &["--format", "json"]).stdout;
    let all: Vec<&str> = vec![TAGGER, RANKER, REFUNDS, ADS, ETA, PRICING, DEMAND];
    let mut arguments = vec!["--format", "json"];
    arguments.extend(&all);
    assert_eq!(once, output(&fixture("broken"), &arguments).stdout);
    let alone = Command::new("taskset")
        .args([
            "-c",
            "0",
            env!("CARGO_BIN_EXE_mlsystem"),
            "check",
            "--skip",
            "evidence",
            "--format",
            "json",
            "--today",
            crate::support::TODAY,
        ])
        .current_dir(fixture("broken"))
        .output();
    if let Ok(alone) = alone.as_ref().map(|output| &output.stdout).map_err(|_| ()) {
        assert_eq!(&once, alone);
    }
}

/// Without the workspace file the same manifests are judged one by one.
#[test]
fn without_a_workspace_file_nothing_is_said_across_manifests() {
    let files = [ADS, DEMAND, ETA, PRICING, RANKER, REFUNDS, TAGGER];
    let folder = Folder::new(&[]);
    for file in files {
        folder.write(file, &fs::read_to_string(fixture("broken").join(file)).unwrap());
    }
    let (_, json, _) = folder.check(&["--format", "json", "--skip", "missing-piece"]);
    assert_eq!(found(&json), []);
}

/// The complete systems are passed in silence in a workspace that names what they read.
#[test]
fn complete_systems_stay_silent_in_a_workspace() {
    let externals = "mlsystem-workspace: 1\nsystems: [\"*/mlsystem.yaml\"]\nexternals:\n  home-screen: {kind: app}\n  \
                     eta-forecast: {kind: service}\n  partner-insights: {kind: app}\n  claims-desk: {kind: app}\n  loan-desk: {kind: app}\n  partner-app: {kind: app}\n";
    let folder = Folder::new(&[("mlsystem-workspace.yaml", externals)]);
    for (name, text) in crate::support::fixtures("systems/*/mlsystem.yaml") {
        folder.write(name.strip_prefix("systems/").unwrap(), &text);
    }
    let (exit, text, _) = folder.check(&["--fail-on", "advice"]);
    assert_eq!(exit, 0, "{text}");
}

const WHOLE: &str = "mlsystem-workspace: 1\nsystems: \"*.mlsystem.yaml\"\n";

fn system(name: &str, rest: &str) -> String {
    format!("mlsystem: 1\nname: {name}\nstage: production\n{rest}")
}

#[test]
fn references_into_other_systems_are_resolved() {
    let ranker =
        system("ranker", "depends_on:\n  - {ref: model:eta/etta}\n  - {ref: etaa/minutes}\n  - {ref: system:eat}\n");
    let eta = system("eta", "models: {eta: {family: tree}}\nconsumers: [{ref: ranker}]\n");
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", WHOLE),
        ("ranker.mlsystem.yaml", &ranker),
        ("eta.mlsystem.yaml", &eta),
    ]);
    let (exit, text, _) = folder.check(&["--select", "undefined-reference"]);
    assert_eq!(exit, 1);
    for part in [
        "`eta` defines no `etta`",
        "models of `eta` are defined here",
        "eta.mlsystem.yaml:4:1",
        "write `eta`",
        "`etaa` is no system of this workspace",
        "`eat` is no system of this workspace",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_name_that_two_systems_have_is_told_in_both() {
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", WHOLE),
        ("a.mlsystem.yaml", &system("eta", "")),
        ("b.mlsystem.yaml", &system("eta", "")),
    ]);
    let (_, json, _) = folder.check(&["--format", "json", "--select", "system-name-taken"]);
    let name = "system-name-taken".to_owned();
    let (a, b) = ("a.mlsystem.yaml".to_owned(), "b.mlsystem.yaml".to_owned());
    assert_eq!(found(&json), [(name.clone(), a.clone(), vec![b.clone()]), (name, b, vec![a])]);
}

/// What could not be read is told of although nobody asked for it, and nothing is called undefined that may be there.
#[test]
fn a_manifest_that_cannot_be_read_takes_no_names_away() {
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", WHOLE),
        ("ranker.mlsystem.yaml", &system("ranker", "depends_on: [{ref: model:eta/eta}]\n")),
        ("eta.mlsystem.yaml", "mlsystem: 1\nname: \"eta\nstage: production\n"),
    ]);
    let arguments = ["--format", "json", "--select", "reference", "ranker.mlsystem.yaml"];
    let (exit, json, _) = folder.check(&arguments);
    let found = found(&json);
    assert_eq!(exit, 3);
    assert!(found.iter().all(|(_, path, _)| path == "eta.mlsystem.yaml"), "{found:?}");
}

#[test]
fn levels_hold_for_the_manifests_that_they_name() {
    let rules = format!(
        "{WHOLE}levels:\n  - {{select: missing-piece, level: \"off\", reason: sketches}}\n  - {{select: no-owner, level: error, in: \
         \"a*.yaml\"}}\n"
    );
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", &rules),
        ("a.mlsystem.yaml", &system("a", "risk: limited\n")),
        ("b.mlsystem.yaml", &system("b", "risk: limited\n")),
    ]);
    let (exit, json, _) = folder.check(&["--format", "json"]);
    assert_eq!(exit, 1);
    assert_eq!(found(&json), [("no-owner".to_owned(), "a.mlsystem.yaml".to_owned(), Vec::new())]);
    let (exit, text, _) = folder.check(&["--level", "no-owner=off"]);
    assert_eq!(exit, 0, "the command line wins: {text}");
}

#[test]
fn the_house_says_what_fails_a_run() {
    let never = format!("{WHOLE}fail_on: never\n");
    let folder = Folder::new(&[("mlsystem-workspace.yaml", &never), ("a.mlsystem.yaml", &system("a", ""))]);
    assert_eq!(folder.check(&[]).0, 0);
    assert_eq!(folder.check(&["--fail-on", "error"]).0, 1);
}

/// A lint of the house, with an option.
const LINT: &str = "---\nseverity: warning\nkind: quantity\nsince: 9.0.0\noptions: {longest: {default: 30d, means: how \
                    long data may be kept}}\nfor: dataset in data.datasets\nwhen: decided(dataset.retention)\nrequire: \
                    dataset.retention <= longest\nmessage: \"`{dataset}` is kept longer than {longest}\"\nlabels: [{at: \
                    dataset.retention, text: kept so long}]\nsources: [house rules]\n---\n\n# Data is kept too long\n\n\
                    ## Bad\n\n```yaml\ndata: {datasets: {a: {roles: reference, retention: 60d}}}\n```\n\n## Good\n\n```yaml\n\
                    data: {datasets: {a: {roles: reference, retention: 10d}}}\n```\n";

#[test]
fn a_house_has_lints_and_options_of_its_own() {
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", &format!("{WHOLE}lints: rules\n")),
        ("rules/privacy-of-the-house/kept-too-long.md", LINT),
        ("a.mlsystem.yaml", &system("a", "data: {datasets: {a: {roles: reference, retention: 60d}}}\n")),
    ]);
    let check = || folder.check(&["--select", "kept-too-long", "--format", "concise"]).1;
    assert!(check().contains("warning[kept-too-long] `a` is kept longer than 30d"), "{}", check());
    folder.write(
        "mlsystem-workspace.yaml",
        &format!("{WHOLE}lints: rules\noptions: {{kept-too-long: {{longest: 90d}}}}\n"),
    );
    assert!(check().starts_with("1 file: no findings"), "{}", check());
    folder.write("mlsystem-workspace.yaml", &format!("{WHOLE}lints: rules\nchecks: 0.1.0\n"));
    assert!(check().contains("advice[kept-too-long]"), "a newer lint is advice: {}", check());
}

/// A text, and what is said of it.
const BROKEN: &[(&str, &[&str])] = &[
    ("mlsystem-workspace: 1\n", &["`systems` is missing"]),
    ("mlsystem-workspace: 2\nsystems: a\n", &["format version `2` is not known", "write `mlsystem-workspace: 1`"]),
    ("systems: [a]\n", &["the format version is missing", "begin the file with `mlsystem-workspace: 1`"]),
    ("mlsystem-workspace: 1\nsystem: [a]\nsystems: [a]\n", &["unknown key `system`", "the top level has no such key"]),
    ("mlsystem-workspace: 1\nsystems: [../other/*.yaml]\n", &["`../other/*.yaml` leads out of the workspace"]),
    ("mlsystem-workspace: 1\nsystems: [\"a[\"]\n", &["`a[` is no pattern"]),
    ("mlsystem-workspace: 1\nsystems: a\nfail_on: eror\n", &["`eror` is not a word of this field", "`error`"]),
    (
        "mlsystem-workspace: 1\nsystems: a\nlevels: [{select: no-falback, level: error}]\n",
        &["no lint, category or kind is called `no-falback`", "write `no-fallback`"],
    ),
    (
        "mlsystem-workspace: 1\nsystems: a\nlevels: [{select: no-fallback, level: advice}]\n",
        &["the level of `no-fallback` falls without a reason", "by itself it is an error"],
    ),
    (
        "mlsystem-workspace: 1\nsystems: a\noptions: {no-fallback: {x: 1}}\n",
        &["no option of `no-fallback` is called `x`"],
    ),
    ("mlsystem-workspace: 1\nsystems: a\noptions: {no-such: {x: 1}}\n", &["no lint is called `no-such`"]),
    ("mlsystem-workspace: 1\nsystems: [a\n", &["error[invalid-yaml]"]),
    ("", &["the workspace file is empty", "begin with `mlsystem-workspace: 1`"]),
];

#[test]
fn a_broken_workspace_file_keeps_everything_from_being_checked() {
    let folder = Folder::new(&[("a.mlsystem.yaml", &system("a", ""))]);
    for (text, parts) in BROKEN {
        folder.write("mlsystem-workspace.yaml", text);
        let (exit, out, errors) = folder.check(&["a.mlsystem.yaml"]);
        assert_eq!((exit, out.as_str()), (2, ""), "{text}\n{errors}");
        for part in *parts {
            let flat = errors.split_whitespace().collect::<Vec<_>>().join(" ").replace(" : | ", " ");
            assert!(flat.contains(part), "{part}\n{errors}");
        }
        assert!(errors.contains("nothing was checked"), "{errors}");
    }
}

#[test]
fn an_option_is_held_to_the_kind_of_its_default() {
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", &format!("{WHOLE}lints: rules\noptions: {{kept-too-long: {{longest: often}}}}\n")),
        ("rules/privacy-of-the-house/kept-too-long.md", LINT),
        ("a.mlsystem.yaml", &system("a", "")),
    ]);
    let (exit, _, errors) = folder.check(&[]);
    assert_eq!(exit, 2);
    assert!(errors.contains("`longest` cannot be `often`") && errors.contains("expected a duration"), "{errors}");
}

/// A pattern that matches nothing, and what is said of it.
#[test]
fn a_setting_without_effect_is_told_at_its_place() {
    let same = |name: &str| format!("mlsystem: 1\nname: {name}\nstage: research\n");
    let folder = Folder::new(&[("a/mlsystem.yaml", &same("same-name")), ("b/mlsystem.yaml", &same("same-name"))]);
    let arguments = ["--format", "concise", "--select", "workspace", "--quiet"];
    let told = |systems: &str, levels: &str| -> Vec<String> {
        folder.write("mlsystem-workspace.yaml", &format!("mlsystem-workspace: 1\nsystems: [{systems}]\n{levels}"));
        let lines = folder.check(&arguments).1;
        lines.lines().filter(|line| line.contains("without-effect")).map(str::to_owned).collect()
    };
    let help = || -> String {
        let arguments = ["--format", "json", "--select", "setting-without-effect"];
        let report: Value = serde_json::from_str(&folder.check(&arguments).1).unwrap();
        report["diagnostics"][0]["help"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(told("\"*/mlsystem.yaml\"", ""), [""; 0]);
    for (systems, words) in [
        ("\"service/*/mlsystem.yaml\"", "correct the pattern, or delete it"),
        ("\"A/mlsystem.yaml\"", "`a/mlsystem.yaml` differs in the case of its letters"),
        ("\"b/mlsystem.yml\"", "did you mean `b/mlsystem.yaml`?"),
        ("\"*/mlsystem.yml\"", "did you mean"),
        ("\"a/\"", "that is a folder: write `a/**/*mlsystem.yaml`"),
        ("\"{a,b}/mlsystem.yaml\"", "`{` has no meaning here: write a pattern for each"),
        ("\"!b/mlsystem.yaml\"", "`!` takes nothing out: name what belongs"),
    ] {
        let lines = told(&format!("\"*/mlsystem.yaml\", {systems}"), "");
        assert!(lines.len() == 1 && lines[0].starts_with("mlsystem-workspace.yaml:2:"), "{systems}: {lines:?}");
        assert!(lines[0].contains("warning[setting-without-effect]"), "{lines:?}");
        assert!(help().contains(words), "{systems}: {}", help());
        // Alone it leaves the systems without each other, which nobody could see.
        assert_eq!(told(systems, "").len(), 1, "{systems}");
    }
    let level = |within: &str| {
        format!("levels:\n  - {{select: system-name-taken, level: advice, reason: r, in: [\"{within}\"]}}\n")
    };
    assert_eq!(told("\"*/mlsystem.yaml\"", &level("a/**")), [""; 0]);
    for (within, words) in [
        ("a", "that is a folder: write `a/**`"),
        ("a/", "that is a folder: write `a/**`"),
        ("nope/**", "correct the pattern, or delete it"),
        ("{a,b}/**", "`{` has no meaning here"),
        ("!b/**", "`!` takes nothing out"),
    ] {
        let lines = told("\"*/mlsystem.yaml\"", &level(within));
        assert!(lines.len() == 1 && lines[0].starts_with("mlsystem-workspace.yaml:4:"), "{within}: {lines:?}");
        assert!(help().contains(words), "{within}: {}", help());
    }
    // A level may be meant for what belongs to no workspace.
    assert_eq!(told("\"a/mlsystem.yaml\"", &level("b/**")), [""; 0]);
    let twice =
        "levels:\n  - {select: no-monitoring, level: error}\n  - {select: no-monitoring, level: warning, reason: r}\n";
    assert!(told("\"*/mlsystem.yaml\"", twice)[0].contains("the level of `no-monitoring` is set again"));
    // It is a lint like others.
    let off = "levels:\n  - {select: setting-without-effect, level: \"off\", reason: generated}\n";
    assert_eq!(told("\"nope\"", off), [""; 0]);
    let report = folder.check(&["--format", "concise", "--select", "fairness"]).1;
    assert!(!report.contains("without-effect"), "{report}");
}

/// The workspace file is no manifest, whatever its patterns say.
#[test]
fn a_workspace_file_is_never_judged_as_a_manifest() {
    let folder = Folder::new(&[("a/mlsystem.yaml", &system("a", ""))]);
    for systems in ["\"**/*.yaml\"", "\"**\"", "\"*\", \"a/*\""] {
        folder.write("mlsystem-workspace.yaml", &format!("mlsystem-workspace: 1\nsystems: [{systems}]\n"));
        for arguments in [&["--format", "json"][..], &["--format", "json", "mlsystem-workspace.yaml"]] {
            let (_, json, errors) = folder.check(arguments);
            let report: Value = serde_json::from_str(&json).unwrap_or_else(|_| panic!("{systems}: {errors}"));
            assert_eq!(report["run"]["inputs"], 1, "{systems}");
            let wrong = found(&json).into_iter().any(|(_, path, _)| path == "mlsystem-workspace.yaml");
            assert!(!wrong || systems.contains("\"*\""), "{json}");
        }
    }
}

/// What the patterns name is checked, whatever it is called; what they do not name is judged alone.
#[test]
fn patterns_say_what_belongs() {
    let folder = Folder::new(&[
        ("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: designs/*.yaml\n"),
        ("designs/ranker.yaml", &system("ranker", "depends_on: [{ref: model:eta/eta}]\n")),
        ("designs/eta.yaml", &system("eta", "models: {eta: {family: tree}}\n")),
        ("draft/mlsystem.yaml", &system("draft", "depends_on: [{ref: model:eta/none}]\n")),
        ("designs/.hidden.yaml", "mlsystem: 1\n"),
    ]);
    let select = ["--format", "json", "--select", "workspace,undefined-reference"];
    let (_, json, _) = folder.check(&select);
    let names: Vec<_> = found(&json).into_iter().map(|(name, path, _)| (name, path)).collect();
    assert_eq!(
        names,
        [
            ("undeclared-consumer".to_owned(), "designs/ranker.yaml".to_owned()),
            ("unstable-upstream-model".to_owned(), "designs/ranker.yaml".to_owned())
        ]
    );
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["run"]["inputs"], 3);
}

/// A waiver of what cannot be seen from here is not called useless.
#[test]
fn a_waiver_of_a_finding_across_manifests_is_kept_without_a_workspace() {
    let waiver = "depends_on: [{ref: model:eta/eta}]\nwaivers: [{check: undeclared-consumer, reason: Told by mail., owner: a, \
                  until: 2027-01-31}]\n";
    let folder = Folder::new(&[("ranker.mlsystem.yaml", &system("ranker", waiver))]);
    let arguments = ["--format", "json", "--select", "waivers,workspace"];
    assert_eq!(found(&folder.check(&arguments).1), []);
    folder.write("mlsystem-workspace.yaml", WHOLE);
    folder.write("eta.mlsystem.yaml", &system("eta", "models: {eta: {family: tree, version: v1}}\n"));
    let (_, json, _) = folder.check(&["--format", "json", "--select", "waivers,undeclared-consumer"]);
    let document: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(document["diagnostics"][0]["suppression"]["kind"], "waiver", "{json}");
}

#[test]
fn the_published_schema_admits_what_the_reader_reads() {
    let schema = json_schema(&WORKSPACE);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = |text: &str| -> Value { serde_yaml::from_str(text).unwrap() };
    for name in ["broken", "repaired"] {
        let text = fs::read_to_string(fixture(name).join("mlsystem-workspace.yaml")).unwrap();
        assert!(validator.is_valid(&value(&text)), "{name}");
    }
    assert!(!validator.is_valid(&value("mlsystem-workspace: 1\nsystem: a\n")));
    assert!(!validator.is_valid(&value("mlsystem-workspace: 2\nsystems: a\n")));
}

/// Whether findings are left out is no matter of the words of a note.
#[test]
fn a_useless_waiver_is_reported_whatever_the_notes_of_a_lint_say() {
    let waived = "mlsystem: 1\nname: a\nstage: production\nwaivers:\n  - {check: my-lint, at: models, reason: a pilot with ten users \
                  who know it, owner: ml-team, until: 2027-06-01}\n";
    for note in ["the other ones are not shown", "the other ones are elsewhere"] {
        let page = format!(
            "---\nseverity: advice\nkind: missing-piece\nsince: 0.1.0\nwhen: stage == \"production\"\nrequire: decided(serving.fallback)\n\
             message: no fallback at all\nlabels:\n  - at: serving.fallback\n    text: x\nnotes: [\"{note}\"]\nsources: [own]\n---\n\n# T\n\n\
             ## Bad\n\n```yaml\nserving: {{pattern: batch}}\n```\n\n## Good\n\n```yaml\nserving: {{pattern: batch, fallback: {{to: x}}}}\n```\n"
        );
        let folder = Folder::new(&[("mlsystem.yaml", waived), ("lints/serving/my-lint.md", &page)]);
        let (_, out, err) = folder.check(&["--lints", "lints", "--select", "my-lint,waivers", "--format", "concise"]);
        assert!(out.contains("[waiver-matches-nothing]"), "{note}\n{out}{err}");
    }
}
