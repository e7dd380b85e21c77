//! Which lints are wanted, and the severities that were set for them by name.

use std::borrow::Cow;

use super::Options;
use crate::finding::{Finding, LintName, Reader, Severity, raised};
use crate::lint::{Lint, Registry};

/// A severity that was set, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Report with this severity.
    Set(Severity),
    /// Do not report.
    Off,
}

/// Severities by the name of a lint, a category or a kind. The last one that fits counts.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// The name and its level, in the order in which they were given.
    pub set: Vec<(String, Level)>,
}

/// Which lints are wanted, by name, category or kind.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// When not empty, only these.
    pub select: Vec<String>,
    /// None of these.
    pub skip: Vec<String>,
}

impl Level {
    /// The word for it: that of its severity, or `off`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Set(severity) => severity.word(),
            Self::Off => "off",
        }
    }

    /// The level so called: `error`, `warning`, `advice` or `off`.
    pub fn from_word(word: &str) -> Option<Self> {
        if word == "off" { Some(Self::Off) } else { Severity::from_word(word).map(Self::Set) }
    }

    /// The level that a user calls so; what is wrong with the word otherwise, for people.
    pub fn read(word: &str) -> Result<Self, String> {
        Self::from_word(word).ok_or_else(|| format!("`{word}` is not a level: write error, warning, advice or off"))
    }
}

impl Levels {
    /// The same levels, former names replaced by those of today.
    #[must_use]
    pub fn resolved(self, registry: Registry<'_, '_>) -> Self {
        let set = self.set.into_iter().map(|(word, level)| (canonical(&word, registry), level));
        Self { set: set.collect() }
    }

    /// The level of what is called so, is in this category and of this kind.
    fn of(&self, name: &str, category: &str, kind: &str) -> Option<Level> {
        self.entry(name, category, kind).map(|(_, level)| *level)
    }

    fn entry(&self, name: &str, category: &str, kind: &str) -> Option<&(String, Level)> {
        let fits = |called: &str| called == name || called == category || called == kind;
        self.set.iter().rev().find(|(called, _)| fits(called))
    }

    /// The number of the entry that counts for `lint`.
    pub fn deciding(&self, lint: &Lint) -> Option<usize> {
        self.set.iter().rposition(|(called, _)| [lint.name, lint.category, lint.kind.word()].contains(&&**called))
    }

    /// Whether `lint` is switched off.
    pub fn off(&self, lint: &Lint) -> bool {
        self.of(lint.name, lint.category, lint.kind.word()) == Some(Level::Off)
    }
}

impl Selection {
    /// The same selection, former names replaced by those of today.
    pub fn resolved(&self, registry: Registry<'_, '_>) -> Cow<'_, Self> {
        if self.select.is_empty() && self.skip.is_empty() {
            return Cow::Borrowed(self);
        }
        let all = |words: &[String]| words.iter().map(|word| canonical(word, registry)).collect();
        Cow::Owned(Self { select: all(&self.select), skip: all(&self.skip) })
    }

    /// Whether `lint` is wanted.
    pub fn admits(&self, lint: &Lint) -> bool {
        self.admits_named(lint.name, lint.category, lint.kind.word())
    }

    fn admits_named(&self, name: &str, category: &str, kind: &str) -> bool {
        let among = |words: &[String]| words.iter().any(|word| word == name || word == category || word == kind);
        (self.select.is_empty() || among(&self.select)) && !among(&self.skip)
    }
}

/// Drops what is not wanted and moves what was set. What keeps a file from being read is never dropped.
pub fn apply(findings: &mut Vec<Finding>, options: &Options<'_>) {
    findings.retain(|finding| {
        let (name, category, kind) = (&*finding.name, &*finding.category, finding.kind.word());
        fatal(name)
            || options.selection.admits_named(name, category, kind)
                && options.levels.of(name, category, kind) != Some(Level::Off)
    });
    for finding in findings {
        let (name, category, kind) = (&*finding.name, &*finding.category, finding.kind.word());
        let level = options.levels.entry(name, category, kind);
        // Whoever names a lint, to select it or to say how bad its findings are, means to see them.
        let meant = level.is_some_and(|(called, level)| {
            called == name && matches!(level, Level::Set(severity) if *severity > Severity::Advice)
        });
        if meant || options.selection.select.iter().any(|word| word == name) {
            finding.reader = Reader::Author;
        }
        if let Some((_, Level::Set(severity))) = level {
            finding.severity = *severity;
        }
    }
}

/// Findings after which a file, or the rest of it, was not read.
fn fatal(name: &str) -> bool {
    matches!(
        LintName::new(name),
        raised::INVALID_YAML
            | raised::TOO_LARGE
            | raised::TOO_DEEP
            | raised::TOO_MANY_NODES
            | raised::TOO_MANY_STEPS
            | raised::TOO_MANY_ALIASES
            | raised::SEVERAL_DOCUMENTS
            | raised::UNSUPPORTED_FORMAT_VERSION
    )
}

/// The word by which what `word` names is known today; `word` itself where it names nothing.
fn canonical(word: &str, registry: Registry<'_, '_>) -> String {
    registry.named(word).map_or(word, |named| named.word()).to_owned()
}
