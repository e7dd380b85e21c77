//! Lines on standard error. What they repeat of arguments and of names of files is cleaned and masked here, and nowhere
//! else: no line has a control character, a secret, or a line feed that begins a command to whoever reads the log.

use std::fmt::Display;
use std::io::{self, Write};

use clap::error::ErrorKind;

use crate::report::{clean_block, clean_line};

/// Writes one line.
pub fn line(text: impl Display) {
    let text = text.to_string();
    let _ = writeln!(io::stderr(), "{}", clean_line(&text, false));
}

/// Prints what the parser of arguments has to say, and gives the exit code: its own colours where nothing in the arguments
/// has to be cleaned.
pub fn usage(error: &clap::Error) -> u8 {
    let plain = error.render().to_string();
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let shown = clean_block(&plain, false);
    if asked_for || *shown == *plain {
        let _ = error.print();
    } else {
        let _ = write!(io::stderr(), "{shown}");
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}
