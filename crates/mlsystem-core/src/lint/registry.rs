//! What a word means where lints are named: on the command line, in manifests, workspace files, baselines and editors.

use super::{Lint, Status};
use crate::finding::Kind;
use crate::units;

/// The lints of a run, by every name that leads to one. It is a view: nothing is built for it.
#[derive(Debug, Clone, Copy)]
pub struct Registry<'r, 'a> {
    lints: &'r [Lint<'a>],
}

/// What a word selects.
#[derive(Debug, Clone, Copy)]
pub enum Selection<'r, 'a> {
    /// One lint.
    Lint(&'r Lint<'a>),
    /// The lints of a category.
    Category(&'r str),
    /// The lints of a kind.
    Kind(Kind),
}

/// What is to be said of a name that leads to a lint and is not to be written any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark<'r> {
    /// A former name, and the name of today.
    Renamed(&'r str, &'r str),
    /// A lint that still judges, and the one that replaces it.
    Deprecated(&'r str, Option<&'r str>),
    /// A lint that there was, and the one that replaces it.
    Removed(&'r str, Option<&'r str>),
}

impl<'r, 'a> Registry<'r, 'a> {
    /// The registry of `lints`.
    pub fn of(lints: &'r [Lint<'a>]) -> Self {
        Self { lints }
    }

    /// The lint that is or was called `name`.
    pub fn lint(&self, name: &str) -> Option<&'r Lint<'a>> {
        let current = self.lints.iter().find(|lint| lint.name == name);
        current.or_else(|| self.lints.iter().find(|lint| lint.formerly.contains(&name)))
    }

    /// The same, where the name may follow its category: `data/no-lineage`.
    pub fn lint_at(&self, path: &str) -> Option<&'r Lint<'a>> {
        match path.split_once('/') {
            Some((category, name)) => self.lint(name).filter(|lint| lint.category == category),
            None => self.lint(path),
        }
    }

    /// What `word` selects: a lint by one of its names, with or without its category, a category, or a kind.
    pub fn named(&self, word: &str) -> Option<Selection<'r, 'a>> {
        if let Some(lint) = self.lint_at(word) {
            return Some(Selection::Lint(lint));
        }
        let category =
            self.lints.iter().find(|lint| lint.category == word).map(|lint| Selection::Category(lint.category));
        category.or_else(|| Kind::from_word(word).map(Selection::Kind))
    }

    /// The name that may have been meant by `word` where a lint is named.
    pub fn nearest_lint(&self, word: &str) -> Option<&'r str> {
        let name = word.rsplit_once('/').map_or(word, |(_, name)| name);
        let current = self.lint(name).filter(|_| name != word).map(|lint| lint.name);
        current.or_else(|| units::nearest(name, self.current()))
    }

    /// What may have been meant by `word` where lints are selected.
    pub fn nearest(&self, word: &str) -> Option<&'r str> {
        if word.contains('/') {
            return self.nearest_lint(word);
        }
        let categories = self.lints.iter().map(|lint| lint.category);
        let kinds = self.lints.iter().map(|lint| lint.kind.word());
        units::nearest(word, self.current().chain(categories).chain(kinds))
    }

    /// The names that are to be written.
    pub fn current(&self) -> impl Iterator<Item = &'r str> + use<'r, 'a> {
        self.lints.iter().filter(|lint| lint.status == Status::Current).map(|lint| lint.name)
    }

    /// What is to be said of `word`, a name with or without its category, where it leads to a lint.
    pub fn remark(&self, word: &str) -> Option<Remark<'r>> {
        let name = word.rsplit_once('/').map_or(word, |(_, name)| name);
        let lint = self.lint_at(word)?;
        match lint.status {
            _ if lint.name != name => {
                lint.formerly.iter().find(|former| **former == name).map(|former| Remark::Renamed(former, lint.name))
            }
            Status::Current => None,
            Status::Deprecated(by) => Some(Remark::Deprecated(lint.name, by)),
            Status::Removed(by) => Some(Remark::Removed(lint.name, by)),
        }
    }
}

impl<'r> Selection<'r, '_> {
    /// The word that means it today.
    pub fn word(&self) -> &'r str {
        match self {
            Self::Lint(lint) => lint.name,
            Self::Category(category) => category,
            Self::Kind(kind) => kind.word(),
        }
    }

    /// Whether `lint` is among what it selects.
    pub fn selects(&self, lint: &Lint<'_>) -> bool {
        match self {
            Self::Lint(one) => one.name == lint.name,
            Self::Category(category) => *category == lint.category,
            Self::Kind(kind) => *kind == lint.kind,
        }
    }
}

impl<'r> Remark<'r> {
    /// What is wrong with the name, in a few words.
    pub fn message(&self) -> String {
        match self {
            Self::Renamed(former, _) => format!("`{former}` is a former name"),
            Self::Deprecated(name, _) => format!("`{name}` is deprecated"),
            Self::Removed(name, _) => format!("`{name}` was removed"),
        }
    }

    /// What holds instead.
    pub fn fact(&self) -> String {
        match self {
            Self::Renamed(_, name) => format!("the lint is called `{name}` now"),
            Self::Deprecated(_, Some(by)) | Self::Removed(_, Some(by)) => format!("`{by}` replaces it"),
            Self::Deprecated(_, None) => "nothing replaces it".to_owned(),
            Self::Removed(_, None) => "it judges nothing any more".to_owned(),
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Self::Renamed(_, name) => format!("write `{name}`"),
            Self::Deprecated(name, Some(by)) | Self::Removed(name, Some(by)) => {
                format!("write `{by}`, which `mlsystem explain {by}` describes, instead of `{name}`")
            }
            Self::Deprecated(name, None) | Self::Removed(name, None) => {
                format!("delete it: `mlsystem explain {name}` says why")
            }
        }
    }

    /// The name of today, where the lint has another than the one that was written.
    pub fn name(&self) -> Option<&'r str> {
        match self {
            Self::Renamed(_, name) => Some(name),
            Self::Deprecated(..) | Self::Removed(..) => None,
        }
    }

    /// Message and fact in one line.
    pub fn line(&self) -> String {
        format!("{}: {}", self.message(), self.fact())
    }
}
