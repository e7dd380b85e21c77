//! `mlsystem init`: writes a first manifest from what lies in a repository.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::prompter::{self, Prompter};
use super::stderr::Stream;
use super::{Exit, Failure, print};
use crate::built_in;
use crate::draft::{self, Answers, Draft, Inputs, Prose, Said, Text};
use crate::evidence;
use crate::facts::File;
use crate::schema::{FieldPath, Type, field_path};
use crate::source::Source;
use crate::units::{self, ScalarType};
use crate::workspace::{self, Input};

/// The name of a manifest.
const MANIFEST: &str = "mlsystem.yaml";

/// Where a name comes from that nobody gave.
const FOLDER_NAME: &str = "the name of the folder";

/// The most folders that are listed.
const MAX_LISTED: usize = 8;

const STAGE: FieldPath = field_path!(manifest: "stage");
const RISK: FieldPath = field_path!(manifest: "risk");

/// The arguments of `mlsystem init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder of the system [default: the current folder].
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The name of the system, in kebab-case [default: asked for on a terminal, else the name of the folder].
    #[arg(long, value_name = "NAME", value_parser = system_name)]
    name: Option<String>,
    /// The stage of the system; asked for on a terminal, required elsewhere.
    #[arg(long, value_name = "STAGE", value_parser = PossibleValuesParser::new(words(STAGE)))]
    stage: Option<String>,
    /// The risk tier of the system; asked for on a terminal, left open elsewhere.
    #[arg(long, value_name = "TIER", value_parser = PossibleValuesParser::new(words(RISK)))]
    risk: Option<String>,
    /// Write the manifest to this file, or to standard output with `-` [default: mlsystem.yaml in the folder].
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Start from a model card in the format of Hugging Face.
    #[arg(long, value_name = "FILE")]
    from_model_card: Option<PathBuf>,
}

/// Looks at the folder, asks what only a person can know, and writes the manifest. A file that is there is never
/// written over.
pub fn run(arguments: &InitArguments) -> Result<Exit, Failure> {
    let mut person = prompter::person();
    let given = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    if !workspace::is_folder(&given) {
        return Err(Failure::Usage(format!("`{}` is no folder", given.display())));
    }
    let root = workspace::root_of(&given);
    let survey = Survey::of(&root);
    let mut folder = given;
    if arguments.folder.is_none() {
        let several = survey.several(&workspace::below(&root, &folder));
        if !several.is_empty() {
            folder = root.join(choose(&several, person.as_mut())?);
        }
    }
    let target = match &arguments.output {
        Some(output) => output.clone(),
        None => vacant(&folder)?,
    };
    let to_stdout = target.as_os_str() == "-";
    if !to_stdout && workspace::is_taken(&target) {
        return Err(there_already(&target));
    }
    let card = match &arguments.from_model_card {
        Some(path) => match Card::read(path, &root) {
            Ok(card) => Some(card),
            Err(why) => return Ok(unreadable(path, &why)),
        },
        None => None,
    };
    let answers = answers(arguments, &folder, person.as_mut())?;
    let draft = survey.draft(&root, &folder, card.as_ref(), &answers);
    if to_stdout {
        print(&draft.text)?;
        return Ok(Exit::Clean);
    }
    workspace::create(&target, draft.text.as_bytes()).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => there_already(&target),
        _ => Failure::Usage(format!("`{}` could not be written: {}", target.display(), workspace::plain_words(&error))),
    })?;
    print(&told(&super::shown(workspace::shown(&target)), &draft))?;
    Ok(Exit::Clean)
}

/// What was written, and what comes next.
fn told(target: &str, draft: &Draft) -> String {
    let count = draft.count;
    let drafts = match count.drafted {
        0 => String::new(),
        1 => ", 1 draft".to_owned(),
        many => format!(", {many} drafts"),
    };
    let proposals = match count.proposed {
        0 => String::new(),
        1 => ", 1 proposal in a comment".to_owned(),
        many => format!(", {many} proposals in comments"),
    };
    let values = if count.filled == 1 { "value" } else { "values" };
    let questions = if count.asked == 1 { "question" } else { "questions" };
    format!(
        "wrote {target}: {} {values}{drafts}{proposals}, {} {questions}\nnext: `mlsystem questions {target}` asks what is \
         most worth answering; then run `mlsystem check {target}`\n",
        count.filled, count.asked
    )
}

/// What the files of a repository say.
pub(super) struct Survey {
    files: Vec<File>,
    manifests: Vec<String>,
}

impl Survey {
    pub(super) fn of(root: &Path) -> Self {
        let found = workspace::find(root);
        let manifests = found.manifests().to_vec();
        let repository = found.read(&built_in::EVIDENCE);
        Self { files: repository.into_files(), manifests }
    }

    fn several(&self, folder: &str) -> Vec<String> {
        draft::several(&draft::belonging(&self.files, folder, &self.manifests), folder)
    }

    /// What the files say of the system in a folder.
    pub(super) fn said(&self, root: &Path, folder: &Path) -> Vec<Said> {
        let below = workspace::below(root, folder);
        let files = draft::belonging(&self.files, &below, &self.manifests);
        let readme = readme(root, folder);
        let readme = readme.as_ref().map(|(path, text)| Text { path, prose: Prose::read(text) });
        draft::said(&built_in::MANIFEST, &Inputs { files, folder: &below, readme, card: None })
    }

    /// Who owns a path from the root of the repository, and the file that says so.
    pub(super) fn owners(&self, path: &str) -> Option<(Vec<String>, String)> {
        let files: Vec<&File> = self.files.iter().collect();
        let (owners, from) = draft::code_owners(&files, path)?;
        Some((owners.into_iter().map(str::to_owned).collect(), from.to_owned()))
    }

    fn draft(&self, root: &Path, folder: &Path, card: Option<&Card>, answers: &Answers) -> Draft {
        let below = workspace::below(root, folder);
        let mut files = draft::belonging(&self.files, &below, &self.manifests);
        if let Some(said) = card.and_then(|card| card.said.as_ref()) {
            files.retain(|file| file.path != said.path);
            files.insert(0, said);
        }
        let readme = readme(root, folder);
        let basis = Inputs {
            files,
            folder: &below,
            readme: readme.as_ref().map(|(path, text)| Text { path, prose: Prose::read(text) }),
            card: card.map(|card| Text { path: &card.path, prose: Prose::read(card.text.text()) }),
        };
        draft::draft(&built_in::MANIFEST, &basis, answers)
    }
}

/// A model card that was named.
struct Card {
    path: String,
    text: std::sync::Arc<Source>,
    said: Option<File>,
}

impl Card {
    fn read(path: &Path, root: &Path) -> Result<Self, String> {
        let below = workspace::below(root, path);
        match workspace::read(path, &below) {
            Input::Text(text) => {
                let said = evidence::read_card(&text, &below, &built_in::EVIDENCE).unwrap_or_else(|why| {
                    super::stderr::line(format_args!("note: `{below}` has {why}; its headings alone are read"));
                    None
                });
                Ok(Self { path: below, text, said })
            }
            Input::Unreadable(finding) => Err(finding.message),
        }
    }
}

/// The README of a folder, with its path from the root.
fn readme(root: &Path, folder: &Path) -> Option<(String, String)> {
    let names = ["README.md", "readme.md", "Readme.md"];
    let path = names.iter().map(|name| folder.join(name)).find(|path| workspace::is_file(path))?;
    let below = workspace::below(root, &path);
    match workspace::read_within(&path, &below, root) {
        Input::Text(source) => Some((below, source.text().to_owned())),
        Input::Unreadable(_) => None,
    }
}

/// The manifest of the folder, where there is none yet under any of its names.
fn vacant(folder: &Path) -> Result<PathBuf, Failure> {
    let there = [MANIFEST, "mlsystem.yml"].map(|name| folder.join(name));
    match there.iter().find(|path| workspace::is_taken(path)) {
        Some(path) => Err(there_already(path)),
        None => Ok(folder.join(MANIFEST)),
    }
}

fn there_already(path: &Path) -> Failure {
    Failure::Usage(format!("`{}` is there already, and nothing was written", workspace::shown(path)))
}

fn unreadable(path: &Path, why: &str) -> Exit {
    super::stderr::line(format_args!("error: `{}`: {why}", path.display()));
    Exit::Unreadable
}

type Person<'p> = Option<&'p mut Prompter<std::io::StdinLock<'static>, Stream>>;

/// The folder of the system, where several look like one.
fn choose(several: &[String], person: Person<'_>) -> Result<String, Failure> {
    let more = several.len().saturating_sub(MAX_LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let listed = several.iter().take(MAX_LISTED).map(String::as_str).collect::<Vec<_>>().join(", ") + &more;
    let Some(person) = person else {
        return Err(Failure::Usage(format!(
            "several folders look like systems of their own: {listed}; name one, or `.` for one manifest of them all"
        )));
    };
    let fit = |answer: &str| {
        let known = answer == "." || several.iter().any(|folder| folder == answer.trim_end_matches('/'));
        if known { Ok(answer.to_owned()) } else { Err(format!("`{answer}` is none of them")) }
    };
    let question = format!("several folders look like systems of their own: {listed}; which one, or `.` for all");
    person.text(&question, None, fit)?.ok_or_else(|| unanswered("the folder"))
}

/// What the author says: by options, else when asked.
fn answers(arguments: &InitArguments, folder: &Path, mut person: Person<'_>) -> Result<Answers, Failure> {
    let folder_name =
        workspace::real(folder).file_name().map(OsStr::to_string_lossy).and_then(|name| draft::system_name(&name));
    let (name, name_from) = match (&arguments.name, &mut person, folder_name) {
        (Some(name), ..) => (name.clone(), ""),
        (None, Some(person), default) => {
            let name = person.text("name of the system", default.as_deref(), system_name)?;
            (name.ok_or_else(|| unanswered("the name"))?, "")
        }
        (None, None, Some(name)) => (name, FOLDER_NAME),
        (None, None, None) => {
            let why = "the name of the folder makes no name of a system; give one with `--name`";
            return Err(Failure::Usage(why.to_owned()));
        }
    };
    let stage = match (&arguments.stage, &mut person) {
        (Some(stage), _) => stage.clone(),
        (None, Some(person)) => {
            let stage = person.word("where it is in its life", &words(STAGE), false)?;
            stage.ok_or_else(|| unanswered("the stage"))?
        }
        (None, None) => {
            let listed = words(STAGE).join(", ");
            return Err(Failure::Usage(format!("nobody can be asked here; give the stage with `--stage` ({listed})")));
        }
    };
    let risk = match (&arguments.risk, &mut person) {
        (Some(risk), _) => Some(risk.clone()),
        (None, Some(person)) => person.word("tier of its risk", &words(RISK), true)?,
        (None, None) => None,
    };
    Ok(Answers { name, name_from, stage, risk })
}

fn unanswered(what: &str) -> Failure {
    Failure::Usage(format!("{what} was not given, and nothing was written"))
}

/// The words of a field at the top of the format.
fn words(field: FieldPath) -> Vec<&'static str> {
    match built_in::MANIFEST.type_at(field) {
        Some(Type::Words { words, .. }) => words.to_vec(),
        _ => Vec::new(),
    }
}

/// A name as it was given; a text that is none is answered with the name that it may mean.
fn system_name(text: &str) -> Result<String, String> {
    if units::is_placeholder(text) || units::is_bare_none(text) {
        return Err(format!("`{text}` says that there is no name"));
    }
    if units::read(ScalarType::SystemName, text).is_ok() {
        return Ok(text.to_owned());
    }
    let near = draft::system_name(text).map(|near| format!(", such as `{near}`")).unwrap_or_default();
    Err(format!("a name is in kebab-case{near}"))
}
