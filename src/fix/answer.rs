//! Writes what an author answers to a question: the value goes to its place, and the mark that asked for it goes.

use super::insertion_point::Gap;
use crate::edit::{Change, YamlValue};
use crate::manifest::{Manifest, UndecidedPlace, Why};
use crate::schema::Type;
use crate::source::Span;

/// A place of the format in a manifest.
#[derive(Debug, Clone)]
pub struct Place {
    /// What may stand there.
    pub of: Type,
    /// What its field means.
    pub meaning: &'static str,
    /// Whether not even its key is written.
    pub vacant: bool,
    /// The way to it by the keys of the format, with `*` for names.
    pub path: Vec<String>,
}

/// The place that these names lead to; none where the format has no such place, or where it belongs to something that is
/// decided against, cannot be read or is brought in by an alias.
pub fn place_of(manifest: &Manifest, names: &[String]) -> Option<Place> {
    let gap = Gap::follow(manifest, names)?;
    Some(Place { of: gap.of, meaning: gap.meaning(), vacant: gap.vacant(), path: gap.path() })
}

/// The changes that write an answer at a place where nothing is decided. None where a block of several lines stands there.
pub fn answer(manifest: &Manifest, place: &[String], value: &YamlValue) -> Option<Vec<Change>> {
    let mut changes = Gap::follow(manifest, place)?.write(value)?;
    changes.extend(undecided(manifest, place).and_then(|open| unasked(manifest, open)));
    changes.sort_by_key(|(span, _)| *span);
    Some(changes)
}

/// The change that takes the mark of a draft off, so that its value counts.
pub fn confirm(manifest: &Manifest, place: &[String]) -> Option<Vec<Change>> {
    let open = undecided(manifest, place).filter(|open| open.why == Why::Draft)?;
    Some(vec![unasked(manifest, open)?])
}

fn undecided<'m>(manifest: &'m Manifest, place: &[String]) -> Option<&'m UndecidedPlace> {
    let pointer = place.iter().fold(crate::finding::Pointer::default(), |pointer, name| pointer.child(name));
    manifest.undecided.iter().find(|open| open.pointer == pointer)
}

/// Takes the mark out of a comment, `# draft` or the `?` of a question; what else it says stays.
fn unasked(manifest: &Manifest, open: &UndecidedPlace) -> Option<Change> {
    let text = manifest.source().text();
    let mark = match open.why {
        Why::Draft => open.part,
        _ => {
            let from = open.span.end as usize;
            let line = text.get(from..)?.split(['\r', '\n']).next()?;
            let hash = line.find("# ?").filter(|hash| line[..*hash].trim().is_empty())?;
            Span::new(from + hash, from + hash + "# ?".len())
        }
    };
    let line = text.get(mark.end as usize..)?.split(['\r', '\n']).next()?;
    let rest = line.trim_start_matches([':', ',', ';', ' ', '\t']);
    if rest.is_empty() {
        let before = text[..mark.start as usize].trim_end_matches([' ', '\t']).len();
        return Some((Span::new(before, mark.end as usize + line.len()), String::new()));
    }
    let end = mark.end as usize + line.len() - rest.len();
    Some((Span::new(mark.start as usize, end), "# ".to_owned()))
}
