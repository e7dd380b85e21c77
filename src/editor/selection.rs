//! What is selected when a selection grows: the value, its key with it, the item, the section.

use crate::source::Span;
use crate::tree::{NodeId, Shape, Tree};

/// The stretches around `offset`, the innermost first, each inside the next; the last one is the whole document.
pub fn selection(tree: &Tree, offset: u32) -> Vec<Span> {
    let whole = Span::new(0, tree.source().text().len());
    let mut found = vec![whole];
    around(tree, tree.root(), offset, &mut found);
    found.dedup();
    found.reverse();
    found
}

fn holds(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

fn around(tree: &Tree, node: NodeId, offset: u32, found: &mut Vec<Span>) {
    let span = tree.span(node);
    if !holds(span, offset) {
        return;
    }
    push(found, span);
    match &tree.node(node).shape {
        Shape::Mapping(_) => {
            for entry in tree.entries(node).iter().filter(|entry| entry.merged_by.is_none()) {
                let value = tree.span(entry.value);
                let both = Span { start: entry.key_span.start, end: value.end.max(entry.key_span.end) };
                if !holds(both, offset) {
                    continue;
                }
                push(found, both);
                if holds(entry.key_span, offset) {
                    push(found, entry.key_span);
                } else {
                    around(tree, entry.value, offset, found);
                }
                return;
            }
        }
        Shape::Sequence(_) => {
            if let Some(item) = tree.items(node).iter().find(|item| holds(tree.span(**item), offset)) {
                around(tree, *item, offset, found);
            }
        }
        Shape::Scalar(_) | Shape::Alias(_) => {}
    }
}

/// Adds a stretch that lies inside the last one.
fn push(found: &mut Vec<Span>, span: Span) {
    if found.last().is_none_or(|last| last.start <= span.start && span.end <= last.end) {
        found.push(span);
    }
}
