//! One diagnostic of the JSON document a line, for programs that read as it comes.

use std::io;

use super::json::Diagnostic;
use super::{Report, json};

pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for file in &report.files {
        for (finding, fingerprint) in file.fingerprinted(|finding| file.is_grave(finding)) {
            json::write_value(&Diagnostic::new(finding, &fingerprint, &report.run), out)?;
        }
    }
    Ok(())
}
