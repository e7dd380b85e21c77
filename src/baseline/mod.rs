//! Baselines: the findings that were there when the tool was adopted, written down so that only new ones count.
//!
//! An entry is the identity of a finding and the severity it had. Text comes in and goes out; no files are read here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::report::fingerprint::identities;
use crate::report::{FileReport, Identity};
use crate::source::Source;

mod compare;
mod removed;
mod renamed;

pub use compare::{Compared, FilePresence, compare};
pub use removed::findings;

/// The version of the file. It changes when an older program would misread it.
const VERSION: u32 = 1;

/// The findings that were there before.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// The entries by identity.
    pub entries: BTreeMap<Identity, Entry>,
}

/// What a baseline knows of one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// How bad it was. A finding that is worse now is new.
    pub severity: Severity,
    /// The line of the file that it stands on, from 1; 0 for an entry that was not read from a file.
    pub line: u32,
}

/// A former name of a lint in a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The name of today.
    pub name: String,
    /// The first line of the file on which it stands, from 1.
    pub line: u32,
    /// How many entries have it.
    pub entries: usize,
}

/// The first line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    #[serde(rename = "mlsystem-baseline")]
    version: u32,
}

/// Every other line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    name: String,
    pointer: String,
    severity: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    document: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    repeat: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Baseline {
    /// The findings of these files, waived ones aside.
    pub fn of(files: &[FileReport]) -> Self {
        let mut entries = BTreeMap::new();
        for file in files {
            for (identity, finding) in identities(&file.path, &file.findings).into_iter().zip(&file.findings) {
                let waived = finding.suppression.as_ref().is_some_and(|suppression| !suppression.is_baseline());
                if !waived {
                    entries.insert(identity, Entry { severity: finding.severity, line: 0 });
                }
            }
        }
        Self { entries }
    }

    /// The same entries by the names that lints have today, and the former names among them: each with the name of today
    /// and the first line on which it stands.
    #[must_use]
    pub fn renamed(mut self, current: &dyn Fn(&str) -> Option<String>) -> (Self, BTreeMap<String, Former>) {
        let mut former: BTreeMap<String, Former> = BTreeMap::new();
        let (old, mut entries): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.entries.into_iter().partition(|(identity, _)| current(&identity.name).is_some());
        for (mut identity, entry) in old {
            let Some(name) = current(&identity.name) else { continue };
            let known = Former { name: name.clone(), line: entry.line, entries: 0 };
            let known = former.entry(std::mem::replace(&mut identity.name, name)).or_insert(known);
            known.line = known.line.min(entry.line);
            known.entries += 1;
            // An entry by the name of today was written later.
            entries.entry(identity).or_insert(entry);
        }
        self.entries = entries;
        (self, former)
    }

    /// Reads a baseline. The error names the line that is wrong.
    pub fn read(source: &Arc<Source>) -> Result<Self, String> {
        let name = source.name();
        let mut lines = (1_u32..).zip(source.text().lines()).filter(|(_, line)| !line.trim().is_empty());
        let header = lines.next().and_then(|(_, line)| serde_json::from_str::<Header>(line).ok());
        let Some(header) = header else {
            return Err(format!("`{name}` is no baseline: its first line is not {{\"mlsystem-baseline\":{VERSION}}}"));
        };
        if header.version != VERSION {
            let version = header.version;
            return Err(format!("`{name}` is a baseline of version {version}; this program reads version {VERSION}"));
        }
        let mut entries = BTreeMap::new();
        for (number, line) in lines {
            let wrong = |why: String| format!("{name}:{number}: no entry of a baseline: {why}");
            let line: Line = serde_json::from_str(line).map_err(|error| wrong(plain(&error)))?;
            let severity = Severity::from_word(&line.severity)
                .ok_or_else(|| wrong(format!("`{}` is none of error, warning, advice", line.severity)))?;
            let Line { path, name, pointer, document, repeat, .. } = line;
            entries.insert(Identity { path, name, pointer, document, repeat }, Entry { severity, line: number });
        }
        Ok(Self { entries })
    }

    /// The file: a line for each entry, in order, so that two changes of it merge like text.
    pub fn write(&self) -> String {
        let mut text = format!("{{\"mlsystem-baseline\":{VERSION}}}\n");
        for (identity, entry) in &self.entries {
            let line = Line {
                path: identity.path.clone(),
                name: identity.name.clone(),
                pointer: identity.pointer.clone(),
                severity: entry.severity.word().to_owned(),
                document: identity.document,
                repeat: identity.repeat,
            };
            // A struct of texts and numbers always has a JSON form.
            text.push_str(&serde_json::to_string(&line).unwrap_or_default());
            text.push('\n');
        }
        text
    }
}

/// The words of an error without its place, which counts from the start of the line and not of the file.
fn plain(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Baseline, String> {
        Baseline::read(&Source::new("b.jsonl", text))
    }

    const ONE: &str = "{\"mlsystem-baseline\":1}\n{\"path\":\"a.yaml\",\"name\":\"no-owner\",\"pointer\":\"\",\"severity\":\"error\"}\n";

    #[test]
    fn what_is_written_reads_back() {
        let baseline = read(ONE).unwrap();
        assert_eq!(baseline.write(), ONE);
        assert_eq!(read(&ONE.replace('\n', "\r\n")).unwrap().write(), ONE);
        let twice = format!("{ONE}\n{}\n", ONE.lines().last().unwrap());
        assert_eq!(read(&twice).unwrap().write(), ONE, "an entry that a merge doubled is one entry");
    }

    #[test]
    fn the_line_that_is_wrong_is_named() {
        let no_header = "`b.jsonl` is no baseline: its first line is not {\"mlsystem-baseline\":1}";
        assert_eq!(read("").unwrap_err(), no_header);
        assert_eq!(read("{}\n").unwrap_err(), no_header);
        assert!(read("{\"mlsystem-baseline\":2}").unwrap_err().contains("of version 2; this program reads version 1"));
        let conflict = format!("{ONE}<<<<<<< ours\n");
        assert_eq!(read(&conflict).unwrap_err(), "b.jsonl:3: no entry of a baseline: expected value");
        let severity = ONE.replace("\"error\"", "\"fatal\"");
        assert!(read(&severity).unwrap_err().ends_with("`fatal` is none of error, warning, advice"));
        assert!(read(&ONE.replace("\"name\"", "\"lint\"")).unwrap_err().contains("unknown field `lint`"));
    }
}
