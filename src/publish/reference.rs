//! The reference page of the format, in Markdown.

use super::scalars::body;
use super::{innermost, sentence};
use crate::manifest::expected::{alternatives, kinds_in_words, quoted, with_article};
use crate::manifest::keys;
use crate::manifest::read::SINGLE;
use crate::manifest::undecided::{AFFECTS, none_words};
use crate::schema::{Field, Kind, Record, RecordId, Schema, Type};
use crate::units::{BARE_NONES, NUMBER_PATTERN, PLACEHOLDERS, RESERVED_NAMES, ScalarType};

/// The longest pattern that is worth reading in a table.
const MAX_PATTERN_CHARS: usize = 90;

/// The reference page of the format, in Markdown. The same declaration gives the same bytes.
pub fn reference_page(schema: &Schema) -> String {
    let mut page = Page { schema, text: String::new() };
    page.introduction();
    page.short_forms();
    page.scalars();
    page.names();
    page.document();
    with_contents(&page.text)
}

/// The page of workspace files, whose values are written as in manifests.
pub fn workspace_page(schema: &Schema) -> String {
    let mut page = Page { schema, text: String::new() };
    page.paragraph(format!("# The workspace file, format {}", Schema::VERSION));
    page.paragraph("<!-- Written by the tests from crates/mlsystem-core/src/schema/workspace.outline. -->");
    page.paragraph(
        "`mlsystem-workspace.yaml` lists the manifests that belong together and configures the lints for all of them. Its \
         paths and patterns are relative to its folder. A check looks for it in the folder of each manifest and in the \
         folders above; the nearest one applies.",
    );
    page.paragraph(
        "With it, references into other systems are resolved, and lints compare manifests. Its levels, options and lints \
         apply to every manifest below its folder; command-line arguments override them. A workspace file with an error \
         is not used: nothing is checked, and the exit code is 2.",
    );
    page.paragraph(
        "Values are written as in a manifest: see [the manifest](manifest.md), also for the types. Only the fields marked *demanded* must be \
         written. An unknown key is an error.",
    );
    page.document();
    page.text.replace("(#scalars)", "(manifest.md#scalars)")
}

struct Page<'s> {
    schema: &'s Schema,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    fn paragraph(&mut self, text: impl AsRef<str>) {
        self.line(text);
        self.line("");
    }

    fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        self.line(format!("| {} |", head.join(" | ")));
        self.line(format!("|{}", " --- |".repeat(head.len())));
        for row in rows {
            self.line(format!("| {} |", row.join(" | ")));
        }
        self.line("");
    }

    fn introduction(&mut self) {
        let free = keys::FREE.map(|(key, meaning)| {
            format!("`{}` ({meaning})", if key.ends_with('-') { format!("{key}…") } else { key.to_owned() })
        });
        let (reserved, bare) = (quoted(none_words("")), quoted(&BARE_NONES));
        self.paragraph(format!("# The manifest, format {}", Schema::VERSION));
        self.paragraph("<!-- Written by the tests from crates/mlsystem-core/src/schema/format.outline. -->");
        self.paragraph(
            "A manifest describes one machine-learning system: what is decided, by whom, with which number, and where \
             the proof lies. It is a YAML file called `mlsystem.yaml` beside the code of the system.",
        );
        self.paragraph(
            "`mlsystem schema` prints the JSON Schema of this page; the comment `# yaml-language-server: \
             $schema=manifest.schema.json` in a manifest names it to editors. [Editors](editors.md) with the language \
             server need neither.",
        );
        self.paragraph(
            "Only the fields marked *demanded* must be written. Those marked *wanted* are asked for by a lint when the \
             system is in production. An unknown key is an error.",
        );
        self.paragraph("## How values are written");
        self.line(
            "- **Decided**: a value of the field's type. The type comes from the field and the value from the text as it \
             is written: `version: 1.10` stays `1.10`, and `region: NO` stays Norway.",
        );
        self.line(format!(
            "- **Decided against**: a mapping with the reason, as in `serving: {{cache: {{none: every answer differs}}}}`. \
             Its key is one of {reserved}, or `{}` under `{}`. It can replace any value except demanded ones, items of \
             lists, and `waivers`.",
            none_words(AFFECTS.text()).last().unwrap_or(&""),
            AFFECTS.text()
        ));
        self.line(format!(
            "- **Undecided**: a field that is missing, empty, `null`, `{{}}` or `[]`; a bare {bare} where that is not a \
             value of the field; a placeholder. A placeholder is a word such as {}, alone or, in capitals, as a word of \
             a text; and words between `<` and `>` or `‹` and `›`, as in `<who answers>`. What is undecided counts as \
             not written, for lints, coverage and evidence.",
            quoted(&PLACEHOLDERS[..5])
        ));
        self.line(
            "- **Draft**: a value with a comment that begins with `# draft` on its line, as in `owner: ads-ml  # draft, \
             from CODEOWNERS`. On the line of the key of a mapping or list, or after the dash of an item, the comment marks \
             everything below. A draft is undecided until a person takes the mark off. `mlsystem questions` lists what is \
             undecided.",
        );
        self.line("- **List or one**: a single item can be written in place of a list of one.");
        self.line(
            "- **Short form**: the value of the field marked *short form* can be written in place of the whole mapping.",
        );
        self.line(format!("- **In every mapping**: {}.", alternatives(&free, "and")));
        let single: Vec<String> = SINGLE.iter().map(|(place, name)| format!("`{}` (`{name}`)", place.text())).collect();
        self.line(format!(
            "- **One item without a name**: under {}, the fields of a single item can be written directly; the item then \
             has the name in parentheses.",
            alternatives(&single, "and")
        ));
        self.line("");
    }

    fn short_forms(&mut self) {
        self.paragraph("### Short forms");
        let mut rows = Vec::new();
        for record in self.schema.records() {
            let Some(short) = record.short.map(|short| record.at(short)) else { continue };
            let link = format!("[`{}`](#{})", heading(record), anchor(&heading(record)));
            let of = match innermost(short.of) {
                Type::Words { .. } => "a word of the field's list".to_owned(),
                _ => self.in_words(short.of),
            };
            rows.push(vec![link, format!("`{}`", short.name), of]);
        }
        self.table(&["Under", "a value alone is", "which is"], rows);
    }

    fn scalars(&mut self) {
        self.paragraph("## Scalars");
        self.paragraph(format!(
            "Patterns are anchored at both ends; `N` stands for `{NUMBER_PATTERN}`, and of a type with a long pattern only \
             examples are shown. Write units without a space (`95ms`) and currencies with one (`310 USD`). Units are \
             case-sensitive.",
        ));
        let rows = ScalarType::all().map(|kind| {
            let pattern = kind.pattern().map(|pattern| body(&pattern).replace(NUMBER_PATTERN, "N"));
            let pattern = pattern.filter(|pattern| pattern.len() <= MAX_PATTERN_CHARS);
            let pattern = pattern.map(|pattern| format!("`{}`", in_cell(&pattern))).unwrap_or_default();
            let examples: Vec<String> =
                kind.examples().iter().map(|example| format!("`{}`", in_cell(example))).collect();
            vec![format!("`{}`", kind.word()), in_cell(kind.meaning()), examples.join(", "), pattern]
        });
        self.table(&["Type", "Meaning", "Examples", "Pattern"], rows.collect::<Vec<_>>());
    }

    fn names(&mut self) {
        self.paragraph("## Names");
        self.paragraph(format!(
            "A field that is *the name of* something refers to what is defined elsewhere, and it must be defined. Written \
             in full it is `kind:system/name`, as in `model:eta-forecast/eta`; kind and system may be left out. A field \
             that also takes words is a link where the name is defined and plain text where not. {} and keys that begin \
             with `x-` name nothing.",
            quoted(&RESERVED_NAMES)
        ));
        let rows = self.schema.kinds.iter().map(|definition| {
            let places: Vec<String> =
                definition.places.iter().map(|place| format!("`{}`", super::place(place.text()))).collect();
            let given: Vec<String> =
                definition.given.iter().map(|(name, place)| format!("`{name}` (`{}`)", place.text())).collect();
            let crosses = if definition.kind.crosses_systems() { "yes" } else { "" };
            vec![definition.kind.word().to_owned(), places.join(", "), given.join(", "), crosses.to_owned()]
        });
        let own = vec![
            Kind::System.word().to_owned(),
            "`name` of each manifest in the workspace".to_owned(),
            String::new(),
            "yes".to_owned(),
        ];
        let rows: Vec<_> = rows.chain([own]).collect();
        self.table(&["Kind", "Defined by", "Defined by the format", "Found in other systems"], rows);
        self.paragraph(format!(
            "A *{}* is a place of the manifest itself, as in {}.",
            Kind::Field.word(),
            quoted(ScalarType::Field.examples())
        ));
    }

    /// The fields of the document, and a section for each that has fields of its own.
    fn document(&mut self) {
        self.paragraph("## The document");
        self.fields(self.schema.root);
        self.below(self.schema.root, 2);
    }

    fn fields(&mut self, id: RecordId) {
        let record = self.schema.record(id);
        let mut rows = Vec::new();
        for (index, field) in record.fields.iter().enumerate() {
            let marks: Vec<&str> = [
                (field.demanded, "*demanded*"),
                (field.wanted, "*wanted*"),
                (record.short == Some(index as u16), "*short form*"),
            ]
            .into_iter()
            .filter_map(|(marked, word)| marked.then_some(word))
            .collect();
            let name = format!("`{}`", field.name);
            rows.push(vec![name, self.in_words(field.of), marks.join(", "), in_cell(&sentence(field.meaning))]);
        }
        self.table(&["Field", "Value", "", "Meaning"], rows);
    }

    /// The sections of the records below a record.
    fn below(&mut self, id: RecordId, level: usize) {
        for field in self.schema.record(id).fields {
            for inner in records(field.of) {
                // A record that stands inside itself has its section already.
                if inner > id || inner < self.schema.root {
                    self.section(field, inner, level);
                }
            }
        }
    }

    fn section(&mut self, field: &Field, id: RecordId, level: usize) {
        let record = self.schema.record(id);
        self.paragraph(format!("{} {}", "#".repeat(level), heading(record)));
        let mut words = vec![sentence(field.meaning)];
        words.extend(match field.of {
            Type::List(_) => Some("A list of mappings, or one alone.".to_owned()),
            Type::Map(key, _) => Some(format!("A map: the key is {}.", key_in_words(*key))),
            _ => None,
        });
        if let Some(short) = record.short.map(|short| record.at(short)) {
            words.push(format!("A value alone is its `{}`.", short.name));
        }
        self.paragraph(words.join(" "));
        self.fields(id);
        self.below(id, (level + 1).min(4));
    }

    /// A type for the cell of a table.
    fn in_words(&self, of: Type) -> String {
        match of {
            Type::Record(id) => {
                let heading = heading(self.schema.record(id));
                format!("[mapping](#{})", anchor(&heading))
            }
            Type::List(of) => match of {
                Type::Words { words, open } => format!("any of {}", words_in_cell(words, *open)),
                of => format!("list of: {}", self.in_words(*of)),
            },
            Type::Map(key, of) => format!("map from {} to: {}", key_in_words(*key), self.in_words(*of)),
            Type::Either(types) => types.iter().map(|of| self.in_words(*of)).collect::<Vec<_>>().join(" or "),
            Type::Scalar(kind) => format!("[{}](#scalars)", kind.word()),
            Type::Words { words, open } => words_in_cell(words, open),
            Type::Reference { kinds, soft } => {
                let words = if soft { ", or words" } else { "" };
                format!("the name of {}{words}", kinds_in_words(kinds))
            }
            Type::Any => "anything".to_owned(),
        }
    }
}

fn words_in_cell(words: &[&str], open: bool) -> String {
    format!("{}{}", quoted(words), if open { ", …" } else { "" })
}

fn key_in_words(key: Type) -> String {
    match key {
        Type::Scalar(kind) => with_article(kind.word()),
        Type::Reference { kinds, .. } => format!("the name of {}", kinds_in_words(kinds)),
        Type::Words { words, open } => format!("one of {}", words_in_cell(words, open)),
        _ => "a name".to_owned(),
    }
}

/// The records of which a value is made.
fn records(of: Type) -> Vec<RecordId> {
    match innermost(of) {
        Type::Record(id) => vec![id],
        Type::Either(types) => types.iter().flat_map(|of| records(*of)).collect(),
        _ => Vec::new(),
    }
}

/// The title of a record's section: its place, as people write it.
fn heading(record: &Record) -> String {
    super::place(keys::shown_path(record.path))
}

/// The anchor that forges give to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' '));
    kept.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// The page with a list of its sections before the first of them: a line for each, with the sections right below it.
fn with_contents(page: &str) -> String {
    let link = |title: &str| format!("[{title}](#{})", anchor(title));
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            sections.push((link(title), Vec::new()));
        } else if let (Some(title), Some((_, below))) = (line.strip_prefix("### "), sections.last_mut()) {
            below.push(link(title));
        }
    }
    let mut contents = String::from("## Contents\n\n");
    for (section, below) in sections {
        contents.push_str(&format!("- {section}"));
        if !below.is_empty() {
            contents.push_str(&format!(": {}", below.join(", ")));
        }
        contents.push('\n');
    }
    match page.split_once("\n## ") {
        Some((introduction, rest)) => format!("{introduction}\n{contents}\n## {rest}"),
        None => page.to_owned(),
    }
}

/// A bar would end the cell.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}
