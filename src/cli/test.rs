//! `mlsystem test`: runs the examples of a folder of lints.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::arguments::DateArguments;
use super::{Exit, Failure, one_report, print, terminal};
use crate::built_in;
use crate::examples::{Fault, Formats, Tried, try_examples};
use crate::project::{LintSet, files_of};
use crate::report::{self, ColorChoice, Format, Style};

/// The arguments of `mlsystem test`.
#[derive(Debug, Args)]
pub struct TestArguments {
    /// Folders of lints, each lint a file `DIR/CATEGORY/NAME.md`.
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    date: DateArguments,
    /// Show what is reported on each bad example.
    #[arg(long, short)]
    verbose: bool,
}

/// Tries every example and says which lints are missing on a bad one or noisy on a good one.
pub fn run(arguments: &TestArguments, color: ColorChoice) -> Result<Exit, Failure> {
    let files = files_of(&arguments.folders)?;
    let set = LintSet::alone(&files)?;
    let today = arguments.date.day()?;
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    let style = Style { quiet: true, all: true, ..terminal::style(color, io::stdout().is_terminal()) };
    let mut text = Vec::new();
    let (mut lints, mut examples, mut faults) = (0, 0, 0);
    for file in &files.lints {
        let Some(lint) =
            set.lints().iter().rev().find(|lint| file.name().ends_with(&format!("{}/{}.md", lint.category, lint.name)))
        else {
            continue;
        };
        lints += 1;
        for (index, tried) in
            try_examples(lint, file, formats, set.lints(), set.tables(), today).into_iter().enumerate()
        {
            examples += 1;
            let what = if tried.good { "good" } else { "bad" };
            let place = format!("{}: example {} ({what})", file.name(), index + 1);
            faults += usize::from(tried.fault.is_some());
            describe(&mut text, &place, tried, arguments.verbose, &style)?;
        }
    }
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let (lints, tried, passed) = (count(lints, "lint"), count(examples, "example"), examples - faults);
    let summary = format!("{lints}, {tried}: {passed} passed, {faults} failed\n");
    text.extend_from_slice(summary.as_bytes());
    print(&String::from_utf8_lossy(&text))?;
    Ok(if faults == 0 { Exit::Clean } else { Exit::Findings })
}

fn describe(text: &mut Vec<u8>, place: &str, tried: Tried, verbose: bool, style: &Style) -> Result<(), Failure> {
    let (word, findings) = match tried.fault {
        Some(Fault::Missing) => {
            text.extend_from_slice(format!("missing: {place}: the lint is silent on\n").as_bytes());
            for file in tried.parts.files.iter().chain(&tried.parts.workspace_config) {
                text.extend_from_slice(format!("{}\n", indented(file.text())).as_bytes());
            }
            return Ok(());
        }
        Some(Fault::Noisy) => ("noisy: ", tried.findings),
        Some(Fault::Unfit(findings)) => ("unfit: ", findings),
        None if verbose && !tried.good => ("", tried.findings),
        None => return Ok(()),
    };
    text.extend_from_slice(format!("{word}{place}: this is reported\n").as_bytes());
    report::write(&one_report(findings), Format::Pretty, style, text)?;
    text.push(b'\n');
    Ok(())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
