//! What can be done about a finding: its fixes, a waiver for a while, its page; and everything that is safe at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_server::ErrorCode;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Diagnostic, ExecuteCommandParams, Uri,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use super::diagnostics::{is_told, of_report};
use super::dispatch;
use super::documents::name_of;
use super::edited_project::EditedProject;
use super::session::{Refusal, Session};
use crate::edit::{self, Waiver};
use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::fix::{self, Diagnosed};
use crate::lint::Lint;
use crate::manifest::{Manifest, lookup};
use crate::project::{self, CheckRequest, Ruleset};
use crate::report::{FileReport, fingerprint};
use crate::schema::field_path;
use crate::source::{Source, Span};
use crate::units::Date;

/// The kind of the action that makes all safe fixes of a file.
pub const FIX_ALL: &str = "source.fixAll.mlsystem";

/// The kind of the actions that outline what is missing: they write keys without values and take no finding away.
pub const OUTLINE: &str = "refactor.outline.mlsystem";

/// The command that opens the page of a lint.
pub const OPEN_PAGE: &str = "mlsystem.openPage";

/// For how long a waiver is offered, in days.
const DAYS: i32 = 30;

/// What has to be filled in. The linter itself says that it decides nothing.
const TO_BE_SAID: &str = "TODO";

/// Findings beyond this many have no fixes computed: a selection of the whole text may hold very many.
const MAX_FINDINGS: usize = 20;

/// Of clients that cannot resolve an action later, further findings have no fixes tried after this long.
const MAX_TRIAL_TIME: Duration = Duration::from_millis(500);

/// Something that can be done.
struct Offer {
    title: String,
    preferred: bool,
    what: What,
    /// The edits, where they are known at once.
    edits: Option<Vec<Edit>>,
}

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    /// The first fix of a finding that has this title and does what it says.
    Fix,
    /// Writes the keys of what a finding misses, without values.
    Outline,
    /// Accepts a finding.
    Waive,
    /// Makes all safe fixes.
    All,
}

/// What an action is known by until it is chosen.
#[derive(Debug, Serialize, Deserialize)]
struct Chosen {
    uri: Uri,
    version: i32,
    /// The finding, where it is about one.
    fingerprint: Option<String>,
    what: What,
}

/// What can be done about the findings in a range, or about the text as a whole.
pub fn actions(session: &mut Session, params: CodeActionParams) -> Result<Vec<CodeActionOrCommand>, Refusal> {
    let uri = params.text_document.uri;
    let name = name_of(&uri);
    let (request, client) = (session.settings.request(), session.client);
    let (withdrawn, id) = (session.withdrawn.clone(), session.answering.clone());
    let wanted = |kind: &str| {
        let begins = |only: &CodeActionKind| {
            kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        params.context.only.as_ref().is_none_or(|only| only.iter().any(begins))
    };
    let version = session.documents.get(&name).map_or(0, |document| document.version);
    let Some(project) = session.projects.of(&name, &session.documents, &request) else { return Ok(Vec::new()) };
    let Some(report) = project.report(&name).cloned() else { return Ok(Vec::new()) };
    let Some(subject) = Subject::of(project, &name, &report, &request) else { return Ok(Vec::new()) };
    let diagnostics = of_report(&report, &session.documents, &client);
    let open = report.findings.iter().filter(|finding| is_told(&report, finding));
    let range = client.encoding.span(subject.known.source, params.range);
    // A client that says which of its diagnostics it means is taken at its word; it may have asked at the cursor, and mean
    // what it shows on that line.
    let named: Vec<&Value> = params.context.diagnostics.iter().filter_map(|one| one.data.as_ref()).collect();
    let meant = |(finding, diagnostic): &(&Finding, Diagnostic)| {
        let span = finding.primary.span;
        let touches = span.start <= range.end && range.start <= span.end;
        if named.is_empty() { touches } else { diagnostic.data.as_ref().is_some_and(|data| named.contains(&data)) }
    };
    let mut made: Vec<(Offer, Option<Diagnostic>)> = Vec::new();
    let mut commands = Vec::new();
    let begun = Instant::now();
    if wanted("quickfix") {
        for (index, (finding, diagnostic)) in open.clone().zip(diagnostics).filter(meant).take(MAX_FINDINGS).enumerate()
        {
            let mut titles: Vec<String> = Vec::new();
            for fix in fix::untried(finding) {
                if id.as_ref().is_some_and(|id| withdrawn.holds(id)) {
                    return Err(Refusal::withdrawn());
                }
                let late = index > 0 && begun.elapsed() > MAX_TRIAL_TIME;
                if client.resolves && !titles.contains(&fix.title)
                    || !client.resolves && !late && subject.holds(finding, &fix)
                {
                    titles.push(fix.title.clone());
                    made.push((Offer::of(fix), Some(diagnostic.clone())));
                }
            }
            if let Some(lint) = subject.waivable(finding) {
                let edits = if client.resolves { None } else { subject.waive(finding, request.today) };
                let offer = Offer::waive(lint, edits);
                made.extend((client.resolves || offer.edits.is_some()).then(|| (offer, Some(diagnostic.clone()))));
            }
            let address = client.address.filter(|_| client.shows_pages);
            commands.extend(address.and_then(|address| address.page(&finding.name)).map(|page| {
                let title = format!("open the page of `{}`", finding.name);
                Command { title, command: OPEN_PAGE.to_owned(), arguments: Some(vec![json!(page)]) }
            }));
        }
    }
    if wanted(OUTLINE) {
        let mut titles: Vec<String> = Vec::new();
        for (finding, diagnostic) in open.clone().zip(of_report(&report, &session.documents, &client)).filter(meant) {
            let outline = fix::outline(finding, &subject.known);
            if let Some(outline) = outline.filter(|outline| !titles.contains(&outline.title)) {
                titles.push(outline.title.clone());
                let offer =
                    Offer { title: outline.title, preferred: false, what: What::Outline, edits: Some(outline.edits) };
                made.push((offer, Some(diagnostic)));
            }
            if titles.len() == MAX_FINDINGS {
                break;
            }
        }
    }
    let safe = |fix: &Fix| fix.applicability == Applicability::Safe;
    if wanted(FIX_ALL) && open.clone().any(|finding| finding.fixes.iter().any(safe)) {
        let edits = if client.resolves { None } else { subject.fix_all() };
        if client.resolves || edits.is_some() {
            let title = "make all safe fixes of this file".to_owned();
            made.push((Offer { title, preferred: false, what: What::All, edits }, None));
        }
    }
    // What may be made without asking comes first, what accepts a finding after what repairs it, and at last what is about
    // the whole text.
    made.sort_by_key(|(offer, _)| (offer.what == What::All, !offer.preferred, offer.what));
    let action = |(offer, diagnostic): (Offer, Option<Diagnostic>)| {
        let chosen = || {
            let data = diagnostic.as_ref().and_then(|diagnostic| diagnostic.data.as_ref());
            let fingerprint = data.and_then(|data| data["fingerprint"].as_str()).map(str::to_owned);
            serde_json::to_value(Chosen { uri: uri.clone(), version, fingerprint, what: offer.what }).ok()
        };
        let data = if client.resolves { chosen() } else { None };
        CodeActionOrCommand::CodeAction(CodeAction {
            title: offer.title,
            kind: Some(match offer.what {
                What::All => CodeActionKind::new(FIX_ALL),
                What::Outline => CodeActionKind::new(OUTLINE),
                What::Fix | What::Waive => CodeActionKind::QUICKFIX,
            }),
            edit: offer.edits.filter(|_| !client.resolves).and_then(|edits| session.workspace_edit(&edits)),
            is_preferred: offer.preferred.then_some(true),
            diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
            data,
            ..CodeAction::default()
        })
    };
    let mut actions: Vec<CodeActionOrCommand> = made.into_iter().map(action).collect();
    actions.extend(commands.into_iter().map(CodeActionOrCommand::Command));
    Ok(actions)
}

/// Works out the edits of an action that was chosen. A fix is tried before it is given.
pub fn resolve(session: &mut Session, mut action: CodeAction) -> Result<CodeAction, Refusal> {
    let Some(data) = action.data.clone() else { return Ok(action) };
    let chosen: Chosen = dispatch::read(data)?;
    let name = name_of(&chosen.uri);
    let request = session.settings.request();
    let changed = || Refusal { code: ErrorCode::ContentModified, why: "the text has changed".to_owned() };
    if session.documents.get(&name).is_none_or(|document| document.version != chosen.version) {
        return Err(changed());
    }
    let (withdrawn, id) = (session.withdrawn.clone(), session.answering.clone());
    let project = session.projects.of(&name, &session.documents, &request).ok_or_else(changed)?;
    let report = project.report(&name).cloned().ok_or_else(changed)?;
    let subject = Subject::of(project, &name, &report, &request).ok_or_else(changed)?;
    let finding = || {
        let fingerprints = fingerprint::of_file(&report.path, &report.findings);
        let at = fingerprints.iter().position(|one| Some(one) == chosen.fingerprint.as_ref());
        at.and_then(|at| report.findings.get(at)).ok_or_else(changed)
    };
    let edits = match chosen.what {
        What::All => subject.fix_all(),
        What::Waive => subject.waive(finding()?, request.today),
        What::Outline => fix::outline(finding()?, &subject.known).map(|outline| outline.edits),
        What::Fix => {
            let finding = finding()?;
            let fixes = fix::untried(finding).into_iter().filter(|fix| fix.title == action.title);
            first_that_holds(
                fixes,
                |fix| subject.holds(finding, fix),
                || id.as_ref().is_some_and(|id| withdrawn.holds(id)),
            )?
        }
    };
    let Some(edits) = edits else {
        return Err(Refusal::failed(format!("cannot {}: the finding would stay, or another would come", action.title)));
    };
    action.edit = session.workspace_edit(&edits);
    Ok(action)
}

/// The edits of the first fix that holds, unless the request is withdrawn before it is found.
fn first_that_holds(
    fixes: impl Iterator<Item = Fix>,
    holds: impl Fn(&Fix) -> bool,
    withdrawn: impl Fn() -> bool,
) -> Result<Option<Vec<Edit>>, Refusal> {
    for fix in fixes {
        if withdrawn() {
            return Err(Refusal::withdrawn());
        }
        if holds(&fix) {
            return Ok(Some(fix.edits));
        }
    }
    Ok(None)
}

/// A manifest that something can be done about.
struct Subject<'s> {
    project: &'s EditedProject,
    rules: &'s Ruleset,
    name: &'s str,
    known: Diagnosed<'s>,
    request: &'s CheckRequest,
}

impl<'s> Subject<'s> {
    fn of(
        project: &'s EditedProject,
        name: &'s str,
        report: &'s FileReport,
        request: &'s CheckRequest,
    ) -> Option<Self> {
        let (source, rules) = (project.source(name)?, project.rules()?);
        let manifest = project.manifest(name);
        let known = Diagnosed { source, manifest, findings: &report.findings, lints: rules.lints.lints() };
        Some(Self { project, rules, name, known, request })
    }

    fn judge(&self, text: &Arc<Source>) -> fix::Judged {
        let alone = || fix::Judged::alone(text, &self.rules.options(self.request).options());
        self.project.trial(self.name, text).unwrap_or_else(alone)
    }

    /// Whether a fix does what it says.
    fn holds(&self, finding: &Finding, fix: &Fix) -> bool {
        fix::holds(finding, fix, &self.known, &|text| self.judge(text))
    }

    /// All that can be fixed without deciding anything, where there is anything.
    fn fix_all(&self) -> Option<Vec<Edit>> {
        let source = self.known.source;
        let judge = |text: &Arc<Source>| self.judge(text);
        let fixed = fix::all(source, Applicability::Safe, self.known.lints, &|_| true, &judge, &project::late());
        (!fixed.made.is_empty()).then(|| differences(source, fixed.source.original()))
    }

    /// The lint of a finding that may be waived.
    fn waivable(&self, finding: &Finding) -> Option<&'s Lint<'s>> {
        let lint = self.known.lints.iter().find(|lint| *lint.name == *finding.name)?;
        (lint.waivable && self.known.manifest.is_some()).then_some(lint)
    }

    /// A waiver of the finding, with a reason that is still to be written.
    fn waive(&self, finding: &Finding, today: Date) -> Option<Vec<Edit>> {
        let (lint, manifest) = (self.waivable(finding)?, self.known.manifest?);
        let until = today.plus_days(DAYS)?.to_string();
        let at = lookup::written(&finding.pointer);
        let owner = owner(manifest).filter(|owner| !crate::secret::is_masked(owner)).unwrap_or(TO_BE_SAID);
        let waiver = Waiver {
            check: lint.name,
            at: at.as_deref(),
            reason: TO_BE_SAID,
            owner,
            approved_by: None,
            ticket: None,
            until: &until,
        };
        let text = edit::add_waiver(&manifest.tree, &waiver).ok()?;
        Some(differences(self.known.source, &text))
    }
}

/// Does what a command says.
pub fn execute(session: &mut Session, params: ExecuteCommandParams) -> Result<Option<Value>, Refusal> {
    if params.command != OPEN_PAGE {
        return Err(Refusal::params(format!("there is no command `{}`", params.command)));
    }
    let page = params.arguments.first().and_then(Value::as_str);
    let page = page.filter(|page| page.starts_with("https://") || page.starts_with("http://"));
    let Some(page) = page else { return Err(Refusal::params("not the address of a page")) };
    session.ask("window/showDocument", json!({ "uri": page, "external": true }), |_, _| {});
    Ok(None)
}

impl Offer {
    fn of(fix: Fix) -> Self {
        let preferred = fix.applicability == Applicability::Safe;
        Self { title: fix.title, preferred, what: What::Fix, edits: Some(fix.edits) }
    }

    fn waive(lint: &Lint, edits: Option<Vec<Edit>>) -> Self {
        let title = format!("waive `{}` for {DAYS} days: the reason is to be said", lint.name);
        Self { title, preferred: false, what: What::Waive, edits }
    }
}

/// The team that answers for the system.
fn owner(manifest: &Manifest) -> Option<&str> {
    let owner = manifest.section(field_path!(manifest: "owner")).filter(|owner| owner.decided())?;
    manifest.field_text(owner, field_path!(manifest: "owner.team")).filter(|team| !team.is_empty())
}

/// The edits that make `new` of a text: lines that stay are left alone.
fn differences(source: &Arc<Source>, new: &str) -> Vec<Edit> {
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (old_lines, new_lines) = (lines(source.original()), lines(new));
    let before = |at: usize| old_lines[..at].iter().map(String::len).sum::<usize>();
    let edit = |op: DiffOp| {
        let (old, new) = (op.old_range(), op.new_range());
        let span = Span::new(before(old.start), before(old.end));
        Edit { source: Arc::clone(source), span, text: new_lines[new].concat() }
    };
    let ops = capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines);
    ops.into_iter().filter(|op| op.tag() != DiffTag::Equal).map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_make_the_new_text() {
        for (old, new) in [
            ("a: 1\nb: é\n", "a: 1\nc: 3\nb: é\n"),
            ("", "x"),
            ("é", "è"),
            ("aa", "aaa"),
            ("aaa", "a"),
            ("a\nb\nc", "a\nx\nb\ny\n"),
        ] {
            let source = Source::new("m", old);
            let mut text = old.to_owned();
            for edit in differences(&source, new).into_iter().rev() {
                text.replace_range(edit.span.range(), &edit.text);
            }
            assert_eq!(text, new);
        }
    }
}
