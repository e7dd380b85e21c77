//! The report for a terminal: a line for each claim, and below it where the repository says so and what is wrong.

use std::io;

use super::{ClaimReport, Claims, SystemClaims, place};
use crate::lint::Proof;
use crate::report::{Style, clean_line};

/// The cells of the column of proofs.
const PROOF: usize = 13;

/// The longest value that is shown, in bytes.
const MAX_VALUE_BYTES: usize = 60;

pub(super) fn write(claims: &Claims, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    for (index, system) in claims.systems.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        one(system, style, out)?;
    }
    Ok(())
}

fn one(system: &SystemClaims, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let name = clean_line(&system.name, style.unicode);
    writeln!(out, "{}", if style.color { format!("\u{1b}[1m{name}\u{1b}[0m") } else { name.into_owned() })?;
    if let Some(silent) = system.silent {
        return writeln!(out, "  {silent}");
    }
    if system.claims.is_empty() {
        writeln!(out, "  it claims nothing that a file of the repository could show")?;
        return not_compared(system, style, out);
    }
    for claim in &system.claims {
        told(claim, style, out)?;
    }
    let counts = Proof::ALL.into_iter().filter_map(|proof| {
        let count = system.count(proof);
        (count > 0).then(|| format!("{count} {}", words(proof)))
    });
    writeln!(out, "  {}", counts.collect::<Vec<_>>().join(", "))?;
    not_compared(system, style, out)
}

/// What is present and was not compared, with the reason.
fn not_compared(system: &SystemClaims, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    if !system.not_compared.is_empty() {
        writeln!(out, "  present, not compared:")?;
    }
    for passed in &system.not_compared {
        let colon = if passed.path.is_empty() { "" } else { ": " };
        writeln!(out, "    {}", clean_line(&format!("{}{colon}{}", passed.path, passed.why), style.unicode))?;
    }
    Ok(())
}

fn told(claim: &ClaimReport, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let word = words(claim.proof);
    let blank = " ".repeat(PROOF - word.len());
    // What is claimed, where it is short; a key says nothing that the path does not.
    let written = claim.at.source.slice(claim.at.span);
    let value = if written.len() > MAX_VALUE_BYTES || claim.path.ends_with(written) { "" } else { written };
    let colon = if value.is_empty() { "" } else { ": " };
    let claimed = format!("{}{colon}{value}", claim.path);
    writeln!(out, "  {}{blank}{}", paint(style, claim.proof, word), clean_line(&claimed, style.unicode))?;
    let indent = " ".repeat(PROOF + 4);
    for message in &claim.messages {
        writeln!(out, "{indent}{}", clean_line(message, style.unicode))?;
    }
    for shown in &claim.shown {
        let text = if shown.text.is_empty() { String::new() } else { format!(": {}", shown.text) };
        writeln!(out, "{indent}{}", clean_line(&format!("{}{text}", place(shown)), style.unicode))?;
    }
    Ok(())
}

fn words(proof: Proof) -> &'static str {
    match proof {
        Proof::NotCompared => "not compared",
        proof => proof.word(),
    }
}

fn paint(style: &Style, proof: Proof, text: &str) -> String {
    let code = match proof {
        _ if !style.color => return text.to_owned(),
        Proof::Proven => "32",
        Proof::Exists | Proof::NotCompared => "2",
        Proof::Unproven => "33",
        Proof::Disproved => "31",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
