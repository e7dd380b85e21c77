//! The words by which options name what the library knows.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::finding::{Reader, Severity};
use crate::report::{ColorChoice, Format};
use crate::{claims, coverage};

/// Declares the words of an enumeration: `values! { Form { Table: "table", "lines for a terminal" } }`.
macro_rules! values {
    ($of:ty { $($variant:ident: $word:literal, $help:literal;)* }) => {
        impl ValueEnum for $of {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$variant),*]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(match self {
                    $(Self::$variant => PossibleValue::new($word).help($help),)*
                })
            }
        }
    };
}

values! { ColorChoice {
    Auto: "auto", "Use colors if the output is a terminal and NO_COLOR is not set";
    Always: "always", "Always use colors";
    Never: "never", "Never use colors";
} }

values! { coverage::Form {
    Table: "table", "Text for a terminal";
    Markdown: "markdown", "Tables for a pull request";
    Json: "json", "One JSON document";
} }

values! { claims::Form {
    Table: "table", "Text for a terminal";
    Json: "json", "One JSON document";
} }

/// Readers by their words. The core, which declares them, knows of no command line.
pub fn reader() -> impl TypedValueParser<Value = Reader> {
    let words = PossibleValuesParser::new([
        PossibleValue::new("author").help("What is wrong in the design, and what is nearly always worth adding"),
        PossibleValue::new("reviewer").help("What is worth asking in a review as well"),
        PossibleValue::new("auditor").help("Everything"),
    ]);
    words.try_map(|word| Reader::from_word(&word).ok_or_else(|| format!("`{word}` is not a reader")))
}

/// Severities by their words, as the mildest that is reported.
pub fn min_severity() -> impl TypedValueParser<Value = Severity> {
    let words = PossibleValuesParser::new([
        PossibleValue::new("error").help("Errors"),
        PossibleValue::new("warning").help("Errors and warnings"),
        PossibleValue::new("advice").help("Everything"),
    ]);
    words.try_map(|word| Severity::from_word(&word).ok_or_else(|| format!("`{word}` is not a severity")))
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.meaning()))
    }
}

/// The form of a list that commands print.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ListForm {
    /// Text for a terminal.
    Table,
    /// One JSON document.
    Json,
}
