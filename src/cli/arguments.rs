//! The arguments that several commands take, each declared once.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::check::Level;
use crate::project::{CheckRequest, read_day};
use crate::units::Date;
use crate::workspace;

/// The heading of options that say by which lints, and how, a manifest is judged.
pub const LINTS: &str = "Lint options";

/// The heading of options that say where a report goes, and what is in it.
pub const OUTPUT: &str = "Output options";

/// Which manifests a command looks at.
#[derive(Debug, Args)]
pub struct PathArguments {
    /// Manifests, folders to search, glob patterns, or `-` for standard input [default: the current folder].
    #[arg(value_name = "PATH")]
    pub inputs: Vec<String>,
}

/// What standard input is called.
#[derive(Debug, Args)]
pub struct StdinArguments {
    /// The file name to report for standard input.
    #[arg(long, value_name = "PATH", default_value = "mlsystem.yaml")]
    pub stdin_filename: String,
}

/// Lints of one's own.
#[derive(Debug, Args)]
pub struct LintArguments {
    /// A folder of your own lints, to use with the built-in ones.
    #[arg(long, value_name = "DIR", help_heading = LINTS)]
    pub lints: Vec<PathBuf>,
}

/// Severities by the names of lints.
#[derive(Debug, Args)]
pub struct LevelArguments {
    /// Set the severity of a lint, category or kind, as in `no-fallback=warning` or `fairness=off`; the last one wins.
    #[arg(long, value_name = "NAME=LEVEL", value_parser = parse_level, help_heading = LINTS)]
    pub level: Vec<(String, Level)>,
}

/// The day of a check.
#[derive(Debug, Args)]
pub struct DateArguments {
    /// The day to compare dates with, for reproducible runs [default: today, or SOURCE_DATE_EPOCH].
    #[arg(long, value_name = "DATE", value_parser = read_day, help_heading = LINTS)]
    pub today: Option<Date>,
}

/// Where a report goes that has one of the forms `F`.
#[derive(Debug, Args)]
pub struct ReportArguments<F: ValueEnum + Send + Sync + 'static> {
    /// The format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "table", help_heading = OUTPUT)]
    pub format: F,
    /// Write the report to a file, atomically.
    #[arg(long, value_name = "FILE", help_heading = OUTPUT)]
    pub output: Option<PathBuf>,
}

impl DateArguments {
    /// The day: the one given, else the one that it is.
    pub fn day(&self) -> Result<Date, Failure> {
        workspace::today(self.today).map_err(Failure::Usage)
    }
}

impl LintArguments {
    /// A check by these lints on a day.
    pub fn request(&self, date: &DateArguments) -> Result<CheckRequest, Failure> {
        Ok(CheckRequest::on(date.day()?, self.lints.clone()))
    }
}

/// The value of `--level`.
fn parse_level(text: &str) -> Result<(String, Level), String> {
    let (name, level) = text.split_once('=').ok_or("write NAME=error, NAME=warning, NAME=advice or NAME=off")?;
    Ok((name.to_owned(), Level::read(level)?))
}
