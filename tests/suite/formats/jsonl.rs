//! Each line is a diagnostic of the JSON document.

use mlsystem::report::{Format, OUTPUT_SCHEMA, Report, Style};
use serde_json::Value;

use super::{assert_valid, text};

pub fn hold(report: &Report, style: &Style, what: &str) {
    let mut schema: Value = serde_json::from_str(OUTPUT_SCHEMA).unwrap();
    let document: Value = serde_json::from_str(&text(report, Format::Json, style)).unwrap();
    let lines = text(report, Format::Jsonl, style);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::Array(lines.clone()), document["diagnostics"], "{what}");
    // One diagnostic alone is held to the same schema.
    let definitions = schema["$defs"].take();
    let schema = serde_json::json!({"$ref": "#/$defs/diagnostic", "$defs": definitions});
    lines.iter().for_each(|line| assert_valid(&schema, line, what));
}
