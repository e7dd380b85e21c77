//! The document as a tree, its folds, growing selections, and the arithmetic beside it.

use mlsystem::editor::{Symbol, folds, hints, selection, symbols};
use mlsystem::manifest::Manifest;
use mlsystem::source::{ColumnUnit, Span};

use crate::editor::with_manifests;
use crate::support::fixture;

const SMALL: &str = "\
# What it is,
# and whose.
mlsystem: 1
name: ranker
stage: production
owner: discovery-ml
serving:
  pattern: online
  availability: 99.9%
  latency:
    p99: 100ms
  path:
    - {step: features, p99: 18ms}
    - step: model
      p99: 40ms
  cache:
    none: every answer differs
data:
  labels: {window: 3h, delay: 6h}
evaluation:
  slices: new-diners
summary: |
  Orders
  restaurants.
";

fn with<T>(text: &str, ask: impl FnOnce(&Manifest) -> T) -> T {
    with_manifests(&[("mlsystem.yaml", text)], |manifests, _| ask(manifests[0]))
}

fn line(home: &Manifest, offset: u32) -> u32 {
    home.source().position(offset as usize, ColumnUnit::Bytes).line
}

#[test]
fn the_document_is_a_tree_of_sections_and_items() {
    fn tree(symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            let detail = if symbol.detail.is_empty() { String::new() } else { format!(" = {}", symbol.detail) };
            out.push_str(&format!("{}{:?} {}{detail}\n", "  ".repeat(depth), symbol.kind, symbol.name));
            tree(&symbol.children, depth + 1, out);
        }
    }
    let mut out = String::new();
    with(SMALL, |home| tree(&symbols(home), 0, &mut out));
    insta::assert_snapshot!(out);
}

#[test]
fn sections_items_texts_and_comments_fold() {
    let found = with(SMALL, |home| {
        let lines = |span: Span| (line(home, span.start), line(home, span.end));
        folds(&home.tree).iter().map(|fold| lines(fold.span)).collect::<Vec<_>>()
    });
    assert_eq!(found, [(1, 2), (7, 17), (10, 11), (12, 15), (14, 15), (16, 17), (18, 19), (20, 21), (22, 24)]);
}

#[test]
fn a_selection_grows_from_the_value_to_the_document() {
    let offset = SMALL.find("18ms").unwrap() as u32;
    let grown: Vec<String> = with(SMALL, |home| {
        selection(&home.tree, offset).iter().map(|span| home.source().slice(*span).to_owned()).collect()
    });
    assert_eq!(grown[0], "18ms");
    assert_eq!(grown[1], "p99: 18ms");
    assert_eq!(grown[2], "{step: features, p99: 18ms}");
    assert!(grown[3].starts_with("- {step") && grown[4].starts_with("path:") && grown[6].starts_with("serving:"));
    assert_eq!(grown.last().unwrap(), SMALL);
}

/// The hints of a text: the line, the text, and how it comes about.
fn beside(text: &str) -> Vec<String> {
    with_manifests(&[("mlsystem.yaml", text)], |manifests, around| {
        let home = manifests[0];
        let all = hints(home, Span::new(0, text.len()), around);
        all.iter().map(|hint| format!("{}: {} ({})", line(home, hint.offset), hint.text, hint.tooltip)).collect()
    })
}

#[test]
fn results_stand_beside_the_numbers_that_they_are_about() {
    assert_eq!(
        beside(SMALL),
        [
            "9: down 43m12s in 30d (the error budget: (100% - 99.9%) × 30d)",
            "11: path takes 58ms (18 + 40 = 58ms: the critical path of `serving.path`)",
            "19: truth after 9h (3h until the window closes, and 6h until the label can be read)",
        ]
    );
    assert_eq!(beside("mlsystem: 1\nserving: {availability: 99.9}\n"), [""; 0], "what cannot be read has no sum");
    for name in ["restaurant-ranker", "partner-helpdesk", "loan-scorer", "parcel-damage"] {
        let text = fixture(&format!("systems/{name}/mlsystem.yaml"));
        insta::assert_snapshot!(format!("hints_{name}"), beside(&text).join("\n"));
    }
}
