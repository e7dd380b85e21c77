//! Workflows of GitHub Actions. See
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>.

use super::cron_job::every;
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "GitHub Actions workflow",
    files: &["*.yml", "*.yaml"],
    marks: &["jobs:"],
    shows: &[fact!("workflows"), fact!("schedules")],
    read: workflow,
}];

fn workflow(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    // Gitea and Forgejo read the same files from folders of their own.
    let folders = [".github/workflows", ".gitea/workflows", ".forgejo/workflows"];
    if !folders.iter().any(|folder| page.folder() == *folder || page.folder().ends_with(&format!("/{folder}"))) {
        return Err(SkipReason::Other);
    }
    let document = page.document()?;
    let jobs = document.get("jobs");
    if !jobs.is_mapping() {
        return Err(SkipReason::Unreadable("it has no jobs".to_owned()));
    }
    let title = document.get("name");
    let name = title.text().unwrap_or(page.name());
    let span = if title.exists() { title.span() } else { document.key_span("jobs") };
    let started = document.get("on");
    let mut fact = Fact::named(name, span);
    fact.texts(fact!("workflows[].triggers"), triggers(started));
    fact.inside(fact!("workflows[].jobs"), jobs.entries().map(|(name, span, one)| job(name, span, one)).collect());
    builder.add(fact!("workflows"), fact);

    for time in started.get("schedule").items() {
        let mut fact = Fact::named(name, span);
        every(&mut fact, time.get("cron"));
        let words: Vec<&str> = jobs.entries().map(|(name, ..)| name).collect();
        fact.say(fact!("schedules[].what"), words.join(" "), document.key_span("jobs"));
        builder.add(fact!("schedules"), fact);
    }
    Ok(())
}

/// What starts a workflow: a word, a list of words, or a mapping by words.
fn triggers(started: YamlCursor<'_>) -> Vec<(String, Span)> {
    let word = |word: &str| match word {
        "workflow_dispatch" | "repository_dispatch" => "manual".to_owned(),
        word => word.to_owned(),
    };
    if started.is_mapping() {
        return started.entries().map(|(key, span, _)| (word(key), span)).collect();
    }
    started.one_or_more().into_iter().filter_map(|part| Some((word(part.text()?), part.span()))).collect()
}

fn job(name: &str, span: Span, job: YamlCursor<'_>) -> Fact {
    let mut fact = Fact::named(name, span);
    let runs: Vec<YamlCursor<'_>> = job.get("steps").items().filter(|step| step.get("run").exists()).collect();
    let own = job.get("continue-on-error");
    // A job in which every command may fail cannot fail.
    let all = !runs.is_empty() && runs.iter().all(|step| step.get("continue-on-error").is("true"));
    if own.exists() {
        fact.part(fact!("workflows[].jobs[].may_fail"), own);
    } else if all {
        fact.say(fact!("workflows[].jobs[].may_fail"), "true", runs[0].get("continue-on-error").span());
    } else {
        fact.say(fact!("workflows[].jobs[].may_fail"), "false", span);
    }
    let texts: Vec<&str> = commands(job).filter_map(YamlCursor::text).collect();
    if let Some(first) = commands(job).next() {
        fact.say(fact!("workflows[].jobs[].runs"), texts.join("\n"), first.span());
    }
    fact
}

/// The commands of the steps of a job, and the actions and workflows that it uses.
fn commands(job: YamlCursor<'_>) -> impl Iterator<Item = YamlCursor<'_>> {
    let steps = job.get("steps").items().flat_map(|step| [step.get("run"), step.get("uses")]);
    steps.chain([job.get("uses")]).filter(|part| part.exists())
}
