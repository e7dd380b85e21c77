//! Waivers: entries of the manifest that accept a finding until a date, with a reason and an owner.
//!
//! A waived finding stays a finding. A waiver that is thin, expired or matches nothing is a finding of its own.

use std::collections::HashMap;

use super::{Options, lint_names};
use crate::edit;
use crate::finding::{Applicability, Finding, Fix, Kind, Label, LintName, Pointer, Severity, Suppression};
use crate::lint::{Lint, Registry};
use crate::manifest::{Item, Manifest, Value, expected};
use crate::schema::{FieldPath, field_path};
use crate::source::Span;
use crate::units::{self, Date, Scalar, field_steps};

/// Findings about waivers beyond this many say nothing new.
const MAX_FINDINGS: usize = 100;

const WAIVERS: FieldPath = field_path!(manifest: "waivers");
const CHECK: FieldPath = field_path!(manifest: "waivers[].check");
const REASON: FieldPath = field_path!(manifest: "waivers[].reason");
const OWNER: FieldPath = field_path!(manifest: "waivers[].owner");
const UNTIL: FieldPath = field_path!(manifest: "waivers[].until");

/// One waiver as written.
struct Waiver<'m> {
    item: &'m Item,
    check: &'m Item,
    /// The name as it is written.
    check_name: &'m str,
    /// The lint with this name, current or former.
    lint: Option<&'m Lint<'m>>,
    at: Option<(&'m Item, Pointer)>,
    reason: Option<&'m str>,
    owner: Option<&'m str>,
    until: Option<(Date, &'m Item)>,
    until_illegible: bool,
    pointer: Pointer,
}

/// Marks what is waived, and reports the waivers that are thin, expired or match nothing. Gives whether there are any.
pub fn apply<'m>(
    manifest: &'m Manifest,
    options: &'m Options<'_>,
    unjudged: &[&str],
    findings: &mut Vec<Finding>,
) -> bool {
    let mut raised = Vec::new();
    let waivers = read(manifest, options);
    let any = !waivers.is_empty();
    // For each finding the number of the waiver that accepts it: of several, the last one.
    let mut accepted: HashMap<usize, usize> = HashMap::new();
    let mut effective = Vec::new();
    for (number, waiver) in waivers.iter().enumerate() {
        if raised.len() >= MAX_FINDINGS {
            let last: Option<&mut Finding> = raised.last_mut();
            last.into_iter().for_each(|last| last.notes.push("the waivers after this one are not read".to_owned()));
            break;
        }
        raised.extend(waiver.outdated(manifest, options));
        if let Some(finding) = waiver.thin(manifest) {
            raised.push(finding);
            continue;
        }
        if waiver.until.is_none() {
            continue;
        }
        let expired = waiver.until.as_ref().filter(|(until, _)| *until <= options.today);
        if waiver.lint.is_some_and(|lint| !lint.waivable) {
            let message = format!("`{}` cannot be waived", waiver.name());
            raised.push(waiver.useless(
                manifest,
                message,
                "accepts nothing",
                "correct what it reports, and delete the waiver",
            ));
            continue;
        }
        let matching = findings.iter().enumerate().filter(|(_, finding)| waiver.matches(finding));
        let matching: Vec<usize> = matching.map(|(index, _)| index).collect();
        if matching.is_empty() {
            // A lint that could not judge says nothing about its waiver, nor does one of whose findings some are not shown.
            if !unjudged.contains(&waiver.name().as_str()) && !is_cut(findings, waiver.name()) {
                raised.extend(waiver.matches_nothing(manifest, options));
            }
        } else if expired.is_none() {
            for index in &matching {
                findings[*index].suppression = waiver.suppression();
                accepted.insert(*index, number);
            }
            effective.push((number, matching));
        }
        if let Some((until, item)) = expired {
            raised.push(waiver.expired(manifest, *until, item));
        }
    }
    for (number, matching) in effective {
        let holding = |index: &usize| accepted.get(index).copied();
        if matching.iter().all(|index| holding(index) != Some(number)) {
            let by = matching.first().and_then(holding).and_then(|by| waivers.get(by));
            raised.extend(by.map(|by| waivers[number].overruled(manifest, by)));
        }
    }
    raised.truncate(MAX_FINDINGS);
    findings.extend(raised);
    any
}

/// Whether findings of this name were left out because there are too many.
fn is_cut(findings: &[Finding], name: LintName<'_>) -> bool {
    findings.iter().any(|finding| finding.name == name && finding.truncated.is_some())
}

fn read<'m>(manifest: &'m Manifest, options: &'m Options<'_>) -> Vec<Waiver<'m>> {
    let items = manifest.items(WAIVERS).iter();
    items.enumerate().filter_map(|(index, item)| waiver(manifest, options, item, index)).collect()
}

fn waiver<'m>(manifest: &'m Manifest, options: &'m Options<'_>, item: &'m Item, index: usize) -> Option<Waiver<'m>> {
    let field = |path: FieldPath| manifest.field(item, path);
    let text = |path: FieldPath| manifest.field_text(item, path).filter(|text| !text.is_empty());
    let check = field(CHECK).filter(|check| check.decided())?;
    let until = field(UNTIL).and_then(|item| match item.value {
        Value::Scalar(Scalar::Date(date)) => Some((date, item)),
        _ => None,
    });
    let at = field(field_path!(manifest: "waivers[].at")).filter(|at| at.decided()).map(|at| {
        let steps = field_steps(manifest.text(at)).unwrap_or_default();
        (at, steps.iter().fold(Pointer::default(), |pointer, step| pointer.child(&step.text)))
    });
    let check_name = manifest.text(check);
    let lint = Registry::of(options.lints).lint(check_name);
    // By the name of today, so that writing it makes no other finding.
    let name = lint.map_or(check_name, |lint| lint.name);
    let pointer = Pointer::default().child(WAIVERS.key());
    let pointer = if name.is_empty() { pointer.index(index) } else { pointer.child(name) };
    Some(Waiver {
        item,
        check,
        check_name,
        lint,
        at,
        reason: text(REASON),
        owner: text(OWNER),
        until,
        until_illegible: field(UNTIL).is_some_and(|item| matches!(item.value, Value::Unreadable)),
        pointer,
    })
}

impl Waiver<'_> {
    /// The name that findings have.
    fn name(&self) -> LintName<'_> {
        LintName::new(self.lint.map_or(self.check_name, |lint| lint.name))
    }

    /// What is said of a name that is not to be written any more.
    fn outdated(&self, manifest: &Manifest, options: &Options<'_>) -> Option<Finding> {
        let remark = Registry::of(options.lints).remark(self.check_name).filter(|_| self.lint.is_some())?;
        Some(lint_names::finding(remark, &manifest.tree, self.span(manifest), self.pointer.child(CHECK.key())))
    }

    fn matches(&self, finding: &Finding) -> bool {
        finding.name == self.name() && self.at.as_ref().is_none_or(|(_, at)| finding.pointer.is_within(at))
    }

    fn suppression(&self) -> Option<Suppression> {
        let (until, _) = self.until.as_ref()?;
        Some(Suppression {
            kind: Suppression::WAIVER,
            reason: self.reason?.to_owned(),
            owner: self.owner?.to_owned(),
            until: until.to_string(),
        })
    }

    /// A waiver without reason, owner or date accepts nothing. A date that is written and cannot be read was reported as
    /// such already.
    fn thin(&self, manifest: &Manifest) -> Option<Finding> {
        let parts = [
            (REASON, self.reason.is_some()),
            (OWNER, self.owner.is_some()),
            (UNTIL, self.until.is_some() || self.until_illegible),
        ];
        let missing: Vec<String> =
            parts.iter().filter(|(_, there)| !there).map(|(field, _)| field.key().to_owned()).collect();
        if missing.is_empty() {
            return None;
        }
        let message = format!("this waiver has no {}", missing.join(" and no "));
        let label = Label::new(manifest.source(), self.span(manifest), "accepts nothing as it stands");
        let finding =
            Finding::new("waiver-without-reason", "waivers", Kind::MissingPiece, Severity::Error, message, label);
        let list = expected::alternatives(&missing, "and");
        Some(
            finding
                .at(self.pointer.clone())
                .with_help(format!("add {list}: why the risk is taken, who carries it, until when")),
        )
    }

    fn expired(&self, manifest: &Manifest, until: Date, item: &Item) -> Finding {
        let message = format!("the waiver of `{}` has expired", self.name());
        let text = format!("no longer holds since {until}");
        let label = Label::new(manifest.source(), manifest.tree.span(item.node), text);
        Finding::new("waiver-expired", "waivers", Kind::Quantity, Severity::Error, message, label)
            .at(self.pointer.child(UNTIL.key()))
            .with_help("mend what it excuses, or have the risk accepted again with a new date")
            .with_fix(self.removal(manifest))
    }

    fn matches_nothing(&self, manifest: &Manifest, options: &Options<'_>) -> Option<Finding> {
        let Some(lint) = self.lint else {
            let registry = Registry::of(options.lints);
            let message = format!("no lint is called `{}`", self.check_name);
            let help = match registry.nearest_lint(self.check_name) {
                Some(near) => format!("write `{near}`"),
                None => "`mlsystem lints` lists the names".to_owned(),
            };
            let mut finding = self.useless(manifest, message, "matches nothing", &help);
            finding.fixes.splice(0..0, self.respelt(manifest, registry));
            return Some(finding);
        };
        // A lint that did not run says nothing about its waiver, and of one that was removed enough is said.
        if lint.is_removed() || !options.selection.admits(lint) || options.levels.off(lint) {
            return None;
        }
        let place = self.at.as_ref().map(|(at, _)| format!(" at `{}`", manifest.text(at))).unwrap_or_default();
        let message = format!("`{}` reports nothing{place}", self.name());
        Some(self.useless(
            manifest,
            message,
            "this waiver excuses nothing",
            "delete the waiver before it hides something else",
        ))
    }

    /// What is said of a waiver where a later one accepts all that it would.
    fn overruled(&self, manifest: &Manifest, by: &Self) -> Finding {
        let message = format!("`{}` is waived again further down", self.name());
        let help = "keep one of the two: the last one counts";
        let holds = Label::new(manifest.source(), by.span(manifest), "this one holds");
        let mut finding = self.useless(manifest, message, "this waiver has no effect", help);
        finding.labels.push(holds);
        finding
    }

    fn useless(&self, manifest: &Manifest, message: String, text: &str, help: &str) -> Finding {
        let label = Label::new(manifest.source(), self.span(manifest), text);
        Finding::new("waiver-matches-nothing", "waivers", Kind::Reference, Severity::Warning, message, label)
            .at(self.pointer.clone())
            .with_help(help)
            .with_fix(self.removal(manifest))
    }

    /// Takes the waiver out. It may be what somebody meant to renew, so that nobody does it unasked.
    fn removal(&self, manifest: &Manifest) -> Option<Fix> {
        let span = edit::waiver_span(&manifest.tree, self.item.node)?;
        let comments = manifest.source().slice(span).contains('#');
        let title = if comments { "delete the waiver and its comments" } else { "delete the waiver" };
        Some(Fix::write(title, Applicability::Unsafe, manifest.source(), span, ""))
    }

    /// The names of lints that may have been meant.
    fn respelt(&self, manifest: &Manifest, registry: Registry<'_, '_>) -> Vec<Fix> {
        let (near, certain) = units::meant(self.check_name, registry.current());
        let old = manifest.source().slice(self.span(manifest));
        let fix = |(index, name): (usize, &&str)| {
            let text = edit::in_place_of(old, name)?;
            let applicability = Applicability::when(certain && index == 0);
            Some(Fix::write(format!("write `{name}`"), applicability, manifest.source(), self.span(manifest), text))
        };
        near.iter().take(3).enumerate().filter_map(fix).collect()
    }

    fn span(&self, manifest: &Manifest) -> Span {
        manifest.tree.span(self.check.node)
    }
}
