//! A first manifest, from what the files of a repository say and what its author answered.
//!
//! What is found is filled in, with its file in a comment; what is likely and not certain is proposed in a comment; what
//! no file tells is asked. Nothing is guessed, and nothing is read or written here: facts and answers go in, text comes
//! out.

use crate::facts::File;
use crate::schema::Schema;

/// A place of the manifest, step by step; names of items stand for `*`: `place!("models.*.version", name)`.
macro_rules! place {
    ($path:literal $(, $name:expr)*) => {
        $crate::schema::field_path!(manifest: $path).with(&[$(AsRef::<str>::as_ref(&$name)),*])
    };
}

use crate::evidence::fact;

mod belonging;
mod builder;
mod card;
mod data;
mod fact_index;
mod field_type;
mod file_kind;
mod model;
mod name;
mod owners;
mod prose;
mod question;
mod service;
mod write;

pub use belonging::{belonging, several};
pub use builder::{Count, Said};
pub use name::system_name;
pub use prose::Prose;

use builder::DraftBuilder;
use fact_index::FactIndex;

/// What a first manifest is made of.
#[derive(Debug)]
pub struct Inputs<'b> {
    /// The files that bear on the system.
    pub files: Vec<&'b File>,
    /// The folder of the manifest, from the root of the repository.
    pub folder: &'b str,
    /// The README of that folder.
    pub readme: Option<Text<'b>>,
    /// A model card to start from.
    pub card: Option<Text<'b>>,
}

/// A file of prose.
#[derive(Debug)]
pub struct Text<'b> {
    /// Its path from the root of the repository.
    pub path: &'b str,
    /// What stands in it.
    pub prose: Prose,
}

/// What the author says of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The name of the system.
    pub name: String,
    /// Where the name comes from; empty where the author gave it.
    pub name_from: &'static str,
    /// Where it is in its life.
    pub stage: String,
    /// The tier of its risk, where the author knows it.
    pub risk: Option<String>,
}

/// A first manifest.
#[derive(Debug)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// How much of it was found, and how much is asked.
    pub count: Count,
}

/// Writes a first manifest of the format `schema`.
pub fn draft(schema: &'static Schema, basis: &Inputs<'_>, answers: &Answers) -> Draft {
    let index = FactIndex::new(basis.files.clone(), basis.folder);
    let mut page = DraftBuilder::new(schema);
    let version = Schema::VERSION.to_string();
    page.fill(&[schema.version_field()], &*version, "");
    page.fill(&place!("name"), &*answers.name, answers.name_from);
    page.fill(&place!("stage"), &*answers.stage, "");
    if let Some(risk) = &answers.risk {
        page.fill(&place!("risk"), &**risk, "");
    }
    look(&mut page, &index, basis);
    page.draft_proposals();
    question::ask(&mut page, matches!(&*answers.stage, "production" | "prototype"));
    let head = head(&answers.name);
    Draft { text: write::text(&page, &head), count: page.count() }
}

/// What the files say of a system, place by place: what a first manifest would hold, drafts and proposals among it.
pub fn said(schema: &'static Schema, basis: &Inputs<'_>) -> Vec<Said> {
    let index = FactIndex::new(basis.files.clone(), basis.folder);
    let mut page = DraftBuilder::new(schema);
    look(&mut page, &index, basis);
    page.said()
}

fn look(page: &mut DraftBuilder, index: &FactIndex<'_>, basis: &Inputs<'_>) {
    if let Some(card) = &basis.card {
        card::write(page, card, index);
    }
    owners::write(page, index, basis.readme.as_ref());
    data::write(page, index);
    model::write(page, index);
    service::write(page, index);
}

/// The owners that `CODEOWNERS` names for a path from the root of the repository, as it writes them, and its own path.
pub fn code_owners<'f>(files: &[&'f File], path: &str) -> Option<(Vec<&'f str>, &'f str)> {
    owners::of_path(&FactIndex::new(files.to_vec(), ""), path)
}

fn head(name: &str) -> Vec<String> {
    [
        format!("The design of {name}: what the files of this repository say of it, and what is still to be decided."),
        "A comment names the file that a value comes from. What is likely and not certain is marked `draft` and counts as \
         not written: take the mark off where it is right."
            .to_owned(),
        "A `?` asks: answer behind the colon, or with `none: <reason>` below it, or take the line out.".to_owned(),
        "`mlsystem questions` asks what is most worth answering, `mlsystem check` says what the design lacks.".to_owned(),
    ]
    .into()
}
