//! The parts of comparisons, alerts, tests and requirements: subject, relation, word.

use super::{Completion, CompletionKind, CompletionRequest};
use crate::editor::cursor::scalars_of;
use crate::manifest::lookup::follow;
use crate::schema::Type;
use crate::units::{ScalarType, field_steps, relations};

impl CompletionRequest<'_, '_> {
    /// What may follow what is typed of a sentence of this type; nothing for types that are none.
    pub(super) fn sentence(&self, kind: ScalarType) -> Vec<Completion> {
        let typed = self.repaired.typed.as_str();
        match kind {
            ScalarType::Comparison | ScalarType::Alert => self.relations(kind, 0),
            ScalarType::Test | ScalarType::Requirement => match typed.split_once(' ') {
                None => self.subjects(kind),
                Some((subject, said)) => {
                    let word = ["is ", "includes "].into_iter().find(|relation| said.starts_with(relation));
                    match word.filter(|_| kind == ScalarType::Requirement) {
                        Some(relation) => self.demanded(subject, subject.len() + 1 + relation.len()),
                        None => self.relations(kind, subject.len() + 1),
                    }
                }
            },
            _ => Vec::new(),
        }
    }

    /// Metrics, signals and places of the manifest.
    fn subjects(&self, kind: ScalarType) -> Vec<Completion> {
        let mut found = self.names(Self::subject_kinds(kind));
        // What another system defines is no subject here, and behind a point only what goes on so.
        let typed = self.repaired.typed.as_str();
        found.retain(|one| !one.label.contains('/') && (!typed.contains('.') || one.label.starts_with(typed)));
        found.extend(self.paths(&self.repaired.typed));
        found
            .into_iter()
            .map(|one| {
                let text = one.label.clone();
                let mut made = self.behind(one, 0, &text);
                made.again = true;
                made
            })
            .collect()
    }

    fn relations(&self, kind: ScalarType, kept: usize) -> Vec<Completion> {
        let said = self.repaired.typed.get(kept..).unwrap_or_default();
        // With a number behind it, the relation is written already.
        if said.contains(|letter: char| letter.is_ascii_digit()) {
            return Vec::new();
        }
        let one = |(words, meaning): (String, String)| {
            let mut one = self.one(words.trim_end(), CompletionKind::Word);
            one.detail = meaning;
            let mut made = self.behind(one, kept, &words);
            made.again = words.ends_with(' ');
            made
        };
        relations(kind).into_iter().map(one).collect()
    }

    /// The words that the field of a requirement may be.
    fn demanded(&self, subject: &str, kept: usize) -> Vec<Completion> {
        let place = field_steps(subject).ok().and_then(|steps| follow(self.manifest, self.schema, &steps).ok());
        let Some(of) = place.map(|place| place.of) else { return Vec::new() };
        let mut found = Vec::new();
        for of in scalars_of(self.schema, of) {
            let texts: Vec<String> = match of {
                Type::Words { words, .. } => words.iter().map(|word| (*word).to_owned()).collect(),
                Type::Reference { kinds, .. } => self.names(kinds).into_iter().map(|one| one.label).collect(),
                Type::Scalar(ScalarType::Bool) => vec!["true".to_owned(), "false".to_owned()],
                _ => Vec::new(),
            };
            for text in texts {
                found.push(self.behind(self.one(text.clone(), CompletionKind::Word), kept, &text));
            }
        }
        found
    }
}
