//! `mlsystem lints`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Exit, Failure, print};
use crate::lint::Lint;
use crate::workspace::LintSet;

/// The arguments of `mlsystem lints`.
#[derive(Debug, Args)]
pub struct LintsArguments {
    /// The form of the list.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
    /// A folder of lints of your own, listed beside the built-in ones.
    #[arg(long, value_name = "DIR")]
    lints: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    /// One line per lint.
    Table,
    /// A JSON list.
    Json,
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    category: &'static str,
    kind: &'static str,
    severity: &'static str,
    since: &'static str,
    title: &'static str,
    sources: &'static [&'static str],
    frameworks: std::collections::BTreeMap<&'static str, &'static [&'static str]>,
}

/// Lists the lints by category and name.
pub fn run(arguments: &LintsArguments) -> Result<Exit, Failure> {
    let mut set = LintSet::load(&arguments.lints)?;
    set.lints.sort_by_key(|lint| (lint.category, lint.name));
    match arguments.format {
        ListFormat::Table => print(&table(&set.lints))?,
        ListFormat::Json => {
            let listed: Vec<Listed> = set.lints.iter().map(listed).collect();
            let json = serde_json::to_string_pretty(&listed).map_err(|error| Failure::Usage(error.to_string()))?;
            print(&format!("{json}\n"))?;
        }
    }
    Ok(Exit::Clean)
}

fn listed(lint: &Lint) -> Listed {
    Listed {
        name: lint.name,
        category: lint.category,
        kind: lint.kind.word(),
        severity: lint.severity.word(),
        since: lint.since,
        title: lint.title,
        sources: lint.sources,
        frameworks: lint.frameworks.iter().copied().collect(),
    }
}

fn table(lints: &[Lint]) -> String {
    let width = |of: fn(&Lint) -> &'static str| lints.iter().map(|lint| of(lint).len()).max().unwrap_or(0);
    let (names, kinds, severities) =
        (width(|lint| lint.name), width(|lint| lint.kind.word()), width(|lint| lint.severity.word()));
    let mut text = String::new();
    let mut category = "";
    for lint in lints {
        if lint.category != category {
            let gap = if category.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", lint.category));
            category = lint.category;
        }
        let (name, kind, severity, title) = (lint.name, lint.kind.word(), lint.severity.word(), lint.title);
        text.push_str(&format!("  {name:names$}  {severity:severities$}  {kind:kinds$}  {title}\n"));
    }
    text
}
