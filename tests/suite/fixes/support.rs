//! Judging a text as the program does, with the lints that a test wants.

use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check::{self, Options, Reading, WorkspaceConfig};
use mlsystem::fix::Judged;
use mlsystem::lint::Lint;
use mlsystem::source::Source;
use mlsystem::tree::Limits;
use mlsystem::units::Date;

/// Calls `work` with the options of a check with these lints alone.
pub fn options<T>(lints: &[Lint], work: impl FnOnce(&Options<'_>) -> T) -> T {
    work(&Options {
        schema: &built_in::MANIFEST,
        lints,
        tables: built_in::TABLES,
        today: Date::parse("2026-11-24").unwrap(),
        set: &Default::default(),
        levels: &Default::default(),
        selection: &Default::default(),
        limits: Limits::default(),
        view: None,
    })
}

/// Judges `files[at]` with `source` in its place, alone or in the workspace of all.
pub fn judge(
    files: &[Arc<Source>],
    at: usize,
    source: &Arc<Source>,
    workspace_config: Option<&WorkspaceConfig>,
    options: &Options<'_>,
) -> Judged {
    if files.len() == 1 && workspace_config.is_none() {
        return Judged::alone(source, options);
    }
    let mut readings: Vec<Reading> = files
        .iter()
        .enumerate()
        .map(|(index, file)| check::read(if index == at { source } else { file }, options))
        .collect();
    let facts = check::facts_of(&readings, workspace_config, options.schema, true);
    let findings = check::judge(&readings[at], Some(&facts), options).findings;
    Judged { reading: readings.swap_remove(at), findings }
}
