//! Places of a manifest as people write them: `serving.latency.p99`, `models[v1.2].version`.

use std::ops::Range as Bytes;

use super::name::normal_form;
use super::scalar_error::{Proposal, ScalarError, shown};
use super::{alert, name, value, without_side};

/// One step of a place: a key or the name of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldStep {
    /// The key or name.
    pub text: String,
    /// Its bytes in the text, brackets not included.
    pub bytes: Bytes<usize>,
}

/// The steps of a place, which begins at the root of the manifest.
pub fn field_steps(raw: &str) -> Result<Vec<FieldStep>, ScalarError> {
    let mut steps = Vec::new();
    walk(raw, |bytes| steps.push(FieldStep { text: normal_form(&raw[bytes.clone()]).into_owned(), bytes }))
        .map_err(|part| wrong_at(raw, part))?;
    Ok(steps)
}

/// Calls `found` for each step, and returns the bytes that are wrong.
fn walk(raw: &str, mut found: impl FnMut(Bytes<usize>)) -> Result<(), Bytes<usize>> {
    let mut at = 0;
    loop {
        let key = at..at + raw[at..].find(['.', '[', ']']).unwrap_or(raw.len() - at);
        if !is_key(&raw[key.clone()]) {
            return Err(wider(raw, key));
        }
        at = key.end;
        found(key);
        while raw[at..].starts_with('[') {
            let Some(length) = raw[at..].find(']') else {
                return Err(at..raw.len());
            };
            let inner = at + 1..at + length;
            if !name::is_written_as_name(&raw[inner.clone()]) {
                return Err(at..at + length + 1);
            }
            at += length + 1;
            found(inner);
        }
        match raw[at..].chars().next() {
            None => return Ok(()),
            Some('.') => at += 1,
            Some(other) => return Err(at..at + other.len_utf8()),
        }
    }
}

fn wider(raw: &str, part: Bytes<usize>) -> Bytes<usize> {
    if !part.is_empty() {
        return part;
    }
    match raw[part.end..].chars().next() {
        Some(next) => part.start..part.end + next.len_utf8(),
        None => part.start.saturating_sub(1)..part.end,
    }
}

fn is_key(text: &str) -> bool {
    !text.contains('.') && name::is_written_as_name(text)
}

/// Whether a text can be what a test or requirement speaks of: a metric, a signal or a field.
pub(super) fn is_subject(text: &str) -> bool {
    name::is_written_as_name(text) || walk(text, |_| ()).is_ok()
}

fn wrong_at(raw: &str, part: Bytes<usize>) -> ScalarError {
    let part = if raw.is_char_boundary(part.start) { part } else { 0..raw.len() };
    ScalarError::new(format!("{} is not the path of a field", shown(raw))).at(part)
}

/// What is wrong with a subject and what is said of it, where `reads` tells what may be said.
pub(super) fn explain_sided(raw: &str, expected: &str, reads: impl Fn(&str) -> bool) -> ScalarError {
    let symbol = raw.find(['<', '>', '≤', '≥']).filter(|at| *at > 0).unwrap_or(raw.len());
    let end = raw.find(char::is_whitespace).unwrap_or(raw.len()).min(symbol);
    let (subject, rest) = (&raw[..end], raw[end..].trim_start());
    if !is_subject(subject) {
        let scalar_error = ScalarError::not_a(raw, expected);
        return if end > 0 && end < raw.len() { scalar_error.at(0..end) } else { scalar_error };
    }
    if rest.is_empty() {
        return ScalarError::new(format!("nothing is said of {}", shown(subject)))
            .propose([Proposal::with_gap(format!("{subject} at least …"))]);
    }
    let part = raw.len() - rest.len()..raw.len();
    if reads(rest) {
        return ScalarError::not_a(raw, expected).certainly(format!("{subject} {rest}"));
    }
    let verbs = ["is ", "must be ", "has to be ", "stays ", "= "];
    if let Some(bound) = verbs.iter().find_map(|verb| rest.strip_prefix(verb)).filter(|bound| reads(bound)) {
        return ScalarError::not_a(raw, expected).certainly(format!("{subject} {bound}"));
    }
    let sided = alert::proposals(rest);
    let said = match value::parse(rest) {
        Some(_) if sided.is_empty() => without_side(rest),
        _ if sided.is_empty() && rest.contains("..") => alert::explain(rest),
        _ => ScalarError::not_a(rest, "a comparison").propose(sided),
    };
    let proposals: Vec<_> = said.proposals.iter().map(|one| one.within(&format!("{subject} "), "")).collect();
    ScalarError { proposals, part: Some(part), ..said }
}

pub(super) fn explain(raw: &str) -> ScalarError {
    field_steps(raw).err().unwrap_or_else(|| wrong_at(raw, 0..raw.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(raw: &str) -> Vec<String> {
        field_steps(raw)
            .unwrap_or_else(|scalar_error| panic!("{raw}: {scalar_error:?}"))
            .into_iter()
            .map(|step| step.text)
            .collect()
    }

    #[test]
    fn steps_are_keys_and_names() {
        assert_eq!(steps("stage"), ["stage"]);
        assert_eq!(steps("serving.latency.p99"), ["serving", "latency", "p99"]);
        assert_eq!(steps("models[v1.2].version"), ["models", "v1.2", "version"]);
        assert_eq!(steps("evaluation.metrics.ndcg@10.must"), ["evaluation", "metrics", "ndcg@10", "must"]);
        let bytes: Vec<_> = field_steps("a[b.c].d").into_iter().flatten().map(|step| step.bytes).collect();
        assert_eq!(bytes, [0..1, 2..5, 7..8]);
    }

    #[test]
    fn the_wrong_part_is_underlined() {
        let part = |raw: &str| field_steps(raw).expect_err(raw).part.map(|part| raw[part].to_owned());
        assert_eq!(part("a..b").as_deref(), Some("."));
        assert_eq!(part("a.").as_deref(), Some("."));
        assert_eq!(part("a[b").as_deref(), Some("[b"));
        assert_eq!(part("a[b c]").as_deref(), Some("[b c]"));
        assert_eq!(part("a[b]c").as_deref(), Some("c"));
        assert_eq!(part("a b").as_deref(), Some("a b"));
    }
}
