//! Compiles the declaration of the format into constants of the program.

#![allow(dead_code, unused_imports, missing_docs, reason = "the library's own modules, of which the build uses a part")]

#[path = "src/constant.rs"]
mod constant;
#[path = "src/finding.rs"]
mod finding;
#[path = "src/schema/mod.rs"]
mod schema;
#[path = "src/source.rs"]
mod source;
#[path = "src/units/mod.rs"]
mod units;

use std::path::Path;
use std::process::ExitCode;

use constant::Constant;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::var("OUT_DIR")?;
    let path = "src/schema/format.outline";
    let schema = schema::outline::read(&std::fs::read_to_string(path)?).map_err(|error| format!("{path}: {error}"))?;
    let text = format!(
        "/// The format of manifests.\npub static MANIFEST: crate::schema::Schema = {};\n",
        schema.to_constant()
    );
    std::fs::write(Path::new(&out).join("built_in.rs"), text)?;
    Ok(())
}
