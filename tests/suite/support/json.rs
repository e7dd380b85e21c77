//! JSON for snapshots: what fits on one line is on one line, so that a document can be read and its difference reviewed.

use serde_json::Value;

/// The most columns of a line that holds a list or a record.
const WIDTH: usize = 120;

/// A document, drawn.
pub fn drawn(value: &Value) -> String {
    let mut out = String::new();
    draw(value, 0, 0, &mut out);
    out
}

/// Draws a value whose lines are indented by `indent`, after `before` columns of its first line.
fn draw(value: &Value, indent: usize, before: usize, out: &mut String) {
    let flat = flat(value);
    if indent + before + flat.len() <= WIDTH {
        *out += &flat;
        return;
    }
    if let Value::Array(items) = value
        && let [item] = items.as_slice()
    {
        out.push('[');
        draw(item, indent, before + 1, out);
        out.push(']');
        return;
    }
    let (open, close, parts): (_, _, Vec<(String, &Value)>) = match value {
        Value::Array(items) => ('[', ']', items.iter().map(|item| (String::new(), item)).collect()),
        Value::Object(entries) => {
            ('{', '}', entries.iter().map(|(key, value)| (format!("{key:?}: "), value)).collect())
        }
        _ => {
            *out += &flat;
            return;
        }
    };
    out.push(open);
    for (index, (key, value)) in parts.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        *out += &format!("{comma}\n{}{key}", " ".repeat(indent + 2));
        draw(value, indent + 2, key.len(), out);
    }
    *out += &format!("\n{}{close}", " ".repeat(indent));
}

fn flat(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(flat).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key:?}: {}", flat(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[test]
fn what_is_drawn_is_the_document() {
    let value = serde_json::json!({ "a": [1, { "b": "x".repeat(WIDTH) }, []], "b": [{ "e": "y".repeat(WIDTH) }], "c": { "d\"": null } });
    let text = drawn(&value);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    assert!(
        text.contains("\n    {\n      \"b\": \"xxx")
            && text.contains("\n  \"b\": [{\n    \"e\": \"yyy")
            && text.ends_with("\n  \"c\": {\"d\\\"\": null}\n}"),
        "{text}"
    );
}
