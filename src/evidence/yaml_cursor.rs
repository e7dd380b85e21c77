//! A part of a document, or nothing: what a reader goes through without asking at each step whether it is there.

use crate::source::Span;
use crate::tree::{Entry, NodeId, Shape, Tree};

/// A value of a document, or nothing.
#[derive(Debug, Clone, Copy)]
pub struct YamlCursor<'t> {
    tree: &'t Tree,
    node: Option<NodeId>,
}

impl<'t> YamlCursor<'t> {
    /// A whole document.
    pub fn whole(tree: &'t Tree) -> Self {
        Self { tree, node: Some(tree.root()) }
    }

    fn of(self, node: NodeId) -> Self {
        Self { tree: self.tree, node: Some(node) }
    }

    /// Whether there is a value.
    pub fn exists(self) -> bool {
        self.node.is_some()
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Self {
        Self { tree: self.tree, node: self.entry(key).map(|entry| entry.value) }
    }

    /// The value at the end of a way of keys: `spec.predictor.timeout`. Keys that hold a dot need [`YamlCursor::get`].
    pub fn at(self, way: &str) -> Self {
        way.split('.').fold(self, YamlCursor::get)
    }

    /// The items of a list; none of anything else.
    pub fn items(self) -> impl Iterator<Item = YamlCursor<'t>> {
        let nodes = self.node.map(|node| self.tree.items(node)).unwrap_or_default();
        nodes.iter().map(move |node| self.of(*node))
    }

    /// The items of a list, or the value itself where it is none.
    pub fn one_or_more(self) -> Vec<YamlCursor<'t>> {
        if self.is_list() { self.items().collect() } else { self.node.map(|_| self).into_iter().collect() }
    }

    /// The keys of a mapping with their places and values.
    pub fn entries(self) -> impl Iterator<Item = (&'t str, Span, YamlCursor<'t>)> {
        let entries = self.node.map(|node| self.tree.entries(node)).unwrap_or_default();
        entries.iter().map(move |entry| (&*entry.key, entry.key_span, self.of(entry.value)))
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.shape().is_some_and(|shape| matches!(shape, Shape::Sequence(_)))
    }

    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        self.shape().is_some_and(|shape| matches!(shape, Shape::Mapping(_)))
    }

    /// The text of a scalar; none of anything else, and of one without content.
    pub fn text(self) -> Option<&'t str> {
        let text = self.tree.text(self.node?)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Whether it is a scalar with this text.
    pub fn is(self, text: &str) -> bool {
        self.text() == Some(text)
    }

    /// The number that a scalar writes.
    pub fn number(self) -> Option<f64> {
        self.text()?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Where it stands; of nothing, where the document begins.
    pub fn span(self) -> Span {
        let node = self.node.unwrap_or_else(|| self.tree.root());
        let span = self.tree.span(node);
        if self.node.is_some() { span } else { span.part(0..0) }
    }

    /// Where the key of a mapping stands; the mapping itself where it has no such key.
    pub fn key_span(self, key: &str) -> Span {
        self.entry(key).map_or_else(|| self.span(), |entry| entry.key_span)
    }

    fn entry(self, key: &str) -> Option<&'t Entry> {
        self.tree.get(self.node?, key)
    }

    fn shape(self) -> Option<&'t Shape> {
        Some(&self.tree.node(self.tree.resolve(self.node?)).shape)
    }
}
