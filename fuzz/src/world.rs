//! Manifests to run lints and expressions on: complete ones, broken ones, one with a repository, one with a workspace.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use mlsystem::arena::Arena;
use mlsystem::built_in;
use mlsystem::check::{Levels, Options, Reading, Selection, WorkspaceConfig, facts_of, read};
use mlsystem::evidence;
use mlsystem::expression::Conditions;
use mlsystem::facts::{Facts, Pattern, Presence, Repository, RepositoryView, presence_among};
use mlsystem::lint::{Library, Lint, SetOptions};
use mlsystem::manifest::Manifest;
use mlsystem::source::Source;
use mlsystem::tree::Limits;
use mlsystem::units::Date;

/// The folder of the repository.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// One manifest with what is known around it.
pub struct Member {
    /// The manifest as it was read.
    pub reading: Reading,
    /// The facts of its workspace.
    pub facts: Option<&'static Facts>,
    /// What it sees of its repository.
    pub view: Option<RepositoryView<'static>>,
}

/// What lints are compiled with and run on.
pub struct World {
    /// The manifests, all of which could be read.
    pub members: Vec<Member>,
}

static SET: LazyLock<SetOptions> = LazyLock::new(SetOptions::default);
static LEVELS: LazyLock<Levels> = LazyLock::new(Levels::default);
static SELECTION: LazyLock<Selection> = LazyLock::new(Selection::default);

thread_local! {
    static WORLD: &'static World = Box::leak(Box::new(World::read()));
}

/// The world, read once.
pub fn world() -> &'static World {
    WORLD.with(|world| *world)
}

/// The built-in conditions, tables and frameworks; what is compiled with them lives as long as the arena.
pub fn library(arena: &Arena) -> Library<'_> {
    let conditions = Conditions::given(built_in::COMPILED_CONDITIONS);
    Library::read(arena, &built_in::MANIFEST, conditions, built_in::TABLES, &[], &[])
        .and_then(|library| library.with_frameworks(built_in::FRAMEWORKS, &[]))
        .expect("the built-in library compiles")
}

/// How things are checked here: by these lints, on one day.
pub fn options(lints: &'static [Lint<'static>]) -> Options<'static> {
    Options { lints, ..with(lints, None) }
}

/// The same for lints that come and go, and with what is seen of a repository.
pub fn with<'o>(lints: &'o [Lint<'o>], view: Option<&'o RepositoryView<'o>>) -> Options<'o> {
    Options {
        schema: &built_in::MANIFEST,
        lints,
        tables: built_in::TABLES,
        today: today(),
        set: &SET,
        levels: &LEVELS,
        selection: &SELECTION,
        limits: Limits::default(),
        view,
    }
}

/// The day of the fixtures.
pub fn today() -> Date {
    Date::parse("2026-11-24").expect("a day")
}

/// The files that match a pattern, with their paths from the root of the repository.
pub fn matching(pattern: &str) -> Vec<(String, String)> {
    let root = Path::new(ROOT);
    let options = glob::MatchOptions { require_literal_leading_dot: false, ..glob::MatchOptions::default() };
    let paths = glob::glob_with(&root.join(pattern).to_string_lossy(), options).expect("a pattern");
    let files = paths.filter_map(Result::ok).filter(|path| path.is_file());
    let read = |path: std::path::PathBuf| {
        let name = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        Some((name, std::fs::read_to_string(&path).ok()?))
    };
    files.filter_map(read).collect()
}

/// What the files of a repository say.
pub fn repository(files: &[Arc<Source>], manifests: &[String]) -> Repository {
    let said = files.iter().filter_map(|file| evidence::read(file, file.name(), &built_in::EVIDENCE)).collect();
    Repository::new(&built_in::EVIDENCE, said, manifests, true)
}

/// What a manifest sees of a repository of these files.
pub fn view<'r>(repository: &'r Repository, files: &[Arc<Source>], manifest: &Manifest, path: &str) -> RepositoryView<'r> {
    let presence = |pattern: &Pattern| -> Presence {
        presence_among(files.iter().map(|file| (file.name(), file.text().trim().is_empty())), pattern)
    };
    repository.view(manifest, path, &presence, &|_| None)
}

impl World {
    fn read() -> Self {
        let mut members = Vec::new();
        for (path, text) in [
            "fixtures/systems/*/mlsystem.yaml",
            "fixtures/flow/*.yaml",
            "fixtures/minimal/*.yaml",
            "fixtures/broken/*.yaml",
        ]
        .into_iter()
        .flat_map(matching)
        {
            let folder = path.trim_end_matches("mlsystem.yaml").to_owned();
            let beside = if path.contains("systems") { matching(&format!("{folder}**/*")) } else { Vec::new() };
            members.push(alone(text, &folder, beside));
        }
        members.extend(together("fixtures/workspace/broken/"));
        Self { members }
    }
}

fn alone(text: String, folder: &str, beside: Vec<(String, String)>) -> Member {
    let reading: &'static Reading = Box::leak(Box::new(read(&Source::new("mlsystem.yaml", &*text), &options(&[]))));
    let below = |(path, text): (String, String)| Source::new(path.trim_start_matches(folder), text);
    let files: Vec<Arc<Source>> = beside.into_iter().map(below).filter(|file| file.name() != "mlsystem.yaml").collect();
    let manifest = reading.manifest.as_ref().filter(|_| !files.is_empty());
    let view = manifest.map(|manifest| {
        let repository = Box::leak(Box::new(repository(&files, &["mlsystem.yaml".to_owned()])));
        view(repository, &files, manifest, "mlsystem.yaml")
    });
    let reading = read(&Source::new("mlsystem.yaml", text), &options(&[]));
    Member { reading, facts: None, view }
}

fn together(folder: &str) -> Vec<Member> {
    let mut texts = matching(&format!("{folder}**/*.yaml"));
    let (_, config) = texts.remove(texts.iter().position(|(path, _)| path.ends_with("workspace.yaml")).expect("one"));
    let config = WorkspaceConfig::read(&Source::new("mlsystem-workspace.yaml", config), &built_in::WORKSPACE);
    let config: &'static WorkspaceConfig = Box::leak(Box::new(config.expect("a workspace file that can be used")));
    let reading = |(path, text): &(String, String)| read(&Source::new(&**path, &**text), &options(&[]));
    let readings: Vec<Reading> = texts.iter().map(reading).collect();
    let facts = facts_of(&readings, Some(config), &built_in::MANIFEST, true);
    let facts: &'static Facts = Box::leak(Box::new(facts));
    readings.into_iter().map(|reading| Member { reading, facts: Some(facts), view: None }).collect()
}
