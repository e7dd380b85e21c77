//! Configurations of models for the Triton server. See
//! <https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_configuration.html>.

use super::text_proto::parse;
use super::{Fact, Page, Reader, Sheet, Unfit};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Triton model configuration",
    files: &["config.pbtxt"],
    marks: &[],
    shows: &["signatures", "deployments"],
    read: configuration,
}];

fn configuration(page: &Page<'_>, sheet: &mut Sheet) -> Result<(), Unfit> {
    let text = page.source.text();
    let Some(message) = parse(text) else {
        return Err(if super::page::is_template(text) {
            Unfit::Template
        } else {
            Unfit::Unreadable("it is no text of a protocol buffer".to_owned())
        });
    };
    let place = |at: std::ops::Range<usize>| Span::new(at.start, at.end);
    // Without a name of its own, a model has that of its folder.
    let folder = page.folder().rsplit('/').next().unwrap_or_default().to_owned();
    let (name, span) =
        message.scalars("name").next().map_or((folder, Span::at(0)), |(name, at)| (name.to_owned(), place(at)));
    if name.is_empty() {
        return Err(Unfit::Unreadable("it names no model".to_owned()));
    }
    let inputs = message.messages("input").flat_map(|(input, _)| input.scalars("name").collect::<Vec<_>>());
    let inputs: Vec<(String, Span)> = inputs.map(|(name, at)| (name.to_owned(), place(at))).collect();
    if !inputs.is_empty() {
        let mut fact = Fact::named(name.as_str(), span);
        fact.texts("inputs", inputs);
        sheet.add("signatures", fact);
    }
    let mut fact = Fact::named(name, span);
    fact.say("kind", "Triton model", span);
    sheet.add("deployments", fact);
    Ok(())
}
