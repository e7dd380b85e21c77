//! The questions as a list to tick off, for an issue.

use std::io;

use super::Questions;
use super::pretty::lines;
use crate::report::clean_block;

pub(super) fn write(questions: &Questions, out: &mut dyn io::Write) -> io::Result<()> {
    let mut text = String::from("# Open questions\n");
    for system in &questions.systems {
        text.push_str(&format!("\n## `{}`\n", system.name.replace(['`', '\n'], "'")));
        if system.failed {
            text.push_str("\nThe manifest could not be read, so that nothing is known of it.\n");
            continue;
        }
        let (shown, more) = questions.shown(system);
        if shown.is_empty() {
            text.push_str("\nNo question is open.\n");
        }
        for question in shown {
            let mut said = lines(question, "`").into_iter();
            let asked = said.next().map(|(_, asked)| asked).unwrap_or_default();
            let (path, line, state) = (question.path(), question.line, question.state());
            text.push_str(&format!("\n- [ ] **`{path}`** {} (line {line}, {state})\n", plain(&asked)));
            for (word, line) in said {
                text.push_str(&format!("  - {word}: {}\n", plain(&line)));
            }
        }
        if more > 0 {
            text.push_str(&format!("\n{more} more: `mlsystem questions --all --format markdown`.\n"));
        }
    }
    let (today, version) = (&questions.today, questions.version);
    text.push_str(&format!("\n{today}, mlsystem {version}.\n"));
    out.write_all(clean_block(&text, true).as_bytes())
}

/// A text that mentions nobody and begins no tag: an `@team` would call everybody in it to the issue.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for letter in text.chars() {
        match letter {
            '`' => code = !code,
            '<' if !code => {
                out.push_str("&lt;");
                continue;
            }
            '@' | '#' if !code => {
                out.push_str(&format!("{letter}\u{2060}"));
                continue;
            }
            _ => {}
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called() {
        assert_eq!(plain("@org/team (`@org/x`), <b>, #12"), "@\u{2060}org/team (`@org/x`), &lt;b>, #\u{2060}12");
    }
}
