//! A model card to start from: what its headings say of use, misuse and limits. What stands in its front matter is read
//! like that of any card.

use super::Text;
use super::builder::DraftBuilder;
use super::fact_index::FactIndex;
use super::prose::Section;
use crate::schema::{FieldPath, field_path};

const SUMMARY: FieldPath = field_path!(manifest: "summary");

/// The places that headings speak of, with words by which each is known; the first that fits counts.
const HEADINGS: [(FieldPath, &[&str]); 5] = [
    (
        field_path!(manifest: "purpose.not_for"),
        &["out-of-scope", "out of scope", "misuse", "prohibited", "not intended"],
    ),
    (field_path!(manifest: "purpose.users"), &["intended users"]),
    (field_path!(manifest: "purpose.intended_use"), &["intended use", "direct use", "use cases", "intended usage"]),
    (field_path!(manifest: "purpose.limits"), &["limitation", "known issues", "caveats", "risks"]),
    (SUMMARY, &["model description", "model summary", "description", "overview"]),
];

/// Writes down what the card says.
pub fn write(page: &mut DraftBuilder, card: &Text<'_>, index: &FactIndex<'_>) {
    let path = index.as_written(card.path);
    for section in &card.prose.sections {
        let heading = section.heading.to_lowercase();
        let named = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        let found = HEADINGS.iter().find(|(_, words)| named(words));
        let Some((place, _)) = found.or_else(|| (heading == "uses").then_some(&HEADINGS[2])) else { continue };
        let from = format!("{path}, “{}”", section.heading);
        let statements = section.statements();
        // One heading for two things does not say which sentence is about which.
        let mixed = named(&["limitation"]) && named(&["intended use", "performance"]);
        let at = place.with(&[]);
        match mixed {
            _ if *place == SUMMARY => {
                if let Some(first) = statements.first() {
                    page.fill(&at, &**first, &from);
                }
            }
            true => page.propose(&at, statements, &from),
            false => {
                page.fill(&at, statements, &from);
            }
        }
    }
    if let Some(opening) = card.prose.opening() {
        page.propose(&place!("summary"), &*opening, &path);
    }
    let developer = |section: &Section| section.value("developed by").or_else(|| section.value("model developers"));
    if let Some(developer) = card.prose.sections.iter().find_map(developer) {
        page.propose(&place!("owner"), &*developer, &format!("{path}, who developed the model"));
    }
}
