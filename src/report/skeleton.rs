//! The YAML that the help of several findings asks for, as one piece to paste.
//!
//! Help shows YAML as indented lines, or names a field between backticks, as in "add `release.rollout`". Both are read
//! as trees of lines, and the trees are laid over each other.

/// Lines with what is indented below them.
#[derive(Debug, Default)]
struct Tree(Vec<(String, Tree)>);

/// The YAML for `section` that `helps` ask for together; `None` where they name nothing, or more than `limit` lines.
pub(super) fn merge<'a>(section: &str, helps: impl IntoIterator<Item = &'a str>, limit: usize) -> Option<String> {
    let mut whole = Tree::default();
    for help in helps {
        let mut asked = Tree::parse(help);
        if asked.0.is_empty() {
            let Some(field) = named_field(section, help) else { continue };
            asked = Tree::path(field);
        }
        // Help may show the section's inside alone.
        if !asked.0.iter().any(|(line, _)| key(line) == section) {
            asked = Tree(vec![(format!("{section}:"), asked)]);
        }
        whole.add(asked);
    }
    let mut lines = Vec::new();
    whole.write(0, &mut lines);
    (1..=limit).contains(&lines.len()).then(|| lines.join("\n"))
}

/// The first field of `section` that `help` names between backticks.
fn named_field<'a>(section: &str, help: &'a str) -> Option<&'a str> {
    help.split('`').skip(1).step_by(2).find(|quoted| {
        let inside = quoted.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        inside && quoted.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    })
}

fn key(line: &str) -> &str {
    line.split(':').next().unwrap_or(line)
}

impl Tree {
    /// The indented lines of `text`.
    fn parse(text: &str) -> Self {
        let lines: Vec<(usize, &str)> = text
            .lines()
            .filter(|line| line.starts_with(' ') && !line.trim().is_empty())
            .map(|line| (line.len() - line.trim_start().len(), line.trim()))
            .collect();
        Self::nest(&lines)
    }

    fn nest(lines: &[(usize, &str)]) -> Self {
        let mut tree = Self::default();
        let mut rest = lines;
        while let [(indent, line), below @ ..] = rest {
            let inside = below.iter().take_while(|(deeper, _)| deeper > indent).count();
            tree.0.push(((*line).to_owned(), Self::nest(&below[..inside])));
            rest = &below[inside..];
        }
        tree
    }

    fn path(path: &str) -> Self {
        path.rsplit('.').fold(Self::default(), |inner, step| Self(vec![(format!("{step}:"), inner)]))
    }

    fn add(&mut self, other: Self) {
        for (line, inner) in other.0 {
            match self.0.iter_mut().find(|(mine, _)| key(mine) == key(&line) && !line.starts_with('-')) {
                Some((mine, below)) => {
                    // A line with a value says more than its bare key.
                    if line.len() > mine.len() && below.0.is_empty() && inner.0.is_empty() {
                        *mine = line;
                    }
                    below.add(inner);
                }
                None => self.0.push((line, inner)),
            }
        }
    }

    fn write(&self, depth: usize, lines: &mut Vec<String>) {
        for (line, inner) in &self.0 {
            lines.push(format!("{:indent$}{line}", "", indent = 2 * depth));
            inner.write(depth + 1, lines);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn named_fields_become_keys() {
        let helps = ["add `release.rollout`, such as a canary", "add `release.rollback.trigger`", "add `release`"];
        let yaml = merge("release", helps, 20).unwrap();
        assert_eq!(yaml, "release:\n  rollout:\n  rollback:\n    trigger:");
    }

    #[test]
    fn blocks_are_laid_over_each_other() {
        let helps = [
            "say how it is released:\n  release:\n    rollout: canary",
            "add `release.rollout`",
            "say when it is undone\n    rollback:\n      trigger: error rate above 1%\n      within: 5m",
        ];
        let yaml = merge("release", helps, 20).unwrap();
        assert_eq!(yaml, "release:\n  rollout: canary\n  rollback:\n    trigger: error rate above 1%\n    within: 5m");
    }

    #[test]
    fn long_and_unknown_ones_are_left_out() {
        assert_eq!(merge("release", ["write more"], 20), None);
        assert_eq!(merge("release", ["add `release.rollout`", "add `release.rollback`"], 2), None);
        assert_eq!(merge("release", [], 20), None);
    }
}
