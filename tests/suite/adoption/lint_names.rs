//! A lint may be renamed, deprecated and removed: the names that it had go on working, and that is said.

use serde_json::Value;

use super::{Done, Folder};

/// An own lint, `own/NAME.md`, with more lines of front matter.
fn lint(require: &str, more: &str) -> String {
    format!(
        "---\nseverity: warning\nkind: missing-piece\nsince: 0.1.0\n{more}\nrequire: {require}\n\
         message: no second way\nlabels: [{{at: serving.fallback, text: x}}]\nsources: [own]\n---\n\n# No way\n\n\
         ## Bad\n\n```yaml\nserving: {{}}\n```\n\n## Good\n\n```yaml\nserving: {{pattern: batch, fallback: {{to: x}}}}\n```\n"
    )
}

const MANIFEST: &str = "mlsystem: 1\nname: eta\nstage: production\n";

const RENAMED: &str = "formerly: [no-plan-b]\noptions: {floor: {default: 2, means: how many ways there are to be}}";

/// A workspace with an own lint that was called `no-plan-b`, one that is deprecated and one that was removed.
fn workspace_config(workspace: &str, waived: &str) -> Folder {
    let folder = Folder::repository();
    let renamed = lint("decided(serving.fallback)", RENAMED).replace("no second way", "no way of {floor}");
    folder.write("lints/own/no-second-way.md", &renamed);
    let deprecated = lint("decided(serving.pattern)", "status: deprecated\nreplaced_by: no-second-way");
    folder.write("lints/own/no-way-out.md", &deprecated);
    let removed = lint("decided(serving.pattern)", "status: removed\nreplaced_by: no-second-way");
    folder.write("lints/own/no-exit.md", &removed);
    let head = "mlsystem-workspace: 1\nsystems: [mlsystem.yaml]\nlints: [lints]\n";
    folder.write("mlsystem-workspace.yaml", &format!("{head}{workspace}"));
    let waivers: String = waived
        .split_whitespace()
        .map(|name| format!("  - {{check: {name}, reason: it is batch, owner: discovery-ml, until: 2027-01-31}}\n"))
        .collect();
    let waivers = if waivers.is_empty() { waivers } else { format!("waivers:\n{waivers}") };
    folder.write("mlsystem.yaml", &format!("{MANIFEST}{waivers}"));
    folder
}

fn check(folder: &Folder, arguments: &str) -> Done {
    folder.run(&format!("check --format concise --verbose {arguments}"))
}

/// How many findings of a lint there are.
fn count(done: &Done, lint: &str) -> usize {
    done.findings().iter().filter(|line| line.contains(&format!("[{lint}]"))).count()
}

#[test]
fn the_command_line_takes_former_names_and_says_so_once() {
    let folder = workspace_config("", "");
    for selected in ["no-plan-b", "no-second-way", "own/no-plan-b", "own/no-second-way"] {
        let done = check(&folder, &format!("--select {selected}"));
        assert_eq!((done.findings().len(), count(&done, "no-second-way")), (1, 1), "{selected}: {}", done.out);
        let notes = usize::from(selected.contains("plan"));
        assert_eq!(
            done.err.matches("note: `no-plan-b` is a former name: the lint is called `no-second-way` now").count(),
            notes
        );
    }
    assert_eq!(count(&check(&folder, "--select own --skip no-plan-b"), "no-second-way"), 0);
    let graver = check(&folder, "--select no-plan-b,own/no-second-way --level no-plan-b=error");
    assert!(graver.code == 1 && graver.out.contains("error[no-second-way]"), "{}", graver.out);
    assert_eq!(graver.err.matches("former name").count(), 1, "{}", graver.err);
    assert_eq!(check(&folder, "--select serving/no-fallback").code, 0);
    let strange = check(&folder, "--select data/no-fallback");
    assert!(strange.code == 2 && strange.err.contains("did you mean `no-fallback`?"), "{}", strange.err);
    let strange = check(&folder, "--select missing-peice");
    assert!(strange.err.contains("did you mean `missing-piece`?"), "{}", strange.err);

    let config = folder.run("config mlsystem.yaml --level no-plan-b=error");
    let line = config.out.lines().find(|line| line.trim_start().starts_with("no-second-way ")).unwrap();
    assert!(line.contains("error") && line.ends_with("--level"), "{line}");
    assert!(!config.out.contains("no-exit"), "a lint that was removed has no level");
}

#[test]
fn explain_and_lints_say_what_became_of_a_lint() {
    let folder = workspace_config("", "");
    let page = folder.run("explain no-plan-b --lints lints");
    assert!(page.code == 0 && page.out.starts_with("no-second-way: warning"), "{}{}", page.out, page.err);
    assert!(page.out.contains("It was called `no-plan-b` before."), "{}", page.out);
    assert!(page.err.contains("`no-plan-b` is a former name"), "{}", page.err);
    let page = folder.run("explain own/no-exit --lints lints");
    assert!(page.out.contains("It was removed and judges nothing: `no-second-way` replaces it."), "{}", page.out);
    let table = folder.run("lints --lints lints").out;
    assert!(table.contains(" (deprecated, no-second-way replaces it)\n"), "{table}");
    let json: Value = serde_json::from_str(&folder.run("lints --lints lints --format json").out).unwrap();
    let of = |name: &str| json.as_array().unwrap().iter().find(|lint| lint["name"] == name).unwrap().clone();
    assert_eq!(of("no-second-way")["formerly"], serde_json::json!(["no-plan-b"]));
    assert_eq!(
        (of("no-exit")["status"].as_str(), of("no-exit")["replaced_by"].as_str()),
        (Some("removed"), Some("no-second-way"))
    );
    assert!(of("no-fallback").get("status").is_none() && of("no-fallback").get("formerly").is_none());
}

#[test]
fn a_waiver_by_a_former_name_holds_and_is_written_anew() {
    let folder = workspace_config("", "no-plan-b no-way-out no-exit");
    let done = check(&folder, "--select own,waivers");
    assert_eq!((count(&done, "no-second-way"), count(&done, "no-way-out")), (0, 0), "{}", done.out);
    assert_eq!((count(&done, "renamed-lint"), count(&done, "deprecated-lint")), (1, 2), "{}", done.out);
    assert_eq!(count(&done, "waiver-matches-nothing"), 0, "{}", done.out);
    assert!(done.out.contains("`no-plan-b` is a former name") && done.out.contains("`no-exit` was removed"));
    assert_eq!(done.code, 0);

    let fixed = check(&folder, "--select own,waivers --fix");
    assert_eq!(count(&fixed, "renamed-lint"), 0, "{}{}", fixed.out, fixed.err);
    assert!(folder.read("mlsystem.yaml").contains("{check: no-second-way, reason: it is batch"));
    let strange = workspace_config("", "own/no-second-way").run("check --select waivers --format json").out;
    assert!(strange.contains("write `no-second-way`"), "a waiver has the name alone: {strange}");
}

/// A waiver that has expired is found by the same identity before and after it was written anew.
#[test]
fn the_identity_of_a_waiver_does_not_hang_on_the_spelling() {
    let folder = workspace_config("", "no-plan-b");
    folder.edit("mlsystem.yaml", "2027-01-31", "2026-01-31");
    let fixed = check(&folder, "--select own,waivers --fix");
    assert_eq!((count(&fixed, "waiver-expired"), count(&fixed, "renamed-lint")), (1, 0), "{}{}", fixed.out, fixed.err);
}

#[test]
fn waive_writes_the_name_of_today() {
    let folder = workspace_config("", "");
    let signed = ["--reason", "It is batch.", "--owner", "discovery-ml", "--until", "2027-01-31", "--lints", "lints"];
    let waive = |name: &str| Done::of(&folder.command("").arg("waive").arg(name).args(signed).output().unwrap());
    let removed = waive("no-exit");
    assert!(
        removed.code == 2 && removed.err.contains("`no-exit` was removed: `no-second-way` replaces it"),
        "{}",
        removed.err
    );
    let done = waive("no-plan-b");
    assert!(done.code == 0 && done.err.contains("`no-plan-b` is a former name"), "{}", done.err);
    assert!(folder.read("mlsystem.yaml").contains("check: no-second-way"));
}

#[test]
fn levels_and_options_of_the_workspace_take_former_names() {
    let folder = workspace_config(
        "levels:\n  - {select: [no-plan-b, own/no-way-out], level: error}\noptions: {no-plan-b: {floor: 5}}\n",
        "",
    );
    let done = check(&folder, "");
    assert!(done.out.contains("error[no-second-way] no way of 5"), "{}", done.out);
    assert!(done.out.contains("error[no-way-out]"), "{}", done.out);
    assert_eq!((count(&done, "renamed-lint"), count(&done, "deprecated-lint")), (2, 1), "{}", done.out);
    assert_eq!(count(&check(&folder, "--skip renamed-lint"), "renamed-lint"), 0);
    let config = folder.run("config mlsystem.yaml");
    let line = config.out.lines().find(|line| line.trim_start().starts_with("no-second-way ")).unwrap();
    assert!(line.contains("error") && line.ends_with("mlsystem-workspace.yaml:5"), "{line}");

    // The file is repaired where the folder of it is asked for, and then read again.
    assert_eq!(count(&check(&folder, "mlsystem.yaml --fix"), "renamed-lint"), 2);
    let fixed = check(&folder, "--fix");
    assert_eq!(count(&fixed, "renamed-lint"), 0, "{}{}", fixed.out, fixed.err);
    let text = folder.read("mlsystem-workspace.yaml");
    assert!(
        text.contains("select: [no-second-way, own/no-way-out]") && text.contains("{no-second-way: {floor: 5}}"),
        "{text}"
    );
    assert!(fixed.out.contains("error[no-second-way] no way of 5"), "{}", fixed.out);

    // The same lint by two names is set twice.
    let again = workspace_config(
        "levels:\n  - {select: [no-plan-b], level: error}\n  - {select: [no-second-way], level: error}\n",
        "",
    );
    assert_eq!(count(&check(&again, ""), "setting-without-effect"), 1);
    let falls = workspace_config("levels: [{select: [no-plan-b], level: advice}]\n", "");
    let done = check(&falls, "");
    assert!(done.code == 2 && done.err.contains("the level of `no-second-way` falls without a reason"), "{}", done.err);
}

#[test]
fn a_baseline_knows_a_lint_by_its_former_name() {
    let folder = workspace_config("", "");
    assert_eq!(folder.run("baseline --select own").code, 0);
    let text = folder.read("mlsystem-baseline.jsonl");
    assert!(text.contains("\"no-second-way\""), "{text}");
    folder.write("mlsystem-baseline.jsonl", &text.replace("no-second-way", "no-plan-b"));
    let done = check(&folder, "--select own,waivers --baseline mlsystem-baseline.jsonl");
    assert_eq!((done.code, done.findings().len(), count(&done, "renamed-lint")), (0, 1, 1), "{}", done.out);
    let pruned = folder.run("baseline --prune --select own,waivers");
    assert_eq!(pruned.code, 0, "{}", pruned.err);
    assert_eq!(folder.read("mlsystem-baseline.jsonl"), text);
    assert_eq!(check(&folder, "--select own,waivers --baseline mlsystem-baseline.jsonl").findings().len(), 0);
}

#[test]
fn sarif_lists_what_a_rule_was_called() {
    let folder = workspace_config("", "");
    let sarif: Value = serde_json::from_str(&folder.run("check --select own --format sarif").out).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "no-second-way").unwrap();
    assert_eq!(rule["deprecatedIds"], serde_json::json!(["no-plan-b"]));
    assert_eq!(rule["deprecatedNames"], serde_json::json!(["NoPlanB"]));
    assert!(rules.iter().filter(|rule| rule["id"] != "no-second-way").all(|rule| rule.get("deprecatedIds").is_none()));
}

#[test]
fn a_name_means_one_thing() {
    let second = |more: &str| lint("decided(serving.pattern)", more);
    for (file, text, line, words) in [
        ("own/no-plan-b.md", second(""), 1, "`no-plan-b` is a former name of `no-second-way`"),
        ("own/x.md", second("formerly: [no-plan-b]"), 5, "`no-plan-b` is a former name of `no-second-way`"),
        ("own/x.md", second("formerly: [no-fallback]"), 5, "`no-fallback` is the name of a lint"),
        ("own/x.md", second("formerly: [serving]"), 5, "`serving` is a category of lints"),
        ("own/x.md", second("formerly: [evidence]"), 5, "`evidence` is a kind of lint"),
        ("own/x.md", second("formerly: [y, y]"), 5, "`y` stands in `formerly` twice"),
        ("own/x.md", second("formerly: [own/y]"), 5, "`own/y` is no kebab-case name"),
        ("own/serving.md", second(""), 1, "`serving` is a category of lints"),
        ("own/evidence.md", second(""), 1, "`evidence` is a kind of lint"),
        ("no-fallback/x.md", second(""), 1, "the category `no-fallback` is the name of a lint"),
        ("no-plan-b/x.md", second(""), 1, "the category `no-plan-b` is a former name"),
        ("quantity/x.md", second(""), 1, "the category `quantity` is a kind of lint"),
        ("own/no-fallback.md", second(""), 1, "there is a lint `no-fallback` already"),
        ("own/no-exit.md", second("status: removed\nreplaced_by: no-falback"), 6, "no lint is called `no-falback`"),
        ("own/x.md", second("status: deprecated\nreplaced_by: x"), 6, "`x` cannot replace it"),
        ("own/x.md", second("status: deprecated\nreplaced_by: no-exit"), 6, "`no-exit` cannot replace it"),
        ("own/x.md", second("unless: [no-falback]"), 5, "no lint is called `no-falback`"),
        ("own/x.md", second("unless: [no-fallback, x]"), 5, "`x` is silent where `x` speaks"),
        ("own/x.md", second("unless: [wrong-type]"), 5, "`wrong-type` is raised while the manifest is read"),
        ("own/x.md", second("replaced_by: no-fallback"), 5, "`replaced_by` stands without `status`"),
        ("own/x.md", second("status: experimental"), 5, "experimental"),
    ] {
        let folder = workspace_config("", "");
        folder.write(&format!("lints/{file}"), &text);
        let done = check(&folder, "");
        assert_eq!(done.code, 2, "{file}: {}", done.out);
        let place = format!("lints/{file}:{line}:");
        let said = done.err.contains(words) && done.err.contains(&place);
        assert!(said, "{words} at {place}: {}", done.err);
    }
}
