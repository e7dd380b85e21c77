//! MLflow: projects and the description that lies beside a model. See <https://mlflow.org/docs/latest/ml/projects/> and
//! <https://mlflow.org/docs/latest/ml/model/>.

use std::sync::Arc;

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::source::{Source, Span};
use crate::tree::{self, Limits};

pub(super) const READERS: &[Reader] = &[
    Reader {
        name: "MLflow project",
        files: &["MLproject"],
        marks: &[],
        shows: &[fact!("entries"), fact!("environments")],
        read: project,
    },
    Reader {
        name: "MLflow model",
        files: &["MLmodel"],
        marks: &[],
        shows: &[fact!("models"), fact!("signatures")],
        read: model,
    },
];

fn project(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    if !document.is_mapping() {
        return Err(SkipReason::Unreadable("it is no mapping".to_owned()));
    }
    for (name, span, _) in document.get("entry_points").entries() {
        builder.add(fact!("entries"), Fact::named(name, span));
    }
    for (key, name) in [("python_env", "Python"), ("conda_env", "Conda"), ("docker_env", "container")] {
        if document.get(key).exists() {
            builder.add(fact!("environments"), Fact::named(name, document.key_span(key)));
        }
    }
    Ok(())
}

fn model(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    if !document.get("flavors").exists() {
        return Err(SkipReason::Unreadable("it names no flavour".to_owned()));
    }
    let begin = document.key_span("flavors");
    let folder = page.folder().rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("model");
    let mut fact = Fact::named(folder, begin);
    fact.part(fact!("models[].version"), document.get("run_id"));
    let time = document.get("utc_time_created");
    if let Some(day) = time.text().and_then(|time| time.get(..10)) {
        fact.say(fact!("models[].made"), day, time.span());
    }
    builder.add(fact!("models"), fact);

    let inputs = names(page, document.at("signature.inputs"));
    if !inputs.is_empty() {
        let mut fact = Fact::named(folder, document.key_span("signature"));
        fact.texts(fact!("signatures[].inputs"), inputs);
        builder.add(fact!("signatures"), fact);
    }
    Ok(())
}

/// The names of the inputs, which are a JSON text inside of the YAML; each at its place in it. Tensors have none.
fn names(page: &EvidenceFile<'_>, inputs: YamlCursor<'_>) -> Vec<(String, Span)> {
    let Some(text) = inputs.text() else { return Vec::new() };
    let json: Arc<Source> = Source::new("signature", text);
    let Some(columns) = tree::parse(&json, &Limits::default()).tree else { return Vec::new() };
    let written = page.source.slice(inputs.span());
    let mut after = 0;
    let place = |name: &str| {
        // The text may be folded between two words, but a name is seldom broken.
        let found = written.get(after..)?.find(&format!("\"{name}\""))? + after + 1;
        after = found + name.len();
        Some(inputs.span().part(found..after))
    };
    let mut place = place;
    let columns = YamlCursor::whole(&columns);
    let named = columns.items().filter_map(|column| column.get("name").text());
    named.map(|name| (name.to_owned(), place(name).unwrap_or(inputs.span()))).collect()
}
