//! Published facts that lints look up by a word, as in `areas["credit"].tier`.

use super::Type;

/// A table whose rows are known by a word.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The name by which expressions know it.
    pub name: &'a str,
    /// What the facts are, for people.
    pub meaning: &'a str,
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// Its rows.
    pub rows: &'a [Row<'a>],
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its name.
    pub name: &'a str,
    /// What its cells hold.
    pub of: Type<'a>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The word by which it is known.
    pub word: &'a str,
    /// One cell for each column.
    pub cells: &'a [Cell<'a>],
}

/// One fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known: what reads it is unknown.
    Empty,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Double(f64),
    /// A text.
    Text(&'a str),
    /// Several texts.
    Texts(&'a [&'a str]),
}

impl<'a> Table<'a> {
    /// The number of the column called `name`.
    pub fn column(&self, name: &str) -> Option<u16> {
        self.columns.iter().position(|column| column.name == name).and_then(|index| u16::try_from(index).ok())
    }

    /// The row of `word`.
    pub fn row(&self, word: &str) -> Option<&'a Row<'a>> {
        self.rows.iter().find(|row| row.word == word)
    }
}
