//! The page that is being written: the places of the format that have something to say, each with where it comes from.
//!
//! A value is taken only where the format can read it at its place, so that a page never holds what its reader would
//! object to. What the page looks like as text is not known here.

use super::field_type::{FieldType, place_of};
use crate::manifest::leaf::leaf;
use crate::schema::{Schema, Type};
use crate::secret;
use crate::tree::DRAFT;
use crate::units::{self, ScalarType};

/// The most values of a list that are written down.
const MAX_LISTED: usize = 12;

/// A first manifest, place by place.
#[derive(Debug)]
pub struct DraftBuilder {
    pub(super) schema: &'static Schema,
    pub(super) entries: Vec<Entry>,
}

/// What stands at one place.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: Box<str>,
    pub(super) body: Body,
    /// Where it comes from, or what is asked.
    pub(super) note: String,
    /// Whether it is proposed, and so a comment.
    pub(super) proposed: bool,
    /// Whether it is a value that a comment marks as likely and not certain.
    pub(super) draft: bool,
}

/// What a file says at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The place.
    pub place: Vec<String>,
    /// The value, as it would be written.
    pub value: String,
    /// Where it comes from.
    pub from: String,
}

#[derive(Debug)]
pub(super) enum Body {
    /// To be answered.
    Question,
    /// One value.
    One(String),
    /// A list of values.
    Several(Vec<String>),
    /// Deeper places.
    Deeper(Vec<Entry>),
}

/// What may be said at a place.
#[derive(Debug, Clone)]
pub enum Say<'s> {
    /// One value.
    One(&'s str),
    /// A list of values.
    Several(Vec<String>),
}

/// How many places of each sort a page has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Places with a value.
    pub filled: usize,
    /// Places with a value that is likely and not certain.
    pub drafted: usize,
    /// Values that are proposed in a comment.
    pub proposed: usize,
    /// Places that ask.
    pub asked: usize,
}

impl<'s> From<&'s str> for Say<'s> {
    fn from(text: &'s str) -> Self {
        Self::One(text)
    }
}

impl From<Vec<String>> for Say<'_> {
    fn from(texts: Vec<String>) -> Self {
        Self::Several(texts)
    }
}

impl DraftBuilder {
    /// An empty page of the format.
    pub fn new(schema: &'static Schema) -> Self {
        Self { schema, entries: Vec::new() }
    }

    /// Writes a value down, with where it comes from. What stands at the place already stays; another value is then
    /// proposed beside it. A value that the format cannot read there is left out. Says whether the value now stands there.
    pub fn fill<'s>(&mut self, path: &[&str], say: impl Into<Say<'s>>, from: &str) -> bool {
        let Some(body) = self.readable(path, say.into()) else { return false };
        match self.find(path) {
            None => self.put(path, body, from, false),
            Some(Body::Question) => {
                let entry = self.entry(path);
                if let Some(entry) = entry {
                    *entry =
                        Entry { key: entry.key.clone(), body, note: from.to_owned(), proposed: false, draft: false };
                    return true;
                }
                false
            }
            Some(stands) if stands.is(&body) => true,
            Some(_) => {
                self.put(path, body, from, true);
                false
            }
        }
    }

    /// Writes a value down as a comment, for what is likely and not certain, with the reason for it. Nothing is proposed
    /// where the same stands already.
    pub fn propose<'s>(&mut self, path: &[&str], say: impl Into<Say<'s>>, why: &str) {
        let Some(body) = self.readable(path, say.into()) else { return };
        if self.find(path).is_none_or(|stands| !stands.is(&body)) {
            self.put(path, body, why, true);
        }
    }

    /// Asks for a place, unless something stands there or is proposed. A place that the format does not have is not
    /// asked for.
    pub fn ask(&mut self, path: &[&str], question: &str) {
        if place_of(self.schema, path).is_some() && self.find(path).is_none() && !self.proposes(path) {
            self.put(path, Body::Question, question, false);
        }
    }

    /// Makes a draft of every value that is proposed alone for its place; what is one of several, or stands beside another
    /// value, stays a comment.
    pub fn draft_proposals(&mut self) {
        draft_alone(&mut self.entries);
    }

    /// Everything that files say, place by place.
    pub fn said(&self) -> Vec<Said> {
        let mut said = Vec::new();
        self.entries.iter().for_each(|entry| entry.said(&mut Vec::new(), &mut said));
        said
    }

    /// Whether a value is proposed for this very place.
    fn proposes(&self, path: &[&str]) -> bool {
        let Some((last, above)) = path.split_last() else { return false };
        let mut entries = &self.entries;
        for key in above {
            match entries.iter().find(|entry| &*entry.key == *key).map(|entry| &entry.body) {
                Some(Body::Deeper(deeper)) => entries = deeper,
                _ => return false,
            }
        }
        entries.iter().any(|entry| &*entry.key == *last && entry.proposed)
    }

    /// Whether a value or deeper places stand at a place.
    pub fn has(&self, path: &[&str]) -> bool {
        self.find(path).is_some_and(|body| !matches!(body, Body::Question))
    }

    /// The value that stands at a place, where it is one.
    pub fn text(&self, path: &[&str]) -> Option<String> {
        match self.find(path) {
            Some(Body::One(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// The names of the items that stand in the map at a place.
    pub fn names(&self, path: &[&str]) -> Vec<String> {
        match self.find(path) {
            Some(Body::Deeper(entries)) => {
                entries.iter().filter(|entry| entry.is_live()).map(|entry| entry.key.to_string()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How much there is of each sort.
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        self.entries.iter().for_each(|entry| entry.count(&mut count));
        count
    }

    /// The value as it would be written, where the format can read it at the place.
    fn readable(&self, path: &[&str], say: Say<'_>) -> Option<Body> {
        let FieldType { of, field } = place_of(self.schema, path)?;
        let of = self.short(of);
        Some(match say {
            Say::One(text) => Body::One(readable(text, of, field)?),
            Say::Several(texts) => {
                let Type::List(of) = of else { return None };
                let mut written: Vec<String> = Vec::new();
                for text in texts.iter().filter_map(|text| readable(text, *of, field)) {
                    if written.len() < MAX_LISTED && !written.contains(&text) {
                        written.push(text);
                    }
                }
                match &mut written[..] {
                    [] => return None,
                    [one] => Body::One(std::mem::take(one)),
                    _ => Body::Several(written),
                }
            }
        })
    }

    /// The type that one value in place of a record is read as.
    fn short(&self, of: Type) -> Type {
        match of {
            Type::Record(id) => {
                let record = self.schema.record(id);
                record.short.map_or(of, |field| record.at(field).of)
            }
            of => of,
        }
    }

    fn find(&self, path: &[&str]) -> Option<&Body> {
        let mut entries = &self.entries;
        let mut found = None;
        for key in path {
            let entry = entries.iter().find(|entry| &*entry.key == *key && !entry.proposed)?;
            found = Some(&entry.body);
            match &entry.body {
                Body::Deeper(deeper) => entries = deeper,
                _ => entries = const { &Vec::new() },
            }
        }
        // What holds proposals alone says nothing yet.
        found.filter(|body| !matches!(body, Body::Deeper(entries) if !entries.iter().any(Entry::is_live)))
    }

    fn entry(&mut self, path: &[&str]) -> Option<&mut Entry> {
        let (last, above) = path.split_last()?;
        let mut entries = &mut self.entries;
        for key in above {
            let entry = entries.iter_mut().find(|entry| &*entry.key == *key && !entry.proposed)?;
            let Body::Deeper(deeper) = &mut entry.body else { return None };
            entries = deeper;
        }
        entries.iter_mut().find(|entry| &*entry.key == *last && !entry.proposed)
    }

    /// Puts an entry at the end of where it belongs. Below what is no mapping there is no place.
    fn put(&mut self, path: &[&str], body: Body, note: &str, proposed: bool) -> bool {
        let Some((last, above)) = path.split_last() else { return false };
        if path.iter().any(|key| secret::is_masked(key) || secret::is_secret(key)) {
            return false;
        }
        let mut entries = &mut self.entries;
        for key in above {
            let known = entries.iter().position(|entry| &*entry.key == *key && !entry.proposed);
            let at = known.unwrap_or_else(|| {
                entries.push(Entry {
                    key: (*key).into(),
                    body: Body::Deeper(Vec::new()),
                    note: String::new(),
                    proposed: false,
                    draft: false,
                });
                entries.len() - 1
            });
            let entry = &mut entries[at];
            if matches!(entry.body, Body::Question) {
                entry.body = Body::Deeper(Vec::new());
                entry.note = String::new();
            }
            let Body::Deeper(deeper) = &mut entry.body else { return false };
            entries = deeper;
        }
        let again =
            entries.iter().any(|entry| &*entry.key == *last && entry.proposed == proposed && entry.body.is(&body));
        if !again {
            entries.push(Entry { key: (*last).into(), body, note: note.to_owned(), proposed, draft: false });
        }
        true
    }
}

fn draft_alone(entries: &mut [Entry]) {
    for index in 0..entries.len() {
        let of_place = entries.iter().filter(|other| other.key == entries[index].key).count();
        let entry = &mut entries[index];
        if let Body::Deeper(deeper) = &mut entry.body {
            draft_alone(deeper);
        } else if entry.proposed && of_place == 1 {
            let why = if entry.names_its_file() { "" } else { &*entry.note };
            entry.note = if why.is_empty() { DRAFT.to_owned() } else { format!("{DRAFT}: {why}") };
            (entry.proposed, entry.draft) = (false, true);
        }
    }
}

/// A text in one line, where the format reads it as the type of its field and as a decision.
fn readable(text: &str, of: Type, field: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let one = match of {
        Type::List(of) => *of,
        Type::Record(_) | Type::Map(..) => return None,
        of => of,
    };
    let decides = !line.is_empty() && !units::is_placeholder(&line) && !units::is_bare_none(&line);
    let plain =
        line.chars().all(|letter| !letter.is_control()) && !secret::is_masked(&line) && !secret::is_secret(&line);
    let is_reason = crate::manifest::undecided::reason_in_text(&line, field).is_some();
    if !decides || !plain || is_reason {
        return None;
    }
    match leaf(&line, one) {
        Ok(_) => Some(line),
        // Cards write identifiers of licences and languages in a case of their own.
        Err(wrong) if matches!(one, Type::Scalar(ScalarType::Licence | ScalarType::Language)) => {
            match &wrong.proposals[..] {
                [meant] if meant.certain => Some(meant.text.clone()),
                _ => None,
            }
        }
        Err(_) => None,
    }
}

impl Body {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::One(one), Self::One(other)) => one == other,
            (Self::Several(several), Self::Several(others)) => several == others,
            (Self::Several(several), Self::One(one)) => several.contains(one),
            _ => false,
        }
    }
}

impl Entry {
    /// Whether it stands on the page other than as a comment.
    pub(super) fn is_live(&self) -> bool {
        match &self.body {
            Body::Deeper(entries) => entries.iter().any(Self::is_live),
            _ => !self.proposed,
        }
    }

    /// Whether the file that it comes from is its value, or the first of several.
    pub(super) fn names_its_file(&self) -> bool {
        match &self.body {
            Body::One(text) => *text == self.note,
            Body::Several(texts) => texts.first() == Some(&self.note),
            Body::Question | Body::Deeper(_) => false,
        }
    }

    /// What its values say of themselves; a question says nothing of where it is from.
    pub(super) fn notes<'e>(&'e self, live: bool, notes: &mut Vec<Option<&'e str>>) {
        match &self.body {
            Body::Deeper(entries) => {
                entries.iter().filter(|entry| entry.is_live() == live).for_each(|entry| entry.notes(live, notes));
            }
            Body::Question => notes.push(None),
            _ => notes.push(Some(&self.note)),
        }
    }

    fn said<'e>(&'e self, place: &mut Vec<&'e str>, found: &mut Vec<Said>) {
        place.push(&self.key);
        let value = match &self.body {
            Body::Deeper(entries) => {
                entries.iter().for_each(|entry| entry.said(place, found));
                None
            }
            Body::Question => None,
            Body::One(text) => Some(text.clone()),
            Body::Several(texts) => Some(format!("[{}]", texts.join(", "))),
        };
        if let Some(value) = value {
            let place = place.iter().map(|&key| key.to_owned()).collect();
            found.push(Said { place, value, from: self.note.clone() });
        }
        place.pop();
    }

    fn count(&self, count: &mut Count) {
        match &self.body {
            Body::Deeper(entries) => entries.iter().for_each(|entry| entry.count(count)),
            Body::Question => count.asked += 1,
            _ if self.proposed => count.proposed += 1,
            _ if self.draft => count.drafted += 1,
            _ => count.filled += 1,
        }
    }
}
