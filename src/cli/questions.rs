//! `mlsystem questions`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::arguments::{DateArguments, LintArguments, PathArguments};
use super::init::Survey;
use super::output::deliver;
use super::{Exit, Failure, check_run, prompter, stderr, terminal};
use crate::built_in;
use crate::edit::YamlValue;
use crate::finding::{Applicability, Edit, Fix, Reader};
use crate::fix;
use crate::lint::Lint;
use crate::manifest::{self, Manifest, Why};
use crate::project::CheckRequest;
use crate::questions::{self, AT_A_TIME, Form, Material, Owners, Question, Questions, SystemQuestions};
use crate::report::{ColorChoice, FileReport, Style};
use crate::source::Source;
use crate::tree::{self, Limits};
use crate::workspace::{self, Input};

/// The arguments of `mlsystem questions`.
#[derive(Debug, Args)]
pub struct QuestionsArguments {
    #[command(flatten)]
    paths: PathArguments,
    /// Show every question, and not only the seven most valuable ones.
    #[arg(long = "all")]
    every: bool,
    /// Answer the questions here, one by one; each answer is written into the manifest.
    #[arg(long, conflicts_with_all = ["format", "output"])]
    answer: bool,
    /// The form of the questions.
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: FormWord,
    /// Write the questions to a file, which is replaced as a whole or not at all.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    lints: LintArguments,
    #[command(flatten)]
    date: DateArguments,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormWord {
    /// Lines for a terminal.
    Pretty,
    /// A list to tick off, for an issue.
    Markdown,
    /// One JSON document.
    Json,
}

/// Asks what is undecided in the manifests that were asked for.
pub fn run(arguments: &QuestionsArguments, color: ColorChoice) -> Result<Exit, Failure> {
    let request = arguments.lints.request(&arguments.date)?.at_every_level();
    let request = CheckRequest { outcomes: true, reader: Some(Reader::Auditor), ..request };
    let today = request.today;
    if arguments.paths.inputs.iter().any(|input| input == "-") {
        return Err(Failure::Usage("questions are asked of files: an answer has to be written somewhere".to_owned()));
    }
    let groups = check_run::gather(&arguments.paths.inputs, "mlsystem.yaml", &request, false)?;
    if groups.is_empty() {
        return Ok(check_run::report_no_input());
    }
    arguments.output.iter().try_for_each(|file| check_run::hold_output(file, &groups, None))?;
    let mut systems: Vec<SystemQuestions> = Vec::new();
    for group in &groups {
        let judged = group.check(&request);
        let files = judged.files.iter().filter(|file| Some(&file.name) != judged.config.as_ref());
        systems.extend(files.map(|file| asked(file, group.rules.lints.lints())));
    }
    systems.sort_by(|a, b| a.name.cmp(&b.name));
    let failed = systems.iter().any(|system| system.failed);
    let most = (!arguments.every).then_some(AT_A_TIME);
    let exit = if failed { Exit::Unreadable } else { Exit::Clean };
    if arguments.answer {
        let style = terminal::style(color, stderr::is_terminal());
        answer(&systems, most.unwrap_or(usize::MAX), &style)?;
        return Ok(exit);
    }
    let questions = Questions { today: today.to_string(), version: env!("CARGO_PKG_VERSION"), systems, most };
    let form = match arguments.format {
        FormWord::Pretty => Form::Pretty,
        FormWord::Markdown => Form::Markdown,
        FormWord::Json => Form::Json,
    };
    let style = terminal::style(color, arguments.output.is_none() && io::stdout().is_terminal());
    deliver(arguments.output.as_deref(), |out| questions::write(&questions, form, &style, out))?;
    Ok(exit)
}

/// The questions of one manifest.
fn asked(file: &FileReport, lints: &[Lint<'_>]) -> SystemQuestions {
    let path = PathBuf::from(&file.name);
    let source = match workspace::read(&path, &file.name) {
        Input::Text(source) if !file.failed => Some(source),
        _ => None,
    };
    let manifest = source.as_ref().and_then(read);
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let root = workspace::root_of(folder);
    let survey = Survey::of(&root);
    let said: Vec<_> = survey.said(&root, folder).into_iter().map(|said| (said.place, said.value, said.from)).collect();
    let owners = CodeOwners { survey: &survey, folder: workspace::below(&root, folder), name: &path };
    questions::gather(&Material {
        name: &file.name,
        manifest: manifest.as_ref(),
        findings: &file.findings,
        outcomes: &file.outcomes,
        lints,
        said: &said,
        owners: &owners,
    })
}

fn read(source: &Arc<Source>) -> Option<Manifest> {
    let tree = Arc::new(tree::parse(source, &Limits::default()).tree?);
    Some(manifest::read(&tree, &built_in::MANIFEST).0)
}

/// Who owns what, by the `CODEOWNERS` of the repository.
struct CodeOwners<'s> {
    survey: &'s Survey,
    folder: String,
    name: &'s Path,
}

impl std::fmt::Debug for CodeOwners<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeOwners").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl CodeOwners<'_> {
    fn below(&self, path: &str) -> String {
        if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) }
    }
}

impl Owners for CodeOwners<'_> {
    fn of_manifest(&self) -> Option<(Vec<String>, String)> {
        let name = self.name.file_name()?.to_str()?;
        self.survey.owners(&self.below(name))
    }

    fn of_file(&self, path: &str) -> Option<(Vec<String>, String)> {
        let path = path.split([',', ' ']).next()?;
        let is_path = path.contains('.') && !path.starts_with("..");
        is_path.then(|| self.survey.owners(&self.below(path)))?
    }
}

/// Puts the questions to the person at the terminal, and writes each answer down.
fn answer(systems: &[SystemQuestions], most: usize, style: &Style) -> Result<(), Failure> {
    let Some(mut person) = prompter::person() else {
        return Err(Failure::Usage("nobody can be asked here; `mlsystem questions` prints the questions".to_owned()));
    };
    let mut written = 0;
    'all: for system in systems {
        stderr::line(format_args!("{}: an empty answer leaves a question open", super::shown(&system.name)));
        for (index, question) in system.questions.iter().take(most).enumerate() {
            let mut out = stderr::stream();
            writeln!(out)?;
            questions::write_one(index + 1, question, style, &mut out)?;
            out.flush()?;
            let yes = if question.why == Some(Why::Draft) { ", or `yes` for the draft" } else { "" };
            let fit = |text: &str| match text {
                LATER => Ok(String::new()),
                text => write_answer(&system.name, question, text).map(|()| text.to_owned()),
            };
            match person.text(&format!("    answer{yes}"), Some(LATER), fit)? {
                Some(text) if text.is_empty() => {}
                Some(_) => written += 1,
                None => break 'all,
            }
        }
    }
    let answers = if written == 1 { "1 answer".to_owned() } else { format!("{written} answers") };
    super::print(&format!("wrote {answers}; next: `mlsystem check`\n"))
}

/// What leaves a question open.
const LATER: &str = "later";

/// Writes an answer into a manifest, if it then decides the place and nothing is wrong with its shape.
fn write_answer(name: &str, question: &Question, text: &str) -> Result<(), String> {
    let path = Path::new(name);
    let Input::Text(source) = workspace::read(path, name) else { return Err(format!("`{name}` cannot be read")) };
    let new = answered(&source, question, text)?;
    workspace::replace(path, source.original(), &new)
}

/// The text of a manifest with an answer in it.
fn answered(source: &Arc<Source>, question: &Question, text: &str) -> Result<String, String> {
    let by_hand = || format!("it cannot be written at line {} from here: answer it in the file", question.line);
    let parse = |source: &Arc<Source>| tree::parse(source, &Limits::default()).tree.map(Arc::new);
    let tree = parse(source).ok_or_else(by_hand)?;
    let (before, findings) = manifest::read(&tree, &built_in::MANIFEST);
    let yes = question.why == Some(Why::Draft) && matches!(text, "y" | "yes");
    let changes = match yes {
        true => fix::confirm(&before, &question.place),
        false => fix::answer(&before, &question.place, &value(text)?),
    };
    let edit = |(span, text)| Edit { source: Arc::clone(source), span, text };
    let edits = changes.ok_or_else(by_hand)?.into_iter().map(edit).collect();
    let fix = Fix { title: String::new(), applicability: Applicability::Unsafe, edits };
    let new = fix::apply(source.original(), &[&fix]);
    let read_again = parse(&Source::new(source.name(), &*new)).ok_or("that does not read as YAML")?;
    let (after, found) = manifest::read(&read_again, &built_in::MANIFEST);
    let known = |message: &str| findings.iter().any(|finding| finding.message == message);
    if let Some(wrong) = found.iter().find(|finding| &*finding.name != "placeholder-text" && !known(&finding.message)) {
        let help = wrong.help.as_ref().map(|help| format!(": {help}")).unwrap_or_default();
        return Err(format!("{}{help}", wrong.message));
    }
    let pointer = question.place.iter().fold(crate::finding::Pointer::default(), |at, name| at.child(name));
    if after.undecided.iter().any(|open| open.pointer == pointer) {
        return Err("that decides nothing; for \"there is none\" write `none: ` and the reason".to_owned());
    }
    Ok(new)
}

/// What a person typed, as YAML: a mapping or list as it is, else a text.
fn value(text: &str) -> Result<YamlValue, String> {
    let reasoned = text.split_once(": ").is_some_and(|(word, _)| manifest::is_none_word(word));
    if !reasoned && !text.starts_with(['{', '[']) {
        return Ok(YamlValue::Scalar(text.to_owned()));
    }
    if reasoned {
        let (word, reason) = text.split_once(": ").unwrap_or((text, ""));
        return Ok(YamlValue::Map(vec![(word.to_owned(), YamlValue::Scalar(reason.trim().to_owned()))]));
    }
    let parsed = tree::parse(&Source::new("answer", text), &Limits::default());
    match parsed.tree.filter(|_| parsed.findings.is_empty()) {
        Some(tree) => Ok(YamlValue::of(&tree, tree.root())),
        None => Err("that does not read as YAML".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(place: &str, why: Option<Why>) -> Question {
        Question {
            place: place.split('.').map(str::to_owned).collect(),
            asked: String::new(),
            accepts: String::new(),
            example: None,
            why,
            line: 1,
            ask: Vec::new(),
            hints: Vec::new(),
            worst: None,
            reported: Vec::new(),
            waiting: Vec::new(),
            clauses: Vec::new(),
        }
    }

    const HEAD: &str = "mlsystem: 1\nname: a\nstage: production\n";

    fn after(rest: &str, place: &str, why: Option<Why>, text: &str) -> Result<String, String> {
        let source = Source::new("mlsystem.yaml", format!("{HEAD}{rest}"));
        let new = answered(&source, &question(place, why), text)?;
        Ok(new.strip_prefix(HEAD).unwrap_or(&new).to_owned())
    }

    #[test]
    fn an_answer_goes_where_it_belongs_and_comments_stay() {
        for (rest, place, why, text, wanted) in [
            ("owner:   # ? who answers\n", "owner", Some(Why::Empty), "ads-ml", "owner: ads-ml   # who answers\n"),
            ("summary: <what>  # x\n", "summary", Some(Why::Placeholder), "Ranks: all", "summary: 'Ranks: all'  # x\n"),
            ("risk: high  # draft\n", "risk", Some(Why::Draft), "yes", "risk: high\n"),
            ("risk: high  # draft: a.md\n", "risk", Some(Why::Draft), "y", "risk: high  # a.md\n"),
            ("risk: high  # draft, a.md\n", "risk", Some(Why::Draft), "limited", "risk: limited  # a.md\n"),
            (
                "serving:\n  pattern: online\n  fallback: ''  # x\n",
                "serving.fallback",
                Some(Why::Empty),
                "none: the box stays empty",
                "serving:\n  pattern: online\n  fallback: {\"none\": the box stays empty}  # x\n",
            ),
            (
                "serving:\n  pattern: online\n",
                "serving.latency",
                None,
                "{p99: 80ms}",
                "serving:\n  pattern: online\n  latency: {p99: 80ms}\n",
            ),
        ] {
            assert_eq!(after(rest, place, why, text).as_deref(), Ok(wanted), "{rest}");
        }
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for (text, why) in [("hihg", "is not a word of this field"), ("TODO", "decides nothing"), ("{", "YAML")] {
            let refused = after("risk:\n", "risk", Some(Why::Empty), text).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }
}
