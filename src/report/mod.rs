//! Findings on their way out: one match over formats, one file per format.
//!
//! A report words nothing and decides nothing: what a finding says was said when it was made. What is decided here is
//! only how much of it fits: which findings are drawn together, in what order, and in which window of a long line.

mod agent;
mod checkout;
mod clean;
mod concise;
mod entry;
pub mod fingerprint;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod lint_page;
mod markdown;
mod plain_text;
mod pretty;
mod rdjson;
mod sarif;
mod snippet;
mod standing;
mod statistics;
mod style;
mod summary;
mod truncate;

use std::io;
use std::str::FromStr;

use crate::address::Address;
use crate::check::Outcome;
use crate::finding::{Finding, Reader, Severity};

pub use checkout::Checkout;
pub use clean::{block as clean_block, is_hidden, line as clean_line};
pub use fingerprint::Identity;
pub use json::{SCHEMA as OUTPUT_SCHEMA, write_value};
pub use lint_page::LintPage;
pub use plain_text::because;
pub use style::{ColorChoice, Style, style_for};
pub use summary::Summary;

/// Everything that one run has to say.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The files that were looked at, by name.
    pub files: Vec<FileReport>,
    /// How they were looked at.
    pub run: Run,
}

/// What was found in one file.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// The name that people see: the path that was asked for, with `/` between its parts.
    pub name: String,
    /// The path from the root of the workspace, with `/` between its parts and its secrets masked. It is part of a finding's
    /// identity, which is written to files.
    pub path: String,
    /// Every finding, waived ones among them.
    pub findings: Vec<Finding>,
    /// Whether the file could not be read or parsed.
    pub failed: bool,
    /// The lints that could not be assessed.
    pub skipped: Vec<Skipped>,
    /// What every lint came to, where it was asked for.
    pub outcomes: Vec<Outcome>,
    /// For whom it is reported: findings for later readers are counted and not shown.
    pub reader: Reader,
    /// The mildest findings that are shown.
    pub min_severity: Option<Severity>,
}

/// A lint that could not be assessed, because the manifest does not say enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The lint.
    pub lint: String,
    /// The fields that it reads and that are not written.
    pub wants: Vec<String>,
}

/// The circumstances of a report.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// The day that dates were compared with, `2026-11-24`.
    pub today: String,
    /// The version of this program.
    pub version: String,
    /// A digest of the lints that were on.
    pub lints_digest: String,
    /// The configuration files that had a say.
    pub config: Vec<String>,
    /// How many inputs there were.
    pub inputs: usize,
    /// The inputs that could not be read or parsed.
    pub failed_inputs: Vec<String>,
    /// Whether every input, every configuration file and every lint could be loaded.
    pub complete: bool,
    /// The repository that the files lie in.
    pub checkout: Checkout,
    /// Where the project is found on the web, and with it the pages of lints.
    pub address: Option<Address>,
    /// What there is to say about the lints.
    pub lints: Vec<LintPage>,
    /// What came of a comparison with what was found before, where one was asked for.
    pub comparison: Option<Comparison>,
}

/// What came of a comparison with what was found before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What was compared with.
    pub with: Before,
    /// How many findings were not there before, waived ones aside.
    pub new: usize,
    /// How many were.
    pub unchanged: usize,
    /// Those that were there and are there no longer, in order.
    pub fixed: Vec<Identity>,
}

/// What findings are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// The baseline of this name.
    Baseline(String),
    /// The manifests at this revision.
    Revision(String),
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Source text with labels, for people.
    Pretty,
    /// One line per finding: `path:line:column: severity[name] message`.
    Concise,
    /// One JSON document, as [`OUTPUT_SCHEMA`] describes it.
    Json,
    /// One diagnostic of the JSON document a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// reviewdog's diagnostics in one object.
    Rdjson,
    /// reviewdog's diagnostics, one a line.
    Rdjsonl,
    /// A comment on a pull request.
    Markdown,
    /// A short list for an agent that writes the design.
    Agent,
}

impl FileReport {
    /// Whether a finding of this file is shown, and counts for the exit code.
    pub fn shows(&self, finding: &Finding) -> bool {
        finding.reader <= self.reader && self.is_grave(finding)
    }

    /// The findings that are shown, in their order.
    pub fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| self.shows(finding))
    }

    /// Whether a finding is as bad as was asked for.
    fn is_grave(&self, finding: &Finding) -> bool {
        self.min_severity.is_none_or(|least| finding.severity >= least)
    }

    /// The findings that `wanted` admits, each with its fingerprint, which depends on no such wish.
    fn fingerprinted(&self, wanted: impl Fn(&Finding) -> bool) -> impl Iterator<Item = (&Finding, String)> {
        let fingerprints = fingerprint::of_file(&self.path, &self.findings);
        self.findings.iter().zip(fingerprints).filter(move |(finding, _)| wanted(finding))
    }
}

impl Run {
    /// The address of the page of a lint, where it is published.
    fn page(&self, lint: &str) -> Option<String> {
        self.address?.page(lint)
    }
}

impl Report {
    /// A report in its order: files by name, the findings of a file by position and then by name. Files that failed are
    /// failed inputs of the run, which is then not complete.
    pub fn new(mut files: Vec<FileReport>, mut run: Run) -> Self {
        files.sort_by(|a, b| a.name.cmp(&b.name));
        for file in &mut files {
            file.findings.sort_by(|a, b| {
                let key = |finding: &Finding| (finding.primary.span, finding.document);
                key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.pointer.cmp(&b.pointer))
            });
            file.skipped.sort();
        }
        run.failed_inputs.extend(files.iter().filter(|file| file.failed).map(|file| file.name.clone()));
        run.failed_inputs.sort();
        run.failed_inputs.dedup();
        run.complete &= run.failed_inputs.is_empty();
        Self { files, run }
    }
}

/// Writes `report` to `out` as `format`, in the given style. Of the style, the formats for programs heed only what says
/// which findings are wanted.
pub fn write(report: &Report, format: Format, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(report, style, out),
        Format::Concise => concise::write(report, style, out),
        Format::Json => json::write(report, style, out),
        Format::Jsonl => jsonl::write(report, out),
        Format::Sarif => sarif::write(report, style, out),
        Format::Github => github::write(report, style, out),
        Format::Gitlab => gitlab::write(report, style, out),
        Format::Junit => junit::write(report, out),
        Format::Rdjson => rdjson::write(report, style, out),
        Format::Rdjsonl => rdjson::write_lines(report, style, out),
        Format::Markdown => markdown::write(report, style, out),
        Format::Agent => agent::write(report, style, out),
    }
}

/// Writes what a job of GitHub Actions shows as its summary, in Markdown.
pub fn write_job_summary(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    markdown::write_summary(report, style, out)
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::Pretty,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Rdjson,
        Self::Rdjsonl,
        Self::Markdown,
        Self::Agent,
    ];

    /// The word for it, as `--format` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Rdjson => "rdjson",
            Self::Rdjsonl => "rdjsonl",
            Self::Markdown => "markdown",
            Self::Agent => "agent",
        }
    }

    /// What it is for.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Pretty => "Source text with labels",
            Self::Concise => "One line per finding",
            Self::Json => "One JSON document",
            Self::Jsonl => "One JSON object per finding",
            Self::Sarif => "SARIF 2.1.0, for code scanning; waived findings only with --show-waived",
            Self::Github => "Annotations of GitHub Actions, and the summary of the job",
            Self::Gitlab => "Code Quality report of GitLab",
            Self::Junit => "JUnit XML",
            Self::Rdjson => "reviewdog, one JSON document",
            Self::Rdjsonl => "reviewdog, one JSON object per finding",
            Self::Markdown => "A comment for a pull request",
            Self::Agent => "The worst twelve in a line each, and what to do next, for an agent",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.word() == word).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|format| format!("`{}`", format.word())).collect();
            format!("unknown format `{word}`; known are {}", known.join(", "))
        })
    }
}
