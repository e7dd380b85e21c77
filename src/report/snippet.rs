//! The lines around the labels of a finding, from every file that takes part, with the labels moved to where their
//! places are drawn. Lines keep the numbers that they have in their files.

use std::ops::Range;
use std::sync::Arc;

use textwrap::core::display_width;

use super::truncate::{Drawn, Highlight, LEADER, floor};
use super::{Style, clean};
use crate::finding::Label;
use crate::source::{ColumnUnit, Position, Source, Span};

/// The lines shown before the primary label, which is often what a block belongs to.
const CONTEXT: u32 = 1;
/// A label over more lines than this is drawn on its first line only.
const TALLEST: u32 = 5;
/// The narrowest room that the words of a label are broken into.
const NARROWEST: usize = 12;
/// The most room that is kept for the longest word of a label.
const WIDEST: usize = 30;
/// The longest line that is told in full to those who listen.
const TOLD: usize = 2000;

/// The drawn text.
#[derive(Debug, Default)]
pub(super) struct Snippet {
    /// Every line, each with a line feed.
    pub text: String,
    /// Where the lines are.
    pub lines: Vec<Line>,
    /// Where the labels are, by their start.
    pub labels: Vec<Placed>,
    /// Whether it is told, not drawn.
    pub told: bool,
}

/// A line of an [`Snippet`].
#[derive(Debug)]
pub(super) struct Line {
    /// Its first byte in the text.
    pub start: usize,
    /// Its number in its file, from 1.
    pub number: u32,
    /// Lines of the same hunk stand together in their file.
    pub hunk: usize,
    /// The cleaned name of its file.
    pub name: Arc<str>,
}

/// A label of an [`Snippet`].
#[derive(Debug)]
pub(super) struct Placed {
    /// The place in the text.
    pub range: Range<usize>,
    /// The fact, broken into lines.
    pub text: String,
    /// Whether this is the place to look at first.
    pub primary: bool,
    /// Where it starts in its file.
    pub position: Position,
}

/// Labels on one place of one file.
#[derive(Debug, Clone)]
struct LabelGroup {
    start: usize,
    end: usize,
    first: u32,
    last: u32,
    folded: bool,
    primary: bool,
    texts: Vec<String>,
    position: Position,
}

/// Lines of one file without a gap.
struct Hunk {
    first: u32,
    last: u32,
    places: Vec<LabelGroup>,
}

impl Snippet {
    /// Nothing to draw.
    pub(super) fn empty(style: &Style) -> Self {
        Self { told: style.narrated, ..Self::default() }
    }

    /// The excerpt for `primary` and `others`. The lines with the primary label come first, then the others in the
    /// order of their file, then those of other files.
    pub(super) fn new(primary: &Label, others: &[Label], style: &Style) -> Self {
        let mut sources: Vec<&Arc<Source>> = vec![&primary.source];
        for label in others {
            if !sources.iter().any(|source| Arc::ptr_eq(source, &label.source)) {
                sources.push(&label.source);
            }
        }
        let mut excerpt = Self { told: style.narrated, ..Self::default() };
        let mut count = 0;
        for source in sources {
            let mut places: Vec<LabelGroup> = std::iter::once((primary, true))
                .chain(others.iter().map(|label| (label, false)))
                .filter(|(label, _)| Arc::ptr_eq(&label.source, source))
                .map(|(label, primary)| LabelGroup::new(label, primary, style))
                .collect();
            disentangle(source, &mut places);
            let mut hunks = hunks(source, places);
            hunks.sort_by_key(|hunk| !hunk.places.iter().any(|place| place.primary));
            let name: Arc<str> = clean::line(source.name(), style.unicode).into();
            for hunk in hunks {
                excerpt.draw(source, &name, &hunk, count, style);
                count += 1;
            }
        }
        excerpt.labels.sort_by_key(|label| (label.range.start, label.range.end));
        excerpt
    }

    fn draw(&mut self, source: &Source, name: &Arc<str>, hunk: &Hunk, number: usize, style: &Style) {
        let tall = hunk.places.iter().filter(|place| place.first < place.last).count();
        let gutter = hunk.last.to_string().len() + 4 + if tall > 0 { tall + 3 } else { 0 };
        let room = if style.narrated { TOLD } else { style.width.saturating_sub(gutter) };
        let mut starts = vec![0; hunk.places.len()];
        for line in hunk.first..=hunk.last {
            let span = source.line(line);
            let end = span.end as usize;
            // A byte-order mark is no text.
            let mark = if span.start == 0 && source.text().starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let base = span.start as usize + mark;
            let local = |place: &LabelGroup| {
                let start = if place.first == line { place.start } else { place.end };
                let stop = if place.last == line { place.end } else { place.start };
                start.min(stop).saturating_sub(base)..start.max(stop).saturating_sub(base)
            };
            let here = |place: &&LabelGroup| place.first == line || place.last == line;
            let marks: Vec<Highlight> = hunk
                .places
                .iter()
                .filter(here)
                .map(|place| Highlight {
                    range: local(place),
                    words: if place.first == place.last { place.words() } else { 0 },
                })
                .collect();
            let folded = hunk.places.iter().any(|place| place.folded && place.first == line);
            let tail = if folded { format!(" {}", style.ellipsis()) } else { String::new() };
            let drawn = Drawn::new(source.slice(Span::new(base, end)), &tail, &marks, room, style);

            let offset = self.text.len();
            self.lines.push(Line { start: offset, number: line, hunk: number, name: Arc::clone(name) });
            for (index, place) in hunk.places.iter().enumerate() {
                let range = drawn.place(&local(place));
                if place.first == line {
                    starts[index] = offset + range.start;
                }
                if place.last == line {
                    let end = if place.first == line { range.end } else { range.end.max(range.start) };
                    let middle =
                        display_width(&drawn.text[..range.start]) + display_width(&drawn.text[range.clone()]) / 2;
                    let below = if place.first == line { middle + LEADER } else { 2 };
                    let text = if style.narrated {
                        place.texts.join("; ")
                    } else {
                        wrap(&place.texts, room.saturating_sub(below).max(NARROWEST))
                    };
                    self.labels.push(Placed {
                        range: starts[index]..offset + end,
                        text,
                        primary: place.primary,
                        position: place.position,
                    });
                }
            }
            self.text.push_str(&drawn.text);
            if self.told && drawn.text.is_empty() {
                // The narrator passes over a last line without text, and over its labels.
                self.text.push(' ');
            }
            self.text.push('\n');
        }
    }
}

impl LabelGroup {
    fn new(label: &Label, primary: bool, style: &Style) -> Self {
        let source = &label.source;
        let text = source.text();
        let start = floor(text, label.span.start as usize);
        let end = floor(text, (label.span.end as usize).max(start));
        // A block ends after its last line break; what is underlined ends before it.
        let end = start + text[start..end].trim_end().len();
        let position = source.position(start, ColumnUnit::CodePoints);
        let mut place = Self {
            start,
            end,
            first: position.line,
            last: source.position(end, ColumnUnit::CodePoints).line,
            folded: false,
            primary,
            texts: vec![clean::line(&label.text, style.unicode).into_owned()],
            position,
        };
        place.texts.retain(|text| !text.is_empty());
        let first = source.line(place.first);
        // The place of a line break is the end of its line.
        if start > first.end as usize {
            (place.start, place.end, place.last) = (first.end as usize, first.end as usize, place.first);
        }
        if place.last - place.first >= TALLEST {
            place.folded = true;
            place.last = place.first;
            place.end = first.end as usize + 1;
        }
        place
    }

    /// The cells that the words need when they are broken: those of the longest word, within reason.
    fn words(&self) -> usize {
        let widest = |pieces: &mut dyn Iterator<Item = &str>| pieces.map(display_width).max().unwrap_or(0);
        let word = widest(&mut self.texts.iter().flat_map(|text| text.split(' ')));
        widest(&mut self.texts.iter().map(String::as_str)).min(word.clamp(NARROWEST, WIDEST))
    }

    fn join(&mut self, mut other: Self) {
        if other.primary {
            std::mem::swap(self, &mut other);
        }
        other.texts.retain(|text| !self.texts.contains(text));
        self.texts.append(&mut other.texts);
    }
}

/// Sees to it that no two labels of a line share a character, since each character is underlined once: the label around
/// another one gives way, and labels on one place become one.
fn disentangle(source: &Source, places: &mut Vec<LabelGroup>) {
    let single = |place: &LabelGroup| place.first == place.last;
    loop {
        places.sort_by_key(|place| (place.start, place.end, !place.primary));
        let mut again = false;
        for second in 1..places.len() {
            let Some(first) = (0..second).rev().find(|&first| single(&places[first]) == single(&places[second])) else {
                continue;
            };
            let (a, b) = (&places[first], &places[second]);
            let same = a.start == b.start && a.end == b.end;
            let empty_inside = single(a) && single(b) && {
                let inside = |x: &LabelGroup, y: &LabelGroup| x.start == x.end && y.start <= x.start && x.start < y.end;
                inside(a, b) || inside(b, a)
            };
            if same || empty_inside {
                let b = places.remove(second);
                let (start, end) = (places[first].start.min(b.start), places[first].end.max(b.end));
                places[first].join(b);
                (places[first].start, places[first].end) = (start, end);
                again = true;
                break;
            }
            if !single(a) || a.end <= b.start || a.first != b.first {
                continue;
            }
            if a.start == b.start {
                places[second].start = a.end;
            } else {
                places[first].end = b.start;
            }
            again = true;
            break;
        }
        if !again {
            return;
        }
        for place in places.iter_mut() {
            place.start = floor(source.text(), place.start);
        }
    }
}

fn hunks(source: &Source, mut places: Vec<LabelGroup>) -> Vec<Hunk> {
    let count = u32::try_from(source.line_count()).unwrap_or(u32::MAX);
    places.sort_by_key(|place| (place.first, place.last));
    let mut hunks: Vec<Hunk> = Vec::new();
    for place in places {
        let context = if place.primary { CONTEXT } else { 0 };
        let first = place.first.saturating_sub(context).max(1);
        let last = place.last.min(count);
        match hunks.last_mut() {
            Some(hunk) if first <= hunk.last + 1 => {
                hunk.last = hunk.last.max(last);
                hunk.places.push(place);
            }
            _ => hunks.push(Hunk { first, last, places: vec![place] }),
        }
    }
    for hunk in &mut hunks {
        let blank = |line: u32| source.slice(source.line(line)).trim().is_empty();
        let first = hunk.places.iter().map(|place| place.first).min().unwrap_or(hunk.first);
        let last = hunk.places.iter().map(|place| place.last).max().unwrap_or(hunk.last);
        while hunk.first < first && blank(hunk.first) {
            hunk.first += 1;
        }
        while hunk.last > last && blank(hunk.last) {
            hunk.last -= 1;
        }
    }
    hunks
}

fn wrap(texts: &[String], room: usize) -> String {
    let options = textwrap::Options::new(room)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines: Vec<_> = texts.iter().flat_map(|text| textwrap::wrap(text, &options)).collect();
    lines.join("\n")
}
