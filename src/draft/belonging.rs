//! Which files of a repository bear on the system of one folder, and which folders look like systems of their own.

use super::fact;
use crate::facts::File;
use crate::schema::FieldPath;

/// What says that a pipeline, a project or a store begins.
const BEGINNINGS: [FieldPath; 4] = [fact!("stages"), fact!("entries"), fact!("stores"), fact!("trials")];

/// Folders of what is no part of a system: what others wrote, and what is only shown or tried.
const APART: [&str; 12] = [
    "example",
    "examples",
    "sample",
    "samples",
    "fixture",
    "fixtures",
    "testdata",
    "vendor",
    "third_party",
    "node_modules",
    "site-packages",
    "venv",
];

/// The files that bear on a system in `folder`: those below it, other than what lies below one of the `manifests` further
/// down, and from outside of it who owns what. Both lead from the root of the repository.
pub fn belonging<'f>(files: &'f [File], folder: &str, manifests: &[String]) -> Vec<&'f File> {
    let others: Vec<&str> = manifests
        .iter()
        .map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder))
        .filter(|other| other.len() > folder.len() && below(other, folder).is_some())
        .collect();
    files
        .iter()
        .filter(|file| match below(&file.path, folder) {
            Some(inside) => is_of_system(inside, file) && others.iter().all(|other| below(&file.path, other).is_none()),
            None => file.shows(fact!("owners").key()),
        })
        .collect()
}

/// The folders below `folder` in which a pipeline, a project or a store begins, where there are several of them and none begins in
/// `folder` itself. They lead from the root of the repository.
pub fn several(files: &[&File], folder: &str) -> Vec<String> {
    let begins = |file: &&&File| BEGINNINGS.iter().any(|list| file.shows(list.key()));
    let home = |file: &&File| file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut homes: Vec<String> =
        files.iter().filter(begins).map(home).filter(|home| below(home, folder).is_some()).collect();
    homes.sort();
    homes.dedup();
    let outermost = |home: &&String| homes.iter().all(|other| other == *home || below(home, other).is_none());
    let homes: Vec<String> = homes.iter().filter(outermost).cloned().collect();
    if homes.len() < 2 || homes.iter().any(|home| home == folder) { Vec::new() } else { homes }
}

fn is_of_system(inside: &str, file: &File) -> bool {
    let folders = || inside.split('/').rev().skip(1);
    // Of what lies with the tests, only what tests prompts is about the system.
    let tests = folders().any(|part| part.split(['-', '_', '.']).any(|word| matches!(word, "test" | "tests" | "e2e")));
    folders().all(|part| !APART.contains(&part)) && (!tests || file.shows(fact!("trials").key()))
}

/// The rest of a path that lies in `folder` or is it.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_is_by_whole_names() {
        assert_eq!(below("ml/eta/dvc.yaml", "ml/eta"), Some("dvc.yaml"));
        assert_eq!(below("ml/eta2/dvc.yaml", "ml/eta"), None);
        assert_eq!(below("ml", ""), Some("ml"));
    }
}
