//! The server says what the command line says: same names, places, words and severities, on every fixture and every bad
//! example, in each encoding, sent or asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use mlsystem::built_in;
use mlsystem::check::WorkspaceConfig;
use mlsystem::examples::{Formats, try_examples};
use mlsystem::source::Source;
use mlsystem::units::Date;
use serde_json::{Value, json};

use crate::lsp::client::{Client, DAY, ordinary, pulling, uri};
use crate::lsp::folder::{Folder, project};

/// A finding: name, severity, first line of the message, start and end.
type ClaimReport = (String, u64, String, [(u64, u64); 2]);

/// What the command line says of each file, in the places of `encoding`.
pub fn command_line(folder: &Path, files: &[PathBuf], encoding: &str) -> BTreeMap<PathBuf, Vec<ClaimReport>> {
    let mut told: BTreeMap<PathBuf, Vec<ClaimReport>> = files.iter().map(|file| (file.clone(), Vec::new())).collect();
    let run = Command::new(env!("CARGO_BIN_EXE_mlsystem"))
        .args(["check", "--format", "json"])
        .args(files)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", DAY)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    for diagnostic in report["diagnostics"].as_array().unwrap() {
        // The editor tells the author.
        if !diagnostic["suppression"].is_null() || diagnostic["reader"] != "author" {
            continue;
        }
        let path = folder.join(diagnostic["path"].as_str().unwrap());
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let location = &diagnostic["location"];
        let at = |end: &str| place_of(&text, location[end]["offset"].as_u64().unwrap() as usize, encoding);
        let severity = ["error", "warning", "advice"].iter().position(|word| diagnostic["severity"] == **word).unwrap();
        told.entry(path).or_default().push((
            diagnostic["name"].as_str().unwrap().to_owned(),
            severity as u64 + 1,
            diagnostic["message"].as_str().unwrap().to_owned(),
            [at("start"), at("end")],
        ));
    }
    told.values_mut().for_each(|found| found.sort());
    told
}

/// Line and column of a byte, counted here once more and differently. An editor shows no byte-order mark.
fn place_of(text: &str, offset: usize, encoding: &str) -> (u64, u64) {
    let before = text[..offset].trim_start_matches('\u{feff}');
    let lines = before.replace("\r\n", "\n").replace('\r', "\n");
    // The line feed of a pair that was cut in two begins no line of its own.
    let line = lines.rsplit('\n').next().unwrap();
    let column = match encoding {
        "utf-8" => line.len(),
        "utf-16" => line.encode_utf16().count(),
        _ => line.chars().count(),
    };
    (lines.matches('\n').count() as u64, column as u64)
}

/// What the server says.
pub fn told(diagnostics: &[Value]) -> Vec<ClaimReport> {
    let at = |place: &Value| (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
    let mut told: Vec<ClaimReport> = diagnostics
        .iter()
        .map(|diagnostic| {
            assert_eq!(diagnostic["source"], "mlsystem");
            let message = diagnostic["message"].as_str().unwrap();
            (
                diagnostic["code"].as_str().unwrap().to_owned(),
                diagnostic["severity"].as_u64().unwrap(),
                message.lines().next().unwrap_or_default().to_owned(),
                [at(&diagnostic["range"]["start"]), at(&diagnostic["range"]["end"])],
            )
        })
        .collect();
    told.sort();
    told
}

fn shown(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap().trim_start_matches('\u{feff}').to_owned()
}

/// Compares what is said of the files of a folder, which are all open at once.
fn compare(folder: &Path, files: &[PathBuf], encoding: &str) -> usize {
    let expected = command_line(folder, files, encoding);
    let mut client = Client::start(Some(folder), ordinary(encoding));
    assert_eq!(client.offered["capabilities"]["positionEncoding"], encoding);
    let mut puller = Client::start(Some(folder), pulling(encoding));
    let mut count = 0;
    for batch in files.chunks(20) {
        for file in batch {
            client.open(&uri(file), "mlsystem", &shown(file));
            puller.open(&uri(file), "mlsystem", &shown(file));
        }
        for file in batch {
            let wanted = &expected[file];
            let sent = client.diagnostics(&uri(file), 1);
            assert_eq!(told(&sent), *wanted, "{}", file.display());
            assert_eq!(told(&puller.pull(&uri(file))), *wanted, "{} when asked", file.display());
            count += wanted.len();
        }
        for file in batch {
            client.close(&uri(file));
            puller.close(&uri(file));
        }
    }
    assert_eq!(client.goodbye(), Some(0));
    count
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let pattern = folder.join("**/*.yaml");
    let found = glob::glob(pattern.to_str().unwrap()).unwrap().map(Result::unwrap);
    found.filter(|path| !path.ends_with("mlsystem-workspace.yaml")).collect()
}

#[test]
fn every_fixture_in_every_encoding() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let folder = Folder::of(&project("fixtures"));
        // Nothing above the folder may have a say.
        std::fs::create_dir(folder.path(".git")).unwrap();
        let files: Vec<PathBuf> = below(&folder.0).into_iter().filter(|file| is_read(&folder.0, file)).collect();
        let count = compare(&folder.0, &files, encoding);
        assert!(count > 100, "only {count} findings were compared");
    }
}

/// Accompanying files of a fixture are no manifests.
fn is_read(folder: &Path, file: &Path) -> bool {
    let name = file.file_name().unwrap().to_str().unwrap();
    let inside = file.strip_prefix(folder).unwrap();
    let listed = ["broken", "invalid"].iter().any(|part| inside.starts_with(part)) && inside.components().count() == 2;
    listed || name == "mlsystem.yaml" || name.ends_with(".mlsystem.yaml")
}

/// Compares what is said of the bad examples of every second lint, from the `first` on.
fn every_second_bad_example(first: usize) {
    let folder = Folder::new();
    std::fs::create_dir(folder.path(".git")).unwrap();
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    let today = Date::parse("2026-11-24").unwrap();
    let mut files = Vec::new();
    let pages = glob::glob(project("lints/*/*.md").to_str().unwrap()).unwrap().map(Result::unwrap);
    for page in pages.skip(first).step_by(2) {
        let name = page.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = Source::new(page.to_str().unwrap(), std::fs::read_to_string(&page).unwrap());
        let Some(lint) = built_in::LINTS.iter().find(|lint| lint.name == name) else { continue };
        let tried = try_examples(lint, &source, formats, built_in::LINTS, built_in::TABLES, today);
        for (index, tried) in tried.into_iter().enumerate().filter(|(_, tried)| !tried.good) {
            // What a wrong workspace file does is seen to elsewhere.
            let workspace_config = tried
                .parts
                .workspace_config
                .as_ref()
                .map(|workspace_config| WorkspaceConfig::read(workspace_config, &built_in::WORKSPACE));
            if workspace_config.is_some_and(|workspace_config| {
                workspace_config.and_then(|workspace_config| workspace_config.settle(built_in::LINTS)).is_err()
            }) {
                continue;
            }
            let own = format!("{name}-{index}");
            let parts = &tried.parts;
            for source in parts.workspace_config.iter().chain(&parts.files).chain(&parts.beside) {
                let path = folder.write(&format!("{own}/{}", source.name()), source.text());
                if parts.files.iter().any(|file| file.name() == source.name()) {
                    files.push(path);
                }
            }
            // Each is a repository of its own.
            std::fs::create_dir_all(folder.path(&format!("{own}/.git"))).unwrap();
        }
    }
    assert!(files.len() > 75, "only {} examples were found", files.len());
    let count = compare(&folder.0, &files, "utf-16");
    assert!(count > files.len(), "only {count} findings were compared");
}

#[test]
fn every_bad_example_of_one_half_of_the_lints() {
    every_second_bad_example(0);
}

#[test]
fn every_bad_example_of_the_other_half_of_the_lints() {
    every_second_bad_example(1);
}

#[test]
fn what_belongs_to_the_whole_workspace_when_asked_for() {
    let folder = Folder::of(&project("fixtures/workspace/broken"));
    std::fs::create_dir_all(folder.path(".git")).unwrap();
    let expected = command_line(&folder.0, &[], "utf-32");
    let mut client = Client::start(Some(&folder.0), pulling("utf-32"));
    let report = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let items = report["items"].as_array().unwrap();
    let mut ids = Vec::new();
    for (path, wanted) in &expected {
        let item = items.iter().find(|item| item["uri"] == uri(path).as_str()).unwrap();
        assert_eq!(told(item["items"].as_array().unwrap()), *wanted, "{}", path.display());
    }
    for item in items {
        ids.push(json!({ "uri": item["uri"], "value": item["resultId"] }));
    }
    let again = client.ask("workspace/diagnostic", json!({ "previousResultIds": ids }));
    assert!(again["items"].as_array().unwrap().iter().all(|item| item["kind"] == "unchanged"));
}
