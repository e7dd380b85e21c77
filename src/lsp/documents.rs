//! The texts that are open in the editor. They win over what lies on the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::position::{Encoding, MARK};
use super::uri;
use crate::source::Source;
use crate::workspace::{self, Input, WORKSPACE_FILE};

/// One open text.
#[derive(Debug)]
pub struct Document {
    /// Its address, as the client writes it.
    pub uri: Uri,
    /// Which state of it this is, as the client counts.
    pub version: i32,
    /// The text. Its name is that of the document among the others.
    pub source: Arc<Source>,
    /// Where it lies on the disk, if it does.
    pub path: Option<PathBuf>,
    /// What it is to this program.
    pub sort: DocumentKind,
}

/// What a text is to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// A manifest, by its name, its language or its first key.
    Manifest,
    /// A workspace file.
    WorkspaceConfig,
    /// Anything else, unless the workspace says that it is a manifest.
    Other,
}

/// The open texts by name: the absolute path, or the address of what has none.
#[derive(Debug, Default)]
pub struct Documents {
    open: BTreeMap<String, Document>,
}

/// The name of the text at an address.
pub fn name_of(uri: &Uri) -> String {
    match uri::path_of(uri) {
        Some(path) => workspace::shown(&path),
        None => uri.as_str().to_owned(),
    }
}

impl Document {
    /// Whether it is judged where the workspace says nothing of it.
    pub fn is_judged(&self) -> bool {
        self.sort == DocumentKind::Manifest
    }
}

impl Documents {
    /// Takes in a text that was opened, and gives its name.
    pub fn open(&mut self, item: TextDocumentItem) -> String {
        let name = name_of(&item.uri);
        let path = uri::path_of(&item.uri);
        let sort = sort(path.as_deref(), &item.language_id, &item.text);
        let source = Source::new(&*name, item.text);
        self.open.insert(name.clone(), Document { uri: item.uri, version: item.version, source, path, sort });
        name
    }

    /// Makes changes in a text. Says whether there is such a text, and whether it is another than before.
    pub fn change(
        &mut self,
        name: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> bool {
        let Some(document) = self.open.get_mut(name) else { return false };
        for change in changes {
            document.source = changed(&document.source, change, encoding);
        }
        document.version = version;
        if document.sort == DocumentKind::Other {
            document.sort = sort(document.path.as_deref(), "", document.source.text());
        }
        true
    }

    /// Forgets a text that was closed.
    pub fn close(&mut self, name: &str) -> Option<Document> {
        self.open.remove(name)
    }

    /// The text of this name.
    pub fn get(&self, name: &str) -> Option<&Document> {
        self.open.get(name)
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.open.iter().map(|(name, document)| (&**name, document))
    }

    /// The address of the text of this name: that of the client for what is open.
    pub fn uri(&self, name: &str) -> Option<Uri> {
        match self.open.get(name) {
            Some(document) => Some(document.uri.clone()),
            None => uri::uri_of(Path::new(name)),
        }
    }
}

/// A file as an editor shows it: without a byte-order mark.
pub fn read_as_shown(path: &Path) -> Input {
    as_shown(workspace::read(path, &workspace::shown(path)))
}

/// The workspace file of the folder `root` in the same way, whose links must not lead out of it.
pub fn workspace_file_as_shown(root: &Path) -> Input {
    let path = root.join(WORKSPACE_FILE);
    as_shown(workspace::read_within(&path, &workspace::shown(&path), root))
}

fn as_shown(input: Input) -> Input {
    match input {
        Input::Text(source) => Input::Text(match source.original().strip_prefix(MARK) {
            Some(text) => Source::new(source.name(), text),
            None => source,
        }),
        unreadable => unreadable,
    }
}

/// The text after one change.
fn changed(source: &Arc<Source>, change: TextDocumentContentChangeEvent, encoding: Encoding) -> Arc<Source> {
    let Some(range) = change.range else { return Source::new(source.name(), change.text) };
    let span = encoding.span(source, range).range();
    let old = source.original();
    let mut text = String::with_capacity(old.len() + change.text.len());
    text.push_str(&old[..span.start]);
    text.push_str(&change.text);
    text.push_str(&old[span.end..]);
    Source::new(source.name(), text)
}

fn sort(path: Option<&Path>, language: &str, text: &str) -> DocumentKind {
    let name = path.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if name == WORKSPACE_FILE {
        return DocumentKind::WorkspaceConfig;
    }
    let written = language != "markdown" && !name.ends_with(".md") && begins(text);
    if workspace::is_manifest(&name) || language == "mlsystem" || written {
        DocumentKind::Manifest
    } else {
        DocumentKind::Other
    }
}

/// Whether the first key of a text is that of a manifest, with the version of the format behind it. Other programs have
/// settings of this name, which are a mapping.
fn begins(text: &str) -> bool {
    let aside = |line: &&str| line.trim().is_empty() || line.starts_with(['#', '%']) || *line == "---";
    let first = text.trim_start_matches(MARK).lines().map(str::trim_end).find(|line| !aside(line));
    let version = first.and_then(|line| line.strip_prefix("mlsystem:")).map(str::trim_start);
    version.is_some_and(|version| version.starts_with(|letter: char| letter.is_ascii_digit() || "'\"".contains(letter)))
}

#[cfg(test)]
mod tests {
    use lsp_types::{Position, Range};
    use proptest::prelude::*;

    use super::*;

    /// The place of the character at `at`, counted from the start of the text.
    fn place(text: &[char], at: usize, encoding: Encoding) -> Position {
        let before: String = text[..at].iter().collect();
        let plain = before.replace("\r\n", "\n").replace('\r', "\n");
        let line = plain.rsplit('\n').next().unwrap();
        let character = match encoding {
            Encoding::Utf8 => line.len(),
            Encoding::Utf16 => line.encode_utf16().count(),
            Encoding::Utf32 => line.chars().count(),
        };
        Position { line: plain.matches('\n').count() as u32, character: character as u32 }
    }

    /// A place in the text that is not between a carriage return and its line feed, where no editor has a cursor.
    fn cursor(text: &[char], part: f64) -> usize {
        let at = (text.len() as f64 * part) as usize;
        let inside = at > 0 && text.get(at - 1) == Some(&'\r') && text.get(at) == Some(&'\n');
        if inside { at - 1 } else { at }
    }

    proptest! {
        #[test]
        fn the_text_is_that_of_the_client(
            begin in "[a-zé😀\u{feff}\r\n:]{0,40}",
            edits in proptest::collection::vec((0.0..=1.0_f64, 0.0..=1.0_f64, "[a-cé😀\r\n]{0,6}"), 1..12),
        ) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut text: Vec<char> = begin.chars().collect();
                let mut source = Source::new("a", &*begin);
                for (one, other, new) in &edits {
                    let (from, to) = (cursor(&text, one.min(*other)), cursor(&text, one.max(*other)));
                    let range = Range { start: place(&text, from, encoding), end: place(&text, to, encoding) };
                    let change =
                        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: new.clone() };
                    source = changed(&source, change, encoding);
                    text.splice(from..to, new.chars());
                    prop_assert_eq!(source.text(), text.iter().collect::<String>());
                }
            }
        }
    }

    #[test]
    fn what_a_text_is() {
        let sort = |path: &str, language: &str, text: &str| sort(Some(Path::new(path)), language, text);
        assert_eq!(sort("/a/mlsystem.yaml", "yaml", ""), DocumentKind::Manifest);
        assert_eq!(sort("/a/mlsystem-workspace.yaml", "yaml", ""), DocumentKind::WorkspaceConfig);
        assert_eq!(sort("/a/other.yaml", "yaml", "on: push\n"), DocumentKind::Other);
        assert_eq!(sort("/a/other.yaml", "yaml", "# x\nmlsystem: 1\n"), DocumentKind::Manifest);
        assert_eq!(sort("/a/other.yaml", "yaml", "%YAML 1.2\n---\n\nmlsystem: '1'\n"), DocumentKind::Manifest);
        for values in [
            "mlsystem:\n  enabled: true\n",
            "mlsystem: {enabled: true}\n",
            "mlsystem: # the linter\n  enabled: true\n",
            "image: a\nmlsystem: 1\n",
            "image:\n  mlsystem: 1\n",
            "mlsystem: &on\n  enabled: true\n",
        ] {
            assert_eq!(sort("/a/values.yaml", "yaml", values), DocumentKind::Other, "{values}");
        }
        assert_eq!(sort("/a/page.md", "markdown", "mlsystem: 1\n"), DocumentKind::Other);
        assert_eq!(super::sort(None, "mlsystem", ""), DocumentKind::Manifest);
    }
}
