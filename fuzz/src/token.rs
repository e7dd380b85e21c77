//! A secret that the dictionary and the seeds put into inputs, and that no output may show.

/// A token in the form of a well-known service. It opens nothing.
pub const TOKEN: &str = "ghp_Fuzz0Fuzz1Fuzz2Fuzz3Fuzz4Fuzz5Fuzz6F";

/// As much of it as nobody writes by chance.
const CORE: &str = "Fuzz2Fuzz3Fuzz4";

/// Whether a text holds the token as a word of its own.
pub fn holds_token(text: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    text.match_indices(TOKEN)
        .any(|(at, _)| !text[..at].ends_with(joins) && !text[at + TOKEN.len()..].starts_with(joins))
}

/// The output of a text that holds the token shows nothing of it.
pub fn hide_token(input: &str, what: &str, output: &str) {
    if holds_token(input) && input.matches(CORE).count() == input.matches(TOKEN).count() {
        assert!(!output.contains(CORE), "{what} shows the token of {input:?}\n{output}");
    }
}
