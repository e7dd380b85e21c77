//! What a lint proposes to write, where it says that its help does.

use super::front_matter::FrontMatter;
use crate::finding::Kind;
use crate::source::Span;

/// What a help has in backticks and is YAML to be written: `key: value`.
pub fn proposed(help: &str) -> impl Iterator<Item = &str> {
    quoted(help).filter(|text| text.contains(": "))
}

/// All that a help has in backticks: what to write, and places of the manifest.
pub fn quoted(help: &str) -> impl Iterator<Item = &str> {
    help.split('`').skip(1).step_by(2)
}

/// Why `fix: help` cannot be said in a lint: its place, and what to write instead.
pub(super) fn problem(form: &FrontMatter) -> Option<(Span, &'static str, &'static str)> {
    let span = form.fix_in_help?;
    let mut helps = form.cases.iter().filter_map(|case| case.help.as_ref());
    if form.kind != Some(Kind::MissingPiece) {
        return Some((span, "only what is missing can be written", "write `kind: missing-piece`, or delete `fix`"));
    }
    let some = helps.any(|help| proposed(&help.text).next().is_some());
    (!some).then_some((span, "the help has nothing to write", "put what to add into its backticks, as `key: value`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_written_is_in_backticks_and_has_a_value() {
        let help = "add `owner: <team>` under `data.sources`, or `none: <reason>`; note: see `owner`";
        assert_eq!(proposed(help).collect::<Vec<_>>(), ["owner: <team>", "none: <reason>"]);
        assert_eq!(quoted(help).count(), 4);
        assert_eq!(proposed("nothing: here").count(), 0);
    }
}
