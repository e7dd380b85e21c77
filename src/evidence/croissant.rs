//! Descriptions of datasets in Croissant, with its vocabulary for responsible AI. See
//! <https://docs.mlcommons.org/croissant/docs/croissant-spec.html>.

use super::figure::licence;
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Croissant description",
    files: &["*.json", "*.jsonld"],
    marks: &["mlcommons.org/croissant", "\"recordSet\"", "\"cr:recordSet\""],
    shows: &[fact!("datasheets")],
    read: description,
}];

fn description(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let document = page.document()?;
    let sort = document.get("@type").one_or_more();
    if !sort.iter().any(|one| {
        matches!(one.text(), Some("sc:Dataset" | "Dataset" | "schema:Dataset" | "https://schema.org/Dataset"))
    }) {
        return Err(SkipReason::Other);
    }
    let name = property(document, "name").unwrap_or(document.get("@type"));
    let mut fact = Fact::at(name.span());
    fact.part(fact!("datasheets[].name"), name);
    let licensed = property(document, "license").and_then(|value| value.one_or_more().into_iter().next());
    // A licence is an identifier, an address, or an object with one of both.
    let ways = [licensed, licensed.map(|one| one.get("url")), licensed.map(|one| one.get("name"))];
    if let Some((part, text)) = ways.into_iter().flatten().find_map(|part| Some((part, part.text()?))) {
        fact.say(fact!("datasheets[].licence"), licence(text), part.span());
    }
    for (member, keys) in [
        (
            fact!("datasheets[].collection"),
            &["rai:dataCollection", "rai:dataCollectionType", "rai:dataCollectionRawData"][..],
        ),
        (fact!("datasheets[].biases"), &["rai:dataBiases", "rai:dataBias"]),
        (
            fact!("datasheets[].personal_data"),
            &["rai:personalSensitiveInformation", "rai:personalSensitiveInformationPresence"],
        ),
        (fact!("datasheets[].limits"), &["rai:dataLimitations", "rai:dataLimitation"]),
        (fact!("datasheets[].records"), &["recordSet", "cr:recordSet"]),
    ] {
        let found = keys.iter().find(|key| is_filled(document.get(key)));
        match found {
            Some(key) => fact.say(member, "true", document.key_span(key)),
            None => fact.say(member, "false", name.span()),
        };
    }
    builder.add(fact!("datasheets"), fact);
    Ok(())
}

/// A property of the vocabulary of schema.org, with or without its prefix.
fn property<'p>(document: YamlCursor<'p>, name: &str) -> Option<YamlCursor<'p>> {
    ["", "sc:", "schema:"].into_iter().map(|prefix| document.get(&format!("{prefix}{name}"))).find(|part| part.exists())
}

fn is_filled(part: YamlCursor<'_>) -> bool {
    part.text().is_some() || part.items().next().is_some() || part.entries().next().is_some()
}
