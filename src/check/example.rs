//! Runs the examples of a lint's page against that lint alone.

use std::sync::Arc;

use super::{Levels, Options, Selection, check};
use crate::expression::Table;
use crate::finding::Finding;
use crate::lint::{Document, Lint, SetOptions};
use crate::schema::Schema;
use crate::source::Source;
use crate::tree::Limits;
use crate::units::Date;

/// What an example came to.
#[derive(Debug)]
pub struct Tried {
    /// The example as it was read, with a header where it had none.
    pub source: Arc<Source>,
    /// Whether it stands under `## Good`.
    pub good: bool,
    /// What the lint found in it.
    pub findings: Vec<Finding>,
    /// Why the example does not show what it is to show, if it does not.
    pub fault: Option<Fault>,
}

/// The ways in which an example fails.
#[derive(Debug)]
pub enum Fault {
    /// The lint is silent on its bad example.
    Missing,
    /// The lint speaks on its good example.
    Noisy,
    /// The example is no right manifest: this was found besides.
    Unfit(Vec<Finding>),
}

/// Tries every example of the lint file `file`, from which `lint` was compiled.
pub fn try_examples(
    lint: &Lint,
    file: &Arc<Source>,
    schema: &'static Schema,
    lints: &[Lint],
    tables: &[Table],
    today: Date,
) -> Vec<Tried> {
    let Ok(document) = Document::read(file) else { return Vec::new() };
    if lint.untestable.is_some() {
        return Vec::new();
    }
    let options = Options {
        schema,
        lints: if lint.cases.is_empty() { lints } else { std::slice::from_ref(lint) },
        tables,
        today,
        set: &SetOptions::default(),
        levels: &Levels::default(),
        selection: &Selection::default(),
        limits: Limits::default(),
    };
    document.examples.iter().map(|example| try_one(lint, file.slice(example.span), example.good, &options)).collect()
}

fn try_one(lint: &Lint, text: &str, good: bool, options: &Options<'_>) -> Tried {
    let source = Source::new("example.yaml", with_header(text));
    let checked = check(&source, options);
    let raised = lint.cases.is_empty();
    let (own, others): (Vec<_>, Vec<_>) = checked.findings.into_iter().partition(|finding| *finding.name == *lint.name);
    // Where the reader itself raises the finding, a bad example may well be bad in other ways, and other lints may speak.
    let unfit = !raised && !others.is_empty();
    let fault = match (unfit, good, own.is_empty()) {
        (true, ..) => Some(Fault::Unfit(others)),
        (_, false, true) => Some(Fault::Missing),
        (_, true, false) => Some(Fault::Noisy),
        _ => None,
    };
    Tried { source, good, findings: own, fault }
}

/// The example below the keys that every manifest has, where it does not begin with them itself.
fn with_header(text: &str) -> String {
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    if has("mlsystem:") || text.trim_start().starts_with(['{', '[', '-', '"']) {
        return text.to_owned();
    }
    let mut header = "mlsystem: 1\n".to_owned();
    for (key, line) in [("name:", "name: example\n"), ("stage:", "stage: production\n")] {
        if !has(key) {
            header.push_str(line);
        }
    }
    header + text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_get_the_keys_they_lack() {
        assert_eq!(with_header("a: 1\n"), "mlsystem: 1\nname: example\nstage: production\na: 1\n");
        assert_eq!(with_header("stage: research\na: 1\n"), "mlsystem: 1\nname: example\nstage: research\na: 1\n");
        assert_eq!(with_header("mlsystem: 2\n"), "mlsystem: 2\n");
    }
}
