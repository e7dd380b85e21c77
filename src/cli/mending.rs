//! `check --fix` and `--diff`: repairs texts in memory, then writes the files or shows what would change.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::output::deliver;
use super::workspaces::{Asked, Group, Wishes};
use super::{Exit, Failure, threads};
use crate::check::{self, House, Options, Reading, Selection};
use crate::finding::{Applicability, Finding};
use crate::fix::{self, Fixed, Judged};
use crate::report::clean_line;
use crate::source::Source;
use crate::workspace::{self, Input};

/// What is to be repaired.
#[derive(Debug, Args)]
pub struct Mending {
    /// Repair what can be repaired without deciding anything; the report shows what remains. Of `-`, the repaired text
    /// goes to standard output and the report to standard error.
    #[arg(long, group = "mending")]
    fix: bool,
    /// Print what `--fix` would change as a unified diff, and write nothing; the exit code is 1 where something would
    /// change.
    #[arg(long, group = "mending", conflicts_with_all = ["format", "output"])]
    diff: bool,
    /// Also make repairs that decide something or take something away, such as the outline of a missing section with the
    /// question to answer as a comment. Read what they wrote.
    #[arg(long, requires = "mending")]
    unsafe_fixes: bool,
}

/// A text that was repaired.
pub struct Mended {
    /// Where it was read.
    pub path: PathBuf,
    /// Whether it was given on standard input.
    pub given: bool,
    /// The text as it was read.
    pub before: Arc<Source>,
    /// The repaired text.
    pub after: Arc<Source>,
    /// The name of each lint whose finding was repaired, and what was done.
    pub made: Vec<(String, String)>,
}

impl Mending {
    /// Whether anything is to be repaired.
    pub fn asked(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether the repaired text of standard input takes the place of the report.
    pub fn prints_text(&self, groups: &[Group]) -> bool {
        self.fix && groups.iter().any(Group::has_stdin)
    }

    /// Repairs the inputs of all groups, in memory.
    pub fn mend(&self, groups: &mut [Group], wishes: &Wishes<'_>) -> Vec<Mended> {
        let most = if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        groups.iter_mut().flat_map(|group| group.mend(most, wishes)).collect()
    }

    /// Shows what would change; gives the exit code where everything could be read.
    pub fn show(&self, mended: &[Mended]) -> Result<Option<Exit>, Failure> {
        if !self.diff {
            return Ok(None);
        }
        deliver(None, |out| mended.iter().try_for_each(|one| write_diff(one, out)))?;
        let findings: usize = mended.iter().map(|one| one.made.len()).sum();
        let (findings, files) = (count(findings, "finding"), count(mended.len(), "file"));
        let _ = match mended.is_empty() {
            true => writeln!(io::stderr(), "nothing would be fixed"),
            false => writeln!(io::stderr(), "{findings} would be fixed in {files}"),
        };
        Ok(Some(if mended.is_empty() { Exit::Clean } else { Exit::Findings }))
    }

    /// Writes the files, and says what was done unless it has to be quiet. A file that cannot be written stays as it is, and
    /// so do no others; whether all could be written is the answer.
    pub fn write(&self, mended: &[Mended], quiet: bool) -> bool {
        let mut stderr = io::stderr().lock();
        let mut whole = true;
        for one in mended {
            let name = clean_line(one.before.name(), false).into_owned();
            if !one.given
                && let Err(why) = workspace::replace(&one.path, one.before.text(), one.after.text())
            {
                let _ = writeln!(stderr, "error: `{name}` was left as it is: {why}");
                whole = false;
                continue;
            }
            if !quiet {
                let _ = writeln!(stderr, "fixed {} in {name}:", count(one.made.len(), "finding"));
                for (lint, title) in &one.made {
                    let _ = writeln!(stderr, "  {}", clean_line(&format!("{lint}: {title}"), false));
                }
            }
        }
        whole
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The change as a unified diff. Keys and passwords are masked in it, as everywhere.
fn write_diff(one: &Mended, out: &mut dyn Write) -> io::Result<()> {
    let (before, after) = (check::shown(&one.before), check::shown(&one.after));
    let name = before.name();
    let diff = similar::TextDiff::from_lines(before.text(), after.text());
    write!(out, "{}", diff.unified_diff().context_radius(3).header(name, name))
}

impl Group {
    /// Whether standard input is among the inputs.
    fn has_stdin(&self) -> bool {
        self.asked.iter().any(|one| one.given.is_some())
    }

    /// The text of standard input, as it was read or repaired.
    pub fn stdin_text(&self) -> Option<String> {
        let given = self.asked.iter().find(|one| matches!(one.given, Some(Input::Text(_))))?;
        given.text().ok().map(|source| source.text().to_owned())
    }

    /// Repairs every input in memory, one after the other, each with the facts of those that were repaired before it.
    /// Standard input is kept as it was repaired; files are read again when they were written.
    fn mend(&mut self, most: Applicability, wishes: &Wishes<'_>) -> Vec<Mended> {
        let mended = self.options(wishes, |options| match self.workspace() {
            Some((root, house)) => self.mend_together(root, house, most, wishes, options),
            None => threads::map(&self.asked, |one| {
                let judge = |source: &Arc<Source>| Judged::alone(source, &thorough(options));
                let source = one.text().ok()?;
                let fixed = fix::all(&source, most, options.lints, &|finding| wanted(finding, options), &judge);
                Mended::of(one, source, &fixed)
            })
            .into_iter()
            .flatten()
            .collect(),
        });
        for one in mended.iter().filter(|one| one.given) {
            for asked in self.asked.iter_mut().filter(|asked| asked.given.is_some() && asked.path == one.path) {
                asked.given = Some(Input::Text(Arc::clone(&one.after)));
            }
        }
        mended
    }

    fn mend_together(
        &self,
        root: &Path,
        house: &House,
        most: Applicability,
        wishes: &Wishes<'_>,
        options: &Options<'_>,
    ) -> Vec<Mended> {
        let others = self.others();
        let all: Vec<&Asked> = self.asked.iter().chain(&others).collect();
        let paths: Vec<String> = all.iter().map(|one| workspace::below(root, &one.path)).collect();
        let texts: Vec<Option<Arc<Source>>> = all.iter().map(|one| one.text().ok()).collect();
        let read = |source: &Arc<Source>| check::read(source, options);
        let mut readings: Vec<Option<Reading>> = texts.iter().map(|text| text.as_ref().map(read)).collect();
        let mut order: Vec<usize> = (0..all.len()).filter(|index| house.has(&paths[*index])).collect();
        order.sort_by_key(|index| &paths[*index]);
        let mut mended = Vec::new();
        for (at, one) in self.asked.iter().enumerate() {
            let Some(source) = &texts[at] else { continue };
            let levels = self.levels(&paths[at], wishes);
            let options = Options { levels: &levels, ..options.clone() };
            let judge = |source: &Arc<Source>| {
                let options = thorough(&options);
                let reading = check::read(source, &options);
                let members =
                    order.iter().map(|index| if *index == at { Some(&reading) } else { readings[*index].as_ref() });
                let complete = members.clone().all(|reading| reading.is_some());
                let workspace = check::workspace(members.flatten(), Some(house), options.schema, complete);
                let belongs = order.contains(&at).then_some(&workspace);
                let findings = check::judge(&reading, belongs, &options).findings;
                Judged { reading, findings }
            };
            let fixed = fix::all(source, most, options.lints, &|finding| wanted(finding, &options), &judge);
            mended.extend(Mended::of(one, Arc::clone(source), &fixed));
            readings[at] = Some(fixed.judged.reading);
        }
        mended
    }
}

impl Mended {
    fn of(asked: &Asked, before: Arc<Source>, fixed: &Fixed) -> Option<Self> {
        (!fixed.made.is_empty()).then(|| Self {
            path: asked.path.clone(),
            given: asked.given.is_some(),
            before,
            after: Arc::clone(&fixed.source),
            made: fixed.made.clone(),
        })
    }
}

/// The same options for every lint, wanted or not: what a repair brings is looked for everywhere.
fn thorough<'o>(options: &Options<'o>) -> Options<'o> {
    static ALL: Selection = Selection { select: Vec::new(), skip: Vec::new() };
    Options { selection: &ALL, ..options.clone() }
}

/// Whether a finding would be reported.
fn wanted(finding: &Finding, options: &Options<'_>) -> bool {
    let mut reported = vec![finding.clone()];
    check::settle(&mut reported, options);
    !reported.is_empty()
}
