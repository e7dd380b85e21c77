//! Files: which there are, what is in them, and what holds for them. The only reader of the disk.

mod discover;
mod evidence;
mod gather;
mod git;
mod ignores;
mod lint_set;
mod lints;
mod members;
mod mend;
mod presence;
mod read;
mod repositories;
mod rulebook;
mod threads;
mod today;
mod unusable;
mod write;

pub use discover::{Discovery, below, checkout, discover, is_manifest, repository_of, root_of, shown};
pub use evidence::{Found, find, is_evidence};
pub use gather::{Gathered, Group, Judged, Roots, gather, given};
pub use git::{Old, Revision};
pub use lint_set::{LintSet, files_of};
pub use lints::{LintFolders, load_lints};
pub use members::{WORKSPACE_FILE, absolute, from_here, members, workspace_of};
pub use mend::{Mended, late};
pub use read::{Input, Stamp, is_within, plain_words, read, read_stdin, read_within, stamp, unreadable};
pub use repositories::Repositories;
pub use rulebook::{Read, Rulebook, UNREADABLE, Wishes, read_workspace_file};
pub use threads::map as in_parallel;
pub use today::today;
pub use unusable::Unusable;
pub use write::{append, replace, write_new, write_whole};
