//! Compiles a lint file: everything that can be wrong with it is found here, with its place, so that a lint never fails
//! when it runs.

use std::sync::Arc;

use super::document::{Document, FormError};
use super::front_matter::{CaseForm, FrontMatter, FrontMatterText, LabelForm as WrittenLabel};
use super::{Case, LabelForm, Library, Lint, LintOption, Loop, Part, Status, Template, template};
use crate::arena::Arena;
use crate::expression::{self, Compiled, Expr, Problem, Scope};
use crate::finding::{Finding, Kind, Label, Severity};
use crate::schema::Schema;
use crate::source::{Source, Span};
use crate::units;

/// Everything that a lint file may be wrong about has this name.
pub const INVALID: &str = "invalid-lint";

/// Compiles the lint file `source`, whose path ends in `category/name.md`. The library gives the shared conditions and
/// the tables. All errors are reported, each with its place in the file.
pub fn compile<'a>(
    source: &Arc<Source>,
    schema: &'static Schema,
    library: &Library<'a>,
) -> Result<Lint<'a>, Vec<Finding>> {
    let mut compiler = Compiler { source, schema, arena: library.arena, library, findings: Vec::new() };
    let lint = compiler.lint();
    match lint {
        Some(lint) if compiler.findings.is_empty() => Ok(lint),
        _ => Err(compiler.findings),
    }
}

/// Name and category of the lint file at `path`.
pub fn identity(path: &str) -> Option<(&str, &str)> {
    let (folder, file) = path.rsplit_once('/')?;
    let category = folder.rsplit('/').next()?;
    Some((file.strip_suffix(".md")?, category))
}

/// Where the front matter of a lint file that was compiled gives a name: one of `formerly`, `replaced_by` or `unless`.
pub fn place_of(file: &Arc<Source>, name: &str) -> Option<Span> {
    let document = Document::read(file).ok()?;
    let form = FrontMatter::read(&document.front, file).ok()?;
    let unless = form.cases.iter().flat_map(|case| &case.unless);
    let mut names = form.formerly.iter().chain(&form.replaced_by).chain(unless);
    names.rfind(|written| written.text == name).map(|written| written.span)
}

fn is_kebab_case(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

struct Compiler<'c, 'a> {
    source: &'c Arc<Source>,
    schema: &'static Schema,
    arena: &'a Arena,
    library: &'c Library<'a>,
    findings: Vec<Finding>,
}

impl<'a> Compiler<'_, 'a> {
    fn lint(&mut self) -> Option<Lint<'a>> {
        let (name, category) = identity(self.source.name()).unwrap_or((self.source.name(), ""));
        for part in [name, category] {
            if !is_kebab_case(part) {
                let message = format!("`{part}` is no kebab-case name");
                self.report(Span::at(0), message, "a lint lies at `CATEGORY/NAME.md`, both in kebab-case");
            }
        }
        let document = match Document::read(self.source) {
            Ok(document) => document,
            Err(error) => {
                let message = match error {
                    FormError::NoFrontMatter => "a lint file begins with front matter",
                    FormError::Unclosed => "the front matter is not closed",
                };
                self.report(self.source.line(1), message.to_owned(), "put the front matter between two lines of `---`");
                return None;
            }
        };
        let form = match FrontMatter::read(&document.front, self.source) {
            Ok(form) => form,
            Err(findings) => {
                self.findings.extend(findings);
                return None;
            }
        };
        self.page(&document, &form);
        let status = self.status(&form);
        let formerly = self.formerly(&form);
        let options: Vec<LintOption<'a>> = form
            .options
            .iter()
            .map(|option| LintOption {
                name: self.arena.text(&option.name),
                default: self.arena.text(&option.default),
                means: self.arena.text(&option.means),
            })
            .collect();
        let cases: Vec<Case<'a>> = if form.raised || matches!(status, Status::Removed(_)) {
            Vec::new()
        } else {
            form.cases.iter().filter_map(|case| self.case(case, &options)).collect()
        };
        let sources: Vec<&str> = form.sources.iter().map(|text| self.arena.text(text)).collect();
        let frameworks = if matches!(status, Status::Removed(_)) { &[] } else { self.frameworks(&form) };
        let severity_in: Vec<_> =
            form.severity_in.iter().map(|(stage, severity)| (self.arena.text(stage), *severity)).collect();
        Some(Lint {
            name: self.arena.text(name),
            category: self.arena.text(category),
            kind: form.kind?,
            severity: form.severity?,
            severity_in: self.arena.list(&severity_in),
            since: self.arena.text(&form.since),
            formerly,
            status,
            options: self.arena.list(&options),
            cases: self.arena.list(&cases),
            sources: self.arena.list(&sources),
            frameworks,
            fix_in_help: form.fix_in_help.is_some(),
            waivable: form.waivable,
            untestable: form.untestable.as_deref().map(|text| self.arena.text(text)),
            title: self.arena.text(document.title.map(|title| self.source.slice(title)).unwrap_or_default()),
            page: self.arena.text(self.source.original().get(document.page.range()).unwrap_or_default()),
        })
    }

    /// What the lint was called before.
    fn formerly(&mut self, form: &FrontMatter) -> &'a [&'a str] {
        for name in form.formerly.iter().filter(|name| !is_kebab_case(&name.text)) {
            let message = format!("`{}` is no kebab-case name", name.text);
            self.report(name.span, message, "write the name alone, without its category");
        }
        self.names(&form.formerly)
    }

    fn names(&self, written: &[FrontMatterText]) -> &'a [&'a str] {
        let names: Vec<&'a str> = written.iter().map(|name| self.arena.text(&name.text)).collect();
        self.arena.list(&names)
    }

    fn status(&mut self, form: &FrontMatter) -> Status<'a> {
        let by = form.replaced_by.as_ref().map(|name| self.arena.text(&name.text));
        match (form.status, &form.replaced_by) {
            (Some("removed"), _) => Status::Removed(by),
            (Some(_), _) => Status::Deprecated(by),
            (None, Some(name)) => {
                let help = "add `status: deprecated`, or `formerly` to the lint with the new name";
                self.report(name.span, "`replaced_by` stands without `status`".to_owned(), help);
                Status::Current
            }
            (None, None) => Status::Current,
        }
    }

    /// The clauses that the lint names. Each has to be one of a framework, or a part of one.
    fn frameworks(&mut self, form: &FrontMatter) -> &'a [(&'a str, &'a [&'a str])] {
        let library = self.library;
        let mut named = Vec::new();
        for (name, clauses) in &form.frameworks {
            match library.frameworks.iter().find(|framework| framework.id == name.text) {
                Some(framework) => {
                    for clause in clauses.iter().filter(|clause| framework.listed(&clause.text).is_none()) {
                        let near = units::nearest(&clause.text, framework.ids());
                        let message = format!("{} has no clause `{}`", framework.title, clause.text);
                        let help = near.map(|near| format!("write `{near}`"));
                        let file = format!("its clauses are in `frameworks/{}.yaml`", framework.id);
                        self.add(clause.span, message, Some(help.unwrap_or(file)));
                    }
                }
                None => {
                    let near = units::nearest(&name.text, library.frameworks.iter().map(|one| one.id));
                    let help = near.map(|near| format!("write `{near}`"));
                    let help = help.unwrap_or_else(|| format!("add `frameworks/{}.yaml` beside the lints", name.text));
                    self.add(name.span, format!("no framework is called `{}`", name.text), Some(help));
                }
            }
            let ids: Vec<&'a str> = clauses.iter().map(|clause| self.arena.text(&clause.text)).collect();
            named.push((self.arena.text(&name.text), self.arena.list(&ids)));
        }
        self.arena.list(&named)
    }

    fn page(&mut self, document: &Document, form: &FrontMatter) {
        let top = Span::at(document.page.start as usize);
        if document.title.is_none() {
            self.report(top, "the page has no title".to_owned(), "begin it with `# What is wrong`");
        }
        if let Some((span, message, help)) = super::fix::problem(form) {
            self.report(span, message.to_owned(), help);
        }
        if let Some(heading) = document.after_mutations {
            self.report(heading, "a heading follows `## Mutations`".to_owned(), "let `## Mutations` end the page");
        }
        if form.untestable.is_some() || form.status == Some("removed") {
            return;
        }
        for (good, heading) in [(false, "Bad"), (true, "Good")] {
            if !document.examples.iter().any(|example| example.good == good) {
                let message = format!("the page has no {} example", heading.to_lowercase());
                self.report(
                    top,
                    message,
                    &format!("add `## {heading}` with a block that begins with three backticks and `yaml`"),
                );
            }
        }
    }

    fn case(&mut self, case: &CaseForm, options: &[LintOption<'a>]) -> Option<Case<'a>> {
        let mut scope = self.library.scope();
        options.iter().for_each(|option| scope.variable(option.name, option.of()));
        let loops = self.loops(&case.loops, &mut scope);
        for (name, written) in &case.lets {
            if let Some(compiled) = self.expression(written, &scope) {
                scope.bind(name.clone(), compiled);
            }
        }
        let when = case.when.as_ref().and_then(|written| self.condition(written, &scope));
        let require = self.wanted(case, &case.require, "require").and_then(|written| self.condition(written, &scope));
        let message = self.wanted(case, &case.message, "message").and_then(|written| self.template(written, &scope));
        if case.labels.is_empty() {
            self.report(
                case.span,
                "`labels` is missing".to_owned(),
                "add the place to look at: `labels: [{at: …, text: …}]`",
            );
        }
        if let Some(message) = &message {
            self.hold_to_style(case, message);
        }
        let labels: Vec<LabelForm<'a>> = case.labels.iter().filter_map(|label| self.label(label, &scope)).collect();
        let notes: Vec<Template<'a>> = case.notes.iter().filter_map(|note| self.template(note, &scope)).collect();
        let help = case.help.as_ref().and_then(|help| self.template(help, &scope));
        let mut case = Case {
            severity: case.severity,
            reader: case.reader.unwrap_or_default(),
            loops,
            when: when.map(|compiled| *compiled.expr),
            reads: &[],
            require: *require?.expr,
            first: case.first,
            unless: self.names(&case.unless),
            message: message?,
            labels: self.arena.list(&labels),
            notes: self.arena.list(&notes),
            help,
        };
        let reads: Vec<u8> = case.conditions().iter().map(Expr::reads).collect();
        case.reads = self.arena.list(&reads);
        Some(case)
    }

    /// Headlines begin in lower case and have no full stop.
    fn hold_to_style(&mut self, case: &CaseForm, message: &Template<'_>) {
        let Some(written) = &case.message else { return };
        let first = match message.parts.first() {
            Some(Part::Text(text)) => text.chars().next(),
            _ => None,
        };
        if first.is_some_and(char::is_uppercase) && !written.text.starts_with("ML") {
            self.report(written.span, "the message begins with a capital".to_owned(), "begin it in lower case");
        }
        if written.text.ends_with('.') {
            self.report(written.span, "the message ends with a full stop".to_owned(), "leave the full stop out");
        }
    }

    fn wanted<'w>(
        &mut self,
        case: &CaseForm,
        written: &'w Option<FrontMatterText>,
        key: &str,
    ) -> Option<&'w FrontMatterText> {
        if written.is_none() {
            self.report(case.span, format!("`{key}` is missing"), &format!("add `{key}:`"));
        }
        written.as_ref()
    }

    fn label(&mut self, label: &WrittenLabel, scope: &Scope<'_, 'a>) -> Option<LabelForm<'a>> {
        let mut scope = scope.clone();
        let loops = self.loops(&label.loops, &mut scope);
        let when = label.when.as_ref().and_then(|when| self.condition(when, &scope));
        let at = self.expression(&label.at, &scope);
        let text = label.text.as_ref().and_then(|text| self.template(text, &scope));
        let at = at?;
        if !expression::names_a_place(at.expr) {
            self.report(label.at.span, "this is no place of the manifest".to_owned(), "write a path, or `at(…)`");
        }
        Some(LabelForm { loops, when: when.map(|compiled| *compiled.expr), at: *at.expr, text })
    }

    /// Reads `item in list` and `a, b in list`, and adds the variables to the scope.
    fn loops(&mut self, written: &[FrontMatterText], scope: &mut Scope<'_, 'a>) -> &'a [Loop<'a>] {
        let mut loops = Vec::new();
        for over in written {
            let Some((names, list)) = over.text.split_once(" in ") else {
                self.report(
                    over.span,
                    "this is no loop".to_owned(),
                    "write `item in path`, or `a, b in path` for pairs",
                );
                continue;
            };
            let offset = over.text.len() - list.len();
            let Some(compiled) = self.expression_at(list, over, offset, scope) else { continue };
            let Some(item) = compiled.of.item(self.arena) else {
                let found = compiled.of.words(self.schema);
                self.report(
                    over.span,
                    format!("`{}` is {found}, not a list", list.trim()),
                    "loop over a list or a map",
                );
                continue;
            };
            let names: Vec<&str> = names.split(',').map(str::trim).collect();
            match names.as_slice() {
                [one] => {
                    scope.variable(*one, item);
                    loops.push(Loop::Each(*compiled.expr));
                }
                [first, second] => {
                    scope.variable(*first, item);
                    scope.variable(*second, item);
                    loops.push(Loop::Pairs(*compiled.expr));
                }
                _ => self.report(over.span, "a loop has one or two variables".to_owned(), "write `a, b in path`"),
            }
        }
        self.arena.list(&loops)
    }

    fn condition(&mut self, written: &FrontMatterText, scope: &Scope<'_, 'a>) -> Option<Compiled<'a>> {
        let compiled = self.expression(written, scope)?;
        match compiled.as_condition(self.schema) {
            Ok(compiled) => Some(compiled),
            Err(problems) => {
                self.problems(problems, written, 0);
                None
            }
        }
    }

    fn expression(&mut self, written: &FrontMatterText, scope: &Scope<'_, 'a>) -> Option<Compiled<'a>> {
        self.expression_at(&written.text, written, 0, scope)
    }

    fn expression_at(
        &mut self,
        text: &str,
        written: &FrontMatterText,
        offset: usize,
        scope: &Scope<'_, 'a>,
    ) -> Option<Compiled<'a>> {
        match expression::compile(text, self.schema, scope) {
            Ok(compiled) => Some(compiled),
            Err(problems) => {
                self.problems(problems, written, offset);
                None
            }
        }
    }

    fn template(&mut self, written: &FrontMatterText, scope: &Scope<'_, 'a>) -> Option<Template<'a>> {
        let schema = self.schema;
        let shift = |mut problem: Problem, offset: usize| {
            problem.span = problem.span.start + offset..problem.span.end + offset;
            problem
        };
        let compile = |code: &str, offset: usize| {
            expression::compile(code, schema, scope)
                .map_err(|problems| problems.into_iter().map(|problem| shift(problem, offset)).collect())
        };
        match template::read(self.arena, &written.text, compile) {
            Ok(template) => Some(template),
            Err(problems) => {
                self.problems(problems, written, 0);
                None
            }
        }
    }

    fn problems(&mut self, problems: Vec<Problem>, written: &FrontMatterText, offset: usize) {
        for problem in problems {
            let span = match written.starts {
                Some(start) => Span::new(start + offset + problem.span.start, start + offset + problem.span.end),
                None => written.span,
            };
            self.add(span, problem.message, problem.help);
        }
    }

    fn report(&mut self, span: Span, message: String, help: &str) {
        self.add(span, message, Some(help.to_owned()));
    }

    fn add(&mut self, span: Span, message: String, help: Option<String>) {
        let label = Label::new(self.source, span, "");
        let mut finding = Finding::new(INVALID, "format", Kind::Reference, Severity::Error, message, label);
        finding.help = help;
        self.findings.push(finding);
    }
}
