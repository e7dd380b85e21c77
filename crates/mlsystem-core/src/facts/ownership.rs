//! Which files a pattern of `CODEOWNERS` covers.
//!
//! By the rules of the forges: patterns are those of `.gitignore` without `!` and `[…]`, but that a star at the end does
//! not reach into folders.

/// Whether a pattern of `CODEOWNERS` covers the file at `path`, with `/` between its parts and none before them.
pub fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.replace("\\ ", " ").replace("\\#", "#");
    let anchored = pattern.trim_end_matches('/').contains('/');
    let folder = pattern.ends_with('/');
    let mut parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return folder;
    }
    if !anchored && parts[0] != "**" {
        parts.insert(0, "**");
    }
    let path: Vec<&str> = path.split('/').collect();
    // A name, other than a star in some folder, covers all that lies below it.
    let deep = folder || !anchored || parts.last().is_some_and(|last| *last != "*");
    let shortest = if deep { 1 } else { path.len() };
    let longest = if folder { path.len() - 1 } else { path.len() };
    let covered = covered_by(&parts, &path);
    (shortest..=longest).any(|length| covered[length])
}

/// For each number of parts of `path`, whether the parts of a pattern cover just these; `**` stands for any number of
/// parts.
fn covered_by(pattern: &[&str], path: &[&str]) -> Vec<bool> {
    let mut covered = vec![false; path.len() + 1];
    covered[0] = true;
    for part in pattern {
        let mut next = vec![false; path.len() + 1];
        for length in 0..=path.len() {
            next[length] = match *part {
                "**" => covered[..=length].contains(&true),
                part => length > 0 && covered[length - 1] && match_name(part, path[length - 1]),
            };
        }
        covered = next;
    }
    covered
}

/// Whether a pattern with `*` and `?` covers a whole name.
fn match_name(pattern: &str, name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let mut covered = vec![false; name.len() + 1];
    covered[0] = true;
    for char in pattern.chars() {
        let mut next = vec![false; name.len() + 1];
        for length in 0..=name.len() {
            next[length] = match char {
                '*' => covered[..=length].contains(&true),
                '?' => length > 0 && covered[length - 1],
                char => length > 0 && covered[length - 1] && name[length - 1] == char,
            };
        }
        covered = next;
    }
    covered[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_what_the_forge_says() {
        for (pattern, covered, spared) in [
            ("*", vec!["a", "a/b/c.yaml"], vec![]),
            ("*.js", vec!["a.js", "src/a.js"], vec!["a.jsx"]),
            ("/build/logs/", vec!["build/logs/a", "build/logs/b/c"], vec!["x/build/logs/a", "build/logs"]),
            ("docs/*", vec!["docs/a.md"], vec!["docs/b/a.md", "x/docs/a.md"]),
            ("apps/", vec!["apps/a", "x/apps/b/c"], vec!["apps"]),
            ("/docs/", vec!["docs/a/b"], vec!["x/docs/a"]),
            ("**/logs", vec!["logs/a", "build/logs/b", "deeply/nested/logs/c"], vec!["logs2/a"]),
            ("/apps/github", vec!["apps/github", "apps/github/a"], vec!["apps/github2"]),
            ("ml/**/model.yaml", vec!["ml/model.yaml", "ml/a/b/model.yaml"], vec!["model.yaml"]),
            ("a?c", vec!["abc"], vec!["ac", "abbc"]),
            ("path\\ with/blank", vec!["path with/blank"], vec!["path"]),
        ] {
            for path in covered {
                assert!(matches(pattern, path), "{pattern} {path}");
            }
            for path in spared {
                assert!(!matches(pattern, path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn a_pattern_of_many_stars_ends() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(199)));
        assert!(!matches(&"**/a/".repeat(200), &"a/".repeat(199)));
    }
}
