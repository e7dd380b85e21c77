//! The words of an expression: names, numbers, texts and signs, each with its bytes.

use std::ops::Range;

use crate::expression::Problem;

/// One word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::expression) struct Token {
    pub what: TokenKind,
    pub span: Range<usize>,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::expression) enum TokenKind {
    /// A name or a word such as `true` and `in`; which of them, the parser decides by its place.
    Name(String),
    /// A whole number without its sign, so that the smallest one can be written.
    Whole(u64),
    Double(f64),
    Text(String),
    /// An operator or a bracket.
    Operator(&'static str),
    End,
}

/// Longer signs come before those that they begin with.
const SIGNS: [&str; 21] =
    ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", "(", ")", "[", "]", ","];

/// Splits `text`; the last token is [`TokenKind::End`].
pub(in crate::expression) fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
    let mut reader = Reader { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        reader.skip_blanks();
        let start = reader.at;
        let what = reader.token()?;
        let end = what == TokenKind::End;
        tokens.push(Token { what, span: start..reader.at });
        if end {
            return Ok(tokens);
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find(['\n', '\r']).unwrap_or(trimmed.len());
        }
    }

    fn token(&mut self) -> Result<TokenKind, Problem> {
        let Some(first) = self.peek() else { return Ok(TokenKind::End) };
        let rest = self.rest();
        if let Some(found) = self.text_or_bytes()? {
            return Ok(found);
        }
        if first.is_ascii_alphabetic() || first == '_' {
            let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            self.at += length;
            return Ok(TokenKind::Name(rest[..length].to_owned()));
        }
        if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) {
            return self.number();
        }
        if first == '.' {
            self.at += 1;
            return Ok(TokenKind::Operator("."));
        }
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            self.at += sign.len();
            return Ok(TokenKind::Operator(sign));
        }
        Err(self.stranger(first))
    }

    /// The words for a character that begins nothing.
    fn stranger(&self, first: char) -> Problem {
        let span = self.at..self.at + first.len_utf8();
        let problem = Problem::new(span, format!("`{first}` is not part of expressions"));
        match first {
            '=' => problem.with_help("equality is written `==`"),
            '&' => problem.with_help("\"and\" is written `&&`"),
            '|' => problem.with_help("\"or\" is written `||`"),
            '{' | '}' => problem.with_help("expressions have lists, but no maps"),
            '“' | '”' | '„' | '‘' | '’' | '`' => problem.with_help("a text stands between `\"` or `'`"),
            _ => problem,
        }
    }

    fn number(&mut self) -> Result<TokenKind, Problem> {
        let rest = self.rest();
        let start = self.at;
        if let Some(digits) = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")) {
            let length = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
            self.at += 2 + length;
            let value = u64::from_str_radix(&digits[..length], 16);
            self.ends_number(start)?;
            return value.map(TokenKind::Whole).map_err(|_| self.not_a_number(start));
        }
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let mut length = digits(rest);
        let mut whole = true;
        if let Some(fraction) = rest[length..].strip_prefix('.')
            && fraction.starts_with(|c: char| c.is_ascii_digit())
        {
            length += 1 + digits(fraction);
            whole = false;
        }
        if let Some(exponent) = rest[length..].strip_prefix(['e', 'E']) {
            let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if unsigned.starts_with(|c: char| c.is_ascii_digit()) {
                length += 1 + (exponent.len() - unsigned.len()) + digits(unsigned);
                whole = false;
            }
        }
        self.at += length;
        let written = &rest[..length];
        self.ends_number(start)?;
        if whole {
            return written.parse().map(TokenKind::Whole).map_err(|_| self.not_a_number(start));
        }
        match written.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(TokenKind::Double(value)),
            _ => Err(self.not_a_number(start)),
        }
    }

    fn not_a_number(&self, start: usize) -> Problem {
        let written = self.text.get(start..self.at).unwrap_or_default();
        Problem::new(start..self.at, format!("`{written}` is too large a number"))
    }

    /// A number may not run into a name: `30d` is a duration, `5u` an unsigned number of full CEL.
    fn ends_number(&mut self, start: usize) -> Result<(), Problem> {
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Ok(());
        }
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        self.at += length;
        let written = self.text.get(start..self.at).unwrap_or_default();
        let problem = Problem::new(start..self.at, format!("`{written}` is no number"));
        Err(match &rest[..length] {
            "u" | "U" => problem.with_help("expressions have no unsigned numbers"),
            _ => problem.with_help(format!("a duration is written `duration(\"{written}\")`")),
        })
    }

    fn text_or_bytes(&mut self) -> Result<Option<TokenKind>, Problem> {
        let rest = self.rest();
        let prefix =
            rest.char_indices().take(3).find(|(_, c)| matches!(c, '"' | '\'')).map(|(length, _)| &rest[..length]);
        let (raw, bytes) = match prefix.map(str::to_ascii_lowercase).as_deref() {
            Some("") => (false, false),
            Some("r") => (true, false),
            Some("b" | "rb" | "br") => (false, true),
            _ => return Ok(None),
        };
        let start = self.at;
        if bytes {
            return Err(Problem::new(start..start + 1, "expressions have no byte strings"));
        }
        let after = &rest[usize::from(raw)..];
        let quote = if after.starts_with("\"\"\"") || after.starts_with("'''") { &after[..3] } else { &after[..1] };
        self.at += usize::from(raw) + quote.len();
        let mut content = String::new();
        loop {
            let rest = self.rest();
            if rest.starts_with(quote) {
                self.at += quote.len();
                return Ok(Some(TokenKind::Text(content)));
            }
            match rest.chars().next() {
                Some('\\') if raw => {
                    let escaped: String = rest.chars().take(2).collect();
                    self.at += escaped.len();
                    content.push_str(&escaped);
                }
                Some('\\') => content.push(self.escape()?),
                Some('\n' | '\r') if quote.len() == 1 => return Err(self.open_text(start)),
                Some(c) => {
                    self.at += c.len_utf8();
                    content.push(c);
                }
                None => return Err(self.open_text(start)),
            }
        }
    }

    fn open_text(&self, start: usize) -> Problem {
        Problem::new(start..self.at, "a text is not closed").with_help("a text ends with the quote that it began with")
    }

    fn escape(&mut self) -> Result<char, Problem> {
        let start = self.at;
        let rest = self.rest();
        let kind = rest[1..].chars().next();
        let digits = |from: usize, count: usize, radix: u32| {
            rest.get(from..from + count)
                .filter(|digits| digits.chars().all(|digit| digit.is_digit(radix)))
                .and_then(|digits| u32::from_str_radix(digits, radix).ok())
                .and_then(char::from_u32)
        };
        let (value, length) = match kind {
            Some('a') => (Some('\u{7}'), 2),
            Some('b') => (Some('\u{8}'), 2),
            Some('f') => (Some('\u{c}'), 2),
            Some('n') => (Some('\n'), 2),
            Some('r') => (Some('\r'), 2),
            Some('t') => (Some('\t'), 2),
            Some('v') => (Some('\u{b}'), 2),
            Some(c @ ('\\' | '?' | '"' | '\'' | '`')) => (Some(c), 2),
            Some('x' | 'X') => (digits(2, 2, 16), 4),
            Some('u') => (digits(2, 4, 16), 6),
            Some('U') => (digits(2, 8, 16), 10),
            Some('0'..='3') => (digits(1, 3, 8), 4),
            _ => (None, 2),
        };
        let Some(value) = value else {
            let end = start + 1 + kind.map_or(0, char::len_utf8);
            let written = self.text.get(start..end).unwrap_or_default();
            return Err(Problem::new(start..end, format!("`{written}` begins no escape"))
                .with_help("a backslash itself is written `\\\\`"));
        };
        self.at += length;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(text: &str) -> Vec<TokenKind> {
        tokens(text).unwrap().into_iter().map(|token| token.what).collect()
    }

    #[test]
    fn signs_numbers_and_texts() {
        assert_eq!(
            whats("a.b<=0x1F&&'it\\'s' // end"),
            vec![
                TokenKind::Name("a".into()),
                TokenKind::Operator("."),
                TokenKind::Name("b".into()),
                TokenKind::Operator("<="),
                TokenKind::Whole(31),
                TokenKind::Operator("&&"),
                TokenKind::Text("it's".into()),
                TokenKind::End
            ]
        );
        assert_eq!(
            whats(".5 1e3 r'\\n'"),
            vec![TokenKind::Double(0.5), TokenKind::Double(1000.0), TokenKind::Text("\\n".into()), TokenKind::End]
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, message, span) in [
            ("a = b", "`=` is not part of expressions", 2..3),
            ("30d", "`30d` is no number", 0..3),
            ("1 < 5u", "`5u` is no number", 4..6),
            ("'abc", "a text is not closed", 0..4),
            ("'a\\q'", "`\\q` begins no escape", 2..4),
            ("99999999999999999999", "`99999999999999999999` is too large a number", 0..20),
            ("'\\ud800'", "`\\u` begins no escape", 1..3),
        ] {
            let problem = tokens(text).unwrap_err();
            assert_eq!((problem.message.as_str(), problem.span), (message, span), "{text}");
        }
    }
}
