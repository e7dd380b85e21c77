//! The design linter for production machine-learning systems.
//!
//! Data goes one way: text ([`source`]), spanned tree ([`tree`]), typed manifest ([`manifest`]), findings ([`finding`]),
//! report ([`report`]). Each step is a function of the one before; only the two ends read and write files.
//!
//! Without the feature `native` there are no ends, and what is left builds for `wasm32-unknown-unknown`.

#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod address;
pub mod baseline;
pub mod built_in;
pub mod claims;
#[cfg(feature = "native")]
pub mod cli;
pub mod coverage;
pub mod draft;
pub mod editor;
pub mod evidence;
pub mod examples;
pub mod fix;
#[cfg(feature = "native")]
pub mod lsp;
#[cfg(feature = "native")]
pub mod project;
pub mod publish;
pub mod questions;
pub mod report;
#[cfg(feature = "native")]
pub mod workspace;

pub use mlsystem_core::{
    arena, check, constant, edit, expression, facts, finding, framework, lint, manifest, schema, secret, source, tree,
    units,
};
