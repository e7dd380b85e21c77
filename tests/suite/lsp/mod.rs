//! The language server as an editor meets it: a client of the protocol drives the real program over pipes.

mod addresses;
mod agreement;
pub mod client;
mod conversation;
mod edits;
mod features;
pub mod folder;
mod patience;
mod resolve;
mod workspaces;
