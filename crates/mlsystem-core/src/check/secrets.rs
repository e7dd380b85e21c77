//! Keys and passwords that stand in a manifest. What is found is named and never shown: the text of the file is masked
//! before anybody draws it.

use std::sync::Arc;

use super::Pointer;
use crate::finding::{Edit, Finding, Kind, Label, Severity};
use crate::source::{Source, Span};
use crate::tree::Tree;

/// Beginnings of keys that their issuers document, the least length of the whole, and the words for it.
const PREFIXES: [(&str, usize, &str); 17] = [
    ("AKIA", 20, "an access key"),
    ("ASIA", 20, "an access key"),
    ("AIza", 39, "an API key"),
    ("ghp_", 36, "an access token"),
    ("gho_", 36, "an access token"),
    ("ghs_", 36, "an access token"),
    ("github_pat_", 40, "an access token"),
    ("glpat-", 20, "an access token"),
    ("hf_", 30, "an access token"),
    ("npm_", 36, "an access token"),
    ("pypi-", 40, "an access token"),
    ("xoxb-", 24, "an access token"),
    ("xoxp-", 24, "an access token"),
    ("sk-", 24, "an API key"),
    ("sk_live_", 24, "an API key"),
    ("rk_live_", 24, "an API key"),
    ("dapi", 36, "an access token"),
];

/// What stands between the words of a text.
const SEPARATORS: [char; 9] = [' ', '\n', '\r', '\t', ',', '"', '\'', '=', ';'];

/// The secrets of one text.
#[derive(Debug)]
pub struct Secrets {
    /// Each as a finding.
    pub findings: Vec<Finding>,
    source: Arc<Source>,
    /// The text as it may be shown.
    masked: Arc<Source>,
}

/// The secrets in a tree, if there are any.
pub fn find(tree: &Tree) -> Option<Secrets> {
    let source = tree.source();
    let mut found = Vec::new();
    for (span, text) in tree.scalars() {
        if let Some(what) = secret(text) {
            found.push((span, what));
        }
    }
    if found.is_empty() {
        return None;
    }
    let masked = masked(source, &found);
    let finding = |(span, what): (Span, &str)| {
        let label = Label::new(source, span, "masked here, but not in the file");
        let message = format!("{what} stands in the manifest");
        let way = tree.way_to(span.start);
        let pointer = way.iter().fold(Pointer::default(), |pointer, step| pointer.child(step));
        Finding::new("secret-in-manifest", "security", Kind::MissingPiece, Severity::Error, message, label)
            .at(pointer)
            .with_help("revoke it, and name the place of the secret instead, never its value")
    };
    let findings = found.into_iter().map(finding).collect();
    Some(Secrets { findings, source: Arc::clone(source), masked })
}

/// The secrets in a text that is no tree: nothing is found there, and no excerpt of it shows them.
pub fn hide(source: &Arc<Source>) -> Option<Secrets> {
    let text = source.text();
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(begin) = text[rest..].find("-----BEGIN ").map(|at| rest + at) {
        let end = text[begin..].find("-----END ").map_or(text.len(), |length| begin + length);
        found.extend(secret(&text[begin..end]).map(|what| (Span::new(begin, end), what)));
        rest = end;
    }
    for word in text.split(SEPARATORS) {
        let begin = word.as_ptr().addr() - text.as_ptr().addr();
        found.extend(word_secret(word).map(|what| (Span::new(begin, begin + word.len()), what)));
    }
    (!found.is_empty()).then(|| Secrets {
        findings: Vec::new(),
        source: Arc::clone(source),
        masked: masked(source, &found),
    })
}

impl Secrets {
    /// The text as it may be shown.
    pub fn masked(&self) -> Arc<Source> {
        Arc::clone(&self.masked)
    }

    /// Moves the labels on the text to the text that may be shown, and drops the fixes that would write a secret again.
    pub fn mask(&self, findings: &mut [Finding]) {
        for finding in findings {
            let shows = |edit: &Edit| secret(&edit.text).is_some();
            finding.fixes.retain(|fix| !fix.edits.iter().any(shows));
            for label in std::iter::once(&mut finding.primary).chain(&mut finding.labels) {
                if Arc::ptr_eq(&label.source, &self.source) {
                    label.source = Arc::clone(&self.masked);
                }
            }
        }
    }
}

/// The same text with stars in place of the secrets, byte for byte.
fn masked(source: &Arc<Source>, found: &[(Span, &'static str)]) -> Arc<Source> {
    let mut text = source.text().to_owned();
    for (span, _) in found {
        let stars: String = source.slice(*span).bytes().map(|byte| if byte == b'\n' { '\n' } else { '*' }).collect();
        text.replace_range(span.range(), &stars);
    }
    Source::new(source.name(), text)
}

/// Whether a text holds a key or a password, so that it is not to be written anywhere.
pub fn is_secret(text: &str) -> bool {
    secret(text).is_some()
}

/// What sort of secret a text holds.
fn secret(text: &str) -> Option<&'static str> {
    if text.len() < 12 {
        return None;
    }
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    text.split(SEPARATORS).find_map(word_secret)
}

fn word_secret(word: &str) -> Option<&'static str> {
    if word.len() < 12 {
        return None;
    }
    let letters = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let known =
        PREFIXES.iter().find(|(prefix, least, _)| word.starts_with(prefix) && word.len() >= *least && letters(word));
    if let Some((.., what)) = known {
        return Some(what);
    }
    let mut parts = word.split('.');
    if let (Some(head), Some(body), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        && head.starts_with("eyJ")
        && body.starts_with("eyJ")
    {
        return Some("a signed token");
    }
    let (_, rest) = word.split_once("://")?;
    let (login, _) = rest.split_once('@')?;
    let (user, password) = login.split_once(':')?;
    let variable = password.starts_with(['$', '{', '<']) || password.bytes().all(|byte| byte == b'*');
    (!user.contains('/') && !password.contains('/') && !password.is_empty() && !variable)
        .then_some("a password in an address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_known_shape_are_secrets() {
        assert_eq!(secret("AKIAIOSFODNN7EXAMPLE"), Some("an access key"));
        assert_eq!(secret("token AKIAIOSFODNN7EXAMPLE, see below"), Some("an access key"));
        assert_eq!(secret("postgres://ranker:hunter2@db.internal/features"), Some("a password in an address"));
        assert_eq!(secret("-----BEGIN RSA PRIVATE KEY-----\nMIIE"), Some("a private key"));
        assert_eq!(secret("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"), Some("a signed token"));
    }

    #[test]
    fn what_only_looks_long_is_none() {
        for text in [
            "sha256:41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d41ce9f0d",
            "https://example.com/a:b@c",
            "postgres://ranker:${PASSWORD}@db/features",
            "sk-learn pipelines are versioned with the code",
            "discovery-ml@example.com",
            "hf_transfer",
        ] {
            assert_eq!(secret(text), None, "{text}");
        }
    }
}
