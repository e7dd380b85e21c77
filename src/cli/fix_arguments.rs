//! `check --fix` and `--diff`: repairs texts in memory, then writes the files or shows what would change.

use std::io::{self, IsTerminal, Write};

use clap::Args;

use super::output::deliver;
use super::{Exit, Failure, stderr};
use crate::finding::Applicability;
use crate::project::{CheckRequest, FixedFile, Group};
use crate::report::{clean_block, clean_line};
use crate::workspace;

/// The heading of the options about fixes.
const FIXES: &str = "Fix options";

/// What is to be repaired. With both, `--diff` shows what `--fix` would do.
#[derive(Debug, Args)]
pub struct FixArguments {
    /// Apply safe fixes and report what remains; with `-`, print the fixed manifest to standard output and the report to
    /// standard error.
    #[arg(long, help_heading = FIXES)]
    fix: bool,
    /// Print what `--fix` would change as a unified diff, without writing files; exit with code 1 if there are changes.
    #[arg(long, conflicts_with_all = ["format", "output"], help_heading = FIXES)]
    diff: bool,
    /// Also apply fixes that need a review, such as the outline of a missing section with the question to answer as a
    /// comment.
    #[arg(long, help_heading = FIXES)]
    unsafe_fixes: bool,
}

impl FixArguments {
    /// Refuses what says how to repair, where nothing is to be repaired.
    pub fn hold_together(&self) -> Result<(), Failure> {
        match self.unsafe_fixes && !self.asked() {
            true => Err(Failure::Usage("`--unsafe-fixes` needs `--fix` or `--diff`".to_owned())),
            false => Ok(()),
        }
    }

    /// Whether anything is to be repaired.
    pub fn asked(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether the repaired text of standard input takes the place of the report.
    pub fn prints_text(&self, groups: &[Group]) -> bool {
        self.fix && !self.diff && groups.iter().any(Group::has_given)
    }

    /// Repairs the inputs of all groups, in memory.
    pub fn apply_fixes(&self, groups: &mut [Group], request: &CheckRequest) -> Vec<FixedFile> {
        let most = if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        let mut fixed: Vec<FixedFile> = groups.iter_mut().flat_map(|group| group.apply_fixes(most, request)).collect();
        for note in fixed.iter().filter_map(untried) {
            stderr::line(format_args!("note: {note}"));
        }
        fixed.retain(|one| !one.made.is_empty());
        fixed
    }

    /// Shows what would change; gives the exit code where everything could be read.
    pub fn show(&self, fixed: &[FixedFile]) -> Result<Option<Exit>, Failure> {
        if !self.diff {
            return Ok(None);
        }
        let to_terminal = io::stdout().is_terminal();
        deliver(None, |out| fixed.iter().try_for_each(|one| write_diff(one, to_terminal, out)))?;
        let findings: usize = fixed.iter().map(|one| one.made.len()).sum();
        let (findings, files) = (count(findings, "finding"), count(fixed.len(), "file"));
        match fixed.is_empty() {
            true => stderr::line("nothing would be fixed"),
            false => stderr::line(format_args!("{findings} would be fixed in {files}")),
        }
        Ok(Some(if fixed.is_empty() { Exit::Clean } else { Exit::Findings }))
    }

    /// Writes the files, and says what was done unless it has to be quiet. A file that cannot be written stays as it is, and
    /// so do no others; whether all could be written is the answer.
    pub fn write(&self, fixed: &[FixedFile], quiet: bool) -> bool {
        let mut whole = true;
        for one in fixed {
            let name = one.before.name();
            if !one.given
                && let Err(why) = workspace::replace(&one.path, one.before.original(), one.after.original())
            {
                stderr::line(format_args!("error: `{name}` was left as it is: {why}"));
                whole = false;
                continue;
            }
            if !quiet {
                stderr::line(format_args!("fixed {} in {name}:", count(one.made.len(), "finding")));
                one.made.iter().for_each(|(lint, title)| stderr::line(format_args!("  {lint}: {title}")));
            }
        }
        whole
    }
}

/// What is said of a text for which there was no time to try every fix.
fn untried(fixed: &FixedFile) -> Option<String> {
    let name = clean_line(fixed.before.name(), false);
    fixed.stopped.then(|| format!("not every fix of `{name}` was tried: that takes too long"))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The change as a unified diff, of the lines as they may be shown. On a terminal, what it would act upon is shown too.
fn write_diff(one: &FixedFile, to_terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    let (before, after) = (lines(one.before.text()), lines(one.after.text()));
    let name = clean_line(one.before.name(), false);
    let diff = similar::TextDiff::from_lines(one.before.original(), one.after.original());
    writeln!(out, "--- {name}\n+++ {name}")?;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        writeln!(out, "{}", hunk.header())?;
        for change in hunk.iter_changes() {
            let line = match (change.old_index(), change.new_index()) {
                (Some(old), _) => before.get(old),
                (None, new) => new.and_then(|new| after.get(new)),
            };
            let line = line.copied().unwrap_or_default();
            let (text, end) =
                line.strip_suffix('\n').map_or((line, "\n\\ No newline at end of file\n"), |text| (text, "\n"));
            match to_terminal {
                true => write!(out, "{}{}{end}", change.tag(), clean_block(text, false))?,
                false => write!(out, "{}{text}{end}", change.tag())?,
            }
        }
    }
    Ok(())
}

/// The lines of a text as the diff counts them, with their ends. What is masked has no line break.
fn lines(text: &str) -> Vec<&str> {
    similar::TextDiff::from_lines(text, "").old_slices().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_text_whose_fixes_were_not_all_tried_is_told_of() {
        let before = Source::new("a\u{1b}.yaml", "x");
        let mut fixed = FixedFile {
            path: "a".into(),
            given: false,
            after: before.clone(),
            before,
            made: Vec::new(),
            stopped: false,
        };
        assert_eq!(untried(&fixed), None);
        fixed.stopped = true;
        let note = untried(&fixed).unwrap();
        assert!(note.starts_with("not every fix of `a") && !note.contains('\u{1b}'), "{note}");
    }
}
