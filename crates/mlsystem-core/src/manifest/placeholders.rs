//! The finding that names what is written and decides nothing: placeholders and drafts, once for a manifest.

use super::Manifest;
use super::undecided::{UndecidedPlace, Why};
use crate::finding::{Finding, Kind, Label, Severity};
use crate::manifest::reporter::CATEGORY;

/// Places beyond this many are counted, and not shown.
const MAX_LABELS: usize = 8;

/// Names the placeholders and drafts of a manifest. A key without value is an honest gap, which the lints ask about; it is
/// named where it is an item of a map, which no lint can know of.
pub fn named(manifest: &Manifest) -> Option<Finding> {
    let unsaid = |place: &UndecidedPlace| {
        let is_item = |(_, named): &(_, super::NamedItem)| named.item.node == place.node;
        manifest.aside.iter().any(is_item)
    };
    let shown =
        |place: &&UndecidedPlace| !place.told && (matches!(place.why, Why::Placeholder | Why::Draft) || unsaid(place));
    let places: Vec<&UndecidedPlace> = manifest.undecided.iter().filter(shown).collect();
    let first = places.first()?;
    let name = first.pointer.steps().last().map(|step| step.text().into_owned()).unwrap_or_default();
    let drafts = places.iter().filter(|place| place.why == Why::Draft).count();
    let message = match (places.len(), drafts) {
        (1, 1) => format!("`{name}` is a draft"),
        (1, _) if first.why == Why::Empty => format!("`{name}` says nothing"),
        (1, _) => format!("`{name}` holds a placeholder"),
        (all, drafts) if all == drafts => format!("{all} values are drafts"),
        (all, 0) => format!("{all} values hold placeholders"),
        (all, _) => format!("{all} values are placeholders or drafts"),
    };
    let label = |place: &&UndecidedPlace| {
        let words = match place.why {
            Why::Draft => "a draft decides nothing",
            Why::Empty => "nothing is said of it",
            Why::Placeholder | Why::NoReason => "decides nothing",
        };
        let span = if place.part.is_empty() { place.key.unwrap_or(place.part) } else { place.part };
        Label::new(manifest.source(), span, words)
    };
    let (category, kind) = (CATEGORY, Kind::MissingPiece);
    let mut finding = Finding::new("placeholder-text", category, kind, Severity::Warning, message, label(first));
    finding.pointer = first.pointer.clone();
    finding.labels = places.iter().skip(1).take(MAX_LABELS - 1).map(label).collect();
    if places.len() > MAX_LABELS {
        finding
            .notes
            .push(format!("{} more are not shown; `mlsystem questions --all` lists them", places.len() - MAX_LABELS));
    }
    finding.help = Some(match drafts {
        0 => "write the decision, or `none: <reason>`, or leave the key out".to_owned(),
        all if all == places.len() => "take `# draft` off what is right, or leave the key out".to_owned(),
        _ => "write the decision or `none: <reason>`, and take `# draft` off what is right".to_owned(),
    });
    Some(finding)
}
