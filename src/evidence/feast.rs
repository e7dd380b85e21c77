//! The configuration of a Feast repository. Its feature views are Python, and say nothing here. See
//! <https://docs.feast.dev/reference/feature-repository/feature-store-yaml>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Feast feature store",
    files: &["feature_store.yaml", "feature_store.yml"],
    marks: &[],
    shows: &[fact!("stores")],
    read: store,
}];

fn store(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    let project = document.get("project");
    if !project.exists() {
        return Err(SkipReason::Unreadable("it names no project".to_owned()));
    }
    let mut fact = Fact::at(project.span());
    fact.part(fact!("stores[].name"), project);
    fact.part(fact!("stores[].online"), kind(document.get("online_store")));
    fact.part(fact!("stores[].offline"), kind(document.get("offline_store")));
    builder.add(fact!("stores"), fact);
    Ok(())
}

/// The sort of a store, which is its type, or the whole where that is a word.
fn kind(store: YamlCursor<'_>) -> YamlCursor<'_> {
    if store.is_mapping() { store.get("type") } else { store }
}
