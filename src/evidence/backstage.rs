//! Entries of a Backstage catalogue. See <https://backstage.io/docs/features/software-catalog/descriptor-format>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Backstage catalogue entry",
    files: &["catalog-info.yaml", "catalog-info.yml", "*.catalog-info.yaml"],
    marks: &[],
    shows: &[fact!("services")],
    read: entries,
}];

fn entries(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let mut any = false;
    for document in page.documents() {
        let ours = document.get("apiVersion").text().is_some_and(|version| version.starts_with("backstage.io/"));
        let kind = document.get("kind").text().unwrap_or_default();
        // People, places and templates own nothing that runs.
        if !ours || !matches!(kind, "Component" | "System" | "API" | "Resource" | "Domain") {
            continue;
        }
        any = true;
        let name = document.at("metadata.name");
        let mut fact = Fact::at(name.span());
        fact.part(fact!("services[].name"), name);
        let owner = document.at("spec.owner");
        if let Some(text) = owner.text() {
            // `group:default/ranking` names kind and namespace before the team.
            let team = text.rsplit(['/', ':']).next().unwrap_or(text);
            fact.say(fact!("services[].owner"), team, owner.span());
        }
        fact.part(fact!("services[].lifecycle"), document.at("spec.lifecycle"));
        builder.add(fact!("services"), fact);
    }
    match page.every_document() {
        Ok(()) if !any => Err(SkipReason::Other),
        read => read,
    }
}
