//! One round of checking, and what the commands that check have to say about their inputs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Exit, Failure, stderr};
use crate::project::{self, CheckRequest, Group};
use crate::report::Report;
use crate::workspace;

/// What a check came to, and how it was made.
pub struct CheckRun {
    /// What is reported.
    pub report: Report,
    /// The inputs.
    pub groups: Vec<Group>,
    /// For each file by its name, the mildest finding that fails a run, where its workspace file says it.
    pub fail_on: HashMap<String, &'static str>,
}

/// Finds the manifests behind `inputs`, in groups; `-` is standard input, reported as `stdin_filename`. That an input led to
/// nothing is said, unless it has to be quiet.
pub fn gather(
    inputs: &[String],
    stdin_filename: &str,
    request: &CheckRequest,
    quiet: bool,
) -> Result<Vec<Group>, Failure> {
    let gathered = project::gather(inputs, stdin_filename, request)?;
    for note in gathered.passed_over.iter().chain(gathered.empty.iter().filter(|_| !quiet)) {
        stderr::line(format_args!("note: {note}"));
    }
    Ok(gathered.groups)
}

/// Holds a file that a report goes to against what was read: it may be none of that.
pub fn hold_output(output: &Path, groups: &[Group], more: Option<&Path>) -> Result<(), Failure> {
    let inputs: Vec<PathBuf> = groups.iter().flat_map(Group::inputs).chain(more.map(Path::to_owned)).collect();
    workspace::hold_output(output, inputs.iter().map(PathBuf::as_path))
        .map_err(|why| Failure::Usage(format!("`{}` was left as it is: {why}", workspace::shown(output))))
}

/// Says that no manifest was found.
pub fn report_no_input() -> Exit {
    stderr::line("nothing to check: no mlsystem.yaml, mlsystem.yml, *.mlsystem.yaml or *.mlsystem.yml was found");
    Exit::Nothing
}
