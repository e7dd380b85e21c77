//! Changes to a text that keep most of its structure: words for words, numbers for numbers, lines moved and written twice.

use std::sync::LazyLock;

use crate::seeds;

/// A small generator of numbers that look random and are the same for the same seed.
pub struct Random(u64);

/// What is worth putting anywhere.
const PIECES: [&str; 42] = [
    "\n",
    " ",
    "  ",
    ": ",
    "- ",
    "# a comment\n",
    "'",
    "\"",
    "|\n  ",
    ">\n  ",
    "&a ",
    "*a",
    "!t ",
    "<<: *a\n",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "---\n",
    "...\n",
    "%",
    "é",
    "分",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[31m",
    "\t",
    "\r\n",
    "none: later",
    "# draft",
    "..",
    "${X}",
    "{{ x }}",
    "&&",
    "||",
    "!",
    "==",
    "(",
    ")",
    crate::token::TOKEN,
];

static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let all = [seeds::manifests(), seeds::lints(), seeds::expressions(), seeds::conversations()].concat();
    let mut lines: Vec<String> = all.iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
    lines.sort();
    lines.dedup();
    lines
});

impl Random {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn of<'a>(&mut self, all: &'a [String]) -> &'a str {
        all.get(self.below(all.len().max(1))).map_or("", String::as_str)
    }
}

/// A mutator of libFuzzer: every other time its own, which changes bytes, and else [`change`].
pub fn mutate(
    data: &mut [u8],
    size: usize,
    max_size: usize,
    seed: u32,
    bytes: impl FnOnce(&mut [u8], usize, usize) -> usize,
) -> usize {
    let mut random = Random::new(u64::from(seed));
    let text = std::str::from_utf8(&data[..size]).ok().filter(|_| random.below(3) > 0).map(str::to_owned);
    let Some(mut text) = text else { return bytes(data, size, max_size) };
    for _ in 0..=random.below(3) {
        text = change(&text, &mut random);
    }
    let mut end = text.len().min(max_size);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    data[..end].copy_from_slice(&text.as_bytes()[..end]);
    end
}

/// One change of a text.
pub fn change(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = random.below(lines.len().max(1));
    match random.below(12) {
        0 if !lines.is_empty() => drop(lines.remove(at)),
        1 if !lines.is_empty() => lines.insert(random.below(lines.len()), lines[at]),
        2 if !lines.is_empty() => {
            let other = random.below(lines.len());
            lines.swap(at, other);
        }
        3 => {
            let line = format!("{}\n", random.of(&LINES));
            lines.insert(at, &line);
            return lines.concat();
        }
        4 if !lines.is_empty() => {
            let shifted = match lines[at].strip_prefix("  ") {
                Some(line) if random.below(2) == 0 => line.to_owned(),
                _ => format!("  {}", lines[at]),
            };
            lines[at] = &shifted;
            return lines.concat();
        }
        5 | 6 => return insert(text, PIECES[random.below(PIECES.len())], random),
        7 => return cut(text, random),
        _ => return exchange(text, random),
    }
    lines.concat()
}

fn boundary(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn insert(text: &str, piece: &str, random: &mut Random) -> String {
    let at = boundary(text, random);
    format!("{}{piece}{}", &text[..at], &text[at..])
}

fn cut(text: &str, random: &mut Random) -> String {
    let (one, other) = (boundary(text, random), boundary(text, random));
    let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 40));
    let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    format!("{}{}", &text[..start], &text[end..])
}

/// Another word of the format, of a lint or of the text in place of one, or another number in place of one.
fn exchange(text: &str, random: &mut Random) -> String {
    let words = words(text);
    if words.is_empty() {
        return insert(text, random.of(seeds::dictionary()), random);
    }
    let (start, end) = words[random.below(words.len())];
    let number = text[start..end].starts_with(|letter: char| letter.is_ascii_digit());
    let new = match random.below(4) {
        _ if number => {
            const NUMBERS: [&str; 12] =
                ["0", "1", "2", "7", "60", "100", "0.5", "1e9", "99.9", "-1", "9223372036854775807", "2027-01-31"];
            NUMBERS[random.below(NUMBERS.len())]
        }
        0 => {
            let (start, end) = words[random.below(words.len())];
            &text[start..end]
        }
        _ => random.of(seeds::dictionary()),
    };
    format!("{}{new}{}", &text[..start], &text[end..])
}

/// The places of words and numbers.
pub fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = letter.is_alphanumeric() || letter == '_';
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}
