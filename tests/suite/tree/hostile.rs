//! Texts that are made to cost much. No clock runs: what costs the square of ten million bytes does not end.

use super::{read, spans};

/// Bytes of the long texts; the limit is a little higher.
const LONG: usize = 9_990_000;

/// The name of the first finding, or nothing for a text that is read whole.
fn outcome(text: &str) -> String {
    let parsed = read(text);
    if text.len() < 200_000 {
        spans::check(text, &parsed);
    }
    parsed.findings.first().map(|finding| finding.name.to_string()).unwrap_or_default()
}

fn long(unit: &str) -> String {
    unit.repeat(LONG / unit.len())
}

#[test]
fn depth_is_bounded() {
    let block: String = (0..1_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let chain: String = (1..100).map(|level| format!("b{level}: &b{level} [*b{}]\n", level - 1)).collect();
    for text in [
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        "[".repeat(70) + &"]".repeat(70),
        block,
        format!("b0: &b0 [x]\n{chain}"),
    ] {
        assert_eq!(outcome(&text), "too-deep");
    }
    assert_eq!(outcome(&("[".repeat(64) + &"]".repeat(64))), "");
}

#[test]
fn aliases_are_bounded() {
    let laughs: String = (1..10)
        .map(|level| format!("l{level}: &l{level} [{}]\n", vec![format!("*l{}", level - 1); 9].join(", ")))
        .collect();
    assert_eq!(outcome(&format!("l0: &l0 [{}]\n{laughs}", ["lol"; 9].join(", "))), "too-many-aliases");
    assert_eq!(outcome(&format!("- &a b\n{}", "- *a\n".repeat(1_001))), "too-many-aliases");
    assert_eq!(outcome(&format!("- &a b\n{}", "- *a\n".repeat(1_000))), "");
    assert_eq!(outcome(&"- *a\n".repeat(1_001)), "too-many-aliases");
}

#[test]
fn merge_keys_are_bounded() {
    let entries: String = (0..500).map(|index| format!("k{index}: 1, ")).collect();
    let merges = |count: usize| (0..count).map(|index| format!("n{index}: {{<<: *m}}\n")).collect::<String>();
    assert_eq!(outcome(&format!("m: &m {{{entries}}}\n{}", merges(21))), "too-many-aliases");
    assert_eq!(outcome(&format!("m: &m {{{entries}}}\n{}", merges(20))), "");
    let long_key = "k".repeat(1_000_000);
    assert_eq!(outcome(&format!("m: &m {{? {long_key} : 1}}\n{}", merges(2))), "too-many-aliases");
}

#[test]
fn long_texts_are_read_or_refused_in_time() {
    for (text, name) in [
        (format!("[{}]", long("a,")), "too-many-nodes"),
        (long("word "), ""),
        (long("word\n"), ""),
        (format!("\"{}\"", long("\\n")), ""),
        (format!("a: |\n{}", long("  x\n")), ""),
        (long("k: 1\n"), "too-many-nodes"),
        (long("- a\n"), "too-many-nodes"),
        (long("# c\n"), ""),
        (long(" "), ""),
        (format!("a: \"{}", long("x y\n ")), "invalid-yaml"),
        (format!("a: [{}", long("\n  ")), "invalid-yaml"),
        (format!("{}\0", long("a ")), "invalid-yaml"),
        (format!("{}\n\tc: 1", long("a: b\n ")), "invalid-yaml"),
        (long("0123456789") + &long("0123456789"), "too-large"),
    ] {
        assert_eq!(outcome(&text), name, "{:?}", &text[..20]);
    }
}

#[test]
fn findings_are_bounded() {
    let text: String = (0..5_000).map(|index| format!("- {{k: 1, k: {index}}}\n")).collect();
    let parsed = read(&text);
    assert_eq!(parsed.findings.len(), 100);
    assert!(parsed.findings.iter().any(|finding| finding.notes == ["4900 more of these are not shown"]));
}
