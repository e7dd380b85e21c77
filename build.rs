//! Compiles the declaration of the format and the built-in lints into constants of the program, so that a start pays
//! nothing for them. An ill-formed lint fails the build, with its place.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use mlsystem_core::arena::Arena;
use mlsystem_core::constant::Constant;
use mlsystem_core::expression::{CheckedCondition, Conditions, Expr};
use mlsystem_core::finding::Finding;
use mlsystem_core::source::{ColumnUnit, Source};
use mlsystem_core::{lint, schema};
use sha2::{Digest, Sha256};

fn main() -> ExitCode {
    for watched in ["build.rs", "lints"] {
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
    let [schema, workspace, evidence] =
        schema::outline::read_all(schema::OUTLINES).map_err(|error| format!("an outline: {error}"))?;
    let schema: &'static schema::Schema = Box::leak(Box::new(schema));
    let lints = read("lints/*/*.md")?;
    let conditions = read("lints/conditions.yaml")?;
    let tables = read("lints/tables/*.yaml")?;
    let frameworks = read("lints/frameworks/*.yaml")?;
    let arena = Arena::new();
    let library = lint::Library::read(&arena, schema, Conditions::default(), &[], &conditions, &tables)
        .and_then(|library| library.with_frameworks(&[], &frameworks))
        .map_err(words)?;
    let compiled = library.lints(schema, &lints, &[]).map_err(words)?;
    let hints = library.hints(schema, &read("lints/hints.yaml")?).map_err(words)?;

    let mut digest = Sha256::new();
    for source in lints.iter().chain(&conditions).chain(&tables).chain(&frameworks) {
        digest.update(source.name());
        digest.update(source.original());
    }
    let mut shared: BTreeSet<String> = library.conditions.all().map(|condition| condition.declared()).collect();
    let mut named = |expr: &Expr<'_>| expr.lets(&mut |named| _ = shared.insert(named.declared()));
    compiled.iter().for_each(|lint| lint.expressions(&mut named));
    hints.iter().for_each(|hint| hint.expressions(&mut named));
    let shared: String = shared.into_iter().collect();
    let text = format!(
        "static TABLE: &[crate::schema::Record] = {};\n\
         /// The format of manifests.\npub static MANIFEST: crate::schema::Schema = {};\n\
         /// The format of workspace files.\npub static WORKSPACE: crate::schema::Schema = {};\n\
         /// The form of what the files of a repository say.\npub static EVIDENCE: crate::schema::Schema = {};\n\
         /// The built-in lints, by category and name.\npub static LINTS: &[crate::lint::Lint] = {};\n\
         /// The results that an editor shows beside values.\npub static HINTS: &[crate::lint::Hint] = {};\n\
         /// The tables that they look things up in.\npub static TABLES: &[crate::expression::Table] = {};\n\
         /// The frameworks whose clauses they name.\npub static FRAMEWORKS: &[crate::framework::Framework] = {};\n\
         /// The shared conditions as they are written.\npub static CONDITIONS: &[crate::expression::ConditionText<'static>] = {};\n\
         /// The shared conditions.\npub static COMPILED_CONDITIONS: &[crate::expression::CheckedCondition<'static>] = {};\n\
         /// A digest of the files of the built-in lints.\npub const DIGEST: &str = \"{:x}\";\n{shared}",
        schema.table.to_constant(),
        schema.to_constant(),
        workspace.to_constant(),
        evidence.to_constant(),
        compiled.as_slice().to_constant(),
        hints.as_slice().to_constant(),
        library.tables.as_slice().to_constant(),
        library.frameworks.as_slice().to_constant(),
        library.texts.as_slice().to_constant(),
        library.conditions.every().copied().collect::<Vec<CheckedCondition<'_>>>().as_slice().to_constant(),
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
