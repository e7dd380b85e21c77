//! `mlsystem coverage`, and the outcomes that `check` tells.

use serde_json::Value;

use super::Folder;

#[test]
fn a_gap_does_not_fail_the_run() {
    let folder = Folder::new().with("mlsystem.yaml", "mlsystem: 1\nname: a\nstage: production\n");
    let done = folder.run("coverage --framework ml-test-score,eu-ai-act");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("Score 0.0 of 7.0") && done.out.contains("Art. 10(2)(f)"));
    assert!(!done.out.contains("Rules of ML"));
}

#[test]
fn the_exit_code_says_what_could_not_be_read() {
    let folder = Folder::clean().with("bad.yaml", "a: [1\nb: 2\n");
    assert_eq!(folder.code("coverage bad.yaml mlsystem.yaml"), 3);
    assert_eq!(Folder::new().code("coverage"), 4);
    let done = folder.run("coverage --framework eu-ai-ac");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("did you mean `eu-ai-act`?"), "{}", done.err);
}

#[test]
fn it_is_written_to_a_file_as_the_schema_has_it() {
    let folder = Folder::clean();
    assert_eq!(folder.code("coverage --format json --output coverage.json"), 0);
    let schema: Value = serde_json::from_str(&folder.run("schema coverage").out).unwrap();
    let document: Value = serde_json::from_str(&folder.read("coverage.json")).unwrap();
    assert!(jsonschema::is_valid(&schema, &document));
    let markdown = folder.run("coverage --format markdown");
    assert!(markdown.out.starts_with("# Coverage of frameworks\n"));
}

#[test]
fn outcomes_are_told_in_json_alone() {
    let folder = Folder::clean().with("bad.yaml", "a: [1\nb: 2\n");
    assert_eq!(folder.code("check mlsystem.yaml --outcomes"), 2);
    let done = folder.run("check mlsystem.yaml bad.yaml --outcomes --format json");
    assert_eq!(done.code, 3);
    let document: Value = serde_json::from_str(&done.out).unwrap();
    let schema: Value = serde_json::from_str(&folder.run("schema output").out).unwrap();
    assert!(jsonschema::is_valid(&schema, &document));
    let outcomes = document["outcomes"].as_array().unwrap();
    assert_eq!((&outcomes[0]["path"], &outcomes[1]["path"]), (&"bad.yaml".into(), &"mlsystem.yaml".into()));
    let of = |file: usize, name: &str| {
        let lints = outcomes[file]["lints"].as_array().unwrap();
        lints.iter().find(|lint| lint["name"] == name).unwrap()["outcome"].clone()
    };
    assert_eq!((of(0, "invalid-yaml"), of(0, "no-fallback")), ("fail".into(), "not-assessable".into()));
    assert_eq!((of(1, "invalid-yaml"), of(1, "no-fallback")), ("pass".into(), "pass".into()));
    let plain: Value = serde_json::from_str(&folder.run("check mlsystem.yaml --format json").out).unwrap();
    assert!(plain.get("outcomes").is_none());
}

#[test]
fn lints_of_a_house_speak_to_clauses_of_its_own_and_to_no_others() {
    let lint = |frameworks: &str| {
        format!(
            "---\nseverity: warning\nkind: missing-piece\nsince: 1.0\nrequire: has(owner)\nmessage: nobody owns it\nlabels: [{{at: name, text: has no owner}}]\nsources: [house]\nframeworks: {frameworks}\n---\n\n# Nobody\n\n## Bad\n\n```yaml\nname: a\n```\n\n## Good\n\n```yaml\nname: a\nowner: b\n```\n"
        )
    };
    let framework =
        "title: House\nedition: 2\ncertainty: ours\nnone: not yet\nsections: {All: {clauses: {H1: Owners}}}\n";
    let folder = Folder::clean().with("house/frameworks/house.yaml", framework);
    folder.write("house/people/nobody.md", lint("{house: [H1]}"));
    let done = folder.run("coverage --lints house --framework house");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("H1  Owners") && done.out.contains("pass: nobody"), "{}", done.out);
    folder.write("house/people/nobody.md", lint("{house: [H2], eu-ai-atc: [Art. 9]}"));
    let done = folder.run("coverage --lints house --framework house");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("House has no clause `H2`"), "{}", done.err);
    assert!(done.err.contains("no framework is called `eu-ai-atc`"), "{}", done.err);
}
