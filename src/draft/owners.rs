//! Who answers for the system, and what its README calls it.

use super::Text;
use super::builder::DraftBuilder;
use super::fact;
use super::fact_index::{Fact, FactIndex};
use crate::facts::ownership::matches;

/// Writes down the owner and a line on what the system is.
pub fn write(page: &mut DraftBuilder, index: &FactIndex<'_>, readme: Option<&Text<'_>>) {
    catalogue(page, index);
    code_owners(page, index);
    if let Some(readme) = readme
        && let Some(opening) = readme.prose.opening()
    {
        page.propose(&place!("summary"), &*opening, &index.as_written(readme.path));
    }
}

/// The catalogue of services names the team outright, where it has one entry for this folder.
fn catalogue(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let services: Vec<Fact<'_>> =
        index.of(fact!("services")).into_iter().filter(|fact| fact.text(fact!("services[].owner")).is_some()).collect();
    for service in &services {
        let (owner, from) =
            (service.text(fact!("services[].owner")).unwrap_or_default(), index.as_written(&service.file.path));
        match &services[..] {
            [_] => {
                page.fill(&place!("owner"), owner, &from);
            }
            _ => page.propose(&place!("owner"), owner, &said_of(&from, service.text(fact!("services[].name")))),
        }
    }
}

/// The last line that covers the folder names its owners. A team is filled in; a person only proposed.
fn code_owners(page: &mut DraftBuilder, index: &FactIndex<'_>) {
    let owners = index.of(fact!("owners"));
    // Who owns a file of no particular sort that lies in the folder owns the folder.
    let inside = format!("{}/mlsystem", index.folder());
    let covers = |line: &&Fact<'_>| {
        line.text(fact!("owners[].pattern")).is_some_and(|pattern| matches(pattern, inside.trim_start_matches('/')))
    };
    let Some(line) = owners.iter().rfind(covers) else { return };
    let from = index.as_written(&line.file.path);
    for owner in line.texts(fact!("owners[].teams")) {
        match owner.strip_prefix('@').and_then(|owner| owner.split_once('/')) {
            Some((_, team)) => {
                page.fill(&place!("owner"), team, &from);
            }
            None => page.propose(&place!("owner"), owner.trim_start_matches('@'), &format!("{from}, if it is a team")),
        }
    }
}

/// The owners of a path from the root of the repository, by the last line that covers it, and the file that says so.
pub(super) fn of_path<'f>(index: &FactIndex<'f>, path: &str) -> Option<(Vec<&'f str>, &'f str)> {
    let owners = index.of(fact!("owners"));
    let line = owners
        .iter()
        .rfind(|line| line.text(fact!("owners[].pattern")).is_some_and(|pattern| matches(pattern, path)))?;
    let teams = line.texts(fact!("owners[].teams"));
    (!teams.is_empty()).then_some((teams, &*line.file.path))
}

/// A file, and which of its things is meant.
pub(super) fn said_of(from: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{from}, of `{name}`"),
        None => from.to_owned(),
    }
}
