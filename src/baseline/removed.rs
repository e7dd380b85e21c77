//! Entries that a baseline no longer needs are findings of the baseline itself: left in place, they would hide the next
//! finding of that name.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Compared, Entry, Former};
use crate::finding::{Finding, Kind, Label, Pointer, Severity, raised};
use crate::lint::Remark;
use crate::report::Identity;
use crate::source::Source;

/// The findings about the baseline `source`: one for each former name of a lint, one for each entry that is gone, and one
/// for each file that was renamed or is not there any more.
pub fn findings(source: &Arc<Source>, name: &str, compared: &Compared, missing: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut files: BTreeMap<&str, Vec<&(Identity, Entry)>> = BTreeMap::new();
    for gone in &compared.gone {
        files.entry(&gone.0.path).or_default().push(gone);
    }
    let raise = |line: u32, pointer: Pointer, message: String, text: String| {
        let label = Label::new(source, source.line(line), text);
        Finding::new("stale-baseline-entry", "waivers", Kind::Reference, Severity::Warning, message, label)
            .at(pointer)
            .with_help(format!("run `mlsystem baseline --prune --file {name}`"))
    };
    for (former, Former { name: now, line, entries: count }) in &compared.former {
        let label = Label::new(source, source.line(*line), format!("{} by this name", entries(*count)));
        let message = Remark::Renamed(former, now).message();
        findings.push(
            Finding::new(raised::RENAMED_LINT, "waivers", Kind::Reference, Severity::Advice, message, label)
                .at(Pointer::default().child(former))
                .with_note(Remark::Renamed(former, now).fact())
                .with_help(format!("run `mlsystem baseline --prune --file {name}`")),
        );
    }
    for (path, gone) in files {
        if let Some((_, first)) = gone.first().filter(|_| missing(path)) {
            let pointer = Pointer::default().child(path);
            let text = format!("the file is gone, with {} of the baseline", entries(gone.len()));
            findings.push(raise(first.line, pointer, "the baseline names a file that is gone".to_owned(), text));
            continue;
        }
        for (identity, entry) in gone {
            let pointer = Pointer::default().child(path).child(&identity.name).child(&identity.pointer);
            let message = format!("the baseline excuses `{}`, which is gone", identity.name);
            findings.push(raise(entry.line, pointer, message, "nothing here is reported any more".to_owned()));
        }
    }
    for (identity, entry) in &compared.waived {
        let pointer = Pointer::default().child(&identity.path).child(&identity.name).child(&identity.pointer);
        let message = format!("the baseline excuses `{}`, which is waived", identity.name);
        findings.push(raise(entry.line, pointer, message, "a waiver accepts this now".to_owned()));
    }
    for (from, to) in &compared.moved {
        let old = compared.pruned.entries.iter().filter(|(identity, _)| identity.path == *to);
        let Some(line) = old.clone().map(|(_, entry)| entry.line).min() else { continue };
        let text = format!("`{from}` is `{to}` now, by {} in common", entries(old.count()));
        let message = "the baseline knows a file by its old name".to_owned();
        findings.push(raise(line, Pointer::default().child(from), message, text));
    }
    findings
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}
