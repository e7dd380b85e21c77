//! The VS Code extension says the same of files, schemas and versions as the program.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode")
}

fn package() -> Value {
    serde_json::from_str(&fs::read_to_string(folder().join("package.json")).unwrap()).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

/// Whether a name is one of `names`, or ends as one of the patterns do behind their star.
fn matches(name: &str, names: &[&str], patterns: &[&str]) -> bool {
    names.contains(&name) || patterns.iter().any(|one| one.strip_prefix('*').is_some_and(|end| name.ends_with(end)))
}

#[test]
fn it_takes_the_files_that_a_search_finds() {
    let package = package();
    let language = &package["contributes"]["languages"][0];
    let (names, patterns) = (texts(&language["filenames"]), texts(&language["filenamePatterns"]));
    let manifest = &package["contributes"]["yamlValidation"][0];
    let schema = texts(&manifest["fileMatch"]);
    for name in ["mlsystem.yaml", "mlsystem.yml", "eta.mlsystem.yaml", "eta.mlsystem.yml"] {
        assert!(matches(name, &names, &patterns) && matches(name, &schema, &schema), "{name}");
        let source = fs::read_to_string(folder().join("src/server.ts")).unwrap();
        let pattern = name.replace("eta", "*");
        assert!(source.contains(&format!("'**/{pattern}'")), "{pattern}");
    }
    assert!(names.contains(&mlsystem::workspace::WORKSPACE_FILE));
    assert!(!matches("xmlsystem.yaml", &names, &patterns));
}

#[test]
fn it_has_the_version_and_the_schemas_of_the_program() {
    let package = package();
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(package["license"], "MIT OR Apache-2.0");
    let copied = fs::read_to_string(folder().join("scripts/schemas.mjs")).unwrap();
    for one in package["contributes"]["yamlValidation"].as_array().unwrap() {
        let file = one["url"].as_str().unwrap().strip_prefix("./schemas/").unwrap();
        assert!(copied.contains(&format!("'{file}'")), "{file} is not copied");
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
        assert!(docs.is_file(), "{}", docs.display());
    }
}

#[test]
fn what_it_names_is_there() {
    let package = package();
    let contributes = &package["contributes"];
    let icon = &contributes["languages"][0]["icon"];
    let files = [
        &icon["light"],
        &icon["dark"],
        &contributes["languages"][0]["configuration"],
        &contributes["grammars"][0]["path"],
    ];
    for file in files {
        assert!(folder().join(file.as_str().unwrap()).is_file(), "{file}");
    }
    let source = fs::read_to_string(folder().join("src/extension.ts")).unwrap();
    for command in contributes["commands"].as_array().unwrap() {
        let name = command["command"].as_str().unwrap();
        assert!(source.contains(&format!("'{name}'")), "{name} is not registered");
    }
}
