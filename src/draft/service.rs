//! A system in service: how it is served, released, watched and kept up to date.

use super::name::name;
use super::page::Page;
use super::people::said_of;
use super::shelf::{Fact, Shelf};

/// The most signals of a page.
const MOST_SIGNALS: usize = 8;

/// The most workflows of a page.
const MOST_WORKFLOWS: usize = 4;

/// The most values that are proposed where files differ.
const MOST_PROPOSED: usize = 3;

/// Writes down serving, release, monitoring and updating.
pub fn write(page: &mut Page, shelf: &Shelf<'_>) {
    serving(page, shelf);
    release(page, shelf);
    signals(page, shelf);
    objectives(page, shelf);
    schedules(page, shelf);
    workflows(page, shelf);
}

fn serving(page: &mut Page, shelf: &Shelf<'_>) {
    let all = shelf.of("deployments");
    // What names its model serves it; of other deployments, one alone may be what serves.
    let serves =
        |deployment: &&Fact<'_>| deployment.text("model").is_some() || !deployment.reader().starts_with("Kubernetes");
    let served: Vec<Fact<'_>> = all.iter().filter(serves).copied().collect();
    let certain = !served.is_empty();
    let deployments = if certain { served } else { all };
    if deployments.is_empty() {
        return templates(page, shelf);
    }
    let from = |deployment: &Fact<'_>| shelf.as_written(&deployment.file.path);
    if certain {
        page.fill(&["serving", "pattern"], "online", &from(&deployments[0]));
    }
    let mut files: Vec<String> = deployments.iter().map(from).collect();
    files.dedup();
    let more = files.len().saturating_sub(MOST_PROPOSED);
    files.truncate(MOST_PROPOSED);
    let note =
        if more > 0 { format!("and {more} more, some of them perhaps of other systems") } else { files[0].clone() };
    agree(page, &["serving", "config"], certain && more == 0, vec![(files, note)]);
    let said = |value: &dyn Fn(&Fact<'_>) -> Option<String>| -> Vec<Said> {
        let note =
            |one: &Fact<'_>| if deployments.len() == 1 { from(one) } else { said_of(&from(one), one.text("name")) };
        deployments.iter().filter_map(|one| Some((vec![value(one)?], note(one)))).collect()
    };
    agree(page, &["serving", "replicas"], certain, said(&replicas));
    agree(page, &["serving", "timeout"], certain, said(&|one| one.text("timeout").map(str::to_owned)));
    agree(page, &["release", "canary", "steps"], certain, said(&|one| one.text("canary").map(str::to_owned)));
    if page.has(&["release", "canary", "steps"]) {
        let deployment = deployments.iter().find(|one| one.text("canary").is_some());
        page.fill(&["release", "strategy"], "canary", &deployment.map(from).unwrap_or_default());
    }
    agree(page, &["monitoring", "logging", "sample"], certain, said(&|one| one.text("sample").map(str::to_owned)));
    for deployment in deployments.iter().filter(|one| one.is("logs")).take(1) {
        let what = vec!["inputs".to_owned(), "predictions".to_owned()];
        page.propose(&["monitoring", "logging", "what"], what, &format!("{}, which logs requests", from(deployment)));
    }
}

/// The values that a file gives, one or several for a list, and the file.
type Said = (Vec<String>, String);

/// Fills in what all files agree on; where they differ, or where it is not certain that they mean this system, each is
/// proposed.
fn agree(page: &mut Page, path: &[&str], certain: bool, said: Vec<Said>) {
    let mut distinct: Vec<Said> = Vec::new();
    for one in said {
        if distinct.iter().all(|known| known.0 != one.0) {
            distinct.push(one);
        }
    }
    let certain = certain && distinct.len() == 1;
    for (values, from) in distinct.into_iter().take(MOST_PROPOSED) {
        match (&values[..], certain) {
            ([one], true) => {
                page.fill(path, &**one, &from);
            }
            ([one], false) => page.propose(path, &**one, &from),
            (_, true) => {
                page.fill(path, values, &from);
            }
            (_, false) => page.propose(path, values, &from),
        }
    }
}

/// The number of instances, where both ends are known.
fn replicas(deployment: &Fact<'_>) -> Option<String> {
    let (least, most) = (deployment.text("replicas_min")?, deployment.text("replicas_max")?);
    Some(if least == most { least.to_owned() } else { format!("{least}..{most}") })
}

/// Templates say that something is served, though not how.
fn templates(page: &mut Page, shelf: &Shelf<'_>) {
    let files: Vec<String> =
        shelf.silent("deployments").iter().take(MOST_PROPOSED).map(|file| shelf.as_written(&file.path)).collect();
    if let Some(first) = files.first() {
        let why = format!("{first}: its values were not read");
        page.propose(&["serving", "config"], files, &why);
    }
}

fn release(page: &mut Page, shelf: &Shelf<'_>) {
    let rollouts = shelf.of("rollouts");
    let [rollout] = &rollouts[..] else { return };
    let from = shelf.as_written(&rollout.file.path);
    let steps = rollout.inside("steps");
    let shares: Vec<String> = steps.iter().filter_map(|step| step.text("share")).map(str::to_owned).collect();
    if page.fill(&["release", "canary", "steps"], shares, &from) {
        page.fill(&["release", "strategy"], "canary", &from);
    }
    let holds: Vec<&str> = steps.iter().filter_map(|step| step.text("hold")).collect();
    if let Some(first) = holds.first().filter(|first| holds.iter().all(|hold| hold == *first)) {
        page.fill(&["release", "canary", "hold"], *first, &from);
    }
}

fn signals(page: &mut Page, shelf: &Shelf<'_>) {
    for alert in shelf.of("alerts") {
        if page.names(&["monitoring", "signals"]).len() >= MOST_SIGNALS {
            break;
        }
        let Some(signal) = alert.text("name").and_then(name) else { continue };
        let from = shelf.as_written(&alert.file.path);
        let at = |field: &'static str| ["monitoring", "signals", &signal, field];
        let severity = alert.text("severity").filter(|word| matches!(*word, "page" | "ticket"));
        let quantile =
            alert.text("quantile").and_then(|share| share.strip_suffix('%')).map(|share| share.replace('.', ""));
        let place = quantile.map(|digits| format!("serving.latency.p{digits}"));
        for (field, value) in [("alert_if", alert.text("alert_if")), ("for", alert.text("for")), ("severity", severity)]
        {
            if let Some(value) = value {
                page.fill(&at(field), value, &from);
            }
        }
        page.fill(&at("rule"), &*from, &from);
        if let Some(place) = place {
            page.propose(&at("of"), &*place, &format!("{from}, its quantile"));
        }
    }
}

fn objectives(page: &mut Page, shelf: &Shelf<'_>) {
    let objectives = shelf.of("objectives");
    let Some(first) = objectives.first() else { return };
    let mut files: Vec<String> = objectives.iter().map(|one| shelf.as_written(&one.file.path)).collect();
    files.dedup();
    page.fill(&["monitoring", "slos"], files, &shelf.as_written(&first.file.path));
    for objective in objectives.iter().take(MOST_PROPOSED) {
        if let Some(target) = objective.text("target") {
            let why = said_of(&shelf.as_written(&objective.file.path), objective.text("name"));
            page.propose(&["serving", "availability"], target, &why);
        }
    }
}

/// What runs again and again: a training run by its name or its commands; anything else may be a batch run.
fn schedules(page: &mut Page, shelf: &Shelf<'_>) {
    let running = shelf.of("schedules").into_iter().filter(|schedule| !schedule.is("suspended"));
    for schedule in running {
        let Some(every) = schedule.text("every") else { continue };
        let from = shelf.as_written(&schedule.file.path);
        let said = |member: &str| schedule.text(member).unwrap_or_default().to_lowercase();
        let (called, runs) = (said("name"), said("what"));
        let names = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        let trains = ["retrain", "train.py", "training", "dvc repro", "train-"];
        if names(&called, &trains) || names(&runs, &trains) {
            if page.fill(&["updating", "retrain", "every"], every, &from) {
                page.fill(&["updating", "retrain", "trigger"], "schedule", &from);
                page.fill(&["updating", "schedule_in"], &*from, &from);
            }
        } else if names(&called, &["predict", "score", "batch", "inference"]) {
            page.propose(&["serving", "schedule"], every, &said_of(&from, schedule.text("name")));
        }
    }
}

/// Workflows that run when the code changes.
fn workflows(page: &mut Page, shelf: &Shelf<'_>) {
    // What builds pages or sorts issues says nothing of the system.
    let beside = |workflow: &Fact<'_>| {
        let name = workflow.file.path.rsplit('/').next().unwrap_or_default().to_lowercase();
        ["doc", "stale", "label", "pages", "codeql"].iter().any(|word| name.contains(word))
    };
    let on_change = |workflow: &Fact<'_>| {
        !beside(workflow)
            && workflow
                .texts("triggers")
                .iter()
                .any(|trigger| matches!(*trigger, "push" | "pull_request" | "merge_group"))
    };
    let mut files: Vec<String> =
        shelf.of("workflows").iter().filter(|one| on_change(one)).map(|one| shelf.as_written(&one.file.path)).collect();
    files.dedup();
    files.truncate(MOST_WORKFLOWS);
    if let Some(first) = files.first().cloned() {
        page.fill(&["infrastructure", "ci"], files, &first);
    }
}
