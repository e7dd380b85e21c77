//! The events of the YAML parser, with exact places: the only file that names the parser.
//!
//! The parser's own spans need repair in four places: block scalars (which it begins at their text and ends after blank
//! lines), indentless lists (which it begins after the first dash), and empty values (which it puts at the next token).
//! What stands around a node decides the repair, so [`Events::next`] asks for the [`Role`] of the node that comes next.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Parser, ScalarStyle, StrInput, StructureStyle};

use super::Style;
use super::line_scan::column;

/// What happens next in the text.
pub(super) enum Event<'a> {
    /// The stream begins or ends a document; nothing to build.
    Other,
    DocumentStart,
    DocumentEnd,
    Scalar {
        text: Cow<'a, str>,
        style: Style,
        anchor: usize,
    },
    Sequence {
        flow: bool,
        anchor: usize,
    },
    Mapping {
        flow: bool,
        anchor: usize,
    },
    /// The innermost collection ends. The span is that of its bracket, and empty where it has none.
    End,
    /// The anchor's number, as the node that it stands on had it.
    Alias(usize),
    UnknownAlias,
    StreamEnd,
}

/// Where the next node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Root,
    Item,
    Key,
    /// With the beginning of its mapping, unless that stands in brackets.
    Value(Option<usize>),
}

/// A place where the text stops being YAML.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) at: usize,
}

/// What the parser has to say, as far as the words for people differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FaultKind {
    TooDeep,
    Character(char),
    Tab,
    NoName,
    BlockHeader,
    BlockScalarIndent,
    Indentation,
    AfterRoot,
    QuotedIndentation,
    UnclosedQuote,
    AfterQuote,
    Escape,
    UnclosedBracket,
    MismatchedBracket,
    StrayBracket,
    NoColon,
    NoKey,
    NoDash,
    StrayColon,
    StrayDash,
    StrayQuestion,
    NoSeparator,
    NoContent,
    Directive,
    Tag,
    Comment,
    Marker,
    /// Words of the parser for what people hardly ever write.
    Other(String),
}

/// Events of one text, one after the other.
pub(super) struct Events<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    /// Where the last event ended.
    last: usize,
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str, depth: usize) -> Self {
        let options = granit_parser::options! {
            strict_indentation: true,
            emit_unresolved_aliases: true,
            flow_nesting_limit: depth.max(255),
            block_nesting_limit: depth.max(255),
        };
        let last = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, parser: Parser::new_from_str_with_options(text, options), last }
    }

    /// The next event and its bytes. A collection has the bytes of its beginning alone.
    pub(super) fn next(&mut self, role: Role) -> Result<(Event<'a>, usize, usize), Fault> {
        use granit_parser::Event as Raw;

        let Some(next) = self.parser.next() else { return Ok((Event::StreamEnd, self.last, self.last)) };
        let (event, span) = next.map_err(|error| self.fault(&error))?;
        let mut start = span.start.byte_offset().unwrap_or(self.last);
        let mut end = span.end.byte_offset().unwrap_or(start).max(start);
        let raw_end = end;
        let event = match event {
            Raw::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::SingleQuoted,
                    ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                match style {
                    Style::Literal | Style::Folded => (start, end) = self.block_scalar(role, start, end),
                    Style::Plain if start == end => {
                        start = self.empty(role, start);
                        end = start;
                    }
                    _ => {}
                }
                // The parser writes `~` for a value that is not there.
                let text = if start == end && tag.is_none() { Cow::Borrowed("") } else { text };
                Event::Scalar { text, style, anchor }
            }
            Raw::SequenceStart(StructureStyle::Block, anchor, _) => {
                start = self.first_dash(role, start);
                self.last = start;
                return Ok((Event::Sequence { flow: false, anchor }, start, start));
            }
            Raw::SequenceStart(StructureStyle::Flow, anchor, _) => Event::Sequence { flow: true, anchor },
            Raw::MappingStart(style, anchor, _) => Event::Mapping { flow: style == StructureStyle::Flow, anchor },
            // The end of a collection without brackets lies anywhere before the next token.
            Raw::SequenceEnd | Raw::MappingEnd if start == end => return Ok((Event::End, self.last, self.last)),
            Raw::SequenceEnd | Raw::MappingEnd => Event::End,
            Raw::Alias(anchor) => Event::Alias(anchor),
            Raw::UnresolvedAlias(_) => Event::UnknownAlias,
            // Without `---` this is the place of the first token, and that of a block scalar is its text.
            Raw::DocumentStart(false, _) => return Ok((Event::DocumentStart, start, end)),
            Raw::DocumentStart(true, _) => Event::DocumentStart,
            Raw::DocumentEnd => Event::DocumentEnd,
            Raw::StreamEnd => Event::StreamEnd,
            _ => Event::Other,
        };
        self.last = self.last.max(raw_end).max(end);
        Ok((event, start, end))
    }

    /// The bytes from the `|` or `>` to the end of the last line that is not blank.
    fn block_scalar(&self, role: Role, start: usize, end: usize) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let (_, header) = self.skip(role, start);
        if !matches!(bytes.get(header), Some(b'|' | b'>')) {
            return (start.min(end), end);
        }
        let is_indicator = |byte: &u8| matches!(byte, b'+' | b'-' | b'0'..=b'9');
        let header_end = header + 1 + bytes[header + 1..].iter().take_while(|byte| is_indicator(byte)).count();
        let first_line = line_end(bytes, header_end);
        let content = bytes.get(first_line..end).unwrap_or_default();
        let blank_free = content.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        match blank_free {
            Some(last) => (header, line_end(bytes, first_line + last)),
            None => (header, header_end),
        }
    }

    /// The dash of the first item.
    fn first_dash(&self, role: Role, start: usize) -> usize {
        let (_, dash) = self.skip(role, start);
        if dash <= start && self.text.as_bytes().get(dash) == Some(&b'-') { dash } else { start }
    }

    /// Where a value that is not there would stand.
    fn empty(&self, role: Role, start: usize) -> usize {
        let (marked, _) = self.skip(role, start);
        if role == Role::Key && marked == self.last { start } else { marked }
    }

    /// Goes from the last event over what leads up to a node: the mark of its role, its anchor and tag, blanks and
    /// comments. Gives the end of the last mark, and the place of what comes then. Properties that end after `start`
    /// belong to another node.
    fn skip(&self, role: Role, start: usize) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let mut marked = self.last;
        let mut at = blanks(bytes, self.last);
        // Ends of documents that are not there, and further byte-order marks, may stand before a root.
        while let Some(length) =
            ["...", "\u{feff}"].iter().find_map(|mark| self.text[at..].starts_with(mark).then_some(3))
        {
            if role != Role::Root || at + length > start {
                break;
            }
            at = blanks(bytes, at + length);
        }
        loop {
            let next = bytes.get(at + 1).unwrap_or(&b' ');
            let stands_alone = matches!(next, b' ' | b'\t' | b'\r' | b'\n');
            let mark = match bytes.get(at) {
                Some(b',') => matches!(role, Role::Key | Role::Item),
                Some(b'?') => role == Role::Key && stands_alone,
                Some(b':') => self.is_own_colon(role, at) && (stands_alone || b",]}&!".contains(next)),
                Some(b'-') => role == Role::Item && stands_alone,
                _ => false,
            };
            if !mark {
                break;
            }
            marked = at + 1;
            at = blanks(bytes, marked);
            if bytes.get(marked - 1) != Some(&b',') {
                break;
            }
        }
        while matches!(bytes.get(at), Some(b'&' | b'!')) {
            let end = property_end(bytes, at);
            if end > start {
                break;
            }
            marked = end;
            at = blanks(bytes, end);
        }
        (marked, at)
    }

    /// Whether a colon at `at` belongs to the entry whose value comes next. After a key without one, the colon of an
    /// outer mapping may come next; it stands on another line, and further to the left.
    fn is_own_colon(&self, role: Role, at: usize) -> bool {
        let Role::Value(mapping) = role else { return false };
        let Some(mapping) = mapping.filter(|_| self.text[self.last..at].contains(['\n', '\r'])) else { return true };
        column(self.text, mapping) == column(self.text, at)
    }

    #[cold]
    fn fault(&self, error: &granit_parser::ScanError) -> Fault {
        use ErrorKind as E;

        let mut at = error.marker().byte_offset().unwrap_or(self.last).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let kind = match error.kind() {
            E::RecursionLimitExceeded => FaultKind::TooDeep,
            E::UnexpectedCharacter { character } => {
                // In the middle of a text, the parser points at the beginning of that text.
                at += self.text[at..].find(*character).unwrap_or(0);
                FaultKind::Character(*character)
            }
            E::BomInsideDocument => FaultKind::Character('\u{feff}'),
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabAtBlockScalarStart
            | E::TabInIndentation
            | E::TabInPlainScalar => FaultKind::Tab,
            E::MissingAnchorOrAliasName => FaultKind::NoName,
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => FaultKind::BlockHeader,
            E::InvalidBlockScalarIndent => FaultKind::BlockScalarIndent,
            E::InvalidIndentation | E::InvalidFlowScalarIndent => FaultKind::Indentation,
            E::ExpectedDocumentStart => FaultKind::AfterRoot,
            E::InvalidQuotedScalarIndent => FaultKind::QuotedIndentation,
            E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => FaultKind::UnclosedQuote,
            E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => FaultKind::AfterQuote,
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => FaultKind::Escape,
            E::UnclosedFlowCollection { .. } | E::UnexpectedEofFlowSequence | E::UnexpectedEofFlowMapping => {
                FaultKind::UnclosedBracket
            }
            E::MismatchedFlowCollectionEnd { .. } => FaultKind::MismatchedBracket,
            E::MisplacedFlowCollectionEnd => FaultKind::StrayBracket,
            E::SimpleKeyExpected | E::InvalidSimpleKey => FaultKind::NoColon,
            E::ExpectedBlockMappingKey => FaultKind::NoKey,
            E::ExpectedBlockSequenceEntry => FaultKind::NoDash,
            E::MappingValueNotAllowed | E::InvalidColonPlacement | E::InvalidMappingValueWhitespace => {
                FaultKind::StrayColon
            }
            E::FlowMappingValueAdjacentCollection => FaultKind::StrayColon,
            E::BlockSequenceEntryNotAllowed
            | E::BlockEntryInFlowCollection
            | E::InvalidBlockEntryWhitespace
            | E::PlainScalarStartsWithDashFlowIndicator => FaultKind::StrayDash,
            E::MappingKeyNotAllowed => FaultKind::StrayQuestion,
            E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => FaultKind::NoSeparator,
            E::UnexpectedEofImplicitFlowMapping
            | E::UnexpectedEofBlockMapping
            | E::UnexpectedEofBlockSequence
            | E::ExpectedNodeContent
            | E::UnexpectedEof
            | E::UnexpectedEndOfPlainScalar => FaultKind::NoContent,
            E::MissingDirectiveName
            | E::InvalidDirectiveName
            | E::InvalidDirectiveTerminator
            | E::DirectiveByteLimitExceeded { .. }
            | E::TooManyReservedDirectiveParams { .. }
            | E::MissingDocumentEndBeforeDirective => FaultKind::Directive,
            E::UndeclaredTagHandle
            | E::ExpectedTagBang
            | E::InvalidTagTerminator
            | E::MissingTagUri
            | E::UnclosedVerbatimTag
            | E::InvalidGlobalTagCharacter
            | E::InvalidTagEscape => FaultKind::Tag,
            E::CommentNotSeparated | E::CommentInterceptedScalar => FaultKind::Comment,
            E::InvalidDocumentEnd => FaultKind::Marker,
            _ => FaultKind::Other(error.info()),
        };
        Fault { kind, at }
    }
}

/// The place after blanks, line breaks and comments.
fn blanks(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            Some(b'#') => at = line_end(bytes, at),
            _ => return at,
        }
    }
}

/// The place of the next line break, or the end of the text.
fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| matches!(byte, b'\r' | b'\n')).map_or(bytes.len(), |length| at + length)
}

/// The end of the anchor or tag at `at`.
fn property_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let length = if rest.starts_with(b"!<") {
        rest.iter().position(|byte| *byte == b'>').map(|last| last + 1)
    } else {
        rest.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']' | b'{' | b'}'))
    };
    length.map_or(bytes.len(), |length| at + length)
}
