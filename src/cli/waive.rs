//! `mlsystem waive`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::arguments::{DateArguments, LintArguments};
use super::{Exit, Failure, print, stderr};
use crate::edit::{Waiver, add_waiver};
use crate::finding::{Finding, Pointer, Suppression};
use crate::lint::{Lint, Registry};
use crate::manifest::lookup;
use crate::project::{self, read_day};
use crate::source::Source;
use crate::tree::{self, Limits};
use crate::units::{Date, field_steps};
use crate::workspace::{self, Input};

/// The arguments of `mlsystem waive`.
#[derive(Debug, Args)]
pub struct WaiveArguments {
    /// The lint whose finding to accept.
    name: String,
    /// The manifest, or a folder that has one [default: the only manifest in the current folder or below].
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    manifest: String,
    /// The field to cover, such as `serving` or `data.labels.delay` [default: where the lint reports, if it reports once].
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    /// Why the risk is accepted.
    #[arg(long)]
    reason: String,
    /// The team that owns the risk.
    #[arg(long)]
    owner: String,
    /// The day on which the waiver expires.
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    until: Date,
    /// The team that approved it.
    #[arg(long, value_name = "TEAM")]
    approved_by: Option<String>,
    /// The ticket that tracks the follow-up.
    #[arg(long)]
    ticket: Option<String>,
    #[command(flatten)]
    lints: LintArguments,
    #[command(flatten)]
    date: DateArguments,
}

/// Writes the waiver, once it is sure that the result can be read and that the waiver accepts what it is meant to.
pub fn run(arguments: &WaiveArguments) -> Result<Exit, Failure> {
    let request = arguments.lints.request(&arguments.date)?;
    let path = manifest(&arguments.manifest)?;
    let shown = workspace::shown(&path);
    let source = match workspace::read(&path, &shown) {
        Input::Text(source) => source,
        Input::Unreadable(finding) => return Err(Failure::Usage(format!("`{shown}`: {}", finding.message))),
    };
    // Each manifest is judged with the levels, lints and facts of its workspace, as a check would do it.
    let judge = |source: &Arc<Source>| -> Result<(ChosenLint, Vec<Finding>), Failure> {
        let groups = project::given(vec![(path.clone(), Input::Text(Arc::clone(source)))], true, &request)?;
        let lints: Vec<Lint> = groups.iter().flat_map(|group| group.rules.lints.lints()).copied().collect();
        let named = hold_to_sense(arguments, &lints, request.today)?;
        let files = groups.iter().flat_map(|group| group.check(&request).files);
        Ok((named, files.filter(|file| file.name == shown).flat_map(|file| file.findings).collect()))
    };
    let (ChosenLint { name, remark }, before) = judge(&source)?;
    let at = place(arguments, &name, &shown, &before)?;
    let until = arguments.until.to_string();
    let waiver = Waiver {
        check: &name,
        at: at.as_deref(),
        reason: &arguments.reason,
        owner: &arguments.owner,
        approved_by: arguments.approved_by.as_deref(),
        ticket: arguments.ticket.as_deref(),
        until: &until,
    };
    let failed = |why: String| Failure::Usage(format!("`{shown}` was left as it is: {why}"));
    let tree = tree::parse(&source, &Limits::default()).tree.ok_or_else(|| failed("it cannot be parsed".to_owned()))?;
    let text = add_waiver(&tree, &waiver).map_err(failed)?;
    let (_, after) = judge(&Source::new(&*shown, &*text))?;
    let accepted = accepted(&before, &after, &waiver).map_err(failed)?;
    workspace::replace(&path, source.original(), &text).map_err(failed)?;
    remark.iter().for_each(|line| stderr::line(format_args!("note: {line}")));
    let findings = if accepted == 1 { "1 finding".to_owned() } else { format!("{accepted} findings") };
    let place = at.map(|at| format!(" at `{at}`")).unwrap_or_default();
    let line = format!("wrote {shown}: `{name}`{place} is waived until {until} ({findings})");
    print(&format!("{}\n", super::shown(line)))?;
    Ok(Exit::Clean)
}

/// The lint that is meant.
struct ChosenLint {
    /// Its name of today.
    name: String,
    /// What is to be said of the name that was given.
    remark: Option<String>,
}

/// Refuses what cannot be waived at all, and dates that have passed.
fn hold_to_sense(arguments: &WaiveArguments, lints: &[Lint], today: Date) -> Result<ChosenLint, Failure> {
    let (name, registry) = (&arguments.name, Registry::of(lints));
    let Some(lint) = registry.lint_at(name) else {
        let near = registry.nearest_lint(name);
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::Usage(format!("no lint is called `{name}`{near}")));
    };
    if let Some(remark) = registry.remark(lint.name).filter(|_| lint.is_removed()) {
        return Err(Failure::Usage(remark.line()));
    }
    if !lint.waivable {
        return Err(Failure::Usage(format!("`{name}` cannot be waived: correct what it reports")));
    }
    // One word, or a few letters, say nothing to whoever meets the risk.
    let reason = arguments.reason.trim();
    if reason.split_whitespace().count() < 2 || reason.chars().count() < 10 || crate::units::is_placeholder(reason) {
        return Err(Failure::Usage(format!(
            "`--reason {reason}` is no reason: say in a few words why the risk is accepted until then"
        )));
    }
    if arguments.until <= today {
        return Err(Failure::Usage(format!("`--until {}` is not after {today}", arguments.until)));
    }
    let remark = registry.remark(name);
    Ok(ChosenLint { name: lint.name.to_owned(), remark: remark.map(|remark| remark.line()) })
}

/// The manifest that is meant.
pub(super) fn manifest(argument: &str) -> Result<PathBuf, Failure> {
    if !workspace::is_folder(Path::new(argument)) {
        return Ok(PathBuf::from(argument));
    }
    let own = Path::new(argument).join("mlsystem.yaml");
    let found = workspace::discover(&[argument.to_owned()]).map_err(Failure::Usage)?.files;
    match found.as_slice() {
        [one] => Ok(one.path.clone()),
        [] => Err(Failure::Usage(format!("no manifest in `{argument}`"))),
        _ if workspace::is_file(&own) => Ok(own),
        several => {
            let names: Vec<String> = several.iter().take(5).map(|file| workspace::shown(&file.path)).collect();
            let more = if several.len() > names.len() { ", …" } else { "" };
            Err(Failure::Usage(format!("say which manifest is meant: {}{more}", names.join(", "))))
        }
    }
}

/// The place to be covered: the one that was given, or the only one at which the lint reports.
fn place(arguments: &WaiveArguments, name: &str, shown: &str, findings: &[Finding]) -> Result<Option<String>, Failure> {
    let open = findings.iter().filter(|finding| *finding.name == *name && finding.suppression.is_none());
    let mut places: Vec<Option<String>> = open.map(|finding| lookup::written(&finding.pointer)).collect();
    places.sort();
    places.dedup();
    if places.is_empty() {
        return Err(Failure::Usage(format!("`{name}` reports nothing in `{shown}`")));
    }
    if let Some(at) = &arguments.at {
        let steps = field_steps(at).map_err(|_| Failure::Usage(format!("`{at}` is no place such as `data.labels`")))?;
        let start = steps.iter().fold(Pointer::default(), |pointer, step| pointer.child(&step.text));
        let covers = |finding: &&Finding| *finding.name == *name && finding.pointer.is_within(&start);
        if findings.iter().any(|finding| covers(&finding)) {
            return Ok(Some(at.clone()));
        }
        return Err(Failure::Usage(format!("`{name}` reports nothing at `{at}`, but at {}", listed(&places))));
    }
    match <[Option<String>; 1]>::try_from(places) {
        Ok([place]) => Ok(place),
        Err(places) => Err(Failure::Usage(format!("`{name}` reports at {}: say which with `--at`", listed(&places)))),
    }
}

fn listed(places: &[Option<String>]) -> String {
    let words = places.iter().map(|place| place.as_ref().map_or("the top".to_owned(), |place| format!("`{place}`")));
    words.collect::<Vec<_>>().join(", ")
}

/// How many findings the waiver accepts; an error where it accepts none, or brings findings of its own.
fn accepted(before: &[Finding], after: &[Finding], waiver: &Waiver<'_>) -> Result<usize, String> {
    let open = |findings: &[Finding]| -> Vec<(String, Pointer)> {
        let open = findings.iter().filter(|finding| finding.suppression.is_none());
        open.map(|finding| (finding.name.to_string(), finding.pointer.clone())).collect()
    };
    let mut known = open(before);
    for finding in after.iter().filter(|finding| finding.suppression.is_none()) {
        let identity = (finding.name.to_string(), finding.pointer.clone());
        match known.iter().position(|one| *one == identity) {
            Some(index) => drop(known.swap_remove(index)),
            None => return Err(format!("the waiver would bring `{}`: {}", finding.name, finding.message)),
        }
    }
    let ours = |suppression: &Suppression| {
        suppression.reason == waiver.reason && suppression.owner == waiver.owner && suppression.until == waiver.until
    };
    let is_ours = |finding: &&Finding| *finding.name == *waiver.check && finding.suppression.as_ref().is_some_and(ours);
    match after.iter().filter(is_ours).count() {
        0 => Err("the waiver would accept nothing".to_owned()),
        count => Ok(count),
    }
}
