//! Published facts that lints look up by a word, as in `areas["credit"].tier`.

use super::Type;

/// A table whose rows are known by a word.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name by which expressions know it.
    pub name: &'static str,
    /// What the facts are, for people.
    pub meaning: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: &'static [Row],
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub of: Type,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The word by which it is known.
    pub word: &'static str,
    /// One cell for each column.
    pub cells: &'static [Cell],
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell {
    /// Nothing is known: what reads it is unknown.
    Empty,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Double(f64),
    /// A text.
    Text(&'static str),
    /// Several texts.
    Texts(&'static [&'static str]),
}

impl Table {
    /// The number of the column called `name`.
    pub fn column(&self, name: &str) -> Option<u16> {
        self.columns.iter().position(|column| column.name == name).and_then(|index| u16::try_from(index).ok())
    }

    /// The row of `word`.
    pub fn row(&self, word: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.word == word)
    }
}
