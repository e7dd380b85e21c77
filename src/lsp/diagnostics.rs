//! Findings as the protocol has them.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString,
};

use super::client::Client;
use super::documents::Documents;
use crate::finding::{Finding, Label, Severity, raised};
use crate::report::{FileReport, because, fingerprint};
use crate::workspace;

/// The name under which everything is reported.
pub const SOURCE: &str = "mlsystem";

/// The findings of a file that nothing accepts, in their order.
pub fn of_report(report: &FileReport, documents: &Documents, client: &Client) -> Vec<Diagnostic> {
    let fingerprints = fingerprint::of_file(&report.path, &report.findings);
    let told = report.findings.iter().zip(fingerprints).filter(|(finding, _)| is_told(report, finding));
    told.map(|(finding, fingerprint)| of_finding(finding, &fingerprint, documents, client)).collect()
}

/// Whether the client hears of a finding of a file.
pub fn is_told(report: &FileReport, finding: &Finding) -> bool {
    finding.suppression.is_none() && report.shows(finding)
}

/// One finding.
pub fn of_finding(finding: &Finding, fingerprint: &str, documents: &Documents, client: &Client) -> Diagnostic {
    let address = client.address.filter(|_| client.links);
    let page = address.and_then(|address| address.page(&finding.name)?.parse().ok());
    // A waiver that excuses nothing is there for nothing.
    let idle = finding.name == raised::WAIVER_MATCHES_NOTHING;
    let old = finding.name == raised::RENAMED_LINT || finding.name == raised::DEPRECATED_LINT;
    Diagnostic {
        range: client.encoding.range(&finding.primary.source, finding.primary.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Advice => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.name.to_string())),
        code_description: page.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: message(finding, client),
        related_information: client.related.then(|| related(finding, documents, client)).filter(|all| !all.is_empty()),
        tags: idle
            .then_some(DiagnosticTag::UNNECESSARY)
            .or(old.then_some(DiagnosticTag::DEPRECATED))
            .map(|tag| vec![tag]),
        data: Some(serde_json::json!({ "fingerprint": fingerprint })),
    }
}

/// What is wrong on the first line; below it what belongs to no single place, and what to write.
fn message(finding: &Finding, client: &Client) -> String {
    let mut lines = vec![finding.message.clone()];
    if !client.related {
        lines.extend(std::iter::once(&finding.primary.text).filter(|text| !text.is_empty()).cloned());
        let told = finding.labels.iter().filter(|label| !label.text.is_empty());
        lines.extend(told.map(|label| {
            let line = client.encoding.position(&label.source, label.span.start).line + 1;
            format!("line {line}: {}", label.text)
        }));
    }
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(because(finding).map(|text| format!("note: {text}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// The facts of all places, that of the primary one first.
fn related(finding: &Finding, documents: &Documents, client: &Client) -> Vec<DiagnosticRelatedInformation> {
    let own = std::iter::once(&finding.primary).filter(|label| !label.text.is_empty());
    let related = |label: &Label| {
        let location = location(label, documents, client)?;
        let message = if label.text.is_empty() { finding.message.clone() } else { label.text.clone() };
        Some(DiagnosticRelatedInformation { location, message })
    };
    own.chain(&finding.labels).filter_map(related).collect()
}

/// Where a label stands.
pub fn location(label: &Label, documents: &Documents, client: &Client) -> Option<Location> {
    let uri = documents.uri(&file_name(label.source.name()))?;
    Some(Location { uri, range: client.encoding.range(&label.source, label.span) })
}

/// The name among the documents of a text that may have been read from the disk.
pub fn file_name(name: &str) -> String {
    // What has no path is called by its address, which has a scheme.
    let scheme = name.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    });
    if scheme { name.to_owned() } else { workspace::shown(&workspace::absolute(std::path::Path::new(name))) }
}
