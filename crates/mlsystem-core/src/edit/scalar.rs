//! Texts as YAML scalars. `serde_yaml` decides what may stand without quotes; what reads otherwise inside brackets or by
//! readers of YAML 1.1 gets quotes too.

use std::collections::BTreeMap;

/// Words that a reader of YAML 1.1 takes for a truth or for nothing, and `none`, which the format gives a meaning.
const WORDS: [&str; 11] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "none", "="];

/// The text as a scalar that means this text as a value or a key, in block and in flow style.
pub fn scalar(text: &str) -> String {
    match emitted(text) {
        Some(plain) if plain == text && !is_decimal(text) && !reads_back_in_brackets(text) => quoted(text),
        Some(scalar) => scalar,
        None => quoted(text),
    }
}

/// The text as a scalar that ends its line, where commas and brackets mean nothing.
pub fn line_scalar(text: &str) -> String {
    emitted(text).unwrap_or_else(|| quoted(text))
}

/// The scalar that means `text` in place of the one that is written as `old`, in its quotes where it has some. None
/// where `old` is a block, an alias or nothing.
pub fn in_place_of(old: &str, text: &str) -> Option<String> {
    match old.chars().next()? {
        '"' => Some(quoted(text)),
        '\'' if !text.contains(|letter: char| letter == '\'' || is_hidden(letter)) => Some(format!("'{text}'")),
        '\'' => Some(quoted(text)),
        '|' | '>' | '*' => None,
        _ if matches!(text, "true" | "false") => Some(text.to_owned()),
        _ => Some(scalar(text)),
    }
}

/// The text as `serde_yaml` writes it, on one line. None where that takes several lines, hides something in an editor, or
/// is read as something else elsewhere.
fn emitted(text: &str) -> Option<String> {
    if is_decimal(text) {
        // The type of its field makes a number of it.
        return Some(text.to_owned());
    }
    if text.is_empty() || text.contains(is_hidden) {
        return None;
    }
    let written = serde_yaml::to_string(text).ok()?;
    let scalar = written.strip_suffix('\n')?;
    // A space that is not ASCII at an edge of a plain scalar looks like indentation, and is reported as such.
    let at_edge = |letter: Option<char>| letter.is_some_and(char::is_whitespace);
    let misread = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text == "<<"
        || has_base_sixty(text)
        || at_edge(text.chars().next())
        || at_edge(text.chars().next_back());
    let fits = !scalar.contains('\n') && (scalar != text || !misread);
    fits.then(|| scalar.to_owned())
}

/// Whether a text without quotes is read as it is inside brackets, as a key and as a value.
fn reads_back_in_brackets(text: &str) -> bool {
    let read: Result<[BTreeMap<String, String>; 1], _> = serde_yaml::from_str(&format!("[{{{text}: {text}}}]"));
    read.is_ok_and(|[map]| map.len() == 1 && map.get(text).is_some_and(|value| value == text))
}

/// Whether a text is a number in decimal notation.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    all(whole) && all(part) && (whole.len() == 1 || !whole.starts_with('0'))
}

/// Whether a colon stands between digits, as in `12:30`, which YAML 1.1 reads as a number to the base of sixty.
fn has_base_sixty(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| three[1] == b':' && three[0].is_ascii_digit() && three[2].is_ascii_digit())
}

/// The text in double quotes, with escapes for what YAML wants escaped and what hides in an editor.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if is_hidden(letter) => out.push_str(&format!("\\U{:08x}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Characters that YAML wants escaped, and those that hide in an editor.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_where_that_is_safe() {
        for text in [
            "model:eta/p50",
            "docs/a.md#b",
            "ndcg@10",
            "Python trains; the parity test runs with each release.",
            "ads-ml",
            "2027-01-31",
            "serving.path",
            "0.10",
            "-3",
        ] {
            assert_eq!(scalar(text), text);
        }
        for (text, written) in [
            ("", "\"\""),
            (":8 minutes", "\":8 minutes\""),
            ("a: b", "'a: b'"),
            ("a, b", "\"a, b\""),
            ("a #1", "'a #1'"),
            ("12:30", "\"12:30\""),
            ("a:", "'a:'"),
            ("no", "\"no\""),
            ("007", "'007'"),
            ("<<", "\"<<\""),
            ("say \"so\"\\", "say \"so\"\\"),
            ("one\ntwo", "\"one\\ntwo\""),
            ("a\u{202e}b", "\"a\\U0000202eb\""),
        ] {
            assert_eq!(scalar(text), written);
        }
        assert_eq!(line_scalar("a, b [c]"), "a, b [c]");
        assert_eq!(line_scalar(":8 minutes"), ":8 minutes");
        assert_eq!(line_scalar("[a"), "'[a'");
    }
}
