//! What whoever asks for a check says about it.

use std::path::PathBuf;

use crate::check::{Level, Selection};
use crate::finding::Reader;
use crate::units::Date;

/// The options of a check, by command line or editor.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Folders of own lints.
    pub lints: Vec<PathBuf>,
    /// Levels, which win over those of workspace files; none where every lint is run, whatever its level.
    pub levels: Option<Vec<(String, Level)>>,
    /// Which lints are wanted.
    pub selection: Selection,
    /// The day that dates are compared with.
    pub today: Date,
    /// Whether what each lint came to is wanted.
    pub outcomes: bool,
    /// For whom findings are reported, which wins over what workspace files say.
    pub reader: Option<Reader>,
}

/// A day as users write it; what is wrong with the text otherwise, for people.
pub fn read_day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is not a date such as 2026-11-24"))
}

impl CheckRequest {
    /// A check on the day `today` by every lint of the folders `lints` and the built-in ones, with the levels that
    /// workspace files set.
    pub fn on(today: Date, lints: Vec<PathBuf>) -> Self {
        let (levels, selection) = (Some(Vec::new()), Selection::default());
        Self { lints, levels, selection, today, outcomes: false, reader: None }
    }

    /// The same by every lint, whatever its level.
    #[must_use]
    pub fn at_every_level(self) -> Self {
        Self { levels: None, ..self }
    }
}
