//! Several files: what one says of another, what lies on the disk, and what a house says in its own files.

use serde_json::{Value, json};

use crate::lsp::client::{Client, ordinary, uri};
use crate::lsp::folder::Folder;

const HOUSE: &str = "mlsystem-workspace: 1\nsystems: [\"*.mlsystem.yaml\"]\n";
const ETA: &str =
    "mlsystem: 1\nname: eta\nstage: production\nmodels: {eta: {family: tree}}\nconsumers: [{ref: system:ranker}]\n";
const RANKER: &str = "mlsystem: 1\nname: ranker\nstage: production\ndepends_on: [{ref: model:eta/eta}]\n";

fn workspace() -> Folder {
    let folder = Folder::new();
    folder.write("mlsystem-workspace.yaml", HOUSE);
    folder.write("eta.mlsystem.yaml", ETA);
    folder.write("ranker.mlsystem.yaml", RANKER);
    folder
}

fn says(found: &[Value], code: &str) -> bool {
    found.iter().any(|one| one["code"] == code)
}

/// A client that tells of changes on the disk.
fn watching() -> Value {
    let mut capabilities = ordinary("utf-16");
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    capabilities
}

fn tell_of(client: &mut Client, folder: &Folder, name: &str, kind: u8) {
    let change = json!({ "uri": uri(&folder.path(name)), "type": kind });
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
}

#[test]
fn an_edit_here_changes_what_is_found_there() {
    let folder = workspace();
    let (eta, ranker) = (uri(&folder.path("eta.mlsystem.yaml")), uri(&folder.path("ranker.mlsystem.yaml")));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&eta, "yaml", ETA);
    client.open(&ranker, "yaml", RANKER);
    assert!(!says(&client.diagnostics(&ranker, 1), "undefined-reference"));
    // The model that the other reads is called differently, in the editor alone.
    client.change(&eta, 2, json!([{ "text": ETA.replace("{eta:", "{arrival:") }]));
    client.diagnostics_when(&ranker, |found| says(found, "undefined-reference"));
    client.close(&eta);
    let found = client.diagnostics_when(&ranker, |found| !says(found, "undefined-reference"));
    assert!(!found.is_empty(), "what is on the disk counts again");
}

#[test]
fn a_label_may_lie_in_another_file() {
    let folder = workspace();
    folder.write("eta.mlsystem.yaml", &ETA.replace("name: eta", "name: ranker"));
    let ranker = uri(&folder.path("ranker.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&ranker, "yaml", RANKER);
    let found = client.diagnostics(&ranker, 1);
    let elsewhere = uri(&folder.path("eta.mlsystem.yaml"));
    let points = |one: &Value| {
        let related = one["relatedInformation"].as_array();
        related.is_some_and(|all| all.iter().any(|one| one["location"]["uri"] == elsewhere.as_str()))
    };
    assert!(found.iter().any(points), "{found:#?}");
}

#[test]
fn files_that_come_and_go_are_noticed() {
    let folder = workspace();
    let ranker = uri(&folder.path("ranker.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), watching());
    client.wait(|message| message["method"] == "client/registerCapability");
    client.open(&ranker, "yaml", RANKER);
    assert!(!says(&client.diagnostics(&ranker, 1), "undefined-reference"));
    std::fs::remove_file(folder.path("eta.mlsystem.yaml")).unwrap();
    tell_of(&mut client, &folder, "eta.mlsystem.yaml", 3);
    client.diagnostics_when(&ranker, |found| says(found, "undefined-reference"));
    folder.write("eta.mlsystem.yaml", ETA);
    tell_of(&mut client, &folder, "eta.mlsystem.yaml", 1);
    client.diagnostics_when(&ranker, |found| !says(found, "undefined-reference"));
    // The open file itself vanishes: its text in the editor stays.
    std::fs::remove_file(folder.path("ranker.mlsystem.yaml")).unwrap();
    tell_of(&mut client, &folder, "ranker.mlsystem.yaml", 3);
    client.change(&ranker, 2, json!([{ "text": RANKER.replace("eta/eta", "eta/eat") }]));
    assert!(says(&client.diagnostics(&ranker, 2), "undefined-reference"));
    std::fs::remove_dir_all(&folder.0).unwrap();
    client.change(&ranker, 3, json!([{ "text": RANKER }]));
    client.diagnostics(&ranker, 3);
    assert_eq!(client.goodbye(), Some(0));
}

#[test]
fn a_client_that_watches_nothing_is_served_when_it_saves() {
    let folder = workspace();
    let ranker = uri(&folder.path("ranker.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&ranker, "yaml", RANKER);
    assert!(!says(&client.diagnostics(&ranker, 1), "undefined-reference"));
    folder.write("eta.mlsystem.yaml", &ETA.replace("{eta:", "{arrival:"));
    client.tell("textDocument/didSave", json!({ "textDocument": { "uri": ranker } }));
    client.diagnostics_when(&ranker, |found| says(found, "undefined-reference"));
}

#[test]
fn a_setting_that_names_nothing_is_told() {
    let folder = workspace();
    let eta = uri(&folder.path("eta.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&eta, "yaml", ETA);
    client.diagnostics(&eta, 1);
    let mut set = |level: &str| {
        client.tell(
            "workspace/didChangeConfiguration",
            json!({ "settings": { "mlsystem": { "level": { level: "off" } } } }),
        );
    };
    set("no-fallback");
    set("serving");
    set("no-falback");
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert_eq!(
        said["params"]["message"],
        "the settings of mlsystem name `no-falback`, which is not a lint, category or kind; did you mean `no-fallback`?"
    );
}

/// An own lint that was called `no-plan-b`, and one that is deprecated.
fn renamed() -> Folder {
    let folder = workspace();
    let lint = |more: &str| {
        format!(
            "---\nseverity: warning\nkind: missing-piece\nsince: 0.1.0\n{more}\nrequire: decided(serving.fallback)\n\
             message: no second way\nlabels: [{{at: serving.fallback, text: x}}]\nsources: [own]\n---\n\n# No way\n\n\
             ## Bad\n\n```yaml\nserving: {{}}\n```\n\n## Good\n\n```yaml\nserving: {{fallback: {{to: x}}}}\n```\n"
        )
    };
    folder.write("lints/own/no-second-way.md", &lint("formerly: [no-plan-b]"));
    folder.write("lints/own/no-way-out.md", &lint("status: deprecated\nreplaced_by: no-second-way"));
    folder.write(
        "mlsystem-workspace.yaml",
        &format!("{HOUSE}lints: [lints]\nlevels: [{{select: [no-plan-b], level: error}}]\n"),
    );
    folder
}

#[test]
fn a_former_name_of_a_lint_is_known_and_marked() {
    let folder = renamed();
    let eta = uri(&folder.path("eta.mlsystem.yaml"));
    let waiver = "waivers:\n- {check: no-plan-b, reason: it is batch, owner: discovery-ml, until: 2027-01-31}\n";
    let text = format!("{ETA}{waiver}");
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&eta, "yaml", &text);
    let found = client.diagnostics(&eta, 1);
    assert!(!says(&found, "no-second-way"), "the waiver holds");
    let marked = found.iter().find(|one| one["code"] == "renamed-lint").unwrap();
    assert_eq!(marked["tags"], json!([2]));
    let line = text.lines().count() - 1;
    let position = json!({ "line": line, "character": 12 });
    let place = json!({ "textDocument": { "uri": eta }, "position": position });
    let page = client.ask("textDocument/hover", place.clone())["contents"]["value"].as_str().unwrap().to_owned();
    assert!(page.contains("no-second-way"), "{page}");
    let list = client.ask("textDocument/completion", place);
    let items = list["items"].as_array().or(list.as_array()).unwrap();
    let offered = |name: &str| items.iter().any(|item| item["label"] == name);
    assert!(offered("no-second-way") && !offered("no-plan-b") && !offered("no-way-out"));
    let range = json!({ "start": position, "end": position });
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": eta }, "range": range, "context": { "diagnostics": [] } }),
    );
    let written = actions.as_array().unwrap().iter().find(|action| action["title"] == "write `no-second-way`").unwrap();
    assert_eq!(written["isPreferred"], true);

    // The level of the workspace file has its mark too.
    let workspace = uri(&folder.path("mlsystem-workspace.yaml"));
    client.open(&workspace, "yaml", &folder.text("mlsystem-workspace.yaml"));
    client.diagnostics_when(&workspace, |found| says(found, "renamed-lint"));
}

#[test]
fn a_former_name_in_the_settings_is_told() {
    let folder = renamed();
    let eta = uri(&folder.path("eta.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&eta, "yaml", ETA);
    assert!(says(&client.diagnostics(&eta, 1), "no-second-way"));
    client.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "mlsystem": { "level": { "no-plan-b": "off" } } } }),
    );
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert_eq!(
        said["params"]["message"],
        "the settings of mlsystem: `no-plan-b` is a former name: the lint is called `no-second-way` now"
    );
    client.diagnostics_when(&eta, |found| !says(found, "no-second-way"));
}

#[test]
fn a_workspace_file_of_nearly_the_right_name_is_told() {
    let folder = workspace();
    let near = uri(&folder.path("mlsystem-workspace.yml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&near, "yaml", HOUSE);
    let said = client.wait(|message| message["method"] == "window/showMessage");
    let words = "`mlsystem-workspace.yml` is not read: call it `mlsystem-workspace.yaml`";
    assert_eq!(said["params"]["message"], words);
}

#[test]
fn a_wrong_workspace_file_is_told_of_in_its_place() {
    let folder = workspace();
    let (workspace_config, eta) =
        (uri(&folder.path("mlsystem-workspace.yaml")), uri(&folder.path("eta.mlsystem.yaml")));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&eta, "yaml", ETA);
    let before = client.diagnostics(&eta, 1);
    client.open(&workspace_config, "yaml", HOUSE);
    client.change(
        &workspace_config,
        2,
        json!([{ "text": format!("{HOUSE}levels: [{{select: nobody, level: error}}]\n") }]),
    );
    let found = client.diagnostics(&workspace_config, 2);
    assert!(says(&found, "undefined-reference"), "{found:#?}");
    let said = client.wait(|message| message["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("mlsystem-workspace.yaml cannot be used"), "{said}");
    // While it is wrong, what held before holds on.
    client.change(&eta, 2, json!([{ "text": format!("{ETA}\n") }]));
    assert_eq!(client.diagnostics(&eta, 2).len(), before.len());
    client.change(
        &workspace_config,
        3,
        json!([{ "text": format!("{HOUSE}levels: [{{select: missing-piece, level: \"off\", reason: sketches}}]\n") }]),
    );
    assert!(client.diagnostics(&workspace_config, 3).is_empty());
    client.diagnostics_when(&eta, |found| found.len() < before.len());
}

#[test]
fn own_lints_run_and_their_errors_stand_in_them() {
    let folder = workspace();
    folder.write("mlsystem-workspace.yaml", &format!("{HOUSE}lints: [lints]\n"));
    let lint = "\
---
severity: warning
kind: missing-piece
since: 0.1.0
when: stage == \"production\"
require: has(summary)
message: the house wants a summary
labels: [{at: summary, text: not written}]
help: add `summary`
sources: [the house]
---

# No summary

The house wants one.

## Bad

```yaml
task: {type: regression}
```

## Good

```yaml
summary: orders things
```
";
    let path = folder.write("lints/house/no-summary.md", lint);
    let eta = uri(&folder.path("eta.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), watching());
    client.open(&eta, "yaml", ETA);
    assert!(says(&client.diagnostics(&eta, 1), "no-summary"));
    folder.write("lints/house/no-summary.md", &lint.replace("has(summary)", "has(sumary)"));
    tell_of(&mut client, &folder, "lints/house/no-summary.md", 2);
    let found = client.diagnostics_when(&uri(&path), |found| !found.is_empty());
    assert_eq!(found[0]["severity"], 1, "{found:#?}");
    folder.write("lints/house/no-summary.md", lint);
    tell_of(&mut client, &folder, "lints/house/no-summary.md", 2);
    assert!(client.diagnostics_when(&uri(&path), |found| found.is_empty()).is_empty());
}

#[test]
fn what_is_no_manifest_is_left_alone() {
    let folder = workspace();
    let other = uri(&folder.write("sub/other.yaml", "on: push\njobs: {}\n"));
    let eta = uri(&folder.path("eta.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&other, "yaml", "on: push\njobs: {}\n");
    client.open(&eta, "yaml", ETA);
    client.diagnostics(&eta, 1);
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": other }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } }, "context": { "diagnostics": [] } }),
    );
    assert_eq!(actions, json!([]));
    // Once it says that it is one, it is one.
    client.change(&other, 2, json!([{ "text": "mlsystem: 1\nname: other\n" }]));
    assert!(!client.diagnostics(&other, 2).is_empty());
}

#[test]
fn nothing_is_written() {
    let folder = workspace();
    let eta = uri(&folder.path("eta.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&eta, "yaml", &ETA.replace("models:", "modles:"));
    client.diagnostics(&eta, 1);
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let asked = json!({ "textDocument": { "uri": eta }, "range": whole, "context": { "diagnostics": [] } });
    assert!(!client.ask("textDocument/codeAction", asked).as_array().unwrap().is_empty());
    // Killed in the middle of whatever it does, it leaves everything as it was.
    drop(client);
    assert_eq!(folder.text("eta.mlsystem.yaml"), ETA);
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 3);
}

/// What a file beside the manifest shows changes with the file.
#[test]
fn evidence_is_watched() {
    const TEXT: &str = "mlsystem: 1\nname: eta\nstage: production\ndata:\n  datasets:\n    clicks: {roles: train, version: {tool: dvc, path: data/clicks.parquet}}\n";
    const REMOTE: &str = "[core]\n    remote = store\n['remote \"store\"']\n    url = s3://example-bucket/dvc\n";
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path(".git")).unwrap();
    folder.write(
        "data/clicks.parquet.dvc",
        "outs:\n- md5: 3863d0e317dee0a55c4e59d2ec0eef33\n  size: 1\n  hash: md5\n  path: clicks.parquet\n",
    );
    folder.write(".dvc/config", REMOTE);
    let manifest = uri(&folder.write("mlsystem.yaml", TEXT));
    let mut client = Client::start(Some(&folder.0), watching());
    client.open(&manifest, "yaml", TEXT);
    assert!(!says(&client.diagnostics(&manifest, 1), "versioning-claim-unproven"));
    std::fs::remove_file(folder.path(".dvc/config")).unwrap();
    tell_of(&mut client, &folder, ".dvc/config", 3);
    client.diagnostics_when(&manifest, |found| says(found, "versioning-claim-unproven"));
    folder.write(".dvc/config", REMOTE);
    tell_of(&mut client, &folder, ".dvc/config", 1);
    client.diagnostics_when(&manifest, |found| !says(found, "versioning-claim-unproven"));
}

/// What a path leads to is looked up once, and again when it may have changed: also where it is hidden or ignored.
#[test]
fn what_paths_lead_to_is_watched() {
    const TEXT: &str = "mlsystem: 1\nname: eta\nstage: production\nmodels:\n  m: {family: tree, code: [CODE]}\n";
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path(".git")).unwrap();
    folder.write(".gitignore", "/data/\n");
    let manifest = uri(&folder.path("mlsystem.yaml"));
    for (number, (code, file)) in [
        ("src/*.py", "src/train.py"),
        ("src/other.py", "src/other.py"),
        (".tools/train.sh", ".tools/train.sh"),
        ("\".tools/**/*.py\"", ".tools/a/b.py"),
        ("data/run.py", "data/run.py"),
        ("data/*.sh", "data/run.sh"),
    ]
    .into_iter()
    .enumerate()
    {
        let text = TEXT.replace("CODE", code);
        folder.write("mlsystem.yaml", &text);
        let mut client = Client::start(Some(&folder.0), watching());
        client.wait(|message| message["method"] == "client/registerCapability");
        client.open(&manifest, "yaml", &text);
        assert!(says(&client.diagnostics(&manifest, 1), "path-leads-nowhere"), "{code}");
        // A check that was due anyway may see a change before it is told of, and the same is not sent twice: what is sent
        // counts from before the change.
        client.forget_diagnostics();
        folder.write(file, "run");
        tell_of(&mut client, &folder, file, 1);
        client.diagnostics_when(&manifest, |found| !says(found, "path-leads-nowhere"));
        client.forget_diagnostics();
        std::fs::write(folder.path(file), "").unwrap();
        tell_of(&mut client, &folder, file, 2);
        client.diagnostics_when(&manifest, |found| says(found, "path-leads-nowhere"));
        client.forget_diagnostics();
        folder.write(file, "run");
        tell_of(&mut client, &folder, file, 2);
        client.diagnostics_when(&manifest, |found| !says(found, "path-leads-nowhere"));
        // What a pattern names may come to be ignored.
        if number == 0 {
            client.forget_diagnostics();
            folder.write(".gitignore", "/data/\n/*/\n");
            folder.write("mlsystem.yaml", &TEXT.replace("CODE", "\"**/*.py\""));
            client.change(&manifest, 2, json!([{ "text": TEXT.replace("CODE", "\"**/*.py\"") }]));
            tell_of(&mut client, &folder, ".gitignore", 2);
            client.diagnostics_when(&manifest, |found| says(found, "path-leads-nowhere"));
            client.forget_diagnostics();
            folder.write(".gitignore", "/data/\n");
            tell_of(&mut client, &folder, ".gitignore", 2);
            client.diagnostics_when(&manifest, |found| !says(found, "path-leads-nowhere"));
        }
        client.forget_diagnostics();
        std::fs::remove_file(folder.path(file)).unwrap();
        tell_of(&mut client, &folder, file, 3);
        client.diagnostics_when(&manifest, |found| says(found, "path-leads-nowhere"));
    }
}

/// Opening the repository of a stranger is safe: an ignore file that is a link to a device is not read.
#[cfg(unix)]
#[test]
fn a_strangers_repository_is_opened() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path(".git")).unwrap();
    folder.write("sub/mlsystem-workspace.yaml", HOUSE);
    std::os::unix::fs::symlink("/dev/zero", folder.path(".gitignore")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path("sub/.ignore")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path("mlsystem-workspace.yaml")).unwrap();
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    let inner = uri(&folder.write("sub/ranker.mlsystem.yaml", RANKER));
    client.open(&inner, "yaml", RANKER);
    assert!(says(&client.diagnostics(&inner, 1), "undefined-reference"));
    let outer = uri(&folder.write("ranker.mlsystem.yaml", RANKER));
    client.open(&outer, "yaml", RANKER);
    let workspace_config = uri(&folder.path("mlsystem-workspace.yaml"));
    let found = client.diagnostics_when(&workspace_config, |found| !found.is_empty());
    assert_eq!(
        found[0]["message"].as_str().unwrap().lines().next(),
        Some("the file cannot be read: it is a link out of the workspace")
    );
}

/// A file is itself under every name: a link to a manifest is that manifest, as on the command line.
#[cfg(unix)]
#[test]
fn a_manifest_that_is_open_under_the_name_of_a_link_is_that_manifest() {
    let folder = workspace();
    std::os::unix::fs::symlink(folder.path("eta.mlsystem.yaml"), folder.path("link.mlsystem.yaml")).unwrap();
    let (eta, link) = (uri(&folder.path("eta.mlsystem.yaml")), uri(&folder.path("link.mlsystem.yaml")));
    let ranker = uri(&folder.path("ranker.mlsystem.yaml"));
    let mut client = Client::start(Some(&folder.0), ordinary("utf-16"));
    client.open(&ranker, "yaml", RANKER);
    client.diagnostics(&ranker, 1);
    client.open(&link, "yaml", ETA);
    let found = client.diagnostics(&link, 1);
    assert!(!found.is_empty() && !says(&found, "system-name-taken"), "{found:#?}");
    client.change(&link, 2, json!([{ "text": ETA.replace("{eta:", "{arrival:") }]));
    client.diagnostics_when(&ranker, |found| says(found, "undefined-reference"));
    // Under both names it is judged under its own.
    client.open(&eta, "yaml", ETA);
    assert!(!says(&client.diagnostics(&eta, 1), "system-name-taken"));
    client.diagnostics_when(&link, |found| found.is_empty());
    client.diagnostics_when(&ranker, |found| !says(found, "undefined-reference"));
    assert_eq!(client.goodbye(), Some(0));
}
