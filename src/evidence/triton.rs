//! Configurations of models for the Triton server. See
//! <https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_configuration.html>.

use super::text_proto::parse;
use super::{EvidenceFile, Fact, FactBuilder, Reader, SkipReason};
use crate::source::Span;

pub(super) const READERS: &[Reader] = &[Reader {
    name: "Triton model configuration",
    files: &["config.pbtxt"],
    marks: &[],
    shows: &[fact!("signatures"), fact!("deployments")],
    read: configuration,
}];

fn configuration(page: &EvidenceFile<'_>, builder: &mut FactBuilder) -> Result<(), SkipReason> {
    let text = page.source.text();
    let Some(message) = parse(text) else {
        return Err(if super::evidence_file::is_template(text) {
            SkipReason::Template
        } else {
            SkipReason::Unreadable("it is no text of a protocol buffer".to_owned())
        });
    };
    let place = |at: std::ops::Range<usize>| Span::new(at.start, at.end);
    // Without a name of its own, a model has that of its folder.
    let folder = page.folder().rsplit('/').next().unwrap_or_default().to_owned();
    let (name, span) =
        message.scalars("name").next().map_or((folder, Span::at(0)), |(name, at)| (name.to_owned(), place(at)));
    if name.is_empty() {
        return Err(SkipReason::Unreadable("it names no model".to_owned()));
    }
    let inputs = message.messages("input").flat_map(|(input, _)| input.scalars("name").collect::<Vec<_>>());
    let inputs: Vec<(String, Span)> = inputs.map(|(name, at)| (name.to_owned(), place(at))).collect();
    if !inputs.is_empty() {
        let mut fact = Fact::named(name.as_str(), span);
        fact.texts(fact!("signatures[].inputs"), inputs);
        builder.add(fact!("signatures"), fact);
    }
    let mut fact = Fact::named(name, span);
    fact.say(fact!("deployments[].kind"), "Triton model", span);
    builder.add(fact!("deployments"), fact);
    Ok(())
}
