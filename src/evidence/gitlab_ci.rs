//! Pipelines of GitLab. Their schedules are kept by the forge and in no file. See
//! <https://docs.gitlab.com/ci/yaml/>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "GitLab pipeline",
    files: &[".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml"],
    marks: &[],
    shows: &[fact!("workflows")],
    read: pipeline,
}];

/// Keys at the top that are no jobs.
const KEYWORDS: [&str; 14] = [
    "after_script",
    "before_script",
    "cache",
    "default",
    "image",
    "include",
    "pages",
    "services",
    "spec",
    "stages",
    "types",
    "variables",
    "workflow",
    "component",
];

fn pipeline(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    // A file with inputs has a document before that of its jobs.
    page.document()?;
    let Some(document) = page.documents().last().filter(|document| document.is_mapping()) else {
        return Err(SkipReason::Unreadable("it is no mapping".to_owned()));
    };
    let mut jobs = Vec::new();
    let mut triggers: Vec<(String, Span)> = Vec::new();
    sources(document.at("workflow.rules"), &mut triggers);
    for (name, span, one) in document.entries() {
        let hidden = name.starts_with('.') || KEYWORDS.contains(&name) && name != "pages";
        if hidden || !one.is_mapping() {
            continue;
        }
        sources(one.get("rules"), &mut triggers);
        jobs.push(job(document, name, span, one));
    }
    let begin = jobs.first().map_or(document.span().part(0..0), Fact::span);
    let mut fact = Fact::named(page.name(), begin);
    // Without a rule, each push starts a pipeline.
    if triggers.is_empty() {
        triggers.push(("push".to_owned(), begin));
    }
    fact.texts(fact!("workflows[].triggers"), triggers).inside(fact!("workflows[].jobs"), jobs);
    builder.add(fact!("workflows"), fact);
    Ok(())
}

/// The sources of pipelines that rules name.
fn sources(rules: YamlCursor<'_>, triggers: &mut Vec<(String, Span)>) {
    for rule in rules.items() {
        let condition = rule.get("if");
        let Some(text) = condition.text() else { continue };
        for (word, trigger) in [
            ("schedule", "schedule"),
            ("merge_request", "pull_request"),
            ("$CI_MERGE_REQUEST", "pull_request"),
            ("\"web\"", "manual"),
            ("\"push\"", "push"),
            ("$CI_COMMIT_BRANCH", "push"),
            ("$CI_COMMIT_TAG", "push"),
        ] {
            if text.contains(word) && triggers.iter().all(|known| known.0 != trigger) {
                triggers.push((trigger.to_owned(), condition.span()));
            }
        }
    }
}

fn job(document: YamlCursor<'_>, name: &str, span: Span, job: YamlCursor<'_>) -> Fact {
    let mut fact = Fact::named(name, span);
    let chain = inherited(document, job);
    let failure = chain.iter().map(|part| part.get("allow_failure")).find(|part| part.exists());
    match failure {
        // Some exit codes may be allowed.
        Some(failure) if failure.is_mapping() => fact.say(fact!("workflows[].jobs[].may_fail"), "true", failure.span()),
        Some(failure) => fact.part(fact!("workflows[].jobs[].may_fail"), failure),
        // A job that waits for a person lets the others go on, unless it says otherwise.
        None => {
            let waits = chain.iter().map(|part| part.get("when")).find(|part| part.exists());
            let waits = waits.filter(|when| when.is("manual"));
            fact.say(
                fact!("workflows[].jobs[].may_fail"),
                if waits.is_some() { "true" } else { "false" },
                waits.map_or(span, YamlCursor::span),
            )
        }
    };
    let script = chain.iter().map(|part| part.get("script")).find(|part| part.exists());
    if let Some(script) = script {
        let lines: Vec<&str> = script.one_or_more().into_iter().filter_map(YamlCursor::text).collect();
        fact.say(fact!("workflows[].jobs[].runs"), lines.join("\n"), script.span());
    }
    fact
}

/// A job and those that it extends, the nearest first.
fn inherited<'p>(document: YamlCursor<'p>, job: YamlCursor<'p>) -> Vec<YamlCursor<'p>> {
    const MAX_ANCESTORS: usize = 11;
    let mut chain = vec![job];
    let mut next = 0;
    while next < chain.len() && chain.len() < MAX_ANCESTORS {
        // Of several, the last one wins.
        for base in chain[next].get("extends").one_or_more().into_iter().rev() {
            let base = document.get(base.text().unwrap_or_default());
            if base.exists() {
                chain.push(base);
            }
        }
        next += 1;
    }
    chain
}
