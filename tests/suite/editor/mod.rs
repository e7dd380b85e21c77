//! What an editor asks, asked of fixtures: what it is told, and that nothing that is asked stops the program.

mod completion;
mod extension;
mod hint_files;
mod names;
mod properties;
mod shapes;

use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::check;
use mlsystem::editor::{EditorContext, FileSpan};
use mlsystem::lint::SetOptions;
use mlsystem::manifest::Manifest;
use mlsystem::source::Source;
use mlsystem::units::Date;

/// Reads texts as the manifests of one workspace, and asks.
pub fn with_manifests<T>(texts: &[(&str, &str)], ask: impl FnOnce(&[&Manifest], &EditorContext<'_>) -> T) -> T {
    let set = SetOptions::default();
    let (levels, selection) = Default::default();
    let options = crate::support::options(&set, &levels, &selection);
    let readings: Vec<check::Reading> =
        texts.iter().map(|(name, text)| check::read(&Source::new(*name, *text), &options)).collect();
    let manifests: Vec<&Manifest> = readings.iter().filter_map(|reading| reading.manifest.as_deref()).collect();
    let facts = check::facts_of(&readings, None, &built_in::MANIFEST, true);
    let around = EditorContext {
        manifests: manifests.clone(),
        workspace_config: None,
        facts: Some(&facts),
        lints: built_in::LINTS,
        tables: built_in::TABLES,
        today: Date::parse(crate::support::TODAY).unwrap(),
    };
    ask(&manifests, &around)
}

/// The text without the mark `|`, and where it stood.
pub fn marked(text: &str) -> (String, u32) {
    let at = text.find('|').expect("a mark");
    (text.replacen('|', "", 1), u32::try_from(at).unwrap())
}

/// Places as `file:line:column text`.
pub fn shown(places: &[FileSpan]) -> Vec<String> {
    let line = |place: &FileSpan| {
        let source: &Arc<Source> = &place.source;
        let at = source.position(place.span.start as usize, mlsystem::source::ColumnUnit::CodePoints);
        format!("{}:{}:{} {}", source.name(), at.line, at.column, source.slice(place.span))
    };
    places.iter().map(line).collect()
}
