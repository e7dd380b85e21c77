//! The values that may stand at the cursor.

use super::names::example_of;
use super::{Completion, CompletionKind, CompletionRequest};
use crate::editor::cursor::scalars_of;
use crate::editor::definition::each_scalar;
use crate::schema::{FieldPath, Kind, Schema, Type, field_path};
use crate::tree::Shape;
use crate::units::{Currency, Date, ScalarType, Suggestion, known_words, units_behind};

/// Days from today that are offered as dates.
const DAYS: [i32; 4] = [30, 90, 180, 365];

/// Currencies for those who have written none yet.
const COMMON_CURRENCIES: [&str; 2] = ["EUR", "USD"];

/// Days on which something ends.
const ENDS: [FieldPath; 2] =
    [field_path!(manifest: "waivers[].until"), field_path!(manifest: "data.sources.*.ends", "data.datasets.*.ends")];

impl CompletionRequest<'_, '_> {
    /// What may stand as a value of this type at a place of the format.
    pub(super) fn values(&self, of: Type, place: &str, dash: &str) -> Vec<Completion> {
        let mut found: Vec<Completion> = Vec::new();
        for of in scalars_of(self.schema, of) {
            let made = match of {
                Type::Words { words, .. } => self.words(words),
                Type::Reference { kinds, .. } => self.names(kinds),
                Type::Scalar(ScalarType::Integer) if place == self.schema.version_field() => {
                    vec![self.one(Schema::VERSION.to_string(), CompletionKind::Word)]
                }
                Type::Scalar(kind) => {
                    // What replaces a part of the text is written as it is.
                    found.extend(self.parts(kind));
                    self.scalars(kind, place)
                }
                _ => Vec::new(),
            };
            let whole = made.into_iter().filter_map(|one| {
                let text = one.insert.clone();
                self.as_value(one, &text, dash)
            });
            found.extend(whole);
        }
        let beside = self.beside();
        found.retain(|one| !beside.contains(&one.label.as_str()));
        let mut known = std::collections::HashSet::new();
        found.retain(|one| known.insert(one.label.clone()));
        found
    }

    fn words(&self, words: &[&str]) -> Vec<Completion> {
        words.iter().map(|word| self.one(*word, CompletionKind::Word)).collect()
    }

    /// The other items of the list that the cursor stands in.
    fn beside(&self) -> Vec<&str> {
        let repaired = self.repaired;
        let Some((list, _)) = repaired.cursor.inside else { return Vec::new() };
        if repaired.cursor.on_key || !matches!(repaired.tree.node(list).shape, Shape::Sequence(_)) {
            return Vec::new();
        }
        let others = repaired.tree.items(list).iter().filter(|item| **item != repaired.cursor.node);
        others.filter_map(|item| repaired.tree.text(*item)).map(str::trim).collect()
    }

    /// Whole values of a scalar type.
    fn scalars(&self, kind: ScalarType, place: &str) -> Vec<Completion> {
        let known = |(text, meaning): Suggestion| {
            let code = matches!(kind, ScalarType::Region | ScalarType::Language | ScalarType::Licence);
            let mut one = self.one(text, if code { CompletionKind::Code } else { CompletionKind::Word });
            one.detail = meaning;
            one
        };
        let mut found: Vec<Completion> = known_words(kind).into_iter().map(known).collect();
        match kind {
            ScalarType::Date => found.extend(self.dates(place)),
            ScalarType::Team => found.extend(self.teams()),
            ScalarType::Field => found.extend(self.paths(&self.repaired.typed)),
            ScalarType::Label => {
                found.extend(self.lint_names(place));
                found.extend(self.names_defined_at(place));
            }
            ScalarType::Name => found.extend(self.names_defined_at(place)),
            _ => {}
        }
        // A number that is being typed wants its unit, and no example.
        if kind.is_quantity()
            && !matches!(kind, ScalarType::Date | ScalarType::Test | ScalarType::Requirement)
            && self.repaired.typed.is_empty()
        {
            found.extend(kind.examples().iter().map(|example| {
                let mut one = self.one(*example, CompletionKind::Unit);
                one.detail = example_of(kind);
                one.documentation = kind.meaning().to_owned();
                one
            }));
        }
        found
    }

    /// Today and later days; what ends is not offered today.
    fn dates(&self, place: &str) -> Vec<Completion> {
        let today = self.around.today;
        let day = |date: Date, detail: String| {
            let mut one = self.one(date.to_string(), CompletionKind::Date);
            one.detail = detail;
            one
        };
        let later = DAYS.iter().filter_map(|days| Some(day(today.plus_days(*days)?, format!("in {days} days"))));
        let key = place.rsplit('.').next();
        let ends = ENDS.iter().any(|end| key == Some(end.key()));
        let mut found: Vec<Completion> = later.collect();
        if !ends {
            found.insert(0, day(today, "today".to_owned()));
        }
        found
    }

    /// What replaces a part of what is written: units behind a number, and the parts of a sentence.
    fn parts(&self, kind: ScalarType) -> Vec<Completion> {
        let mut found = self.sentence(kind);
        if let Some((before, number)) = last_number(&self.repaired.typed) {
            found.extend(self.units(kind, before, number));
        }
        found
    }

    /// The number that was typed, with each unit that may follow it.
    pub(super) fn units(&self, kind: ScalarType, before: &str, number: &str) -> Vec<Completion> {
        let currencies = self.currencies();
        let currencies: Vec<&str> = currencies.iter().map(String::as_str).collect();
        let one = |(unit, meaning): Suggestion| {
            let text = format!("{number}{unit}");
            let mut one = self.one(text.clone(), CompletionKind::Unit);
            one.detail = meaning;
            self.behind(one, before.len(), &text)
        };
        // Who ends a number that is good as it is takes what comes first.
        let bare = kind.reads(&format!("{before}{number}")).then(|| (String::new(), "without a unit".to_owned()));
        bare.into_iter().chain(units_behind(kind, before, number, &currencies)).map(one).collect()
    }

    /// The currencies that the workspace writes.
    fn currencies(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for manifest in std::iter::once(&self.manifest).chain(&self.around.manifests) {
            each_scalar(&manifest.root, Type::Record(manifest.schema.root), manifest, &mut |item, of| {
                if !matches!(of, Type::Scalar(of) if of.is_quantity()) {
                    return;
                }
                let words = manifest.text(item).split([' ', '/']).filter(|word| word.len() == 3);
                found.extend(words.filter(|word| Currency::from_code(word).is_some()).map(str::to_owned));
            });
        }
        found.sort_unstable();
        found.dedup();
        if found.is_empty() { COMMON_CURRENCIES.map(str::to_owned).to_vec() } else { found }
    }

    /// The kinds of name that the subject of a sentence may have.
    pub(super) fn subject_kinds(kind: ScalarType) -> &'static [Kind] {
        match kind {
            ScalarType::Test => &[Kind::Signal, Kind::Metric],
            ScalarType::Requirement => &[Kind::Metric],
            _ => &[],
        }
    }
}

/// What stands before the last number of a text, and the number; what follows it is the beginning of a unit.
pub(super) fn last_number(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let begins = |at: usize| {
        let before = &text[..at];
        bytes[at].is_ascii_digit()
            && (before.is_empty() || before.ends_with([' ', '+', '-', '<', '>', '=']) || before.ends_with(".."))
    };
    let start = (0..bytes.len()).rev().find(|at| text.is_char_boundary(*at) && begins(*at))?;
    let rest = &text[start..];
    let mut end = rest.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).unwrap_or(rest.len());
    end = rest[..end].trim_end_matches('.').len();
    let unit = &rest[end..];
    let may_be_unit = unit.chars().all(|letter| letter.is_ascii_alphabetic() || matches!(letter, ' ' | '/' | '%'));
    may_be_unit.then_some((&text[..start], &rest[..end]))
}

#[cfg(test)]
mod tests {
    use super::last_number;

    #[test]
    fn the_last_number_is_found() {
        assert_eq!(last_number("80"), Some(("", "80")));
        assert_eq!(last_number("80m"), Some(("", "80")));
        assert_eq!(last_number("ndcg@10 at most 1.5 E"), Some(("ndcg@10 at most ", "1.5")));
        assert_eq!(last_number("0.2..0.4"), Some(("0.2..", "0.4")));
        assert_eq!(last_number(">=5"), Some((">=", "5")));
        assert_eq!(last_number("p99"), None);
        assert_eq!(last_number("2026-11"), Some(("2026-", "11")));
        assert_eq!(last_number("12 a, b"), None);
    }
}
