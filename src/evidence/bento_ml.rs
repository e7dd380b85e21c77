//! Build files of BentoML. What they serve is Python; the models that they name are read. See
//! <https://docs.bentoml.com/en/latest/reference/bentoml/bento-build-options.html>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "BentoML build file",
    files: &["bentofile.yaml", "bentofile.yml"],
    marks: &[],
    shows: &[fact!("deployments")],
    read: build,
}];

fn build(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    let service = document.get("service");
    if !service.exists() {
        return Err(SkipReason::Unreadable("it names no service".to_owned()));
    }
    let name = if document.get("name").text().is_some() { document.get("name") } else { service };
    let mut fact = Fact::at(name.span());
    fact.part(fact!("deployments[].name"), name).say(fact!("deployments[].kind"), "BentoML service", service.span());
    let models: Vec<_> = document.get("models").items().collect();
    // Of several models none is known to be the one.
    if let [only] = models.as_slice() {
        let tag = if only.is_mapping() { only.get("tag") } else { *only };
        fact.part(fact!("deployments[].model"), tag);
        if let Some((_, version)) =
            tag.text().and_then(|text| text.rsplit_once(':')).filter(|(_, version)| *version != "latest")
        {
            fact.say(fact!("deployments[].version"), version, tag.span());
        }
    }
    builder.add(fact!("deployments"), fact);
    Ok(())
}
