//! From text to tree: what is read, how much of it, and what is reported.

use std::sync::Arc;

use crate::finding::{Finding, Kind, Label, Severity};
use crate::source::{Source, Span};

use super::Tree;
use super::builder::{Builder, Stop};
use super::events::FaultKind;
use super::syntax_errors;

/// How much is read. What goes past a limit is a finding, and gives no tree.
///
/// With the limits of [`Limits::default`], a whole check takes less than 30 MB of memory above the text, whatever the
/// text; `benches/budgets` measures it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Collections inside each other, also those that an alias brings in.
    pub depth: usize,
    /// Keys, values and anchors; the values that aliases stand for are counted apart, once for each alias.
    pub nodes: usize,
    /// Aliases.
    pub aliases: usize,
    /// Entries that merge keys look at. A key of more than 100 bytes counts as several.
    pub merged: usize,
}

/// What [`parse`] gives.
#[derive(Debug)]
pub struct Parsed {
    /// The first document; none where the text is no YAML or goes past a limit.
    pub tree: Option<Tree>,
    /// What is wrong with the text, in its order. Without a tree, exactly one finding.
    pub findings: Vec<Finding>,
}

/// Reads the first document of `source`.
pub fn parse(source: &Arc<Source>, limits: &Limits) -> Parsed {
    if source.text().len() > limits.bytes {
        let message = format!("the text is longer than {} bytes", limits.bytes);
        let finding = error("too-large", Kind::Quantity, source, Span::at(0), message, "")
            .with_help("split the document into smaller files");
        return Parsed { tree: None, findings: vec![finding] };
    }
    let mut builder = Builder::new(source, limits);
    match builder.run() {
        Ok(root) => {
            let (tree, mut findings) = builder.finish(root);
            findings.sort_by_key(|finding| finding.primary.span);
            Parsed { tree: Some(tree), findings }
        }
        Err(Stop::Limit(finding)) => Parsed { tree: None, findings: vec![*finding] },
        // The parser looks ahead, and then meets its own limit before the tree has grown to ours.
        Err(Stop::Fault(fault)) if fault.kind == FaultKind::TooDeep => {
            Parsed { tree: None, findings: vec![builder.too_deep(Span::at(fault.at))] }
        }
        Err(Stop::Fault(fault)) => {
            let finding = syntax_errors::describe(source, &fault, &builder.surroundings());
            Parsed { tree: None, findings: vec![finding] }
        }
    }
}

/// A finding of this module, with the text of its primary label.
pub(super) fn error(
    name: &'static str,
    kind: Kind,
    source: &Arc<Source>,
    span: Span,
    message: impl Into<String>,
    label: impl Into<String>,
) -> Finding {
    Finding::new(name, "format", kind, Severity::Error, message, Label::new(source, span, label))
}

/// A text for a message: one line, and not too long.
pub(super) fn brief(text: &str) -> String {
    const MAX_CHARS: usize = 30;
    let mut brief = String::new();
    for (index, char) in text.chars().enumerate() {
        if index == MAX_CHARS {
            brief.push('…');
            break;
        }
        match char.is_control() || char == '\u{feff}' {
            true => brief.extend(char.escape_default()),
            false => brief.push(char),
        }
    }
    brief
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 10_000_000, depth: 64, nodes: 125_000, aliases: 1_000, merged: 10_000 }
    }
}
