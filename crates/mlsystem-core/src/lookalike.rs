//! Characters that look like those of the format and are others: blanks and dashes of word processors, wide forms,
//! digits and letters of other scripts, and what cannot be seen at all.

/// One of them, what it is called, and what stands for it in plain text.
struct Row(char, &'static str, &'static str);

const ROWS: [Row; 107] = [
    Row('\u{a0}', "no-break space", " "),
    Row('\u{1680}', "Ogham space", " "),
    Row('\u{2000}', "en quad", " "),
    Row('\u{2001}', "em quad", " "),
    Row('\u{2002}', "en space", " "),
    Row('\u{2003}', "em space", " "),
    Row('\u{2004}', "third-em space", " "),
    Row('\u{2005}', "quarter-em space", " "),
    Row('\u{2006}', "sixth-em space", " "),
    Row('\u{2007}', "figure space", " "),
    Row('\u{2008}', "punctuation space", " "),
    Row('\u{2009}', "thin space", " "),
    Row('\u{200a}', "hair space", " "),
    Row('\u{202f}', "narrow no-break space", " "),
    Row('\u{205f}', "math space", " "),
    Row('\u{3000}', "ideographic space", " "),
    Row('\u{ad}', "soft hyphen", ""),
    Row('\u{61c}', "Arabic letter mark", ""),
    Row('\u{180e}', "vowel separator", ""),
    Row('\u{200b}', "zero width space", ""),
    Row('\u{200c}', "zero width non-joiner", ""),
    Row('\u{200d}', "zero width joiner", ""),
    Row('\u{200e}', "left-to-right mark", ""),
    Row('\u{200f}', "right-to-left mark", ""),
    Row('\u{202a}', "left-to-right embedding", ""),
    Row('\u{202b}', "right-to-left embedding", ""),
    Row('\u{202c}', "pop direction", ""),
    Row('\u{202d}', "left-to-right override", ""),
    Row('\u{202e}', "right-to-left override", ""),
    Row('\u{2060}', "word joiner", ""),
    Row('\u{2066}', "left-to-right isolate", ""),
    Row('\u{2067}', "right-to-left isolate", ""),
    Row('\u{2068}', "first strong isolate", ""),
    Row('\u{2069}', "pop isolate", ""),
    Row('\u{feff}', "byte-order mark", ""),
    Row('\u{2010}', "hyphen", "-"),
    Row('\u{2011}', "non-breaking hyphen", "-"),
    Row('\u{2012}', "figure dash", "-"),
    Row('\u{2013}', "en dash", "-"),
    Row('\u{2014}', "em dash", "-"),
    Row('\u{2015}', "horizontal bar", "-"),
    Row('\u{2043}', "hyphen bullet", "-"),
    Row('\u{2212}', "minus sign", "-"),
    Row('\u{fe58}', "small em dash", "-"),
    Row('\u{fe63}', "small hyphen-minus", "-"),
    Row('\u{2022}', "bullet", "-"),
    Row('\u{2044}', "fraction slash", "/"),
    Row('\u{2215}', "division slash", "/"),
    Row('\u{29f8}', "big solidus", "/"),
    Row('\u{2236}', "ratio", ":"),
    Row('\u{a789}', "modifier colon", ":"),
    Row('\u{fe13}', "vertical colon", ":"),
    Row('\u{fe55}', "small colon", ":"),
    Row('\u{66a}', "Arabic percent sign", "%"),
    Row('\u{fe6a}', "small percent sign", "%"),
    Row('\u{66b}', "Arabic decimal separator", "."),
    Row('\u{2024}', "one dot leader", "."),
    Row('\u{2025}', "two dot leader", ".."),
    Row('\u{2026}', "ellipsis", ".."),
    Row('\u{3002}', "ideographic full stop", "."),
    Row('\u{ff61}', "halfwidth full stop", "."),
    Row('\u{60c}', "Arabic comma", ","),
    Row('\u{3001}', "ideographic comma", ","),
    Row('\u{2018}', "left single quote", "'"),
    Row('\u{2019}', "right single quote", "'"),
    Row('\u{201c}', "left double quote", "\""),
    Row('\u{201d}', "right double quote", "\""),
    Row('\u{201e}', "low double quote", "\""),
    Row('\u{410}', "Cyrillic A", "A"),
    Row('\u{412}', "Cyrillic Ve", "B"),
    Row('\u{415}', "Cyrillic Ie", "E"),
    Row('\u{41a}', "Cyrillic Ka", "K"),
    Row('\u{41c}', "Cyrillic Em", "M"),
    Row('\u{41d}', "Cyrillic En", "H"),
    Row('\u{41e}', "Cyrillic O", "O"),
    Row('\u{420}', "Cyrillic Er", "P"),
    Row('\u{421}', "Cyrillic Es", "C"),
    Row('\u{422}', "Cyrillic Te", "T"),
    Row('\u{423}', "Cyrillic U", "Y"),
    Row('\u{425}', "Cyrillic Ha", "X"),
    Row('\u{430}', "Cyrillic a", "a"),
    Row('\u{435}', "Cyrillic ie", "e"),
    Row('\u{43e}', "Cyrillic o", "o"),
    Row('\u{440}', "Cyrillic er", "p"),
    Row('\u{441}', "Cyrillic es", "c"),
    Row('\u{443}', "Cyrillic u", "y"),
    Row('\u{445}', "Cyrillic ha", "x"),
    Row('\u{455}', "Cyrillic dze", "s"),
    Row('\u{456}', "Cyrillic i", "i"),
    Row('\u{458}', "Cyrillic je", "j"),
    Row('\u{4bb}', "Cyrillic shha", "h"),
    Row('\u{391}', "Greek Alpha", "A"),
    Row('\u{392}', "Greek Beta", "B"),
    Row('\u{395}', "Greek Epsilon", "E"),
    Row('\u{396}', "Greek Zeta", "Z"),
    Row('\u{397}', "Greek Eta", "H"),
    Row('\u{399}', "Greek Iota", "I"),
    Row('\u{39a}', "Greek Kappa", "K"),
    Row('\u{39c}', "Greek Mu", "M"),
    Row('\u{39d}', "Greek Nu", "N"),
    Row('\u{39f}', "Greek Omicron", "O"),
    Row('\u{3a1}', "Greek Rho", "P"),
    Row('\u{3a4}', "Greek Tau", "T"),
    Row('\u{3a7}', "Greek Chi", "X"),
    Row('\u{3bd}', "Greek nu", "v"),
    Row('\u{3bf}', "Greek omicron", "o"),
    Row('\u{3c1}', "Greek rho", "p"),
];

/// The zeros of scripts with digits of their own, which nine more follow.
const ZEROS: [(char, &str); 12] = [
    ('\u{660}', "Arabic-Indic"),
    ('\u{6f0}', "Persian"),
    ('\u{966}', "Devanagari"),
    ('\u{9e6}', "Bengali"),
    ('\u{a66}', "Gurmukhi"),
    ('\u{ae6}', "Gujarati"),
    ('\u{be6}', "Tamil"),
    ('\u{c66}', "Telugu"),
    ('\u{ce6}', "Kannada"),
    ('\u{d66}', "Malayalam"),
    ('\u{e50}', "Thai"),
    ('\u{ff10}', "fullwidth"),
];

const MARKS: [(char, &str); 32] = [
    ('!', "exclamation mark"),
    ('"', "quotation mark"),
    ('#', "number sign"),
    ('$', "dollar sign"),
    ('%', "percent sign"),
    ('&', "ampersand"),
    ('\'', "apostrophe"),
    ('(', "left parenthesis"),
    (')', "right parenthesis"),
    ('*', "asterisk"),
    ('+', "plus sign"),
    (',', "comma"),
    ('-', "hyphen-minus"),
    ('.', "full stop"),
    ('/', "solidus"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less-than sign"),
    ('=', "equals sign"),
    ('>', "greater-than sign"),
    ('?', "question mark"),
    ('@', "commercial at"),
    ('[', "left bracket"),
    ('\\', "backslash"),
    (']', "right bracket"),
    ('^', "circumflex"),
    ('_', "low line"),
    ('`', "grave accent"),
    ('{', "left brace"),
    ('|', "vertical line"),
    ('}', "right brace"),
    ('~', "tilde"),
];

/// The text with plain characters. None where it has no look-alike. Letters of other scripts count as look-alikes where all
/// of the text becomes ASCII, and else as what they are.
pub fn plain(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let replaced = |letters: bool| {
        let mut plain = String::with_capacity(text.len());
        for c in text.chars() {
            match Plain::of(c).filter(|_| letters || !is_letter_of_a_script(c)) {
                Some(Plain::Text(text)) => plain.push_str(text),
                Some(Plain::One(c)) => plain.push(c),
                None => plain.push(c),
            }
        }
        plain
    };
    let all = replaced(true);
    let plain = if all.is_ascii() { all } else { replaced(false) };
    (plain != text).then_some(plain)
}

/// The first look-alike in `text` and its place, as far as [`plain`] would replace it.
pub fn first(text: &str) -> Option<(usize, char)> {
    let plain = plain(text)?;
    let counts = |c: char| Plain::of(c).is_some() && (plain.is_ascii() || !is_letter_of_a_script(c));
    text.char_indices().find(|(_, c)| counts(*c))
}

/// Whether it is a blank that is no plain space.
pub fn is_blank(c: char) -> bool {
    matches!(Plain::of(c), Some(Plain::Text(" ")))
}

/// Whether it cannot be seen.
pub fn is_unseen(c: char) -> bool {
    matches!(Plain::of(c), Some(Plain::Text("")))
}

/// Whether it looks like `mark`.
pub fn looks_like(c: char, mark: char) -> bool {
    match Plain::of(c) {
        Some(Plain::One(plain)) => plain == mark,
        Some(Plain::Text(plain)) => plain.len() == 1 && plain.starts_with(mark),
        None => false,
    }
}

/// The character by its number and name: `U+00A0 (no-break space)`.
pub fn named(c: char) -> String {
    let code = u32::from(c);
    match name(c) {
        Some(name) => format!("U+{code:04X} ({name})"),
        None => format!("U+{code:04X}"),
    }
}

enum Plain {
    Text(&'static str),
    One(char),
}

impl Plain {
    fn of(c: char) -> Option<Self> {
        if c.is_ascii() {
            return None;
        }
        if let Some(Row(.., plain)) = ROWS.iter().find(|Row(other, ..)| *other == c) {
            return Some(Self::Text(plain));
        }
        if let Some((_, digit)) = digit(c) {
            return Some(Self::One(digit));
        }
        wide(c).map(Self::One)
    }
}

fn is_letter_of_a_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{5ff}')
}

/// The ASCII character of which `c` is the wide form.
fn wide(c: char) -> Option<char> {
    matches!(c, '\u{ff01}'..='\u{ff5e}').then(|| char::from_u32(u32::from(c) - 0xfee0)).flatten()
}

fn digit(c: char) -> Option<(&'static str, char)> {
    let value = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10);
    ZEROS.iter().find_map(|(zero, script)| Some((*script, char::from_digit(value(*zero)?, 10)?)))
}

fn name(c: char) -> Option<String> {
    if let Some(Row(_, name, _)) = ROWS.iter().find(|Row(other, ..)| *other == c) {
        return Some((*name).to_owned());
    }
    if let Some((script, digit)) = digit(c) {
        return Some(format!("{script} digit {digit}"));
    }
    let plain = wide(c)?;
    let mark = MARKS.iter().find(|(mark, _)| *mark == plain).map(|(_, name)| *name);
    Some(mark.map_or_else(|| format!("fullwidth {plain}"), |name| format!("fullwidth {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_plain() {
        for (text, expected) in [
            ("99.9％", Some("99.9%")),
            ("８０ms", Some("80ms")),
            ("2026‑11–24", Some("2026-11-24")),
            ("80ms\u{200b}", Some("80ms")),
            ("1200∕s", Some("1200/s")),
            ("оnline", Some("online")),
            ("“online”", Some("\"online\"")),
            ("٣٠d", Some("30d")),
            ("место", None),
            ("место\u{a0}x", Some("место x")),
            ("가게", None),
            ("online", None),
            ("café", None),
        ] {
            assert_eq!(plain(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn characters_have_numbers_and_names() {
        assert_eq!(named('\u{a0}'), "U+00A0 (no-break space)");
        assert_eq!(named('％'), "U+FF05 (fullwidth percent sign)");
        assert_eq!(named('８'), "U+FF18 (fullwidth digit 8)");
        assert_eq!(named('ａ'), "U+FF41 (fullwidth a)");
        assert_eq!(named('\u{440}'), "U+0440 (Cyrillic er)");
        assert_eq!(first("место \u{a0}"), Some((11, '\u{a0}')));
        assert!(ROWS.iter().all(|Row(_, name, _)| name.len() <= 25));
    }
}
