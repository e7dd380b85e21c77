//! Tries fixes: makes them, judges the text again, and compares what is found.

use super::{Diagnosed, Judge, Judged, apply, raised};
use crate::finding::{Finding, Fix};
use crate::source::Source;

/// What a text came to in which fixes were made that hold.
pub(super) struct Held {
    pub text: String,
    pub judged: Judged,
}

/// Makes these fixes together, each of its finding. None where the text does not parse any more, a finding stays, or
/// there is a new one.
pub(super) fn holds(fixes: &[(&Finding, &Fix)], known: &Diagnosed<'_>, judge: &Judge<'_>) -> Option<Held> {
    let edits: Vec<&Fix> = fixes.iter().map(|(_, fix)| *fix).collect();
    let text = apply(known.source.original(), &edits);
    if text == known.source.original() || edits.iter().any(|fix| fix.overwrites_secrets()) {
        return None;
    }
    let judged = judge(&Source::new(known.source.name(), &*text));
    if judged.reading.failed {
        return None;
    }
    let fixed: Vec<&Finding> = fixes.iter().map(|(finding, _)| *finding).collect();
    let lenient = fixed.iter().any(|finding| raised(&finding.name, known.lints));
    let counts = |finding: &&Finding| !lenient || raised(&finding.name, known.lints);
    // A text that could not be read was never looked at: all that is found in it now was there before.
    let blind = known.manifest.is_none();
    let sound = removed(&fixed, known.findings, &judged.findings)
        && (blind || !brings(&fixed, known.findings, &judged.findings, counts));
    sound.then_some(Held { text, judged })
}

/// Whether there are as many fewer findings of each name and place as were to be mended.
fn removed(fixed: &[&Finding], before: &[Finding], after: &[Finding]) -> bool {
    let count = |findings: &[Finding], one: &Finding| findings.iter().filter(|other| same_place(one, other)).count();
    fixed.iter().all(|finding| {
        let wanted = fixed.iter().filter(|other| same_place(finding, other)).count();
        count(after, finding) + wanted <= count(before, finding)
            // Two findings of one name and place differ in what they say.
            || !after.iter().any(|other| same_place(finding, other) && other.message == finding.message)
                && count(after, finding) < count(before, finding)
    })
}

/// Whether something is found that was not found before. What stands before an item that is taken out moves up in its
/// list, so that a finding which says the same elsewhere is the one that was there.
fn brings(fixed: &[&Finding], before: &[Finding], after: &[Finding], counts: impl Fn(&&Finding) -> bool) -> bool {
    let stays = |finding: &&Finding| open(finding) && !fixed.iter().any(|one| std::ptr::eq(*one, *finding));
    let mut known: Vec<&Finding> = before.iter().filter(stays).collect();
    let mut take = |same: &dyn Fn(&Finding) -> bool| {
        let found = known.iter().position(|one| same(one));
        found.map(|index| known.swap_remove(index)).is_some()
    };
    let mut rest: Vec<&Finding> = after.iter().filter(|finding| open(finding)).filter(counts).collect();
    rest.retain(|finding| !take(&|one| one.name == finding.name && one.pointer == finding.pointer));
    rest.retain(|finding| !take(&|one| one.name == finding.name && one.message == finding.message));
    !rest.is_empty()
}

fn open(finding: &Finding) -> bool {
    finding.suppression.is_none()
}

fn same_place(one: &Finding, other: &Finding) -> bool {
    one.name == other.name && one.pointer == other.pointer && open(one) == open(other)
}
