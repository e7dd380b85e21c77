//! `CODEOWNERS`: who owns which paths.
//!
//! See <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>
//! and <https://docs.gitlab.com/user/project/codeowners/reference/>. Which line covers which file is not decided here.

use std::ops::Range;

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};
use crate::source::Span;

pub(super) const READERS: &[Reader] =
    &[Reader { name: "code owners", files: &["CODEOWNERS"], marks: &[], shows: &[fact!("owners")], read: owners }];

fn owners(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    // The forges look for it in these places alone.
    if !matches!(page.folder(), "" | ".github" | ".gitlab" | "docs") {
        return Err(SkipReason::Other);
    }
    for line in CodeOwners::read(page.source.text()).lines {
        let place = |at: &Range<usize>| Span::new(at.start, at.end);
        let span = place(&line.at);
        let mut fact = Fact::at(span);
        fact.say(fact!("owners[].pattern"), line.pattern, span);
        fact.say(fact!("owners[].section"), line.section.to_string(), span);
        fact.texts(
            fact!("owners[].teams"),
            line.owners.iter().map(|(owner, at)| ((*owner).to_owned(), place(at))).collect(),
        );
        builder.add(fact!("owners"), fact);
    }
    Ok(())
}

/// The lines of a file that name a pattern.
#[derive(Debug, Default)]
pub struct CodeOwners<'a> {
    /// In the order of the file.
    pub lines: Vec<Line<'a>>,
}

/// A pattern and its owners.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// As it was written.
    pub pattern: &'a str,
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// Users, teams and addresses, with their bytes in the text; none where the line takes the owners away.
    pub owners: Vec<(&'a str, Range<usize>)>,
    /// The number of its section.
    section: u32,
}

impl<'a> CodeOwners<'a> {
    /// Reads a whole file; a line that is neither pattern nor section is passed over by the forges, and here.
    pub fn read(text: &'a str) -> Self {
        let mut owners = Self::default();
        let mut section = 0;
        let mut inherited: Vec<(&str, Range<usize>)> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let offset = start;
            start += line.len();
            let line = without_comment(line);
            if let Some(header) = section_header(line) {
                section += 1;
                inherited = words(&line[header..], offset + header).collect();
                continue;
            }
            let mut words = words(line, offset);
            let Some((pattern, at)) = words.next() else { continue };
            if pattern.starts_with('!') {
                continue;
            }
            let mut named: Vec<_> = words.collect();
            if named.is_empty() {
                named.clone_from(&inherited);
            }
            owners.lines.push(Line { pattern, at, owners: named, section });
        }
        owners
    }
}

/// The line up to a `#` that stands at its start or after a blank.
fn without_comment(line: &str) -> &str {
    let comment = line
        .char_indices()
        .find(|(index, char)| *char == '#' && line[..*index].chars().next_back().is_none_or(char::is_whitespace));
    comment.map_or(line, |(index, _)| &line[..index])
}

/// `[Section]`, `^[Section][2]`: where the default owners begin.
fn section_header(line: &str) -> Option<usize> {
    let header = line.trim_start().trim_start_matches('^');
    if !header.starts_with('[') {
        return None;
    }
    let start = line.len() - header.len();
    let mut end = start + header.find(']')? + 1;
    if line[end..].starts_with('[') {
        end += line[end..].find(']')? + 1;
    }
    Some(end)
}

/// The words of a line with their bytes, counted from `offset`; an escaped blank parts none.
fn words(line: &str, offset: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += line[at..].find(|char: char| !char.is_whitespace())?;
        let start = at;
        let mut escaped = false;
        let end = line[start..].find(|char: char| {
            let ends = char.is_whitespace() && !escaped;
            escaped = char == '\\' && !escaped;
            ends
        });
        at = end.map_or(line.len(), |end| start + end);
        Some((&line[start..at], offset + start..offset + at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(&str, u32, Vec<&str>)> {
        let lines = CodeOwners::read(text).lines.into_iter();
        lines.map(|line| (line.pattern, line.section, line.owners.into_iter().map(|owner| owner.0).collect())).collect()
    }

    #[test]
    fn lines_name_a_pattern_and_its_owners() {
        let text =
            "# owners\n* @org/all # everyone\n/ranker/ @org/discovery a@example.com\n/ranker/free/\n!x @a\na\\ b @c\n";
        assert_eq!(
            named(text),
            [
                ("*", 0, vec!["@org/all"]),
                ("/ranker/", 0, vec!["@org/discovery", "a@example.com"]),
                ("/ranker/free/", 0, vec![]),
                ("a\\ b", 0, vec!["@c"]),
            ]
        );
        let line = &CodeOwners::read(text).lines[1];
        assert_eq!(&text[line.at.clone()], "/ranker/");
        assert_eq!(&text[line.owners[1].1.clone()], "a@example.com");
    }

    #[test]
    fn the_owners_of_a_section_stand_for_lines_without() {
        let text = "[Data][2] @org/data\n*.csv\n\n^[Models] @org/ml\n/models/\n*.csv @org/csv\n";
        assert_eq!(
            named(text),
            [("*.csv", 1, vec!["@org/data"]), ("/models/", 2, vec!["@org/ml"]), ("*.csv", 2, vec!["@org/csv"]),]
        );
    }
}
