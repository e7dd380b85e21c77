//! Files: which there are, and what is in them. The only reader of the disk.

mod discover;
mod lints;
mod members;
mod read;
mod write;

pub use discover::{Discovery, below, discover, root_of, shown};
pub use lints::{LintFolders, load_lints};
pub use members::{WORKSPACE_FILE, from_here, members, plain, workspace_of};
pub use read::{Input, read, read_stdin};
pub use write::write_whole;
