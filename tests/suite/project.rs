//! One project: what it says after edits is what a fresh one says of the same texts, and a trial is what an edit comes to.

use std::path::Path;
use std::sync::Arc;

use mlsystem::finding::Finding;
use mlsystem::project::{CheckRequest, Project, Ruleset, Text};
use mlsystem::source::Source;
use mlsystem::units::Date;
use mlsystem::workspace::Input;

const WORKSPACE: &str = "mlsystem-workspace: 1\nsystems: [\"*.yaml\"]\n";
const RANKER: &str =
    "mlsystem: 1\nname: ranker\nstage: production\nowner: ranking\ndepends_on: [{ref: model:eta/eta}]\n";
const ETA: &str = "mlsystem: 1\nname: eta\nstage: production\nowner: maps\nmodels: {eta: {family: tree}}\n";

fn project(texts: &[(&str, &str)]) -> Project {
    let request = CheckRequest::on(Date::parse(crate::support::TODAY).unwrap(), Vec::new());
    let file = Input::Text(Source::new("mlsystem-workspace.yaml", WORKSPACE));
    let rules = Ruleset::open(Path::new("/nowhere"), &file, &request).unwrap_or_else(|_| panic!("it can be used"));
    let mut project = Project::new(Arc::new(rules), request);
    project.set_texts(texts.iter().map(|(name, text)| self::text(name, text)).collect());
    project
}

fn text(name: &str, text: &str) -> Text {
    let input = Input::Text(Source::new(name, text));
    Text { id: name.to_owned(), name: name.to_owned(), path: name.to_owned(), input }
}

/// What is found in each manifest, as name, pointer and message.
fn found(project: &mut Project) -> Vec<(String, String, String)> {
    let ids: Vec<String> = project.documents().map(|(id, _)| id.to_owned()).collect();
    ids.iter().flat_map(|id| identities(&project.diagnose(id).unwrap().findings)).collect()
}

fn identities(findings: &[Finding]) -> Vec<(String, String, String)> {
    let of = |finding: &Finding| (finding.name.to_string(), finding.pointer.to_string(), finding.message.clone());
    findings.iter().map(of).collect()
}

fn says(project: &mut Project, id: &str, lint: &str) -> bool {
    project.diagnose(id).unwrap().findings.iter().any(|finding| *finding.name == *lint)
}

#[test]
fn a_text_that_is_set_or_taken_out_changes_what_the_others_are_told() {
    let mut project = project(&[("eta.yaml", ETA), ("ranker.yaml", RANKER)]);
    assert!(!says(&mut project, "ranker.yaml", "undefined-reference"));
    project.set_text(text("eta.yaml", &ETA.replace("{eta:", "{other:")));
    assert!(says(&mut project, "ranker.yaml", "undefined-reference"));
    project.set_text(text("eta.yaml", ETA));
    assert!(!says(&mut project, "ranker.yaml", "undefined-reference"));
    assert!(project.remove("eta.yaml") && !project.remove("eta.yaml"));
    assert!(says(&mut project, "ranker.yaml", "undefined-reference"));
    assert!(project.diagnose("eta.yaml").is_none());
}

#[test]
fn after_any_edits_a_project_says_what_a_fresh_one_does() {
    let renamed = ETA.replace("name: eta", "name: ranker");
    let versions = [ETA, &*renamed, "mlsystem: 1\nname: eta\n", "a: [", ""];
    let mut edited = project(&[("ranker.yaml", RANKER)]);
    for version in versions.iter().chain(versions.iter().rev()) {
        edited.set_text(text("eta.yaml", version));
        let mut fresh = project(&[("eta.yaml", version), ("ranker.yaml", RANKER)]);
        assert_eq!(found(&mut edited), found(&mut fresh), "{version}");
        // Asked again, it says the same.
        assert_eq!(found(&mut edited), found(&mut fresh), "{version}");
    }
}

#[test]
fn a_trial_is_what_the_text_comes_to_and_changes_nothing() {
    let mut project = project(&[("eta.yaml", ETA), ("ranker.yaml", RANKER)]);
    let before = found(&mut project);
    let wrong = RANKER.replace("eta/eta", "eta/other");
    let tried = project.trial("ranker.yaml", &Source::new("ranker.yaml", &*wrong)).unwrap();
    assert!(tried.findings.iter().any(|finding| *finding.name == *"undefined-reference"));
    assert_eq!(found(&mut project), before);
    project.set_text(text("ranker.yaml", &wrong));
    assert_eq!(identities(&project.diagnose("ranker.yaml").unwrap().findings), identities(&tried.findings));
    assert!(project.trial("other.yaml", &Source::new("other.yaml", "")).is_none());
}

/// An editor goes on answering while a text cannot be read.
#[test]
fn a_text_that_cannot_be_read_leaves_what_it_last_was() {
    let mut project = project(&[("eta.yaml", ETA)]);
    for broken in ["a: [", "b: ["] {
        project.set_text(text("eta.yaml", broken));
        let document = project.document("eta.yaml").unwrap();
        assert!(document.failed() && document.manifest().is_none());
        assert_eq!(document.last_manifest().unwrap().name(), Some("eta"));
    }
}
