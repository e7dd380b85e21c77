//! The rows under `## Mutations` of the pages of lints.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mlsystem::built_in::LINTS;
use mlsystem::lint::Document;
use mlsystem::source::Source;
use serde::Deserialize;

use crate::support::Identity;
use crate::support::edit::Edit;

/// What `at` says where the change is as good as what it replaces.
const NOTHING: &str = "nothing";

/// A change of a good manifest, and what is reported of it.
#[derive(Debug)]
pub struct Row {
    /// The file and line of the row.
    pub place: String,
    /// The lint on whose page the row is.
    pub lint: String,
    written: Written,
}

/// A row as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// A folder of `fixtures/systems`.
    system: String,
    /// Keys that are deleted with all that belongs to them.
    #[serde(default)]
    cut: Vec<String>,
    /// The texts that are written after keys, in place of what belongs to them.
    #[serde(default)]
    set: BTreeMap<String, String>,
    /// The lines that are added below keys.
    #[serde(default)]
    add: BTreeMap<String, String>,
    /// The lines that are added at the end of the file.
    #[serde(default)]
    append: String,
    /// The texts that are written in place of others.
    #[serde(default)]
    replace: Vec<Replacement>,
    /// The pointer of the one finding, or `nothing`.
    at: String,
    /// Other findings of the same change: lints, and their pointers.
    #[serde(default)]
    also: BTreeMap<String, Vec<String>>,
    /// Why there are others.
    #[serde(default)]
    because: String,
}

/// A text that occurs once, and what is written for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    old: String,
    new: String,
}

impl Row {
    /// The rows of the page of a lint, or what is wrong with them and where.
    pub fn of_page(page: &Arc<Source>, lint: &str) -> Result<Vec<Self>, String> {
        let Ok(document) = Document::read(page) else { return Err(format!("{}: no lint page", page.name())) };
        let Some(span) = document.mutations else { return Ok(Vec::new()) };
        let line = |offset: usize| page.original()[..offset].matches('\n').count() + 1;
        let text = page.original().get(span.range()).unwrap_or_default();
        let start = span.start as usize;
        let wrong = |why: &str| format!("{}:{}: {why}", page.name(), line(start));
        let (head, fenced) =
            text.split_once("```yaml\n").ok_or_else(|| wrong("no block of `yaml` under `## Mutations`"))?;
        let (rows, rest) = fenced.split_once("```").ok_or_else(|| wrong("the block of mutations is not closed"))?;
        if rest.contains("```") {
            return Err(wrong("more than one block under `## Mutations`"));
        }
        let block = start + head.len() + "```yaml\n".len();
        let mut offset = 0;
        let mut starts = Vec::new();
        for text in rows.split_inclusive('\n') {
            if text.starts_with("- ") {
                starts.push(offset);
            }
            offset += text.len();
        }
        let before = &rows[..starts.first().copied().unwrap_or(rows.len())];
        if starts.is_empty() || before.lines().any(|line| !line.is_empty() && !line.starts_with('#')) {
            return Err(wrong("a row begins with `- system: NAME`, without blanks before it"));
        }
        let ends = starts.iter().skip(1).copied().chain([rows.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(&from, to)| {
                let place = format!("{}:{}", page.name(), line(block + from));
                let written = read(&rows[from..to]).map_err(|why| format!("{place}: {why}"))?;
                Ok(Self { place, lint: lint.to_owned(), written })
            })
            .collect()
    }

    /// The rows of all built-in lints.
    pub fn all() -> Result<Vec<Self>, String> {
        let mut rows = Vec::new();
        let mut wrong = Vec::new();
        for lint in LINTS {
            let path = format!("lints/{}/{}.md", lint.category, lint.name);
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path))
                .map_err(|error| format!("{path}: {error}"))?
                .replace("\r\n", "\n");
            match Self::of_page(&Source::new(path, text), lint.name) {
                Ok(more) => rows.extend(more),
                Err(why) => wrong.push(why),
            }
        }
        if wrong.is_empty() { Ok(rows) } else { Err(wrong.join("\n")) }
    }

    /// Whether the row says that something is reported.
    pub fn reports(&self) -> bool {
        self.written.at != NOTHING
    }

    /// The manifest after the change.
    pub fn manifest(&self, systems: &Path) -> Result<String, String> {
        let path = systems.join(&self.written.system).join("mlsystem.yaml");
        let text = std::fs::read_to_string(path).map_err(|_| format!("no system `{}`", self.written.system))?;
        let changed = self.edits().try_fold(text.clone(), |text, edit| edit.apply(&text))?;
        if changed == text { Err("the row changes nothing".to_owned()) } else { Ok(changed) }
    }

    fn edits(&self) -> impl Iterator<Item = Edit<'_>> {
        let Written { cut, set, add, append, replace, .. } = &self.written;
        let cut = cut.iter().map(|key| Edit::Cut(key));
        let set = set.iter().map(|(key, text)| Edit::Set(key, text));
        let add = add.iter().map(|(key, lines)| Edit::Add(key, lines));
        let append = (!append.is_empty()).then_some(Edit::Add("", append));
        let replace = replace.iter().map(|Replacement { old, new }| Edit::Replace(old, new));
        set.chain(add).chain(cut).chain(append).chain(replace)
    }

    /// The findings that the change brings, sorted.
    pub fn findings(&self) -> Vec<Identity> {
        let own = self.reports().then(|| (self.lint.clone(), self.written.at.clone()));
        let others = self.written.also.iter().flat_map(|(name, all)| all.iter().map(|at| (name.clone(), at.clone())));
        let mut all: Vec<_> = own.into_iter().chain(others).collect();
        all.sort();
        all
    }
}

/// One row of a list. Of a key that is written twice the map would keep one, so the text is read as a value before.
fn read(text: &str) -> Result<Written, String> {
    let words = |error: serde_yaml::Error| error.to_string();
    serde_yaml::from_str::<serde_yaml::Value>(text).map_err(words)?;
    let [written]: [Written; 1] = serde_yaml::from_str(text).map_err(words)?;
    let several = !written.also.is_empty();
    if written.at == NOTHING && several {
        return Err("`also` beside `at: nothing`".to_owned());
    }
    let pointer = written.at.is_empty() || written.at.starts_with('/');
    if written.at != NOTHING && !pointer {
        return Err(format!("`at: {}` is neither a pointer nor `nothing`", written.at));
    }
    if several == written.because.is_empty() {
        return Err("`also` and `because` go together: more than one finding has a reason".to_owned());
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &str) -> Result<Vec<Row>, String> {
        let text = format!("---\nkind: x\n---\n\n# A\n\n## Mutations\n\n```yaml\n{rows}```\n");
        Row::of_page(&Source::new("lints/a/b.md", text), "b")
    }

    fn applied(rows: &str) -> String {
        let rows = page(rows).unwrap();
        let systems = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/systems");
        rows[0].manifest(&systems).unwrap_err()
    }

    #[test]
    fn a_row_is_read() {
        let rows = page(
            "- system: a\n  set: {x.y: 0.10, z: 'false'}\n  at: /x\n  also: {c: [/y, /z]}\n  because: one root\n# Between.\n- system: b\n  cut: [a.b]\n  at: nothing\n",
        )
        .unwrap();
        let places: Vec<&str> = rows.iter().map(|row| &*row.place).collect();
        assert_eq!(places, ["lints/a/b.md:10", "lints/a/b.md:16"]);
        let edits: Vec<String> = rows[0].edits().map(|edit| format!("{edit:?}")).collect();
        assert_eq!(edits, [r#"Set("x.y", "0.10")"#, r#"Set("z", "false")"#]);
        let wanted = [("b", "/x"), ("c", "/y"), ("c", "/z")].map(|(name, at)| (name.to_owned(), at.to_owned()));
        assert_eq!(rows[0].findings(), wanted);
        assert!(!rows[1].reports() && rows[1].findings().is_empty());
    }

    #[test]
    fn what_is_wrong_with_a_row_has_its_place() {
        for (row, why) in [
            ("- system: a\n  cutt: [b]\n  at: /b\n", "unknown field `cutt`"),
            ("- system: a\n  cut: [b]\n", "missing field `at`"),
            ("- system: a\n  set: {b: 1, b: 2}\n  at: /b\n", "duplicate"),
            ("- system: a\n  cut: [b]\n  at: b\n", "neither a pointer nor `nothing`"),
            ("- system: a\n  cut: [b]\n  at: /b\n  also: {c: [/c]}\n", "go together"),
            ("- system: a\n  cut: [b]\n  at: /b\n  because: of it\n", "go together"),
            ("- system: a\n  cut: [b]\n  at: nothing\n  also: {c: [/c]}\n  because: x\n", "beside `at: nothing`"),
        ] {
            let error = page(row).unwrap_err();
            assert!(error.starts_with("lints/a/b.md:10: ") && error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_change_that_cannot_be_made_is_refused() {
        for (row, why) in [
            ("- system: restaurant-rankr\n  cut: [owner]\n  at: /b\n", "no system `restaurant-rankr`"),
            ("- system: restaurant-ranker\n  cut: [ownr]\n  at: /b\n", "no key `ownr` on the way to `ownr`"),
            (
                "- system: restaurant-ranker\n  cut: [owner.temm]\n  at: /b\n",
                "no key `temm` on the way to `owner.temm`",
            ),
            ("- system: restaurant-ranker\n  replace: [{old: qqq, new: x}]\n  at: /b\n", "`qqq` occurs 0 times"),
            ("- system: restaurant-ranker\n  at: /b\n", "the row changes nothing"),
        ] {
            assert!(applied(row).contains(why), "{}", applied(row));
        }
    }
}
