//! What is written as a scalar reads back as what was meant, wherever it stands and whoever reads it.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{in_place_of, line_scalar, quoted, scalar};
use crate::source::Source;
use crate::tree::{Limits, NodeId, Shape, Tree, parse};

/// Texts of the letters that mean something to YAML, of its words, and of everything else.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        ":8",
        ":8 minutes",
        "12:30",
        "1:2:3",
        "a:",
        ": a",
        "- a",
        "? a",
        "?",
        "-",
        "--- a",
        "...",
        "# a",
        " #",
        "no",
        "On",
        "~",
        "null",
        "y",
        "<<",
        "=",
        "0x1f",
        "0o7",
        "1e3",
        "1_000",
        ".inf",
        ".5",
        "+1",
        "007",
        "1.10",
        "2027-01-31",
        "&a",
        "*a",
        "!t",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "{{ x }}",
        "[a]",
        "a, b",
        "'",
        "''",
        "\"",
        "\\",
        "\\n",
        "\t",
        "\n",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{202e}",
        "\u{7f}",
        "é",
        "分",
        "😀",
        " ",
        "  ",
        "a ",
        " a",
        "model:eta",
        "https://a/b?c=d#e",
    ]);
    let word = word.prop_map(str::to_owned);
    let letter = "[:#,\\[\\]{}&*!|>'\"%@`~?=<. a1_-]{0,6}";
    prop_oneof![
        word.clone(),
        letter,
        "\\PC{0,16}",
        (word.clone(), word.clone()).prop_map(|(a, b)| a + &b),
        (word.clone(), letter, word).prop_map(|(a, b, c)| format!("{a} {b}{c}")),
    ]
}

/// What our own reader and `serde_yaml` make of the value and of the key at the end of a way.
fn read(yaml: &str, way: &[usize]) -> ([String; 2], [String; 2]) {
    let parsed = parse(&Source::new("m.yaml", yaml), &Limits::default());
    assert!(parsed.findings.is_empty(), "{yaml:?}: {:?}", parsed.findings);
    let tree = parsed.tree.unwrap();
    let mut ours = (String::new(), tree.root());
    let mut theirs = (serde_yaml::Value::Null, serde_yaml::from_str::<serde_yaml::Value>(yaml).unwrap());
    for step in way {
        ours = below(&tree, ours.1, *step);
        theirs = match theirs.1 {
            serde_yaml::Value::Mapping(map) => map.into_iter().nth(*step).unwrap(),
            serde_yaml::Value::Sequence(items) => (serde_yaml::Value::Null, items.into_iter().nth(*step).unwrap()),
            other => panic!("{yaml:?}: {other:?}"),
        };
    }
    let value = tree.text(ours.1).unwrap_or_default().to_owned();
    ([ours.0, value], [plain(&theirs.0), plain(&theirs.1)])
}

fn below(tree: &Tree, node: NodeId, step: usize) -> (String, NodeId) {
    match &tree.node(node).shape {
        Shape::Mapping(_) => {
            let entry = &tree.entries(node)[step];
            (entry.key.to_string(), entry.value)
        }
        _ => (String::new(), tree.items(node)[step]),
    }
}

fn plain(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Null => String::new(),
        other => serde_yaml::to_string(other).unwrap().trim_end().to_owned(),
    }
}

/// Whether two texts are the same, or the same number.
fn same(read: &str, meant: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    read == meant || number(read).is_some() && number(read) == number(meant)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn scalars_read_back_as_meant(meant in text()) {
        let (anywhere, line) = (scalar(&meant), line_scalar(&meant));
        for (yaml, way, place) in [
            (format!("{anywhere}: 1\n"), &[0][..], 0),
            (format!("a:\n  {anywhere}: {{b: 1}}\n"), &[0, 0], 0),
            (format!("{{{anywhere}: 1, another key: 2}}\n"), &[0], 0),
            (format!("a: {anywhere}\n"), &[0], 1),
            (format!("a: {anywhere}  # b\nc: 1\n"), &[0], 1),
            (format!("a: {{b: {anywhere}, c: 1}}\n"), &[0, 0], 1),
            (format!("a: {{b: {anywhere}}}\n"), &[0, 0], 1),
            (format!("a: [{anywhere}, {anywhere}]\n"), &[0, 1], 1),
            (format!("a:\n  - {anywhere}\n"), &[0, 0], 1),
            (format!("a: {line}\nb: 1\n"), &[0], 1),
            (format!("a:\n  - {line}\n"), &[0, 0], 1),
            (format!("{{{}: 1}}\n", quoted(&meant)), &[0], 0),
            (format!("a: {}\n", in_place_of("''", &meant).unwrap()), &[0], 1),
        ] {
            let (ours, theirs) = read(&yaml, way);
            // Keys are kept in one normal form.
            let kept = if place == 0 { meant.nfc().collect() } else { meant.clone() };
            prop_assert_eq!(&ours[place], &kept, "{:?}", yaml);
            prop_assert!(same(&theirs[place], &meant), "{:?} is read as {:?}", yaml, theirs[place]);
        }
    }
}
