//! Files: which there are, and what is in them. The only reader of the disk.

mod discover;
pub mod evidence;
mod git;
mod lints;
mod members;
mod read;
mod write;

pub use discover::{Discovery, below, checkout, discover, root_of, shown};
pub use git::{Old, Revision};
pub use lints::{LintFolders, load_lints};
pub use members::{WORKSPACE_FILE, absolute, from_here, members, workspace_of};
pub use read::{Input, plain_words, read, read_stdin, unreadable};
pub use write::{append, write_whole};
