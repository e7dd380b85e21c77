//! What the readers of evidence make of files that the tools themselves accept, and of spoilt ones.

use std::path::Path;
use std::sync::Arc;

use mlsystem::built_in::EVIDENCE;
use mlsystem::evidence;
use mlsystem::facts::File;
use mlsystem::manifest::{Item, Manifest, Value};
use mlsystem::schema::field_path;
use mlsystem::source::{ColumnUnit, Source};
use mlsystem::units::Scalar;
use proptest::prelude::*;

/// Where a fixture would lie in a repository.
fn place_of(name: &str) -> String {
    match name {
        "release.yml" => ".github/workflows/release.yml".to_owned(),
        "gitlab-ci.yml" => ".gitlab-ci.yml".to_owned(),
        "MLmodel" => "models/ranker/MLmodel".to_owned(),
        name => name.to_owned(),
    }
}

fn read(path: &str, text: &str) -> Option<File> {
    let source: Arc<Source> = Source::new(path, text);
    evidence::read(&source, path, &EVIDENCE)
}

/// Each value with its way, its text, and what stands at its place in the file.
fn told(file: &File) -> String {
    let mut lines = String::new();
    tell(&file.home, &file.home.root, "", &mut lines);
    lines
}

fn tell(home: &Manifest, item: &Item, way: &str, lines: &mut String) {
    match &item.value {
        Value::Record(id, members) => {
            let record = home.schema.record(*id);
            for member in members {
                let dot = if way.is_empty() { "" } else { "." };
                tell(home, &member.item, &format!("{way}{dot}{}", record.at(member.field).name), lines);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                tell(home, item, &format!("{way}[{index}]"), lines);
            }
        }
        value => {
            let span = home.tree.span(item.node);
            let position = home.source().position(span.start as usize, ColumnUnit::CodePoints);
            let written = home.source().slice(span).lines().next().unwrap_or_default();
            let text = match value {
                Value::Scalar(scalar) if !matches!(scalar, Scalar::Text) => scalar.normal_form().unwrap_or_default(),
                _ => home.text(item).to_owned(),
            };
            let text = text.replace('\n', "↵");
            let unreadable = if matches!(value, Value::Unreadable) { "  (not compared)" } else { "" };
            lines.push_str(&format!("{way} = {text}    {}:{} {written}{unreadable}\n", position.line, position.column));
        }
    }
}

#[test]
fn fixtures_are_read() {
    insta::glob!("../../fixtures/evidence", "*", |path| {
        if path.is_dir() {
            return;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let file = read(&place_of(name), &text).unwrap_or_else(|| panic!("no reader takes {name}"));
        assert!(file.compared(), "{name}: {:?}", file.says(field_path!(evidence: "why")));
        insta::assert_snapshot!("file", told(&file));
    });
}

/// Every fixture with its place.
fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/evidence");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .map(|path| (place_of(path.file_name().unwrap().to_str().unwrap()), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files.extend([
        ("CODEOWNERS".to_owned(), "[Data][2] @org/data\n* @org/all\n/ranker/ @org/ml # us\n".to_owned()),
        (".gitattributes".to_owned(), "*.parquet filter=lfs diff=lfs merge=lfs -text\n\"a b\" filter=lfs\n".to_owned()),
        ("requirements.txt".to_owned(), "a==1 \\\n    --hash=sha256:1\nb>=2\n".to_owned()),
        ("Dockerfile".to_owned(), "FROM python:3.12 AS base\nFROM base\n".to_owned()),
        ("uv.lock".to_owned(), "[[package]]\nname = \"a\"\nsdist = { hash = \"sha256:1\" }\n".to_owned()),
        ("models/eta/config.pbtxt".to_owned(), "name: \"eta\"\ninput [ { name: \"distance\" } ]\n".to_owned()),
    ]);
    files
}

/// A file of which every value is filled in later says nothing and fails nothing.
#[test]
fn templates_are_present_and_not_compared() {
    let text = "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: ranker\nspec:\n  replicas: {{ .Values.replicas }}\n  {{- toYaml .Values.more | nindent 2 }}\n";
    let file = read("deploy/rollout.yaml", text).unwrap();
    assert_eq!(file.says(field_path!(evidence: "state")), Some("templated"));

    let text = "groups:\n- name: a\n  rules:\n  - alert: Slow\n    expr: latency_seconds > ${LIMIT}\n    for: ${FOR}\n";
    let file = read("rules.yaml", text).unwrap();
    assert!(file.compared());
    assert!(!told(&file).contains("alert_if"), "{}", told(&file));
    assert!(told(&file).contains("alerts[0].for = ${FOR}    6:10 ${FOR}  (not compared)"), "{}", told(&file));
}

#[test]
fn other_files_of_the_same_name_are_left_alone() {
    for (path, text) in [
        (
            "crd.yaml",
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  names:\n    kind: Rollout\n",
        ),
        ("Chart.yaml", "apiVersion: v2\nname: x\nsources:\n  - https://example.com\n"),
        ("README.md", "# A project\n\nlicense: MIT\n"),
        ("post.md", "---\ntitle: A post\nlicense: cc-by-4.0\n---\n"),
        ("ci.yml", "jobs:\n  a: {}\n"),
        ("package.json", "{\"name\": \"x\", \"expectations\": []}"),
        ("models.yaml", "models:\n  - name: gpt\n    provider: x\n"),
        ("notes.yaml", "text: \"checks for errors\"\n"),
    ] {
        assert!(read(path, text).is_none(), "{path}");
    }
}

fn spoilt() -> impl Strategy<Value = (String, String)> {
    let files = fixtures();
    let signs = prop::sample::select(vec![
        "\0", "\u{feff}", "{", "[", "'", "\"", "&a ", "*a", "- ", ": ", "\n", "\t", "|", "é", "---\n", "9e999",
    ]);
    (0..files.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), signs, any::<bool>()).prop_map(
        move |(file, from, to, sign, cut)| {
            let (path, text) = files[file].clone();
            let chars: Vec<char> = text.chars().collect();
            let (from, to) = (from.index(chars.len()), to.index(chars.len()));
            let (from, to) = (from.min(to), from.max(to));
            let head: String = chars[..from].iter().collect();
            let tail: String = chars[if cut { to } else { from }..].iter().collect();
            (path, format!("{head}{sign}{tail}"))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    /// No spoilt file makes a reader panic, and every place that it tells lies in the file.
    #[test]
    fn spoilt_files_are_survived((path, text) in spoilt()) {
        if let Some(file) = read(&path, &text) {
            for (span, _) in file.home.tree.scalars() {
                prop_assert!(span.end as usize <= text.len() && text.get(span.range()).is_some(), "{span:?}");
            }
        }
    }
}

#[test]
fn truncated_files_are_survived() {
    for (path, text) in fixtures() {
        for (end, _) in text.char_indices().step_by(7) {
            read(&path, &text[..end]);
        }
    }
}
