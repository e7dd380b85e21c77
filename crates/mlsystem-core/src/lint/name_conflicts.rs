//! Names that lints share and may not: a word names one lint, one category or one kind, now and later.

use std::collections::{HashMap, HashSet};

use super::{Lint, Status};
use crate::finding::Kind;
use crate::units;

/// A name of a lint that means something else already.
pub struct Clash<'a> {
    /// The number of the lint.
    pub lint: usize,
    /// The name, where it stands in the front matter; none where it is that of the file or its folder.
    pub name: Option<&'a str>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What a word means already.
#[derive(Clone, Copy)]
enum WordUse<'a> {
    Kind,
    Category,
    /// A lint, by its number among all.
    Lint(usize),
    /// The lint of this number, which has the name of the second now.
    Former(usize, &'a str),
}

/// The names of `lints` that clash with each other or with those of `others`, and replacements that are no lints.
pub fn clashes<'a>(lints: &[Lint<'a>], others: &[Lint<'a>]) -> Vec<Clash<'a>> {
    let all: Vec<&Lint<'a>> = others.iter().chain(lints).collect();
    let mut meanings: HashMap<&str, WordUse<'_>> = HashMap::new();
    for (index, lint) in all.iter().enumerate() {
        meanings.entry(lint.name).or_insert(WordUse::Lint(index));
    }
    let mut formers: HashMap<&str, WordUse<'_>> = HashMap::new();
    for (index, lint) in all.iter().enumerate() {
        for former in lint.formerly {
            formers.entry(former).or_insert(WordUse::Former(index, lint.name));
        }
    }
    let categories: HashSet<&str> = all.iter().map(|lint| lint.category).collect();
    let meaning = |word: &str| match Kind::from_word(word) {
        Some(_) => Some(WordUse::Kind),
        None if categories.contains(word) => Some(WordUse::Category),
        None => meanings.get(word).or_else(|| formers.get(word)).copied(),
    };
    let mut clashes = Vec::new();
    for (index, lint) in all.iter().enumerate().skip(others.len()) {
        let mut add = |name: Option<&'a str>, message: String, help: &str| {
            clashes.push(Clash { lint: index - others.len(), name, message, help: help.to_owned() });
        };
        let own = "give it a name of its own";
        match meaning(lint.name) {
            Some(WordUse::Lint(first)) if first == index => {
                if let Some(meaning) = formers.get(lint.name) {
                    add(None, format!("`{}` is {}", lint.name, meaning.words()), own);
                }
            }
            Some(WordUse::Lint(_)) => add(None, format!("there is a lint `{}` already", lint.name), own),
            Some(meaning) => add(None, format!("`{}` is {}", lint.name, meaning.words()), own),
            None => {}
        }
        if Kind::from_word(lint.category).is_some() {
            add(None, format!("the category `{}` is a kind of lint", lint.category), "give the folder another name");
        } else if let Some(meaning) = meanings.get(lint.category).or_else(|| formers.get(lint.category)) {
            let message = format!("the category `{}` is {}", lint.category, meaning.words());
            add(None, message, "give the folder another name");
        }
        for (number, former) in lint.formerly.iter().enumerate() {
            let twice = lint.formerly[..number].contains(former);
            match meaning(former) {
                Some(WordUse::Former(first, _)) if first == index && !twice => {}
                Some(WordUse::Former(first, _)) if first == index => {
                    add(Some(former), format!("`{former}` stands in `formerly` twice"), "delete one of the two");
                }
                Some(meaning) => {
                    add(Some(former), format!("`{former}` is {}", meaning.words()), "a former name leads to one lint");
                }
                None => {}
            }
        }
        if let Status::Deprecated(Some(by)) | Status::Removed(Some(by)) = lint.status {
            match all.iter().find(|other| other.name == by) {
                Some(other) if other.name == lint.name || other.is_removed() => {
                    let message = format!("`{by}` cannot replace it");
                    add(Some(by), message, "name a lint that judges, or leave `replaced_by` out");
                }
                Some(_) => {}
                None => {
                    let near = units::nearest(by, all.iter().filter(|one| one.name != lint.name).map(|one| one.name));
                    let help =
                        near.map_or("`mlsystem lints` lists the names".to_owned(), |one| format!("write `{one}`"));
                    add(Some(by), format!("no lint is called `{by}`"), &help);
                }
            }
        }
    }
    clashes
}

impl WordUse<'_> {
    fn words(self) -> String {
        match self {
            Self::Kind => "a kind of lint".to_owned(),
            Self::Category => "a category of lints".to_owned(),
            Self::Lint(_) => "the name of a lint".to_owned(),
            Self::Former(_, now) => format!("a former name of `{now}`"),
        }
    }
}
