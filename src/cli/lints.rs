//! `mlsystem lints`, and the set of lints that a run uses.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Exit, Failure, print};
use crate::built_in;
use crate::expression::{ConditionText, Table};
use crate::framework::Framework;
use crate::lint::{Library, Lint};
use crate::workspace::{self, LintFolders};

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

/// The lints and tables of one run.
pub struct LintSet {
    /// The lints: built-in ones first, then those of the user.
    pub lints: Vec<Lint>,
    /// The tables that they look things up in.
    pub tables: Vec<Table>,
    /// The frameworks whose clauses they name.
    pub frameworks: Vec<Framework>,
    own: bool,
}

impl LintSet {
    /// The built-in lints and those in `folders`. Every error in a lint file is reported.
    pub fn load(folders: &[PathBuf]) -> Result<Self, Failure> {
        if folders.is_empty() {
            return Ok(Self {
                lints: built_in::LINTS.to_vec(),
                tables: built_in::TABLES.to_vec(),
                frameworks: built_in::FRAMEWORKS.to_vec(),
                own: false,
            });
        }
        let files = files_of(folders)?;
        let mut set =
            Self::compile(built_in::CONDITIONS, built_in::TABLES, built_in::FRAMEWORKS, &files, built_in::LINTS)?;
        let own = std::mem::replace(&mut set.lints, built_in::LINTS.to_vec());
        set.lints.extend(own);
        Ok(set)
    }

    /// The lints of `files` alone. They see the built-in conditions and tables, unless they are the built-in ones.
    pub fn alone(files: &LintFolders) -> Result<Self, Failure> {
        let built_in = files.lints.iter().any(|file| {
            let is = |lint: &Lint| file.name().ends_with(&format!("{}/{}.md", lint.category, lint.name));
            built_in::LINTS.iter().any(is)
        });
        if built_in {
            return Self::compile(&[], &[], &[], files, &[]);
        }
        Self::compile(built_in::CONDITIONS, built_in::TABLES, built_in::FRAMEWORKS, files, built_in::LINTS)
    }

    fn compile(
        conditions: &[ConditionText<'static>],
        tables: &[Table],
        frameworks: &[Framework],
        files: &LintFolders,
        others: &[Lint],
    ) -> Result<Self, Failure> {
        let schema = &built_in::MANIFEST;
        let library = Library::read(schema, conditions, tables, &files.conditions, &files.tables)
            .and_then(|library| library.with_frameworks(frameworks, &files.frameworks));
        let compiled = library.and_then(|library| Ok((library.lints(schema, &files.lints, others)?, library)));
        match compiled {
            Ok((lints, library)) => {
                Ok(Self { lints, tables: library.tables, frameworks: library.frameworks, own: true })
            }
            Err(findings) => Err(Failure::Lints(findings)),
        }
    }

    /// A digest of the lints: two runs with the same digest ask the same questions.
    pub fn digest(&self) -> String {
        if !self.own {
            return built_in::DIGEST.to_owned();
        }
        let mut hasher = Sha256::new();
        hasher.update(built_in::DIGEST);
        for lint in &self.lints {
            hasher.update(format!("{lint:?}"));
        }
        format!("{:x}", hasher.finalize())
    }
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

/// The files of folders of lints; a folder without any, and a file that cannot be read, is an error.
pub fn files_of(folders: &[PathBuf]) -> Result<LintFolders, Failure> {
    let files = workspace::load_lints(folders);
    if !files.unreadable.is_empty() {
        return Err(Failure::Lints(files.unreadable));
    }
    match files.empty.first() {
        Some(folder) => {
            let folder = folder.display();
            Err(Failure::Usage(format!("no lint in `{folder}`: a lint lies at `{folder}/CATEGORY/NAME.md`")))
        }
        None => Ok(files),
    }
}
