//! Slips whose place the parser does not point at: a `#` that ends brackets, an alias that takes the colon after it, a key
//! that is too long, a directive.

use super::events::FaultKind;
use super::line_scan::{key_start, line_end, line_start, next_line, quoted, quotes, rest};
use super::parse::brief;
use super::repair;
use super::syntax_errors::SyntaxFault;
use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::source::Span;

/// The most characters of a key that stands on one line with its colon.
const MAX_KEY_CHARS: usize = 1_024;

impl SyntaxFault<'_> {
    /// `{a: x #1, b: y}`: to YAML the rest of the line is a comment, and the bracket stays open.
    pub(super) fn comment_in_brackets(&self, kind: &FaultKind) -> Option<Finding> {
        let of_brackets = matches!(
            kind,
            FaultKind::UnclosedBracket
                | FaultKind::MismatchedBracket
                | FaultKind::Indentation
                | FaultKind::NoSeparator
                | FaultKind::StrayColon
                | FaultKind::NoContent
        );
        let open = self.open_bracket().filter(|_| of_brackets)?;
        let mut line = open;
        let hash = loop {
            if let Some(hash) = self.comment_with_bracket(open, line) {
                break hash;
            }
            line = next_line(self.text, line);
            if line >= self.text.len() || line > self.at {
                return None;
            }
        };
        let from = self.text[open..hash].rfind([',', '{', '[']).map_or(hash, |mark| open + mark + 1);
        let from = self.text[from..hash].find(": ").map_or(from, |colon| from + colon + 2);
        let from = hash - self.text[from..hash].trim_start().len();
        let to = self.text[hash..].find([',', '}', ']', '\n', '\r']).map_or(self.text.len(), |end| hash + end);
        let value = self.text[from..to].trim_end();
        let span = Span::new(from, from + value.len());
        let fix = Fix::write("quote the text", Applicability::Unsafe, self.source, span, quoted(value));
        let help = format!("quote the text: `{}`", quoted(&brief(value)));
        let label = "the rest of the line is a comment";
        let finding = self.say(self.one(hash), "an unquoted `#` begins a comment", label, help);
        let opened = self.label(self.one(open), "so that this bracket is not closed");
        Some(finding.with_label(opened).with_fix(Some(fix)))
    }

    /// The innermost bracket that is open at the fault.
    fn open_bracket(&self) -> Option<usize> {
        let ahead = self.around.last.end as usize..self.at;
        let in_ahead = self.text.get(ahead.clone()).and_then(|text| text.rfind(['{', '['])).map(|at| ahead.start + at);
        let open = self.around.open.last().filter(|open| open.flow).map(|open| open.start);
        in_ahead.or(open).or_else(|| matches!(self.char(self.at), Some('{' | '[')).then_some(self.at))
    }

    /// The `#` on the line of `at` that begins a comment which closes more brackets than it opens.
    fn comment_with_bracket(&self, open: usize, at: usize) -> Option<usize> {
        let end = line_end(self.text, at);
        let line = &self.text[at..end];
        let mut hashes = line.match_indices('#').map(|(hash, _)| at + hash);
        let hash = hashes
            .find(|hash| self.text[..*hash].ends_with([' ', '\t']) && quotes(self.text, open, *hash).1.is_none())?;
        let comment = &self.text[hash..end];
        let count = |brackets: [char; 2]| comment.matches(brackets).count();
        (count(['}', ']']) > count(['{', '['])).then_some(hash)
    }

    /// A key that YAML does not take for one, because its colon is too far away.
    pub(super) fn long_key(&self, kind: &FaultKind) -> Option<Finding> {
        if self.in_brackets() {
            return self.long_key_in_brackets(kind);
        }
        if !matches!(kind, FaultKind::NoColon | FaultKind::StrayColon | FaultKind::NoKey) {
            return None;
        }
        let start = key_start(self.text, self.at);
        let line = &self.text[start..line_end(self.text, start)];
        let key = line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len))?;
        line[..key].chars().nth(MAX_KEY_CHARS)?;
        let colon = start + key;
        let edit = |at: usize, text: String| Edit { source: self.source.clone(), span: Span::at(at), text };
        let column = " ".repeat(start - line_start(self.text, start));
        let edits = vec![edit(start, "? ".to_owned()), edit(colon, format!("\n{column}"))];
        let title = "mark the key with `? `".to_owned();
        let fix = Fix { title, applicability: Applicability::Safe, edits };
        let shown = line.char_indices().nth(100).map_or(line.len(), |(end, _)| end);
        let span = Span::new(start, start + shown);
        let help = "write `? ` before the key, and `: ` with its value on the next line".to_owned();
        Some(self.say(span, "a key has more than 1,024 characters", "", help).with_fix(Some(fix)))
    }

    fn long_key_in_brackets(&self, kind: &FaultKind) -> Option<Finding> {
        let key = self.around.last;
        let written = self.source.slice(key);
        let of_key = matches!(kind, FaultKind::StrayColon | FaultKind::NoSeparator);
        if !of_key || !self.text[self.at..].starts_with(':') || written.chars().nth(MAX_KEY_CHARS).is_none() {
            return None;
        }
        let shown = written.char_indices().nth(100).map_or(written.len(), |(end, _)| end);
        let help = "shorten it, or write `? ` before it".to_owned();
        Some(self.say(key.part(0..shown), "a key has more than 1,024 characters", "", help))
    }

    /// `*n: low prices`: the colon belongs to the name of the alias.
    pub(super) fn alias_as_key(&self) -> Option<Finding> {
        let mut start = key_start(self.text, self.at);
        if !self.text[start..].starts_with('*') {
            // The fault may be seen on the line after it.
            start = key_start(self.text, self.around.last.start as usize);
        }
        let line = &self.text[start..line_end(self.text, start)];
        let word = line.strip_prefix('*')?.split([' ', '\t']).next()?;
        let name = word.strip_suffix(':').filter(|name| !name.is_empty())?;
        let (colon, value) = (start + 1 + name.len(), line[1 + word.len()..].trim());
        let known = self.text.contains(&format!("&{name} ")) || self.text.contains(&format!("&{name}\n"));
        let finding = |message: &str, help: String| self.say(Span::new(start, colon + 1), message, "", help);
        Some(if known {
            let help = format!("write a space before the colon: `*{name} : {}`", brief(value));
            let fix = repair::insert(self.source, colon, " ", Applicability::Safe);
            finding("the colon belongs to the name of the alias", help).with_fix(Some(fix))
        } else {
            let help = format!("quote the key: `\"*{name}\": {}`", brief(value));
            let span = Span::new(start, colon);
            let fix = Fix::write("quote the key", Applicability::Safe, self.source, span, quoted(&line[..=name.len()]));
            finding("an unquoted `*` begins an alias", help).with_fix(Some(fix))
        })
    }

    /// Whether the line at `at` is a directive that YAML has.
    pub(super) fn is_known_directive(&self, at: usize) -> bool {
        let line = &self.text[at..line_end(self.text, at)];
        ["%YAML", "%TAG"]
            .iter()
            .any(|name| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '\t']) || rest.is_empty()))
    }

    /// A directive that cannot be read: of another version, a second one, or one without the text it should have.
    pub(super) fn known_directive(&self, at: usize) -> Finding {
        let line = rest(self.text, at, false);
        let span = Span::new(line.start, line.end);
        let written = &self.text[line.clone()];
        let whole = Span::new(line.start, next_line(self.text, at));
        let fix = Fix::write("take the line out", Applicability::Safe, self.source, whole, "");
        let message = match self.text[..at].contains("%YAML") && written.starts_with("%YAML") {
            true => "a second `%YAML` line".to_owned(),
            false => format!("the directive `{}` cannot be read", brief(written)),
        };
        let help = "take the line out: a file is read as YAML 1.2 without it".to_owned();
        self.say(span, message, "", help).with_fix(Some(fix))
    }
}
