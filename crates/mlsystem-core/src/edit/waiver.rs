//! Adds a waiver to a manifest.

use super::list::{Insertion, Item, add, behind_dash, column, in_braces, line_end, lines_at, next_line};
use super::scalar::scalar;
use crate::schema::field_path;
use crate::source::Span;
use crate::tree::{Entry, NodeId, Shape, Tree, cut};

/// The section of waivers.
const SECTION: &str = field_path!(manifest: "waivers").text();

/// A waiver to be written.
#[derive(Debug, Clone, Copy)]
pub struct Waiver<'w> {
    /// The lint.
    pub check: &'w str,
    /// The place, where it covers less than the whole manifest.
    pub at: Option<&'w str>,
    /// Why the risk is accepted.
    pub reason: &'w str,
    /// Who carries it.
    pub owner: &'w str,
    /// Who agreed.
    pub approved_by: Option<&'w str>,
    /// Where the follow-up is tracked.
    pub ticket: Option<&'w str>,
    /// The first day on which it no longer holds.
    pub until: &'w str,
}

/// The text of the manifest with the waiver in it, or why there is no place for one.
pub fn add_waiver(tree: &Tree, waiver: &Waiver<'_>) -> Result<String, String> {
    let values: Vec<(&'static str, String)> = [
        (field_path!(manifest: "waivers[].check"), Some(waiver.check)),
        (field_path!(manifest: "waivers[].at"), waiver.at),
        (field_path!(manifest: "waivers[].reason"), Some(waiver.reason)),
        (field_path!(manifest: "waivers[].owner"), Some(waiver.owner)),
        (field_path!(manifest: "waivers[].approved_by"), waiver.approved_by),
        (field_path!(manifest: "waivers[].ticket"), waiver.ticket),
        (field_path!(manifest: "waivers[].until"), Some(waiver.until)),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field.key(), scalar(value?))))
    .collect();
    let item: Vec<(&'static str, &str)> = values.iter().map(|(key, value)| (*key, &**value)).collect();
    let written = |entry: &&Entry| entry.merged_by.is_none();
    let insertions = match tree.get(tree.root(), SECTION).filter(written) {
        Some(entry) => to_section(tree, entry, &item)?,
        None => vec![new_section(tree, &item)?],
    };
    Ok(apply(tree.source().original(), insertions))
}

/// The bytes to take out so that the waiver at `item` is gone, and its section with the last one. None where it stands
/// elsewhere and is brought in by an alias, or where other things stand on its lines.
pub fn waiver_span(tree: &Tree, item: NodeId) -> Option<Span> {
    let text = tree.source().text();
    let section = tree.get(tree.root(), SECTION).filter(|entry| entry.merged_by.is_none())?;
    let list = section.value;
    let (start, end, flow) = match &tree.node(list).shape {
        Shape::Sequence(sequence) if tree.items(list).len() > 1 => {
            (tree.span(item).start, tree.span(item).end, sequence.flow)
        }
        Shape::Alias(_) => return None,
        _ => {
            let flow = matches!(&tree.node(tree.root()).shape, Shape::Mapping(root) if root.flow);
            (section.key_span.start, tree.span(list).end, flow)
        }
    };
    cut(text, start as usize, end as usize, flow)
}

fn apply(text: &str, insertions: Vec<Insertion>) -> String {
    let mut new = String::with_capacity(text.len() + 256);
    let mut from = 0;
    for (at, added) in insertions {
        new.push_str(&text[from..at]);
        new.push_str(&added);
        from = at;
    }
    new + &text[from..]
}

fn new_section(tree: &Tree, item: &Item<'_>) -> Result<Insertion, String> {
    let text = tree.source().text();
    let root = tree.node(tree.root());
    match &root.shape {
        Shape::Mapping(mapping) if mapping.flow => {
            let written = format!("{SECTION}: [{}]", in_braces(item));
            let last = tree.entries(tree.root()).iter().rfind(|entry| entry.merged_by.is_none());
            Ok(match last {
                Some(last) => (tree.span(last.value).end.max(last.key_span.end) as usize, format!(", {written}")),
                None => (root.span.start as usize + 1, written),
            })
        }
        Shape::Mapping(_) => {
            let start = root.span.start as usize;
            let indent = column(text, start);
            let end = line_end(text);
            let head = format!("{}{SECTION}:{end}", " ".repeat(indent));
            let lines = head + &behind_dash(item, indent + 2, 1, end);
            Ok(lines_at(text, end_of_document(text, root.span.end as usize), lines))
        }
        _ => Err("the manifest holds no sections".to_owned()),
    }
}

/// The end of the document that ends its last value at `from`: a `...` line or the end of the text. Comments below the
/// last section stay with it.
fn end_of_document(text: &str, from: usize) -> usize {
    let mut at = next_line(text, from);
    while at < text.len() {
        let next = next_line(text, at);
        if text[at..next].starts_with("...") || text[at..next].starts_with("---") {
            return at;
        }
        at = next;
    }
    text.len()
}

fn to_section(tree: &Tree, entry: &Entry, item: &Item<'_>) -> Result<Vec<Insertion>, String> {
    let text = tree.source().text();
    let span = tree.span(entry.value);
    match &tree.node(entry.value).shape {
        Shape::Sequence(list) if list.flow && tree.items(entry.value).is_empty() => {
            Ok(vec![(span.start as usize + 1, in_braces(item))])
        }
        Shape::Sequence(_) => Ok(add(tree, entry.value, item)),
        Shape::Scalar(_) if span.is_empty() => {
            let key = entry.key_span;
            let flow = matches!(&tree.node(tree.root()).shape, Shape::Mapping(root) if root.flow);
            if flow {
                return Err(format!("`{SECTION}` has no value: write `{SECTION}: []`"));
            }
            let indent = column(text, key.start as usize);
            let lines = behind_dash(item, indent + 2, 1, line_end(text));
            Ok(vec![lines_at(text, next_line(text, key.end as usize), lines)])
        }
        // One waiver that stands for a list of one becomes such a list.
        Shape::Mapping(one) if one.flow => {
            Ok(vec![(span.start as usize, "[".to_owned()), (span.end as usize, format!(", {}]", in_braces(item)))])
        }
        Shape::Mapping(_) => Err(format!("`{SECTION}` is one waiver and no list: put `- ` before it")),
        Shape::Alias(_) => Err(format!("`{SECTION}` is written elsewhere in the file and named here by an alias")),
        Shape::Scalar(_) => Err(format!("`{SECTION}` is no list of waivers")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::tree::{Limits, parse};

    const WAIVER: Waiver<'_> = Waiver {
        check: "no-fallback",
        at: Some("serving"),
        reason: "the page hides the box",
        owner: "ads",
        approved_by: None,
        ticket: None,
        until: "2027-01-31",
    };

    const FLOW: &str =
        "{check: no-fallback, at: serving, reason: the page hides the box, owner: ads, until: 2027-01-31}";

    fn block(dash: &str) -> String {
        let deeper = " ".repeat(dash.len());
        ["check: no-fallback", "at: serving", "reason: the page hides the box", "owner: ads", "until: 2027-01-31"]
            .iter()
            .enumerate()
            .map(|(index, line)| format!("{}{line}\n", if index == 0 { dash } else { &deeper }))
            .collect()
    }

    fn added(text: &str) -> String {
        let parsed = parse(&Source::new("m.yaml", text), &Limits::default());
        let new = add_waiver(&parsed.tree.unwrap(), &WAIVER).unwrap();
        let again = parse(&Source::new("m.yaml", &*new), &Limits::default());
        assert!(again.findings.is_empty(), "{new}\n{:?}", again.findings);
        let tree = again.tree.unwrap();
        let section = tree.get(tree.root(), SECTION).unwrap().value;
        let last = *tree.items(section).last().unwrap();
        let value = |key: &str| tree.text(tree.get(last, key).unwrap().value).unwrap().to_owned();
        assert_eq!(value("reason"), WAIVER.reason, "{new}");
        assert_eq!(value("until"), WAIVER.until, "{new}");
        new
    }

    #[test]
    fn a_section_is_made_at_the_end() {
        let section = format!("waivers:\n{}", block("  - "));
        assert_eq!(added("a: 1\n"), format!("a: 1\n{section}"));
        assert_eq!(added("\u{feff}a: 1\n"), format!("\u{feff}a: 1\n{section}"));
        assert_eq!(added("---\na: 1\n"), format!("---\na: 1\n{section}"));
        assert_eq!(added("a: 1"), format!("a: 1\n{}", section.trim_end()));
        assert_eq!(added("a: 1\n# end\n"), format!("a: 1\n# end\n{section}"));
        assert_eq!(added("a: 1 # x\n...\n"), format!("a: 1 # x\n{section}...\n"));
        assert_eq!(added("a: |\n  text\n"), format!("a: |\n  text\n{section}"));
        assert_eq!(added("{a: 1}\n"), format!("{{a: 1, waivers: [{FLOW}]}}\n"));
        assert_eq!(added("{a: 1, # x\n}\n"), format!("{{a: 1, waivers: [{FLOW}], # x\n}}\n"));
    }

    #[test]
    fn line_ends_are_kept() {
        let new = added("a: 1\r\nwaivers:\r\n- check: x\r\n  reason: y\r\n");
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        assert!(added("a: 1\r\n").ends_with("\r\n"));
    }

    #[test]
    fn a_block_list_grows_in_its_own_style() {
        for (dash, list) in [
            ("  - ", "waivers:\n  - check: x\n    reason: y\n"),
            ("- ", "waivers:\n- check: x # why\n  reason: y\n"),
            ("    -   ", "waivers:\n    -   check: x\n        reason: y\n"),
            ("  - ", "waivers:\n  - check: x\n    reason: |\n      long\n      text\n"),
            ("  - ", "waivers:\n  - check: x\n    reason: y\n    # about x\n"),
        ] {
            let rest = "\n# next\nserving: {}\n";
            assert_eq!(added(&format!("a: 1\n{list}{rest}")), format!("a: 1\n{list}{}{rest}", block(dash)), "{list}");
        }
        let flow = "waivers:\n  - {check: x, reason: y}\n";
        assert_eq!(added(flow), format!("{flow}  - {FLOW}\n"));
        assert_eq!(added("waivers:\n  - check: x"), format!("waivers:\n  - check: x\n{}", block("  - ").trim_end()));
    }

    #[test]
    fn a_flow_list_grows_in_its_own_style() {
        assert_eq!(added("waivers: []\n"), format!("waivers: [{FLOW}]\n"));
        assert_eq!(added("waivers: [{check: x}] # y\n"), format!("waivers: [{{check: x}}, {FLOW}] # y\n"));
        assert_eq!(
            added("waivers: [\n  {check: x}, # y\n  ]\n"),
            format!("waivers: [\n  {{check: x}}, # y\n  {FLOW},\n  ]\n")
        );
        assert_eq!(
            added("waivers: [\n  {check: x} # y\n  ]\n"),
            format!("waivers: [\n  {{check: x}}, # y\n  {FLOW}\n  ]\n")
        );
        assert_eq!(added("waivers: [\n  {check: x}]\n"), format!("waivers: [\n  {{check: x}}, {FLOW}]\n"));
        assert_eq!(added("waivers: {check: x}\n"), format!("waivers: [{{check: x}}, {FLOW}]\n"));
        assert_eq!(added("waivers: # none yet\na: 1\n"), format!("waivers: # none yet\n{}a: 1\n", block("  - ")));
    }

    #[test]
    fn where_there_is_no_place_the_reason_is_given() {
        for (text, why) in [
            ("waivers:\n  check: x\n", "put `- ` before it"),
            ("a: &w [{check: x}]\nwaivers: *w\n", "by an alias"),
            ("waivers: later\n", "is no list of waivers"),
            ("- a\n", "holds no sections"),
        ] {
            let parsed = parse(&Source::new("m.yaml", text), &Limits::default());
            assert!(add_waiver(&parsed.tree.unwrap(), &WAIVER).unwrap_err().contains(why), "{text}");
        }
    }
}
