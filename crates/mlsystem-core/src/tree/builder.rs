//! The tree as it grows, one event after the other.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::finding::{Applicability, Finding, Fix, Kind, Label, Truncated};
use crate::lookalike;
use crate::source::{Source, Span};

use super::events::{Event, Events, Fault, Role};
use super::lookalike_marks::disguise;
use super::parse::{Limits, brief, error};
use super::syntax_errors::{Context, Open};
use super::{Collection, Entry, Node, NodeId, Scalar, Shape, Style, Tree, written_text};

/// Findings past this number are counted, not kept: a hostile text has one on every line.
const MAX_FINDINGS: usize = 100;

/// Why reading ended early.
pub(super) enum Stop {
    Fault(Fault),
    Limit(Box<Finding>),
}

/// Reads the events of one text.
pub(super) struct Builder<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) limits: &'a Limits,
    events: Events<'a>,
    pub(super) nodes: Vec<Node>,
    items: Vec<NodeId>,
    pub(super) entries: Vec<Entry>,
    /// The collections that are open, outermost first.
    open: Vec<Frame>,
    /// Items and entries of the open collections, in the order of `open`.
    open_items: Vec<NodeId>,
    pub(super) open_entries: Vec<Entry>,
    /// What the anchors stand on; their numbers count from 1.
    anchors: Vec<Anchored>,
    /// Keys and anchors, which count as nodes do but are none.
    others: usize,
    aliases: usize,
    expanded: u32,
    pub(super) merged: usize,
    /// Aliases that were reported and stand for nothing.
    pub(super) broken: Vec<NodeId>,
    /// The last thing that was read.
    last: Span,
    findings: Vec<Finding>,
    dropped_findings: usize,
}

/// A collection whose end was not yet read.
struct Frame {
    node: NodeId,
    flow: bool,
    mapping: bool,
    start: usize,
    /// Where the last child ended, or the opening bracket.
    end: usize,
    /// The number of `open_items` or `open_entries` before the first of this collection.
    base: usize,
    /// The key that waits for its value.
    key: Option<Key>,
    /// What stands behind `<<`, with the span of that key.
    merges: Vec<(Span, NodeId)>,
    anchor: usize,
    size: Size,
}

enum Key {
    Text(Box<str>, Span),
    Merge(Span),
    /// It was reported, and its value goes with it.
    Unusable,
}

/// How large a node is when every alias inside it is written out.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: u32,
    height: u32,
}

#[derive(Clone, Copy)]
struct Anchored {
    node: NodeId,
    size: Size,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Arc<Source>, limits: &'a Limits) -> Self {
        // A line of a manifest has about 30 bytes and one entry.
        let lines = (source.text().len() / 30).min(limits.nodes / 2);
        Self {
            source,
            limits,
            events: Events::new(source.text(), limits.depth),
            nodes: Vec::with_capacity(lines),
            items: Vec::new(),
            entries: Vec::with_capacity(lines),
            open: Vec::new(),
            open_items: Vec::new(),
            open_entries: Vec::new(),
            anchors: Vec::new(),
            others: 0,
            aliases: 0,
            expanded: 0,
            merged: 0,
            broken: Vec::new(),
            last: Span::default(),
            findings: Vec::new(),
            dropped_findings: 0,
        }
    }

    /// Reads the first document and gives its root.
    pub(super) fn run(&mut self) -> Result<NodeId, Stop> {
        let mut root = None;
        let mut ended = false;
        loop {
            let (event, start, end) = self.events.next(self.role()).map_err(Stop::Fault)?;
            let span = Span::new(start, end);
            let done = match event {
                Event::Scalar { text, style, anchor } => self.scalar(text, style, anchor, span)?,
                Event::Sequence { flow, anchor } => {
                    self.begin(false, flow, anchor, span)?;
                    None
                }
                Event::Mapping { flow, anchor } => {
                    self.begin(true, flow, anchor, span)?;
                    None
                }
                Event::End => self.end(span)?,
                Event::Alias(anchor) => self.alias(anchor, span)?,
                Event::UnknownAlias => self.alias(0, span)?,
                Event::DocumentStart if ended => {
                    self.report_second_document(span);
                    break;
                }
                Event::DocumentEnd => {
                    ended = true;
                    continue;
                }
                Event::StreamEnd => break,
                Event::DocumentStart | Event::Other => continue,
            };
            root = root.or(done);
            self.last = span;
        }
        match root {
            Some(root) => Ok(root),
            None => self.push(Span::at(0), Shape::Scalar(Scalar { style: Style::Plain, text: None })),
        }
    }

    /// The tree with `root`, and what was reported.
    pub(super) fn finish(self, root: NodeId) -> (Tree, Vec<Finding>) {
        let Self { source, mut nodes, mut items, mut entries, mut findings, dropped_findings, .. } = self;
        if let Some(last) = findings.last_mut().filter(|_| dropped_findings > 0) {
            last.truncate(Truncated::By(dropped_findings));
        }
        // A tree is kept as long as its manifest is judged with others, and does not grow.
        nodes.shrink_to_fit();
        items.shrink_to_fit();
        entries.shrink_to_fit();
        (Tree { source: Arc::clone(source), nodes, items, entries, root }, findings)
    }

    /// What is open where reading stopped.
    pub(super) fn surroundings(&self) -> Context {
        let open = |frame: &Frame| Open { start: frame.start, flow: frame.flow, mapping: frame.mapping };
        Context { open: self.open.iter().map(open).collect(), last: self.last }
    }

    /// Whether findings are only counted from now on.
    pub(super) fn is_full(&self) -> bool {
        self.findings.len() >= MAX_FINDINGS
    }

    pub(super) fn report(&mut self, finding: Finding) {
        if !self.is_full() {
            self.findings.push(finding);
        } else {
            self.dropped_findings += 1;
        }
    }

    pub(super) fn label(&self, span: Span, text: impl Into<String>) -> Label {
        Label::new(self.source, span, text)
    }

    /// The text of a scalar, aliases followed.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        let node = &self.nodes[self.resolve(id).0 as usize];
        match &node.shape {
            Shape::Scalar(scalar) => Some(written_text(self.source, node.span, scalar)),
            _ => None,
        }
    }

    pub(super) fn resolve(&self, id: NodeId) -> NodeId {
        match self.nodes[id.0 as usize].shape {
            Shape::Alias(target) => target,
            _ => id,
        }
    }

    pub(super) fn shape(&self, id: NodeId) -> &Shape {
        &self.nodes[self.resolve(id).0 as usize].shape
    }

    pub(super) fn span(&self, id: NodeId) -> Span {
        self.nodes[id.0 as usize].span
    }

    pub(super) fn item(&self, index: u32) -> NodeId {
        self.items[index as usize]
    }

    /// A finding that ends the reading.
    pub(super) fn limit(&self, name: &'static str, span: Span, message: String, help: &str) -> Stop {
        Stop::Limit(Box::new(error(name, Kind::Quantity, self.source, span, message, "").with_help(help)))
    }

    fn role(&self) -> Role {
        match self.open.last() {
            None => Role::Root,
            Some(Frame { mapping: false, .. }) => Role::Item,
            Some(Frame { key: None, .. }) => Role::Key,
            Some(frame) => Role::Value((!frame.flow).then_some(frame.start)),
        }
    }

    fn push(&mut self, span: Span, shape: Shape) -> Result<NodeId, Stop> {
        self.count(span)?;
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { span, shape });
        Ok(id)
    }

    fn count(&self, span: Span) -> Result<(), Stop> {
        if self.nodes.len() + self.others < self.limits.nodes {
            return Ok(());
        }
        let message = format!("more than {} keys, values and anchors", self.limits.nodes);
        Err(self.limit("too-many-nodes", span, message, "split the document into smaller files"))
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: Style, anchor: usize, span: Span) -> Result<Option<NodeId>, Stop> {
        if self.role() == Role::Key && anchor == 0 {
            self.count(span)?;
            self.others += 1;
            if style == Style::Plain && text.starts_with(|c| lookalike::is_blank(c) || lookalike::is_unseen(c)) {
                self.indentation(span)?;
            }
            let key = match &*text {
                "<<" if style == Style::Plain => Key::Merge(span),
                _ => Key::Text(normal_form(&content(text, style)), span),
            };
            self.key(key, span);
            return Ok(None);
        }
        let scalar = Scalar { style, text: None };
        let text = match style {
            Style::Literal | Style::Folded => Some(content(text, style).into()),
            _ if text == written_text(self.source, span, &scalar) => None,
            _ => Some(text.into()),
        };
        let id = self.push(span, Shape::Scalar(Scalar { style, text }))?;
        self.anchor(anchor, id, Size { nodes: 1, height: 0 });
        Ok(self.place(id, span, Size { nodes: 1, height: 0 }))
    }

    /// A line that other blanks than YAML's indent begins with them, as YAML reads it. Where it belongs is not known then,
    /// so that nothing of the document is.
    fn indentation(&self, key: Span) -> Result<(), Stop> {
        let Some(disguise) = disguise(self.source, key.start as usize..key.start as usize) else { return Ok(()) };
        let finding = error("invalid-yaml", Kind::Reference, self.source, disguise.span, disguise.message, "");
        Err(Stop::Limit(Box::new(finding.with_help(disguise.help).with_fix(Some(disguise.fix)))))
    }

    fn begin(&mut self, mapping: bool, flow: bool, anchor: usize, span: Span) -> Result<(), Stop> {
        if self.open.len() >= self.limits.depth {
            return Err(Stop::Limit(Box::new(self.too_deep(span))));
        }
        let collection = Collection { flow, start: 0, end: 0 };
        let shape = if mapping { Shape::Mapping(collection) } else { Shape::Sequence(collection) };
        let node = self.push(span, shape)?;
        self.anchor(anchor, node, Size::default());
        let (start, end) = (span.start as usize, span.end as usize);
        let base = if mapping { self.open_entries.len() } else { self.open_items.len() };
        let size = Size { nodes: 1, height: 1 };
        self.open.push(Frame { node, flow, mapping, start, end, base, key: None, merges: Vec::new(), anchor, size });
        Ok(())
    }

    fn end(&mut self, bracket: Span) -> Result<Option<NodeId>, Stop> {
        let Some(frame) = self.open.pop() else { return Ok(None) };
        let end = if bracket.is_empty() { frame.end } else { bracket.end as usize };
        let span = Span::new(frame.start, end);
        let (start, end) = if frame.mapping {
            self.close_mapping(frame.base, frame.flow, &frame.merges)?
        } else {
            let start = self.items.len();
            self.items.extend(self.open_items.drain(frame.base..));
            (start, self.items.len())
        };
        let collection = Collection { flow: frame.flow, start: start as u32, end: end as u32 };
        self.nodes[frame.node.0 as usize] =
            Node { span, shape: if frame.mapping { Shape::Mapping(collection) } else { Shape::Sequence(collection) } };
        self.anchor(frame.anchor, frame.node, frame.size);
        Ok(self.place(frame.node, span, frame.size))
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Option<NodeId>, Stop> {
        self.aliases += 1;
        if self.aliases > self.limits.aliases {
            let message = format!("more than {} aliases", self.limits.aliases);
            return Err(self.limit("too-many-aliases", span, message, "write some of the values out"));
        }
        let Some(&Anchored { node: target, size }) = self.anchors.get(anchor.wrapping_sub(1)) else {
            self.report_unknown_alias(span);
            return self.nothing(span);
        };
        if self.open.iter().any(|frame| frame.node == target) {
            self.report_recursive_alias(span, target);
            return self.nothing(span);
        }
        self.expanded = self.expanded.saturating_add(size.nodes);
        if self.expanded as usize > self.limits.nodes {
            let message = format!("aliases stand for more than {} values", self.limits.nodes);
            return Err(self.limit("too-many-aliases", span, message, "let fewer aliases stand inside each other"));
        }
        if self.open.len() + size.height as usize > self.limits.depth {
            return Err(Stop::Limit(Box::new(self.too_deep(span))));
        }
        let id = self.push(span, Shape::Alias(target))?;
        Ok(self.place(id, span, size))
    }

    /// An empty scalar in place of an alias that was reported.
    fn nothing(&mut self, span: Span) -> Result<Option<NodeId>, Stop> {
        let text = Some(Box::default());
        let id = self.push(span, Shape::Scalar(Scalar { style: Style::Plain, text }))?;
        self.broken.push(id);
        Ok(self.place(id, span, Size { nodes: 1, height: 0 }))
    }

    pub(super) fn too_deep(&self, span: Span) -> Finding {
        let message = format!("more than {} levels inside each other", self.limits.depth);
        error("too-deep", Kind::Quantity, self.source, span, message, "").with_help("use fewer levels")
    }

    fn anchor(&mut self, anchor: usize, node: NodeId, size: Size) {
        if anchor == 0 {
            return;
        }
        if self.anchors.len() < anchor {
            self.others += 1;
            self.anchors.resize(anchor, Anchored { node, size });
        }
        self.anchors[anchor - 1] = Anchored { node, size };
    }

    fn key(&mut self, key: Key, span: Span) {
        if let Some(frame) = self.open.last_mut() {
            frame.key = Some(key);
            frame.end = frame.end.max(span.end as usize);
        }
    }

    /// Puts a node where it belongs; gives it back where nothing is around it.
    fn place(&mut self, id: NodeId, span: Span, size: Size) -> Option<NodeId> {
        let Some(frame) = self.open.last_mut() else { return Some(id) };
        frame.end = frame.end.max(span.end as usize);
        frame.size.nodes = frame.size.nodes.saturating_add(size.nodes);
        frame.size.height = frame.size.height.max(size.height + 1);
        if !frame.mapping {
            self.open_items.push(id);
            return None;
        }
        match frame.key.take() {
            Some(Key::Text(key, key_span)) => {
                self.open_entries.push(Entry { key, key_span, value: id, merged_by: None });
            }
            Some(Key::Merge(key_span)) => frame.merges.push((key_span, id)),
            Some(Key::Unusable) => {}
            None => {
                let key = match self.text(id) {
                    Some(text) => Key::Text(normal_form(text), span),
                    None => {
                        self.report_key_not_text(id, span);
                        Key::Unusable
                    }
                };
                self.key(key, span);
            }
        }
        None
    }

    fn report_key_not_text(&mut self, id: NodeId, span: Span) {
        let sort = match self.shape(id) {
            Shape::Sequence(_) => "a list",
            _ => "a mapping",
        };
        let message = format!("a key is {sort}");
        let finding = error("key-not-text", Kind::Reference, self.source, span, message, "not a text");
        let around = self.source.text().get(span.start.saturating_sub(1) as usize..span.end as usize + 1);
        let template = around.filter(|around| around.starts_with("{{") && around.ends_with("}}"));
        let Some(template) = template else {
            let help = "write a word before the colon; quote it where it begins with `[` or `{`";
            return self.report(finding.with_help(help));
        };
        let whole = Span { start: span.start - 1, end: span.end + 1 };
        let text = format!("\"{template}\"");
        let quote = Fix::write("quote the text", Applicability::Safe, self.source, whole, text);
        let help = format!("quote the text if this is a template: `\"{}\"`", brief(template));
        self.report(finding.with_help(help).with_fix(Some(quote)));
    }

    fn report_unknown_alias(&mut self, span: Span) {
        let written = self.source.slice(span);
        let message = format!("no anchor is called `{}`", brief(written.trim_start_matches('*')));
        let help = format!(
            "quote the text if it is none: `\"{0}\"`; else write `&{1}` before the value that it stands for",
            brief(written),
            brief(written.trim_start_matches('*'))
        );
        let finding =
            error("unknown-alias", Kind::Reference, self.source, span, message, "an unquoted `*` begins an alias");
        let quote = Fix::write("quote the text", Applicability::Unsafe, self.source, span, format!("\"{written}\""));
        self.report(finding.with_help(help).with_fix(Some(quote)));
    }

    fn report_recursive_alias(&mut self, span: Span, target: NodeId) {
        let message = format!("`{}` stands inside what it stands for", brief(self.source.slice(span)));
        let around = self.label(Span::at(self.span(target).start as usize), "the value around it begins here");
        let finding = error("recursive-alias", Kind::Reference, self.source, span, message, "");
        self.report(finding.with_label(around).with_help("write the value out, or take the alias away"));
    }

    fn report_second_document(&mut self, span: Span) {
        let message = "the file has more than one document";
        let finding = error("several-documents", Kind::Reference, self.source, span, message, "the second begins here");
        self.report(finding.with_help("keep one document in a file; nothing after this place was read"));
    }
}

/// The form in which keys are compared: letters with their marks as one character where there is one.
fn normal_form(key: &str) -> Box<str> {
    match key.is_ascii() || unicode_normalization::is_nfc(key) {
        true => key.into(),
        false => key.nfc().collect::<String>().into(),
    }
}

/// The text that counts: that of a block scalar goes without its last line break.
fn content(text: Cow<'_, str>, style: Style) -> Cow<'_, str> {
    match (style, text) {
        (Style::Literal | Style::Folded, Cow::Borrowed(text)) => Cow::Borrowed(text.strip_suffix('\n').unwrap_or(text)),
        (Style::Literal | Style::Folded, Cow::Owned(mut text)) => {
            if text.ends_with('\n') {
                text.pop();
            }
            Cow::Owned(text)
        }
        (_, text) => text,
    }
}
