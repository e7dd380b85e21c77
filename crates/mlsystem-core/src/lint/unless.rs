//! Holds that `unless` names lints, and that no two lints wait for each other.

use std::collections::HashMap;

use super::Lint;
use super::name_conflicts::Clash;
use crate::units;

/// The names in `unless` of `lints` that are no lints, and those that lead back to the lint itself.
pub fn clashes<'a>(lints: &[Lint<'a>], others: &[Lint<'a>]) -> Vec<Clash<'a>> {
    let all: HashMap<&str, &Lint<'a>> = others.iter().chain(lints).map(|lint| (lint.name, lint)).collect();
    let mut clashes = Vec::new();
    for (index, lint) in lints.iter().enumerate() {
        for name in named(lint) {
            let (message, help) = match all.get(name) {
                None => {
                    let near = units::nearest(name, all.keys().copied());
                    let lists = || "`mlsystem lints` lists the names".to_owned();
                    (format!("no lint is called `{name}`"), near.map_or_else(lists, |near| format!("write `{near}`")))
                }
                Some(other) if other.cases.is_empty() => {
                    let help = "name a lint that is judged after the manifest was read".to_owned();
                    (format!("`{name}` is raised while the manifest is read"), help)
                }
                Some(_) if leads_to(name, lint.name, &all) => {
                    let help = "of two lints one says it, and the other is silent".to_owned();
                    (format!("`{name}` is silent where `{}` speaks", lint.name), help)
                }
                Some(_) => continue,
            };
            clashes.push(Clash { lint: index, name: Some(name), message, help });
        }
    }
    clashes
}

fn named<'a>(lint: &Lint<'a>) -> impl Iterator<Item = &'a str> {
    lint.cases.iter().flat_map(|case| case.unless.iter().copied())
}

/// Whether the lints that `from` is silent for, and theirs in turn, end at `to`.
fn leads_to<'a>(from: &'a str, to: &str, all: &HashMap<&str, &Lint<'a>>) -> bool {
    let mut open = vec![from];
    let mut seen = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        for next in all.get(name).into_iter().flat_map(|lint| named(lint)) {
            if !seen.contains(&next) {
                seen.push(next);
                open.push(next);
            }
        }
    }
    false
}
