//! The identity of a finding: the same for as long as it is about the same thing, wherever it stands in the file.
//!
//! Neither lines nor words are in it. SARIF, GitLab and baselines use this one.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::finding::Finding;

/// The version of what is hashed.
const VERSION: &str = "v1";

/// What makes a finding the one it is. The order is that of baselines: by path, name and place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The path of the file from the root of the workspace.
    pub path: String,
    /// The name of the lint.
    pub name: String,
    /// The place in the document.
    pub pointer: String,
    /// Which document of the file, from 0.
    pub document: usize,
    /// Which of the findings that are alike in all of this, from 0.
    pub repeat: usize,
}

/// The identities of the findings of the file at `path`, which counts from the root of the workspace. Findings that are
/// alike in everything else are told apart by their order.
pub fn identities(path: &str, findings: &[Finding]) -> Vec<Identity> {
    let mut seen = HashMap::new();
    let identity = |finding: &Finding| {
        let key = (finding.name.to_string(), finding.document, finding.pointer.clone());
        let repeat = seen.entry(key).and_modify(|count| *count += 1).or_insert(0_usize);
        Identity {
            path: path.to_owned(),
            name: finding.name.to_string(),
            pointer: finding.pointer.to_string(),
            document: finding.document,
            repeat: *repeat,
        }
    };
    findings.iter().map(identity).collect()
}

/// The fingerprints of the findings of the file at `path`, in their order.
pub fn of_file(path: &str, findings: &[Finding]) -> Vec<String> {
    identities(path, findings).iter().map(Identity::fingerprint).collect()
}

impl Identity {
    /// The identity as a word that stays the same for ever.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let mut feed = |part: &str| {
            // The length goes first, so that no two lists of parts read alike.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        feed(VERSION);
        feed(&self.name);
        feed(&self.path);
        feed(&self.document.to_string());
        feed(&self.pointer);
        if self.repeat > 0 {
            feed(&self.repeat.to_string());
        }
        let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{VERSION}:{digest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Kind, Label, Pointer, Severity};
    use crate::source::{Source, Span};

    fn finding(name: &'static str, pointer: &str, start: usize, message: &str) -> Finding {
        let source = Source::new("a.yaml", "serving: {pattern: online}");
        let label = Label::new(&source, Span::at(start), "");
        Finding::new(name, "serving", Kind::MissingPiece, Severity::Error, message, label).at(Pointer::read(pointer))
    }

    #[test]
    fn place_and_words_do_not_matter() {
        let here = of_file("a.yaml", &[finding("no-fallback", "/serving", 0, "one")]);
        let there = of_file("a.yaml", &[finding("no-fallback", "/serving", 9, "other")]);
        assert_eq!(here, there);
        assert_eq!(here, ["v1:e3a328024310068c8effc17764e5c834ba5cfff83ca8ab748c1c44685e738197"]);
    }

    #[test]
    fn name_path_document_and_pointer_matter() {
        let mut second = finding("no-fallback", "/serving", 0, "");
        second.document = 1;
        let all = [
            of_file("a.yaml", &[finding("no-fallback", "/serving", 0, "")]),
            of_file("b.yaml", &[finding("no-fallback", "/serving", 0, "")]),
            of_file("a.yaml", &[finding("no-deadline", "/serving", 0, "")]),
            of_file("a.yaml", &[finding("no-fallback", "/serving/pattern", 0, "")]),
            of_file("a.yaml", &[second]),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn exact_repeats_are_told_apart() {
        let twice = [finding("no-fallback", "/serving", 0, ""), finding("no-fallback", "/serving", 9, "")];
        let both = of_file("a.yaml", &twice);
        assert_ne!(both[0], both[1]);
        assert_eq!(both[0], of_file("a.yaml", &twice[..1])[0]);
    }
}
