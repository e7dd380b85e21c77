//! Files: which there are, and what is in them. The only layer that reads and writes the disk.

#![allow(clippy::disallowed_methods, reason = "what is forbidden everywhere else is done here, for all others")]

mod discover;
mod evidence;
mod git;
mod identity;
mod ignores;
mod lints;
mod members;
mod presence;
mod read;
mod revisions;
mod threads;
mod today;
mod write;

pub use discover::{
    Discovery, Located, below, checkout, discover, is_manifest, is_repository, meant, repository_of, root_of, shown,
};
pub use evidence::{IGNORE_FILES, RepositoryFiles, find, is_evidence};
pub use git::Old;
pub use identity::{Roots, home, is_file, is_folder, is_link, is_taken, is_there, place, real, same_file};
pub use lints::{LintFolders, load_lints};
pub use members::{WORKSPACE_FILE, absolute, from_here, members, workspace_of};
pub use presence::Index;
pub use read::{Input, Stamp, is_within, plain_words, read, read_stdin, read_within, stamp, unreadable};
pub use revisions::Revisions;
pub use threads::map as in_parallel;
pub use today::today;
pub use write::{append, create, create_folder, hold_output, overwrite, replace};
