//! What is published of the format: fresh, legal, and of one mind with the reader.
mod agreement;
mod examples;
mod fresh;
mod probes;

use std::sync::{Arc, LazyLock};

use jsonschema::Validator;
use mlsystem::built_in::MANIFEST;
use mlsystem::finding::Finding;
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&mlsystem::publish::json_schema(&MANIFEST)).unwrap());

/// What the reader says of a text.
fn findings(text: &str) -> Vec<Finding> {
    let source = Source::new("mlsystem.yaml", text.to_owned());
    let parsed = tree::parse(&source, &Limits::default());
    assert!(parsed.findings.is_empty(), "{text}: {:?}", parsed.findings);
    mlsystem::manifest::read(&Arc::new(parsed.tree.unwrap()), &MANIFEST).1
}
