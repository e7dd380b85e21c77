//! The tree of hand-written documents: places, texts, anchors, merge keys, and what is reported.

mod hostile;
mod properties;
mod spans;
mod suite;
mod words;

use std::fmt::Write as _;

use mlsystem::finding::Finding;
use mlsystem::source::Source;
use mlsystem::tree::{Limits, NodeId, Parsed, Shape, Tree, parse};

/// What the text reads as.
pub fn read(text: &str) -> Parsed {
    parse(&Source::new("test.yaml", text), &Limits::default())
}

fn tree(text: &str) -> Tree {
    let parsed = read(text);
    assert!(parsed.findings.is_empty(), "{text:?}: {:?}", lines(&parsed.findings));
    parsed.tree.expect("a tree")
}

/// A finding as one line: name, the text of its place, its message.
fn line(finding: &Finding) -> String {
    let label = &finding.primary;
    format!("{} {:?} {}", finding.name, label.source.slice(label.span), finding.message)
}

/// The findings, each as one line.
pub fn lines(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(line).collect()
}

/// Every value on a line: its path of key slices, its own slice, and its text where that differs from the slice.
fn outline(tree: &Tree) -> String {
    let mut out = String::new();
    write_outline(tree, tree.root(), "", &mut out);
    out.replace("\\r\\n", "\\n")
}

fn write_outline(tree: &Tree, id: NodeId, path: &str, out: &mut String) {
    let slice = tree.source().slice(tree.span(id));
    match &tree.node(id).shape {
        Shape::Scalar(_) => {
            let text = tree.text(id).expect("a scalar has text");
            let difference = if text == slice { String::new() } else { format!(" = {text:?}") };
            writeln!(out, "{path} {slice:?}{difference}").unwrap();
        }
        Shape::Alias(_) => {
            writeln!(out, "{path} {slice:?} -> {:?}", tree.source().slice(tree.span(tree.resolve(id)))).unwrap()
        }
        Shape::Sequence(_) => {
            writeln!(out, "{path} {slice:?}").unwrap();
            for (index, item) in tree.items(id).iter().enumerate() {
                write_outline(tree, *item, &format!("{path}/{index}"), out);
            }
        }
        Shape::Mapping(_) => {
            writeln!(out, "{path} {slice:?}").unwrap();
            for entry in tree.entries(id) {
                let key = tree.source().slice(entry.key_span);
                let by =
                    entry.merged_by.map(|by| format!("<{}>", tree.source().slice(tree.span(by)))).unwrap_or_default();
                write_outline(tree, entry.value, &format!("{path}/{by}{key}"), out);
            }
        }
    }
}

/// The rich document: its values, without the collections that only repeat it.
pub const RICH: &str = "\
# A comment.
name: fraud-scoring   # trailing
größe: 5 µm
\"quoted \\u00e9\": 'it''s'
empty:
tilde: ~
plain: several
  words

  on lines   # comment
double: \"a
  b\\tc\"
literal: |  # header
  one
    two

  three


folded: >-
  a
  b
kept: |2+

    c

list:
- a   # first
-
- - x
  - y
-   k: v
    l: w
indented:
  # before
  - 1

  - 2
flow: [a, 'b', {c: d, e: , f}, g: h]
anchored: &base !!map
  p: 1
tagged: !!str &t >
  text
alias: *base
after: *t # end
";

#[test]
fn every_value_knows_its_bytes() {
    let expected = r#"
/name "fraud-scoring"
/größe "5 µm"
/"quoted \u00e9" "'it''s'" = "it's"
/empty ""
/tilde "~"
/plain "several\n  words\n\n  on lines" = "several words\non lines"
/double "\"a\n  b\\tc\"" = "a b\tc"
/literal "|  # header\n  one\n    two\n\n  three" = "one\n  two\n\nthree"
/folded ">-\n  a\n  b" = "a b"
/kept "|2+\n\n    c" = "\n  c\n"
/list "- a   # first\n-\n- - x\n  - y\n-   k: v\n    l: w"
/list/0 "a"
/list/1 ""
/list/2 "- x\n  - y"
/list/2/0 "x"
/list/2/1 "y"
/list/3 "k: v\n    l: w"
/list/3/k "v"
/list/3/l "w"
/indented "- 1\n\n  - 2"
/indented/0 "1"
/indented/1 "2"
/flow "[a, 'b', {c: d, e: , f}, g: h]"
/flow/0 "a"
/flow/1 "'b'" = "b"
/flow/2 "{c: d, e: , f}"
/flow/2/c "d"
/flow/2/e ""
/flow/2/f ""
/flow/3 "g: h"
/flow/3/g "h"
/anchored "p: 1"
/anchored/p "1"
/tagged ">\n  text" = "text"
/alias "*base" -> "p: 1"
/after "*t" -> ">\n  text"
"#;
    for text in [RICH.to_owned(), RICH.replace('\n', "\r\n"), format!("\u{feff}{RICH}"), RICH.trim_end().to_owned()] {
        let read = outline(&tree(&text));
        let (_, values) = read.split_once('\n').expect("the root comes first");
        assert_eq!(values.trim(), expected.trim(), "{text:?}");
    }
}

#[test]
fn the_root_begins_at_its_first_key_and_ends_with_its_last_child() {
    let tree = tree(RICH);
    let root = tree.source().slice(tree.span(tree.root()));
    assert!(root.starts_with("name:") && root.ends_with("after: *t"));
}

#[test]
fn empty_values_stand_where_the_value_would() {
    for (text, places) in [
        ("a:", [2].as_slice()),
        ("a: # c\nb:  \n", &[2, 9]),
        ("a: &x\nb: !!str\n", &[5, 14]),
        ("a:\n&x b: c", &[2]),
        ("- # c\n-  \n-", &[1, 7, 11]),
        ("{a, b: , c:, \"d\":}", &[2, 6, 11, 17]),
        ("? a\n? b\n", &[3, 7]),
        ("? a\n:\n", &[5]),
        ("? a\n:: b\n", &[3]),
        ("{? a\n, b\n : }", &[4, 11]),
        ("? a\n: # c\n", &[5]),
        ("---\n", &[3]),
        ("", &[0]),
        ("# only a comment\n", &[0]),
    ] {
        let tree = tree(text);
        let mut found: Vec<_> = match &tree.node(tree.root()).shape {
            Shape::Sequence(_) => tree.items(tree.root()).to_vec(),
            Shape::Mapping(_) => tree.entries(tree.root()).iter().map(|entry| entry.value).collect(),
            _ => vec![tree.root()],
        };
        found.retain(|id| tree.text(*id) == Some(""));
        let found: Vec<_> = found.iter().map(|id| tree.span(*id)).collect();
        assert!(found.iter().all(|span| span.is_empty()), "{text:?}: {found:?}");
        assert_eq!(found.iter().map(|span| span.start).collect::<Vec<_>>(), places, "{text:?}");
    }
}

#[test]
fn keys_know_their_bytes() {
    for (text, key, slice) in [
        ("a: 1", "a", "a"),
        ("'a''b' : 1", "a'b", "'a''b'"),
        ("\"\\x41\": 1", "A", "\"\\x41\""),
        ("? |\n  long\n  key\n: 1", "long\nkey", "|\n  long\n  key"),
        ("? a\n  b\n: 1", "a b", "a\n  b"),
        ("&k a: *k", "a", "a"),
        ("!!str a: 1", "a", "a"),
        (": 1", "", ""),
        ("{? : 1}", "", ""),
        ("{a b: 1}", "a b", "a b"),
        ("? !!str # c\n: 1", "", ""),
    ] {
        let tree = tree(text);
        let entry = &tree.entries(tree.root())[0];
        assert_eq!((&*entry.key, tree.source().slice(entry.key_span)), (key, slice), "{text:?}");
    }
}

#[test]
fn block_scalars_end_with_their_last_line_that_is_not_blank() {
    for (text, slice, content) in [
        ("a: |\n  x", "|\n  x", "x"),
        ("a: |\n  x  \n\n \nb: 1", "|\n  x  ", "x  "),
        ("a: |+ # keep\n  x\n\n\nb: 1", "|+ # keep\n  x", "x\n\n"),
        ("a: |\n  x\n # less\n # indented\nb: 1", "|\n  x", "x"),
        ("a: |\nb: 1", "|", ""),
        ("a: |- # c\n\n\nb: 1", "|-", ""),
        ("a: | # x | y\n\n   z\n", "| # x | y\n\n   z", "\nz"),
        ("a: !<tag:x,y> |\n z\n", "|\n z", "z"),
        ("a|b>: # | >\n  >\n  z\n", ">\n  z", "z"),
        ("a:\n  # |\n  &x\n  |1\n  z\n", "|1\n  z", " z"),
    ] {
        let tree = tree(text);
        let value = tree.entries(tree.root())[0].value;
        assert_eq!((tree.source().slice(tree.span(value)), tree.text(value)), (slice, Some(content)), "{text:?}");
    }
}

#[test]
fn merge_keys_bring_in_what_is_not_written_in_place() {
    let tree = tree(
        "\
a: &a {x: 1, y: 2}
b: &b {<<: *a, y: 3, z: 4}
c:
  y: 0
  <<: [*b, {w: 5, x: 9}, *a]
d: {\"<<\": *a}
",
    );
    assert_eq!(
        outline(&tree).lines().filter(|line| line.contains('<') && line.starts_with('/')).collect::<Vec<_>>(),
        [
            r#"/b "{<<: *a, y: 3, z: 4}""#,
            r#"/b/<*a>x "1""#,
            r#"/c "y: 0\n  <<: [*b, {w: 5, x: 9}, *a]""#,
            r#"/c/<*b>z "4""#,
            r#"/c/<*b>x "1""#,
            r#"/c/<{w: 5, x: 9}>w "5""#,
            r#"/d "{\"<<\": *a}""#,
            r#"/d/"<<" "*a" -> "{x: 1, y: 2}""#,
        ]
    );
}

#[test]
fn what_is_no_valid_tree_is_reported_and_the_rest_is_read() {
    for (text, findings) in [
        ("a: 1\nb: 2\na: 3\n", ["duplicate-key \"a\" the key `a` is written twice"].as_slice()),
        ("{\"a\": 1, 'a': 2}", &["duplicate-key \"'a'\" the key `a` is written twice"]),
        ("ab: 1\n\"a\\x62\": 2", &["duplicate-key \"\\\"a\\\\x62\\\"\" the key `ab` is written twice"]),
        ("a: &a [*a]", &["recursive-alias \"*a\" `*a` stands inside what it stands for"]),
        ("a: *b", &["unknown-alias \"*b\" no anchor is called `b`"]),
        (
            "<<: [1, *b]",
            &[
                "merge-not-mapping \"1\" the value behind `<<` is not a mapping",
                "unknown-alias \"*b\" no anchor is called `b`",
            ],
        ),
        ("a: &a {}\n<<: *a\n<<: *a", &["duplicate-key \"<<\" the key `<<` is written twice"]),
        ("a: 1\n---\nb: [", &["several-documents \"---\" the file has more than one document"]),
        ("[a]: 1\nb: 2", &["key-not-text \"[a]\" a key is a list"]),
        ("a: &a {}\n*a : 2", &["key-not-text \"*a\" a key is a mapping"]),
    ] {
        let parsed = read(text);
        assert_eq!(lines(&parsed.findings), findings, "{text:?}");
        assert!(parsed.tree.is_some());
    }
}

#[test]
fn of_keys_written_twice_the_first_stays() {
    let many: String = (0..40).map(|index| format!("k{}: {index}\n", index % 35)).collect();
    for text in ["k0: 0\nk1: 1\nk0: 2\n", &many] {
        let parsed = read(text);
        let tree = parsed.tree.expect("a tree");
        let entries = tree.entries(tree.root());
        for (index, entry) in entries.iter().enumerate() {
            assert_eq!((&*entry.key, tree.text(entry.value)), (&*format!("k{index}"), Some(&*index.to_string())));
        }
        let [finding, ..] = parsed.findings.as_slice() else { panic!("no finding") };
        assert!(finding.primary.span > finding.labels[0].span);
        assert_eq!(tree.source().slice(finding.labels[0].span), "k0");
    }
}
