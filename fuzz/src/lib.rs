//! What is true of every input, as functions of a text that panic where it is not.
//!
//! Each module is one target: [`manifest`] checks, reports and repairs, [`evidence`] reads the files of other tools,
//! [`lint`] compiles and runs pages, [`expression`] evaluates, [`writing`] makes drafts, waivers and edits, [`server`]
//! talks to the language server. libFuzzer drives them (`fuzz_targets`), and the tests run them over the seeds, which
//! come from the fixtures and the lint pages of the repository. How they are run: `.ci/fuzz`.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use std::path::Path;
use std::{fs, io};

use libfuzzer_sys::Corpus;

pub mod evidence;
pub mod expression;
mod files;
mod findings;
pub mod lint;
pub mod manifest;
mod mutate;
mod outputs;
pub mod seeds;
pub mod server;
mod token;
mod world;
pub mod writing;

pub use mutate::{Random, change, mutate};

/// A target: its name, what must hold of a text, and the texts to begin with.
pub struct Target {
    /// Its name, as `cargo fuzz run` takes it.
    pub name: &'static str,
    /// What must hold; whether there was anything to hold.
    pub hold: fn(&str) -> bool,
    /// The texts to begin with.
    pub seeds: fn() -> Vec<String>,
}

/// All targets.
pub const TARGETS: [Target; 6] = [
    Target { name: "manifest", hold: manifest::hold, seeds: seeds::manifests },
    Target { name: "evidence", hold: evidence::hold, seeds: seeds::evidence },
    Target { name: "lint", hold: lint::hold, seeds: seeds::lints },
    Target { name: "expression", hold: expression::hold, seeds: seeds::expressions },
    Target { name: "writing", hold: writing::hold, seeds: seeds::words },
    Target { name: "server", hold: server::hold, seeds: seeds::conversations },
];

/// Writes the seeds of a target to its `corpus`, and the dictionary to `words.dict`, where they are not there yet.
pub fn collect(name: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join("corpus").join(name);
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else { return };
    if folder.join("seed-0000").exists() {
        return;
    }
    let write = || -> io::Result<()> {
        fs::create_dir_all(&folder)?;
        for (number, text) in (target.seeds)().iter().enumerate() {
            fs::write(folder.join(format!("seed-{number:04}")), text)?;
        }
        fs::write(here.join("words.dict"), seeds::dictionary_file())
    };
    write().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}

/// A number from 0 to 3 that belongs to a text. What takes long is done in one turn of four, so that more texts have one.
fn turn(text: &str) -> usize {
    text.bytes().fold(0, |sum: usize, byte| sum + usize::from(byte)) % 4
}

/// Holds a property to bytes that are a text. What gives nothing to hold is not kept.
pub fn on_text(data: &[u8], hold: fn(&str) -> bool) -> Corpus {
    match std::str::from_utf8(data) {
        Ok(text) if hold(text) => Corpus::Keep,
        _ => Corpus::Reject,
    }
}
