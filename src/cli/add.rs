//! `mlsystem add`.

use std::sync::Arc;

use clap::Args;

use super::arguments::{DateArguments, LintArguments};
use super::waive::manifest;
use super::{Exit, Failure, print};
use crate::built_in;
use crate::finding::{Finding, Reader};
use crate::fix::{self, Outlined};
use crate::project::{self, CheckRequest};
use crate::source::Source;
use crate::workspace::{self, Input};

/// The arguments of `mlsystem add`.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The sections or places to outline, such as `fairness` or `monitoring.logging` [default: every place that a check
    /// asks for].
    #[arg(value_name = "PLACE")]
    places: Vec<String>,
    /// The manifest, or a folder with one [default: the one manifest below the current folder].
    #[arg(long, value_name = "PATH", default_value = ".", hide_default_value = true)]
    manifest: String,
    #[command(flatten)]
    lints: LintArguments,
    #[command(flatten)]
    date: DateArguments,
}

/// Writes the outline of what is missing. It decides nothing, so that every finding stays until its question is answered.
pub fn run(arguments: &AddArguments) -> Result<Exit, Failure> {
    let request = arguments.lints.request(&arguments.date)?.at_every_level();
    let request = CheckRequest { reader: Some(Reader::Auditor), ..request };
    let path = manifest(&arguments.manifest)?;
    let shown = workspace::shown(&path);
    let source = match workspace::read(&path, &shown) {
        Input::Text(source) => source,
        Input::Unreadable(finding) => return Err(Failure::Usage(format!("`{shown}`: {}", finding.message))),
    };
    let places = arguments.places.iter().map(|place| named(place)).collect::<Result<Vec<_>, _>>()?;
    let groups = project::given(vec![(path.clone(), Input::Text(Arc::clone(&source)))], true, &request)?;
    let Some(group) = groups.first() else { return Err(Failure::Usage(format!("`{shown}` cannot be judged"))) };
    let below = |finding: &Finding| {
        let names: Vec<String> = finding.pointer.steps().iter().map(|step| step.text().into_owned()).collect();
        places.is_empty()
            || places.iter().any(|place| names.len() >= place.len() && place.iter().eq(&names[..place.len()]))
    };
    let effective = group.rules.options(&request);
    let options = effective.options();
    let judge = |text: &Arc<Source>| fix::Judged::alone(text, &options);
    let outlined: Outlined = fix::outline_all(&source, options.lints, &places, &below, &judge);
    if outlined.added.is_empty() {
        print(&format!("{}: nothing to add; `mlsystem questions` asks what is undecided\n", super::shown(&shown)))?;
        return Ok(Exit::Clean);
    }
    let failed = |why: String| Failure::Usage(format!("`{shown}` was left as it is: {why}"));
    workspace::replace(&path, source.original(), outlined.source.original()).map_err(failed)?;
    let count = match outlined.added.len() {
        1 => "the outline of 1 place".to_owned(),
        many => format!("the outlines of {many} places"),
    };
    let listed = outlined.added.join(", ");
    let line = format!("wrote {shown}: {count} ({listed})\nnext: `mlsystem questions {shown}`");
    print(&format!("{}\n", line.lines().map(super::shown).collect::<Vec<_>>().join("\n")))?;
    Ok(Exit::Clean)
}

/// The names of a place that the format has.
fn named(place: &str) -> Result<Vec<String>, Failure> {
    let names: Vec<String> = place.split('.').map(str::to_owned).collect();
    let sections: Vec<&str> =
        built_in::MANIFEST.record(built_in::MANIFEST.root).fields.iter().map(|field| field.name).collect();
    if names.first().is_some_and(|first| sections.contains(&first.as_str())) {
        return Ok(names);
    }
    let near = crate::units::nearest(place, sections.into_iter());
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Err(Failure::Usage(format!("`{place}` is no place of a manifest{near}")))
}
