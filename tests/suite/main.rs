//! The tests of the whole program, in one binary, so that it is linked once.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may panic")]

mod adoption;
mod cli;
mod coverage;
mod editor;
mod evidence;
mod expression;
mod expression_cel;
mod expression_properties;
mod fixes;
mod fixtures;
mod formats;
mod hostile;
mod init;
mod layers;
mod lints;
mod lsp;
mod mappings;
mod mutations;
mod readers;
mod report;
mod reviewable;
mod same_reading;
mod schema;
mod secrets;
mod seed;
mod support;
mod text;
mod tree;
mod undecided;
mod units;
mod units_properties;
mod words;
mod workspace;
