//! For whom a finding speaks.

use std::fmt;

/// For whom a finding speaks. Each reader is shown what speaks to those before: `Author < Reviewer < Auditor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reader {
    /// Whoever writes the design: what is wrong in it, and what is nearly always worth adding.
    #[default]
    Author,
    /// Whoever reviews the design: what is worth asking, and may have its reason.
    Reviewer,
    /// Whoever holds the design to a standard: what is good to have.
    Auditor,
}

impl Reader {
    /// Every reader, in their order.
    pub const ALL: [Self; 3] = [Self::Author, Self::Reviewer, Self::Auditor];

    /// The word for it: `author`, `reviewer` or `auditor`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Reviewer => "reviewer",
            Self::Auditor => "auditor",
        }
    }

    /// The reader so called.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.word() == word)
    }
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
