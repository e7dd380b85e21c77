//! What a runner of GitHub Actions would obey, and a manifest may hold: a line of a log that begins with `::`, and, in the
//! older form, a line that has `##[` anywhere.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};

use crate::report::is_hidden;

/// Whether a runner looks for a command in a line. It breaks lines at carriage returns too, drops white space of every kind
/// before `::`, and compares as its language does, so that characters of no width hide nothing from it.
fn is_command(line: &[u8]) -> bool {
    // Most lines have neither.
    if line.iter().filter(|byte| **byte == b':').count() < 2 && !line.contains(&b'[') {
        return false;
    }
    let line = String::from_utf8_lossy(line);
    line.split('\r').any(|part| {
        let seen: String = part.chars().filter(|letter| !is_hidden(*letter)).collect();
        seen.trim_start().starts_with("::") || seen.contains("##[")
    })
}

/// A line that a runner obeys, spelled so that it does not: for a stream that cannot be paused, since it runs beside another.
pub fn disarmed(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.split(|byte| *byte == b'\n').any(is_command) {
        return Cow::Borrowed(text);
    }
    let disarmed = |line: &[u8]| {
        let line = String::from_utf8_lossy(line);
        let seen: String = line.chars().filter(|letter| *letter == '\n' || !is_hidden(*letter)).collect();
        seen.replace("##[", "## [").replace("::", ": :")
    };
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    Cow::Owned(
        lines.flat_map(|line| if is_command(line) { disarmed(line).into_bytes() } else { line.to_vec() }).collect(),
    )
}

/// Passes text on line by line. Lines that are commands are put where the runner stops to look for commands.
pub struct Commandless<W: Write> {
    out: W,
    /// What ends the pause; known to nobody who wrote a manifest.
    token: String,
    line: Vec<u8>,
}

impl<W: Write> Commandless<W> {
    /// Passes text on to `out`.
    pub fn new(out: W) -> Self {
        Self { out, token: format!("mlsystem-{:016x}", RandomState::new().hash_one(0)), line: Vec::new() }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let is_command = is_command(&self.line);
        if is_command {
            writeln!(self.out, "::stop-commands::{}", self.token)?;
        }
        self.out.write_all(&self.line)?;
        if is_command {
            let end = if self.line.ends_with(b"\n") { "" } else { "\n" };
            writeln!(self.out, "{end}::{}::", self.token)?;
        }
        self.line.clear();
        Ok(())
    }
}

impl<W: Write> Write for Commandless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_commands_are_put_into_a_pause() {
        let mut out = Vec::new();
        let mut log = Commandless::new(&mut out);
        log.write_all(b"a ::b\n  ::er").unwrap();
        log.write_all(b"ror::x\nc").unwrap();
        log.flush().unwrap();
        let token = log.token.clone();
        let shown = String::from_utf8(out).unwrap();
        assert_eq!(shown, format!("a ::b\n::stop-commands::{token}\n  ::error::x\n::{token}::\nc"));
    }

    /// As the runner of GitHub reads them: `src/Runner.Common/ActionCommand.cs`, both versions.
    #[test]
    fn all_that_a_runner_obeys_is_known() {
        for line in [
            "::error::x",
            " \t::error::x",
            "\u{a0}\u{3000}::error::x",
            "\u{200b}::error::x",
            ":\u{200d}:error::x",
            "a\r::error::x",
            "##[error]x",
            "a ##[add-mask]x",
            "#\u{ad}#[error]x",
            "####[debug]",
        ] {
            assert!(is_command(line.as_bytes()), "{line:?}");
            let disarmed = disarmed(line.as_bytes()).into_owned();
            assert!(!is_command(&disarmed), "{line:?}: {}", String::from_utf8_lossy(&disarmed));
        }
        for line in ["a ::b", "# [a]", "## [a]", "a: [b]", "", ":a:"] {
            assert!(!is_command(line.as_bytes()), "{line:?}");
            assert_eq!(*disarmed(line.as_bytes()), *line.as_bytes());
        }
        assert_eq!(*disarmed(b"a ::b\n::c::d\n## e\n##[f]\n"), *b"a ::b\n: :c: :d\n## e\n## [f]\n");
    }
}
