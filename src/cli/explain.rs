//! `mlsystem explain`.

use clap::Args;

use super::arguments::LintArguments;
use super::lints::fix_of;
use super::{Exit, Failure, print};
use crate::built_in;
use crate::expression::{FORMS, functions};
use crate::lint::{Lint, Registry, Status};
use crate::project::LintSet;
use crate::publish::judged;
use crate::secret::redacted;

/// The arguments of `mlsystem explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The lint whose page to print.
    #[arg(required_unless_present_any = ["functions", "conditions"])]
    name: Option<String>,
    /// List the functions that expressions of lints can use.
    #[arg(long)]
    functions: bool,
    /// List the shared conditions that expressions of lints can use.
    #[arg(long)]
    conditions: bool,
    #[command(flatten)]
    lints: LintArguments,
}

/// Prints a page, or what expressions may use.
pub fn run(arguments: &ExplainArguments) -> Result<Exit, Failure> {
    let mut text = String::new();
    if let Some(name) = &arguments.name {
        let set = LintSet::load(&arguments.lints.lints)?;
        let registry = Registry::of(set.lints());
        match registry.lint_at(name) {
            Some(lint) => {
                registry.remark(name).into_iter().for_each(super::remark);
                text.push_str(&page(lint, fix_of(lint, &set)));
            }
            None => {
                let near = registry.nearest_lint(name).map_or_else(
                    || "; `mlsystem lints` lists them".to_owned(),
                    |near| format!("; did you mean `{near}`?"),
                );
                return Err(Failure::Usage(format!("no lint is called `{name}`{near}")));
            }
        }
    }
    if arguments.functions {
        for (form, meaning) in FORMS {
            text.push_str(&format!("{form}\n  {meaning}\n\n"));
        }
        for function in functions() {
            text.push_str(&format!("{}\n  {}\n", function.signature(), function.meaning));
            for (word, line) in
                [("formula", function.formula), ("source", function.source), ("example", function.example)]
            {
                if !line.is_empty() {
                    text.push_str(&format!("  {word}: {line}\n"));
                }
            }
            text.push('\n');
        }
    }
    if arguments.conditions {
        for condition in built_in::CONDITIONS {
            let parameter = condition.of.map(|of| format!("({of})")).unwrap_or_default();
            text.push_str(&format!("{}{parameter}\n  {}\n  is: {}\n\n", condition.name, condition.means, condition.is));
        }
    }
    print(text.trim_end_matches('\n'))?;
    print("\n")?;
    Ok(Exit::Clean)
}

/// What the names of a lint have been, and what becomes of it.
fn former(lint: &Lint) -> Option<String> {
    let names: Vec<String> = lint.formerly.iter().map(|name| format!("`{name}`")).collect();
    let formerly = (!names.is_empty()).then(|| format!("It was called {} before.", names.join(", ")));
    let replaced = |by: Option<&str>| by.map(|by| format!(": `{by}` replaces it")).unwrap_or_default();
    let status = match lint.status {
        Status::Current => None,
        Status::Deprecated(by) => Some(format!("It is deprecated{}.", replaced(by))),
        Status::Removed(by) => Some(format!("It was removed and judges nothing{}.", replaced(by))),
    };
    let lines: Vec<String> = formerly.into_iter().chain(status).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The page of a lint, with what its front matter says for readers.
fn page(lint: &Lint, fix: Option<&str>) -> String {
    let page = redacted(lint.page.trim());
    let mut text = format!("{}: {} ({}), since {}\n\n{page}\n", lint.name, lint.severity, lint.kind, lint.since);
    if let Some(line) = former(lint) {
        text.push_str(&format!("\n## Name\n\n{line}\n"));
    }
    let mut others: Vec<&str> = lint.cases.iter().flat_map(|case| case.unless.iter().copied()).collect();
    others.sort_unstable();
    others.dedup();
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
        text.push_str(&format!("\n## Said once\n\nIt leaves to {} what they report.\n", others.join(", ")));
    }
    text.push_str("\n## Fix\n\n");
    text.push_str(match fix {
        Some("safe") => "`--fix` repairs some of its findings without asking.\n",
        Some(_) => "`--fix --unsafe-fixes` proposes a repair for some of its findings, for a person to look at.\n",
        None => "No automatic fix is available: only a decision removes it.\n",
    });
    if let Some(judged) = judged(lint.name) {
        let systems = judged.systems.join(", ");
        text.push_str(&format!("\n## Judged on published systems\n\n{}", judged.sentence()));
        text.push_str(&if systems.is_empty() { ".\n".to_owned() } else { format!(": {systems}.\n") });
        if judged.fixed > 0 {
            text.push_str(&format!("{} more were false or said twice, and are not reported any more.\n", judged.fixed));
        }
    }
    if !lint.sources.is_empty() {
        text.push_str("\n## Sources\n\n");
        lint.sources.iter().for_each(|source| text.push_str(&format!("- {source}\n")));
    }
    if !lint.frameworks.is_empty() {
        text.push_str("\n## Supports evidence for\n\n");
        for (framework, clauses) in lint.frameworks {
            text.push_str(&format!("- {framework}: {}\n", clauses.join(", ")));
        }
    }
    text
}
