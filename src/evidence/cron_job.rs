//! What runs again and again in a cluster: Kubernetes `CronJob`, Argo `CronWorkflow`, Kubeflow `ScheduledWorkflow`. See
//! <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/> and
//! <https://argo-workflows.readthedocs.io/en/latest/cron-workflows/>.

use super::figure;
use super::kubernetes::{named, objects};
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Kubernetes schedule",
    files: &["*.yaml", "*.yml", "*.json"],
    marks: &[
        "kind: CronJob",
        "kind: CronWorkflow",
        "kind: ScheduledWorkflow",
        "\"CronJob\"",
        "\"CronWorkflow\"",
        "\"ScheduledWorkflow\"",
    ],
    shows: &[fact!("schedules")],
    read: schedules,
}];

fn schedules(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let wanted = |kind: &str, group: &str| {
        matches!(
            (kind, group),
            ("CronJob", "batch") | ("CronWorkflow", "argoproj.io") | ("ScheduledWorkflow", "kubeflow.org")
        )
    };
    objects(page, wanted, |object| {
        let spec = object.get("spec");
        let times: Vec<YamlCursor<'_>> = match object.get("kind").text() {
            Some("CronWorkflow") if spec.get("schedules").exists() => spec.get("schedules").items().collect(),
            Some("ScheduledWorkflow") => spec.at("trigger.cronSchedule.cron").one_or_more(),
            _ => spec.get("schedule").one_or_more(),
        };
        let off = spec.get("suspend");
        for time in times {
            let mut fact = named(object);
            every(&mut fact, time);
            command(&mut fact, spec.at("jobTemplate.spec.template.spec.containers"));
            fact.part(fact!("schedules[].suspended"), off);
            builder.add(fact!("schedules"), fact);
        }
    })
}

/// When a fact recurs, by a cron string or a word for one.
pub(super) fn every(fact: &mut Fact, time: YamlCursor<'_>) {
    if let Some(text) = time.text() {
        let every = figure::schedule(text).unwrap_or_else(|| text.to_owned());
        fact.say(fact!("schedules[].every"), every, time.span());
    }
}

/// What a job runs: the command and arguments of its only container.
fn command(fact: &mut Fact, containers: YamlCursor<'_>) {
    let mut containers = containers.items();
    let (Some(only), None) = (containers.next(), containers.next()) else { return };
    let words = ["command", "args"].into_iter().flat_map(|key| only.get(key).one_or_more());
    let words: Vec<YamlCursor<'_>> = words.filter(|word| word.text().is_some()).collect();
    if let Some(first) = words.first() {
        let text: Vec<&str> = words.iter().filter_map(|word| word.text()).collect();
        fact.say(fact!("schedules[].what"), text.join(" "), first.span());
    }
}
