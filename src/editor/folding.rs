//! What can be folded away: sections, lists, block scalars, runs of comments.

use crate::source::{ColumnUnit, Span};
use crate::tree::{NodeId, Shape, Style, Tree};

/// A stretch of lines that folds onto its first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// From the end of the line that stays visible to the end of the last line.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// The sorts of fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldKind {
    /// A section, list, item or text.
    Region,
    /// Several lines of comment.
    Comment,
}

/// The folds of a text, in the order of their starts; those that begin on one line are there once.
pub fn folds(tree: &Tree) -> Vec<Fold> {
    let mut found = Vec::new();
    entries(tree, tree.root(), &mut found);
    found.extend(comments(tree));
    found.sort_by_key(|fold| (fold.span.start, std::cmp::Reverse(fold.span.end)));
    found.dedup_by_key(|fold| line_of(tree, fold.span.start));
    found
}

fn line_of(tree: &Tree, offset: u32) -> u32 {
    tree.source().position(offset as usize, ColumnUnit::Bytes).line
}

/// The folds of what stands inside a node. An alias folds where its target was written.
fn entries(tree: &Tree, node: NodeId, found: &mut Vec<Fold>) {
    match &tree.node(node).shape {
        Shape::Mapping(_) => {
            for entry in tree.entries(node).iter().filter(|entry| entry.merged_by.is_none()) {
                region(tree, entry.key_span.start, entry.value, found);
                entries(tree, entry.value, found);
            }
        }
        Shape::Sequence(_) => {
            for item in tree.items(node) {
                region(tree, tree.span(*item).start, *item, found);
                entries(tree, *item, found);
            }
        }
        Shape::Scalar(_) | Shape::Alias(_) => {}
    }
}

/// A value over several lines, from the line of its key or dash on.
fn region(tree: &Tree, start: u32, value: NodeId, found: &mut Vec<Fold>) {
    let text = tree.source().text();
    let node = tree.node(value);
    let foldable = match &node.shape {
        Shape::Scalar(scalar) => matches!(scalar.style, Style::Literal | Style::Folded) || !node.span.is_empty(),
        Shape::Mapping(_) | Shape::Sequence(_) => true,
        Shape::Alias(_) => false,
    };
    let first = super::lines::end_of(text, start as usize);
    if foldable && first < node.span.end as usize {
        let end = super::lines::end_of(text, node.span.end as usize);
        found.push(Fold { span: Span::new(first, end), kind: FoldKind::Region });
    }
}

/// Runs of two and more lines that hold a comment alone.
fn comments(tree: &Tree) -> Vec<Fold> {
    let source = tree.source();
    let inside: Vec<Span> = texts_over_lines(tree);
    let mut found = Vec::new();
    let mut run: Option<(Span, Span)> = None;
    for number in 1..=source.line_count() as u32 {
        let line = source.line(number);
        let in_text = || inside.iter().any(|text| text.start < line.start && line.start < text.end);
        if source.slice(line).trim_start().starts_with('#') && !in_text() {
            run = Some((run.map_or(line, |(first, _)| first), line));
            continue;
        }
        found.extend(run.take());
    }
    found.extend(run);
    let several = found.into_iter().filter(|(first, last)| first != last);
    several
        .map(|(first, last)| Fold { span: Span { start: first.end, end: last.end }, kind: FoldKind::Comment })
        .collect()
}

/// The scalars that go over several lines: what looks like a comment there is text.
fn texts_over_lines(tree: &Tree) -> Vec<Span> {
    let source = tree.source();
    tree.scalars().map(|(span, _)| span).filter(|span| source.slice(*span).contains(['\n', '\r'])).collect()
}
