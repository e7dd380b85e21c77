//! Holds who may use whom: each module uses those above it in the list, and none below.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in their order. Those on one line may use each other.
const LAYERS: [&[&str]; 26] = [
    &["arena"],
    &["constant", "lookalike"],
    &["secret"],
    &["source"],
    &["finding"],
    &["tree"],
    &["units"],
    &["framework"],
    &["schema"],
    &["edit"],
    &["manifest"],
    &["facts"],
    &["evidence"],
    &["expression"],
    &["lint"],
    &["built_in"],
    &["address"],
    &["check"],
    &["examples"],
    &["fix", "report", "publish"],
    &["editor"],
    &["baseline", "claims", "coverage", "draft", "questions"],
    &["workspace"],
    &["project"],
    &["lsp"],
    &["cli"],
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// The sources of the core and of the program, each with the folder that it lies in.
fn sources() -> Vec<(PathBuf, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for src in [root.join("crates/mlsystem-core/src"), root.join("src")] {
        let mut paths = Vec::new();
        files(&src, &mut paths);
        found.extend(paths.into_iter().map(|path| (src.clone(), path)));
    }
    found
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn modules_use_what_is_above_them_alone() {
    let mut wrong = Vec::new();
    for (src, path) in sources() {
        let inside = path.strip_prefix(&src).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" {
            continue;
        }
        let own = layer(&module).unwrap_or_else(|| panic!("`{module}` has no place in the layers"));
        let text = fs::read_to_string(&path).unwrap();
        // Tests look up; the program does not.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for used in text.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            if let Some(other) = layer(&used).filter(|other| *other > own) {
                wrong.push(format!("{} uses `{used}`, layer {other} from layer {own}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_renderer_and_the_parser_are_imported_by_one_file_each() {
    let found: Vec<PathBuf> = sources().into_iter().map(|(_, path)| path).collect();
    for (name, allowed) in [("miette::", "report/pretty.rs"), ("granit_parser", "tree/events.rs"), ("lsp_types", "lsp")]
    {
        for path in &found {
            let uses = fs::read_to_string(path).unwrap().contains(name);
            assert!(!uses || path.to_str().unwrap().contains(allowed), "{} names {name}", path.display());
        }
    }
}

#[test]
fn no_lint_is_named_in_the_program() {
    let lints = mlsystem::built_in::LINTS.iter().filter(|lint| !lint.cases.is_empty());
    let names: BTreeSet<&str> = lints.map(|lint| lint.name).collect();
    for (_, path) in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        // What stands between two quotes, whichever of them begins a text.
        for quoted in text.split('"').skip(1) {
            assert!(!names.contains(quoted), "{} names `{quoted}`", path.display());
        }
    }
}

#[test]
fn the_entry_is_thin() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 40);
}
