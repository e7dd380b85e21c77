//! Words for text that is no YAML: what people meant, and what to write instead.

use std::sync::Arc;

use crate::finding::{Applicability, Finding, Fix, Kind, Label};
use crate::source::{Source, Span};

use super::events::{Fault, FaultKind};
use super::line_scan::{
    column, first, indent, is_entry, key_start, line_before, line_end, missing_space, next_line, quoted, quotes, rest,
    tab_in_indentation, value_start, wrong_bracket,
};
use super::lookalike_marks::disguise;
use super::parse::{brief, error};
use super::repair;

/// What was read before the fault.
pub(super) struct Context {
    /// The collections that are open, outermost first.
    pub(super) open: Vec<Open>,
    /// The last thing that was read whole.
    pub(super) last: Span,
}

/// A collection whose end was not read.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) start: usize,
    pub(super) flow: bool,
    pub(super) mapping: bool,
}

/// The finding for a fault.
pub(super) fn describe(source: &Arc<Source>, fault: &Fault, around: &Context) -> Finding {
    if let Some(disguise) = disguise(source, (around.last.start as usize).min(fault.at)..fault.at) {
        return error("invalid-yaml", Kind::Reference, source, disguise.span, disguise.message, "")
            .with_help(disguise.help)
            .with_fix(Some(disguise.fix));
    }
    let place = SyntaxFault { source, text: source.text(), at: fault.at, around };
    place
        .comment_in_brackets(&fault.kind)
        .or_else(|| place.long_key(&fault.kind))
        .or_else(|| place.alias_as_key())
        .or_else(|| place.begins_with_indicator(&fault.kind))
        .unwrap_or_else(|| place.finding(&fault.kind))
}

/// A fix that somebody has to look at.
fn asked(fix: Fix) -> Fix {
    Fix { applicability: Applicability::Unsafe, ..fix }
}

/// A fault and what stands around it.
pub(super) struct SyntaxFault<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) around: &'a Context,
}

impl SyntaxFault<'_> {
    fn finding(&self, kind: &FaultKind) -> Finding {
        match kind {
            FaultKind::Character(character) => self.character(*character),
            FaultKind::Tab => self.tab(),
            FaultKind::NoName => self.indicator(self.at, "an alias or an anchor"),
            FaultKind::BlockHeader => self.block_header(),
            FaultKind::BlockScalarIndent => {
                let help = "take the blanks out of the empty lines before it".into();
                self.say(self.here(), "an empty line is indented deeper than the text", "the text begins here", help)
            }
            FaultKind::Indentation if quotes(self.text, self.around.last.end as usize, self.at).1.is_some() => {
                self.inside_quotes(&FaultKind::QuotedIndentation)
            }
            FaultKind::Indentation => self.inside_brackets(),
            FaultKind::AfterRoot => self.after_root(),
            FaultKind::QuotedIndentation | FaultKind::UnclosedQuote => self.inside_quotes(kind),
            FaultKind::AfterQuote => self.after_quote(),
            FaultKind::Escape => self.escape(),
            FaultKind::UnclosedBracket => self.unclosed_bracket(self.at),
            FaultKind::MismatchedBracket => self.mismatched_bracket(),
            FaultKind::StrayBracket => self.stray_bracket(),
            FaultKind::NoColon => self.no_colon(),
            FaultKind::NoKey => self.no_key(),
            FaultKind::NoDash => self.no_dash(),
            FaultKind::StrayColon => self.stray_colon(),
            FaultKind::StrayDash => self.stray_dash(),
            FaultKind::StrayQuestion => self.indicator(self.at, "a key"),
            FaultKind::NoSeparator => self.no_separator(),
            FaultKind::NoContent => self.no_content(),
            FaultKind::Directive => self.directive(),
            FaultKind::Tag => self.indicator(self.at, "a tag"),
            FaultKind::Comment => self.comment(),
            FaultKind::Marker => {
                let help = "write nothing after `...`".into();
                self.say(self.here(), "text follows the end of the document", "", help)
            }
            FaultKind::TooDeep => {
                self.say(self.here(), "too many levels inside each other", "", "use fewer levels".into())
            }
            FaultKind::Other(_) if self.is_known_directive(self.at) => self.known_directive(self.at),
            FaultKind::Other(words) => {
                let help =
                    format!("write the text in quotes if it is none of YAML's marks: `{}`", self.in_quotes(self.at));
                self.say(self.here(), "the text is not valid YAML", words, help)
            }
        }
    }

    /// A value that begins with an unquoted `*`, `&` or `!` often fails only after that word.
    fn begins_with_indicator(&self, kind: &FaultKind) -> Option<Finding> {
        let follows = matches!(
            kind,
            FaultKind::NoName | FaultKind::NoKey | FaultKind::NoColon | FaultKind::NoDash | FaultKind::NoSeparator
        );
        let start = value_start(self.text, self.at);
        if !follows || start > self.at || self.text[start..self.at].contains(": ") {
            return None;
        }
        match self.char(start)? {
            '*' => Some(self.indicator(start, "an alias")),
            '&' if start == self.at || matches!(kind, FaultKind::NoName) => Some(self.indicator(start, "an anchor")),
            _ => None,
        }
    }

    fn indicator(&self, at: usize, begun: &str) -> Finding {
        let begun = match self.char(at) {
            Some('*') => "an alias",
            Some('&') => "an anchor",
            _ => begun,
        };
        let message = format!("an unquoted `{}` begins {begun}", self.char(at).unwrap_or(' '));
        let help = format!("quote the text: `{}`", self.in_quotes(at));
        self.say(self.one(at), message, "", help).with_fix(self.quote(at))
    }

    fn character(&self, character: char) -> Finding {
        if character == '\u{feff}' {
            let help = "take it out: it stands at the very start of a file or nowhere".into();
            let fix = Fix::write("take it out", Applicability::Safe, self.source, self.one(self.at), "");
            return self.say(self.here(), "a byte-order mark stands inside the text", "", help).with_fix(Some(fix));
        }
        if character.is_control() || !matches!(character, ' '..='~') {
            let code = u32::from(character);
            let message = format!("the text contains the character U+{code:04X}");
            let escape = if code > 0xff { format!("\\u{code:04X}") } else { format!("\\x{code:02X}") };
            let help = format!("take it out, or write `{escape}` between double quotes");
            let fix = Fix::write("take it out", Applicability::Unsafe, self.source, self.one(self.at), "");
            return self.say(self.one(self.at), message, "YAML does not allow it here", help).with_fix(Some(fix));
        }
        let (name, help) = match character {
            '`' => ("backtick".to_owned(), "write a `\"` before and after the text".to_owned()),
            _ => (format!("`{character}`"), self.instead()),
        };
        let message = format!("an unquoted {name} cannot begin a value");
        self.say(self.one(self.at), message, "", help).with_fix(self.instead_fix())
    }

    fn tab(&self) -> Finding {
        if self.char(self.at) == Some('\t') && first(self.text, self.at) < self.at {
            let help = "write a space instead of the tab".into();
            let fix = Fix::write("write a space", Applicability::Safe, self.source, self.one(self.at), " ");
            return self.say(self.one(self.at), "a tab stands where YAML wants a space", "", help).with_fix(Some(fix));
        }
        // Where a text could go on after the tab, the parser points at the beginning of that text.
        let tab = tab_in_indentation(self.text, self.at).unwrap_or(self.at);
        let written = &self.text[rest(self.text, first(self.text, tab), false)];
        let help = format!("indent with spaces: `  {}`", brief(written));
        self.say(self.one(tab), "a tab is used as indentation", "this is a tab", help)
            .with_fix(Some(repair::untab(self.source)))
    }

    fn block_header(&self) -> Finding {
        let indicator = self.char(self.at).unwrap_or('>');
        let message = format!("an unquoted `{indicator}` begins a block scalar");
        self.say(self.one(self.at), message, "", self.instead()).with_fix(self.instead_fix())
    }

    /// The same as an edit.
    fn instead_fix(&self) -> Option<Fix> {
        let range = rest(self.text, self.at, self.in_brackets());
        let Some(bound) = self.bound(&self.text[range.clone()]) else { return self.quote(self.at) };
        let span = Span::new(range.start, range.end);
        Some(Fix::write(format!("write `{}`", brief(&bound)), Applicability::Safe, self.source, span, bound))
    }

    /// `>= 5` in words.
    fn bound(&self, value: &str) -> Option<String> {
        let number = value.trim_start_matches(['>', '=', ' ']);
        let word = if value.starts_with(">=") { "at least" } else { "above" };
        let is_bound = value.starts_with('>') && number.starts_with(|char: char| char.is_ascii_digit());
        is_bound.then(|| format!("{word} {number}"))
    }

    /// What to write in place of a text that begins with a mark of YAML.
    fn instead(&self) -> String {
        let value = &self.text[rest(self.text, self.at, self.in_brackets())];
        match self.bound(value) {
            Some(bound) => format!("write `{}`, or quote it: `{}`", brief(&bound), quoted(&brief(value))),
            None => format!("quote the text: `{}`", quoted(&brief(value))),
        }
    }

    fn inside_brackets(&self) -> Finding {
        let Some(open) = self.around.open.iter().rev().find(|open| self.is_bracket(open.start)) else {
            return self.misaligned();
        };
        let line = &self.text[first(self.text, self.at)..];
        if is_entry(self.text, self.at) && !line.starts_with(['"', '\'', ']', '}', '{', '[']) {
            return self.unclosed_bracket(open.start);
        }
        let help = format!(
            "indent it deeper: `{}{}`",
            " ".repeat(indent(self.text, open.start) + 2),
            brief(&self.text[rest(self.text, self.at, false)])
        );
        let opened = self.label(self.one(open.start), "the bracket opens on this line");
        self.say(self.here(), "a line between brackets is indented too little", "", help).with_label(opened)
    }

    fn after_root(&self) -> Finding {
        let last = self.around.last;
        match line_before(self.text, self.at) {
            Some(before) if last.end == 0 && self.is_known_directive(before) => {
                SyntaxFault { at: before, ..*self }.directive()
            }
            Some(before) if last.end == 0 && self.text[before..].starts_with('%') => {
                let help = format!("quote the text: `{}`", self.in_quotes(before));
                self.say(self.one(before), "a `%` at the start of a line begins a directive", "", help)
            }
            Some(_) if indent(self.text, self.at) < self.first_indent() => self.misaligned(),
            _ => {
                let ended = self.label(last, "the value ends here");
                let help = format!("write one value; quote it if all is text: `{}`", self.in_quotes(self.at));
                self.say(self.here(), "text follows the end of the value", "", help).with_label(ended)
            }
        }
    }

    /// The indentation of the first line that is more than a comment.
    fn first_indent(&self) -> usize {
        let mut line = self.at;
        while let Some(before) = line_before(self.text, line) {
            line = before;
        }
        indent(self.text, line)
    }

    fn inside_quotes(&self, kind: &FaultKind) -> Finding {
        let from = self.around.last.end as usize;
        let open = match kind {
            FaultKind::UnclosedQuote => Some(self.at),
            _ => quotes(self.text, from, self.at).1,
        };
        let Some(open) = open.filter(|open| self.text[*open..].starts_with(['"', '\''])) else {
            return self.misaligned();
        };
        let quote = self.char(open).unwrap_or('"');
        let still_inside = *kind == FaultKind::QuotedIndentation && self.at < self.text.len();
        let line = &self.text[first(self.text, self.at)..];
        if still_inside && !is_entry(self.text, self.at) && !line.starts_with("- ") {
            let help = format!("indent it deeper than the line of the opening `{quote}`");
            let opened = self.label(self.one(open), "the quote opens here");
            return self.say(self.here(), "a line between quotes is indented too little", "", help).with_label(opened);
        }
        let inside = brief(&self.text[rest(self.text, open, self.in_brackets())]);
        let help = format!("close it: `{inside}{quote}`");
        let finding = self.say(self.one(open), format!("the quote `{quote}` is not closed"), "opened here", help);
        if still_inside {
            finding.with_label(self.label(self.here(), "this line is still between the quotes"))
        } else {
            finding
        }
    }

    fn after_quote(&self) -> Finding {
        let from = self.around.last.end as usize;
        let (closed, _) = quotes(self.text, from.min(self.at), self.at);
        let Some(quote) = closed else {
            return self.say(self.here(), "text follows a closing quote", "", "write the quote after the text".into());
        };
        let whole = &self.text[quote.start..rest(self.text, self.at, self.in_brackets()).end];
        let opened = self.label(Span::new(quote.start, quote.end), "the quotes end before it");
        let apostrophe = self.text[quote.clone()].starts_with('\'') && quote.end == self.at;
        let help = match apostrophe && whole.len() > 2 && whole.ends_with('\'') {
            true => format!(
                "write a quote inside quotes twice: `'{}'`",
                brief(&whole[1..whole.len() - 1].replace('\'', "''"))
            ),
            false if self.text[self.at..].starts_with(['"', '\'']) && self.in_brackets() => {
                format!("write a comma between them: `{}, …`", brief(&self.text[quote]))
            }
            false => format!("quote the whole value: `{}`", quoted(&brief(whole))),
        };
        self.say(self.here(), "text follows a closing quote", "", help).with_label(opened)
    }

    fn escape(&self) -> Finding {
        let value = &self.text[self.at..];
        let mut chars = value.char_indices();
        let mut wrong = None;
        while let Some((index, char)) = chars.next() {
            let next = (char == '\\').then(|| chars.next()).flatten();
            let digits = |from: usize, count: usize| {
                value
                    .get(from + 2..from + 2 + count)
                    .is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_hexdigit()))
            };
            let is_escape = match next.map(|(_, next)| next) {
                None => continue,
                Some('x') => digits(index, 2),
                Some('u') => digits(index, 4),
                Some('U') => digits(index, 8),
                Some(next) => "0abtnvfre \"/\\N_LP\n\r\t".contains(next),
            };
            if !is_escape {
                wrong = Some(index);
                break;
            }
        }
        let Some(wrong) = wrong else { return self.inside_quotes(&FaultKind::UnclosedQuote) };
        let width = value[wrong..].chars().take(2).map(char::len_utf8).sum::<usize>();
        let escape = &value[wrong..wrong + width];
        let message = format!("`{}` is no character between double quotes", brief(escape));
        let help =
            format!("write `\\{0}` for a backslash, or put the text between single quotes: `'…{0}…'`", brief(escape));
        self.say(Span::new(self.at + wrong, self.at + wrong + width), message, "", help)
    }

    fn unclosed_bracket(&self, open: usize) -> Finding {
        let bracket = self.char(open).unwrap_or('[');
        let close = if bracket == '{' { '}' } else { ']' };
        let line = brief(self.text[rest(self.text, open, false)].trim_end_matches(','));
        let help = format!("close it after its last item: `{line}{close}`");
        let finding = self
            .say(self.one(open), format!("the bracket `{bracket}` is not closed"), "opened here", help)
            .with_fix(Some(repair::close(self.source, open, close)));
        match open == self.at {
            true => finding,
            false => finding.with_label(self.label(self.here(), "this line is still between the brackets")),
        }
    }

    fn mismatched_bracket(&self) -> Finding {
        let close = wrong_bracket(self.text, self.at).unwrap_or(self.at);
        let written = self.char(close).unwrap_or(']');
        let wanted = if written == ']' { '}' } else { ']' };
        let message = format!("the bracket `{written}` closes another one than is open");
        let opened = self.label(self.one(self.at), "opened here, or inside");
        let title = format!("write `{wanted}`");
        self.say(self.one(close), message, "", format!("write `{wanted}` instead of `{written}`"))
            .with_label(opened)
            .with_fix(Some(Fix::write(title, Applicability::Unsafe, self.source, self.one(close), wanted)))
    }

    fn stray_bracket(&self) -> Finding {
        let start = value_start(self.text, self.at);
        let bracket = self.char(self.at).unwrap_or(']');
        let help = format!("take it out, or quote the text: `{}`", self.in_quotes(start.min(self.at)));
        self.say(self.one(self.at), format!("the bracket `{bracket}` was not opened"), "", help)
    }

    fn no_colon(&self) -> Finding {
        let line = rest(self.text, self.at, self.in_brackets());
        let written = &self.text[line.clone()];
        if let Some(colon) = missing_space(written) {
            return self.no_space(self.at + colon);
        }
        if let Some(item) = written.strip_prefix('-').filter(|item| !item.starts_with(' ')) {
            let help = format!("write `- {}`", brief(item));
            let fix = repair::insert(self.source, self.at + 1, " ", Applicability::Safe);
            return self.say(self.one(self.at), "a space is missing after the dash", "", help).with_fix(Some(fix));
        }
        let help = match written.split_once(['=', ' ']) {
            Some((key, value)) => {
                let value = value.trim_start_matches(['=', ' ']);
                format!("write `{}: {}`, or indent the line if it continues the one before", brief(key), brief(value))
            }
            None if indent(self.text, next_line(self.text, self.at)) > indent(self.text, self.at) => {
                format!("write `{}:`", brief(written))
            }
            None => format!("write `{}: …`, or indent the line if it continues the one before", brief(written)),
        };
        self.say(Span::new(line.start, line.end), "the line has no colon after its key", "", help)
    }

    fn no_space(&self, colon: usize) -> Finding {
        let start = value_start(self.text, colon);
        let help = format!(
            "write `{}: {}`",
            brief(&self.text[start..colon]),
            brief(&self.text[rest(self.text, colon + 1, self.in_brackets())])
        );
        let fix = repair::insert(self.source, colon + 1, " ", Applicability::Safe);
        self.say(self.one(colon), "a space is missing after the colon", "", help).with_fix(Some(fix))
    }

    fn no_key(&self) -> Finding {
        let before = self.text[..self.at].trim_end_matches([' ', '\t']);
        if before.ends_with('-') && first(self.text, self.at) == before.len() - 1 {
            return self.item_among_keys(before.len() - 1);
        }
        if first(self.text, self.at) < self.at {
            let start = value_start(self.text, self.at);
            let help = format!("quote the whole value: `{}`", self.in_quotes(start));
            let ended = self.label(self.around.last, "the value ends here");
            let finding = self.say(self.here(), "text follows the end of a value", "", help).with_label(ended);
            return finding.with_fix(self.quote(start).map(asked));
        }
        if self.text[self.at..].starts_with("- ") && self.innermost_indent() == Some(column(self.text, self.at)) {
            return self.item_among_keys(self.at);
        }
        self.misaligned()
    }

    fn item_among_keys(&self, dash: usize) -> Finding {
        let item = brief(&self.text[rest(self.text, dash, false)]);
        let help = format!("write `key: value` here, or indent `{item}` below the key that it belongs to");
        let finding = self.say(self.one(dash), "a list item stands among keys", "this is an item", help);
        match self.around.open.last() {
            Some(open) => finding.with_label(self.label(self.first_line(open.start), "but these are keys")),
            None => finding,
        }
    }

    fn no_dash(&self) -> Finding {
        let list = self.around.open.last().filter(|open| !open.mapping && !open.flow);
        let Some(list) = list.filter(|list| column(self.text, list.start) == column(self.text, self.at)) else {
            return self.misaligned();
        };
        let help = format!(
            "write `- {}`, or indent it as the keys around the list",
            brief(&self.text[rest(self.text, self.at, false)])
        );
        let items = self.label(self.first_line(list.start), "but these are items");
        self.say(self.here(), "a key stands among list items", "this is a key", help).with_label(items)
    }

    /// A line that begins at a column where nothing begins.
    fn misaligned(&self) -> Finding {
        let here = indent(self.text, self.at);
        let before = line_before(self.text, self.at);
        let columns = before.map(|before| indent(self.text, before)).into_iter().chain(self.innermost_indent());
        let wanted = columns.min_by_key(|column| column.abs_diff(here)).unwrap_or(0);
        let written = brief(&self.text[rest(self.text, first(self.text, self.at), false)]);
        let help = format!("indent it by {wanted}: `{}{written}`", " ".repeat(wanted.min(40)));
        let label = format!("indented by {here}");
        let finding = self.say(self.here(), "the line does not line up with those before it", label, help);
        let Some(before) = before else { return finding };
        finding.with_label(
            self.label(self.first_line(before), format!("this line is indented by {}", indent(self.text, before))),
        )
    }

    fn stray_colon(&self) -> Finding {
        let (start, end) = (self.around.last.start as usize, self.around.last.end as usize);
        let last = self.text.get(start..end.min(self.at)).unwrap_or_default();
        if last.contains(['\n', '\r']) {
            // The parser took this key for the next line of the text before it.
            let line = rest(self.text, start, false);
            if let Some(colon) = missing_space(&self.text[line]).filter(|_| key_start(self.text, start) == start) {
                return self.no_space(start + colon);
            }
            if key_start(self.text, start) == start {
                return SyntaxFault { at: start, ..*self }.no_colon();
            }
            return self.key_below_text(start);
        }
        let key = first(self.text, self.at);
        let no_comma = |before: usize| !self.text[rest(self.text, before, false)].ends_with([',', '[', '{']);
        if self.in_brackets() && line_before(self.text, self.at).is_some_and(no_comma) && key < self.at {
            let help = "write a comma at the end of the line before, or close the bracket there".into();
            return self.say(Span::new(key, self.at), "a comma is missing before a key", "", help);
        }
        let value = value_start(self.text, self.at);
        if value < self.at && first(self.text, self.at) < value {
            let help = format!("quote the value: `{}`", self.in_quotes(value));
            let finding = self.say(self.one(self.at), "an unquoted value holds a colon and a space", "", help);
            return finding.with_fix(self.quote(value));
        }
        let help = "quote the text that the colon belongs to, or write `key: value` on a line of its own".into();
        self.say(self.one(self.at), "a colon stands where no key ends", "", help)
    }

    /// A key that is indented deeper than the entry before it, whose value is already a text.
    fn key_below_text(&self, start: usize) -> Finding {
        let wanted = indent(self.text, start);
        let key = rest(self.text, first(self.text, self.at), false);
        let written = brief(&self.text[key.clone()]);
        let help = match written.starts_with("- ") {
            true => "take away the text after the key above, or quote this line as part of it".into(),
            false => format!("indent it by {wanted}: `{}{written}`", " ".repeat(wanted.min(40))),
        };
        let above = self.label(
            self.first_line(first(self.text, start)),
            format!("this line is indented by {wanted} and has a value"),
        );
        let label = format!("indented by {}", indent(self.text, self.at));
        self.say(Span::new(key.start, key.end), "the line is indented deeper than its neighbour", label, help)
            .with_label(above)
    }

    fn stray_dash(&self) -> Finding {
        if self.in_brackets()
            || self.text[self.at..].starts_with('-') && self.text[..self.at].trim_end().ends_with(['[', ',', '{'])
        {
            let help = "separate the items by commas alone: `[one, two]`".into();
            return self.say(self.one(self.at), "a dash stands between brackets", "", help);
        }
        let item = brief(&self.text[rest(self.text, self.at, false)]);
        let help = format!("write `{item}` on a line of its own below the key, or quote it: `{}`", quoted(&item));
        self.say(self.one(self.at), "a list begins on the line of its key", "", help)
    }

    fn no_separator(&self) -> Finding {
        let start = value_start(self.text, self.at);
        if self.text[self.at..].starts_with(':') {
            let (from, to) = (self.around.last.start as usize, self.around.last.end as usize);
            let last = self.text.get(from..to).unwrap_or_default();
            if let Some(blank) = last.rfind([' ', '\n', '\r']) {
                let key = &last[blank + 1..];
                let help = format!("write a comma before it: `, {}: …`", brief(key));
                return self.say(Span::new(from + blank + 1, to), "a comma is missing before a key", "", help);
            }
            let help = format!("quote the value: `{}`", self.in_quotes(from));
            let finding = self.say(self.one(self.at), "an unquoted value holds a colon and a space", "", help);
            return finding.with_fix(self.quote(from));
        }
        let help = match self.text[start.min(self.at)..].starts_with(['[', '{']) {
            true => format!("write `, ` before `{}`", brief(&self.text[rest(self.text, self.at, true)])),
            false => "write a comma between the items: `, `".into(),
        };
        self.say(self.here(), "a comma is missing between items", "", help)
    }

    fn no_content(&self) -> Finding {
        let in_brackets = self.in_brackets();
        match self.char(self.at) {
            Some(',') if in_brackets => {
                let help = "take the comma out, or write an item before it: `\"\",`".into();
                self.say(self.one(self.at), "a comma has no item before it", "", help)
            }
            Some(char @ (',' | '?' | ':' | '-')) => {
                let message = format!("an unquoted `{char}` cannot begin a value");
                self.say(self.one(self.at), message, "", format!("quote the text: `{}`", self.in_quotes(self.at)))
                    .with_fix(self.quote(self.at))
            }
            _ => {
                self.say(self.here(), "a value is missing", "expected before this place", "write one, or `\"\"`".into())
            }
        }
    }

    fn directive(&self) -> Finding {
        let at = first(self.text, self.at).min(self.at);
        if self.is_known_directive(at) {
            return self.known_directive(at);
        }
        let help = format!("quote the text: `{}`", self.in_quotes(at));
        let message = "a `%` at the start of a line begins a directive";
        self.say(self.one(at), message, "", help).with_fix(self.quote(at).map(asked))
    }

    fn comment(&self) -> Finding {
        let hash = self.text[self.at..].find('#').map_or(self.at, |length| self.at + length);
        if self.text[..hash].ends_with([' ', '\t', '\n', '\r']) {
            let help = "write the comment above the text, or the text as a block after `|`".into();
            return self.say(self.one(hash), "a comment stands inside a text of several lines", "", help);
        }
        let help = format!("write a space before it: ` {}`", brief(&self.text[hash..line_end(self.text, hash)]));
        self.say(self.one(hash), "a space is missing before the comment", "", help)
    }

    fn quote(&self, at: usize) -> Option<Fix> {
        repair::quote(self.source, at, self.in_brackets())
    }

    pub(super) fn say(
        &self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: String,
    ) -> Finding {
        error("invalid-yaml", Kind::Reference, self.source, span, message, label).with_help(help)
    }

    pub(super) fn label(&self, span: Span, text: impl Into<String>) -> Label {
        Label::new(self.source, span, text)
    }

    /// The rest of the line, which the parser could not read.
    fn here(&self) -> Span {
        let rest = rest(self.text, self.at, self.in_brackets());
        if rest.is_empty() {
            return self.one(self.at);
        }
        // A line that is longer than any screen is not underlined as a whole.
        let length = self.text[rest.clone()].char_indices().nth(100).map_or(rest.len(), |(length, _)| length);
        Span::new(rest.start, rest.start + length)
    }

    /// The character at `at`; nothing at the end of a line.
    pub(super) fn one(&self, at: usize) -> Span {
        let width = self.char(at).filter(|char| !matches!(char, '\n' | '\r')).map_or(0, char::len_utf8);
        Span::new(at, at + width)
    }

    /// What stands on the line from `at` on.
    pub(super) fn first_line(&self, at: usize) -> Span {
        let rest = rest(self.text, at, false);
        Span::new(rest.start, rest.end)
    }

    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn is_bracket(&self, at: usize) -> bool {
        matches!(self.char(at), Some('[' | '{'))
    }

    /// Whether the fault lies between brackets, also when the parser looked ahead and did not yet tell of them.
    pub(super) fn in_brackets(&self) -> bool {
        let ahead = self.text.get(self.around.last.end as usize..self.at).unwrap_or_default();
        let count = |brackets: [char; 2]| ahead.matches(brackets).count();
        self.around.open.last().is_some_and(|open| open.flow) || count(['[', '{']) > count([']', '}'])
    }

    fn in_quotes(&self, at: usize) -> String {
        quoted(&brief(&self.text[rest(self.text, at, self.in_brackets())]))
    }

    fn innermost_indent(&self) -> Option<usize> {
        self.around.open.iter().rev().find(|open| !open.flow).map(|open| column(self.text, open.start))
    }
}
