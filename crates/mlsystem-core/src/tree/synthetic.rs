//! Trees that a program makes: what stands in a text in whatever notation, laid out as keys and values that keep their
//! places in it.

use std::sync::Arc;

use super::{Collection, Entry, Node, NodeId, Scalar, Shape, Style, Tree};
use crate::source::{Source, Span};

/// Makes one tree, its innermost values first. All spans are places in one source.
#[derive(Debug)]
pub struct Maker {
    source: Arc<Source>,
    nodes: Vec<Node>,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
}

/// A key, its place, and the value that belongs to it.
pub type Made = (&'static str, Span, NodeId);

impl Maker {
    /// Nothing as yet, over this text.
    pub fn new(source: &Arc<Source>) -> Self {
        Self { source: Arc::clone(source), nodes: Vec::new(), items: Vec::new(), entries: Vec::new() }
    }

    /// A text, and the place that bears it out; what is written there need not be the same.
    pub fn scalar(&mut self, text: impl Into<Box<str>>, span: Span) -> NodeId {
        self.push(span, Shape::Scalar(Scalar { style: Style::Plain, text: Some(text.into()) }))
    }

    /// A list of what was made before, which is pointed at by its place, as one in brackets is.
    pub fn sequence(&mut self, items: Vec<NodeId>, span: Span) -> NodeId {
        let start = self.items.len() as u32;
        self.items.extend(items);
        let end = self.items.len() as u32;
        self.push(span, Shape::Sequence(Collection { flow: true, start, end }))
    }

    /// A mapping to what was made before.
    pub fn mapping(&mut self, entries: Vec<Made>, span: Span) -> NodeId {
        let start = self.entries.len() as u32;
        let entry = |(key, key_span, value): Made| Entry { key: key.into(), key_span, value, merged_by: None };
        self.entries.extend(entries.into_iter().map(entry));
        let end = self.entries.len() as u32;
        self.push(span, Shape::Mapping(Collection { flow: false, start, end }))
    }

    /// The tree with this root.
    pub fn finish(self, root: NodeId) -> Tree {
        Tree { source: self.source, nodes: self.nodes, items: self.items, entries: self.entries, root }
    }

    fn push(&mut self, span: Span, shape: Shape) -> NodeId {
        self.nodes.push(Node { span, shape });
        NodeId(self.nodes.len() as u32 - 1)
    }
}
