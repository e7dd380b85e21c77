//! Which levels hold for a manifest, and where each comes from.

use super::Folder;

fn workspace_config() -> Folder {
    let folder = Folder::repository();
    folder.write(
        "mlsystem-workspace.yaml",
        "mlsystem-workspace: 1\n\
         systems: ['*/mlsystem.yaml']\n\
         lints: [house]\n\
         fail_on: warning\n\
         levels:\n\
         \x20 - {select: [serving], level: advice, in: ['a/*'], reason: a is moving away}\n\
         \x20 - select: [no-stakeholders, no-fallback]\n\
         \x20   level: error\n",
    );
    assert_eq!(folder.run("new release/unsigned-artefact --in house").code, 0);
    folder
}

/// The line about a lint or a setting, with single blanks.
fn line(text: &str, name: &str) -> String {
    let line = text.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_level_has_its_place() {
    let folder = workspace_config();
    let config = folder.run("config a/mlsystem.yaml --level data=off");
    assert_eq!(config.code, 0, "{}", config.err);
    let of = |name: &str| line(&config.out, name);
    assert!(config.out.starts_with("a/mlsystem.yaml (mlsystem-workspace.yaml)\n"), "{}", config.out);
    assert_eq!(of("fail_on"), "fail_on warning mlsystem-workspace.yaml:4");
    assert_eq!(of("no-latency-target"), "no-latency-target advice mlsystem-workspace.yaml:6");
    assert_eq!(of("no-fallback"), "no-fallback error mlsystem-workspace.yaml:7", "the last one counts");
    assert_eq!(of("no-data-checks"), "no-data-checks off --level");
    assert_eq!(of("no-owner"), "no-owner error built in");
    assert!(of("unsigned-artefact").contains(" house/release/unsigned-artefact.md:"), "{}", of("unsigned-artefact"));

    // Elsewhere, the first rule does not hold, and from below the names are those of there.
    let other = folder.run("config b/mlsystem.yaml");
    assert!(line(&other.out, "no-latency-target").ends_with("built in"));
    std::fs::create_dir_all(folder.0.join("a")).unwrap();
    let below = folder.run_in("a", "config --changed");
    assert_eq!(line(&below.out, "no-fallback"), "no-fallback error ../mlsystem-workspace.yaml:7");
    assert_eq!(line(&below.out, "no-owner"), "");
}

#[test]
fn programs_read_it_too() {
    let folder = workspace_config();
    let config: serde_json::Value =
        serde_json::from_str(&folder.run("config a/mlsystem.yaml --format json --changed").out).unwrap();
    let fallback = config["levels"].as_array().unwrap().iter().find(|level| level["name"] == "no-fallback").unwrap();
    assert_eq!(fallback["from"], serde_json::json!({"kind": "file", "path": "mlsystem-workspace.yaml", "line": 7}));
    assert_eq!(config["workspace"], "mlsystem-workspace.yaml");
}

#[test]
fn without_a_workspace_all_is_built_in() {
    let folder = Folder::new();
    let config = folder.run("config");
    assert!(config.out.starts_with("mlsystem.yaml (no workspace file)\n"), "{}", config.out);
    assert_eq!(folder.run("config --level no-such=off").code, 2);
}
