//! Files: which there are, what is in them, and what holds for them. The only layer that reads and writes the disk.

#![allow(clippy::disallowed_methods, reason = "what is forbidden everywhere else is done here, for all others")]

mod discover;
mod evidence;
mod gather;
mod git;
mod identity;
mod ignores;
mod lint_set;
mod lints;
mod members;
mod mend;
mod presence;
mod read;
mod repositories;
mod revisions;
mod rulebook;
mod threads;
mod today;
mod unusable;
mod write;

pub use discover::{Discovery, below, checkout, discover, is_manifest, meant, repository_of, root_of, shown};
pub use evidence::{Found, find, is_evidence};
pub use gather::{Gathered, Group, Judged, gather, given};
pub use git::Old;
pub use identity::{Roots, is_file, is_folder, is_taken, is_there, place, real, same_file};
pub use lint_set::{LintSet, files_of};
pub use lints::{LintFolders, load_lints};
pub use members::{WORKSPACE_FILE, absolute, from_here, members, workspace_of};
pub use mend::{Mended, late};
pub use read::{Input, Stamp, is_within, plain_words, read, read_stdin, read_within, stamp, unreadable};
pub use repositories::Repositories;
pub use revisions::Revisions;
pub use rulebook::{Read, Rulebook, UNREADABLE, Wishes, read_workspace_file};
pub use threads::map as in_parallel;
pub use today::today;
pub use unusable::Unusable;
pub use write::{append, create, create_folder, hold_output, overwrite, replace};
