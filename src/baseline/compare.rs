//! Holds findings against those that were there before.

use std::collections::{BTreeMap, BTreeSet};

use super::{Baseline, Entry, Former, renamed};
use crate::finding::Suppression;
use crate::report::fingerprint::identities;
use crate::report::{FileReport, Identity};

/// What a comparison has to know besides the findings.
pub struct FilePresence<'j> {
    /// Whether the file of this path is there no longer, as far as this run looked.
    pub missing: &'j dyn Fn(&str) -> bool,
    /// Whether the file of this path is there no longer, whatever was looked at.
    pub absent: &'j dyn Fn(&str) -> bool,
    /// Files that nobody asked for and `before` does not know: a file that is gone may have become one of them.
    pub others: &'j [FileReport],
    /// Whether the lint of this name was run.
    pub runs: &'j dyn Fn(&str) -> bool,
    /// Where known findings are known from, in words.
    pub origin: &'j str,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Compared {
    /// How many findings are new, waived ones aside.
    pub new: usize,
    /// How many were there before.
    pub unchanged: usize,
    /// The entries whose finding is gone.
    pub gone: Vec<(Identity, Entry)>,
    /// The entries whose finding is waived by now.
    pub waived: Vec<(Identity, Entry)>,
    /// The files that were renamed: their old paths and their new ones.
    pub moved: BTreeMap<String, String>,
    /// The former names of lints that entries have.
    pub former: BTreeMap<String, Former>,
    /// What remains of the baseline: without what is gone, with the new paths, no entry worse than its finding.
    pub pruned: Baseline,
}

/// Marks the findings that `before` knows as suppressed, and says what became of its entries. Nothing is said of entries
/// whose file was not looked at or could not be read, or whose lint did not run or could not judge.
pub fn compare(files: &mut [FileReport], before: &Baseline, judge: &FilePresence<'_>) -> Compared {
    let all = renamed(files, before, judge);
    let is_other = |path: &String| judge.others.iter().any(|other| other.path == *path);
    let (elsewhere, moved): (BTreeMap<_, _>, _) = all.into_iter().partition(|(_, to)| is_other(to));
    let mut compared = Compared { moved, ..Compared::default() };
    let mut known: BTreeMap<Identity, (&Identity, Entry)> = BTreeMap::new();
    for (identity, entry) in &before.entries {
        let mut now = identity.clone();
        if let Some(path) = compared.moved.get(&identity.path) {
            now.path.clone_from(path);
        }
        known.insert(now, (identity, *entry));
    }
    let looked_at: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    for file in files {
        let names = identities(&file.path, &file.findings);
        for (identity, finding) in names.into_iter().zip(&mut file.findings) {
            let waived = finding.suppression.is_some();
            let Some((old, entry)) = known.remove(&identity) else {
                compared.new += usize::from(!waived);
                continue;
            };
            if waived {
                compared.waived.push((old.clone(), entry));
                continue;
            }
            let (then, now) = (entry.severity, finding.severity);
            let entry = Entry { severity: then.min(now), line: entry.line };
            compared.pruned.entries.insert(identity, entry);
            if now > then {
                finding.notes.push(format!("known {} as {then} only", judge.origin));
                compared.new += 1;
            } else {
                finding.suppression = Some(Suppression::known(judge.origin));
                compared.unchanged += 1;
            }
        }
        known.retain(|identity, (old, entry)| {
            let judged = || (judge.runs)(&identity.name) && file.skipped.iter().all(|lint| lint.lint != identity.name);
            let gone = identity.path == file.path && !file.failed && judged();
            if gone {
                compared.gone.push(((*old).clone(), *entry));
            }
            !gone
        });
    }
    for (identity, (old, entry)) in known {
        let unknown = looked_at.contains(&identity.path) || elsewhere.contains_key(&old.path);
        if !unknown && (judge.missing)(&identity.path) {
            compared.gone.push((old.clone(), entry));
        } else {
            compared.pruned.entries.insert(identity, entry);
        }
    }
    compared.gone.sort_by(|(a, _), (b, _)| a.cmp(b));
    compared
}

fn renamed(files: &[FileReport], before: &Baseline, judge: &FilePresence<'_>) -> BTreeMap<String, String> {
    let mut by_path: BTreeMap<&str, Vec<&Identity>> = BTreeMap::new();
    for identity in before.entries.keys() {
        by_path.entry(&identity.path).or_default().push(identity);
    }
    let fresh: Vec<Identity> = files
        .iter()
        .chain(judge.others)
        .filter(|file| !by_path.contains_key(&*file.path))
        .flat_map(|file| identities(&file.path, &file.findings))
        .collect();
    let mut unknown: BTreeMap<&str, Vec<&Identity>> = BTreeMap::new();
    for identity in &fresh {
        unknown.entry(&identity.path).or_default().push(identity);
    }
    if unknown.is_empty() {
        return BTreeMap::new();
    }
    by_path.retain(|path, _| files.iter().all(|file| file.path != *path) && (judge.absent)(path));
    renamed::pairs(&by_path, &unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Kind, Label, Pointer, Severity};
    use crate::report::Skipped;
    use crate::source::{Source, Span};

    fn file(path: &str, findings: &[(&'static str, &str, Severity)]) -> FileReport {
        let source = Source::new(path, "");
        let finding = |(name, pointer, severity): &(&'static str, &str, Severity)| {
            let label = Label::new(&source, Span::at(0), "");
            Finding::new(*name, "c", Kind::MissingPiece, *severity, "m", label).at(Pointer::read(pointer))
        };
        let findings = findings.iter().map(finding).collect();
        FileReport { name: path.to_owned(), path: path.to_owned(), findings, ..FileReport::default() }
    }

    fn judge<'j>() -> FilePresence<'j> {
        FilePresence { missing: &|_| true, absent: &|_| true, others: &[], runs: &|_| true, origin: "in the baseline" }
    }

    fn names(gone: &[(Identity, Entry)]) -> Vec<(&str, &str)> {
        gone.iter().map(|(identity, _)| (&*identity.path, &*identity.name)).collect()
    }

    use Severity::{Error, Warning};

    #[test]
    fn what_was_there_does_not_count() {
        let before = Baseline::of(&[file("a", &[("x", "/p", Error), ("y", "", Error)])]);
        let mut files = [file("a", &[("x", "/p", Error), ("x", "/q", Error)])];
        let compared = compare(&mut files, &before, &judge());
        assert_eq!((compared.new, compared.unchanged), (1, 1));
        assert_eq!(names(&compared.gone), [("a", "y")]);
        assert!(files[0].findings[0].suppression.is_some() && files[0].findings[1].suppression.is_none());
        assert_eq!(compared.pruned.entries.len(), 1);
    }

    #[test]
    fn what_became_worse_is_new_and_what_became_milder_is_remembered_so() {
        let before = Baseline::of(&[file("a", &[("x", "", Warning), ("y", "", Error)])]);
        let mut files = [file("a", &[("x", "", Error), ("y", "", Warning)])];
        let compared = compare(&mut files, &before, &judge());
        assert_eq!((compared.new, compared.unchanged, compared.gone.len()), (1, 1, 0));
        assert_eq!(files[0].findings[0].notes, ["known in the baseline as warning only"]);
        assert!(compared.pruned.entries.values().all(|entry| entry.severity == Warning));
    }

    #[test]
    fn nothing_is_said_of_what_was_not_judged() {
        let before = Baseline::of(&[file("a", &[("x", "", Error), ("y", "", Error)]), file("b", &[("x", "", Error)])]);
        let mut files = [file("a", &[])];
        files[0].skipped.push(Skipped { lint: "y".to_owned(), wants: Vec::new() });
        let judge = FilePresence { missing: &|_| false, runs: &|name| name != "x", ..judge() };
        let compared = compare(&mut files, &before, &judge);
        assert!(compared.gone.is_empty());
        assert_eq!(compared.pruned.entries, before.entries);
        files[0].failed = true;
        assert!(compare(&mut files, &before, &super::tests::judge()).gone.iter().all(|(gone, _)| gone.path == "b"));
    }

    #[test]
    fn a_waived_finding_needs_no_entry() {
        let before = Baseline::of(&[file("a", &[("x", "", Error)])]);
        let mut files = [file("a", &[("x", "", Error)])];
        files[0].findings[0].suppression =
            Some(Suppression { kind: Suppression::WAIVER, ..Suppression::known("accepted") });
        let compared = compare(&mut files, &before, &judge());
        assert_eq!((compared.new, compared.unchanged, compared.gone.len()), (0, 0, 0));
        assert_eq!((compared.waived.len(), compared.pruned.entries.len()), (1, 0));
    }

    #[test]
    fn a_renamed_file_keeps_its_entries() {
        let findings = [("x", "/p", Error), ("y", "", Error)];
        let before = Baseline::of(&[file("a/m", &findings), file("b/m", &[("z", "", Error)])]);
        let mut files = [file("c/m", &findings), file("d/m", &[("w", "", Error)])];
        let compared = compare(&mut files, &before, &judge());
        assert_eq!((compared.new, compared.unchanged), (1, 2));
        assert_eq!(compared.moved.into_iter().collect::<Vec<_>>(), [("a/m".to_owned(), "c/m".to_owned())]);
        assert_eq!(names(&compared.gone), [("b/m", "z")]);
        assert!(compared.pruned.entries.keys().all(|identity| identity.path == "c/m"));
    }

    #[test]
    fn a_renamed_file_is_known_whatever_part_is_looked_at() {
        let findings = [("x", "/p", Error), ("y", "", Error)];
        let before = Baseline::of(&[file("a/m", &findings), file("b/m", &findings)]);
        let part = FilePresence { missing: &|path| path.starts_with("c/"), ..judge() };
        let compared = compare(&mut [file("c/m", &findings)], &before, &part);
        assert_eq!((compared.new, compared.moved.len(), compared.gone.len()), (0, 1, 0));

        // A copy of what was renamed is new, although nobody asked for the renamed one.
        let before = Baseline::of(&[file("a/m", &findings)]);
        let others = [file("c/m", &findings)];
        let part = FilePresence { others: &others, ..judge() };
        let compared = compare(&mut [file("d/n", &findings)], &before, &part);
        assert_eq!((compared.new, compared.moved.len(), compared.gone.len()), (2, 0, 0));
        assert_eq!(compared.pruned.entries, before.entries);
    }

    #[test]
    fn a_file_that_is_still_there_was_not_renamed() {
        let before = Baseline::of(&[file("a", &[("x", "", Error)])]);
        let judge = FilePresence { missing: &|_| false, absent: &|_| false, ..judge() };
        let compared = compare(&mut [file("b", &[("x", "", Error)])], &before, &judge);
        assert_eq!((compared.new, compared.moved.len()), (1, 0));
    }
}
