//! The design linter for production machine-learning systems.
//!
//! Data goes one way: text ([`source`]), spanned tree ([`tree`]), typed manifest ([`manifest`]), findings ([`finding`]),
//! report ([`report`]). Each step is a function of the one before; only the two ends read and write files.

#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod address;
pub mod baseline;
pub mod built_in;
pub mod claims;
pub mod cli;
pub mod coverage;
pub mod draft;
pub mod editor;
pub mod evidence;
pub mod examples;
pub mod fix;
pub mod lsp;
pub mod publish;
pub mod questions;
pub mod report;
pub mod workspace;

pub use mlsystem_core::{
    arena, check, constant, edit, expression, facts, finding, framework, lint, manifest, schema, secret, source, tree,
    units,
};
