//! Findings on their way out: one match over formats, one file per format.
//!
//! A report words nothing and decides nothing: what a finding says was said when it was made. What is decided here is
//! only how much of it fits: which findings are drawn together, in what order, and in which window of a long line.

mod clean;
mod concise;
mod excerpt;
pub mod fingerprint;
mod group;
mod json;
mod pretty;
mod style;
mod summary;
mod window;

use std::io;
use std::str::FromStr;

use crate::finding::Finding;

pub use fingerprint::Identity;
pub use json::SCHEMA as OUTPUT_SCHEMA;
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
    /// The path from the root of the workspace, with `/` between its parts. It is part of a finding's identity.
    pub path: String,
    /// Every finding, waived ones among them.
    pub findings: Vec<Finding>,
    /// Whether the file could not be read or parsed.
    pub failed: bool,
    /// The lints that could not be assessed.
    pub skipped: Vec<Skipped>,
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

/// Writes `report` to `out` as `format`, in the given style. JSON has no style, except that it lists what could not be
/// assessed only when [`Style::explain_skipped`] asks for it.
pub fn write(report: &Report, format: Format, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(report, style, out),
        Format::Concise => concise::write(report, style, out),
        Format::Json => json::write(report, style, out),
    }
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Pretty, Self::Concise, Self::Json];

    /// The word for it, as `--format` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
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
