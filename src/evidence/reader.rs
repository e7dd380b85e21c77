//! What makes a reader: which files it takes, and what it can tell of them.

use super::{EvidenceFile, FactBuilder};
use crate::schema::FieldPath;

/// A reader of one sort of file.
#[derive(Debug)]
pub struct Reader {
    /// The sort of file, in words: `DVC lock file`.
    pub name: &'static str,
    /// The files: a name, a name that begins or ends with `*`, the end of a path, as in `.dvc/config`, or files of a folder,
    /// as in `reports/*.json`.
    pub files: &'static [&'static str],
    /// Texts of which one stands in every such file; none where the name is enough.
    pub marks: &'static [&'static str],
    /// The lists of the outline that it can fill.
    pub shows: &'static [FieldPath],
    /// Reads a file.
    pub read: fn(&EvidenceFile<'_>, &mut FactBuilder) -> Result<(), SkipReason>,
}

/// Why a file says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// It is of another sort.
    Other,
    /// It is a template, whose values are not known before it is filled in.
    Template,
    /// It is of this sort and cannot be read, with the reason.
    Unreadable(String),
}

impl Reader {
    /// Whether a file of this path may be of its sort.
    pub fn knows(&self, path: &str) -> bool {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        let folder = path.rsplit('/').nth(1).unwrap_or_default();
        let inside = |known: &str| known.split_once("/*").map(|(within, end)| folder == within && name.ends_with(end));
        self.files.iter().any(|known| match (known.strip_prefix('*'), known.strip_suffix('*')) {
            _ if known.contains("/*") => inside(known).unwrap_or(false),
            (Some(end), _) => name.ends_with(end),
            (_, Some(start)) => name.starts_with(start),
            _ if known.contains('/') => {
                path == *known || path.strip_suffix(known).is_some_and(|rest| rest.ends_with('/'))
            }
            _ => name == *known,
        })
    }

    /// Whether a text may be of its sort.
    pub fn takes(&self, text: &str) -> bool {
        self.marks.is_empty() || self.marks.iter().any(|mark| text.contains(mark))
    }
}
