//! One line of source text as it is drawn: cleaned, its tabs filled, and cut to the room there is, around its marks.

use std::borrow::Cow;
use std::ops::Range;

use textwrap::core::display_width;

use super::{Style, clean};

/// The cells between two tab stops.
const TAB: usize = 4;
/// The room that is kept for the words of a label, where they are as long.
const WORDS: usize = 16;
/// The cells that a label draws before its words.
pub(super) const LEADER: usize = 4;

/// A place of a line that has to be seen, in bytes of the line.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The place.
    pub range: Range<usize>,
    /// The cells of the words below it.
    pub words: usize,
}

/// A drawn line.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The text.
    pub text: String,
    /// Byte of the line, and where its glyph starts and ends in the text.
    kept: Vec<(usize, Range<usize>)>,
}

/// What is drawn for one character.
#[derive(Debug)]
struct Glyph<'a> {
    at: usize,
    text: Cow<'a, str>,
    cells: usize,
}

impl Drawn {
    /// Draws `line`, which is followed by `tail`, in `room` cells or, where the marks alone need more, a little over.
    pub(super) fn new(line: &str, tail: &str, marks: &[Mark], room: usize, style: &Style) -> Self {
        let room = room.max(1);
        let mut glyphs = glyphs(line, marks, room, style);
        if !tail.is_empty() {
            glyphs.push(Glyph { at: line.len(), text: Cow::Owned(tail.to_owned()), cells: display_width(tail) });
        }
        let strip = Strip::new(&glyphs, display_width(style.ellipsis()));
        let pieces = strip.choose(marks, room);

        let mut drawn = Self { text: String::new(), kept: Vec::new() };
        let mut next = 0;
        for piece in pieces {
            if piece.start > next {
                drawn.text.push_str(style.ellipsis());
            }
            next = piece.end;
            for glyph in &glyphs[piece] {
                let start = drawn.text.len();
                drawn.text.push_str(&glyph.text);
                drawn.kept.push((glyph.at, start..drawn.text.len()));
            }
        }
        if next < glyphs.len() {
            drawn.text.push_str(style.ellipsis());
        }
        drawn
    }

    /// Where `range` of the line is in the text. What was cut out inside it is covered.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.kept.partition_point(|(at, _)| *at < range.start);
        let start = self.kept.get(first).map_or(self.text.len(), |(_, glyph)| glyph.start);
        let behind = self.kept.partition_point(|(at, _)| *at < range.end);
        let end = self.kept[..behind].last().map_or(0, |(_, glyph)| glyph.end);
        start..end.max(start)
    }
}

/// The glyphs of `line`. Of a line that is far longer than the room, only what is near a mark; the rest is one glyph
/// that fits nowhere.
fn glyphs<'a>(line: &'a str, marks: &[Mark], room: usize, style: &Style) -> Vec<Glyph<'a>> {
    let reach = room.saturating_mul(8).max(4096);
    let mut near: Vec<Range<usize>> = Vec::new();
    if line.len() > 4 * reach {
        let mut points: Vec<usize> = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
        points.push(0);
        points.sort_unstable();
        for point in points {
            let start = floor(line, point.saturating_sub(reach));
            let end = floor(line, point.saturating_add(reach));
            match near.last_mut() {
                Some(last) if start <= last.end => last.end = last.end.max(end),
                _ => near.push(start..end),
            }
        }
    } else {
        near.push(0..line.len());
    }

    let mut glyphs = Vec::new();
    let mut seen = 0;
    for part in near {
        if part.start > seen {
            glyphs.push(Glyph { at: seen, text: Cow::Borrowed(""), cells: usize::MAX / 1024 });
        }
        let mut cells = 0;
        let mut previous = None;
        for (at, c) in line[part.clone()].char_indices() {
            let at = part.start + at;
            let text = match c {
                '\t' => Cow::Owned(" ".repeat(TAB - cells % TAB)),
                _ => match clean::shown(previous, c, style.unicode) {
                    Some(glyph) => Cow::Owned(glyph),
                    None => Cow::Borrowed(&line[at..at + c.len_utf8()]),
                },
            };
            let width = display_width(&text);
            cells += width;
            previous = Some(c);
            glyphs.push(Glyph { at, text, cells: width });
        }
        seen = part.end;
    }
    if seen < line.len() {
        glyphs.push(Glyph { at: seen, text: Cow::Borrowed(""), cells: usize::MAX / 1024 });
    }
    glyphs
}

/// The start of the character of `text` at `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The cells of a line of glyphs, and what has to be kept of it.
struct Strip {
    /// The bytes where glyphs start.
    starts: Vec<usize>,
    /// The cells before each glyph, and all of them at last.
    before: Vec<usize>,
    ellipsis: usize,
}

impl Strip {
    fn new(glyphs: &[Glyph<'_>], ellipsis: usize) -> Self {
        let mut before = vec![0_usize];
        let mut sum = 0_usize;
        for glyph in glyphs {
            sum = sum.saturating_add(glyph.cells);
            before.push(sum);
        }
        Self { starts: glyphs.iter().map(|glyph| glyph.at).collect(), before, ellipsis }
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    /// The parts to keep, in order: as much around the marks as there is room for, the words of labels included if that
    /// can be. Long marks lose their middle before anything overflows.
    fn choose(&self, marks: &[Mark], room: usize) -> Vec<Range<usize>> {
        let whole = Vec::from([0..self.len()]);
        let ranges: Vec<(Range<usize>, usize)> =
            marks.iter().map(|mark| (self.glyphs(&mark.range), mark.words)).collect();
        if ranges.is_empty() {
            if self.cells(&whole) <= room {
                return whole;
            }
            let end = self.before.partition_point(|&cells| cells + self.ellipsis <= room);
            return Vec::from([0..end.saturating_sub(1)]);
        }
        for with_words in [true, false] {
            let fits = |pieces: &Vec<Range<usize>>| {
                self.cells(pieces) <= room && (!with_words || self.words_fit(&ranges, pieces, room))
            };
            if fits(&whole) {
                return whole;
            }
            let Some(margin) = (0..=room).rev().find(|&margin| fits(&self.pieces(&ranges, margin, margin))) else {
                continue;
            };
            let right = (margin..=room).rev().find(|&right| fits(&self.pieces(&ranges, margin, right)));
            return self.pieces(&ranges, margin, right.unwrap_or(margin));
        }
        let ends = |keep: usize| -> Vec<(Range<usize>, usize)> {
            let end = |range: &Range<usize>| {
                let head = range.start..(range.start + keep).min(range.end);
                let tail = range.end.saturating_sub(keep).max(range.start)..range.end;
                [(head, 0), (tail, 0)]
            };
            ranges.iter().flat_map(|(range, _)| end(range)).collect()
        };
        let keep = (1..=room).rev().find(|&keep| self.cells(&self.pieces(&ends(keep), 0, 0)) <= room).unwrap_or(1);
        self.pieces(&ends(keep), 0, 0)
    }

    /// The glyphs of a range of bytes; at least one where there is one.
    fn glyphs(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.starts.partition_point(|&at| at < range.start).min(self.len().saturating_sub(1));
        let end = self.starts.partition_point(|&at| at < range.end).max(start + 1).min(self.len());
        start..end
    }

    /// The ranges with a margin of cells on either side, joined where less than an ellipsis lies between them.
    fn pieces(&self, ranges: &[(Range<usize>, usize)], left: usize, right: usize) -> Vec<Range<usize>> {
        let mut wide: Vec<Range<usize>> = ranges
            .iter()
            .map(|(range, _)| {
                let from = self.before[range.start].saturating_sub(left);
                let to = self.before[range.end].saturating_add(right);
                let start = self.before.partition_point(|&cells| cells < from).min(range.start);
                let end = self.before.partition_point(|&cells| cells <= to).saturating_sub(1).max(range.end);
                start..end
            })
            .collect();
        wide.sort_by_key(|piece| (piece.start, piece.end));
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for mut piece in wide {
            let reached = pieces.last().map_or(0, |last| last.end);
            if self.before[piece.start].saturating_sub(self.before[reached]) <= self.ellipsis {
                piece.start = piece.start.min(reached);
            }
            match pieces.last_mut() {
                Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
                _ => pieces.push(piece),
            }
        }
        if let Some(last) = pieces.last_mut()
            && self.before[self.len()] - self.before[last.end] <= self.ellipsis
        {
            last.end = self.len();
        }
        pieces
    }

    /// The cells that `pieces` need, with an ellipsis for each gap.
    fn cells(&self, pieces: &[Range<usize>]) -> usize {
        let mut sum = 0_usize;
        let mut reached = 0;
        for piece in pieces {
            let gap = if piece.start > reached { self.ellipsis } else { 0 };
            sum = sum.saturating_add(gap + self.before[piece.end] - self.before[piece.start]);
            reached = piece.end;
        }
        sum + if reached < self.len() { self.ellipsis } else { 0 }
    }

    /// Whether each label has room for the first of its words, which start below the middle of its mark.
    fn words_fit(&self, ranges: &[(Range<usize>, usize)], pieces: &[Range<usize>], room: usize) -> bool {
        ranges.iter().filter(|(_, words)| *words > 0).all(|(range, words)| {
            let mut shift = 0;
            let mut reached = 0;
            for piece in pieces {
                if piece.start > reached {
                    shift += self.before[piece.start] - self.before[reached] - self.ellipsis;
                }
                reached = piece.end;
                if range.end <= piece.end {
                    break;
                }
            }
            let middle = (self.before[range.start] + self.before[range.end]) / 2;
            middle.saturating_sub(shift) + LEADER + (*words).min(WORDS) <= room
        })
    }
}
