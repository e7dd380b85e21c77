//! Bills of materials of SPDX, as JSON: packages of version 2, elements of version 3 with its profile for AI. See
//! <https://spdx.github.io/spdx-spec/>.

use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "SPDX bill of materials",
    files: &["*.json"],
    marks: &["\"spdxVersion\"", "spdx.org/rdf/3", "spdx.org/rdf/v3"],
    shows: &[fact!("components")],
    read: bill,
}];

fn bill(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    let elements = document.get("@graph");
    if document.get("spdxVersion").exists() {
        for package in document.get("packages").items() {
            let kind = package.get("primaryPackagePurpose");
            component(package, kind, kind.text(), "versionInfo", builder);
        }
    } else if elements.is_list() {
        for element in elements.items() {
            let sort = element.get("type");
            let kind = match sort.text() {
                Some("ai_AIPackage") => "machine-learning-model",
                Some("dataset_DatasetPackage") => "data",
                Some("software_Package") => "library",
                _ => continue,
            };
            component(element, sort, Some(kind), "software_packageVersion", builder);
        }
    } else {
        return Err(SkipReason::Other);
    }
    Ok(())
}

fn component(part: YamlCursor<'_>, kind: YamlCursor<'_>, word: Option<&str>, version: &str, builder: &mut FactBuilder) {
    let name = part.get("name");
    if name.text().is_none() {
        return;
    }
    let mut fact = Fact::at(name.span());
    fact.part(fact!("components[].name"), name).part(fact!("components[].version"), part.get(version));
    if let Some(word) = word {
        fact.say(fact!("components[].kind"), word, kind.span());
    }
    let licence = part.get("licenseDeclared");
    if !matches!(licence.text(), Some("NOASSERTION" | "NONE")) {
        fact.part(fact!("components[].licence"), licence);
    }
    builder.add(fact!("components"), fact);
}
