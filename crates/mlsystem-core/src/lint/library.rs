//! What lints share: the conditions beside them, the tables that they look things up in, the frameworks whose clauses
//! they name.

use std::collections::HashSet;
use std::sync::Arc;

use super::compile::{INVALID, place_of};
use super::name_conflicts::clashes;
use super::{Lint, compile as compile_lint};
use crate::arena::Arena;
use crate::expression::{Cell, Column, ConditionText, Conditions, Row, Scope, Table, Type, compile_conditions};
use crate::finding::{Finding, Kind, Label, Severity};
use crate::framework::{self, Framework};
use crate::schema::Schema;
use crate::source::{Source, Span};
use crate::tree::{self, Limits, NodeId, Tree};
use crate::units::{self, Measure};

/// Conditions, tables and frameworks, compiled.
#[derive(Debug)]
pub struct Library<'a> {
    /// Where all of it lives, and what is compiled with it.
    pub arena: &'a Arena,
    /// The shared conditions.
    pub conditions: Conditions<'a>,
    /// The texts that those of the files were compiled from.
    pub texts: Vec<ConditionText<'a>>,
    /// The tables.
    pub tables: Vec<Table<'a>>,
    /// The frameworks.
    pub frameworks: Vec<Framework<'a>>,
}

/// A condition's text and the places of its parts.
struct ConditionSource<'a> {
    text: ConditionText<'a>,
    source: Arc<Source>,
    is: (Span, Option<usize>),
    of: (Span, Option<usize>),
}

impl<'a> Library<'a> {
    /// Compiles the conditions and tables of `files` into `arena`, beside those that are there already.
    pub fn read(
        arena: &'a Arena,
        schema: &'static Schema,
        conditions: Conditions<'a>,
        tables: &[Table<'a>],
        condition_files: &[Arc<Source>],
        table_files: &[Arc<Source>],
    ) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut tables = tables.to_vec();
        for file in table_files {
            match read_table(arena, file) {
                Ok(table) if tables.iter().any(|known| known.name == table.name) => {
                    findings.push(wrong(file, Span::at(0), format!("there is a table `{}` already", table.name), None));
                }
                Ok(table) => tables.push(table),
                Err(found) => findings.extend(found),
            }
        }
        let mut written = Vec::new();
        for file in condition_files {
            written.extend(read_conditions(arena, file, &mut findings));
        }
        let mut taken: HashSet<&str> = conditions.all().map(|condition| condition.name).collect();
        for one in &written {
            if !taken.insert(one.text.name) {
                let message = format!("there is a condition `{}` already", one.text.name);
                findings.push(wrong(&one.source, one.is.0, message, None));
            }
        }
        let texts: Vec<ConditionText<'a>> = written.iter().map(|one| one.text).collect();
        match compile_conditions(arena, conditions, &texts, schema, &tables) {
            Ok(conditions) if findings.is_empty() => {
                Ok(Self { arena, conditions, texts, tables, frameworks: Vec::new() })
            }
            Ok(_) => Err(findings),
            Err(problems) => {
                for problem in problems {
                    let Some(one) = written.get(problem.index) else { continue };
                    let (whole, starts) = if problem.in_parameter { one.of } else { one.is };
                    let span = match starts {
                        Some(start) => Span::new(start + problem.problem.span.start, start + problem.problem.span.end),
                        None => whole,
                    };
                    findings.push(wrong(&one.source, span, problem.problem.message, problem.problem.help));
                }
                Err(findings)
            }
        }
    }

    /// Reads the frameworks of `files` beside those that are `known`.
    pub fn with_frameworks(mut self, known: &[Framework<'a>], files: &[Arc<Source>]) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        self.frameworks = known.to_vec();
        for file in files {
            match framework::read(self.arena, file, INVALID) {
                Ok(one) if self.frameworks.iter().any(|known| known.id == one.id) => {
                    findings.push(wrong(file, Span::at(0), format!("there is a framework `{}` already", one.id), None));
                }
                Ok(one) => self.frameworks.push(one),
                Err(found) => findings.extend(found),
            }
        }
        if findings.is_empty() { Ok(self) } else { Err(findings) }
    }

    /// The names that every lint may use.
    pub fn scope(&self) -> Scope<'_, 'a> {
        Scope::new(self.arena).with_conditions(&self.conditions).with_tables(&self.tables)
    }

    /// Compiles lint files. A name that one of `others` has or had is taken.
    pub fn lints(
        &self,
        schema: &'static Schema,
        files: &[Arc<Source>],
        others: &[Lint<'_>],
    ) -> Result<Vec<Lint<'a>>, Vec<Finding>> {
        let mut lints: Vec<Lint<'a>> = Vec::new();
        let mut findings = Vec::new();
        let mut compiled = Vec::new();
        for file in files {
            match compile_lint(file, schema, self) {
                Ok(lint) => {
                    lints.push(lint);
                    compiled.push(file);
                }
                Err(found) => findings.extend(found),
            }
        }
        let clashes = clashes(&lints, others).into_iter().chain(super::unless::clashes(&lints, others));
        for clash in clashes {
            let Some(file) = compiled.get(clash.lint) else { continue };
            let place = clash.name.and_then(|name| place_of(file, name)).unwrap_or_else(|| file.line(1));
            findings.push(wrong(file, place, clash.message, Some(clash.help)));
        }
        if findings.is_empty() { Ok(lints) } else { Err(findings) }
    }
}

fn wrong(source: &Arc<Source>, span: Span, message: String, help: Option<String>) -> Finding {
    let label = Label::new(source, span, "");
    let mut finding = Finding::new(INVALID, "format", Kind::Reference, Severity::Error, message, label);
    finding.help = help;
    finding
}

/// The tree of a file beside the lints.
pub(super) fn tree_of(file: &Arc<Source>) -> Result<Tree, Vec<Finding>> {
    let parsed = tree::parse(file, &Limits::default());
    match parsed.tree {
        Some(tree) if parsed.findings.is_empty() => Ok(tree),
        _ => Err(parsed.findings),
    }
}

fn read_conditions<'a>(arena: &'a Arena, file: &Arc<Source>, findings: &mut Vec<Finding>) -> Vec<ConditionSource<'a>> {
    let tree = match tree_of(file) {
        Ok(tree) => tree,
        Err(found) => {
            findings.extend(found);
            return Vec::new();
        }
    };
    let mut written = Vec::new();
    for entry in tree.entries(tree.root()) {
        for part in tree.entries(entry.value) {
            if !["is", "of", "means"].contains(&&*part.key) {
                let help = "a condition has `is`, `means`, and `of` for its parameter".to_owned();
                findings.push(wrong(file, part.key_span, format!("unknown key `{}`", part.key), Some(help)));
            }
        }
        let part =
            |key: &str| tree.get(entry.value, key).and_then(|part| Some((part.value, tree.text(part.value)?.trim())));
        let (Some((is, is_text)), Some((_, means))) = (part("is"), part("means")) else {
            let help = "write `is:` with an expression and `means:` with a sentence".to_owned();
            findings.push(wrong(file, entry.key_span, format!("`{}` is not said in full", entry.key), Some(help)));
            continue;
        };
        let of = part("of");
        let text = ConditionText {
            name: arena.text(&entry.key),
            of: of.map(|(_, text)| arena.text(text)),
            is: arena.text(is_text),
            means: arena.text(means),
        };
        let at = |node: NodeId, text: &str| {
            let span = tree.span(node);
            (span, file.slice(span).find(text).map(|offset| span.start as usize + offset))
        };
        let none = (entry.key_span, None);
        written.push(ConditionSource {
            text,
            source: Arc::clone(file),
            is: at(is, is_text),
            of: of.map_or(none, |(node, text)| at(node, text)),
        });
    }
    written
}

/// Reads a table: `columns` with the type of each, `rows` by their words. Its name is that of the file; what it means is
/// the comment at its top.
fn read_table<'a>(arena: &'a Arena, file: &Arc<Source>) -> Result<Table<'a>, Vec<Finding>> {
    let tree = tree_of(file)?;
    let name = file.name().rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).unwrap_or_default();
    let meaning: Vec<&str> = file.text().lines().map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
    let mut findings = Vec::new();
    let mut columns = Vec::new();
    for column in tree.get(tree.root(), "columns").map(|entry| tree.entries(entry.value)).unwrap_or_default() {
        let of = match tree.text(column.value).map(str::trim) {
            Some("bool") => Type::Bool,
            Some("text" | "word") => Type::Text,
            Some("number") => Type::Measure(Measure::Number),
            Some("list") => Type::List(&Type::Text),
            _ => {
                let help = "the types of columns are `bool`, `text`, `word`, `number` and `list`".to_owned();
                findings.push(wrong(file, tree.span(column.value), "no type of a column".to_owned(), Some(help)));
                continue;
            }
        };
        columns.push(Column { name: arena.text(&column.key), of });
    }
    let mut rows = Vec::new();
    for row in tree.get(tree.root(), "rows").map(|entry| tree.entries(entry.value)).unwrap_or_default() {
        rows.push(Row {
            word: arena.text(&row.key),
            cells: arena.list(&cells(arena, file, &tree, row.value, &columns, &mut findings)),
        });
    }
    if columns.is_empty() || rows.is_empty() {
        findings.push(wrong(file, Span::at(0), "a table has `columns` and `rows`".to_owned(), None));
    }
    let table = Table {
        name: arena.text(name),
        meaning: arena.text(&meaning.join(" ")),
        columns: arena.list(&columns),
        rows: arena.list(&rows),
    };
    if findings.is_empty() { Ok(table) } else { Err(findings) }
}

fn cells<'a>(
    arena: &'a Arena,
    file: &Arc<Source>,
    tree: &Tree,
    row: NodeId,
    columns: &[Column<'_>],
    findings: &mut Vec<Finding>,
) -> Vec<Cell<'a>> {
    for entry in tree.entries(row) {
        if entry.key.as_ref() != "source" && !columns.iter().any(|column| column.name == &*entry.key) {
            let near = units::nearest(&entry.key, columns.iter().map(|column| column.name));
            let help = near.map(|near| format!("write `{near}`"));
            findings.push(wrong(file, entry.key_span, format!("no column is called `{}`", entry.key), help));
        }
    }
    let cell = |column: &Column<'_>| {
        let Some(entry) = tree.get(row, column.name) else { return Some(Cell::Empty) };
        let text = tree.text(entry.value).map(str::trim);
        match (column.of, text) {
            (_, Some("")) => Some(Cell::Empty),
            (Type::Bool, Some("true")) => Some(Cell::Bool(true)),
            (Type::Bool, Some("false")) => Some(Cell::Bool(false)),
            (Type::Text, Some(text)) => Some(Cell::Text(arena.text(text))),
            (Type::Measure(_), Some(text)) => text.parse().ok().map(Cell::Double),
            (Type::List(_), _) => {
                let texts: Vec<&'a str> = tree
                    .items(entry.value)
                    .iter()
                    .filter_map(|item| tree.text(*item))
                    .map(|text| arena.text(text))
                    .collect();
                Some(Cell::Texts(arena.list(&texts)))
            }
            _ => None,
        }
    };
    let mut cells = Vec::new();
    for column in columns {
        match cell(column) {
            Some(cell) => cells.push(cell),
            None => {
                let span = tree.get(row, column.name).map_or(Span::at(0), |entry| tree.span(entry.value));
                findings.push(wrong(file, span, format!("the cell does not fit its column `{}`", column.name), None));
            }
        }
    }
    cells
}
