//! The claims of manifests and what their repositories say to them, as a report. Nothing is judged here: claims come in,
//! one file per format.

mod json;
mod table;

use std::io;

use crate::facts::PassedOver;
use crate::finding::Label;
use crate::lint::{Claim, Proof};
use crate::report::Style;
use crate::source::ColumnUnit;

pub use json::SCHEMA;

/// The claims of several manifests.
#[derive(Debug)]
pub struct Claims {
    /// The day that dates were compared with.
    pub today: String,
    /// The version of this program.
    pub version: &'static str,
    /// One for each manifest, by name.
    pub systems: Vec<SystemClaims>,
}

/// The claims of one manifest.
#[derive(Debug)]
pub struct SystemClaims {
    /// The name of the manifest.
    pub name: String,
    /// Why nothing is known, where that is so.
    pub silent: Option<&'static str>,
    /// One for each place of the manifest, in the order of its text.
    pub claims: Vec<ClaimReport>,
    /// What the repository holds that was not compared, by path.
    pub not_compared: Vec<PassedOver>,
}

/// All that is told of one place of a manifest.
#[derive(Debug)]
pub struct ClaimReport {
    /// The place for people.
    pub path: String,
    /// Where it stands.
    pub at: Label,
    /// The worst that is said of it.
    pub proof: Proof,
    /// The lints that looked.
    pub lints: Vec<String>,
    /// Where the repository says so.
    pub shown: Vec<Label>,
    /// What is wrong.
    pub messages: Vec<String>,
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines for a terminal.
    Table,
    /// One JSON document, as [`SCHEMA`] describes it.
    Json,
}

impl SystemClaims {
    /// The claims of a manifest; those of one place are told as one.
    pub fn new(name: String, claims: Vec<Claim>, not_compared: Vec<PassedOver>) -> Self {
        let mut told: Vec<ClaimReport> = Vec::new();
        for claim in claims {
            match told.iter_mut().find(|known| known.path == claim.path) {
                Some(known) => known.add(claim),
                None => told.push(ClaimReport {
                    path: claim.path,
                    at: claim.at,
                    proof: claim.proof,
                    lints: vec![claim.lint],
                    shown: claim.shown,
                    messages: claim.message.into_iter().collect(),
                }),
            }
        }
        told.sort_by(|a, b| (a.at.span, &a.path).cmp(&(b.at.span, &b.path)));
        Self { name, silent: None, claims: told, not_compared }
    }

    /// A manifest of whose claims nothing is known, and why.
    pub fn silent(name: String, why: &'static str) -> Self {
        Self { name, silent: Some(why), claims: Vec::new(), not_compared: Vec::new() }
    }

    /// How many claims have this proof.
    pub fn count(&self, proof: Proof) -> usize {
        self.claims.iter().filter(|claim| claim.proof == proof).count()
    }
}

impl ClaimReport {
    fn add(&mut self, claim: Claim) {
        // What speaks against a claim is shown instead of what bears another side of it out.
        if claim.proof > self.proof {
            self.shown.clear();
        }
        if claim.proof >= self.proof {
            self.shown.extend(claim.shown);
        }
        self.shown.dedup_by(|a, b| a.span == b.span && a.source.name() == b.source.name());
        self.proof = self.proof.max(claim.proof);
        if !self.lints.contains(&claim.lint) {
            self.lints.push(claim.lint);
        }
        self.messages.extend(claim.message);
    }
}

/// Writes the claims to `out`. Colours and width come from `style`, for the table alone.
pub fn write(claims: &Claims, form: Form, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match form {
        Form::Table => table::write(claims, style, out),
        Form::Json => json::write(claims, out),
    }
}

/// A place as `file:line`.
fn place(label: &Label) -> String {
    let line = label.source.position(label.span.start as usize, ColumnUnit::CodePoints).line;
    format!("{}:{line}", label.source.name())
}
