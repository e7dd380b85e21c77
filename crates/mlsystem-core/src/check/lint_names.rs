//! What is said of a name of a lint that goes on working and is not to be written any more.

use std::collections::BTreeMap;

use crate::edit;
use crate::finding::{Applicability, Finding, Fix, Kind, Label, Pointer, Severity, raised};
use crate::lint::{Registry, Remark};
use crate::source::Span;
use crate::tree::Tree;

/// The names of lints in a file that are not those of today.
#[derive(Debug, Default)]
pub(super) struct Outdated {
    /// What is written, and the word of today for it.
    words: BTreeMap<String, String>,
    /// What is said of them.
    pub findings: Vec<Finding>,
}

impl Outdated {
    /// Takes in a word that selects lints; whether it does.
    pub fn take(&mut self, word: &str, registry: Registry<'_, '_>, tree: &Tree, span: Span, pointer: &Pointer) -> bool {
        let Some(named) = registry.named(word) else { return false };
        if named.word() != word {
            self.words.insert(word.to_owned(), named.word().to_owned());
        }
        let remark = registry.remark(word);
        self.findings.extend(remark.map(|remark| finding(remark, tree, span, pointer.clone())));
        true
    }

    /// The word of today for what is written.
    pub fn current<'w>(&'w self, word: &'w str) -> &'w str {
        self.words.get(word).map_or(word, String::as_str)
    }

    /// Adds those of another part of the file.
    pub fn append(&mut self, other: Self) {
        self.words.extend(other.words);
        self.findings.extend(other.findings);
    }
}

/// The finding at the place where the name is written.
pub(super) fn finding(remark: Remark<'_>, tree: &Tree, span: Span, pointer: Pointer) -> Finding {
    let source = tree.source();
    let (name, severity) = match remark {
        Remark::Renamed(..) => (raised::RENAMED_LINT, Severity::Advice),
        Remark::Deprecated(..) | Remark::Removed(..) => (raised::DEPRECATED_LINT, Severity::Warning),
    };
    let label = Label::new(source, span, remark.fact());
    let fix = remark.name().and_then(|name| {
        let text = edit::in_place_of(source.slice(span), name)?;
        Some(Fix::write(format!("write `{name}`"), Applicability::Safe, source, span, text))
    });
    Finding::new(name, "waivers", Kind::Reference, severity, remark.message(), label)
        .at(pointer)
        .with_help(remark.help())
        .with_fix(fix)
}
