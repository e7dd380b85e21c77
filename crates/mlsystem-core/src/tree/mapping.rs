//! The end of a mapping: keys written twice, and merge keys.

use std::collections::HashSet;

use crate::finding::{Applicability, Finding, Fix, Kind};
use crate::source::Span;

use super::builder::{Builder, Stop};
use super::parse::{brief, error};
use super::removal::cut;
use super::{Entry, NodeId, Shape};

impl Builder<'_> {
    /// Takes the open entries from `base` on into the tree, then what stands behind `<<`; gives their range.
    pub(super) fn close_mapping(
        &mut self,
        base: usize,
        flow: bool,
        merges: &[(Span, NodeId)],
    ) -> Result<(usize, usize), Stop> {
        self.drop_duplicates(base, flow);
        let start = self.entries.len();
        if base == 0 && start == 0 {
            // The largest mapping that a hostile text can have is moved, and not copied.
            std::mem::swap(&mut self.entries, &mut self.open_entries);
        } else {
            self.entries.extend(self.open_entries.drain(base..));
        }
        if let Some((&(first, value), further)) = merges.split_first() {
            for &(second, _) in further {
                self.report_duplicate("<<", first, second, "write one list: `<<: [*one, *other]`", Vec::new());
            }
            self.merge(start, value)?;
        }
        Ok((start, self.entries.len()))
    }

    fn drop_duplicates(&mut self, base: usize, flow: bool) {
        let duplicates = duplicates(&self.open_entries[base..]);
        if duplicates.is_empty() {
            return;
        }
        let written = self.open_entries.split_off(base);
        let mut next = duplicates.iter().peekable();
        for (index, entry) in written.iter().enumerate() {
            if let Some(&&(_, first)) = next.peek().filter(|(second, _)| *second == index) {
                next.next();
                let fixes = if self.is_full() { Vec::new() } else { self.keep_one(&written[first], entry, flow) };
                let help = "keep one of them, or give the second another name";
                self.report_duplicate(&entry.key, written[first].key_span, entry.key_span, help, fixes);
            }
        }
        let mut next = duplicates.iter().peekable();
        let is_first = |(index, entry)| match next.peek() {
            Some((second, _)) if *second == index => {
                next.next();
                None
            }
            _ => Some(entry),
        };
        self.open_entries.extend(written.into_iter().enumerate().filter_map(is_first));
    }

    /// Ways to take one of two entries out. Of two that say the same, one goes without asking, unless a comment would go with
    /// it. Of two that differ, the last one stays at first: it is the one that most programs read.
    fn keep_one(&self, first: &Entry, second: &Entry, flow: bool) -> Vec<Fix> {
        let whole = |entry: &Entry| {
            let value = self.span(entry.value);
            Span { start: entry.key_span.start, end: value.end.max(entry.key_span.end) }
        };
        let same = self.source.slice(self.span(first.value)) == self.source.slice(self.span(second.value));
        let out = |entry: &Entry, title: &str| {
            let span = whole(entry);
            let cut = cut(self.source.text(), span.start as usize, span.end as usize, flow)?;
            // What looks like a comment is taken for one.
            let safe = same && !self.source.slice(cut).contains('#');
            Some(Fix::write(title, Applicability::when(safe), self.source, cut, ""))
        };
        let (first, second) = (out(first, "delete the first one"), out(second, "delete the second one"));
        let is_safe = |fix: &Option<Fix>| fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
        match same {
            true if is_safe(&second) => second.into_iter().collect(),
            true if is_safe(&first) => first.into_iter().collect(),
            true => second.into_iter().chain(first).collect(),
            false => first.into_iter().chain(second).collect(),
        }
    }

    fn report_duplicate(&mut self, key: &str, first: Span, second: Span, help: &str, fixes: Vec<Fix>) {
        let message = format!("the key `{}` is written twice", brief(key));
        let finding = error("duplicate-key", Kind::Reference, self.source, second, message, "but again here")
            .with_label(self.label(first, "written here"))
            .with_help(help);
        self.report(Finding { fixes, ..finding });
    }

    /// Adds the entries behind a merge key to those from `start` on. The earlier of two equal keys stays.
    fn merge(&mut self, start: usize, value: NodeId) -> Result<(), Stop> {
        let sources = match self.shape(value) {
            Shape::Sequence(list) => (list.start..list.end).map(|index| self.item(index)).collect(),
            _ => vec![value],
        };
        let mut candidates = Vec::new();
        for by in sources {
            let Shape::Mapping(mapping) = self.shape(by) else {
                self.report_no_mapping(by);
                continue;
            };
            let (first, last) = (mapping.start as usize, mapping.end as usize);
            let weight: usize = self.entries[first..last].iter().map(|entry| 1 + entry.key.len() / 100).sum();
            self.merged += weight;
            if self.merged > self.limits.merged {
                let message = format!("merge keys bring in more than {} entries", self.limits.merged);
                return Err(self.limit("too-many-aliases", self.span(by), message, "write some of the entries out"));
            }
            candidates.extend((first..last).map(|index| (index, by)));
        }
        let mut known: HashSet<&str> = self.entries[start..].iter().map(|entry| &*entry.key).collect();
        candidates.retain(|&(index, _)| known.insert(&self.entries[index].key));
        for (index, by) in candidates {
            let Entry { ref key, key_span, value, .. } = self.entries[index];
            let entry = Entry { key: key.clone(), key_span, value, merged_by: Some(by) };
            self.entries.push(entry);
        }
        Ok(())
    }

    fn report_no_mapping(&mut self, by: NodeId) {
        if self.broken.binary_search(&by).is_ok() {
            return;
        }
        let message = "the value behind `<<` is not a mapping";
        let label = match self.shape(by) {
            Shape::Sequence(_) => "stands for a list",
            _ => "stands for a text",
        };
        let finding = error("merge-not-mapping", Kind::Reference, self.source, self.span(by), message, label)
            .with_help("write the alias of a mapping, or quote `\"<<\"` if the key is so called");
        self.report(finding);
    }
}

/// The entries whose key stands in an earlier entry, in order, each with the first one of that key.
fn duplicates(entries: &[Entry]) -> Vec<(usize, usize)> {
    const LINEAR_SEARCH_LIMIT: usize = 16;
    if entries.len() <= LINEAR_SEARCH_LIMIT {
        let first = |index: usize| entries[..index].iter().position(|entry| entry.key == entries[index].key);
        return (1..entries.len()).filter_map(|index| first(index).map(|first| (index, first))).collect();
    }
    let mut order: Vec<u32> = (0..entries.len() as u32).collect();
    let key = |index: u32| &*entries[index as usize].key;
    order.sort_unstable_by(|&one, &other| key(one).cmp(key(other)).then(one.cmp(&other)));
    let equal = order.chunk_by(|&one, &other| key(one) == key(other));
    let mut found: Vec<_> =
        equal.flat_map(|run| run[1..].iter().map(|&second| (second as usize, run[0] as usize))).collect();
    found.sort_unstable();
    found
}
