//! Texts as YAML scalars: plain where that is safe anywhere, quoted elsewhere.

/// The text as a scalar that means this text in block and in flow style.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
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

fn is_plain(text: &str) -> bool {
    let first = text.chars().next().is_some_and(char::is_alphanumeric);
    let safe = |letter: char| letter.is_alphanumeric() || " _-./()'+;%&!?=@$~*<>|:#".contains(letter);
    let spaced = text.ends_with(' ') || text.contains("  ") || text.contains(" #");
    let spaced = spaced || !colons_join(text);
    // What reads as nothing, as a truth or as a "none" elsewhere is left to no reader's guess.
    let word = ["null", "true", "false", "yes", "no", "on", "off", "none"];
    let is_word = word.iter().any(|word| text.eq_ignore_ascii_case(word));
    first && text.chars().all(safe) && !spaced && !is_word
}

/// Whether every colon stands between words, as in `model:eta` and `https://a`, and not as in `a: b` or `12:30`.
fn colons_join(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices(':').all(|(at, _)| {
        let after = text[at + 1..].chars().next();
        let word = after.is_some_and(|after| after.is_alphabetic() || after == '/');
        word || after.is_some_and(|after| after.is_ascii_digit()) && !bytes[at - 1].is_ascii_digit()
    })
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
        ] {
            assert_eq!(scalar(text), text);
        }
        for (text, written) in [
            ("", "\"\""),
            ("a: b", "\"a: b\""),
            ("a, b", "\"a, b\""),
            ("a #1", "\"a #1\""),
            ("12:30", "\"12:30\""),
            ("a:", "\"a:\""),
            ("no", "\"no\""),
            ("say \"so\"\\", "\"say \\\"so\\\"\\\\\""),
            ("one\ntwo", "\"one\\ntwo\""),
            ("a\u{202e}b", "\"a\\U0000202eb\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }
}
