//! The tree and an independent YAML reader see the same documents: the same keys, the same lists, the same texts.

use std::path::{Path, PathBuf};

use mlsystem::source::Source;
use mlsystem::tree::{Limits, NodeId, Shape, Tree, parse};
use serde_yaml::Value;

/// Files of the project that are one document without merge keys, which the other reader leaves in place.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let patterns = ["fixtures/systems/**/*.yaml", "fixtures/flow/*.yaml", "fixtures/minimal/*.yaml", "lints/**/*.yaml"];
    let found = patterns.iter().flat_map(|pattern| glob::glob(&root.join(pattern).to_string_lossy()).unwrap());
    found.map(Result::unwrap).collect()
}

fn same(tree: &Tree, node: NodeId, other: &Value, path: &str) {
    match &tree.node(tree.resolve(node)).shape {
        Shape::Mapping(_) => {
            let map =
                other.as_mapping().unwrap_or_else(|| panic!("{path} is a mapping to us, and {other:?} to others"));
            let keys: Vec<&str> = tree.entries(node).iter().map(|entry| &*entry.key).collect();
            assert_eq!(keys.len(), map.len(), "{path}");
            for (entry, (key, value)) in tree.entries(node).iter().zip(map) {
                if let Some(key) = key.as_str() {
                    assert_eq!(&*entry.key, key, "{path}");
                }
                same(tree, entry.value, value, &format!("{path}.{}", entry.key));
            }
        }
        Shape::Sequence(_) => {
            let list = other.as_sequence().unwrap_or_else(|| panic!("{path} is a list to us, and {other:?} to others"));
            assert_eq!(tree.items(node).len(), list.len(), "{path}");
            for (index, (item, value)) in tree.items(node).iter().zip(list).enumerate() {
                same(tree, *item, value, &format!("{path}[{index}]"));
            }
        }
        Shape::Scalar(_) => {
            let text = tree.text(node).unwrap();
            match other {
                Value::String(other) => assert_eq!(text.trim_end(), other.trim_end(), "{path}"),
                Value::Number(number) => {
                    let ours: f64 = text.parse().unwrap_or_else(|_| panic!("{path}: `{text}` is a number to others"));
                    assert!(
                        (ours - number.as_f64().unwrap()).abs() <= ours.abs() * 1e-12,
                        "{path}: {text} and {number}"
                    );
                }
                Value::Bool(value) => assert_eq!(text, value.to_string(), "{path}"),
                Value::Null => assert!(matches!(text, "" | "~" | "null"), "{path}: {text}"),
                other => panic!("{path}: `{text}` is a text to us, and {other:?} to others"),
            }
        }
        Shape::Alias(_) => panic!("{path}: aliases were followed"),
    }
}

#[test]
fn an_independent_reader_sees_the_same() {
    let documents = documents();
    assert!(documents.len() > 4);
    for path in documents {
        let text = std::fs::read_to_string(&path).unwrap();
        let other: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let source = Source::new(path.to_string_lossy(), text);
        let parsed = parse(&source, &Limits::default());
        assert!(parsed.findings.is_empty(), "{}: {:?}", path.display(), parsed.findings);
        let tree = parsed.tree.unwrap();
        same(&tree, tree.root(), &other, &path.to_string_lossy());
    }
}
