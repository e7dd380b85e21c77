//! What holds of every text, however broken.

use proptest::prelude::*;

use super::{RICH, read, spans};

/// Pieces that mean something to YAML, so that random texts are worth reading.
const PIECES: &[&str] = &[
    "a",
    "key",
    ": ",
    ":",
    "\n",
    "\n  ",
    "\n    ",
    "\r\n",
    "\r",
    "- ",
    "-",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&a ",
    "*a ",
    "<<: ",
    "!!str ",
    "!<x> ",
    "|\n",
    ">-\n",
    "|2+\n",
    "\"",
    "'",
    "\\",
    "\\n",
    "#",
    " # c",
    "\t",
    " ",
    "é",
    "日本",
    "😀",
    "\u{feff}",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "@",
    "`",
    "~",
    "1.5",
    "\0",
    "\u{85}",
    "\u{2028}",
    "=",
    ">= 3",
    "\"x\"",
    "'y'",
];

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// The rich document with some of its bytes cut out and others put in.
fn mutated() -> impl Strategy<Value = String> {
    let change = (0..RICH.len(), 0..6usize, prop::sample::select(PIECES));
    prop::collection::vec(change, 1..6).prop_map(|changes| {
        let mut text = RICH.to_owned();
        for (at, length, piece) in changes {
            let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            text.replace_range(boundary(at)..boundary(at + length), piece);
        }
        text
    })
}

/// A text as its source has it: what chance made a secret is masked.
fn shown(text: String) -> String {
    mlsystem::secret::redacted(&text).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_texts_keep_their_places(text in any_text().prop_map(shown)) {
        spans::check(&text, &read(&text));
    }

    #[test]
    fn mutated_texts_keep_their_places(text in mutated().prop_map(shown)) {
        spans::check(&text, &read(&text));
    }

    #[test]
    fn texts_between_quotes_come_back(value in "[ -~é日😀\n\t]{0,30}") {
        prop_assume!(!mlsystem::secret::is_secret(&value));
        let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
        let text = format!("- \"{escaped}\"\n- x\n");
        let parsed = read(&text);
        let tree = parsed.tree.unwrap();
        let item = tree.items(tree.root())[0];
        prop_assert_eq!(tree.text(item), Some(&*value));
        prop_assert_eq!(tree.source().slice(tree.span(item)), format!("\"{escaped}\""));
    }
}

#[test]
fn forbidden_characters_are_one_precise_finding_wherever_they_stand() {
    let forbidden = (0u32..0x20).filter(|code| ![9, 10, 13].contains(code)).chain([0x7f, 0x80, 0x9f, 0xfffe, 0xffff]);
    for character in forbidden.filter_map(char::from_u32) {
        for around in [
            "a: x@y\n",
            "a: @\n",
            "@",
            "a: \"x@y\"\n",
            "a: 'x@'\n",
            "# @\na: 1\n",
            "a: |\n  x@y\n",
            "a@b: 1\n",
            "[a, b@]\n",
            "a: 1 # @",
        ] {
            let text = around.replace('@', &character.to_string());
            let parsed = read(&text);
            let found: Vec<_> = parsed
                .findings
                .iter()
                .map(|finding| (&*finding.name, text[finding.primary.span.range()].to_owned()))
                .collect();
            assert_eq!(found, [("invalid-yaml", character.to_string())], "{text:?}");
        }
    }
}
