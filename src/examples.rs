//! Runs the examples of a lint's page against that lint alone.

use std::sync::Arc;

use crate::check::{Levels, Options, Paths, Reading, Selection, WorkspaceConfig, facts_of, judge, read};
use crate::evidence;
use crate::expression::Table;
use crate::facts::{Repository, presence_among};
use crate::finding::Finding;
use crate::lint::{Document, Example, Lint, SetOptions};
use crate::schema::{FieldPath, Schema, field_path};
use crate::source::Source;
use crate::tree::Limits;
use crate::units::{self, Date};

/// The formats that examples are written in.
#[derive(Debug, Clone, Copy)]
pub struct Formats {
    /// That of manifests.
    pub manifest: &'static Schema,
    /// That of workspace files.
    pub workspace: &'static Schema,
    /// That of what the files of a repository say.
    pub evidence: &'static Schema,
}

/// The files of an example.
#[derive(Debug)]
pub struct Parts {
    /// The manifests, with a header where they had none.
    pub files: Vec<Arc<Source>>,
    /// The workspace file, where there is one.
    pub workspace_config: Option<Arc<Source>>,
    /// Other files of the repository.
    pub beside: Vec<Arc<Source>>,
}

/// What an example came to.
#[derive(Debug)]
pub struct Tried {
    /// The files of the example as they were read.
    pub parts: Parts,
    /// Whether it stands under `## Good`.
    pub good: bool,
    /// What the lint found in it.
    pub findings: Vec<Finding>,
    /// Why the example does not show what it is to show, if it does not.
    pub fault: Option<Fault>,
}

/// The ways in which an example fails.
#[derive(Debug)]
pub enum Fault {
    /// The lint is silent on its bad example.
    Missing,
    /// The lint speaks on its good example.
    Noisy,
    /// The example is no right manifest: this was found besides.
    Unfit(Vec<Finding>),
}

/// A comment line of an example that begins another file of one workspace or repository.
const FILE: &str = "# file: ";

/// How the file of an example is called that says what belongs together.
const WORKSPACE: &str = "mlsystem-workspace.yaml";

const VERSION: FieldPath = field_path!(manifest: "mlsystem");
const NAME: FieldPath = field_path!(manifest: "name");
const STAGE: FieldPath = field_path!(manifest: "stage");
const WORKSPACE_VERSION: FieldPath = field_path!(workspace: "mlsystem-workspace");
const SYSTEMS: FieldPath = field_path!(workspace: "systems");

/// Tries every example of the lint file `file`, from which `lint` was compiled.
pub fn try_examples(
    lint: &Lint,
    file: &Arc<Source>,
    formats: Formats,
    lints: &[Lint],
    tables: &[Table],
    today: Date,
) -> Vec<Tried> {
    let Ok(document) = Document::read(file) else { return Vec::new() };
    if lint.untestable.is_some() || lint.is_removed() {
        return Vec::new();
    }
    let options = Options {
        schema: formats.manifest,
        lints: if lint.cases.is_empty() { lints } else { std::slice::from_ref(lint) },
        tables,
        today,
        set: &SetOptions::default(),
        levels: &Levels::default(),
        selection: &Selection::default(),
        limits: Limits::default(),
        view: None,
    };
    let tried = |good, text| try_one(lint, text, good, formats, lints, &options);
    let text = |example: &Example| file.original().get(example.span.range()).unwrap_or_default();
    document.examples.iter().map(|example| tried(example.good, text(example))).collect()
}

fn try_one(lint: &Lint, text: &str, good: bool, formats: Formats, lints: &[Lint], options: &Options<'_>) -> Tried {
    let parts = parts(text);
    let mut found = Vec::new();
    let read = parts.workspace_config.as_ref().map(|workspace_config| {
        WorkspaceConfig::read(workspace_config, formats.workspace)
            .and_then(|workspace_config| workspace_config.settle(lints))
    });
    let read = match read {
        Some(Ok(workspace_config)) => {
            found.extend(workspace_config.findings.iter().cloned());
            let members: Vec<String> = parts.files.iter().map(|file| file.name().to_owned()).collect();
            found.extend(workspace_config.idle(&Paths { members: &members, others: &Vec::new, is_folder: &|_| false }));
            Some(workspace_config)
        }
        Some(Err(findings)) => {
            found.extend(findings);
            None
        }
        None => None,
    };
    found.extend(check_parts(&parts, read.as_ref(), formats.evidence, options));
    let raised = lint.cases.is_empty();
    let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| *finding.name == *lint.name);
    // Where the reader itself raises the finding, a bad example may well be bad in other ways, and other lints may speak.
    let unfit = !raised && !others.is_empty();
    let fault = match (unfit, good, own.is_empty()) {
        (true, ..) => Some(Fault::Unfit(others)),
        (_, false, true) => Some(Fault::Missing),
        (_, true, false) => Some(Fault::Noisy),
        _ => None,
    };
    Tried { parts, good, findings: own, fault }
}

/// Checks the manifests of an example, one alone or those of a workspace, beside the other files of their repository.
pub fn check_parts(
    parts: &Parts,
    workspace_config: Option<&WorkspaceConfig>,
    evidence: &'static Schema,
    options: &Options<'_>,
) -> Vec<Finding> {
    let Parts { files, beside, .. } = parts;
    let manifests: Vec<String> = files.iter().map(|file| file.name().to_owned()).collect();
    let shown = beside.iter().filter_map(|file| evidence::read(file, file.name(), evidence)).collect();
    let repository = Repository::new(evidence, shown, &manifests, true);
    let readings: Vec<Reading> = files.iter().map(|file| read(file, options)).collect();
    let together = workspace_config.is_some() || files.len() > 1;
    let facts = together.then(|| facts_of(&readings, workspace_config, options.schema, true));
    let mut found = Vec::new();
    for (file, reading) in files.iter().zip(&readings) {
        let view = reading.manifest.as_ref().map(|manifest| {
            let all = || files.iter().chain(beside);
            let presence =
                |pattern: &_| presence_among(all().map(|file| (file.name(), file.text().trim().is_empty())), pattern);
            let nearest = |path: &str| units::nearest(path, all().map(|file| file.name())).map(str::to_owned);
            repository.view(manifest, file.name(), &presence, &nearest)
        });
        let options = Options { view: view.as_ref(), ..options.clone() };
        found.extend(judge(reading, facts.as_ref(), &options).findings);
    }
    found
}

/// The files of an example. A line `# file: eta.yaml` begins another manifest, whose system is called `eta` unless it says
/// otherwise; a name in a folder, or one by which a reader knows its files, as in `# file: dvc.lock`, begins another file
/// of the repository.
fn parts(text: &str) -> Parts {
    let mut parts: Vec<(&str, String)> = vec![("example.yaml", String::new())];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(FILE) {
            Some(name) => parts.push((name.trim(), String::new())),
            None => parts.last_mut().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    if parts.len() > 1 && parts[0].1.trim().is_empty() {
        parts.remove(0);
    }
    let mut workspace_config = None;
    let (mut files, mut beside) = (Vec::new(), Vec::new());
    for (name, text) in parts {
        if name.contains('/') || evidence::is_known_by_name(name) || !name.ends_with(".yaml") {
            beside.push(Source::new(name, text));
            continue;
        }
        if name == WORKSPACE {
            workspace_config =
                Some(Source::new(name, with_keys(&text, &[(WORKSPACE_VERSION, "1"), (SYSTEMS, "\"*.yaml\"")])));
            continue;
        }
        let system = name.trim_end_matches(".yaml").trim_end_matches(".mlsystem");
        files.push(Source::new(name, with_header(&text, system)));
    }
    Parts { files, workspace_config, beside }
}

/// A manifest below the keys that every one has, where it does not begin with them itself.
fn with_header(text: &str, system: &str) -> String {
    if text.trim_start().starts_with(['{', '[', '-', '"']) || says(text, VERSION) {
        return text.to_owned();
    }
    with_keys(text, &[(VERSION, "1"), (NAME, system), (STAGE, "production")])
}

/// A text below those of the keys that it does not have.
fn with_keys(text: &str, keys: &[(FieldPath, &str)]) -> String {
    let missing = keys.iter().filter(|(key, _)| !says(text, *key));
    let header: String = missing.map(|(key, value)| format!("{}: {value}\n", key.text())).collect();
    header + text
}

fn says(text: &str, key: FieldPath) -> bool {
    text.lines().any(|line| line.strip_prefix(key.text()).is_some_and(|rest| rest.starts_with(':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_get_the_keys_they_lack() {
        assert_eq!(with_header("a: 1\n", "example"), "mlsystem: 1\nname: example\nstage: production\na: 1\n");
        assert_eq!(
            with_header("stage: research\na: 1\n", "example"),
            "mlsystem: 1\nname: example\nstage: research\na: 1\n"
        );
        assert_eq!(with_header("mlsystem: 2\n", "example"), "mlsystem: 2\n");
    }

    #[test]
    fn a_comment_begins_another_file() {
        let one = parts("a: 1\n");
        assert_eq!((one.files.len(), one.files[0].name(), one.workspace_config.is_none()), (1, "example.yaml", true));
        let two = parts("# file: eta.yaml\na: 1\n# file: mlsystem-workspace.yaml\nfail_on: never\n");
        assert_eq!(two.files[0].text(), "mlsystem: 1\nname: eta\nstage: production\na: 1\n");
        assert_eq!(
            two.workspace_config.unwrap().text(),
            "mlsystem-workspace: 1\nsystems: \"*.yaml\"\nfail_on: never\n"
        );
    }

    #[test]
    fn files_beside_the_manifest_are_no_manifests() {
        let parts = parts("a: 1\n# file: dvc.yaml\nstages: {}\n# file: ops/a.yaml\nb: 1\n# file: Dockerfile\nFROM x\n");
        let names: Vec<&str> = parts.beside.iter().map(|file| file.name()).collect();
        assert_eq!((parts.files.len(), names), (1, vec!["dvc.yaml", "ops/a.yaml", "Dockerfile"]));
        assert_eq!(parts.beside[1].text(), "b: 1\n");
    }
}
