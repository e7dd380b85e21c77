//! What holds of the places in every tree.

use mlsystem::finding::Finding;
use mlsystem::source::{Source, Span};
use mlsystem::tree::{NodeId, Parsed, Shape, Style, Tree};

use super::read;

/// Panics where a span lies outside the text or its parent, or a scalar does not say what its slice says.
pub fn check(text: &str, parsed: &Parsed) {
    for finding in &parsed.findings {
        check_finding(text, finding);
    }
    let Some(tree) = &parsed.tree else {
        assert_eq!(parsed.findings.len(), 1, "{text:?}");
        return;
    };
    check_node(tree, tree.root(), Span::new(0, text.len()));
}

fn check_finding(text: &str, finding: &Finding) {
    for label in [&finding.primary].into_iter().chain(&finding.labels) {
        assert!(text.get(label.span.range()).is_some(), "{text:?}: {finding:?}");
    }
    let message = &finding.message;
    assert!(message.chars().count() <= 70 && !message.ends_with('.'), "{message}");
    assert!(!message.contains('\n') && finding.help.is_some(), "{finding:?}");
}

fn check_node(tree: &Tree, id: NodeId, around: Span) {
    let text = tree.source().text();
    let node = tree.node(id);
    let span = node.span;
    assert!(text.get(span.range()).is_some(), "{text:?}: {span:?}");
    assert!(around.start <= span.start && span.end <= around.end, "{text:?}: {span:?} outside {around:?}");
    match &node.shape {
        Shape::Scalar(scalar) => check_scalar(tree, id, scalar.style),
        Shape::Alias(target) => assert!(!matches!(tree.node(*target).shape, Shape::Alias(_))),
        Shape::Sequence(_) => {
            let mut before = span.start;
            for &item in tree.items(id) {
                check_node(tree, item, span);
                assert!(before <= tree.span(item).start, "{text:?}: {:?}", tree.span(item));
                before = tree.span(item).end;
            }
        }
        Shape::Mapping(_) => {
            let mut before = span.start;
            for entry in tree.entries(id).iter().filter(|entry| entry.merged_by.is_none()) {
                check_node(tree, entry.value, span);
                assert!(before <= entry.key_span.start, "{text:?}: {entry:?}");
                assert!(entry.key_span.end <= tree.span(entry.value).start, "{text:?}: {entry:?}");
                assert!(text.get(entry.key_span.range()).is_some(), "{text:?}: {entry:?}");
                before = tree.span(entry.value).end;
            }
        }
    }
}

fn check_scalar(tree: &Tree, id: NodeId, style: Style) {
    let slice = tree.source().slice(tree.span(id));
    let text = tree.text(id).expect("a scalar has text");
    match style {
        Style::Plain if slice.is_empty() || slice.starts_with('*') => assert_eq!(text, "", "{slice:?}"),
        Style::Plain => {
            assert_eq!(slice.trim_matches([' ', '\n', '\r', '\t']), slice);
            if !slice.contains(['\n', '\r']) {
                assert_eq!(text, slice);
            }
        }
        Style::SingleQuoted => {
            assert!(slice.len() > 1 && slice.starts_with('\'') && slice.ends_with('\''), "{slice:?}")
        }
        Style::DoubleQuoted => assert!(slice.len() > 1 && slice.starts_with('"') && slice.ends_with('"'), "{slice:?}"),
        Style::Literal => assert!(slice.starts_with('|'), "{slice:?}"),
        Style::Folded => assert!(slice.starts_with('>'), "{slice:?}"),
    }
    if matches!(style, Style::SingleQuoted | Style::DoubleQuoted | Style::Plain) && !slice.starts_with('*') {
        check_alone(slice, text);
    }
}

/// A scalar that is cut out reads as the same text. A list around it keeps it from being taken for something else.
fn check_alone(slice: &str, text: &str) {
    let alone = read(&format!("[{slice}\n]"));
    let alone_block = read(&format!("- {}", slice.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\n  ")));
    let same = |parsed: &Parsed| {
        let tree = parsed.tree.as_ref()?;
        let item = tree.items(tree.root()).first().copied();
        Some(item.map_or(text.is_empty(), |item| tree.text(item) == Some(text)))
    };
    let source = Source::new("alone", slice);
    assert!(same(&alone) == Some(true) || same(&alone_block) == Some(true), "{:?} is not {text:?}", source.text());
}
