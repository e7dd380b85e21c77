//! Writing a waiver into a manifest.

use mlsystem::edit::{Waiver, add_waiver};
use mlsystem::source::Source;
use mlsystem::tree::{Limits, parse};

use super::{CLEAN, DRAFT, Done, Folder, spoilt};

const SIGNED: [&str; 6] = ["--reason", "The page hides the box.", "--owner", "discovery-ml", "--until", "2027-01-31"];

fn waive(folder: &Folder, arguments: &str) -> Done {
    Done::of(&folder.command("").arg("waive").args(arguments.split_whitespace()).args(SIGNED).output().unwrap())
}

/// The complete example without its fallback.
fn without_fallback() -> String {
    let mut inside = false;
    let mut text = String::new();
    for line in CLEAN.lines() {
        let deep = line.len() - line.trim_start().len();
        inside = if line.starts_with("  fallback:") { true } else { inside && deep > 2 };
        if !inside {
            text += &format!("{line}\n");
        }
    }
    text
}

#[test]
fn a_waiver_is_written_and_accepts_the_finding() {
    let folder = Folder::repository();
    let text = without_fallback();
    folder.write("svc/mlsystem.yaml", &text);
    assert_eq!(folder.run("check").code, 1);
    let waived = waive(&folder, "no-fallback");
    assert_eq!(waived.code, 0, "{}", waived.err);
    assert!(waived.out.starts_with("wrote svc/mlsystem.yaml: `no-fallback` at `serving"), "{}", waived.out);
    assert!(waived.out.ends_with("is waived until 2027-01-31 (1 finding)\n"), "{}", waived.out);
    let after = folder.run("check --format concise --skip evidence");
    assert_eq!((after.code, after.findings().len()), (0, 0), "{}", after.out);
    // Nothing but the new lines has changed.
    let new = folder.read("svc/mlsystem.yaml");
    let added: Vec<&str> = new.lines().filter(|line| !text.contains(*line)).collect();
    assert!(added.contains(&"    reason: The page hides the box."), "{added:#?}");
    let kept: String = new.lines().filter(|line| !added.contains(line)).map(|line| format!("{line}\n")).collect();
    assert!(text.lines().all(|line| kept.contains(line)));
    assert_eq!(new.lines().count(), text.lines().count() + 5);
    assert_eq!(waive(&folder, "no-fallback").code, 2, "it is waived already");
}

/// Whatever a manifest looks like, a waiver is added to it by inserting bytes alone, and reads back.
#[test]
fn a_reason_may_begin_with_anything() {
    for reason in
        [":8 minutes are fine for this team", "- said so", "# later", "\"so\"", "'", "a: b", "[x", "ok:", "😀\tb"]
    {
        let reason = &*format!("{reason} as the page hides the box");
        let folder = Folder::repository();
        folder.write("mlsystem.yaml", &without_fallback());
        let signed = ["waive", "no-fallback", &format!("--reason={reason}"), "--owner", ":1", "--until", "2027-01-31"];
        let waived = Done::of(&folder.command("").args(signed).output().unwrap());
        assert_eq!((waived.code, &*waived.err), (0, ""), "{reason}");
        let written: serde_yaml::Value = serde_yaml::from_str(&folder.read("mlsystem.yaml")).unwrap();
        let waiver = written["waivers"].as_sequence().unwrap().last().unwrap();
        assert_eq!((waiver["reason"].as_str(), waiver["owner"].as_str()), (Some(reason), Some(":1")));
    }
}

#[test]
fn every_fixture_takes_a_waiver() {
    let waiver = Waiver {
        check: "no-fallback",
        at: Some("serving.fallback"),
        reason: "it says: \"none\", #1",
        owner: "ads",
        approved_by: Some("platform"),
        ticket: None,
        until: "2027-01-31",
    };
    let pattern = format!("{}/fixtures/**/*.yaml", env!("CARGO_MANIFEST_DIR"));
    let mut tried = 0;
    for path in glob::glob(&pattern).unwrap() {
        let text = std::fs::read_to_string(path.unwrap()).unwrap();
        for text in [text.clone(), text.replace('\n', "\r\n"), text.trim_end().to_owned(), format!("\u{feff}{text}")] {
            let parsed = parse(&Source::new("m.yaml", &*text), &Limits::default());
            let Some(tree) = parsed.tree else { continue };
            let Ok(new) = add_waiver(&tree, &waiver) else { continue };
            let again = parse(&Source::new("m.yaml", &*new), &Limits::default());
            assert_eq!(again.findings.len(), parsed.findings.len(), "{new}");
            let again = again.tree.unwrap();
            let items = again.items(again.get(again.root(), "waivers").unwrap().value);
            let old = tree.get(tree.root(), "waivers").map_or(0, |entry| tree.items(entry.value).len().max(1));
            let last = again.get(*items.last().unwrap(), "reason").unwrap().value;
            assert_eq!((again.text(last), items.len()), (Some(waiver.reason), old + 1), "{new}");
            let mut letters = new.chars();
            assert!(text.chars().all(|letter| letters.any(|new| new == letter)), "something was lost:\n{new}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn the_place_can_be_given() {
    let folder = Folder::repository();
    folder.write("mlsystem.yaml", &without_fallback());
    let elsewhere = waive(&folder, "no-fallback --at data");
    assert_eq!(elsewhere.code, 2);
    assert!(elsewhere.err.contains("`no-fallback` reports nothing at `data`, but at `serving"), "{}", elsewhere.err);
    assert_eq!(waive(&folder, "no-fallback --at serving").code, 0);
    assert!(folder.read("mlsystem.yaml").contains("    at: serving\n"));
}

#[test]
fn what_cannot_be_waived_is_refused_and_the_file_kept() {
    let folder = Folder::repository();
    let text = spoilt();
    folder.write("mlsystem.yaml", &text);
    for (arguments, why) in [
        ("no-falback", "no lint is called `no-falback`; did you mean `no-fallback`?"),
        ("unknown-key", "`unknown-key` cannot be waived"),
        ("no-fallback --today 2028-01-01", "`--until 2027-01-31` is not after 2028-01-01"),
        ("no-fallback --at serving..x", "is no place"),
        ("no-fallback other.yaml", "there is no such file"),
        ("target-below-trivial-baseline --at models", "reports nothing"),
    ] {
        let refused = waive(&folder, arguments);
        assert_eq!(refused.code, 2, "{arguments}: {}", refused.out);
        assert!(refused.err.contains(why), "{arguments}: {}", refused.err);
        assert_eq!(folder.read("mlsystem.yaml"), text);
    }
    // A reason that is none would be a finding of its own, and a letter says as little.
    for reason in ["TODO", "x", "ok fine", "acceptable"] {
        let thin = ["waive", "no-fallback", "--reason", reason, "--owner", "ads", "--until", "2027-01-31"];
        let thin = Done::of(&folder.command("").args(thin).output().unwrap());
        assert_eq!(thin.code, 2);
        assert!(thin.err.contains(&format!("`--reason {reason}` is no reason")), "{}", thin.err);
        assert_eq!(folder.read("mlsystem.yaml"), text);
    }
}

/// A finding that only the workspace brings can be waived as well, and so can one of its own lints.
#[test]
fn the_workspace_has_its_say() {
    let folder = Folder::repository();
    folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: ['*/mlsystem.yaml']\n");
    folder.write("a/mlsystem.yaml", DRAFT);
    folder.write("b/mlsystem.yaml", DRAFT);
    let waived = waive(&folder, "system-name-taken a");
    assert_eq!(waived.code, 0, "{}", waived.err);
    assert_eq!(folder.read("a/mlsystem.yaml").matches("check: system-name-taken").count(), 1);
    folder.write("mlsystem-workspace.yaml", "mlsystem-workspace: 1\nsystems: ['*/mlsystem.yaml']\ncolour: red\n");
    assert_eq!(waive(&folder, "no-stakeholders a").code, 2, "a broken workspace file is not used");
}

#[test]
fn several_manifests_and_several_places_have_to_be_told_apart() {
    let folder = Folder::repository();
    folder.write("a/mlsystem.yaml", DRAFT);
    folder.write("b/mlsystem.yaml", DRAFT);
    let which = waive(&folder, "no-fallback");
    assert_eq!(which.code, 2);
    assert!(which.err.contains("say which manifest is meant: a/mlsystem.yaml, b/mlsystem.yaml"), "{}", which.err);
    assert_eq!(waive(&folder, "no-fallback b").code, 0);
    assert_eq!(folder.read("a/mlsystem.yaml"), DRAFT);
    assert!(folder.read("b/mlsystem.yaml").starts_with(DRAFT));
}

/// Of two waivers of one finding the last one counts, and the first is told.
#[test]
fn a_second_waiver_is_not_silent() {
    let folder = Folder::repository();
    let waivers = [
        "  - {check: no-owner, reason: the team is being founded, owner: a, until: 2027-01-01}\n",
        "  - {check: no-owner, reason: the same once more, owner: b, until: 2028-01-01}\n",
    ];
    folder.write("mlsystem.yaml", &format!("mlsystem: 1\nname: x\nstage: prototype\nwaivers:\n{}", waivers.concat()));
    let told = folder.run("check --format concise --verbose --select no-owner,waivers --show-waived");
    let lines = told.findings();
    assert!(
        lines[0].starts_with("mlsystem.yaml:5:") && lines[0].contains("`no-owner` is waived again further down"),
        "{lines:?}"
    );
    assert!(told.out.contains("the same once more") && !told.out.contains("waivers[1]"), "{}", told.out);
    let json = folder.run("check --format json --select no-owner,waivers").out;
    assert!(json.contains("\"owner\":\"b\"") && json.contains("this one holds"), "{json}");
    // One that accepts something else as well is not idle, nor is one that ran out the other's rival.
    folder.write("mlsystem.yaml", &format!("mlsystem: 1\nname: x\nstage: prototype\nwaivers:\n{}", waivers[0]));
    assert!(!folder.run("check --select waivers").out.contains("waived again"));
    let expired = waivers[1].replace("2028", "2020");
    folder
        .write("mlsystem.yaml", &format!("mlsystem: 1\nname: x\nstage: prototype\nwaivers:\n{}{expired}", waivers[0]));
    let one = folder.run("check --format concise --select waivers,no-owner").out;
    assert!(one.contains("waiver-expired") && !one.contains("waived again"), "{one}");
}
