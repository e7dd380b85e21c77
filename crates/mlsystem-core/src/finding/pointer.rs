//! Where in a document something stands.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// Where in a document something stands: keys from the root, list items by their name where they have one.
/// Written as a JSON pointer: `/serving/path/features/p99`. Pointers have the order of their texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pointer(Vec<PointerStep>);

/// One step of a [`Pointer`].
#[derive(Debug, Clone)]
pub enum PointerStep {
    /// The key of a mapping, or the name of an item.
    Key(Box<str>),
    /// The number of an item that has no name, from 0.
    Index(usize),
}

impl Pointer {
    /// The place of `key` inside this one.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        self.then(PointerStep::Key(key.into()))
    }

    /// The place of the item with this number inside this one.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(PointerStep::Index(index))
    }

    /// The place that a step leads to.
    #[must_use]
    pub fn then(&self, step: PointerStep) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend(self.0.iter().cloned());
        steps.push(step);
        Self(steps)
    }

    /// The steps from the document.
    pub fn steps(&self) -> &[PointerStep] {
        &self.0
    }

    /// Whether it is the document itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The place around it and the last step; none for the document.
    pub fn split_last(&self) -> Option<(Self, &PointerStep)> {
        let (last, around) = self.0.split_last()?;
        Some((Self(around.to_vec()), last))
    }

    /// Whether it is at `place` or inside it.
    pub fn is_within(&self, place: &Self) -> bool {
        self.0.starts_with(&place.0)
    }

    /// The place that a JSON pointer names. Numbers in it are keys, which they equal.
    pub fn read(text: &str) -> Self {
        let key = |step: &str| PointerStep::Key(step.replace("~1", "/").replace("~0", "~").into());
        Self(text.split('/').skip(1).map(key).collect())
    }
}

impl FromIterator<PointerStep> for Pointer {
    fn from_iter<I: IntoIterator<Item = PointerStep>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl PointerStep {
    /// The key or name, or the number in digits.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Key(key) => Cow::Borrowed(key),
            Self::Index(index) => Cow::Owned(index.to_string()),
        }
    }
}

/// An index equals the key of the same digits, which is written in the same way.
impl PartialEq for PointerStep {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for PointerStep {}

impl Hash for PointerStep {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text().hash(state);
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            // Escaped as RFC 6901 says.
            match step {
                PointerStep::Index(index) => write!(f, "/{index}")?,
                PointerStep::Key(key) if key.contains(['~', '/']) => {
                    write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?;
                }
                PointerStep::Key(key) => write!(f, "/{key}")?,
            }
        }
        Ok(())
    }
}

impl Ord for Pointer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.to_string().cmp(&other.to_string())
    }
}

impl PartialOrd for Pointer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_written_as_json_has_it() {
        let pointer = Pointer::default().child("data").index(3).child("a/b~c");
        assert_eq!(pointer.to_string(), "/data/3/a~1b~0c");
        assert_eq!(Pointer::read("/data/3/a~1b~0c"), pointer);
        assert_eq!(Pointer::read(""), Pointer::default());
        assert!(Pointer::default().is_root() && Pointer::default().to_string().is_empty());
    }

    #[test]
    fn a_place_is_within_those_around_it() {
        let pointer = Pointer::read("/serving/path/features");
        assert!(pointer.is_within(&Pointer::read("/serving/path")) && pointer.is_within(&Pointer::default()));
        assert!(!pointer.is_within(&Pointer::read("/serving/pa")));
        assert!(!Pointer::read("/serving").is_within(&pointer));
    }

    #[test]
    fn pointers_have_the_order_of_their_texts() {
        let mut texts = ["/a/b", "/a-b", "/a", "", "/a/10", "/a/9"];
        let mut pointers = texts.map(Pointer::read);
        texts.sort_unstable();
        pointers.sort();
        assert_eq!(pointers.map(|pointer| pointer.to_string()), texts);
    }
}
