//! Files: which there are, what is in them, and what holds for them. The only layer that reads and writes the disk.

#![allow(clippy::disallowed_methods, reason = "what is forbidden everywhere else is done here, for all others")]

mod apply_fixes;
mod discover;
mod evidence;
mod gather;
mod git;
mod identity;
mod ignores;
mod lint_set;
mod lints;
mod load_error;
mod members;
mod presence;
mod read;
mod repositories;
mod revisions;
mod ruleset;
mod threads;
mod today;
mod write;

pub use apply_fixes::{FixedFile, late};
pub use discover::{Discovery, below, checkout, discover, is_manifest, meant, repository_of, root_of, shown};
pub use evidence::{RepositoryFiles, find, is_evidence};
pub use gather::{Gathered, Group, Judged, gather, given};
pub use git::Old;
pub use identity::{Roots, is_file, is_folder, is_taken, is_there, place, real, same_file};
pub use lint_set::{LintSet, files_of};
pub use lints::{LintFolders, load_lints};
pub use load_error::LoadError;
pub use members::{WORKSPACE_FILE, absolute, from_here, members, workspace_of};
pub use read::{Input, Stamp, is_within, plain_words, read, read_stdin, read_within, stamp, unreadable};
pub use repositories::Repositories;
pub use revisions::Revisions;
pub use ruleset::{CheckRequest, Read, Ruleset, UNREADABLE, read_workspace_file};
pub use threads::map as in_parallel;
pub use today::today;
pub use write::{append, create, create_folder, hold_output, overwrite, replace};
