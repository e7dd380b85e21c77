//! Settings of a workspace file that have no effect: patterns that match nothing, and levels that a later one sets again.

use super::WorkspaceConfig;
use super::workspace_config::{IN, LEVELS, SELECT, SYSTEMS};
use crate::facts::PathGlob;
use crate::finding::{Finding, Kind, Label, Pointer, Severity};
use crate::manifest::{self, Item};
use crate::schema::FieldPath;
use crate::source::Span;
use crate::units;

/// What patterns are held against; all paths count from the folder of the workspace file.
pub struct Paths<'p> {
    /// The manifests that belong to the workspace.
    pub members: &'p [String],
    /// All other manifests below the folder. It is asked only where a pattern matches no member.
    pub others: &'p dyn Fn() -> Vec<String>,
    /// Whether there is such a folder.
    pub is_folder: &'p dyn Fn(&str) -> bool,
}

impl WorkspaceConfig {
    /// The findings about what is set and has no effect, and about names of lints that are not to be written any more.
    pub fn idle(&self, paths: &Paths<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut others = None;
        for item in self.list(SYSTEMS) {
            found.extend(self.idle_pattern(item, SYSTEMS, Pointer::default().child(SYSTEMS.key()), paths, &mut others));
        }
        for (index, item) in self.list(LEVELS).enumerate() {
            let pointer = Pointer::default().child(LEVELS.key()).index(index);
            for pattern in self.texts(item, IN) {
                found.extend(self.idle_pattern(pattern, IN, pointer.child(IN.key()), paths, &mut others));
            }
        }
        found.extend(self.levels_set_again());
        found.extend(self.outdated.findings.iter().cloned());
        found
    }

    fn idle_pattern(
        &self,
        item: &Item,
        field: FieldPath,
        pointer: Pointer,
        paths: &Paths<'_>,
        others: &mut Option<Vec<String>>,
    ) -> Option<Finding> {
        let text = self.manifest.text(item);
        let plain = text.strip_prefix("./").unwrap_or(text);
        let pattern = PathGlob::new(plain).ok()?;
        let matches = |path: &String| pattern.holds(path);
        if paths.members.iter().any(matches) {
            return None;
        }
        let others = others.get_or_insert_with(|| (paths.others)());
        // A level may be meant for a manifest that belongs to no workspace.
        if field == IN && others.iter().any(matches) {
            return None;
        }
        let known = || paths.members.iter().chain(others.iter());
        let folder = plain.trim_end_matches('/');
        let small = PathGlob::new(&plain.to_lowercase()).ok()?;
        let help = if plain.starts_with('!') {
            "`!` takes nothing out: name what belongs".to_owned()
        } else if plain.contains('{') {
            "`{` has no meaning here: write a pattern for each".to_owned()
        } else if (paths.is_folder)(folder) {
            let rest = if field == IN { "**" } else { "**/*mlsystem.yaml" };
            format!("that is a folder: write `{folder}/{rest}`")
        } else if let Some(path) = known().find(|path| small.holds(&path.to_lowercase())) {
            format!("`{path}` differs in the case of its letters")
        } else {
            match units::nearest(plain, known().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the pattern, or delete it".to_owned(),
            }
        };
        let message = format!("`{}` matches no manifest", manifest::leaf::shortened(text));
        let finding = self.without_effect(self.manifest.tree.span(item.node), message, "has no effect");
        Some(finding.at(pointer).with_help(help))
    }

    /// A level counts where no later one sets the same name for the same manifests, or for all.
    fn levels_set_again(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let within = |item: &Item| -> Vec<&str> {
            let mut patterns: Vec<&str> =
                self.texts(item, IN).into_iter().map(|item| self.manifest.text(item)).collect();
            patterns.sort_unstable();
            patterns
        };
        let rules: Vec<&Item> = self.list(LEVELS).collect();
        for (index, rule) in rules.iter().enumerate() {
            for word in self.texts(rule, SELECT) {
                let name = self.outdated.current(self.manifest.text(word));
                let again = rules[index + 1..].iter().filter(|later| {
                    let wide = within(later);
                    wide.is_empty() || wide == within(rule)
                });
                let again = again.flat_map(|later| self.texts(later, SELECT));
                let Some(again) =
                    again.into_iter().find(|other| self.outdated.current(self.manifest.text(other)) == name)
                else {
                    continue;
                };
                let message = format!("the level of `{}` is set again", manifest::leaf::shortened(name));
                let finding = self.without_effect(self.manifest.tree.span(word.node), message, "has no effect");
                let span = self.manifest.tree.span(again.node);
                let pointer = Pointer::default().child(LEVELS.key()).index(index).child(SELECT.key());
                let later = Label::new(self.manifest.source(), span, "this one counts");
                found.push(finding.at(pointer).with_label(later).with_help("delete the first: the last one counts"));
            }
        }
        found
    }

    fn without_effect(&self, span: Span, message: String, text: &str) -> Finding {
        let label = Label::new(self.manifest.source(), span, text);
        Finding::new("setting-without-effect", "workspace", Kind::Reference, Severity::Warning, message, label)
    }
}
