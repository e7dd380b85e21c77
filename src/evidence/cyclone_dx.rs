//! Bills of materials of CycloneDX, as JSON. See <https://cyclonedx.org/capabilities/mlbom/>.

use super::figure::licence;
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "CycloneDX bill of materials",
    files: &["*.json", "*.cdx"],
    marks: &["\"CycloneDX\""],
    shows: &[fact!("components"), fact!("metrics")],
    read: bill,
}];

/// Components inside each other beyond this are not followed.
const DEPTH: u32 = 30;

fn bill(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    if !document.get("bomFormat").is("CycloneDX") {
        return Err(SkipReason::Other);
    }
    component(document.at("metadata.component"), DEPTH, builder);
    for part in document.get("components").items() {
        component(part, DEPTH, builder);
    }
    Ok(())
}

fn component(part: YamlCursor<'_>, depth: u32, builder: &mut FactBuilder) {
    let name = part.get("name");
    if name.text().is_none() || depth == 0 {
        return;
    }
    let mut fact = Fact::at(name.span());
    fact.part(fact!("components[].name"), name)
        .part(fact!("components[].kind"), part.get("type"))
        .part(fact!("components[].version"), part.get("version"));
    let licensed = part.get("licenses").items().next();
    let ways = ["expression", "license.id", "license.name"];
    let licensed = licensed.and_then(|one| ways.into_iter().map(|way| one.at(way)).find(|one| one.exists()));
    if let Some((one, text)) = licensed.and_then(|one| Some((one, one.text()?))) {
        fact.say(fact!("components[].licence"), licence(text), one.span());
    }
    builder.add(fact!("components"), fact);

    let figures = part.at("modelCard.quantitativeAnalysis.performanceMetrics");
    for metric in figures.items().filter(|metric| metric.get("type").text().is_some()) {
        let mut fact = Fact::at(metric.get("type").span());
        fact.part(fact!("metrics[].name"), metric.get("type"))
            .part(fact!("metrics[].value"), metric.get("value"))
            .part(fact!("metrics[].dataset"), metric.get("slice"));
        builder.add(fact!("metrics"), fact);
    }
    // What a model was made from, what data it was trained on, and what stands inside of it are parts as well.
    let data = part.at("modelCard.modelParameters.datasets");
    for inner in [part.get("components"), part.at("pedigree.ancestors"), data].into_iter().flat_map(YamlCursor::items) {
        component(inner, depth - 1, builder);
    }
}
