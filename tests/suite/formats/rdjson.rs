//! reviewdog's format, by its schema and its text on positions.

use mlsystem::report::{Format, Report, Style};
use serde_json::Value;

use super::{Unit, assert_place, assert_valid, findings, number, sample, schema, text};

/// The schema, with every field refused that it does not know.
fn strict() -> Value {
    fn close(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    match value {
                        Value::Bool(open) if key == "additionalProperties" => *open = false,
                        value => close(value),
                    }
                }
            }
            Value::Array(list) => list.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = schema("rdjson/DiagnosticResult.json");
    close(&mut schema);
    schema
}

fn range(location: &Value) -> [u64; 4] {
    let place = |end: &str, part: &str| number(&location["range"][end][part]);
    [place("start", "line"), place("start", "column"), place("end", "line"), place("end", "column")]
}

pub fn hold(report: &Report, style: &Style, what: &str) {
    let mut schema = strict();
    let document: Value = serde_json::from_str(&text(report, Format::Rdjson, style)).unwrap();
    assert_valid(&schema, &document, what);
    let diagnostics = document["diagnostics"].as_array().unwrap();
    let findings = findings(report, style);
    assert_eq!(diagnostics.len(), findings.len(), "{what}");
    for (diagnostic, finding) in diagnostics.iter().zip(findings) {
        assert_eq!(diagnostic["location"]["path"], finding.primary.source.name());
        assert_place(&finding.primary, range(&diagnostic["location"]), Unit::Byte);
        for (index, label) in finding.labels.iter().enumerate() {
            assert_place(label, range(&diagnostic["related_locations"][index]["location"]), Unit::Byte);
        }
    }
    schema["$ref"] = "#/definitions/reviewdog.rdf.Diagnostic".into();
    let lines = text(report, Format::Rdjsonl, style);
    assert_eq!(lines.lines().count(), diagnostics.len(), "{what}");
    for (line, diagnostic) in lines.lines().zip(diagnostics) {
        let mut line: Value = serde_json::from_str(line).unwrap();
        assert_valid(&schema, &line, what);
        assert_eq!(line.as_object_mut().unwrap().remove("source"), Some(document["source"].clone()));
        assert_eq!(line, *diagnostic);
    }
}

#[test]
fn a_report_in_full() {
    let document: Value = serde_json::from_str(&text(&sample::wide(), Format::Rdjson, &Style::default())).unwrap();
    insta::assert_json_snapshot!(document);
}
