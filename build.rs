//! Compiles the declaration of the format and the built-in lints into constants of the program, so that a start pays
//! nothing for them. An ill-formed lint fails the build, with its place.

#![allow(dead_code, unused_imports, missing_docs, reason = "the library's own modules, of which the build uses a part")]

#[path = "src/constant.rs"]
mod constant;
#[path = "src/edit/mod.rs"]
mod edit;
#[path = "src/expression/mod.rs"]
mod expression;
#[path = "src/facts/mod.rs"]
mod facts;
#[path = "src/finding.rs"]
mod finding;
#[path = "src/framework/mod.rs"]
mod framework;
#[path = "src/lint/mod.rs"]
mod lint;
#[path = "src/manifest/mod.rs"]
mod manifest;
#[path = "src/schema/mod.rs"]
mod schema;
#[path = "src/source.rs"]
mod source;
#[path = "src/tree/mod.rs"]
mod tree;
#[path = "src/units/mod.rs"]
mod units;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use constant::Constant;
use finding::Finding;
use sha2::{Digest, Sha256};
use source::{ColumnUnit, Source};

const OUTLINES: [(&str, &str); 3] = [
    ("manifest", "src/schema/format.outline"),
    ("workspace file", "src/schema/workspace.outline"),
    ("evidence", "src/schema/evidence.outline"),
];

fn main() -> ExitCode {
    for watched in ["build.rs", "src", "lints"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), Box<dyn Error>> {
    let texts = OUTLINES.map(|(document, path)| (document, std::fs::read_to_string(path)));
    let [(_, Ok(format)), (_, Ok(workspace)), (_, Ok(evidence))] = &texts else {
        return Err("an outline cannot be read".into());
    };
    let outlines = [(OUTLINES[0].0, &**format), (OUTLINES[1].0, &**workspace), (OUTLINES[2].0, &**evidence)];
    let [schema, workspace, evidence] =
        schema::outline::read_all(outlines).map_err(|error| format!("an outline of src/schema: {error}"))?;
    let schema: &'static schema::Schema = Box::leak(Box::new(schema));
    let lints = read("lints/*/*.md")?;
    let conditions = read("lints/conditions.yaml")?;
    let tables = read("lints/tables/*.yaml")?;
    let frameworks = read("lints/frameworks/*.yaml")?;
    let library = lint::Library::read(schema, &[], &[], &conditions, &tables)
        .and_then(|library| library.with_frameworks(&[], &frameworks))
        .map_err(words)?;
    let compiled = library.lints(schema, &lints, &[]).map_err(words)?;

    let mut digest = Sha256::new();
    for source in lints.iter().chain(&conditions).chain(&tables).chain(&frameworks) {
        digest.update(source.name());
        digest.update(source.text());
    }
    let mut shared: BTreeSet<String> = library.conditions.all().map(|condition| condition.declared()).collect();
    for lint in &compiled {
        lint.expressions(&mut |expr| expr.lets(&mut |named| _ = shared.insert(named.declared())));
    }
    let shared: String = shared.into_iter().collect();
    let text = format!(
        "static TABLE: &[crate::schema::Record] = {};\n\
         /// The format of manifests.\npub static MANIFEST: crate::schema::Schema = {};\n\
         /// The format of workspace files.\npub static WORKSPACE: crate::schema::Schema = {};\n\
         /// The form of what the files of a repository say.\npub static EVIDENCE: crate::schema::Schema = {};\n\
         /// The built-in lints, by category and name.\npub static LINTS: &[crate::lint::Lint] = {};\n\
         /// The tables that they look things up in.\npub static TABLES: &[crate::expression::Table] = {};\n\
         /// The frameworks whose clauses they name.\npub static FRAMEWORKS: &[crate::framework::Framework] = {};\n\
         /// The shared conditions as they are written.\npub static CONDITIONS: &[crate::expression::ConditionText<'static>] = {};\n\
         /// A digest of the files of the built-in lints.\npub const DIGEST: &str = \"{:x}\";\n{shared}",
        schema.table.to_constant(),
        schema.to_constant(),
        workspace.to_constant(),
        evidence.to_constant(),
        compiled.as_slice().to_constant(),
        library.tables.as_slice().to_constant(),
        library.frameworks.as_slice().to_constant(),
        library.texts.as_slice().to_constant(),
        digest.finalize(),
    );
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("built_in.rs"), text)?;
    Ok(())
}

/// The files behind a pattern, in the order of their names.
fn read(pattern: &str) -> Result<Vec<Arc<Source>>, Box<dyn Error>> {
    let mut sources = Vec::new();
    for path in glob::glob(pattern)? {
        let path = path?;
        let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        sources.push(Source::new(name, text));
    }
    Ok(sources)
}

/// Findings in lint files, a line each.
fn words(findings: Vec<Finding>) -> String {
    let line = |finding: &Finding| {
        let source = &finding.primary.source;
        let place = source.position(finding.primary.span.start as usize, ColumnUnit::CodePoints);
        let help = finding.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
        let written = source.slice(finding.primary.span);
        format!("{}:{}:{}: {}: `{written}`{help}\n", source.name(), place.line, place.column, finding.message)
    };
    findings.iter().map(line).collect()
}
