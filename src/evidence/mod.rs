//! Readers of the files of a repository: the text of a file goes in, and what it says goes out, in the words of
//! `evidence.outline` and with the places of the file.
//!
//! # A reader
//!
//! One file of this folder for each tool, with a `pub(super) const READERS: &[Reader]` that [`readers`] lists. A
//! [`Reader`] says by which names it knows its files (patterns of the file's name, or of the end of its path where they
//! hold a `/`), which texts must stand in one (`marks`: a cheap look before anything is parsed), which lists of
//! `evidence.outline` it can fill (`shows`), and how:
//!
//! - [`EvidenceFile`] is the file. [`EvidenceFile::documents`] gives its YAML or JSON documents as [`YamlCursor`]s, through which a reader
//!   goes with `get`, `at` and `items`; whatever is missing is an empty part, so that a reader follows what it knows and
//!   passes over everything else. Text that is no YAML is in `page.source`.
//! - [`FactBuilder`] takes what was found: `builder.add(fact!("alerts"), fact)`. A [`Fact`] has members by the names of the
//!   outline, which the compiler holds to it, each with a text as a manifest would write it (`60s`, `above 250ms`) and the place in the file that bears it out. The
//!   two are independent: ten steps may stand on one number. A part says both at once:
//!   `fact.part(fact!("deployments[].name"), part)`.
//! - A file that is not what its name promises is left alone: [`SkipReason::Other`]. One that cannot be read is *present, not
//!   compared*: [`SkipReason::Unreadable`] with a reason, and a template is [`SkipReason::Template`]. So is a single value: a text
//!   that is no literal, or no value of its type, makes that member unreadable and spoils nothing else.
//!
//! Several readers may take one file, and one reader may fill several lists. Add what no list can say to the outline, by
//! its meaning and never by its tool. Nothing is compared here and no file is opened.

use std::sync::Arc;

use crate::facts::File;
use crate::schema::Schema;
use crate::source::Source;

/// A list of `evidence.outline`, or a field of its items: `fact!("cards[].licence")`. One that is not there fails the build.
macro_rules! fact {
    ($path:literal) => {
        $crate::schema::field_path!(evidence: $path)
    };
}

pub(crate) use fact;

mod argo_rollouts;
mod autoscaler;
mod backstage;
mod bento_ml;
mod code_owners;
mod croissant;
mod cron_job;
mod cyclone_dx;
mod data_contract;
mod dbt;
mod dvc;
mod evidence_file;
mod fact_builder;
mod feast;
mod figure;
mod flagger;
mod git_attributes;
mod github_actions;
mod gitlab_ci;
mod great_expectations;
mod kserve;
mod kubernetes;
mod lock_files;
mod metric_report;
mod mlflow;
mod model_card;
mod prometheus;
mod promptfoo;
mod promql;
mod ray_serve;
mod reader;
mod seldon;
mod slo;
mod soda;
mod spdx;
mod text_proto;
mod triton;
mod yaml_cursor;

pub use evidence_file::EvidenceFile;
pub use fact_builder::{Fact, FactBuilder};
pub use reader::{Reader, SkipReason};
pub use yaml_cursor::YamlCursor;

/// The readers of each tool, in the order in which they name a file that several take.
const ALL: &[&[Reader]] = &[
    argo_rollouts::READERS,
    autoscaler::READERS,
    backstage::READERS,
    bento_ml::READERS,
    code_owners::READERS,
    croissant::READERS,
    cron_job::READERS,
    cyclone_dx::READERS,
    data_contract::READERS,
    dbt::READERS,
    dvc::READERS,
    feast::READERS,
    flagger::READERS,
    git_attributes::READERS,
    github_actions::READERS,
    gitlab_ci::READERS,
    great_expectations::READERS,
    kserve::READERS,
    kubernetes::READERS,
    lock_files::READERS,
    mlflow::READERS,
    model_card::READERS,
    slo::READERS,
    prometheus::READERS,
    promptfoo::READERS,
    ray_serve::READERS,
    metric_report::READERS,
    seldon::READERS,
    soda::READERS,
    spdx::READERS,
    triton::READERS,
];

/// All readers, a group for each tool.
pub fn readers() -> impl Iterator<Item = &'static Reader> {
    ALL.iter().copied().flatten()
}

/// Whether a file of this path may say something. Others need not be opened.
pub fn is_known(path: &str) -> bool {
    readers().any(|reader| reader.knows(path))
}

/// Whether a reader knows a file by its name alone, whatever stands in it.
pub fn is_known_by_name(path: &str) -> bool {
    readers().any(|reader| reader.marks.is_empty() && reader.knows(path))
}

/// What the file at `path`, a path from the root of the repository, says by the form `schema`; none where no reader
/// takes it.
pub fn read(source: &Arc<Source>, path: &str, schema: &'static Schema) -> Option<File> {
    let page = EvidenceFile::new(source, path);
    let mut builder = FactBuilder::default();
    for reader in readers().filter(|reader| reader.knows(path) && reader.takes(source.text())) {
        match (reader.read)(&page, &mut builder) {
            Ok(()) => builder.read_as(reader),
            Err(SkipReason::Other) => {}
            Err(unfit) => {
                builder.read_as(reader);
                builder.not_compared(&unfit);
            }
        }
    }
    builder.finish(source, path, schema)
}

/// What the file at `path` says as the card of a model, which somebody says it is; why nothing, in words.
pub fn read_card(source: &Arc<Source>, path: &str, schema: &'static Schema) -> Result<Option<File>, String> {
    let mut builder = FactBuilder::default();
    match (model_card::NAMED.read)(&EvidenceFile::new(source, path), &mut builder) {
        Ok(()) => builder.read_as(&model_card::NAMED),
        Err(SkipReason::Unreadable(why)) => return Err(why),
        Err(SkipReason::Other | SkipReason::Template) => return Err("no front matter".to_owned()),
    }
    Ok(builder.finish(source, path, schema))
}

/// A file that is there and could not be read as text, with the reason; none where no reader knows it by its name
/// alone.
pub fn present(path: &str, why: &str, schema: &'static Schema) -> Option<File> {
    let mut builder = FactBuilder::default();
    for reader in readers().filter(|reader| reader.knows(path) && reader.marks.is_empty()) {
        builder.read_as(reader);
        builder.not_compared(&SkipReason::Unreadable(why.to_owned()));
    }
    // It is named as it would be if it had a text.
    builder.finish(&Source::new(path, ""), path, schema)
}
