//! The identity of a finding: the same for as long as it is about the same thing, wherever it stands in the file.
//!
//! Neither lines nor words are in it. SARIF, GitLab and baselines use this one.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::finding::Finding;

/// The version of what is hashed.
const VERSION: &str = "v1";

/// The fingerprints of the findings of the file at `path`, which counts from the root of the workspace. Findings that
/// are alike in everything that is hashed are told apart by their order.
pub fn of_file(path: &str, findings: &[Finding]) -> Vec<String> {
    let mut seen = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let key = (&finding.name, finding.document, &finding.pointer);
            let ordinal = seen.entry(key).and_modify(|count| *count += 1).or_insert(0_u64);
            fingerprint(path, finding, *ordinal)
        })
        .collect()
}

fn fingerprint(path: &str, finding: &Finding, ordinal: u64) -> String {
    let mut hash = Sha256::new();
    let mut feed = |part: &str| {
        // The length goes first, so that no two lists of parts read alike.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    feed(VERSION);
    feed(&finding.name);
    feed(path);
    feed(&finding.document.to_string());
    feed(&finding.pointer.0);
    if ordinal > 0 {
        feed(&ordinal.to_string());
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{VERSION}:{digest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Kind, Label, Pointer, Severity};
    use crate::source::{Source, Span};

    fn finding(name: &'static str, pointer: &str, start: usize, message: &str) -> Finding {
        let source = Source::new("a.yaml", "serving: {pattern: online}");
        let label = Label::new(&source, Span::at(start), "");
        Finding::new(name, "serving", Kind::MissingPiece, Severity::Error, message, label).at(Pointer(pointer.into()))
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
