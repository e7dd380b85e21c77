//! `mlsystem config`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::arguments::{DateArguments, LevelArguments, LintArguments};
use super::check_run;
use super::values::ListForm;
use super::{Exit, Failure, print};
use crate::check::Levels;
use crate::lint::{Lint, Registry};
use crate::project::{self, CheckRequest, Group};
use crate::source::{ColumnUnit, Source, Span};
use crate::workspace::{self, Input};

/// The arguments of `mlsystem config`.
#[derive(Debug, Args)]
pub struct ConfigArguments {
    /// The manifest, which does not have to exist.
    #[arg(value_name = "PATH", default_value = "mlsystem.yaml")]
    manifest: PathBuf,
    #[command(flatten)]
    levels: LevelArguments,
    #[command(flatten)]
    lints: LintArguments,
    /// Show only levels that differ from the default.
    #[arg(long)]
    changed: bool,
    /// The format of the list.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: ListForm,
}

/// What holds for a manifest.
#[derive(Serialize)]
struct Config {
    manifest: String,
    workspace: Option<String>,
    settings: Vec<Setting>,
    levels: Vec<Effective>,
}

/// Something that the workspace file sets besides levels.
#[derive(Serialize)]
struct Setting {
    name: String,
    value: String,
    from: Origin,
}

/// The level of a lint.
#[derive(Serialize)]
struct Effective {
    name: String,
    category: String,
    level: &'static str,
    /// Whether the severity still moves with stage and risk, as nobody has set it.
    moves: bool,
    from: Origin,
}

/// Where something was set.
#[derive(Serialize, Clone)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Origin {
    BuiltIn,
    CommandLine,
    File { path: String, line: u32 },
}

/// Prints what holds for the manifest.
pub fn run(arguments: &ConfigArguments) -> Result<Exit, Failure> {
    let request = arguments.lints.request(&DateArguments { today: None })?;
    let request = CheckRequest { levels: Some(arguments.levels.level.clone()), ..request };
    let name = workspace::shown(&arguments.manifest);
    // Only the path of the manifest matters here.
    let input = (arguments.manifest.clone(), Input::Text(Source::new(&*name, "")));
    let groups = project::given(vec![input], false, &request)?;
    let Some(group) = groups.first() else { return Ok(check_run::report_no_input()) };
    let mut config = config(super::shown(name), &arguments.manifest, group, &request)?;
    if arguments.changed {
        config.levels.retain(|level| !level.moves);
    }
    match arguments.format {
        ListForm::Table => print(&table(&config))?,
        ListForm::Json => {
            let json = serde_json::to_string_pretty(&config).map_err(|error| Failure::Usage(error.to_string()))?;
            print(&format!("{json}\n"))?;
        }
    }
    Ok(Exit::Clean)
}

fn config(name: String, path: &Path, group: &Group, request: &CheckRequest) -> Result<Config, Failure> {
    let given = request.levels.as_deref().unwrap_or_default();
    super::check::hold_to_lints(given.iter().map(|(name, _)| name), group.rules.lints.lints())?;
    let (mut levels, mut origins) = (Levels::default(), Vec::new());
    let (mut settings, mut file) = (Vec::new(), None);
    if let Some((_, workspace_config)) = group.rules.workspace() {
        let source = workspace_config.manifest.source();
        for (name, level, span) in workspace_config.placed_levels(&group.rules.below(path), group.rules.lints.lints()) {
            levels.set.push((name, level));
            origins.push(Origin::at(source, span));
        }
        let setting = |(name, value, span)| Setting { name, value, from: Origin::at(source, span) };
        settings.extend(workspace_config.settings().into_iter().map(setting));
        file = Some(source.name().to_owned());
    }
    levels.set.extend(Levels { set: given.to_vec() }.resolved(Registry::of(group.rules.lints.lints())).set);
    origins.extend(given.iter().map(|_| Origin::CommandLine));
    let own = workspace::load_lints(&group.rules.lint_folders(request)).lints;
    let effective = |lint: &Lint| {
        let deciding = levels.deciding(lint);
        let from = deciding.and_then(|index| origins.get(index).cloned());
        Effective {
            name: lint.name.to_owned(),
            category: lint.category.to_owned(),
            level: deciding.map_or(lint.severity.word(), |index| levels.set[index].1.word()),
            moves: deciding.is_none(),
            from: from.unwrap_or_else(|| own_page(lint, &own)),
        }
    };
    let mut effective: Vec<Effective> =
        group.rules.lints.lints().iter().filter(|lint| !lint.is_removed()).map(effective).collect();
    effective.sort_by(|a, b| (&a.category, &a.name).cmp(&(&b.category, &b.name)));
    Ok(Config { manifest: name, workspace: file, settings, levels: effective })
}

/// The place at which a lint states its own severity.
fn own_page(lint: &Lint, own: &[std::sync::Arc<Source>]) -> Origin {
    let page = format!("{}/{}.md", lint.category, lint.name);
    let Some(source) = own.iter().find(|source| source.name().ends_with(&page)) else { return Origin::BuiltIn };
    let line = source.text().lines().position(|line| line.starts_with("severity:")).unwrap_or(0);
    Origin::File { path: source.name().to_owned(), line: line as u32 + 1 }
}

impl Origin {
    fn at(source: &Source, span: Span) -> Self {
        let line = source.position(span.start as usize, ColumnUnit::CodePoints).line;
        Self::File { path: source.name().to_owned(), line }
    }

    fn words(&self) -> String {
        match self {
            Self::BuiltIn => "built in".to_owned(),
            Self::CommandLine => "--level".to_owned(),
            Self::File { path, line } => format!("{path}:{line}"),
        }
    }
}

fn table(config: &Config) -> String {
    let workspace = config.workspace.as_deref().unwrap_or("no workspace file");
    let mut text = format!("{} ({workspace})\n", config.manifest);
    let rows: Vec<(&str, &str, String)> =
        config.settings.iter().map(|setting| (&*setting.name, &*setting.value, setting.from.words())).collect();
    push(&mut text, &rows);
    let mut category = "";
    let all: Vec<(&str, &str, String)> =
        config.levels.iter().map(|level| (&*level.name, level.level, level.from.words())).collect();
    let width = all.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    for (level, (name, word, from)) in config.levels.iter().zip(&all) {
        if level.category != category {
            category = &level.category;
            text.push_str(&format!("\n{category}\n"));
        }
        text.push_str(&format!("  {name:width$}  {word:7}  {from}\n"));
    }
    text.push_str("\nlevels that are built in, or of a lint's own page, move with `stage` and `risk`\n");
    crate::report::clean_block(&text, true).into_owned()
}

fn push(text: &mut String, rows: &[(&str, &str, String)]) {
    let name_width = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let value_width = rows.iter().map(|(_, value, _)| value.len().min(50)).max().unwrap_or(0);
    for (name, value, from) in rows {
        text.push_str(&format!("  {name:name_width$}  {value:value_width$}  {from}\n"));
    }
}
