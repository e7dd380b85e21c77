//! The front matter of a lint file, read by its declared form: texts with their places, nothing compiled yet.

use std::sync::{Arc, OnceLock};

use super::compile::INVALID;
use crate::finding::{Finding, Kind, Reader, Severity};
use crate::manifest::{self, Item, Manifest, Value};
use crate::schema::{FieldPath, Schema, field_path, outline};
use crate::source::{Source, Span};
use crate::tree::{self, Limits, Tree};

/// A text of the front matter and its place in the lint file.
#[derive(Debug, Clone)]
pub struct FrontMatterText {
    /// The text, quotes and folding undone.
    pub text: String,
    /// Its place, quotes included.
    pub span: Span,
    /// Where its first byte stands, when the file holds it letter by letter; an offset in the text can then be shown.
    pub starts: Option<usize>,
}

/// The front matter.
#[derive(Debug, Default)]
pub struct FrontMatter {
    pub severity: Option<Severity>,
    pub severity_in: Vec<(String, Severity)>,
    pub kind: Option<Kind>,
    pub since: String,
    pub formerly: Vec<FrontMatterText>,
    pub status: Option<&'static str>,
    pub replaced_by: Option<FrontMatterText>,
    pub raised: bool,
    /// Where it says that its help proposes what to write.
    pub fix_in_help: Option<Span>,
    pub waivable: bool,
    pub untestable: Option<String>,
    pub options: Vec<OptionForm>,
    pub sources: Vec<String>,
    pub frameworks: Vec<(FrontMatterText, Vec<FrontMatterText>)>,
    pub cases: Vec<CaseForm>,
}

/// One option as written.
#[derive(Debug)]
pub struct OptionForm {
    pub name: String,
    pub default: String,
    pub means: String,
}

/// What one case says, the defaults of the lint filled in.
#[derive(Debug, Default, Clone)]
pub struct CaseForm {
    pub severity: Option<Severity>,
    pub reader: Option<Reader>,
    pub loops: Vec<FrontMatterText>,
    pub lets: Vec<(String, FrontMatterText)>,
    pub when: Option<FrontMatterText>,
    pub require: Option<FrontMatterText>,
    pub first: bool,
    pub unless: Vec<FrontMatterText>,
    pub message: Option<FrontMatterText>,
    pub labels: Vec<LabelForm>,
    pub notes: Vec<FrontMatterText>,
    pub help: Option<FrontMatterText>,
    /// Where a missing part of the case is to be reported.
    pub span: Span,
}

/// One label as written.
#[derive(Debug, Clone)]
pub struct LabelForm {
    pub loops: Vec<FrontMatterText>,
    pub when: Option<FrontMatterText>,
    pub at: FrontMatterText,
    pub text: Option<FrontMatterText>,
}

/// The loops of a lint, case or label.
const FOR: FieldPath = field_path!(lint: "for", "cases[].for", "labels[].for", "cases[].labels[].for");

/// Where a lint, case or label applies.
const WHEN: FieldPath = field_path!(lint: "when", "cases[].when", "labels[].when", "cases[].labels[].when");

/// The declared form of the front matter.
fn declared() -> &'static Schema {
    static DECLARED: OnceLock<Schema> = OnceLock::new();
    DECLARED.get_or_init(|| outline::read(include_str!("form.outline")).unwrap_or(Schema::EMPTY))
}

impl FrontMatter {
    /// Reads the front matter in `front`, whose offsets are those of `file`. What is wrong with its shape is in the
    /// findings, labelled in `file`.
    pub fn read(front: &Arc<Source>, file: &Arc<Source>) -> Result<Self, Vec<Finding>> {
        let parsed = tree::parse(front, &Limits::default());
        let mut findings = parsed.findings;
        let mut form = None;
        if let Some(tree) = parsed.tree {
            let tree = Arc::new(tree);
            let (read, wrong) = manifest::read(&tree, declared());
            findings.extend(wrong);
            let reader = FormReader { read: &read, tree: &tree };
            findings.extend(reader.tags());
            form = Some(reader.form());
        }
        match form {
            Some(form) if findings.is_empty() => Ok(form),
            _ => {
                for finding in &mut findings {
                    finding.primary.source = Arc::clone(file);
                    finding.labels.iter_mut().for_each(|label| label.source = Arc::clone(file));
                }
                Err(findings)
            }
        }
    }
}

struct FormReader<'f> {
    read: &'f Manifest,
    tree: &'f Arc<Tree>,
}

impl FormReader<'_> {
    fn written(&self, item: &Item, field: FieldPath) -> Option<FrontMatterText> {
        self.read.field(item, field).and_then(|item| self.text(item))
    }

    fn text(&self, item: &Item) -> Option<FrontMatterText> {
        let text = self.tree.text(item.node)?.trim().to_owned();
        let span = self.tree.span(item.node);
        let starts = self.tree.source().slice(span).find(&text).map(|offset| span.start as usize + offset);
        Some(FrontMatterText { text, span, starts })
    }

    fn texts(&self, item: &Item, field: FieldPath) -> Vec<FrontMatterText> {
        let items = self.read.field(item, field).map(Item::items).unwrap_or_default();
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    fn word(&self, item: &Item, field: FieldPath) -> Option<&'static str> {
        match self.read.field(item, field)?.value {
            Value::Word(word) => word,
            _ => None,
        }
    }

    fn named(&self, field: FieldPath) -> &[manifest::NamedItem] {
        self.read.section(field).map(Item::named_items).unwrap_or_default()
    }

    fn form(&self) -> FrontMatter {
        let root = &self.read.root;
        let plain = |field: FieldPath| self.written(root, field).map(|written| written.text);
        let whole = self.case(root, &CaseForm::default());
        let cases = match self.read.items(field_path!(lint: "cases")) {
            [] => vec![whole],
            cases => cases.iter().map(|item| self.case(item, &whole)).collect(),
        };
        FrontMatter {
            severity: self.word(root, field_path!(lint: "severity")).and_then(Severity::from_word),
            severity_in: self.severities(),
            kind: self.word(root, field_path!(lint: "kind")).and_then(Kind::from_word),
            since: plain(field_path!(lint: "since")).unwrap_or_default(),
            formerly: self.texts(root, field_path!(lint: "formerly")),
            status: self.word(root, field_path!(lint: "status")),
            replaced_by: self.written(root, field_path!(lint: "replaced_by")),
            raised: self.read.section(field_path!(lint: "raised")).is_some(),
            fix_in_help: self.written(root, field_path!(lint: "fix")).map(|fix| fix.span),
            waivable: plain(field_path!(lint: "waivable")).is_none_or(|word| word != "false"),
            untestable: plain(field_path!(lint: "untestable")),
            options: self.options(),
            sources: self.texts(root, field_path!(lint: "sources")).into_iter().map(|written| written.text).collect(),
            frameworks: self.frameworks(),
            cases,
        }
    }

    fn options(&self) -> Vec<OptionForm> {
        let text =
            |item: &Item, field: FieldPath| self.written(item, field).map(|written| written.text).unwrap_or_default();
        let option = |named: &manifest::NamedItem| OptionForm {
            name: named.name.to_string(),
            default: text(&named.item, field_path!(lint: "options.*.default")),
            means: text(&named.item, field_path!(lint: "options.*.means")),
        };
        self.named(field_path!(lint: "options")).iter().map(option).collect()
    }

    fn severities(&self) -> Vec<(String, Severity)> {
        let named = self.named(field_path!(lint: "severity_in"));
        let severity = |item: &Item| match item.value {
            Value::Word(Some(word)) => Severity::from_word(word),
            _ => None,
        };
        named.iter().filter_map(|named| Some((named.name.to_string(), severity(&named.item)?))).collect()
    }

    fn frameworks(&self) -> Vec<(FrontMatterText, Vec<FrontMatterText>)> {
        let clauses = |item: &Item| item.items().iter().filter_map(|item| self.text(item)).collect();
        let name = |named: &manifest::NamedItem| FrontMatterText {
            text: named.name.to_string(),
            span: named.key,
            starts: None,
        };
        let named = self.named(field_path!(lint: "frameworks"));
        named.iter().map(|named| (name(named), clauses(&named.item))).collect()
    }

    fn case(&self, item: &Item, whole: &CaseForm) -> CaseForm {
        let or = |own: Option<FrontMatterText>, default: &Option<FrontMatterText>| own.or_else(|| default.clone());
        let or_list = |own: Vec<FrontMatterText>, default: &Vec<FrontMatterText>| {
            if own.is_empty() { default.clone() } else { own }
        };
        let labels = self.labels(item);
        let mut lets = whole.lets.clone();
        lets.extend(self.lets(item));
        CaseForm {
            severity: self
                .word(item, field_path!(lint: "severity", "cases[].severity"))
                .and_then(Severity::from_word)
                .filter(|_| self.tree.root() != item.node),
            reader: self
                .word(item, field_path!(lint: "reader", "cases[].reader"))
                .and_then(Reader::from_word)
                .or(whole.reader),
            loops: or_list(self.texts(item, FOR), &whole.loops),
            lets,
            when: or(self.written(item, WHEN), &whole.when),
            require: or(self.written(item, field_path!(lint: "require", "cases[].require")), &whole.require),
            first: self
                .word(item, field_path!(lint: "report", "cases[].report"))
                .map_or(whole.first, |word| word == "first"),
            unless: or_list(self.texts(item, field_path!(lint: "unless", "cases[].unless")), &whole.unless),
            message: or(self.written(item, field_path!(lint: "message", "cases[].message")), &whole.message),
            labels: if labels.is_empty() { whole.labels.clone() } else { labels },
            notes: or_list(self.texts(item, field_path!(lint: "notes", "cases[].notes")), &whole.notes),
            help: or(self.written(item, field_path!(lint: "help", "cases[].help")), &whole.help),
            span: self.tree.entries(item.node).first().map_or_else(|| Span::at(0), |entry| entry.key_span),
        }
    }

    fn lets(&self, item: &Item) -> Vec<(String, FrontMatterText)> {
        let named = self.read.field(item, field_path!(lint: "let", "cases[].let")).map(Item::named_items);
        let text = |named: &manifest::NamedItem| Some((named.name.to_string(), self.text(&named.item)?));
        named.unwrap_or_default().iter().filter_map(text).collect()
    }

    fn labels(&self, item: &Item) -> Vec<LabelForm> {
        let items = self.read.field(item, field_path!(lint: "labels", "cases[].labels")).map(Item::items);
        let label = |item: &Item| {
            Some(LabelForm {
                loops: self.texts(item, FOR),
                when: self.written(item, WHEN),
                at: self.written(item, field_path!(lint: "labels[].at", "cases[].labels[].at"))?,
                text: self.written(item, field_path!(lint: "labels[].text", "cases[].labels[].text")),
            })
        };
        items.unwrap_or_default().iter().filter_map(label).collect()
    }

    /// A plain text that begins with `!` is a tag to YAML, and the expression is lost.
    fn tags(&self) -> Vec<Finding> {
        let source = self.tree.source();
        let mut findings = Vec::new();
        let mut offset = 0;
        for line in source.text().split_inclusive('\n') {
            if let Some((key, value)) = line.split_once(": ")
                && value.starts_with('!')
                && !key.contains(['"', '\'', '`', '#'])
            {
                let start = offset + key.len() + 2;
                let span = Span::new(start, start + value.trim_end().len());
                let label = crate::finding::Label::new(source, span, "YAML reads a tag here");
                let message = "an expression that begins with `!` is not quoted";
                let finding = Finding::new(INVALID, "format", Kind::Reference, Severity::Error, message, label);
                findings.push(finding.with_help(format!("write `\"{}\"`", value.trim_end())));
            }
            offset += line.len();
        }
        findings
    }
}
