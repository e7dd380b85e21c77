//! `mlsystem schema`.

use clap::{Args, ValueEnum};

use super::{Exit, Failure, print};
use crate::{built_in, coverage, publish, report};

/// The arguments of `mlsystem schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// What the schema describes.
    #[arg(default_value = "manifest")]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// Manifests.
    Manifest,
    /// The output of `check --format json`.
    Output,
    /// The output of `coverage --format json`.
    Coverage,
}

/// Prints a JSON Schema.
pub fn run(arguments: &SchemaArguments) -> Result<Exit, Failure> {
    let text = match arguments.of {
        Of::Manifest => {
            let schema = publish::json_schema(&built_in::MANIFEST);
            serde_json::to_string_pretty(&schema).map_err(|error| Failure::Usage(error.to_string()))? + "\n"
        }
        Of::Coverage => coverage::SCHEMA.to_owned(),
        Of::Output => report::OUTPUT_SCHEMA.to_owned(),
    };
    print(&text)?;
    Ok(Exit::Clean)
}
