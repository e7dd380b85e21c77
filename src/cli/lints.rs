//! `mlsystem lints`.

use clap::Args;
use serde::Serialize;

use super::arguments::LintArguments;
use super::values::ListForm;
use super::{Exit, Failure, print};
use crate::check::{Levels, Options, Selection};
use crate::examples::Formats;
use crate::finding::Applicability;
use crate::lint::{Lint, SetOptions, Status};
use crate::project::LintSet;
use crate::tree::Limits;
use crate::units::Date;
use crate::workspace::in_parallel;
use crate::{built_in, fix};

/// A day on which the examples of all pages hold.
const RELEASED: &str = "2026-11-24";

/// The arguments of `mlsystem lints`.
#[derive(Debug, Args)]
pub struct LintsArguments {
    /// The format of the list.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: ListForm,
    #[command(flatten)]
    lints: LintArguments,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    category: &'a str,
    kind: &'static str,
    severity: &'static str,
    since: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    formerly: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<&'a str>,
    title: &'a str,
    /// How daring the least daring fix is that its own examples show.
    fix: Option<&'static str>,
    sources: &'a [&'a str],
    frameworks: std::collections::BTreeMap<&'a str, &'a [&'a str]>,
}

/// Lists the lints by category and name.
pub fn run(arguments: &LintsArguments) -> Result<Exit, Failure> {
    let set = LintSet::load(&arguments.lints.lints)?;
    let mut lints = set.lints().to_vec();
    lints.sort_by_key(|lint| (lint.category, lint.name));
    let fixes = in_parallel(&lints, |lint| fix_of(lint, &set));
    match arguments.format {
        ListForm::Table => print(&table(&lints, &fixes))?,
        ListForm::Json => {
            let listed: Vec<Listed<'_>> = lints.iter().zip(fixes).map(listed).collect();
            let json = serde_json::to_string_pretty(&listed).map_err(|error| Failure::Usage(error.to_string()))?;
            print(&format!("{json}\n"))?;
        }
    }
    Ok(Exit::Clean)
}

/// How daring the least daring fix of a lint is.
pub(super) fn fix_of(lint: &Lint, set: &LintSet) -> Option<&'static str> {
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    let options = Options {
        schema: &built_in::MANIFEST,
        lints: set.lints(),
        tables: set.tables(),
        // Examples are written for the days around the release.
        today: Date::parse(RELEASED)?,
        set: &SetOptions::default(),
        levels: &Levels::default(),
        selection: &Selection::default(),
        limits: Limits::default(),
        view: None,
    };
    fix::of_lint(lint, formats, &options).map(Applicability::word)
}

fn listed<'a>((lint, fix): (&Lint<'a>, Option<&'static str>)) -> Listed<'a> {
    let (status, replaced_by) = match lint.status {
        Status::Current => (None, None),
        Status::Deprecated(by) => (Some("deprecated"), by),
        Status::Removed(by) => (Some("removed"), by),
    };
    Listed {
        name: lint.name,
        category: lint.category,
        kind: lint.kind.word(),
        severity: lint.severity.word(),
        since: lint.since,
        formerly: lint.formerly,
        status,
        replaced_by,
        title: lint.title,
        fix,
        sources: lint.sources,
        frameworks: lint.frameworks.iter().copied().collect(),
    }
}

fn table(lints: &[Lint], fixes: &[Option<&str>]) -> String {
    let width = |of: for<'l> fn(&Lint<'l>) -> &'l str| lints.iter().map(|lint| of(lint).len()).max().unwrap_or(0);
    let (names, kinds, severities) =
        (width(|lint| lint.name), width(|lint| lint.kind.word()), width(|lint| lint.severity.word()));
    let mut text = String::new();
    let mut category = "";
    for (lint, fix) in lints.iter().zip(fixes) {
        if lint.category != category {
            let gap = if category.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", lint.category));
            category = lint.category;
        }
        let (name, kind, severity, title) = (lint.name, lint.kind.word(), lint.severity.word(), lint.title);
        let fix = fix.map(|fix| format!(" (fix: {fix})")).unwrap_or_default();
        let by = |by: Option<&str>| by.map(|by| format!(", {by} replaces it")).unwrap_or_default();
        let status = match lint.status {
            Status::Current => String::new(),
            Status::Deprecated(replacement) => format!(" (deprecated{})", by(replacement)),
            Status::Removed(replacement) => format!(" (removed{})", by(replacement)),
        };
        text.push_str(&format!("  {name:names$}  {severity:severities$}  {kind:kinds$}  {title}{fix}{status}\n"));
    }
    text
}
