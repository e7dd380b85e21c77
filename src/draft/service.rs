//! A system in service: how it is served, released, watched and kept up to date.

use super::builder::DraftBuilder;
use super::fact;
use super::fact_index::{Fact, FactIndex};
use super::name::name;
use super::owners::said_of;
use crate::schema::{FieldPath, field_path};

/// The most signals of a page.
const MAX_SIGNALS: usize = 8;

/// The most workflows of a page.
const MAX_WORKFLOWS: usize = 4;

/// The most values that are proposed where files differ.
const MAX_PROPOSED: usize = 3;

/// Writes down serving, release, monitoring and updating.
pub fn write(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    serving(page, index);
    release(page, index);
    signals(page, index);
    objectives(page, index);
    schedules(page, index);
    workflows(page, index);
}

fn serving(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let all = index.of(fact!("deployments"));
    // What names its model serves it; of other deployments, one alone may be what serves.
    let serves = |deployment: &&Fact<'_>| {
        deployment.text(fact!("deployments[].model")).is_some() || !deployment.reader().starts_with("Kubernetes")
    };
    let served: Vec<Fact<'_>> = all.iter().filter(serves).copied().collect();
    let certain = !served.is_empty();
    let deployments = if certain { served } else { all };
    if deployments.is_empty() {
        return templates(page, index);
    }
    let from = |deployment: &Fact<'_>| index.as_written(&deployment.file.path);
    if certain {
        page.fill(&place!("serving.pattern"), "online", &from(&deployments[0]));
    }
    let mut files: Vec<String> = deployments.iter().map(from).collect();
    files.dedup();
    let more = files.len().saturating_sub(MAX_PROPOSED);
    files.truncate(MAX_PROPOSED);
    let note =
        if more > 0 { format!("and {more} more, some of them perhaps of other systems") } else { files[0].clone() };
    agree(page, &place!("serving.config"), certain && more == 0, vec![(files, note)]);
    let said = |value: &dyn Fn(&Fact<'_>) -> Option<String>| -> Vec<Stated> {
        let note = |one: &Fact<'_>| {
            if deployments.len() == 1 { from(one) } else { said_of(&from(one), one.text(fact!("deployments[].name"))) }
        };
        deployments.iter().filter_map(|one| Some((vec![value(one)?], note(one)))).collect()
    };
    agree(page, &place!("serving.replicas"), certain, said(&replicas));
    agree(
        page,
        &place!("serving.timeout"),
        certain,
        said(&|one| one.text(fact!("deployments[].timeout")).map(str::to_owned)),
    );
    agree(
        page,
        &place!("release.canary.steps"),
        certain,
        said(&|one| one.text(fact!("deployments[].canary")).map(str::to_owned)),
    );
    if page.has(&place!("release.canary.steps")) {
        let deployment = deployments.iter().find(|one| one.text(fact!("deployments[].canary")).is_some());
        page.fill(&place!("release.strategy"), "canary", &deployment.map(from).unwrap_or_default());
    }
    agree(
        page,
        &place!("monitoring.logging.sample"),
        certain,
        said(&|one| one.text(fact!("deployments[].sample")).map(str::to_owned)),
    );
    for deployment in deployments.iter().filter(|one| one.is(fact!("deployments[].logs"))).take(1) {
        let what = vec!["inputs".to_owned(), "predictions".to_owned()];
        page.propose(&place!("monitoring.logging.what"), what, &format!("{}, which logs requests", from(deployment)));
    }
}

/// The values that a file gives, one or several for a list, and the file.
type Stated = (Vec<String>, String);

/// Fills in what all files agree on; where they differ, or where it is not certain that they mean this system, each is
/// proposed.
fn agree(page: &mut DraftBuilder, path: &[&str], certain: bool, said: Vec<Stated>) {
    let mut distinct: Vec<Stated> = Vec::new();
    for one in said {
        if distinct.iter().all(|known| known.0 != one.0) {
            distinct.push(one);
        }
    }
    let certain = certain && distinct.len() == 1;
    for (values, from) in distinct.into_iter().take(MAX_PROPOSED) {
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
    let (least, most) =
        (deployment.text(fact!("deployments[].replicas_min"))?, deployment.text(fact!("deployments[].replicas_max"))?);
    Some(if least == most { least.to_owned() } else { format!("{least}..{most}") })
}

/// Templates say that something is served, though not how.
fn templates(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let files: Vec<String> =
        index.silent(fact!("deployments")).iter().take(MAX_PROPOSED).map(|file| index.as_written(&file.path)).collect();
    if let Some(first) = files.first() {
        let why = format!("{first}: its values were not read");
        page.propose(&place!("serving.config"), files, &why);
    }
}

fn release(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let rollouts = index.of(fact!("rollouts"));
    let [rollout] = &rollouts[..] else { return };
    let from = index.as_written(&rollout.file.path);
    let steps = rollout.inside(fact!("rollouts[].steps"));
    let shares: Vec<String> =
        steps.iter().filter_map(|step| step.text(fact!("rollouts[].steps[].share"))).map(str::to_owned).collect();
    if page.fill(&place!("release.canary.steps"), shares, &from) {
        page.fill(&place!("release.strategy"), "canary", &from);
    }
    let holds: Vec<&str> = steps.iter().filter_map(|step| step.text(fact!("rollouts[].steps[].hold"))).collect();
    if let Some(first) = holds.first().filter(|first| holds.iter().all(|hold| hold == *first)) {
        page.fill(&place!("release.canary.hold"), *first, &from);
    }
}

fn signals(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for alert in index.of(fact!("alerts")) {
        if page.names(&place!("monitoring.signals")).len() >= MAX_SIGNALS {
            break;
        }
        let Some(signal) = alert.text(fact!("alerts[].name")).and_then(name) else { continue };
        let from = index.as_written(&alert.file.path);
        let at = |field: FieldPath| field.with(&[&signal]);
        let severity = alert.text(fact!("alerts[].severity")).filter(|word| matches!(*word, "page" | "ticket"));
        let quantile = alert
            .text(fact!("alerts[].quantile"))
            .and_then(|share| share.strip_suffix('%'))
            .map(|share| share.replace('.', ""));
        let place = quantile.map(|digits| format!("serving.latency.p{digits}"));
        for (field, value) in [
            (field_path!(manifest: "monitoring.signals.*.alert_if"), alert.text(fact!("alerts[].alert_if"))),
            (field_path!(manifest: "monitoring.signals.*.for"), alert.text(fact!("alerts[].for"))),
            (field_path!(manifest: "monitoring.signals.*.severity"), severity),
        ] {
            if let Some(value) = value {
                page.fill(&at(field), value, &from);
            }
        }
        page.fill(&place!("monitoring.signals.*.rule", signal), &*from, &from);
        if let Some(place) = place {
            page.propose(&place!("monitoring.signals.*.of", signal), &*place, &format!("{from}, its quantile"));
        }
    }
}

fn objectives(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let objectives = index.of(fact!("objectives"));
    let Some(first) = objectives.first() else { return };
    let mut files: Vec<String> = objectives.iter().map(|one| index.as_written(&one.file.path)).collect();
    files.dedup();
    page.fill(&place!("monitoring.slos"), files, &index.as_written(&first.file.path));
    for objective in objectives.iter().take(MAX_PROPOSED) {
        if let Some(target) = objective.text(fact!("objectives[].target")) {
            let why = said_of(&index.as_written(&objective.file.path), objective.text(fact!("objectives[].name")));
            page.propose(&place!("serving.availability"), target, &why);
        }
    }
}

/// What runs again and again: a training run by its name or its commands; anything else may be a batch run.
fn schedules(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let running =
        index.of(fact!("schedules")).into_iter().filter(|schedule| !schedule.is(fact!("schedules[].suspended")));
    for schedule in running {
        let Some(every) = schedule.text(fact!("schedules[].every")) else { continue };
        let from = index.as_written(&schedule.file.path);
        let said = |member: FieldPath| schedule.text(member).unwrap_or_default().to_lowercase();
        let (called, runs) = (said(fact!("schedules[].name")), said(fact!("schedules[].what")));
        let names = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        let trains = ["retrain", "train.py", "training", "dvc repro", "train-"];
        if names(&called, &trains) || names(&runs, &trains) {
            if page.fill(&place!("updating.retrain.every"), every, &from) {
                page.fill(&place!("updating.retrain.trigger"), "schedule", &from);
                page.fill(&place!("updating.schedule_in"), &*from, &from);
            }
        } else if names(&called, &["predict", "score", "batch", "inference"]) {
            page.propose(&place!("serving.schedule"), every, &said_of(&from, schedule.text(fact!("schedules[].name"))));
        }
    }
}

/// Workflows that run when the code changes.
fn workflows(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    // What builds pages or sorts issues says nothing of the system.
    let beside = |workflow: &Fact<'_>| {
        let name = workflow.file.path.rsplit('/').next().unwrap_or_default().to_lowercase();
        ["doc", "stale", "label", "pages", "codeql"].iter().any(|word| name.contains(word))
    };
    let on_change = |workflow: &Fact<'_>| {
        !beside(workflow)
            && workflow
                .texts(fact!("workflows[].triggers"))
                .iter()
                .any(|trigger| matches!(*trigger, "push" | "pull_request" | "merge_group"))
    };
    let mut files: Vec<String> = index
        .of(fact!("workflows"))
        .iter()
        .filter(|one| on_change(one))
        .map(|one| index.as_written(&one.file.path))
        .collect();
    files.dedup();
    files.truncate(MAX_WORKFLOWS);
    if let Some(first) = files.first().cloned() {
        page.fill(&place!("infrastructure.ci"), files, &first);
    }
}
