//! What a runner of GitHub Actions would obey: a line of a log that begins with `::` is a command to it, and a manifest may
//! hold such a line.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};

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
        let is_command = self.line.trim_ascii_start().starts_with(b"::");
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
}
