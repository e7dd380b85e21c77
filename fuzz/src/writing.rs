//! Drafts, waivers and edits from any text: what is written can be read back as what was meant, and nothing else changes.
//!
//! Each line of a text is one word to be written. Below a line `---8<---` may stand a manifest to write into.

use std::sync::{Arc, LazyLock};

use mlsystem::built_in;
use mlsystem::draft::{Answers, Inputs, Prose, Text, draft, system_name};
use mlsystem::edit::{Addition, Change, YamlValue, Waiver, add_entry, add_waiver, in_place_of, quoted, scalar, set_value};
use mlsystem::facts::File;
use mlsystem::manifest;
use mlsystem::source::Source;
use mlsystem::tree::{self, Limits, NodeId, Shape, Tree};

use crate::token::hide_token;

/// What divides the words from the manifest.
pub const CUT: &str = "\n---8<---\n";

/// More words than this add nothing but time.
const MOST: usize = 40;

/// Manifests in each style, with and without waivers.
const MANIFESTS: [&str; 9] = [
    "mlsystem: 1\nname: a\nstage: production\n",
    "mlsystem: 1\nname: a\nserving:\n    # why\n    pattern: online # so be it\n",
    "mlsystem: 1\nname: a\nwaivers:\n  - check: no-fallback\n    reason: later\n    owner: a\n    until: 2027-01-31\n",
    "mlsystem: 1\nname: a\nwaivers: [{check: no-fallback, reason: later, owner: a, until: 2027-01-31}]\nserving: {pattern: online}\n",
    "mlsystem: 1\nname: a\nwaivers:\n",
    "mlsystem: 1\nname: a\nwaivers: []\n# the end",
    "{mlsystem: 1, name: a, serving: {pattern: online}}\n",
    "{\n  \"mlsystem\": 1,\n  \"name\": \"a\",\n  \"serving\": {\"pattern\": \"online\"}\n}\n",
    "mlsystem: 1\r\nname: a\r\nserving:\r\n  pattern: online\r\n",
];

static TREES: LazyLock<Vec<Tree>> =
    LazyLock::new(|| MANIFESTS.iter().map(|text| parsed(text).expect("a manifest")).collect());

/// Writes the words everywhere.
pub fn hold(text: &str) -> bool {
    let (words, manifest) = text.split_once(CUT).unwrap_or((text, ""));
    reads_back(words);
    words.lines().take(MOST).for_each(reads_back);
    let mut lines = words.lines();
    let mut next = || lines.next().unwrap_or("x");
    let words = [next(), next(), next(), next(), next()];
    for tree in &*TREES {
        waive(tree, words, true);
        edit(tree, words);
    }
    if let Some(tree) = parsed(manifest).filter(|_| !manifest.is_empty()) {
        waive(&tree, words, false);
    }
    drafted(text, Vec::new(), text);
    true
}

/// A scalar means its text, alone, in a flow collection and in place of another.
fn reads_back(text: &str) {
    let (plain, strict) = (scalar(text), quoted(text));
    // What a secret reads as is a stand-in.
    if [text, &*format!("k: {plain}"), &*strict].into_iter().any(holds_secret) {
        return;
    }
    for written in [&plain, &strict] {
        for form in [format!("k: {written}\n"), format!("{{k: {written}, l: 1}}\n"), format!("k: {written} # a\n")] {
            assert_eq!(value_of(&form).as_deref(), Some(text), "{text:?} is written as {written}");
        }
        let key = parsed(&format!("{written}: 1\n")).map(|tree| keys(&tree));
        assert!(
            is_long(written) || key.as_deref() == Some(&[text.to_owned()]),
            "the key {text:?} is written as {written}"
        );
    }
    let read: Result<serde_yaml::Value, _> = serde_yaml::from_str(&strict);
    assert_eq!(read.ok().as_ref().and_then(serde_yaml::Value::as_str), Some(text), "{text:?} is written as {strict}");
    for old in ["a", "'a'", "\"a\""] {
        if let Some(written) = in_place_of(old, text) {
            let read = value_of(&format!("k: {written}\n"));
            assert_eq!(read.as_deref(), Some(text), "{text:?} is written as {written} in place of {old}");
        }
    }
}

/// A waiver says what it was to say, and every other section is as it was.
fn waive(tree: &Tree, [reason, owner, ticket, check, at]: [&str; 5], surely: bool) {
    let waiver =
        Waiver { check, at: Some(at), reason, owner, approved_by: None, ticket: Some(ticket), until: "2027-01-31" };
    let Ok(text) = add_waiver(tree, &waiver) else { return };
    if holds_secret(&text) {
        return;
    }
    let Some(after) = parsed(&text) else {
        assert!(!surely, "the waiver {waiver:?} breaks {:?}\n{text}", tree.source().text());
        return;
    };
    assert_eq!(others(tree), others(&after), "the waiver {waiver:?} changes more: {text}");
    let waivers = after.get(after.root(), "waivers").map(|entry| after.items(entry.value)).unwrap_or_default();
    let said = waivers.last().map(|item| YamlValue::of(&after, *item));
    let meant = [
        ("check", check),
        ("at", at),
        ("reason", reason),
        ("owner", owner),
        ("ticket", ticket),
        ("until", "2027-01-31"),
    ];
    let meant = meant.map(|(key, value)| (key.to_owned(), YamlValue::Scalar(value.trim().to_owned())));
    assert_eq!(said, Some(YamlValue::Map(meant.into())), "in {:?}\n{text}", tree.source().text());
}

/// An entry that is added or set says what it was to say, and every other section is as it was.
fn edit(tree: &Tree, [key, one, two, three, four]: [&str; 5]) {
    let text = |text: &str| YamlValue::Scalar(text.trim().to_owned());
    let values = [
        text(one),
        YamlValue::List(vec![text(one), text(two)]),
        YamlValue::Map(vec![("a".to_owned(), text(three)), ("b".to_owned(), YamlValue::List(vec![text(four)]))]),
    ];
    if holds_secret(&[key, one, two, three, four].join(" ")) {
        return;
    }
    let known = tree.get(tree.root(), key).is_some() || key == "<<" || is_long(&quoted(key));
    for value in &values {
        let added = Addition { key, value, questions: &[] };
        if let Some(changes) = add_entry(tree, tree.root(), &added, &|_| None).filter(|_| !known) {
            let (text, after) = changed(tree, &changes);
            let said = after.as_ref().and_then(|after| Some(YamlValue::of(after, after.get(after.root(), key)?.value)));
            assert_eq!(said.as_ref(), Some(value), "{key:?} in {:?}\n{text}", tree.source().text());
        }
        let Some(entry) = tree.get(tree.root(), "name") else { continue };
        if let Some(changes) = set_value(tree, entry.key_span, entry.value, value, None) {
            let (text, after) = changed(tree, &changes);
            let said = after.as_ref().and_then(|after| Some(YamlValue::of(after, after.get(after.root(), "name")?.value)));
            assert_eq!(said.as_ref(), Some(value), "in {:?}\n{text}", tree.source().text());
        }
    }
}

/// A draft parses, its reader finds nothing wrong with it, and it holds no secret.
pub fn drafted(input: &str, files: Vec<&File>, prose: &str) {
    let said = || Some(Text { path: "README.md", prose: Prose::read(prose) });
    let name = prose.lines().find_map(system_name).unwrap_or_else(|| "a".to_owned());
    let answers = Answers { name, name_from: "", stage: "production".to_owned(), risk: None };
    let basis = Inputs { files, folder: "", readme: said(), card: said() };
    let text = draft(&built_in::MANIFEST, &basis, &answers).text;
    let parsed = tree::parse(&Source::new("mlsystem.yaml", &*text), &Limits::default());
    assert!(parsed.findings.is_empty(), "from {input:?}\n{text}\n{:?}", parsed.findings);
    let tree = parsed.tree.expect("what has no finding has a tree");
    let (_, wrong) = manifest::read(&Arc::new(tree), &built_in::MANIFEST);
    assert!(wrong.is_empty(), "from {input:?}\n{text}\n{wrong:?}");
    hide_token(input, "the draft", &text);
}

/// Whether a key is written longer than YAML lets one be on a line.
fn is_long(written: &str) -> bool {
    written.chars().count() > 1000
}

fn holds_secret(text: &str) -> bool {
    !Source::new("a", text).secrets().is_empty()
}

fn parsed(text: &str) -> Option<Tree> {
    let parsed = tree::parse(&Source::new("mlsystem.yaml", text), &Limits::default());
    parsed.tree.filter(|_| parsed.findings.is_empty())
}

fn value_of(text: &str) -> Option<String> {
    let tree = parsed(text)?;
    let entry = tree.get(tree.root(), "k")?;
    tree.text(entry.value).map(str::to_owned)
}

fn keys(tree: &Tree) -> Vec<String> {
    tree.entries(tree.root()).iter().map(|entry| entry.key.to_string()).collect()
}

/// The sections other than the waivers.
fn others(tree: &Tree) -> Vec<(String, YamlValue)> {
    let mapping = |node: NodeId| matches!(tree.node(node).shape, Shape::Mapping(_));
    let entries = if mapping(tree.root()) { tree.entries(tree.root()) } else { &[] };
    let others = entries.iter().filter(|entry| &*entry.key != "waivers");
    others.map(|entry| (entry.key.to_string(), YamlValue::of(tree, entry.value))).collect()
}

fn changed(tree: &Tree, changes: &[Change]) -> (String, Option<Tree>) {
    let (text, mut out, mut from) = (tree.source().text(), String::new(), 0);
    for (span, new) in changes {
        out += &text[from..span.start as usize];
        out += new;
        from = span.end as usize;
    }
    out += &text[from..];
    let after = parsed(&out);
    (out, after)
}
