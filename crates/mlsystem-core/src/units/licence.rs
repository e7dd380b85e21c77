//! Licences: SPDX expressions, and a few words for what SPDX does not name.

use spdx::{Expression, ParseMode};

use super::scalar_error::{Proposal, ScalarError};
use super::word;

/// Words for terms that SPDX does not name.
const WORDS: [&str; 5] = ["commercial", "non-commercial", "proprietary", "public-domain", "research-only"];

/// Identifiers in their own case, those that SPDX has renamed and `GPL-3.0+` included; no word for another licence.
const MODE: ParseMode = ParseMode {
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

pub(super) fn is_licence(raw: &str) -> bool {
    WORDS.contains(&raw) || is_written_as_expression(raw) && Expression::parse_mode(raw, MODE).is_ok()
}

/// Whether one blank stands between two words, brackets touch what they hold, and operators are capitals.
fn is_written_as_expression(raw: &str) -> bool {
    raw.split(' ').enumerate().all(|(index, word)| {
        let bare = word.trim_start_matches('(').trim_end_matches(')');
        !bare.is_empty()
            && is_operator(&bare.to_ascii_uppercase()) == (index % 2 == 1)
            && (index % 2 == 0 || is_operator(word))
    })
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
    let mut all: Vec<&str> = KNOWN.iter().map(|(_, licence)| *licence).chain(WORDS).collect();
    all.sort_unstable();
    all.dedup();
    all
}

pub(super) fn explain(raw: &str) -> ScalarError {
    let scalar_error = ScalarError::not_a(raw, "a licence");
    let lower = raw.to_lowercase();
    let bare: Vec<&str> =
        lower.split_whitespace().filter(|word| !matches!(*word, "licence" | "license" | "licensed")).collect();
    let bare = bare.join(" ");
    if let Some((written, known)) = KNOWN.iter().find(|(written, _)| *written == bare) {
        // Without a version it is only the likeliest one.
        return scalar_error.propose([Proposal::new(*known, !matches!(*written, "apache" | "cc by"))]);
    }
    if let Some(word) = WORDS.iter().find(|word| **word == bare) {
        return scalar_error.certainly(*word);
    }
    if let [identifier, "licence" | "license"] = lower.split(' ').collect::<Vec<_>>()[..]
        && let Some(text) = raw.get(..identifier.len())
    {
        return scalar_error.certainly(in_due_case(text));
    }
    let expression = spelled(raw);
    if is_licence(&expression) {
        return scalar_error.certainly(expression);
    }
    if let Some((licence, length)) = spdx::imprecise_license_id(raw)
        && length == raw.len()
    {
        return scalar_error.perhaps(licence.name);
    }
    let either = spelled(&raw.replace('/', " OR "));
    if is_licence(&either) {
        return scalar_error.perhaps(either);
    }
    unknown_term(scalar_error, raw, &expression)
}

/// The expression with its operators in capitals, its identifiers in their own case and one blank between two words.
fn spelled(raw: &str) -> String {
    let apart = raw.replace('(', " ( ").replace(')', " ) ");
    let mut text = String::with_capacity(raw.len());
    for word in apart.split_whitespace() {
        let upper = word.to_uppercase();
        if !text.is_empty() && !text.ends_with('(') && word != ")" {
            text.push(' ');
        }
        match is_operator(&upper) {
            true => text.push_str(&upper),
            false => text.push_str(&in_due_case(word.trim_matches(','))),
        }
    }
    text
}

/// An identifier in the case in which SPDX lists it.
fn in_due_case(word: &str) -> String {
    let plus = if word.ends_with('+') { "+" } else { "" };
    let bare = word.strip_suffix('+').unwrap_or(word);
    match identifiers().find(|known| known.eq_ignore_ascii_case(bare)) {
        Some(known) => format!("{known}{plus}"),
        None => word.to_owned(),
    }
}

fn identifiers() -> impl Iterator<Item = &'static str> {
    let licences = spdx::identifiers::LICENSES.iter().map(|licence| licence.name);
    licences.chain(spdx::identifiers::EXCEPTIONS.iter().map(|exception| exception.name))
}

/// Of an expression that is well written but for a name that SPDX does not list: the listed ones that are near, and the
/// reference that stands for any other licence.
fn unknown_term(scalar_error: ScalarError, raw: &str, expression: &str) -> ScalarError {
    let is_known = |word: &str| is_operator(word) || is_licence(word) || spdx::exception_id(word).is_some();
    let terms = || expression.split([' ', '(', ')']).filter(|word| !word.is_empty());
    let mut unknown = terms().filter(|word| !is_known(word));
    let (Some(term), None) = (unknown.next(), unknown.next()) else { return scalar_error };
    let scalar_error = match raw.find(term) {
        Some(start) => scalar_error.at(start..start + term.len()),
        None => scalar_error,
    };
    let with = |name: &str| Proposal::possible(expression.replacen(term, name, 1));
    let near = word::nearest(term, identifiers()).map(with);
    let own = with(&format!("LicenseRef-{term}"));
    scalar_error.propose(near.into_iter().chain([own])).advise("`LicenseRef-` begins a licence that SPDX does not list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_those_of_spdx() {
        for raw in [
            "MIT",
            "GPL-2.0",
            "GPL-2.0+",
            "Apache-2.0 WITH LLVM-exception",
            "(MIT OR Apache-2.0) AND BSD-3-Clause",
            "MIT AND (LGPL-2.1-or-later OR (BSD-3-Clause AND ISC))",
            "LicenseRef-llama3.1",
            "DocumentRef-x:LicenseRef-y",
            "proprietary",
        ] {
            assert!(is_licence(raw), "{raw}");
        }
        for raw in [
            "Apach-2.0",
            "mit",
            "MIT or ISC",
            "MIT  OR ISC",
            "(MIT",
            "MIT)",
            "( MIT )",
            "MIT ISC",
            "OR",
            "MIT WITH",
            "llama3",
            "",
        ] {
            assert!(!is_licence(raw), "{raw}");
        }
    }

    #[test]
    fn names_that_are_proposed_are_listed() {
        assert!(KNOWN.iter().all(|(_, licence)| is_licence(licence)));
    }
}
