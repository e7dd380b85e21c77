//! Questions to whoever sits at the terminal. They go to one stream and the answers come from another, so that the output
//! of a command stays its own.

use std::io::{self, BufRead, IsTerminal, Write};

use super::stderr::{self, Stream};
use crate::report::clean_line;

/// How often a question is put again before it is given up.
const MAX_TRIES: usize = 5;

/// Somebody who can be asked.
#[derive(Debug)]
pub struct Prompter<R, W> {
    answers: R,
    questions: W,
}

/// The person at the terminal, where there is one.
pub fn person() -> Option<Prompter<io::StdinLock<'static>, Stream>> {
    let present = io::stdin().is_terminal() && stderr::is_terminal();
    present.then(|| Prompter { answers: io::stdin().lock(), questions: stderr::stream() })
}

impl<R: BufRead, W: Write> Prompter<R, W> {
    /// Asks for a text until `fit` takes it; an empty answer means `default`. None where no answer is given. The question is
    /// cleaned, since names of files stand in it.
    pub fn text(
        &mut self,
        question: &str,
        default: Option<&str>,
        fit: impl Fn(&str) -> Result<String, String>,
    ) -> io::Result<Option<String>> {
        let question = match default {
            Some(default) => format!("{question} [{default}]: "),
            None => format!("{question}: "),
        };
        for _ in 0..MAX_TRIES {
            write!(self.questions, "{}", clean_line(&question, false))?;
            self.questions.flush()?;
            let mut answer = String::new();
            if self.answers.read_line(&mut answer)? == 0 {
                writeln!(self.questions)?;
                return Ok(None);
            }
            let answer = match (answer.trim(), default) {
                ("", Some(default)) => default,
                ("", None) => continue,
                (answer, _) => answer,
            };
            match fit(answer) {
                Ok(fitting) => return Ok(Some(fitting)),
                Err(why) => writeln!(self.questions, "  {}", clean_line(&why, false))?,
            }
        }
        Ok(None)
    }

    /// Asks for one of `words`; the beginning of one stands for it where it is clear. Where it may stay open, an empty
    /// answer leaves it so.
    pub fn word(&mut self, question: &str, words: &[&str], may_stay_open: bool) -> io::Result<Option<String>> {
        let listed = words.join(", ");
        let fit = |answer: &str| one_of(answer, words).map(str::to_owned);
        let fit = |answer: &str| if answer == OPEN && may_stay_open { Ok(String::new()) } else { fit(answer) };
        let answer = self.text(&format!("{question} ({listed})"), may_stay_open.then_some(OPEN), fit)?;
        Ok(answer.filter(|answer| !answer.is_empty()))
    }
}

/// What stands for no answer yet.
const OPEN: &str = "decide later";

/// The word that an answer means.
fn one_of<'w>(answer: &str, words: &[&'w str]) -> Result<&'w str, String> {
    let lower = answer.to_lowercase();
    let mut begun = words.iter().filter(|word| word.starts_with(&*lower));
    match (words.iter().find(|word| **word == lower), begun.next(), begun.next()) {
        (Some(word), ..) | (None, Some(word), None) => Ok(word),
        (None, Some(_), Some(_)) => Err(format!("`{answer}` begins several of them")),
        (None, None, _) => Err(format!("`{answer}` is none of them")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompter(answers: &str) -> Prompter<&[u8], Vec<u8>> {
        Prompter { answers: answers.as_bytes(), questions: Vec::new() }
    }

    const STAGES: [&str; 4] = ["research", "prototype", "production", "retired"];

    #[test]
    fn a_question_passes_on_nothing_that_a_terminal_obeys() {
        let mut asked = prompter("a\u{1b}[2J\nb\n");
        let fit = |answer: &str| if answer == "b" { Ok(String::new()) } else { Err(format!("`{answer}` is none")) };
        asked
            .text("which of \u{1b}]0;pwn\u{7}, ghp_abcdefghijklmnopqrstuvwxyz0123456789AB", Some("x\u{202e}"), fit)
            .unwrap();
        let shown = String::from_utf8(asked.questions).unwrap();
        assert!(shown.contains("which of") && shown.contains("is none"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']) && !shown.contains("ghp_"), "{shown:?}");
    }

    #[test]
    fn a_word_may_be_begun() {
        assert_eq!(prompter("Proto\n").word("stage", &STAGES, false).unwrap().as_deref(), Some("prototype"));
        let mut asked = prompter("pro\nlive\nproduction\n");
        assert_eq!(asked.word("stage", &STAGES, false).unwrap().as_deref(), Some("production"));
        let said = String::from_utf8(asked.questions).unwrap();
        assert!(said.contains("`pro` begins several of them") && said.contains("`live` is none of them"), "{said}");
    }

    #[test]
    fn what_may_stay_open_does() {
        assert_eq!(prompter("\n").word("risk", &["low"], true).unwrap(), None);
        assert_eq!(prompter("").word("stage", &STAGES, false).unwrap(), None);
        assert_eq!(prompter("\n\n\n\n\n\n").word("stage", &STAGES, false).unwrap(), None);
    }

    #[test]
    fn a_default_is_taken_by_return() {
        let fit = |text: &str| Ok(text.to_owned());
        assert_eq!(prompter("\n").text("name", Some("eta"), fit).unwrap().as_deref(), Some("eta"));
        assert_eq!(prompter("ranker\n").text("name", Some("eta"), fit).unwrap().as_deref(), Some("ranker"));
    }
}
