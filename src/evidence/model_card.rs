//! The front matter of a model card, in the form of the Hugging Face Hub. See
//! <https://huggingface.co/docs/hub/model-cards>.

use super::figure::licence;
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason, YamlCursor};
use crate::source::{Source, Span};
use crate::tree::{self, Limits};

pub(super) const READERS: &[Reader] = &[Reader {
    name: "model card",
    files: &["*.md"],
    marks: &["pipeline_tag:", "model-index:", "base_model:", "library_name:", "license:", "licence:"],
    shows: &[fact!("cards"), fact!("metrics")],
    read: card,
}];

/// The reader of a page that somebody says is the card of a model, whatever its front matter holds.
pub(super) const NAMED: Reader =
    Reader { name: "model card", files: &["*"], marks: &[], shows: &[fact!("cards"), fact!("metrics")], read: named };

fn card(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let part = front_matter(page.source.text()).ok_or(SkipReason::Other)?;
    let tree = tree::document(page.source, part, &Limits::default()).ok_or(SkipReason::Other)?;
    let front = YamlCursor::whole(&tree);
    // A page of a site and the card of a dataset have front matter as well.
    let of_a_model =
        ["pipeline_tag", "model-index", "base_model", "library_name"].iter().any(|key| front.get(key).exists());
    let of_any = front.get("license").exists() && front.get("datasets").exists();
    if !of_a_model && !of_any {
        return Err(SkipReason::Other);
    }
    say(page, front, builder);
    Ok(())
}

fn named(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let text = page.source.text();
    let part =
        front_matter(text).ok_or_else(|| SkipReason::Unreadable("no front matter between lines `---`".to_owned()))?;
    let Some(tree) = tree::document(page.source, part.clone(), &Limits::default()) else {
        // The lines before it are blank ones or `---`, which change nothing where they are left empty.
        let before = "\n".repeat(text[..part.start].matches('\n').count());
        let alone = Source::new("", format!("{before}{}", &text[part]));
        let found = tree::parse(&alone, &Limits::default()).findings;
        let why = found.first().map_or_else(String::new, |first| {
            let line = alone.text()[..first.primary.span.start as usize].matches('\n').count() + 1;
            format!(", line {line}: {}", first.message)
        });
        return Err(SkipReason::Unreadable(format!("front matter that is no YAML{why}")));
    };
    say(page, YamlCursor::whole(&tree), builder);
    Ok(())
}

fn say(page: &EvidenceFile<'_>, front: YamlCursor<'_>, builder: &mut FactBuilder) {
    let results = front.get("model-index");
    let named = results.items().map(|model| model.get("name")).find(|name| name.exists());
    let folder = page.folder().rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(page.name());
    let mut fact = match named {
        Some(name) => Fact::named(name.text().unwrap_or(folder), name.span()),
        None => Fact::named(folder, front.span().part(0..0)),
    };
    let licensed = front.get("license");
    // `other` stands for a licence that has no identifier.
    if let Some(text) = licensed.text().filter(|text| !matches!(*text, "other" | "unknown")) {
        fact.say(fact!("cards[].licence"), licence(text), licensed.span());
    }
    fact.texts(fact!("cards[].datasets"), texts(front.get("datasets")));
    fact.texts(fact!("cards[].base"), texts(front.get("base_model")));
    let languages = texts(front.get("language"));
    fact.texts(
        fact!("cards[].languages"),
        languages.into_iter().filter(|language| !matches!(&*language.0, "multilingual" | "code")).collect(),
    );
    fact.part(fact!("cards[].task"), front.get("pipeline_tag"));
    builder.add(fact!("cards"), fact);

    for result in results.items().flat_map(|model| model.get("results").items()) {
        for metric in result.get("metrics").items() {
            let name = if metric.get("name").text().is_some() { metric.get("name") } else { metric.get("type") };
            let mut fact = Fact::at(name.span());
            fact.part(fact!("metrics[].name"), name)
                .part(fact!("metrics[].value"), metric.get("value"))
                .part(fact!("metrics[].dataset"), result.at("dataset.name"));
            builder.add(fact!("metrics"), fact);
        }
    }
}

/// The texts of a list or of one value, without the words of the template that stand for nothing.
fn texts(part: YamlCursor<'_>) -> Vec<(String, Span)> {
    let known = |part: &YamlCursor<'_>| part.text().is_some_and(|text| !text.contains("More Information Needed"));
    let parts = part.one_or_more().into_iter().filter(known);
    parts.filter_map(|part| Some((part.text()?.to_owned(), part.span()))).collect()
}

/// The bytes between the two lines `---` with which a page begins, blank lines before them aside.
fn front_matter(text: &str) -> Option<std::ops::Range<usize>> {
    let start = usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
    let mut at = start;
    let mut begin = None;
    for line in text[start..].split_inclusive('\n') {
        let mark = line.trim_end() == "---";
        match begin {
            None if mark => begin = Some(at + line.len()),
            None if line.trim().is_empty() => {}
            None => return None,
            Some(begin) if mark => return Some(begin..at),
            Some(_) => {}
        }
        at += line.len();
    }
    None
}
