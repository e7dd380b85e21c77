//! One small repository of each sort, and the manifest that it gets.

use mlsystem::built_in;
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits};

use super::Copied;

/// The manifest that is written for a fixture. It parses, its reader objects to nothing, and a check of it comes to an
/// end with findings.
fn written(fixture: &str, arguments: &[&str]) -> String {
    let copied = Copied::of(fixture);
    let init = [&["init", "--stage", "production", "--output", "-"], arguments].concat();
    let done = copied.run(&init);
    assert_eq!((done.code, &*done.err), (0, ""), "{fixture}");
    objects_to_nothing(&done.out);
    copied.write("mlsystem.yaml", &done.out);
    let checked = copied.run(&["check", "--for", "auditor", "--today", "2026-11-24", "--format", "concise"]);
    assert_eq!(checked.code, 1, "{}{}", checked.out, checked.err);
    done.out
}

/// What the reader itself finds, before any lint; that there are drafts is what a first manifest is to say.
pub fn objects_to_nothing(text: &str) {
    let source = Source::new("mlsystem.yaml", text);
    let parsed = tree::parse(&source, &Limits::default());
    assert!(parsed.findings.is_empty(), "{text}\n{:?}", parsed.findings);
    let (_, mut wrong) = mlsystem::manifest::read(&std::sync::Arc::new(parsed.tree.unwrap()), &built_in::MANIFEST);
    wrong.retain(|finding| !(finding.name == "placeholder-text" && finding.message.contains("draft")));
    assert!(wrong.is_empty(), "{text}\n{wrong:?}");
}

#[test]
fn a_project_with_data_under_version_control() {
    insta::assert_snapshot!("dvc", written("dvc", &["--risk", "minimal", "--name", "wine-quality"]));
}

#[test]
fn a_service_with_its_deployment_and_its_alerts() {
    insta::assert_snapshot!("kserve", written("kserve", &[]));
}

#[test]
fn an_application_of_a_language_model() {
    insta::assert_snapshot!("llm", written("llm", &[]));
}

#[test]
fn a_repository_of_a_model() {
    insta::assert_snapshot!("card", written("card", &[]));
}

#[test]
fn a_model_card_to_start_from() {
    insta::assert_snapshot!("from_card", written("card", &["--from-model-card", "README.md"]));
}

#[test]
fn a_repository_without_anything() {
    insta::assert_snapshot!("empty", written("empty", &[]));
}

#[test]
fn one_system_of_several() {
    insta::assert_snapshot!("monorepo", written("monorepo", &["services/eta"]));
}

#[test]
fn a_system_in_research_is_asked_less() {
    let done = Copied::of("empty").run(&["init", "--stage", "research", "--output", "-"]);
    assert!(done.out.contains("problem:") && !done.out.contains("rollback:"), "{}", done.out);
}

#[test]
fn several_systems_are_told_apart() {
    let copied = Copied::of("monorepo");
    let done = copied.run(&["init", "--stage", "production"]);
    assert_eq!(done.code, 2);
    assert_eq!(
        done.err,
        "error: several folders look like systems of their own: services/eta, services/fraud; name one, or `.` for one \
         manifest of them all\n"
    );
    assert_eq!(copied.run(&["init", ".", "--stage", "production"]).code, 0);
}

#[test]
fn what_belongs_to_another_manifest_is_left_to_it() {
    let copied = Copied::of("monorepo");
    assert_eq!(copied.run(&["init", "services/eta", "--stage", "production"]).code, 0);
    let done = copied.run(&["init", ".", "--stage", "production", "--output", "-"]);
    assert!(
        done.out.contains("services/fraud/MLproject") && !done.out.contains("services/eta/MLproject"),
        "{}",
        done.out
    );
}
