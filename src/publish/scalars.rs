//! Scalars and names in JSON Schema.
//!
//! An editor types a scalar by the rules of YAML before it looks at a pattern. So a schema of a scalar admits, besides
//! the text, every number and boolean whose text the reader would take.

use serde_json::{Map, Value, json};

use crate::manifest::expected::{alternatives, kinds_in_words, with_article};
use crate::schema::Kind;
use crate::units::{RESERVED_NAMES, ScalarType};

/// The schema of one scalar type.
pub fn scalar(kind: ScalarType) -> Value {
    let mut schema = Map::new();
    // As a description it would hide that of the field from editors, which show the innermost one.
    schema.insert("$comment".into(), kind.meaning().into());
    admit(&mut schema, kind);
    if kind == ScalarType::Name {
        refuse_reserved(&mut schema, "");
    }
    if let Some(pattern) = kind.pattern() {
        schema.insert("pattern".into(), with_blanks(body(&pattern)).into());
    }
    // Examples of prose and names would be offered as values.
    if kind.is_quantity() || matches!(kind, ScalarType::Region | ScalarType::Language | ScalarType::Licence) {
        schema.insert("examples".into(), kind.examples().into());
    }
    schema.insert("errorMessage".into(), wrong(kind).into());
    Value::Object(schema)
}

/// The schema of a name that must be defined elsewhere as one of `kinds`.
pub fn reference(kinds: &[Kind]) -> Value {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    let prefix = format!(r"(?:(?:{}):\s*)?(?:{}/)?", words.join("|"), type_body(ScalarType::SystemName));
    let mut schema = Map::new();
    let named = kinds_in_words(kinds);
    schema.insert("$comment".into(), format!("The name of {named}, defined elsewhere.").into());
    admit(&mut schema, ScalarType::Name);
    refuse_reserved(&mut schema, &prefix);
    let pattern = with_blanks(&format!("{prefix}{}", type_body(ScalarType::Name)));
    schema.insert("pattern".into(), pattern.into());
    schema.insert("errorMessage".into(), format!("Expected the name of {named}.").into());
    Value::Object(schema)
}

/// The title by which the definition of a reference is known.
pub fn reference_title(kinds: &[Kind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    format!("name-of-{}", words.join("-or-"))
}

/// A pattern that admits blanks at both ends, which the reader drops.
pub fn with_blanks(body: &str) -> String {
    format!(r"^\s*(?:{body})\s*$")
}

/// Says which types of JSON the reader takes for `kind`.
fn admit(schema: &mut Map<String, Value>, kind: ScalarType) {
    let number = kind.admits_yaml_number();
    let number_type = if kind.reads("0.5") || kind.reads("-0.5") { "number" } else { "integer" };
    if kind.admits_yaml_bool() && kind != ScalarType::Bool {
        // A list of types with "boolean" in it makes editors propose `true` and `false` for prose.
        let others: &[&str] = if number { &["array", "object"] } else { &["array", "object", "number"] };
        schema.insert("not".into(), json!({"type": others}));
    } else if kind == ScalarType::Bool {
        schema.insert("type".into(), json!(["boolean", "string"]));
    } else if number {
        schema.insert("type".into(), json!(["string", number_type]));
    } else {
        schema.insert("type".into(), "string".into());
    }
    if number && !kind.reads("-3") {
        schema.insert("minimum".into(), 0.into());
    }
    if kind.reads("0.5") && !kind.reads("12") {
        schema.insert("maximum".into(), 1.into());
    }
}

/// What an editor says of a text that does not fit.
fn wrong(kind: ScalarType) -> String {
    let examples: Vec<String> = kind.examples().iter().map(|example| format!("`{example}`")).collect();
    format!("Expected {}, such as {}.", with_article(kind.word()), alternatives(&examples, "or"))
}

/// Adds the reserved names, after `prefix`, to what a schema does not admit.
fn refuse_reserved(schema: &mut Map<String, Value>, prefix: &str) {
    let pattern = with_blanks(&format!("{prefix}(?:{}|x-.*)", RESERVED_NAMES.join("|")));
    let mut refused = vec![json!({"type": "string", "pattern": pattern})];
    refused.extend(schema.remove("not"));
    schema.insert("not".into(), json!({"anyOf": refused}));
}

fn type_body(kind: ScalarType) -> String {
    body(&kind.pattern().unwrap_or_default()).to_owned()
}

/// A pattern without the anchors and the group that every pattern of a type has.
pub fn body(pattern: &str) -> &str {
    pattern.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$")).unwrap_or(pattern)
}
