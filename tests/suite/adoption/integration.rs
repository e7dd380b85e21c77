//! What continuous integration runs: the steps of the action, the script of the GitLab template, the recipe of the docs.

use std::collections::BTreeMap;
use std::process::Command;

use serde_yaml::Value;

use super::{DRAFT, Done, Folder, project};

/// The folder of the program under test, in front of the search path.
fn path() -> String {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_mlsystem"));
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", program.parent().unwrap().display())
}

/// One run of the action's steps, as GitHub runs them.
pub struct Job<'f> {
    pub folder: &'f Folder,
    pub inputs: BTreeMap<&'static str, String>,
    pub path: String,
}

/// What a job came to.
pub struct Ended {
    pub code: i32,
    pub log: String,
    pub summary: String,
    pub uploaded: Option<String>,
}

impl<'f> Job<'f> {
    pub fn new(folder: &'f Folder, inputs: &[(&'static str, &str)]) -> Self {
        let mut given = BTreeMap::from([("install", "none".to_owned())]);
        given.extend(inputs.iter().map(|(name, value)| (*name, (*value).to_owned())));
        Self { folder, inputs: given, path: path() }
    }

    pub fn run(self) -> Ended {
        let action: Value = serde_yaml::from_str(&project("action.yml")).unwrap();
        let temp = Folder::new();
        let mut ended = Ended { code: 0, log: String::new(), summary: String::new(), uploaded: None };
        let mut outputs: BTreeMap<String, String> = BTreeMap::new();
        for step in action["runs"]["steps"].as_sequence().unwrap() {
            let resolve = |text: &str| self.resolve(&action, &outputs, text);
            if step.get("uses").is_some() {
                assert_eq!(step["if"].as_str(), Some("${{ steps.check.outputs.sarif != '' }}"));
                ended.uploaded = outputs.get("sarif").map(|file| std::fs::read_to_string(file).unwrap());
                continue;
            }
            assert_eq!(step["shell"].as_str(), Some("bash"), "a composite step names its shell");
            let below = step.get("working-directory").and_then(Value::as_str).map(resolve).unwrap_or_default();
            let script = step["run"].as_str().unwrap();
            assert!(!script.contains("${{"), "what is given to the action never becomes part of a script");
            assert!(!script.contains("GITHUB_PATH"), "the search path of later steps is left alone");
            for file in ["output", "summary"] {
                temp.write(file, "");
            }
            let mut command = Command::new("bash");
            command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
            command.current_dir(self.folder.0.join(below)).env("PATH", &self.path).env("RUNNER_TEMP", &temp.0);
            command.env("GITHUB_OUTPUT", temp.0.join("output"));
            command.env("GITHUB_STEP_SUMMARY", temp.0.join("summary")).env("SOURCE_DATE_EPOCH", "1795478400");
            for (name, value) in step["env"].as_mapping().unwrap() {
                command.env(name.as_str().unwrap(), resolve(value.as_str().unwrap()));
            }
            let done = Done::of(&command.output().unwrap());
            ended.code = done.code;
            ended.log += &(done.out + &done.err);
            ended.summary += &temp.read("summary");
            outputs.extend(temp.read("output").lines().filter_map(|line| {
                let (name, value) = line.split_once('=')?;
                Some((name.to_owned(), value.to_owned()))
            }));
            if done.code != 0 {
                break;
            }
        }
        ended
    }

    /// The value of `${{ … }}`.
    fn resolve(&self, action: &Value, outputs: &BTreeMap<String, String>, text: &str) -> String {
        let Some(inner) = text.strip_prefix("${{ ").and_then(|text| text.strip_suffix(" }}")) else {
            return text.to_owned();
        };
        if let Some(name) = inner.strip_prefix("inputs.") {
            let default = action["inputs"][name]["default"].as_str().unwrap_or_else(|| panic!("no input {name}"));
            return self.inputs.get(name).cloned().unwrap_or_else(|| default.to_owned());
        }
        match inner {
            "github.action_path" => env!("CARGO_MANIFEST_DIR").to_owned(),
            _ => {
                let (step, output) = inner.strip_prefix("steps.").unwrap().split_once(".outputs.").unwrap();
                assert!(["install", "check"].contains(&step), "no step {step}");
                outputs.get(output).cloned().unwrap_or_default()
            }
        }
    }
}

fn two() -> Folder {
    let folder = Folder::repository();
    folder.write_clean("good");
    folder.write("bad/mlsystem.yaml", DRAFT);
    folder
}

#[test]
fn the_action_annotates_and_summarises() {
    let folder = two();
    let failed = Job::new(&folder, &[]).run();
    assert_eq!(failed.code, 1, "{}", failed.log);
    assert!(failed.log.contains("file=bad/mlsystem.yaml,line="), "{}", failed.log);
    assert!(failed.summary.starts_with("**mlsystem**: 2 files: "), "{}", failed.summary);
    assert!(failed.uploaded.is_none());

    let passed = Job::new(&folder, &[("paths", "good\n"), ("summary", "false")]).run();
    assert_eq!((passed.code, &*passed.summary), (0, ""), "{}", passed.log);

    let plain = Job::new(&folder, &[("paths", "bad"), ("annotate", "false")]).run();
    assert_eq!(plain.code, 1);
    assert!(!plain.log.contains("::error") && plain.log.contains("error[random-split-on-time-data]"), "{}", plain.log);
    assert!(plain.summary.contains("**mlsystem**: 1 file: "), "{}", plain.summary);
}

#[test]
fn the_action_uploads_sarif_before_it_fails() {
    let folder = two();
    let failed = Job::new(&folder, &[("sarif", "true")]).run();
    assert_eq!(failed.code, 1);
    let sarif: serde_json::Value = serde_json::from_str(&failed.uploaded.unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["runs"][0]["results"].as_array().unwrap().len() > 5);
}

#[test]
fn the_action_passes_its_inputs_on() {
    let folder = two();
    let run = |inputs: &[(&'static str, &str)]| Job::new(&folder, inputs).run();
    assert_eq!(run(&[("fail-on", "never")]).code, 0);
    assert_eq!(run(&[("working-directory", "good")]).code, 0);
    assert_eq!(run(&[("arguments", "--select\nunknown-key\n"), ("paths", "bad\ngood")]).code, 0);
    folder.run("baseline");
    assert_eq!(run(&[("baseline", "mlsystem-baseline.jsonl")]).code, 0);
    folder.commit();
    assert_eq!(run(&[("since", "HEAD")]).code, 0);
    assert_eq!(run(&[("since", "no-such")]).code, 2);
    assert_eq!(run(&[("install", "snap")]).code, 2);
    // What looks like an option among the paths is a path, and nothing that is given is run.
    assert_eq!(run(&[("paths", "--fail-on=never")]).code, 3);
    assert_eq!(run(&[("paths", "$(touch oops)")]).code, 3);
    assert!(!folder.0.join("oops").exists());

    let empty = Folder::repository();
    assert_eq!(Job::new(&empty, &[]).run().code, 4);
    assert_eq!(Job::new(&empty, &[("allow-empty", "true"), ("sarif", "true")]).run().code, 0);
}

/// A Python that installs nothing, and writes down what was to be installed.
const PYTHON: &str = "#!/bin/sh
case $2 in
  venv) mkdir -p $3/bin && cp $0 $3/bin/python && ln -s $PROGRAM_UNDER_TEST $3/bin/mlsystem ;;
  pip) for last do :; done; echo asked for $last ;;
esac
";

#[test]
fn the_action_installs_its_own_version() {
    let folder = two();
    folder.write("tools/python3", &PYTHON.replace("$PROGRAM_UNDER_TEST", env!("CARGO_BIN_EXE_mlsystem")));
    let tool = folder.0.join("tools/python3");
    std::fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let run = |inputs: &[(&'static str, &str)]| {
        let mut job = Job::new(&folder, inputs);
        let path = std::env::var("PATH").unwrap_or_default();
        job.path = format!("{}:{path}", tool.parent().unwrap().display());
        let ended = job.run();
        assert_eq!(ended.code, 0, "{}", ended.log);
        ended.log
    };
    let own = run(&[("install", "wheel"), ("paths", "good")]);
    assert!(own.contains(concat!("asked for mlsystem==", env!("CARGO_PKG_VERSION"), "\n")), "{own}");
    let given = run(&[("install", "wheel"), ("package", "mlsystem==9.9.9"), ("paths", "good")]);
    assert!(given.contains("asked for mlsystem==9.9.9\n"), "{given}");
}

/// A tag can be moved, so that every action is named by its commit, with the version beside it for people.
#[test]
fn every_action_is_pinned() {
    let pinned = regex::Regex::new(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.github/workflows")).unwrap();
    let workflows = folder.map(|file| format!(".github/workflows/{}", file.unwrap().file_name().to_str().unwrap()));
    let files: Vec<String> = workflows.chain(["action.yml".to_owned()]).collect();
    assert!(files.len() >= 5, "{files:?}");
    let mut seen = 0;
    for file in files {
        for line in project(&file).lines() {
            let Some((_, action)) = line.split_once("uses: ") else { continue };
            let own = action.starts_with("./");
            assert!(own || pinned.is_match(action), "{file}: {action}");
            seen += usize::from(!own);
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn the_script_of_the_gitlab_template() {
    let text = project("templates/mlsystem.yml");
    let (spec, job) = text.split_once("\n---\n").unwrap();
    let spec: Value = serde_yaml::from_str(spec).unwrap();
    let job: Value = serde_yaml::from_str(job).unwrap();
    let job = &job["mlsystem"];
    for input in ["stage", "image", "package", "arguments"] {
        assert!(text.contains(&format!("$[[ inputs.{input} ]]")) && spec["spec"]["inputs"].get(input).is_some());
    }
    let folder = two();
    for (arguments, code) in [("", 1), ("--skip evidence good", 0), ("--fail-on never bad", 0)] {
        for line in job["script"].as_sequence().unwrap() {
            let mut command = Command::new("sh");
            command.args(["-c", line.as_str().unwrap()]).current_dir(&folder.0).env("PATH", path());
            command.env("MLSYSTEM_ARGUMENTS", arguments).env("SOURCE_DATE_EPOCH", "1795478400");
            let done = Done::of(&command.output().unwrap());
            assert_eq!(done.code, code, "{}", done.err);
        }
        let reports = &job["artifacts"]["reports"];
        let quality = folder.read(reports["codequality"].as_str().unwrap());
        let issues: Vec<serde_json::Value> = serde_json::from_str(&quality).unwrap();
        assert_eq!(issues.is_empty(), arguments.ends_with("good"));
        assert!(folder.read(reports["junit"].as_str().unwrap()).contains("<testsuites"));
    }
}

#[test]
fn the_recipe_of_the_docs() {
    let page = project("docs/integration.md");
    let recipe = page.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a recipe");
    let folder = two();
    folder.commit();
    let run = |arguments: &[&str]| {
        let mut command = Command::new("sh");
        command.args(["-c", recipe, "recipe"]).args(arguments).current_dir(&folder.0).env("PATH", path());
        Done::of(&command.env("SOURCE_DATE_EPOCH", "1795478400").output().unwrap())
    };
    let failed = run(&[]);
    assert_eq!(failed.code, 1, "{}", failed.err);
    assert!(folder.read("mlsystem.sarif").contains("\"2.1.0\""));
    assert!(failed.out.contains("error[random-split-on-time-data]"));
    assert_eq!(run(&["good"]).code, 0);
    assert_eq!(run(&["--since", "HEAD"]).code, 0);
}

/// The hooks start programs that exist with arguments that they take, for the names that a search takes.
#[test]
fn the_hooks_fit_the_program() {
    let hooks: Vec<Value> = serde_yaml::from_str(&project(".pre-commit-hooks.yaml")).unwrap();
    let folder = two();
    for hook in &hooks {
        let mut entry = hook["entry"].as_str().unwrap().split(' ');
        assert_eq!(entry.next(), Some("mlsystem"));
        let mut arguments: Vec<&str> = entry.collect();
        let whole = hook.get("pass_filenames").is_some();
        assert_eq!(whole, hook.get("always_run").is_some());
        if !whole {
            let files = regex::Regex::new(hook["files"].as_str().unwrap()).unwrap();
            let taken = [
                "mlsystem.yaml",
                "a/mlsystem.yml",
                "b/eta.mlsystem.yaml",
                "eta.mlsystem.yml",
                // The file that says what holds for all, and names that are told rather than passed over.
                "mlsystem-workspace.yaml",
                "mlsystem-workspace.yml",
                "MLSystem.yaml",
            ];
            let left = ["xmlsystem.yaml", "mlsystem.yaml.bak", "a/mlsystem.yaml/b", "mlsystem.toml"];
            assert!(taken.iter().all(|name| files.is_match(name)) && !left.iter().any(|name| files.is_match(name)));
            arguments.push("good/mlsystem.yaml");
        }
        let done = folder.run(&arguments.join(" "));
        assert_eq!(done.code, i32::from(whole), "{}", done.err);
        // Where there is nothing to do, nothing is said.
        let empty = Folder::new().run("check --allow-empty");
        assert_eq!((empty.code, &*empty.out, &*empty.err), (0, "", ""));
    }
    assert_eq!(hooks.len(), 4);
}
