//! Names of manifests that begin with `-`, which a command line takes for options.

use std::ffi::OsString;
use std::path::Path;

use super::Failure;
use crate::report::clean_line;
use crate::workspace::{self, WORKSPACE_FILE};

/// Refuses an argument that reads as an option and is the name of a manifest that is there: hooks and shells pass what they
/// find, and a file must not be able to say how it is checked.
pub fn apply_baseline(arguments: impl Iterator<Item = OsString>) -> Result<(), Failure> {
    for argument in arguments.take_while(|argument| argument != "--") {
        let path = Path::new(&argument);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let of_ours = || workspace::is_manifest(&name) || name == WORKSPACE_FILE || workspace::meant(&name).is_some();
        if argument.as_encoded_bytes().starts_with(b"-") && of_ours() && workspace::is_taken(path) {
            let text = argument.to_string_lossy();
            let shown = clean_line(&text, false);
            return Err(Failure::Usage(format!("`{shown}` is read as an option: write `./{shown}` for the file")));
        }
    }
    Ok(())
}
