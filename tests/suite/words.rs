//! Holds the glossary of `CONTRIBUTING.md`: words that were given up do not come back as names.

use std::fs;
use std::path::{Path, PathBuf};

/// Names that were given up, and those to use instead.
const RETIRED: [(&str, &str); 25] = [
    ("House", "WorkspaceConfig"),
    ("house", "workspace_config"),
    ("Wishes", "CheckRequest"),
    ("wishes", "request"),
    ("Rulebook", "Ruleset"),
    ("Scribe", "Reporter"),
    ("scribe", "reporter"),
    ("Sight", "RepositoryView"),
    ("sight", "view"),
    ("Spot", "ItemRef"),
    ("spot", "item_ref"),
    ("Kept", "Memo"),
    ("Wrong", "ScalarError"),
    ("Sketch", "YamlValue"),
    ("Mended", "FixedFile"),
    ("mend", "fix"),
    ("mended", "fixed"),
    ("Shelf", "FactIndex"),
    ("Sheet", "FactBuilder"),
    ("Surroundings", "EditorContext"),
    ("Asked", "InputArguments, CheckTarget or CompletionRequest"),
    ("MOST", "MAX_ and what it bounds"),
    ("LONGEST", "MAX_ and what it bounds, with its unit"),
    ("FEW", "a threshold with the name of what it decides"),
    ("FALLING", "DESCENDING"),
];

/// Beginnings of names that were given up.
const RETIRED_PREFIXES: [(&str, &str); 2] = [("MOST_", "MAX_"), ("LONGEST_", "MAX_")];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// The names of a line of code: its words outside of texts and comments.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    let outside = code.split('"').step_by(2);
    outside.flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
}

/// What is to be written instead of a name; nothing where the name is in use.
fn replacement(name: &str) -> Option<&'static str> {
    let whole = RETIRED.iter().find(|(retired, _)| *retired == name);
    whole.or_else(|| RETIRED_PREFIXES.iter().find(|(prefix, _)| name.starts_with(prefix))).map(|(_, instead)| *instead)
}

#[test]
fn retired_names_stay_retired() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    sources(&root.join("src"), &mut paths);
    sources(&root.join("crates"), &mut paths);
    let mut found = Vec::new();
    for path in &paths {
        let shown = path.strip_prefix(root).unwrap().display().to_string();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        found.extend(replacement(stem).map(|instead| format!("{shown}: call the file {instead}")));
        for (number, line) in fs::read_to_string(path).unwrap().lines().enumerate() {
            for name in names(line) {
                found.extend(
                    replacement(name).map(|instead| format!("{shown}:{}: `{name}`: write {instead}", number + 1)),
                );
            }
        }
    }
    assert!(paths.len() > 300, "only {} files were looked at", paths.len());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn names_are_told_from_texts_and_comments() {
    assert_eq!(names(r#"let a = f("House", b); // Scribe"#).filter(|name| !name.is_empty()).count(), 4);
    assert!(replacement("MOST_FILES").is_some() && replacement("ALMOST").is_none());
}
