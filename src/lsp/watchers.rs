//! Which files the client is asked to watch: those that are read.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::session::Session;
use crate::workspace::{self, WORKSPACE_FILE};
use crate::{evidence, facts};

/// How the registration is called.
const ID: &str = "mlsystem-files";

/// The most files that are watched because manifests name them.
const MAX_NAMED: usize = 1000;

impl Session {
    /// Asks the client to report changes on the disk, where it does so when asked and is not asked for the same already.
    pub fn watch(&mut self) {
        if !self.client.watches || !self.initialized {
            return;
        }
        let request = self.settings.request();
        let mut patterns = general();
        let mut named = BTreeSet::new();
        for project in self.projects.all() {
            named.extend(project.named());
            for folder in project.lint_folders(&request) {
                named.insert(format!("{}/**", literal(&workspace::shown(&workspace::absolute(&folder)))));
            }
        }
        named.retain(|pattern| !patterns.iter().any(|general| covers(general, pattern)));
        patterns.extend(named.into_iter().take(MAX_NAMED));
        if patterns == self.watched {
            return;
        }
        let method = "workspace/didChangeWatchedFiles";
        if !self.watched.is_empty() {
            // The misspelling is the protocol's.
            let before = json!({ "unregisterations": [{ "id": ID, "method": method }] });
            self.ask("client/unregisterCapability", before, |_, _| {});
        }
        let watchers: Vec<_> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
        let registration = json!({ "id": ID, "method": method, "registerOptions": { "watchers": watchers } });
        self.ask("client/registerCapability", json!({ "registrations": [registration] }), |_, _| {});
        self.watched = patterns;
    }
}

/// What is watched in every workspace: manifests, workspace files, ignore files, and the names that evidence has.
fn general() -> Vec<String> {
    let own = [WORKSPACE_FILE, "mlsystem.yaml", "mlsystem.yml", "*.mlsystem.yaml", ".gitignore", ".ignore"];
    let read = evidence::readers().flat_map(|reader| reader.files.iter().copied());
    let all: BTreeSet<String> = own.into_iter().chain(read).map(|name| format!("**/{name}")).collect();
    let covered = |one: &&String| !all.iter().any(|other| other != *one && covers(other, one));
    all.iter().filter(covered).cloned().collect()
}

/// Whether a pattern of the form `**/*.yaml` holds everything that another one does.
fn covers(general: &str, other: &str) -> bool {
    let end = general.strip_prefix("**/*").filter(|end| !end.is_empty() && !end.contains(['*', '/']));
    end.is_some_and(|end| other.ends_with(end))
}

/// A path as a pattern that holds nothing else, as far as patterns can say so.
pub(super) fn literal(path: &str) -> String {
    path.replace(['*', '?', '[', ']', '{', '}'], "?")
}

/// Whether a file that was made, changed or taken away may bear on what is said of the files of a repository, by its name
/// alone. `path` is its path from the root.
pub fn may_be_read(path: &Path, gone: bool) -> bool {
    let text = workspace::shown(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Of a folder that goes with all its files, some clients name the folder alone.
    let folder = gone && !name.contains('.');
    [".gitignore", ".ignore"].contains(&&*name) || workspace::is_evidence(path) && (folder || evidence::is_known(&text))
}

/// Paths that a manifest at `path` writes, as patterns from the root of its repository.
pub fn named_by(manifest: &crate::manifest::Manifest, path: &str) -> Vec<facts::Pattern> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let resolved =
        facts::paths::paths(manifest).into_iter().filter_map(|one| facts::paths::resolved(folder, &one.text));
    resolved.map(facts::Pattern::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_watched_and_no_more() {
        let all = general();
        let has = |pattern: &str| all.iter().any(|one| one == pattern);
        assert!(has("**/*.yaml") && has("**/*.yml") && has("**/.dvc/config") && has("**/*.dvc"), "{all:#?}");
        assert!(!has("**/*") && !has("**/mlsystem.yaml"), "one pattern covers the other: {all:#?}");
        assert!(covers("**/*.yaml", "/w/lints/*.yaml") && !covers("**/*.yaml", "/w/lints/**"));
        assert_eq!(literal("/a[b]/*"), "/a?b?/?");
    }

    #[test]
    fn what_no_reader_knows_matters_to_nobody() {
        for (path, gone, matters) in [
            ("deploy/app.yaml", false, true),
            ("sub/.gitignore", false, true),
            ("runs/1/events.out.tfevents", false, false),
            ("runs/1/model.pt", true, false),
            ("runs/1", true, true),
            (".git/index", true, false),
            ("node_modules/a/package.json", false, false),
        ] {
            assert_eq!(may_be_read(Path::new(path), gone), matters, "{path}");
        }
    }
}
