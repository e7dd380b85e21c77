//! A safe fix keeps every comment, in every style.

use std::sync::Arc;

use mlsystem::built_in;
use mlsystem::finding::Applicability::{self, Safe, Unsafe};
use mlsystem::fix;
use mlsystem::lint::Lint;
use mlsystem::source::Source;
use proptest::prelude::*;

use super::support::{judge, options};

/// The text after every fix that is at most so daring, of what the reader itself reports.
fn fixed(text: &str, most: Applicability) -> String {
    let source = Source::new("mlsystem.yaml", text);
    let raised: Vec<Lint> = built_in::LINTS.iter().filter(|lint| lint.cases.is_empty()).copied().collect();
    options(&raised, |options| {
        let again = |source: &Arc<Source>| judge(std::slice::from_ref(source), 0, source, None, options);
        fix::all(&source, most, options.lints, &|_| true, &again, &|| false).source.text().to_owned()
    })
}

const HEAD: &str = "mlsystem: 1\nname: example\nstage: production\n";

#[test]
fn of_two_equal_keys_the_one_without_a_comment_goes() {
    for (before, after) in [
        ("serving:\n  pattern: online\n  pattern: online\n", "serving:\n  pattern: online\n"),
        ("serving:\n  pattern: online # a\n  pattern: online\n", "serving:\n  pattern: online # a\n"),
        ("serving:\n  pattern: online\n  pattern: online # b\n", "serving:\n  pattern: online # b\n"),
        (
            "serving:\n  # above\n  pattern: online\n  # below\n  pattern: online\n",
            "serving:\n  # above\n  pattern: online\n  # below\n",
        ),
        ("serving: {pattern: online, pattern: online} # c\n", "serving: {pattern: online} # c\n"),
        // Both have one: somebody has to choose.
        (
            "serving:\n  pattern: online # a\n  pattern: online # changed after incident 12\n",
            "serving:\n  pattern: online # a\n  pattern: online # changed after incident 12\n",
        ),
        (
            "serving: {\n  pattern: online, # a\n  pattern: online # b\n}\n",
            "serving: {\n  pattern: online, # a\n  pattern: online # b\n}\n",
        ),
    ] {
        let got = fixed(&format!("{HEAD}{before}"), Safe);
        let comments = |text: &str| text.matches('#').count();
        assert_eq!(comments(&got), comments(before), "{got}");
        if !before.contains('{') || after != before {
            assert_eq!(got, format!("{HEAD}{after}"));
        }
    }
}

/// Most programs that read YAML take the last of two equal keys: it is what the system runs with today.
#[test]
fn of_two_different_values_the_last_one_stays() {
    for (before, after) in [
        (
            "serving:\n  pattern: online # old\n  pattern: batch # new, since May\n",
            "serving:\n  pattern: batch # new, since May\n",
        ),
        ("serving: {pattern: online, pattern: batch}\n", "serving: {pattern: batch}\n"),
        ("serving:\n  latency: {p99: 80ms}\n  latency:\n    p99: 90ms\n", "serving:\n  latency:\n    p99: 90ms\n"),
    ] {
        let text = format!("{HEAD}{before}");
        assert_eq!(fixed(&text, Safe), text);
        assert_eq!(fixed(&text, Unsafe), format!("{HEAD}{after}"));
    }
}

#[test]
fn a_waiver_goes_with_its_comments_only_where_that_is_asked_for() {
    let waiver = "{check: no-falback-at-all, reason: a reason, owner: a, until: 2020-01-01}";
    let text = format!("{HEAD}waivers:\n  # agreed with the lawyers\n  - {waiver} # until May\n");
    assert_eq!(fixed(&text, Safe), text);
    let source = Source::new("mlsystem.yaml", &*text);
    options(built_in::LINTS, |options| {
        let found = mlsystem::fix::Judged::alone(&source, options).findings;
        let titles: Vec<&str> = found.iter().flat_map(|finding| &finding.fixes).map(|fix| &*fix.title).collect();
        assert!(titles.contains(&"delete the waiver and its comments"), "{titles:?}");
    });
}

/// Lines in which the reader finds something that it repairs, and lines around them.
const LINES: [&str; 24] = [
    "owner: ads",
    "owner:  ads",
    "owner: {team: ads, contact: #ads}",
    "owner: {team: ads, contact: \"#ads\"}",
    "servng: {pattern: online}",
    "serving: {pattern: online, pattern: online}",
    "serving:\n  pattern: online\n  pattern: online",
    "serving:\n  pattern: online\n  # between\n  pattern: online",
    "serving:\n    pattern: online\n    latency: {p99: 80 ms, p99: 80 ms}",
    "serving: {latency: {\n  p99: 80 ms,\n  p99: 80 ms\n  }}",
    "serving: {latency: {p99: '1,5s'}}",
    "models:\n  ranker: {family: tree, trained_on: clickz}\n  ranker: {family: tree, trained_on: clickz}",
    "data:\n  datasets:\n    clicks: {roles: [train, train]}",
    "summary: a: b",
    "summary: it's @ 5",
    "summary: |\n  many # words\n  here",
    "summary: \"a # b\"",
    "regions: [NO, no]",
    "x-base: &base {p99: 80 ms}",
    "waivers:\n  - {check: no-fallbak, reason: why, owner: a, until: 2027-01-31}",
    "waivers:\n  - check: no-fallback\n    check: no-fallback\n    reason: why\n    owner: a\n    until: 2020-01-31",
    "stage: prodution",
    "purpose:\n\tautomation: automatic",
    "evaluation:\n  metrics:\n    auc: {target: at least 0,9}\n    auc: {target: at least 0,9}",
];

proptest! {
    #[test]
    fn safe_fixes_keep_every_comment(
        parts in proptest::collection::vec((0..LINES.len(), any::<u64>(), any::<bool>()), 1..8),
        crlf in any::<bool>(),
    ) {
        let mut text = HEAD.to_owned();
        let mut number = 0;
        for (line, places, twice) in parts {
            for _ in 0..=usize::from(twice) {
                for (index, line) in LINES[line].lines().enumerate() {
                    let bit = |shift: usize| places >> ((2 * index + shift) % 64) & 1 == 1;
                    if bit(0) {
                        text += &format!("# c{number}.\n");
                        number += 1;
                    }
                    text += line;
                    if bit(1) {
                        text += &format!(" # c{number}.");
                        number += 1;
                    }
                    text.push('\n');
                }
            }
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let after = fixed(&text, Safe);
        for number in 0..number {
            let comment = format!("# c{number}.");
            prop_assert!(after.contains(&comment), "{} is lost\n{}\nis\n{}", comment, text, after);
        }
    }
}
