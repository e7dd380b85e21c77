//! Standard error, which nothing else opens. What lines repeat of arguments and of names of files is cleaned and masked here:
//! no line has a control character, a secret, or what is a command to whoever reads the log.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use clap::error::ErrorKind;

use super::runner::disarmed;
use crate::report::{clean_block, clean_line};

/// Standard error for what is cleaned already: reports and questions. Text is passed on line by line on a runner of GitHub
/// Actions, and as it comes elsewhere.
#[derive(Debug)]
pub struct Stream {
    /// The line that is not ended yet, on a runner.
    line: Option<Vec<u8>>,
}

/// Standard error.
pub fn stream() -> Stream {
    Stream { line: std::env::var_os("GITHUB_ACTIONS").map(|_| Vec::new()) }
}

/// Whether somebody reads standard error at a terminal.
pub fn is_terminal() -> bool {
    handle().is_terminal()
}

#[allow(clippy::disallowed_methods, reason = "all that goes to standard error comes through here")]
fn handle() -> io::Stderr {
    io::stderr()
}

impl Stream {
    fn pass_on(&mut self) -> io::Result<()> {
        match self.line.as_mut().map(std::mem::take) {
            Some(line) => handle().write_all(&disarmed(&line)),
            None => Ok(()),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.line.is_none() {
            return handle().write(bytes);
        }
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.as_mut().into_iter().for_each(|line| line.extend_from_slice(part));
            if part.ends_with(b"\n") {
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        handle().flush()
    }
}

/// Writes one line.
pub fn line(text: impl Display) {
    let text = text.to_string();
    let _ = writeln!(stream(), "{}", clean_line(&text, false));
}

/// Prints what the parser of arguments has to say, and gives the exit code: its own colours where nothing in the arguments
/// has to be cleaned.
pub fn usage(error: &clap::Error) -> u8 {
    let plain = error.render().to_string();
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let shown = clean_block(&plain, false);
    let obeyed = || disarmed(shown.as_bytes()) != shown.as_bytes();
    if asked_for || *shown == *plain && !obeyed() {
        let _ = error.print();
    } else {
        let mut out = stream();
        let _ = out.write_all(shown.as_bytes()).and_then(|()| out.flush());
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}
