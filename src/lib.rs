//! The design linter for production machine-learning systems.
//!
//! Data goes one way: text ([`source`]), spanned tree ([`tree`]), typed manifest ([`manifest`]), findings ([`finding`]),
//! report ([`report`]). Each step is a function of the one before; only the two ends read and write files.

pub mod baseline;
pub mod built_in;
pub mod check;
pub mod claims;
pub mod cli;
pub mod constant;
pub mod coverage;
pub mod draft;
pub mod edit;
pub mod editor;
pub mod evidence;
pub mod expression;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod framework;
pub mod lint;
pub mod lsp;
pub mod manifest;
pub mod publish;
pub mod report;
pub mod schema;
pub mod source;
pub mod tree;
pub mod units;
pub mod workspace;
