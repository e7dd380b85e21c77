//! Lints as people read, write and try them.

use super::{Folder, with_error};

/// The file that `mlsystem new` writes, in a folder of its own.
fn fresh() -> Folder {
    let folder = Folder::clean();
    assert_eq!(folder.code("new release/unsigned-artefact"), 0);
    folder
}

/// The same with one part of the file replaced.
fn changed(from: &str, to: &str) -> Folder {
    let folder = fresh();
    let text = folder.read("lints/release/unsigned-artefact.md");
    assert!(text.contains(from), "{text}");
    folder.write("lints/release/unsigned-artefact.md", text.replacen(from, to, 1));
    folder
}

#[test]
fn a_new_lint_passes_its_own_test_and_is_never_written_over() {
    let folder = fresh();
    let done = folder.run("test lints");
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(done.out.ends_with("1 lint, 3 examples: 3 passed, 0 failed\n"), "{}", done.out);
    folder.write("lints/release/unsigned-artefact.md", "mine");
    let done = folder.run("new release/unsigned-artefact");
    assert_eq!((done.code, folder.read("lints/release/unsigned-artefact.md").as_str()), (2, "mine"));
    assert!(done.err.contains("there is such a file already"), "{}", done.err);
    assert_eq!(folder.code("new evaluation/no-golden-set --in house/lints"), 0);
    assert_eq!(folder.code("test house/lints"), 0);
}

#[test]
fn a_lint_of_ones_own_runs_beside_the_others() {
    let folder = fresh();
    folder.write("bad.yaml", with_error().replace("kill_switch", "x-kill_switch"));
    let done = folder.run("check bad.yaml --lints lints --format concise");
    assert!(done.out.contains("unsigned-artefact") && done.out.contains("no-fallback"), "{}", done.out);
    let done = folder.run("check bad.yaml --lints lints --select unsigned-artefact --format concise");
    assert!(!done.out.contains("no-fallback"), "{}", done.out);
    assert_eq!(folder.code("check bad.yaml --select unsigned-artefact"), 2, "unknown without its folder");
    assert!(folder.run("explain unsigned-artefact --lints lints").out.contains("Unsigned artefact"));
    assert!(folder.run("lints --lints lints").out.contains("unsigned-artefact"));
}

#[test]
fn a_broken_lint_is_underlined_in_its_file_and_nothing_is_checked() {
    for (from, to, words) in [
        (
            "has(release.kill_switch)",
            "has(release.kil_switch)",
            ["`release` has no field `kil_switch`", "write `kill_switch`"],
        ),
        ("stage == ", "stage < ", ["stage", "^"]),
        ("stage == \"production\"", "serving.latency.p99 > 3", ["serving.latency.p99 > 3", "^"]),
        ("stage == \"production\" && ", "stage == \"prodcution\" && ", ["prodcution", "write \"production\""]),
        ("at: serving.pattern", "at: serving.patern", ["`serving` has no field `patern`", "write `pattern`"]),
        ("severity: warning", "severity: eror", ["eror", "error"]),
        ("severity: warning", "severty: warning", ["severty", "severity"]),
        ("require: has", "require: hass", ["hass", "has"]),
        ("kind: missing-piece", "kind: missing-peace", ["missing-peace", "missing-piece"]),
        ("---\n\n#", "--\n\n#", ["front matter", "^"]),
    ] {
        let folder = changed(from, to);
        for command in ["check --lints lints", "test lints", "lints --lints lints", "explain x --lints lints"] {
            let done = folder.run(command);
            assert_eq!((done.code, done.out.as_str()), (2, ""), "{command}: {to}: {}", done.err);
            assert!(done.err.contains("[lints/release/unsigned-artefact.md:"), "{}", done.err);
            assert!(done.err.contains('^'), "{}", done.err);
            assert!(words.iter().all(|word| done.err.contains(word)), "{to}: {}", done.err);
            let errors = done.err.matches("error[").count() - done.err.matches("error[missing-key]").count();
            assert_eq!(errors, 1, "{to}: one slip, one error: {}", done.err);
        }
        // The built-in lints do without.
        assert_eq!(folder.code("check"), 0);
    }
}

#[test]
fn a_failing_example_is_told_by_its_word() {
    for (from, to, word) in [
        (
            "serving:\n  pattern: online\n```",
            "serving:\n  pattern: batch\n```",
            "missing: lints/release/unsigned-artefact.md: example 1 (bad)",
        ),
        ("stage: prototype\nserving", "serving", "noisy: lints/release/unsigned-artefact.md: example 3 (good)"),
        (
            "serving:\n  pattern: online\n```",
            "serving:\n  patern: online\n```",
            "unfit: lints/release/unsigned-artefact.md: example 1 (bad)",
        ),
    ] {
        let folder = changed(from, to);
        let done = folder.run("test lints");
        assert_eq!(done.code, 1, "{to}: {}{}", done.out, done.err);
        assert!(done.out.contains(word), "{to}: {}", done.out);
        assert!(done.out.ends_with("1 lint, 3 examples: 2 passed, 1 failed\n"), "{}", done.out);
    }
}

#[test]
fn the_built_in_lints_pass_their_own_test() {
    let folder = Folder::new();
    let lints = concat!(env!("CARGO_MANIFEST_DIR"), "/lints");
    let done = folder.run(&format!("test {lints}"));
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
}

#[test]
fn the_lints_can_be_listed_and_each_has_a_page() {
    let folder = Folder::new();
    let table = folder.run("lints").out;
    let json: serde_json::Value = serde_json::from_str(&folder.run("lints --format json").out).unwrap();
    let listed = json.as_array().unwrap();
    assert!(listed.len() > 40);
    for lint in listed {
        let [name, category, kind] = ["name", "category", "kind"].map(|key| lint[key].as_str().unwrap());
        assert!(table.contains(name) && table.contains(category) && table.contains(kind));
        assert!(["error", "warning", "advice"].contains(&lint["severity"].as_str().unwrap()), "{lint}");
    }
    for name in listed.iter().map(|lint| lint["name"].as_str().unwrap()) {
        let done = folder.run(&format!("explain {name}"));
        assert_eq!(done.code, 0, "{name}");
        assert!(done.out.starts_with(&format!("{name}: ")) && done.out.contains("## Bad"), "{}", done.out);
    }
    let judged = folder.run("explain no-incident-process").out;
    assert!(judged.contains("## Judged on published systems\n\njudged "), "{judged}");
    for topic in ["--functions", "--conditions"] {
        assert!(folder.run(&format!("explain {topic}")).out.len() > 500);
    }
}

fn hold_json_schema(of: &str) {
    let done = Folder::new().run(&format!("schema {of}"));
    let schema: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(done.code, 0);
    assert!(schema["$schema"].as_str().is_some_and(|uri| uri.contains("json-schema.org")), "{of}");
}

#[test]
fn the_schema_of_manifests_is_a_json_schema() {
    hold_json_schema("");
    hold_json_schema("manifest");
}

#[test]
fn the_output_is_what_its_schema_says() {
    hold_json_schema("output");
    let folder = Folder::new();
    let json = Folder::clean().with("bad.yaml", with_error()).run("check --format json").out;
    let schema = serde_json::from_str(&folder.run("schema output").out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&serde_json::from_str(&json).unwrap()), "{json}");
}
