//! Patterns of paths: `*`, `?` and `[…]` within one part of a path, `**` for any number of parts.

use glob::PatternError;

/// A pattern of paths with `/` between their parts. Matching takes no longer than the product of the two lengths, whatever
/// stands in either: a pattern may be hostile, and so may the name of a file.
#[derive(Debug, Clone)]
pub struct PathGlob {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    /// Any number of parts; at the end, one or more.
    Any,
    /// One part that is written out.
    Plain(String),
    /// One part with wildcards. Without a `/` in pattern and name, the matcher never tries an earlier star again.
    Wild(glob::Pattern),
}

impl PathGlob {
    /// Reads a pattern.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let mut parts = Vec::new();
        for part in text.split('/') {
            parts.push(match part {
                "**" => Part::Any,
                wild if has_wildcard(wild) => Part::Wild(glob::Pattern::new(wild)?),
                plain => Part::Plain(plain.to_owned()),
            });
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The folder that all paths lie in which the pattern holds, empty for the root; the whole of a path without wildcards.
    pub fn folder(&self) -> &str {
        let length = self.text.split('/').take(self.plain()).map(|part| part.len() + 1).sum::<usize>();
        &self.text[..length.saturating_sub(1)]
    }

    /// How many parts a path below [`PathGlob::folder`] has; none where it may have any number.
    pub fn depth(&self) -> Option<usize> {
        let any = self.parts.iter().any(|part| matches!(part, Part::Any));
        (!any).then(|| self.parts.len() - self.plain())
    }

    /// How many parts come before the first wildcard.
    fn plain(&self) -> usize {
        self.parts.iter().take_while(|part| matches!(part, Part::Plain(_))).count()
    }

    /// Whether a path is one of those that the pattern means.
    pub fn holds(&self, path: &str) -> bool {
        // Most paths are told apart by their names.
        let name = path.rsplit('/').next().unwrap_or_default();
        if self.parts.last().is_some_and(|last| !last.holds(name)) {
            return false;
        }
        let names: Vec<&str> = path.split('/').collect();
        let (mut part, mut at) = (0, 0);
        // Where the last `**` stands, and the first name that it has not taken.
        let mut again: Option<(usize, usize)> = None;
        while let Some(name) = names.get(at) {
            match self.parts.get(part) {
                Some(Part::Any) => {
                    again = Some((part, at));
                    part += 1;
                }
                Some(one) if one.holds(name) => (part, at) = (part + 1, at + 1),
                _ => {
                    let Some((any, taken)) = &mut again else { return false };
                    *taken += 1;
                    (part, at) = (*any + 1, *taken);
                }
            }
        }
        part == self.parts.len()
    }
}

impl Part {
    fn holds(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Plain(text) => text == name,
            Self::Wild(pattern) => pattern.matches(name),
        }
    }
}

/// Whether a text has a character in it that means others.
pub fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(pattern: &str, path: &str) -> bool {
        PathGlob::new(pattern).unwrap().holds(path)
    }

    #[test]
    fn a_star_stays_within_one_part_and_two_stars_do_not() {
        assert!(holds("ops/*.yaml", "ops/a.yaml") && !holds("ops/*.yaml", "ops/b/a.yaml"));
        assert!(holds("**/*.py", "a.py") && holds("**/*.py", "a/b/c.py") && !holds("**/*.py", "a/b/c.rs"));
        assert!(holds("a/**/b", "a/b") && holds("a/**/b", "a/x/y/b") && !holds("a/**/b", "a/x/y/c"));
        assert!(holds("a/**", "a/b/c") && !holds("a/**", "a") && holds("**", "a/b"));
        assert!(holds("a/**/c/**/e", "a/b/c/c/d/e") && !holds("a/**/c/**/e", "a/b/d/e"));
        assert!(holds("[ab]?.y*", "bx.yaml") && !holds("[!ab]?", "bx") && holds(".*", ".env"));
        assert!(PathGlob::new("a/b**").is_err() && PathGlob::new("a[").is_err());
    }

    /// The crate `glob` says the same of whole patterns, as long as nothing in them takes it too long.
    #[test]
    fn whole_patterns_mean_what_they_mean_to_the_crate() {
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
        let pieces = ["a", "b", "*", "**", "a*", "*b", "?", "[ab]"];
        let names = ["a", "b", "ab", "ba"];
        let three = |all: &[&str]| -> Vec<String> {
            let mut found: Vec<String> = all.iter().map(|one| (*one).to_owned()).collect();
            for _ in 0..2 {
                let longer = found.iter().flat_map(|text| all.iter().map(move |one| format!("{text}/{one}")));
                found = found.iter().cloned().chain(longer).collect();
            }
            found.sort();
            found.dedup();
            found
        };
        let paths = three(&names);
        for pattern in three(&pieces) {
            let (ours, theirs) = (PathGlob::new(&pattern).unwrap(), glob::Pattern::new(&pattern).unwrap());
            for path in &paths {
                assert_eq!(ours.holds(path), theirs.matches_with(path, options), "{pattern} {path}");
            }
        }
    }

    /// Nothing is tried again and again: this would outlast whoever waits for it.
    #[test]
    fn many_stars_cost_no_more_than_they_are_long() {
        let name = "a".repeat(200);
        assert!(!holds(&format!("{}/x", "*a".repeat(40)), &format!("{name}/y")));
        assert!(!holds(&format!("{}b/x", "*a".repeat(40)), &format!("{name}/x")));
        assert!(!holds(&["**/a"; 60].join("/"), &["a"; 59].join("/")));
        assert!(!holds(&format!("{}/b", ["**/a"; 40].join("/")), &["a"; 400].join("/")));
    }

    #[test]
    fn a_pattern_knows_its_folder() {
        let folder = |pattern: &str| PathGlob::new(pattern).unwrap().folder().to_owned();
        assert_eq!([folder("a/b/*.py"), folder("*.py"), folder("a/b"), folder("a*/b")], ["a/b", "", "a/b", ""]);
        let depth = |pattern: &str| PathGlob::new(pattern).unwrap().depth();
        assert_eq!(
            [depth("a/b/*.py"), depth("*/m.yaml"), depth("a/**"), depth("a/b")],
            [Some(1), Some(2), None, Some(0)]
        );
    }
}
