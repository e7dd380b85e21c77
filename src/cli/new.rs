//! `mlsystem new`: writes a lint file to fill in.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, Failure, print};
use crate::workspace;

/// The arguments of `mlsystem new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The lint, as `CATEGORY/NAME`. The name states what is wrong, as in `release/unsigned-artefact`.
    #[arg(value_name = "CATEGORY/NAME")]
    lint: String,
    /// The folder of lints to write to.
    #[arg(long = "in", value_name = "DIR", default_value = "lints")]
    folder: PathBuf,
}

/// Writes the file, which is a whole lint that passes its own examples, and says what to do next.
pub fn run(arguments: &NewArguments) -> Result<Exit, Failure> {
    let usage = |message: String| Failure::Usage(message);
    let (category, name) = arguments
        .lint
        .split_once('/')
        .filter(|(category, name)| is_kebab(category) && is_kebab(name))
        .ok_or_else(|| usage(format!("`{}` is no CATEGORY/NAME in kebab-case", arguments.lint)))?;
    let folder = arguments.folder.join(category);
    let path = folder.join(format!("{name}.md"));
    let shown = path.display().to_string();
    let failed =
        |error: std::io::Error| usage(format!("`{shown}` could not be written: {}", workspace::plain_words(&error)));
    workspace::create_folder(&folder).map_err(failed)?;
    let text = include_str!("new.md").replace("TITLE", &sentence(name));
    workspace::create(&path, text.as_bytes()).map_err(failed)?;
    let (shown, dir) = (super::shown(shown), super::shown(arguments.folder.display()));
    print(&format!(
        "wrote {shown}\nnext: edit it, then run `mlsystem test {dir}` and `mlsystem check --lints {dir}`\n"
    ))?;
    Ok(Exit::Clean)
}

fn is_kebab(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

/// `unsigned-artefact` as "Unsigned artefact".
fn sentence(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
