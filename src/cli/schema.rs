//! `mlsystem schema`.

use clap::{Args, ValueEnum};

use super::{Exit, Failure, print};
use crate::address::Address;
use crate::schema::Schema;
use crate::{built_in, claims, coverage, publish, questions, report};

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
    /// The output of `questions --format json`.
    Questions,
}

fn pretty(format: &Schema) -> Result<String, Failure> {
    let schema = publish::json_schema(format);
    Ok(serde_json::to_string_pretty(&schema).map_err(|error| Failure::Usage(error.to_string()))? + "\n")
}

impl Of {
    /// The schema under an address, or under its name alone.
    fn text(self, address: Option<&Address>) -> Result<String, Failure> {
        let (name, text) = match self {
            Self::Manifest => ("manifest", pretty(&built_in::MANIFEST)?),
            Self::Workspace => ("workspace", pretty(&built_in::WORKSPACE)?),
            Self::Output => ("output", report::OUTPUT_SCHEMA.to_owned()),
            Self::Coverage => ("coverage", coverage::SCHEMA.to_owned()),
            Self::Evidence => ("evidence", claims::SCHEMA.to_owned()),
            Self::Questions => ("questions", questions::SCHEMA.to_owned()),
        };
        Ok(publish::identified(&text, name, address))
    }
}

/// Prints a JSON Schema.
pub fn run(arguments: &SchemaArguments) -> Result<Exit, Failure> {
    print(&arguments.of.text(Address::of_project().as_ref())?)?;
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_called_by_its_address_where_there_is_one() {
        let address = Address::new("https://forge.example/org/mlsystem", "1.2.3").unwrap();
        for of in Of::value_variants() {
            let id = |address: Option<&Address>| -> String {
                let schema: serde_json::Value = serde_json::from_str(&of.text(address).unwrap()).unwrap();
                schema["$id"].as_str().unwrap().to_owned()
            };
            assert!(id(None).starts_with("urn:mlsystem:"), "{}", id(None));
            let word = of.to_possible_value().unwrap();
            let file = format!("docs/{}.schema.json", word.get_name());
            assert_eq!(id(Some(&address)), format!("https://forge.example/org/mlsystem/raw/v1.2.3/{file}"));
            let published = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
            let text = std::fs::read_to_string(&published).unwrap_or_default();
            assert!(
                text == of.text(Address::of_project().as_ref()).unwrap(),
                "`{file}` is what `mlsystem schema` prints"
            );
        }
    }
}
