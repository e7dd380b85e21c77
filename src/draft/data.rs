//! The data of a system: what is under version control, how it is made, checked, promised and described.

use std::collections::BTreeMap;

use super::builder::DraftBuilder;
use super::fact;
use super::fact_index::{Fact, FactIndex};
use super::file_kind::{FileKind, kind_of_file};
use super::name::{name, stem};
use crate::schema::{FieldPath, field_path};

/// The most datasets and sources that a page names.
const MAX_DATASETS: usize = 8;

const DATASETS: FieldPath = field_path!(manifest: "data.datasets");

/// Writes down datasets and sources.
pub fn write(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    tracked(page, index);
    suites(page, index);
    datasheets(page, index);
    contracts(page, index);
}

/// What tells of one path under version control.
#[derive(Debug, Default, Clone)]
struct Tracked<'f> {
    /// The file that says it, one with a digest before others.
    from: Option<Fact<'f>>,
    /// The step that writes it.
    stage: Option<&'f str>,
}

fn tracked(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let mut known: BTreeMap<&str, Tracked<'_>> = BTreeMap::new();
    for fact in index.of(fact!("tracked")) {
        let Some(path) = fact.text(fact!("tracked[].path")) else { continue };
        let entry = known.entry(path).or_default();
        entry.stage = entry.stage.or(fact.text(fact!("tracked[].stage")));
        if entry.from.is_none_or(|from| !from.is(fact!("tracked[].pinned"))) {
            entry.from = Some(fact);
        }
    }
    let all: Vec<(&str, Tracked<'_>)> = known.into_iter().collect();
    // A file inside of a folder that is tracked as a whole is no dataset of its own.
    let inside =
        |path: &str| all.iter().any(|(other, _)| path.strip_prefix(other).is_some_and(|rest| rest.starts_with('/')));
    let stages = index.of(fact!("stages"));
    let mut named: Vec<(&str, String)> = Vec::new();
    for (path, tracked) in all.iter().filter(|(path, _)| !inside(path)) {
        let sort = kind_of_file(path);
        let Some(from) =
            tracked.from.filter(|_| matches!(sort, FileKind::Data | FileKind::Unknown) && named.len() < MAX_DATASETS)
        else {
            continue;
        };
        // What a file of figures is called says nothing; what a step writes besides may be anything.
        if sort == FileKind::Unknown && (tracked.stage.is_some() || path.contains('.')) {
            continue;
        }
        let Some(name) = unused(path, &named) else { continue };
        let (folder, file) = (index.as_written(path), index.as_written(&from.file.path));
        let Some(tool) = tool_of(from.reader()) else { continue };
        for (at, value) in [
            (place!("data.datasets.*.version.tool", name), tool),
            (place!("data.datasets.*.version.path", name), &*folder),
        ] {
            match sort {
                FileKind::Data => {
                    page.fill(&at, value, &file);
                }
                _ => page.propose(&at, value, &file),
            }
        }
        named.push((path, name));
    }
    for (path, name) in &named {
        let writes = |stage: &&Fact<'_>| stage.texts(fact!("stages[].writes")).contains(path);
        let Some(stage) = stages.iter().find(writes) else { continue };
        let from = index.as_written(&stage.file.path);
        let reads = stage.texts(fact!("stages[].reads"));
        if !page.has(&place!("data.datasets.*", name)) {
            continue;
        }
        if let Some(code) = reads.iter().find(|path| kind_of_file(path) == FileKind::Code) {
            page.fill(&place!("data.datasets.*.made_by", name), &*index.as_written(code), &from);
        }
        let sources: Vec<String> = named
            .iter()
            .filter(|(other, other_name)| {
                other_name != name
                    && page.has(&place!("data.datasets.*", other_name))
                    && reads.iter().any(|read| is_within(read, other))
            })
            .map(|(_, name)| name.clone())
            .collect();
        if !sources.is_empty() {
            page.fill(&place!("data.datasets.*.from", name), sources, &from);
        }
    }
}

/// The word of the format for the tool that a sort of file belongs to.
fn tool_of(reader: &str) -> Option<&'static str> {
    let known = [("DVC", "dvc"), ("git", "git-lfs"), ("lakeFS", "lakefs")];
    known.into_iter().find(|(word, _)| reader.starts_with(word)).map(|(_, tool)| tool)
}

/// A name for what lies at a path: its own, else with that of the folder around it.
fn unused(path: &str, named: &[(&str, String)]) -> Option<String> {
    let own = name(stem(path))?;
    let free = |name: &String| named.iter().all(|(_, known)| known != name);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| stem(folder));
    [Some(own.clone()), name(&format!("{folder}-{own}")), name(path)].into_iter().flatten().find(free)
}

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The tracked datasets that a step reads, by the names that the page gives them.
pub(super) fn read_by(page: &DraftBuilder, index: &FactIndex<'_>, reads: &[&str]) -> Vec<String> {
    let names = page.names(&DATASETS.with(&[]));
    let path_of = |name: &String| page.text(&place!("data.datasets.*.version.path", name));
    let read = |name: &&String| {
        path_of(name).is_some_and(|path| reads.iter().any(|read| is_within(&index.as_written(read), &path)))
    };
    names.iter().filter(read).cloned().collect()
}

/// The dataset of the page that a file calls `dataset`; one that the page lacks is added where there is room.
fn dataset(page: &DraftBuilder, called: Option<&str>) -> Option<String> {
    let called = name(stem(called?))?;
    let names = page.names(&DATASETS.with(&[]));
    let same = names.iter().find(|name| name.eq_ignore_ascii_case(&called)).cloned();
    same.or_else(|| (names.len() < MAX_DATASETS).then_some(called))
}

fn suites(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for suite in index.of(fact!("suites")).into_iter().filter(|suite| suite.text(fact!("suites[].checks")) != Some("0"))
    {
        let from = index.as_written(&suite.file.path);
        let Some(dataset) = dataset(page, suite.text(fact!("suites[].dataset")).or(suite.text(fact!("suites[].name"))))
        else {
            continue;
        };
        if let Some(tool) = suite.text(fact!("suites[].tool")).map(word) {
            page.fill(&place!("data.datasets.*.checks.tool", dataset), &*tool, &from);
        }
        page.fill(&place!("data.datasets.*.checks.path", dataset), &*from, &from);
    }
}

/// A name of a tool as the format writes it.
fn word(text: &str) -> String {
    text.to_lowercase().replace([' ', '_'], "-")
}

fn datasheets(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for sheet in index.of(fact!("datasheets")) {
        let from = index.as_written(&sheet.file.path);
        if let Some(dataset) = dataset(page, sheet.text(fact!("datasheets[].name"))) {
            page.fill(&place!("data.datasets.*.datasheet", dataset), &*from, &from);
        }
    }
}

fn contracts(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    for contract in index.of(fact!("contracts")).into_iter().take(MAX_DATASETS) {
        let Some(source) = contract.text(fact!("contracts[].name")).and_then(name) else { continue };
        let from = index.as_written(&contract.file.path);
        page.fill(&place!("data.sources.*.contract", source), &*from, &from);
        for (field, member) in [
            (field_path!(manifest: "data.sources.*.owner"), fact!("contracts[].owner")),
            (field_path!(manifest: "data.sources.*.updates"), fact!("contracts[].frequency")),
            (field_path!(manifest: "data.sources.*.arrives_after"), fact!("contracts[].latency")),
            (field_path!(manifest: "data.sources.*.availability"), fact!("contracts[].availability")),
            (field_path!(manifest: "data.sources.*.retention"), fact!("contracts[].retention")),
            (field_path!(manifest: "data.sources.*.ends"), fact!("contracts[].ends")),
        ] {
            if let Some(value) = contract.text(member) {
                page.fill(&field.with(&[&source]), value, &from);
            }
        }
    }
}
