//! Manifests held against their repositories: the complete example and its files are silent, and each disagreement that
//! is planted is found with both places.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// A copy of the example, which goes with the test.
struct Copy(PathBuf);

impl Copy {
    fn empty() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mlsystem-evidence-{}-{number}", std::process::id()));
        fs::create_dir_all(path.join(".git")).unwrap();
        Self(path)
    }

    fn of_the_example() -> Self {
        let copy = Self::empty();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/systems/restaurant-ranker");
        copy_folder(&from, &copy.0);
        copy
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mlsystem"));
        command.current_dir(&self.0).args(arguments).args(["--today", "2026-11-24"]);
        if arguments.first() == Some(&"check") {
            command.args(["--for", "auditor"]);
        }
        let output = command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let (_, text) = self.run(arguments);
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// One disagreement: the lint that finds it, edits (file, from, to), and the lines of manifest and file that are underlined.
struct Planted {
    lint: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    claimed: &'static str,
    file: &'static str,
    shown: &'static str,
}

const PLANTED: &[Planted] = &[
    Planted {
        lint: "rollout-config-disagrees",
        edits: &[
            ("mlsystem.yaml", "steps: [1%, 10%, 50%]", "steps: [5%, 10%, 50%]"),
            ("deploy/rollout.yaml", "- setWeight: 1\n", "- setWeight: 50\n"),
        ],
        claimed: "steps: [5%, 10%, 50%]",
        file: "deploy/rollout.yaml",
        shown: "- setWeight: 50",
    },
    Planted {
        lint: "retrain-claim-unproven",
        edits: &[("deploy/retrain-cronjob.yaml", "30 2 * * SUN", "30 2 1 */3 *")],
        claimed: "every: 7d",
        file: "deploy/retrain-cronjob.yaml",
        shown: "schedule: \"30 2 1 */3 *\"",
    },
    Planted {
        lint: "monitoring-claim-unproven",
        edits: &[("ops/rules.yaml", "> 0.095", "> 0.250")],
        claimed: "alert_if: above 95ms",
        file: "ops/rules.yaml",
        shown: "> 0.250",
    },
    Planted {
        lint: "dataset-not-in-lock",
        edits: &[(
            "mlsystem.yaml",
            "        path: data/impressions.parquet\n",
            "        path: data/impressions.parquet\n        rev: 0b7d57d2a4b6b1dd4b2d0f3d1c6a9e11\n",
        )],
        claimed: "rev: 0b7d57d2a4b6b1dd4b2d0f3d1c6a9e11",
        file: "dvc.lock",
        shown: "md5: 3863d0e317dee0a55c4e59d2ec0eef33",
    },
    Planted {
        lint: "serving-config-disagrees",
        edits: &[("deploy/inferenceservice.yaml", "minReplicas: 6", "minReplicas: 2")],
        claimed: "replicas: 6..24",
        file: "deploy/inferenceservice.yaml",
        shown: "minReplicas: 2",
    },
    Planted {
        lint: "model-card-disagrees",
        edits: &[
            (
                "mlsystem.yaml",
                "    trained_on: impressions\n    objective: pairwise loss on order\n",
                "    base: {name: open-ranker, provider: Example, version: \"1.0\", licence: Apache-2.0}\n",
            ),
            ("docs/p_order-card.md", "---\n", "---\nlicense: cc-by-nc-4.0\n"),
        ],
        claimed: "licence: Apache-2.0",
        file: "docs/p_order-card.md",
        shown: "license: cc-by-nc-4.0",
    },
];

#[test]
fn the_example_agrees_with_its_repository() {
    let copy = Copy::of_the_example();
    let (code, text) = copy.run(&["check", "--fail-on", "advice"]);
    assert_eq!(code, 0, "{text}");
    let evidence = copy.json(&["evidence", "--format", "json"]);
    let counts = &evidence["systems"][0]["counts"];
    assert_eq!((counts["unproven"].as_u64(), counts["disproved"].as_u64()), (Some(0), Some(0)), "{evidence:#}");
    assert!(counts["proven"].as_u64().unwrap() > 25, "{counts}");
    let schema: Value = serde_json::from_str(mlsystem::claims::SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = schema.iter_errors(&evidence).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn the_claims_read_well() {
    let (code, text) = Copy::of_the_example().run(&["evidence"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(text);
}

#[test]
fn every_planted_disagreement_is_found_with_both_places() {
    for Planted { lint, edits, claimed, file, shown } in PLANTED {
        let copy = Copy::of_the_example();
        edits.iter().for_each(|(file, from, to)| copy.edit(file, from, to));
        let line = |file: &str, text: &str| {
            let content = fs::read_to_string(copy.0.join(file)).unwrap();
            let at = content.find(text).unwrap_or_else(|| panic!("{file}: {text}"));
            content[..at].lines().count().max(1) as u64 + u64::from(content[..at].ends_with('\n'))
        };
        let (here, there) = (line("mlsystem.yaml", claimed), line(file, shown));

        let json = copy.json(&["check", "--format", "json"]);
        let found = json["diagnostics"].as_array().unwrap().iter().find(|one| one["name"] == *lint);
        let found = found.unwrap_or_else(|| panic!("{lint}: {json:#}"));
        assert_eq!(found["location"]["start"]["line"], here, "{lint}: {found:#}");
        let related = found["related"].as_array().unwrap();
        let other = related.iter().find(|label| label["path"] == *file).unwrap_or_else(|| panic!("{lint}: {found:#}"));
        assert_eq!(other["location"]["start"]["line"], there, "{lint}: {other:#}");

        let sarif = copy.json(&["check", "--format", "sarif"]);
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let result = results.iter().find(|one| one["ruleId"].as_str().unwrap().ends_with(lint)).unwrap();
        let related = result["relatedLocations"].as_array().unwrap();
        let in_file = |one: &&Value| {
            one["physicalLocation"]["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.ends_with(file))
        };
        let other = related.iter().find(in_file).unwrap_or_else(|| panic!("{lint}: {result:#}"));
        assert_eq!(other["physicalLocation"]["region"]["startLine"], there, "{lint}");

        let (code, pretty) = copy.run(&["check", "--select", lint, "--fail-on", "warning"]);
        assert_eq!(code, 1, "{lint}");
        assert!(
            pretty.contains(&format!("[{file}:{there}:")) && pretty.contains(&format!("[mlsystem.yaml:{here}:")),
            "{pretty}"
        );

        let evidence = copy.json(&["evidence", "--format", "json"]);
        assert!(evidence["systems"][0]["counts"]["disproved"].as_u64().unwrap() > 0, "{lint}");
    }
}

/// A manifest in no repository is held against nothing.
#[test]
fn without_a_repository_nothing_is_said() {
    let copy = Copy::of_the_example();
    copy.edit("deploy/inferenceservice.yaml", "minReplicas: 6", "minReplicas: 2");
    fs::remove_dir(copy.0.join(".git")).unwrap();
    let (code, text) = copy.run(&["check", "--fail-on", "advice"]);
    assert_eq!(code, 0, "{text}");
}

/// What a manifest of another folder owns speaks neither for nor against this one.
#[test]
fn manifests_do_not_see_what_belongs_to_others() {
    let copy = Copy::of_the_example();
    copy.edit("mlsystem.yaml", "  config: deploy/inferenceservice.yaml\n", "");
    copy.edit("deploy/inferenceservice.yaml", "minReplicas: 6", "minReplicas: 2");
    copy.write("deploy/mlsystem.yaml", "mlsystem: 1\nname: other\nstage: research\n");
    let (_, text) = copy.run(&["check", "mlsystem.yaml", "--select", "serving-config-disagrees"]);
    assert!(text.contains("no findings"), "{text}");
}

/// Contents are compared and not echoed: a key beside a value that is shown is masked.
#[test]
fn secrets_beside_a_value_are_masked() {
    let copy = Copy::of_the_example();
    let key = ["AKIA", "IOSFODNN7EXAMPLE"].concat();
    copy.edit("deploy/inferenceservice.yaml", "minReplicas: 6", &format!("minReplicas: 2 # {key}"));
    for format in ["pretty", "json", "sarif"] {
        let (_, text) = copy.run(&["check", "--format", format]);
        assert!(text.contains("serving-config-disagrees") && !text.contains(&key), "{format}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn hostile_files_hang_nothing_and_fail_no_claim() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let copy = Copy::of_the_example();
    let outside = Copy::empty();
    outside.write("deploy.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: 1}\n");
    symlink(".", copy.0.join("deploy/loop")).unwrap();
    symlink(&outside.0, copy.0.join("deploy/out")).unwrap();
    symlink(outside.0.join("deploy.yaml"), copy.0.join("deploy/out.yaml")).unwrap();
    assert!(Command::new("mkfifo").arg(copy.0.join("ops/pipe.yaml")).status().unwrap().success());
    copy.write("deploy/secret.yaml", "kind: Deployment\n");
    fs::set_permissions(copy.0.join("deploy/secret.yaml"), fs::Permissions::from_mode(0o000)).unwrap();
    copy.write("deploy/large.yaml", format!("# {}\nkind: Deployment\n", "x".repeat(3_000_000)));
    copy.write("deploy/binary.yaml", b"kind: Deployment\n\xff\xfe\x00");
    copy.write("deploy/deep.yaml", format!("kind: InferenceService\na: {}", "[".repeat(100_000)));
    copy.write("deploy/chart.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: {{ .Values.n }}}\n");
    copy.write("deploy/helm.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-x\n");
    copy.write("broken.dvc", "outs:\n- path: [\n");
    let (code, text) = copy.run(&["check", "--fail-on", "advice"]);
    assert_eq!(code, 0, "{text}");
    let evidence = copy.json(&["evidence", "--format", "json"]);
    let named = evidence["systems"][0]["present_not_compared"].as_array().unwrap();
    let why = |path: &str| {
        let one = named.iter().find(|one| one["path"] == path);
        one.unwrap_or_else(|| panic!("{path} is not named in {named:#?}"))["why"].as_str().unwrap().to_owned()
    };
    assert_eq!(why("deploy/loop"), "a link, which is not followed");
    assert_eq!(why("deploy/out"), "a link, which is not followed");
    assert_eq!(why("deploy/out.yaml"), "a link, which is not followed");
    assert_eq!(why("ops/pipe.yaml"), "a pipe or device, which is not opened");
    assert_eq!(why("deploy/large.yaml"), "it has more than 2000000 bytes");
    for path in ["deploy/binary.yaml", "deploy/helm.yaml", "broken.dvc"] {
        assert!(!why(path).is_empty(), "{path}");
    }
    let (_, table) = copy.run(&["evidence"]);
    assert!(table.contains("ops/pipe.yaml: a pipe or device, which is not opened"), "{table}");
    copy.edit("mlsystem.yaml", "config: deploy/inferenceservice.yaml", "config: deploy/chart.yaml");
    let (_, text) = copy.run(&["check", "--select", "serving-config-disagrees"]);
    assert!(text.contains("no findings"), "{text}");
}
