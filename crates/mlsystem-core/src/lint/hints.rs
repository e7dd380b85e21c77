//! Results that an editor shows beside the values that they are about, as `hints.yaml` declares them. Their expressions
//! and texts are those of lints, and there is no second arithmetic.

use std::ops::Range;
use std::sync::Arc;

use super::compile::INVALID;
use super::library::tree_of;
use super::{Hint, Library, Part, Template, template};
use crate::expression::{self, Compiled, Expr, Problem, Scope};
use crate::finding::{Finding, Kind, Label, Severity};
use crate::schema::Schema;
use crate::source::{Source, Span};
use crate::tree::{NodeId, Tree};

/// What stands in a hint for each of its words.
const WORD: &str = "$";

const KEYS: [&str; 5] = ["each", "let", "when", "text", "tooltip"];

impl<'a> Library<'a> {
    /// Compiles the hints of files, which map the place of each to what is said there. A place with a `$` stands for one
    /// with each of the words that `each` lists.
    pub fn hints(&self, schema: &'static Schema, files: &[Arc<Source>]) -> Result<Vec<Hint<'a>>, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut hints = Vec::new();
        for file in files {
            match tree_of(file) {
                Ok(tree) => {
                    let mut compiler = Compiler { library: self, schema, file, tree: &tree, findings: Vec::new() };
                    hints.extend(compiler.hints());
                    findings.extend(compiler.findings);
                }
                Err(found) => findings.extend(found),
            }
        }
        if findings.is_empty() { Ok(hints) } else { Err(findings) }
    }
}

impl<'a> Hint<'a> {
    /// Calls `visit` with every expression of the hint but its named ones, which others lead to.
    pub fn expressions(&self, visit: &mut dyn FnMut(&Expr<'a>)) {
        visit(&self.at);
        self.when.iter().for_each(&mut *visit);
        for part in [&self.text, &self.tooltip].into_iter().flat_map(|template| template.parts) {
            if let Part::Value(expr, _) = part {
                visit(expr);
            }
        }
    }
}

struct Compiler<'c, 'a> {
    library: &'c Library<'a>,
    schema: &'static Schema,
    file: &'c Arc<Source>,
    tree: &'c Tree,
    findings: Vec<Finding>,
}

/// A text of the file for one of the words.
struct Written {
    text: String,
    span: Span,
    /// Where the text begins in the file, where it stands there as it is.
    start: Option<usize>,
}

impl<'a> Compiler<'_, 'a> {
    fn hints(&mut self) -> Vec<Hint<'a>> {
        let mut hints = Vec::new();
        for entry in self.tree.entries(self.tree.root()) {
            for part in self.tree.entries(entry.value) {
                if !KEYS.contains(&&*part.key) {
                    let help = format!("a hint has {}", KEYS.map(|key| format!("`{key}`")).join(", "));
                    self.report(part.key_span, format!("unknown key `{}`", part.key), Some(help));
                }
            }
            let each = self.tree.get(entry.value, "each").map(|each| self.tree.items(each.value)).unwrap_or_default();
            let words: Vec<&str> = each.iter().filter_map(|word| self.tree.text(*word)).collect();
            if entry.key.contains(WORD) == words.is_empty() {
                let help = format!("write `{WORD}` into the place for each of the words of `each`");
                self.report(entry.key_span, "a place and its words do not fit".to_owned(), Some(help));
                continue;
            }
            let words = if words.is_empty() { vec![""] } else { words };
            let at = (&*entry.key, entry.key_span);
            hints.extend(words.into_iter().filter_map(|word| self.hint(at, entry.value, word)));
        }
        hints
    }

    fn hint(&mut self, at: (&str, Span), of: NodeId, word: &str) -> Option<Hint<'a>> {
        let library = self.library;
        let mut scope = library.scope();
        let lets = self.tree.get(of, "let").map(|lets| self.tree.entries(lets.value)).unwrap_or_default();
        for named in lets {
            let written = self.written(named.value, word);
            let compiled = self.compile(&written, &scope)?;
            scope.bind(&*named.key, compiled);
        }
        let place = self.place(at.0, at.1, word);
        let at = self.compile(&place, &scope)?;
        if !expression::names_a_place(at.expr) {
            self.report(place.span, "this is no place of the manifest".to_owned(), Some("write a path".to_owned()));
        }
        let when = match self.tree.get(of, "when") {
            Some(when) => {
                let written = self.written(when.value, word);
                let compiled = self.compile(&written, &scope)?;
                let condition = compiled.as_condition(self.schema);
                Some(condition.map_err(|problems| self.problems(problems, &written)).ok()?)
            }
            None => None,
        };
        let text = self.template(of, "text", word, &scope);
        let tooltip = self.template(of, "tooltip", word, &scope);
        let when = when.map(|compiled| *compiled.expr);
        Some(Hint { at: *at.expr, when, text: text?, tooltip: tooltip? })
    }

    fn template(&mut self, of: NodeId, key: &str, word: &str, scope: &Scope<'_, 'a>) -> Option<Template<'a>> {
        let Some(entry) = self.tree.get(of, key) else {
            self.report(self.tree.span(of), format!("`{key}` is missing"), Some(format!("add `{key}:`")));
            return None;
        };
        let written = self.written(entry.value, word);
        let schema = self.schema;
        let compile = |code: &str, offset: usize| {
            let moved = |Problem { span, message, help }: Problem| Problem {
                span: span.start + offset..span.end + offset,
                message,
                help,
            };
            expression::compile(code, schema, scope)
                .map_err(|problems| problems.into_iter().map(moved).collect::<Vec<_>>())
        };
        template::read(self.library.arena, &written.text, compile)
            .map_err(|problems| self.problems(problems, &written))
            .ok()
    }

    fn compile(&mut self, written: &Written, scope: &Scope<'_, 'a>) -> Option<Compiled<'a>> {
        expression::compile(&written.text, self.schema, scope).map_err(|problems| self.problems(problems, written)).ok()
    }

    /// The text of a node, for one of the words.
    fn written(&self, node: NodeId, word: &str) -> Written {
        self.place(self.tree.text(node).unwrap_or_default().trim(), self.tree.span(node), word)
    }

    fn place(&self, text: &str, span: Span, word: &str) -> Written {
        let start = self.file.slice(span).find(text).map(|offset| span.start as usize + offset);
        Written { text: text.replace(WORD, word), span, start: start.filter(|_| !text.contains(WORD)) }
    }

    fn problems(&mut self, problems: Vec<Problem>, written: &Written) {
        for Problem { span, message, help } in problems {
            let within = |start: usize, Range { start: from, end }: Range<usize>| Span::new(start + from, start + end);
            let span = written.start.map_or(written.span, |start| within(start, span));
            self.report(span, message, help);
        }
    }

    fn report(&mut self, span: Span, message: String, help: Option<String>) {
        let label = Label::new(self.file, span, "");
        let mut finding = Finding::new(INVALID, "format", Kind::Reference, Severity::Error, message, label);
        finding.help = help;
        self.findings.push(finding);
    }
}
