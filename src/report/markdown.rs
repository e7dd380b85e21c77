//! Markdown for a comment on a pull request, and for the summary of a job: the worst in full, the rest a line each, folded.
//!
//! Text from files is inert here: it makes no links, mentions nobody, and starts no HTML.

use std::io;

use super::entry::{self, Entry};
use super::{Report, Style, clean, plain_text, summary};

/// The most bytes of a comment: GitHub takes 65,536 characters.
const COMMENT: usize = 65_000;
/// The most bytes of the summary of a step: GitHub takes a mebibyte.
const SUMMARY: usize = 1_000_000;

/// A comment. The mark on its first line is for those who replace the comment of the last run.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<!-- mlsystem -->")?;
    out.write_all(page(report, style, COMMENT).as_bytes())
}

/// The summary of a job.
pub(super) fn write_summary(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(page(report, style, SUMMARY).as_bytes())
}

fn page(report: &Report, style: &Style, most: usize) -> String {
    let entries = entry::entries(report, style);
    let open = if style.all { entries.len() } else { entry::IN_FULL };
    let counts = summary::line(report, &Style { color: false, ..style.clone() });
    let mut text = format!("**mlsystem**: {}\n", inline(&counts));
    let (mut shown, mut folded) = (0, false);
    for entry in &entries {
        let item = if shown < open { item(entry) } else { headline(entry) };
        // What closes the page needs room as well.
        if text.len() + item.len() + 200 > most {
            break;
        }
        if shown == open {
            folded = true;
            text.push_str(&format!("\n<details>\n<summary>{} more</summary>\n\n", entries.len() - shown));
        }
        text.push_str(&item);
        shown += 1;
    }
    if folded {
        text.push_str("\n</details>\n");
    }
    if shown < entries.len() {
        text.push_str(&format!("\n{} more are not shown: they would not fit.\n", entries.len() - shown));
    }
    if style.explain_skipped {
        skipped(report, most, &mut text);
    }
    text
}

/// An entry in one line.
fn headline(entry: &Entry<'_>) -> String {
    let word = entry.severity().map_or("waived", |severity| severity.word());
    let (finding, also) = (entry.first, entry.places().map(|places| format!(" ({places})")).unwrap_or_default());
    let (name, place) = (code(&finding.name), code(&plain_text::place(&finding.primary)));
    format!("- **{word}** {name} at {place}: {}\n", inline(&format!("{}{also}", finding.message)))
}

fn item(entry: &Entry<'_>) -> String {
    let word = entry.severity().map_or("waived", |severity| severity.word());
    let finding = entry.first;
    let (name, place) = (code(&finding.name), code(&plain_text::place(&finding.primary)));
    let mut text = format!("\n- **{word}** {name} at {place}: {}\n", inline(&plain_text::headline(finding)));
    for line in plain_text::rest_of_entry(entry) {
        // Help may propose lines of YAML.
        match line.split_once('\n').filter(|_| line.starts_with("help: ")) {
            Some((first, block)) => text.push_str(&format!("  - {}\n{}", inline(first), fenced(block))),
            None => text.push_str(&format!("  - {}\n", inline(&line))),
        }
    }
    text
}

fn skipped(report: &Report, most: usize, text: &mut String) {
    for file in &report.files {
        for skipped in &file.skipped {
            let wants: Vec<String> = skipped.wants.iter().map(|want| code(want)).collect();
            let line = format!(
                "\n- not assessed {} in {}: wants {}\n",
                code(&skipped.lint),
                code(&file.name),
                if wants.is_empty() { "values that can be compared".to_owned() } else { wants.join(", ") }
            );
            if text.len() + line.len() > most {
                return;
            }
            text.push_str(&line);
        }
    }
}

/// A block of YAML inside the second level of a list, without the indentation that all of it has.
fn fenced(block: &str) -> String {
    let block = clean::block(block, true);
    let fence = "`".repeat(longest_run(&block).max(2) + 1);
    let written = block.lines().filter(|line| !line.trim().is_empty());
    let margin = written.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let lines: String = block.lines().map(|line| format!("    {}\n", line.get(margin..).unwrap_or_default())).collect();
    format!("    {fence}yaml\n{lines}    {fence}\n")
}

/// A span of code that holds `text` whatever is in it.
fn code(text: &str) -> String {
    let text = clean::line(text, true);
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Words with spans of code between backticks. A backtick without its partner is a letter.
fn inline(text: &str) -> String {
    let text = clean::line(text, true);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) || parts.iter().skip(1).step_by(2).any(|part| part.trim().is_empty()) {
        return words(&text);
    }
    let part = |(index, part): (usize, &&str)| if index % 2 == 0 { words(part) } else { format!("`{part}`") };
    parts.iter().enumerate().map(part).collect()
}

/// Words as they are. Those that a forge would turn into a mention, a reference or a link are spans of code.
fn words(text: &str) -> String {
    let pieces = text.split_inclusive(' ').map(|piece| {
        let word = piece.trim_end_matches(' ');
        let number = word.split(['#', '!']).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if number || word.contains('@') || word.contains("://") || word.contains("www.") {
            return format!("{}{}", code(word), &piece[word.len()..]);
        }
        let mut escaped = String::with_capacity(piece.len());
        for c in piece.chars() {
            if "\\`*_[]<>&|~$#".contains(c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inert_and_code_stays_code() {
        assert_eq!(inline("`serving.fallback` is *not* there"), "`serving.fallback` is \\*not\\* there");
        assert_eq!(inline("ask @team, see #12 and http://evil"), "ask `@team,` see `#12` and `http://evil`");
        assert_eq!(inline("<b>[a](b)"), "\\<b\\>\\[a\\](b)");
        assert_eq!(inline("one ` alone"), "one \\` alone");
        assert_eq!(inline("two `` together"), "two \\`\\` together");
        assert_eq!(inline("back\\`slash`"), "back\\\\`slash`");
    }

    #[test]
    fn code_holds_backticks() {
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert_eq!(fenced("  a:\n    b: 1"), "    ```yaml\n    a:\n      b: 1\n    ```\n");
        assert_eq!(fenced("a: |\n  ```\n"), "    ````yaml\n    a: |\n      ```\n    ````\n");
    }
}
