//! The YAML test suite: what must be refused is, and what must be read gives the tree of the expected events.

use std::collections::HashMap;

use mlsystem::tree::{NodeId, Shape, Style, Tree};
use serde_json::Value;

use super::{lines, read, spans};

/// The suite's data, one case on a line.
const CASES: &str = include_str!("../../data/yaml-test-suite/cases.jsonl");

struct Case {
    id: String,
    yaml: String,
    error: bool,
    events: String,
}

fn cases() -> Vec<Case> {
    let case = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Case { id: text("id"), yaml: text("yaml"), error: value["error"] == true, events: text("events") }
    };
    CASES.lines().map(case).collect()
}

#[test]
fn what_must_be_refused_is_and_nothing_else() {
    let cases = cases();
    assert_eq!((cases.len(), cases.iter().filter(|case| case.error).count()), (402, 94));
    for Case { id, yaml, error, .. } in &cases {
        let parsed = read(yaml);
        let found: Vec<_> = parsed.findings.iter().map(|finding| &*finding.name).collect();
        if *error {
            // Nothing is read after the first document, so an error in the second one does not show.
            assert!(found == ["invalid-yaml"] || found.contains(&"several-documents"), "{id}: {found:?}");
        } else {
            assert!(!found.contains(&"invalid-yaml"), "{id}: {:?}", lines(&parsed.findings));
        }
    }
}

#[test]
fn places_hold_also_when_the_text_is_cut_or_has_other_line_breaks() {
    for Case { id, yaml, .. } in cases() {
        for text in [
            yaml.clone(),
            yaml.replace('\n', "\r\n"),
            format!("\u{feff}{yaml}"),
            format!("a: # é\n  {}", yaml.replace('\n', "\n  ")),
        ] {
            for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let text = &text[..end];
                let parsed = read(text);
                let result = std::panic::catch_unwind(|| spans::check(text, &parsed));
                assert!(result.is_ok(), "{id} at {end}: {text:?}");
            }
        }
    }
}

#[test]
fn the_tree_is_that_of_the_expected_events() {
    let mut compared = 0;
    for Case { id, yaml, events, .. } in cases().iter().filter(|case| !case.error) {
        let parsed = read(yaml);
        let Some(tree) = &parsed.tree else { panic!("{id}: no tree") };
        if parsed.findings.iter().any(|finding| finding.name != "several-documents") || yaml.contains("<<:") {
            continue;
        }
        let mut expected = Expected { lines: events.lines(), text: String::new(), anchored: HashMap::new() };
        expected.document();
        let mut read = String::new();
        write_node(tree, tree.root(), &mut read);
        assert_eq!(read, expected.text, "{id}: {yaml}");
        compared += 1;
    }
    assert!(compared > 270, "{compared}");
}

fn write_node(tree: &Tree, id: NodeId, out: &mut String) {
    match &tree.node(id).shape {
        Shape::Scalar(scalar) => {
            let mark = match scalar.style {
                Style::Plain => ':',
                Style::SingleQuoted => '\'',
                Style::DoubleQuoted => '"',
                Style::Literal => '|',
                Style::Folded => '>',
            };
            out.push_str(&format!("{mark}{:?}\n", tree.text(id).unwrap()));
        }
        Shape::Alias(_) => out.push_str(&format!("{}\n", tree.source().slice(tree.span(id)))),
        Shape::Sequence(list) => {
            out.push_str(if list.flow { "[\n" } else { "-\n" });
            tree.items(id).iter().for_each(|item| write_node(tree, *item, out));
            out.push_str("end\n");
        }
        Shape::Mapping(map) => {
            out.push_str(if map.flow { "{\n" } else { "?\n" });
            for entry in tree.entries(id) {
                out.push_str(&format!("key {:?}\n", &*entry.key));
                write_node(tree, entry.value, out);
            }
            out.push_str("end\n");
        }
    }
}

/// The expected events of the first document, written as `write_node` writes a tree.
struct Expected<'a> {
    lines: std::str::Lines<'a>,
    text: String,
    /// The texts that anchors stand on, for keys that are aliases.
    anchored: HashMap<String, String>,
}

impl Expected<'_> {
    fn document(&mut self) {
        while let Some(line) = self.lines.next() {
            if line.starts_with("+DOC") {
                self.node(false);
                return;
            }
        }
        self.text.push_str(":\"\"\n");
    }

    fn node(&mut self, is_key: bool) -> bool {
        let line = self.lines.next().unwrap();
        let (event, mut rest) = line.split_at(4);
        let flow = rest.contains("[]") || rest.contains("{}");
        match event {
            "+SEQ" => {
                self.text.push_str(if flow { "[\n" } else { "-\n" });
                while self.node(false) {}
            }
            "+MAP" => {
                self.text.push_str(if flow { "{\n" } else { "?\n" });
                while self.node(true) {
                    self.node(false);
                }
            }
            "=ALI" if is_key && self.anchored.contains_key(&rest.trim()[1..]) => {
                self.text.push_str(&format!("key {:?}\n", self.anchored[&rest.trim()[1..]]));
            }
            "=ALI" => self.text.push_str(&format!("{}\n", rest.trim())),
            "=VAL" => {
                rest = rest.trim_start();
                let mut anchor = None;
                while let Some(property) = rest.strip_prefix(['&', '<']) {
                    let is_anchor = rest.starts_with('&');
                    let (name, after) = property.split_once(' ').unwrap();
                    anchor = is_anchor.then(|| name.to_owned()).or(anchor);
                    rest = after;
                }
                let mark = &rest[..1];
                let mut text = unescape(&rest[1..]);
                if matches!(mark, "|" | ">") && text.ends_with('\n') {
                    text.pop();
                }
                anchor.map(|name| self.anchored.insert(name, text.clone()));
                let mark = if is_key { "key " } else { mark };
                self.text.push_str(&format!("{mark}{text:?}\n"));
            }
            "-SEQ" | "-MAP" => {
                self.text.push_str("end\n");
                return false;
            }
            _ => panic!("{line}"),
        }
        true
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        out.push(match char {
            '\\' => match chars.next().unwrap() {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                other => other,
            },
            other => other,
        });
    }
    out
}
