//! What can be done about a finding: its fixes, a waiver for a while, its page; and everything that is safe at once.

use std::sync::Arc;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Diagnostic, ExecuteCommandParams,
};
use serde_json::{Value, json};
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use super::diagnostics::of_report;
use super::documents::name_of;
use super::session::{Refusal, Session};
use crate::edit::{self, Waiver};
use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::fix::{self, Known};
use crate::lint::Lint;
use crate::manifest::{Manifest, Value as Written, places};
use crate::source::{Source, Span};
use crate::units::Date;
use crate::workspace;

/// The kind of the action that makes all safe fixes of a file.
pub const FIX_ALL: &str = "source.fixAll.mlsystem";

/// The command that opens the page of a lint.
pub const OPEN_PAGE: &str = "mlsystem.openPage";

/// For how long a waiver is offered, in days.
const DAYS: i32 = 30;

/// What has to be filled in. The linter itself says that it decides nothing.
const TO_BE_SAID: &str = "TODO";

/// Findings beyond this many have no fixes computed: a selection of the whole text may hold very many.
const MOST_FINDINGS: usize = 20;

/// Something that can be done.
struct Offer {
    title: String,
    preferred: bool,
    /// Whether it leaves the finding as it is.
    accepts: bool,
    edits: Vec<Edit>,
}

/// What can be done about the findings in a range, or about the text as a whole.
pub fn actions(session: &mut Session, params: CodeActionParams) -> Result<Vec<CodeActionOrCommand>, Refusal> {
    let name = name_of(&params.text_document.uri);
    let (wishes, client) = (session.settings.wishes(), session.client);
    let wanted = |kind: &str| {
        let begins = |only: &CodeActionKind| {
            kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        params.context.only.as_ref().is_none_or(|only| only.iter().any(begins))
    };
    let Some(project) = session.projects.of(&name, &session.documents, &wishes) else { return Ok(Vec::new()) };
    let Some(report) = project.report(&name, &wishes).cloned() else { return Ok(Vec::new()) };
    let project = &*project;
    let (Some(source), Some(rules)) = (project.source(&name), project.rules()) else { return Ok(Vec::new()) };
    let judge = |text: &Arc<Source>| {
        let alone = || rules.options(&wishes, |options| fix::Judged::alone(text, options));
        project.try_text(&name, text, &wishes).unwrap_or_else(alone)
    };
    let known =
        Known { source, manifest: project.manifest(&name), findings: &report.findings, lints: &rules.lints.lints };
    let diagnostics = of_report(&report, &session.documents, &client);
    let open = report.findings.iter().filter(|finding| finding.suppression.is_none());
    let range = client.encoding.span(source, params.range);
    // A client that says which of its diagnostics it means is taken at its word; it may have asked at the cursor, and mean
    // what it shows on that line.
    let named: Vec<&Value> = params.context.diagnostics.iter().filter_map(|one| one.data.as_ref()).collect();
    let meant = |(finding, diagnostic): &(&Finding, Diagnostic)| {
        let span = finding.primary.span;
        let touches = span.start <= range.end && range.start <= span.end;
        if named.is_empty() { touches } else { diagnostic.data.as_ref().is_some_and(|data| named.contains(&data)) }
    };
    let mut made: Vec<(Offer, Diagnostic)> = Vec::new();
    let mut commands = Vec::new();
    if wanted("quickfix") {
        for (finding, diagnostic) in open.clone().zip(diagnostics).filter(meant).take(MOST_FINDINGS) {
            let fixes = fix::of(finding, &known, &judge).into_iter().map(Offer::of);
            made.extend(fixes.map(|offer| (offer, diagnostic.clone())));
            made.extend(waive(finding, &known, wishes.today).map(|offer| (offer, diagnostic.clone())));
            let address = client.address.filter(|_| client.shows_pages);
            commands.extend(address.and_then(|address| address.page(&finding.name)).map(|page| {
                let title = format!("open the page of `{}`", finding.name);
                Command { title, command: OPEN_PAGE.to_owned(), arguments: Some(vec![json!(page)]) }
            }));
        }
    }
    let safe = |fix: &Fix| fix.applicability == Applicability::Safe;
    let mut all = None;
    if wanted(FIX_ALL) && open.clone().any(|finding| finding.fixes.iter().any(safe)) {
        let fixed = fix::all(source, Applicability::Safe, known.lints, &|_| true, &judge, &workspace::late());
        if !fixed.made.is_empty() {
            let title = match fixed.made.len() {
                1 => "make the one safe fix of this file".to_owned(),
                count => format!("make all {count} safe fixes of this file"),
            };
            all = Some(Offer {
                title,
                preferred: false,
                accepts: false,
                edits: differences(source, fixed.source.text()),
            });
        }
    }
    // What may be made without asking comes first, and what accepts a finding after what repairs it.
    made.sort_by_key(|(offer, _)| (!offer.preferred, offer.accepts));
    let action = |offer: Offer, kind: CodeActionKind, diagnostic: Option<Diagnostic>| {
        CodeActionOrCommand::CodeAction(CodeAction {
            title: offer.title,
            kind: Some(kind),
            diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
            edit: session.workspace_edit(&offer.edits),
            is_preferred: offer.preferred.then_some(true),
            ..CodeAction::default()
        })
    };
    let mut actions: Vec<CodeActionOrCommand> =
        made.into_iter().map(|(offer, diagnostic)| action(offer, CodeActionKind::QUICKFIX, Some(diagnostic))).collect();
    actions.extend(all.map(|offer| action(offer, CodeActionKind::new(FIX_ALL), None)));
    actions.extend(commands.into_iter().map(CodeActionOrCommand::Command));
    Ok(actions)
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
        Self { title: fix.title, preferred: fix.applicability == Applicability::Safe, accepts: false, edits: fix.edits }
    }
}

/// A waiver of the finding, where it may be waived: with a reason that is still to be said.
fn waive(finding: &Finding, known: &Known<'_>, today: Date) -> Option<Offer> {
    let lint: &Lint = known.lints.iter().find(|lint| *lint.name == *finding.name)?;
    let manifest = known.manifest.filter(|_| lint.waivable)?;
    let until = today.plus_days(DAYS)?.to_string();
    let at = places::written(&finding.pointer.0);
    let owner = owner(manifest).unwrap_or(TO_BE_SAID);
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
    let title = format!("waive `{}` for {DAYS} days: the reason is to be said", lint.name);
    Some(Offer { title, preferred: false, accepts: true, edits: differences(known.source, &text) })
}

/// The team that answers for the system.
fn owner(manifest: &Manifest) -> Option<&str> {
    let owner = manifest.section("owner").filter(|owner| owner.decided())?;
    let Written::Record(id, _) = owner.value else { return None };
    let record = manifest.schema.record(id);
    let (field, _) = record.field("team")?;
    let team = &owner.member(field).filter(|team| team.item.decided())?.item;
    Some(manifest.text(team)).filter(|team| !team.is_empty())
}

/// The edits that make `new` of a text: lines that stay are left alone.
fn differences(source: &Arc<Source>, new: &str) -> Vec<Edit> {
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (old_lines, new_lines) = (lines(source.text()), lines(new));
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
