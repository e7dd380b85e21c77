//! `mlsystem schema`.

use clap::{Args, ValueEnum};

use super::{Exit, Failure, print};
use crate::schema::Schema;
use crate::{built_in, claims, coverage, publish, report};

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
    /// The workspace file, `mlsystem-workspace.yaml`.
    Workspace,
    /// The output of `check --format json`.
    Output,
    /// The output of `coverage --format json`.
    Coverage,
    /// The output of `evidence --format json`.
    Evidence,
}

fn pretty(format: &Schema) -> Result<String, Failure> {
    let schema = publish::json_schema(format);
    Ok(serde_json::to_string_pretty(&schema).map_err(|error| Failure::Usage(error.to_string()))? + "\n")
}

/// Prints a JSON Schema.
pub fn run(arguments: &SchemaArguments) -> Result<Exit, Failure> {
    let text = match arguments.of {
        Of::Manifest => pretty(&built_in::MANIFEST)?,
        Of::Workspace => pretty(&built_in::WORKSPACE)?,
        Of::Coverage => coverage::SCHEMA.to_owned(),
        Of::Evidence => claims::SCHEMA.to_owned(),
        Of::Output => report::OUTPUT_SCHEMA.to_owned(),
    };
    print(&text)?;
    Ok(Exit::Clean)
}
