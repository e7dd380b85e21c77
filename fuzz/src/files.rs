//! An input as files of a repository: a line `# file: NAME` begins another one, as in the examples of lint pages.

use std::sync::Arc;

use mlsystem::evidence;
use mlsystem::source::Source;

const FILE: &str = "# file: ";

/// The name of the workspace file.
pub const WORKSPACE: &str = "mlsystem-workspace.yaml";

/// More files than this add nothing but time.
const MOST: usize = 12;

/// The files of one input.
pub struct Files {
    /// The manifests; one at least.
    pub manifests: Vec<Arc<Source>>,
    /// The workspace file.
    pub workspace: Option<Arc<Source>>,
    /// The files of other tools.
    pub others: Vec<Arc<Source>>,
}

impl Files {
    /// Takes an input apart.
    pub fn of(text: &str) -> Self {
        let mut parts = vec![("mlsystem.yaml".to_owned(), String::new())];
        for line in text.split_inclusive('\n') {
            match line.strip_prefix(FILE).map(str::trim).filter(|name| !name.is_empty() && parts.len() < MOST) {
                Some(name) => parts.push((name.to_owned(), String::new())),
                None => parts.iter_mut().next_back().into_iter().for_each(|(_, text)| text.push_str(line)),
            }
        }
        if parts.len() > 1 && parts[0].1.trim().is_empty() {
            parts.remove(0);
        }
        let mut files = Self { manifests: Vec::new(), workspace: None, others: Vec::new() };
        for (name, text) in parts {
            let known = files.all().any(|file| file.name() == name);
            let source = Source::new(name.clone(), text);
            match &*name {
                _ if known => {}
                WORKSPACE => files.workspace = Some(source),
                _ if name.contains('/') || evidence::is_known_by_name(&name) || !name.ends_with(".yaml") => {
                    files.others.push(source);
                }
                _ => files.manifests.push(source),
            }
        }
        files
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.manifests.iter().chain(&self.workspace).chain(&self.others)
    }
}
