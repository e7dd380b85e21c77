//! Licences: SPDX expressions, and a few words for what SPDX does not name.

use super::wrong::{Proposal, Wrong};

pub(super) fn is_licence(raw: &str) -> bool {
    let mut words = raw.split(' ');
    let identifier = |word: &str| {
        let plain =
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'));
        plain && !is_operator(word)
    };
    loop {
        if !words.next().is_some_and(identifier) {
            return false;
        }
        match words.next() {
            None => return true,
            Some(operator) if is_operator(operator) => {}
            Some(_) => return false,
        }
    }
}

fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "WITH")
}

/// What people write for well-known licences, in lower case, without `licence` or `license`.
const KNOWN: [(&str, &str); 40] = [
    ("apache", "Apache-2.0"),
    ("apache 2", "Apache-2.0"),
    ("apache 2.0", "Apache-2.0"),
    ("apache v2", "Apache-2.0"),
    ("apache v2.0", "Apache-2.0"),
    ("apache version 2.0", "Apache-2.0"),
    ("apache, version 2.0", "Apache-2.0"),
    ("mit", "MIT"),
    ("the mit", "MIT"),
    ("bsd 2 clause", "BSD-2-Clause"),
    ("bsd 2-clause", "BSD-2-Clause"),
    ("bsd 3 clause", "BSD-3-Clause"),
    ("bsd 3-clause", "BSD-3-Clause"),
    ("3-clause bsd", "BSD-3-Clause"),
    ("new bsd", "BSD-3-Clause"),
    ("gpl v2", "GPL-2.0-only"),
    ("gpl v3", "GPL-3.0-only"),
    ("gnu gpl v3", "GPL-3.0-only"),
    ("lgpl v3", "LGPL-3.0-only"),
    ("agpl v3", "AGPL-3.0-only"),
    ("mozilla public 2.0", "MPL-2.0"),
    ("mpl 2.0", "MPL-2.0"),
    ("cc0", "CC0-1.0"),
    ("cc0 1.0", "CC0-1.0"),
    ("cc by", "CC-BY-4.0"),
    ("cc by 4.0", "CC-BY-4.0"),
    ("cc-by 4.0", "CC-BY-4.0"),
    ("cc by-sa 4.0", "CC-BY-SA-4.0"),
    ("cc by sa 4.0", "CC-BY-SA-4.0"),
    ("cc-by-sa 4.0", "CC-BY-SA-4.0"),
    ("cc by-nc 4.0", "CC-BY-NC-4.0"),
    ("cc by nc 4.0", "CC-BY-NC-4.0"),
    ("cc-by-nc 4.0", "CC-BY-NC-4.0"),
    ("creative commons attribution 4.0", "CC-BY-4.0"),
    ("boost 1.0", "BSL-1.0"),
    ("the unlicense", "Unlicense"),
    ("public domain", "public-domain"),
    ("non commercial", "non-commercial"),
    ("research only", "research-only"),
    ("all rights reserved", "proprietary"),
];

/// The licences that have a name here, and the words for what SPDX does not name, each once.
pub(super) fn all() -> Vec<&'static str> {
    let mut all: Vec<&str> = KNOWN.iter().map(|(_, licence)| *licence).chain(["commercial"]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

pub(super) fn explain(raw: &str) -> Wrong {
    let wrong = Wrong::not_a(raw, "a licence");
    let lower = raw.to_lowercase();
    let bare: Vec<&str> =
        lower.split_whitespace().filter(|word| !matches!(*word, "licence" | "license" | "licensed")).collect();
    let bare = bare.join(" ");
    if let Some((written, known)) = KNOWN.iter().find(|(written, _)| *written == bare) {
        // Without a version it is only the likeliest one.
        return wrong
            .propose([Proposal { text: (*known).to_owned(), certain: !matches!(*written, "apache" | "cc by") }]);
    }
    if let [identifier, "licence" | "license"] = lower.split(' ').collect::<Vec<_>>()[..]
        && let Some(text) = raw.get(..identifier.len())
    {
        return wrong.certainly(text);
    }
    let expression: Vec<String> = raw
        .split_whitespace()
        .map(|word| match word.trim_matches(['(', ')', ',']) {
            word if matches!(word.to_lowercase().as_str(), "and" | "or" | "with") => word.to_uppercase(),
            word => word.to_owned(),
        })
        .collect();
    if raw.contains(['(', ')']) { wrong } else { wrong.certainly(expression.join(" ")) }
}
