//! YAML text as a tree in which every key and every value knows its bytes.
//!
//! Scalars keep their raw text: what they mean is decided by the field that they stand in, not here. Aliases stay
//! references, so that both their places are known. This module knows nothing of the manifest format.

use std::sync::Arc;

use crate::source::{Source, Span};

mod builder;
mod documents;
mod draft_marks;
mod events;
mod line_scan;
mod lookalike_marks;
mod mapping;
mod parse;
mod removal;
mod repair;
mod slip;
mod syntax_errors;
mod synthetic;

pub use documents::{document, documents};
pub use draft_marks::DRAFT;
pub use line_scan::missing_space;
pub use lookalike_marks::{Disguise, disguise};
pub use parse::{Limits, Parsed, parse};
pub use removal::cut;
pub use synthetic::{Made, Maker};

/// The index of a node in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

/// One YAML document.
#[derive(Debug)]
pub struct Tree {
    source: Arc<Source>,
    nodes: Vec<Node>,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
    root: NodeId,
}

/// A value: a scalar, a list, a mapping or an alias of one.
#[derive(Debug)]
pub struct Node {
    /// The bytes of the value alone: without tag, anchor and comment. Of a quoted scalar the quotes belong to it; a block
    /// scalar begins at its `|` or `>` and ends with its last line that is not blank; a block collection begins at
    /// its first key or dash and ends with its last child; an empty value is an empty span where the value would stand.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
}

/// The four sorts of node.
#[derive(Debug)]
pub enum Shape {
    /// A text; [`Tree::text`] gives it.
    Scalar(Scalar),
    /// A list; [`Tree::items`] gives its items.
    Sequence(Collection),
    /// A mapping; [`Tree::entries`] gives its entries.
    Mapping(Collection),
    /// `*name`: stands for the node given, which was written before. [`Tree::resolve`] follows it.
    Alias(NodeId),
}

/// A scalar as it was written.
#[derive(Debug)]
pub struct Scalar {
    /// How it was written.
    pub style: Style,
    /// Its text where that is not what stands in the source between the quotes (escapes, folding, several lines).
    pub(crate) text: Option<Box<str>>,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    SingleQuoted,
    /// In `"…"`.
    DoubleQuoted,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

/// How a collection was written, and where its children are kept.
#[derive(Debug)]
pub struct Collection {
    /// Whether it stands in brackets.
    pub flow: bool,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// One `key: value` of a mapping.
#[derive(Debug)]
pub struct Entry {
    /// The text of the key, in the normal form of Unicode that puts a letter and its marks together (NFC).
    pub key: Box<str>,
    /// Its place, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: NodeId,
    /// For an entry that a merge key brought in: the alias (or mapping) behind `<<` that it came by.
    pub merged_by: Option<NodeId>,
}

impl Tree {
    /// The text that the tree was read from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The outermost value; an empty scalar for an empty document.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The node itself; for an alias, the alias.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The span of the node as it is written at its place; for an alias, of `*name`.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The node that `id` stands for: itself, or the target of the alias.
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).shape {
            Shape::Alias(target) => target,
            _ => id,
        }
    }

    /// The text of a scalar, aliases followed: the content of a quoted one, the lines of a block scalar without its last
    /// line break. `None` for collections.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        let node = self.node(self.resolve(id));
        let Shape::Scalar(scalar) = &node.shape else { return None };
        Some(written_text(&self.source, node.span, scalar))
    }

    /// The tag before a value, such as `!include`; those of YAML itself, such as `!!str`, aside.
    pub fn tag(&self, id: NodeId) -> Option<&str> {
        let before = &self.source.text()[..self.span(id).start as usize];
        let line = &before[before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1)..];
        let mut words = line.split_whitespace().rev().skip_while(|word| word.starts_with('&'));
        let tag = words.next().filter(|_| line.ends_with([' ', '\t']))?;
        (tag.starts_with('!') && !tag.starts_with("!!") && tag.len() > 1).then_some(tag)
    }

    /// The items of a list, aliases followed; empty for everything else.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match &self.node(self.resolve(id)).shape {
            Shape::Sequence(list) => &self.items[list.start as usize..list.end as usize],
            _ => &[],
        }
    }

    /// The entries of a mapping, aliases followed and merge keys applied (keys written in place win); empty for
    /// everything else. Of a key that is written twice, the first stands here.
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        match &self.node(self.resolve(id)).shape {
            Shape::Mapping(map) => &self.entries[map.start as usize..map.end as usize],
            _ => &[],
        }
    }

    /// The keys and numbers of list items on the way from the root to the innermost node that holds `offset`.
    pub fn way_to(&self, offset: u32) -> Vec<String> {
        let holds = |span: Span| span.start <= offset && offset < span.end;
        let mut way = Vec::new();
        let mut here = self.root;
        loop {
            let entries = match self.node(here).shape {
                Shape::Mapping(_) => self.entries(here),
                _ => &[],
            };
            let written = |entry: &&Entry| entry.merged_by.is_none();
            let entry =
                entries.iter().filter(written).find(|entry| holds(entry.key_span) || holds(self.span(entry.value)));
            let item = || match self.node(here).shape {
                Shape::Sequence(_) => self.items(here).iter().position(|item| holds(self.span(*item))),
                _ => None,
            };
            match entry {
                Some(entry) => {
                    way.push(entry.key.to_string());
                    here = entry.value;
                }
                None => match item() {
                    Some(index) => {
                        way.push(index.to_string());
                        here = self.items(here)[index];
                    }
                    None => return way,
                },
            }
        }
    }

    /// Whether what stands at `span` is brought in elsewhere by an alias or a merge key, so that an edit there would change
    /// other places too.
    pub fn is_shared(&self, span: Span) -> bool {
        let target = |node: &Node| match node.shape {
            Shape::Alias(target) => Some(self.span(target)),
            _ => None,
        };
        let holds = |target: Span| target.start <= span.start && span.end <= target.end;
        self.nodes.iter().filter_map(target).any(holds)
    }

    /// Every scalar value of the document where it is written, with its text.
    pub fn scalars(&self) -> impl Iterator<Item = (Span, &str)> {
        (0..self.nodes.len()).filter_map(|index| {
            let id = NodeId(u32::try_from(index).ok()?);
            match self.node(id).shape {
                Shape::Scalar(_) => Some((self.span(id), self.text(id)?)),
                _ => None,
            }
        })
    }

    /// The value of `key` in a mapping.
    pub fn get(&self, id: NodeId, key: &str) -> Option<&Entry> {
        self.entries(id).iter().find(|entry| &*entry.key == key)
    }
}

/// The text of `scalar`, which stands at `span`.
fn written_text<'a>(source: &'a Source, span: Span, scalar: &'a Scalar) -> &'a str {
    if let Some(text) = &scalar.text {
        return text;
    }
    let written = source.slice(span);
    match scalar.style {
        Style::SingleQuoted | Style::DoubleQuoted => {
            written.get(1..written.len().saturating_sub(1)).unwrap_or_default()
        }
        _ => written,
    }
}
