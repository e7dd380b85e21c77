//! The evaluator says the same with its memo and indexes as without: the same findings with their reasons, the same
//! missing inputs, the same questions that a manifest alone does not answer.

use std::path::Path;
use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::{self, Options, Reading, WorkspaceConfig};
use mlsystem::evidence;
use mlsystem::examples::{Formats, try_examples};
use mlsystem::expression::{Expr, Frame, Node, evaluate};
use mlsystem::facts::{Facts, Repository, RepositoryView, presence_among};
use mlsystem::lint::{self, SetOptions, SeverityContext};
use mlsystem::manifest::Manifest;
use mlsystem::source::Source;
use mlsystem::units::Date;
use proptest::prelude::*;

use crate::mutations::row::Row;
use crate::support::{TODAY, fixtures, options};

/// Runs every lint over a manifest in a frame that remembers and in one that does not, and holds what they say together.
fn hold_together(name: &str, manifest: &Manifest, facts: Option<&Facts>, view: Option<&RepositoryView<'_>>) {
    let (set, standing) = (SetOptions::default(), SeverityContext::default());
    let frame = || {
        let frame = Frame::new(&built_in::MANIFEST, manifest, Date::parse(TODAY).unwrap());
        frame.with_tables(built_in::TABLES).within(facts).seeing(view).noting_missing_inputs()
    };
    let conditions = built_in::COMPILED_CONDITIONS.iter().filter(|condition| condition.parameter.is_none());
    let conditions: Vec<Expr<'_>> = conditions
        .map(|condition| Expr { node: Node::Condition(condition.condition, None), ..condition.condition.body })
        .collect();
    let (mut cached, mut plain) = (frame(), frame().plain());
    for lint in built_in::LINTS {
        let outcomes = [&mut cached, &mut plain].map(|frame| {
            let outcome = lint::run(lint, &set, standing, frame);
            (format!("{outcome:?}"), frame.take_lacks_context(), frame.take_missing_inputs())
        });
        let [(cached, ..), (plain, ..)] = &outcomes;
        assert!(outcomes[0] == outcomes[1], "{} of {name}:\n{cached}\nand without caches\n{plain}", lint.name);
    }
    for condition in &conditions {
        // Twice, so that the second is remembered.
        for _ in 0..2 {
            let values = [&cached, &plain].map(|frame| {
                let value = format!("{:?}", evaluate(condition, frame));
                (value, frame.take_lacks_context(), frame.take_missing_inputs())
            });
            assert_eq!(values[0], values[1], "{condition:?} of {name}");
        }
    }
}

fn read(sources: &[Arc<Source>]) -> Vec<Reading> {
    let (set, levels, selection) = Default::default();
    let options: Options<'_> = options(&set, &levels, &selection);
    sources.iter().map(|source| check::read(source, &options)).collect()
}

/// Manifests of one folder, alone and as a workspace, beside other files of a repository.
fn hold_all(sources: &[Arc<Source>], config: Option<&WorkspaceConfig>, beside: &[Arc<Source>]) {
    let readings = read(sources);
    let facts = check::facts_of(&readings, config, &built_in::MANIFEST, true);
    let names: Vec<String> = sources.iter().map(|source| source.name().to_owned()).collect();
    let shown = beside.iter().filter_map(|file| evidence::read(file, file.name(), &built_in::EVIDENCE)).collect();
    let repository = Repository::new(&built_in::EVIDENCE, shown, &names, true);
    for (source, reading) in sources.iter().zip(&readings) {
        let Some(manifest) = &reading.manifest else { continue };
        let all = || sources.iter().chain(beside).map(|file| (file.name(), file.text().trim().is_empty()));
        let view = repository.view(manifest, source.name(), &|pattern| presence_among(all(), pattern), &|_| None);
        hold_together(source.name(), manifest, None, None);
        hold_together(source.name(), manifest, Some(&facts), Some(&view));
    }
}

#[test]
fn fixtures_come_out_the_same() {
    for pattern in ["broken/*.yaml", "flow/*.yaml", "minimal/*.yaml", "wide/*.yaml", "systems/*/mlsystem.yaml"] {
        for (name, text) in fixtures(pattern) {
            hold_all(&[Source::new(name, text)], None, &[]);
        }
    }
    for folder in ["workspace/broken", "workspace/repaired"] {
        let sources = fixtures(&format!("{folder}/**/*.yaml"));
        let sources: Vec<_> = sources.into_iter().filter(|(name, _)| !name.contains("workspace.yaml")).collect();
        hold_all(&sources.into_iter().map(|(name, text)| Source::new(name, text)).collect::<Vec<_>>(), None, &[]);
    }
}

#[test]
fn examples_come_out_the_same() {
    let formats =
        Formats { manifest: &built_in::MANIFEST, workspace: &built_in::WORKSPACE, evidence: &built_in::EVIDENCE };
    let mut tried = 0;
    for lint in built_in::LINTS {
        let path = format!("lints/{}/{}.md", lint.category, lint.name);
        let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
        let page = Source::new(path, page);
        let today = Date::parse(TODAY).unwrap();
        for example in try_examples(lint, &page, formats, built_in::LINTS, built_in::TABLES, today) {
            let config = example.parts.workspace_config.as_ref();
            let config = config.and_then(|file| WorkspaceConfig::read(file, &built_in::WORKSPACE).ok());
            hold_all(&example.parts.files, config.as_ref(), &example.parts.beside);
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn changed_manifests_come_out_the_same() {
    let systems = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/systems");
    // Every fourth: each has three hundred lines, and what they change is spread over the lints by name.
    for row in Row::all().unwrap().iter().step_by(4) {
        let Ok(text) = row.manifest(&systems) else { continue };
        for reading in read(&[Source::new("mlsystem.yaml", text)]) {
            let Some(manifest) = &reading.manifest else { continue };
            hold_together(&row.place, manifest, None, None);
        }
    }
}

/// What a line and all that belongs to it becomes.
#[derive(Debug, Clone, Copy)]
enum Change {
    Cut,
    Undecided,
    Against,
    Unreadable,
    Twice,
}

/// The text with the line of this number and what is indented below it changed.
fn changed(text: &str, number: usize, change: Change) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let first = number % lines.len();
    let own = indent(lines[first]);
    let length = lines[first + 1..].iter().take_while(|line| line.trim().is_empty() || indent(line) > own).count() + 1;
    let block = &lines[first..first + length];
    let key = lines[first].find(": ").map_or(lines[first].trim_end_matches(':'), |end| &lines[first][..end]);
    let mut new: Vec<String> = Vec::new();
    match change {
        Change::Cut => {}
        Change::Undecided => new.push(format!("{key}: TBD")),
        Change::Against => new.push(format!("{key}: {{none: it is not needed here}}")),
        Change::Unreadable => new.push(format!("{key}: five bananas")),
        Change::Twice => {
            new.extend(block.iter().map(|line| (*line).to_owned()));
            // The copy needs a name of its own.
            new.push(lines[first].replacen(key.trim(), &format!("{}_2", key.trim()), 1));
            new.extend(block[1..].iter().map(|line| (*line).to_owned()));
        }
    }
    let kept = lines[..first].iter().map(|line| (*line).to_owned());
    let rest = lines[first + length..].iter().map(|line| (*line).to_owned());
    kept.chain(new).chain(rest).map(|line| line + "\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_manifests_come_out_the_same(
        which in 0..100_usize,
        changes in prop::collection::vec(
            (
                4..1_000_usize,
                prop::sample::select(vec![
                    Change::Cut, Change::Undecided, Change::Against, Change::Unreadable, Change::Twice, Change::Twice,
                ]),
            ),
            1..12,
        ),
    ) {
        let all = fixtures("systems/*/mlsystem.yaml").into_iter().chain(fixtures("flow/*.yaml")).collect::<Vec<_>>();
        let (name, text) = &all[which % all.len()];
        let text = changes.into_iter().fold(text.clone(), |text, (line, change)| changed(&text, line, change));
        for reading in read(&[Source::new(name.clone(), text)]) {
            if let Some(manifest) = &reading.manifest {
                hold_together(name, manifest, None, None);
            }
        }
    }
}
