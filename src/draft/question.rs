//! What no file tells and a design needs first: the places that a first manifest asks for, in the words of the format.

use super::builder::DraftBuilder;
use super::field_type::meaning;
use crate::schema::{FieldPath, field_path};

/// What every system has to say.
const ALWAYS: [FieldPath; 13] = [
    field_path!(manifest: "summary"),
    field_path!(manifest: "owner"),
    field_path!(manifest: "risk"),
    field_path!(manifest: "affects"),
    field_path!(manifest: "purpose.problem"),
    field_path!(manifest: "purpose.decision"),
    field_path!(manifest: "purpose.automation"),
    field_path!(manifest: "purpose.intended_use"),
    field_path!(manifest: "purpose.alternatives"),
    field_path!(manifest: "task.type"),
    field_path!(manifest: "data.datasets"),
    field_path!(manifest: "models"),
    field_path!(manifest: "evaluation.metrics"),
];

/// What a system has to say that is, or is to be, in use.
const IN_USE: [FieldPath; 9] = [
    field_path!(manifest: "stakeholders"),
    field_path!(manifest: "data.labels"),
    field_path!(manifest: "serving.pattern"),
    field_path!(manifest: "serving.latency"),
    field_path!(manifest: "serving.fallback"),
    field_path!(manifest: "release.rollback"),
    field_path!(manifest: "monitoring.signals"),
    field_path!(manifest: "updating.retrain"),
    field_path!(manifest: "oversight.mode"),
];

/// Asks for what is not known yet.
pub fn ask(page: &mut DraftBuilder, in_use: bool) {
    for path in ALWAYS.into_iter().chain(IN_USE.into_iter().filter(|_| in_use)) {
        let place = path.with(&[]);
        if let Some(question) = question(page, &place) {
            page.ask(&place, &question);
        }
    }
}

/// What the format says of a place, as a question.
fn question(page: &DraftBuilder, path: &[&str]) -> Option<String> {
    let (meaning, of) = meaning(page.schema, path)?;
    Some(format!("? {}", crate::publish::question(meaning, of)))
}
