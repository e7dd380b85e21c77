//! What no file tells and a design needs first: the places that a first manifest asks for, in the words of the format.

use super::builder::DraftBuilder;
use super::field_type::meaning;

/// What every system has to say.
const ALWAYS: [&[&str]; 13] = [
    &["summary"],
    &["owner"],
    &["risk"],
    &["affects"],
    &["purpose", "problem"],
    &["purpose", "decision"],
    &["purpose", "automation"],
    &["purpose", "intended_use"],
    &["purpose", "alternatives"],
    &["task", "type"],
    &["data", "datasets"],
    &["models"],
    &["evaluation", "metrics"],
];

/// What a system has to say that is, or is to be, in use.
const IN_USE: [&[&str]; 9] = [
    &["stakeholders"],
    &["data", "labels"],
    &["serving", "pattern"],
    &["serving", "latency"],
    &["serving", "fallback"],
    &["release", "rollback"],
    &["monitoring", "signals"],
    &["updating", "retrain"],
    &["oversight", "mode"],
];

/// Asks for what is not known yet.
pub fn ask(page: &mut DraftBuilder, in_use: bool) {
    for path in ALWAYS.into_iter().chain(IN_USE.into_iter().filter(|_| in_use)) {
        if let Some(question) = question(page, path) {
            page.ask(path, &question);
        }
    }
}

/// What the format says of a place, as a question.
fn question(page: &DraftBuilder, path: &[&str]) -> Option<String> {
    let (meaning, of) = meaning(page.schema, path)?;
    Some(format!("? {}", crate::publish::question(meaning, of)))
}
