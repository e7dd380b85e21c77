//! One line of source text as it is drawn: cleaned, its tabs filled, and cut to the room there is, around its marks.

use std::borrow::Cow;
use std::iter::once;
use std::ops::Range;

use textwrap::core::display_width;

use super::{Style, clean};

/// The cells between two tab stops.
const TAB: usize = 4;
/// The longest mark, in characters, that does not lose its middle: at first, and where there is little room.
const SHORT: [usize; 2] = [12, 4];
/// The cells that a label draws before its words.
pub(super) const LEADER: usize = 4;

/// A place of a line that has to be seen, in bytes of the line.
#[derive(Debug, Clone)]
pub(super) struct Highlight {
    /// The place.
    pub range: Range<usize>,
    /// The cells that the words below it need at least.
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
    pub(super) fn new(line: &str, tail: &str, marks: &[Highlight], room: usize, style: &Style) -> Self {
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
fn glyphs<'a>(line: &'a str, marks: &[Highlight], room: usize, style: &Style) -> Vec<Glyph<'a>> {
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
    fn choose(&self, marks: &[Highlight], room: usize) -> Vec<Range<usize>> {
        let whole: Vec<Range<usize>> = once(0..self.len()).collect();
        if marks.is_empty() {
            if self.cells(&whole) <= room {
                return whole;
            }
            let end = self.before.partition_point(|&cells| cells + self.ellipsis <= room);
            return once(0..end.saturating_sub(1)).collect();
        }
        let ranges: Vec<(Range<usize>, usize)> =
            marks.iter().map(|mark| (self.glyphs(&mark.range), mark.words)).collect();
        for (with_words, short) in [(true, SHORT[0]), (true, SHORT[1]), (false, SHORT[0])] {
            let fits = |pieces: &Vec<Range<usize>>| {
                self.cells(pieces) <= room && (!with_words || self.words_fit(&ranges, pieces, room))
            };
            if fits(&whole) {
                return whole;
            }
            for ends in once(self.len()).chain((1..=room / 2).rev()) {
                let kept = ends_of(&ranges, ends, short);
                if !fits(&self.pieces(&kept, 0, 0)) {
                    continue;
                }
                let margin = (0..=room).rev().find(|&margin| fits(&self.pieces(&kept, margin, margin))).unwrap_or(0);
                let right = (margin..=room).rev().find(|&right| fits(&self.pieces(&kept, margin, right)));
                return self.pieces(&kept, margin, right.unwrap_or(margin));
            }
        }
        self.pieces(&ends_of(&ranges, 1, SHORT[1]), 0, 0)
    }

    /// The glyphs of a range of bytes; at least one where there is one.
    fn glyphs(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.starts.partition_point(|&at| at < range.start).min(self.len().saturating_sub(1));
        let end = self.starts.partition_point(|&at| at < range.end).max(start + 1).min(self.len());
        start..end
    }

    /// The ranges with a margin of cells on either side, joined where less than an ellipsis lies between them.
    fn pieces(&self, ranges: &[Range<usize>], left: usize, right: usize) -> Vec<Range<usize>> {
        let mut wide: Vec<Range<usize>> = ranges
            .iter()
            .map(|range| {
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

    /// Whether each label has room for its words, which start below the middle of its mark.
    fn words_fit(&self, ranges: &[(Range<usize>, usize)], pieces: &[Range<usize>], room: usize) -> bool {
        ranges.iter().filter(|(_, words)| *words > 0).all(|(range, words)| {
            let middle = (self.drawn_at(range.start, pieces) + self.drawn_at(range.end, pieces)) / 2;
            middle + LEADER + words <= room
        })
    }

    /// The cell where `glyph` is drawn, or the next one that is.
    fn drawn_at(&self, glyph: usize, pieces: &[Range<usize>]) -> usize {
        let mut cell = 0;
        let mut reached = 0;
        for piece in pieces.iter().filter(|piece| piece.start <= glyph) {
            if piece.start > reached {
                cell += self.ellipsis;
            }
            cell += self.before[glyph.min(piece.end)] - self.before[piece.start];
            reached = piece.end;
        }
        cell
    }
}

/// The first and the last glyphs of each range, at most `count` of them on either side; `short` ranges stay whole.
fn ends_of(ranges: &[(Range<usize>, usize)], count: usize, short: usize) -> Vec<Range<usize>> {
    let ends = |range: &Range<usize>| {
        let count = if range.len() <= short { short } else { count };
        let head = range.start..range.start.saturating_add(count).min(range.end);
        let tail = range.end.saturating_sub(count).max(range.start)..range.end;
        [head, tail]
    };
    ranges.iter().flat_map(|(range, _)| ends(range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(line: &str, marked: &[&str], room: usize) -> (String, Vec<String>) {
        let start = |needle: &&str| line.find(*needle).expect("the mark is in the line");
        let ranges: Vec<Range<usize>> = marked.iter().map(|mark| start(mark)..start(mark) + mark.len()).collect();
        let marks: Vec<Highlight> = ranges.iter().map(|range| Highlight { range: range.clone(), words: 0 }).collect();
        let drawn = Drawn::new(line, "", &marks, room, &Style { unicode: true, ..Style::default() });
        let places = ranges.iter().map(|range| drawn.text[drawn.place(range)].to_owned()).collect();
        (drawn.text, places)
    }

    #[test]
    fn a_line_that_fits_is_whole() {
        let (text, places) = draw("pattern: online", &["online"], 15);
        assert_eq!((text.as_str(), places), ("pattern: online", vec!["online".to_owned()]));
    }

    #[test]
    fn a_longer_one_is_cut_around_its_marks() {
        let (text, places) = draw("aaaaaaaaaaaaaaaaaaaa one bbbbbbbbbbbbbbbbbbbbbbbbbb two cc", &["one", "two"], 20);
        assert_eq!(text, "…aa one bb…bb two cc");
        assert_eq!(places, ["one", "two"]);
        assert_eq!(draw("no mark in this long line", &[], 10).0, "no mark i…");
    }

    #[test]
    fn a_mark_that_is_too_long_loses_its_middle() {
        let long = "x".repeat(50);
        let (text, places) = draw(&format!("a {long} b"), &[&long], 21);
        assert_eq!(text, "…xxxxxxxxx…xxxxxxxxx…");
        assert_eq!(places, ["xxxxxxxxx…xxxxxxxxx"]);
    }

    #[test]
    fn wide_characters_count_two_cells_and_tabs_reach_their_stop() {
        let (text, places) = draw("가나다라마바사 x 가나다라마바사", &["x"], 10);
        assert!(display_width(&text) <= 10, "{text}");
        assert_eq!(places, ["x"]);
        assert_eq!(draw("a\tb", &["b"], 10).0, "a   b");
    }

    #[test]
    fn of_a_huge_line_only_what_is_near_a_mark_is_looked_at() {
        let line = format!("{}one{}two{}", "a".repeat(1 << 20), "\u{301}".repeat(1 << 20), "b".repeat(1 << 20));
        let (text, places) = draw(&line, &["one", "two"], 40);
        assert!(text.len() < 40_000 && text.starts_with('…') && text.ends_with('…'));
        assert!(places[0].starts_with("one") && places[1] == "two", "{places:?}");
    }
}
