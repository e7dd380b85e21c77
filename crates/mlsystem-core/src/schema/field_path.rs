//! Places of the formats that the program knows by name. One that its format does not declare fails the build.

/// A place of a format: keys, with `*` for each item of a map and `[]` after the key of a list, as in
/// `evaluation.metrics.*.target` and `serving.path[].p99`.
///
/// The program makes one with [`field_path!`](crate::field_path); those of a declaration are checked when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FieldPath(&'static str);

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(&'static str),
    /// To each item of a map or list.
    Each,
}

impl FieldPath {
    /// A place that was found in its declaration: for the reader of declarations, and for the constants that the build
    /// writes from what it read.
    pub const fn declared(text: &'static str) -> Self {
        Self(text)
    }

    /// The place as it is written: `serving.path[].p99`.
    pub const fn text(self) -> &'static str {
        self.0
    }

    /// Its last key: `p99`.
    pub fn key(self) -> &'static str {
        let end = self.0.rsplit('.').find(|step| *step != "*").unwrap_or_default();
        end.strip_suffix("[]").unwrap_or(end)
    }

    /// The place that it is directly inside of, as it is written: `serving.path[]`; empty for a field of the document.
    pub fn parent(self) -> &'static str {
        self.0.rsplit_once('.').map_or("", |(parent, _)| parent)
    }

    /// The steps from the document to it.
    pub fn steps(self) -> impl Iterator<Item = Step> + Clone {
        self.0.split('.').flat_map(|step| {
            let (key, items) = match step.strip_suffix("[]") {
                Some(key) => (key, true),
                None => (step, false),
            };
            let first = if key == "*" { Step::Each } else { Step::Key(key) };
            [Some(first), items.then_some(Step::Each)].into_iter().flatten()
        })
    }

    /// The place of one item, whose `names` stand for `*`, outermost first: `models.ranker.version` step by step.
    pub fn with<'n>(self, names: &[&'n str]) -> Vec<&'n str> {
        let mut names = names.iter();
        let step = |step| match step {
            Step::Key(key) => Some(key),
            Step::Each => names.next().copied(),
        };
        self.steps().filter_map(step).collect()
    }

    /// Whether it names one place of a document: no items are on the way.
    pub fn is_single(self) -> bool {
        !self.0.contains(['*', '['])
    }

    /// Whether it is the place of the items of `record`, the path of a record: `models` is that of `models.*`.
    pub fn holds_items_of(self, record: &str) -> bool {
        record.strip_suffix(".*") == Some(self.0)
    }
}

/// A place of a format that is declared by an outline: `field_path!(manifest: "serving.path[].p99")`. The formats are
/// `manifest`, `workspace`, `evidence` and `lint`, the front matter of lint files. Where records of several places have the
/// field, all of them may be named; the path is the first.
///
/// It is evaluated when the program is compiled, and stops the build where the outline does not have such a place.
#[macro_export]
macro_rules! field_path {
    (manifest: $($path:literal),+ $(,)?) => { $crate::field_path!(@ MANIFEST, "format.outline", $($path),+) };
    (workspace: $($path:literal),+ $(,)?) => { $crate::field_path!(@ WORKSPACE, "workspace.outline", $($path),+) };
    (evidence: $($path:literal),+ $(,)?) => { $crate::field_path!(@ EVIDENCE, "evidence.outline", $($path),+) };
    (lint: $($path:literal),+ $(,)?) => { $crate::field_path!(@ LINT, "form.outline", $($path),+) };
    (@ $format:ident, $file:literal, $first:literal $(, $more:literal)*) => {
        const {
            $(
                let more = $crate::schema::declaration::$format
                    .place($more, concat!($file, " declares no `", $more, "`"));
                assert!(more.ends_like($first), concat!("`", $more, "` does not end like `", $first, "`"));
            )*
            $crate::schema::declaration::$format.place($first, concat!($file, " declares no `", $first, "`"))
        }
    };
}

impl FieldPath {
    /// Whether the last key is that of another path.
    #[doc(hidden)]
    pub const fn ends_like(self, other: &str) -> bool {
        let (a, b) = (self.0.as_bytes(), other.as_bytes());
        let mut back = 1;
        loop {
            let a_ends = back > a.len() || a[a.len() - back] == b'.';
            let b_ends = back > b.len() || b[b.len() - back] == b'.';
            if a_ends || b_ends {
                return a_ends && b_ends;
            }
            if a[a.len() - back] != b[b.len() - back] {
                return false;
            }
            back += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_steps_and_a_key() {
        let path = field_path!(manifest: "serving.path[].p99");
        let steps: Vec<Step> = path.steps().collect();
        assert_eq!(steps, [Step::Key("serving"), Step::Key("path"), Step::Each, Step::Key("p99")]);
        assert_eq!((path.key(), path.is_single()), ("p99", false));
        assert_eq!(field_path!(manifest: "evaluation.baselines.*.*").key(), "baselines");
        assert_eq!(field_path!(manifest: "serving.path[]").key(), "path");
        assert_eq!(field_path!(manifest: "models.*.version").with(&["ranker"]), ["models", "ranker", "version"]);
        assert!(field_path!(manifest: "models").holds_items_of("models.*"));
    }

    #[test]
    fn records_share_a_key() {
        assert_eq!(field_path!(lint: "when", "cases[].when", "labels[].when").text(), "when");
        assert!(FieldPath("a.b").ends_like("b") && FieldPath("a[].b").ends_like("c.b"));
        assert!(!FieldPath("a.bc").ends_like("c") && !FieldPath("c").ends_like("bc"));
    }
}
