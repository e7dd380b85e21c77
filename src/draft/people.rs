//! Who answers for the system, and what its README calls it.

use super::Text;
use super::page::Page;
use super::shelf::{Fact, Shelf};
use crate::facts::ownership::matches;

/// Writes down the owner and a line on what the system is.
pub fn write(page: &mut Page, shelf: &Shelf<'_>, readme: Option<&Text<'_>>) {
    catalogue(page, shelf);
    code_owners(page, shelf);
    if let Some(readme) = readme
        && let Some(opening) = readme.prose.opening()
    {
        page.propose(&["summary"], &*opening, &shelf.as_written(readme.path));
    }
}

/// The catalogue of services names the team outright, where it has one entry for this folder.
fn catalogue(page: &mut Page, shelf: &Shelf<'_>) {
    let services: Vec<Fact<'_>> =
        shelf.of("services").into_iter().filter(|fact| fact.text("owner").is_some()).collect();
    for service in &services {
        let (owner, from) = (service.text("owner").unwrap_or_default(), shelf.as_written(&service.file.path));
        match &services[..] {
            [_] => {
                page.fill(&["owner"], owner, &from);
            }
            _ => page.propose(&["owner"], owner, &said_of(&from, service.text("name"))),
        }
    }
}

/// The last line that covers the folder names its owners. A team is filled in; a person only proposed.
fn code_owners(page: &mut Page, shelf: &Shelf<'_>) {
    let owners = shelf.of("owners");
    // Who owns a file of no particular sort that lies in the folder owns the folder.
    let inside = format!("{}/mlsystem", shelf.folder());
    let covers =
        |line: &&Fact<'_>| line.text("pattern").is_some_and(|pattern| matches(pattern, inside.trim_start_matches('/')));
    let Some(line) = owners.iter().rfind(covers) else { return };
    let from = shelf.as_written(&line.file.path);
    for owner in line.texts("teams") {
        match owner.strip_prefix('@').and_then(|owner| owner.split_once('/')) {
            Some((_, team)) => {
                page.fill(&["owner"], team, &from);
            }
            None => page.propose(&["owner"], owner.trim_start_matches('@'), &format!("{from}, if it is a team")),
        }
    }
}

/// A file, and which of its things is meant.
pub(super) fn said_of(from: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{from}, of `{name}`"),
        None => from.to_owned(),
    }
}
