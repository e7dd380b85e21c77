//! `mlsystem baseline`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::check::InputArguments;
use super::check_run::{self, CheckRun};
use super::compare::{Trees, apply_baseline, read};
use super::{Exit, Failure, print, stderr, terminal};
use crate::baseline::Baseline;
use crate::check::Options;
use crate::project::{CheckRequest, Group};
use crate::report::{self, ColorChoice, FileReport, Format, Report, Run, Style, Summary};
use crate::workspace;

/// The arguments of `mlsystem baseline`.
#[derive(Debug, Args)]
pub struct BaselineArguments {
    #[command(flatten)]
    asked: InputArguments,
    /// The baseline file.
    #[arg(long, value_name = "FILE", default_value = "mlsystem-baseline.jsonl")]
    file: PathBuf,
    /// Remove entries that are no longer found and follow renamed files, without adding entries.
    #[arg(long)]
    prune: bool,
}

/// Writes the baseline anew, or prunes it. What was not looked at stays in it.
pub fn run(arguments: &BaselineArguments, color: ColorChoice) -> Result<Exit, Failure> {
    if arguments.asked.paths.inputs.iter().any(|input| input == "-") {
        return Err(Failure::Usage("a baseline is of files, not of standard input".to_owned()));
    }
    let request = arguments.asked.request(false, None)?;
    let CheckRun { report, mut groups, .. } = arguments.asked.round(&request, "", false)?;
    if report.files.is_empty() && !arguments.prune {
        return Ok(check_run::report_no_input());
    }
    if report.files.iter().any(|file| file.failed) {
        return refuse(report, color);
    }
    if groups.is_empty() {
        groups.push(Group::empty(&request)?);
    }
    let options = groups[0].rules.options(&request);
    write(arguments, report.files, &request, &options.options())
}

fn write(
    arguments: &BaselineArguments,
    mut files: Vec<FileReport>,
    request: &CheckRequest,
    options: &Options<'_>,
) -> Result<Exit, Failure> {
    let path = &arguments.file;
    let there = workspace::is_taken(path);
    let before = match there || arguments.prune {
        true => Baseline::read(&read(path)?).map_err(Failure::Usage)?,
        false => Baseline::default(),
    };
    let trees = Trees::of(&arguments.asked, &files);
    let compared = apply_baseline(&mut files, &before, &trees, request, options, "in the baseline");
    let (new, gone, moved) = (compared.new, compared.gone.len() + compared.waived.len(), compared.moved.len());
    let mut after = compared.pruned;
    if !arguments.prune {
        after.entries.extend(Baseline::of(&files).entries);
    }
    let name = workspace::shown(path);
    workspace::overwrite(path, after.write().as_bytes()).map_err(|error| {
        Failure::Usage(format!("`{name}` could not be written: {}", workspace::plain_words(&error)))
    })?;
    let name = super::shown(name);
    let mut text = format!("wrote {name}: {}", count(after.entries.len(), "entry", "entries"));
    if there {
        let added = if arguments.prune { 0 } else { new };
        text.push_str(&format!(" ({added} added, {gone} gone, {} renamed)", count(moved, "file", "files")));
    }
    if arguments.prune && new > 0 {
        text.push_str(&format!("\n{} not in it", count(new, "finding is", "findings are")));
    }
    text.push_str(&format!("\nnext: `mlsystem check --baseline {name}` reports only what is new\n"));
    print(&text)?;
    Ok(Exit::Clean)
}

/// Shows what could not be loaded. A baseline without it would make all of it new on the day on which it loads.
fn refuse(report: Report, color: ColorChoice) -> Result<Exit, Failure> {
    let mut out = stderr::stream();
    let files: Vec<FileReport> = report.files.into_iter().filter(|file| file.failed).collect();
    let failed = Report::new(files, Run::default());
    let style = Style { quiet: true, ..terminal::style(color, stderr::is_terminal()) };
    report::write(&failed, Format::Pretty, &style, &mut out)?;
    let inputs = count(Summary::of(&failed).files, "input", "inputs");
    out.flush()?;
    stderr::line(format_args!("error: no baseline was written: {inputs} could not be read or parsed"));
    Ok(Exit::Unreadable)
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
