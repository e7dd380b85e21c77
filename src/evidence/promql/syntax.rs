//! PromQL as a tree, of just what a comparison needs: ranges, offsets, label matchers and the labels that vectors are
//! matched on are read and left out.

use std::ops::Range;

use super::operator::{OPERATORS, Operator, POWER};

/// A Prometheus expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression<'a> {
    /// A number, with its bytes in the text; a sign before it belongs to it.
    Number(f64, Range<usize>),
    /// A text between quotes.
    Text,
    /// A selector: the name of its metric, and the `quantile` label that it asks for.
    Selector { metric: Option<&'a str>, quantile: Option<f64> },
    /// A function or an aggregation with its arguments.
    Call { name: &'a str, arguments: Vec<Expression<'a>> },
    /// What follows a minus that is no part of a number.
    Minus(Box<Expression<'a>>),
    /// Two operands.
    Binary { operator: Operator, left: Box<Expression<'a>>, right: Box<Expression<'a>> },
}

/// Brackets and operators inside each other beyond this are not followed.
const DEPTH: u32 = 60;

/// The tree of `text`; none where it is no PromQL, as when it holds a template.
pub fn parse(text: &str) -> Option<Expression<'_>> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let expression = parser.binary(0)?;
    parser.skip();
    (parser.at == text.len()).then_some(expression)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl<'a> Parser<'a> {
    /// An operand, and all operators after it that bind at least as strongly as `least`.
    fn binary(&mut self, least: u32) -> Option<Expression<'a>> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut left = self.unary()?;
        while let Some((operator, strength, length)) = self.operator().filter(|found| found.1 >= least) {
            self.at += length;
            self.modifiers()?;
            // `^` alone binds to the right.
            let right = self.binary(strength + u32::from(strength != POWER))?;
            left = Expression::Binary { operator, left: Box::new(left), right: Box::new(right) };
        }
        self.depth -= 1;
        Some(left)
    }

    fn unary(&mut self) -> Option<Expression<'a>> {
        self.skip();
        let start = self.at;
        if !self.eat("-") && !self.eat("+") {
            return self.postfix();
        }
        let negative = self.text[start..].starts_with('-');
        Some(match self.binary(POWER)? {
            Expression::Number(number, at) => {
                Expression::Number(if negative { -number } else { number }, start..at.end)
            }
            operand if negative => Expression::Minus(Box::new(operand)),
            operand => operand,
        })
    }

    fn postfix(&mut self) -> Option<Expression<'a>> {
        let expression = self.primary()?;
        loop {
            if self.eat("[") {
                self.until("]")?;
            } else if self.eat_word("offset") {
                self.eat("-");
                self.duration()?;
            } else if self.eat("@") {
                self.primary()?;
            } else {
                return Some(expression);
            }
        }
    }

    fn primary(&mut self) -> Option<Expression<'a>> {
        self.skip();
        let rest = &self.text[self.at..];
        match rest.chars().next()? {
            '(' => {
                self.at += 1;
                let expression = self.binary(0)?;
                self.eat(")").then_some(expression)
            }
            '{' => Some(Expression::Selector { metric: None, quantile: self.matchers()? }),
            '"' | '\'' | '`' => self.quoted().map(|_| Expression::Text),
            '0'..='9' | '.' => self.number(),
            char if begins_a_name(char) => self.named(),
            _ => None,
        }
    }

    fn named(&mut self) -> Option<Expression<'a>> {
        let start = self.at;
        let name = self.name();
        if matches!(name.to_ascii_lowercase().as_str(), "inf" | "nan") {
            let number = if name.eq_ignore_ascii_case("inf") { f64::INFINITY } else { f64::NAN };
            return Some(Expression::Number(number, start..self.at));
        }
        let grouped = self.grouping()?;
        if self.eat("(") {
            let mut arguments = Vec::new();
            while !self.eat(")") {
                arguments.push(self.binary(0)?);
                if !self.eat(",") {
                    if !self.eat(")") {
                        return None;
                    }
                    break;
                }
            }
            self.grouping()?;
            return Some(Expression::Call { name, arguments });
        }
        if grouped {
            return None;
        }
        self.skip();
        let quantile = if self.text[self.at..].starts_with('{') { self.matchers()? } else { None };
        Some(Expression::Selector { metric: Some(name), quantile })
    }

    /// `by (…)` or `without (…)`, and whether it is there.
    fn grouping(&mut self) -> Option<bool> {
        let found = self.eat_word("by") || self.eat_word("without");
        if found {
            self.labels()?;
        }
        Some(found)
    }

    /// What may follow a binary operator: `bool`, `on (…)`, `group_left (…)` and the like.
    fn modifiers(&mut self) -> Option<()> {
        self.eat_word("bool");
        if self.eat_word("on") || self.eat_word("ignoring") {
            self.labels()?;
        }
        if self.eat_word("group_left") || self.eat_word("group_right") {
            self.skip();
            // Without labels, a bracket that follows opens the right operand.
            if self.text[self.at..].starts_with('(') {
                let before = self.at;
                if self.labels().is_none() {
                    self.at = before;
                }
            }
        }
        Some(())
    }

    /// A list of names in brackets.
    fn labels(&mut self) -> Option<()> {
        if !self.eat("(") {
            return None;
        }
        while !self.eat(")") {
            self.skip();
            if self.name().is_empty() {
                return None;
            }
            if !self.eat(",") {
                return self.eat(")").then_some(());
            }
        }
        Some(())
    }

    /// `{a="b", quantile="0.99"}`: what it says of `quantile`.
    fn matchers(&mut self) -> Option<Option<f64>> {
        let mut quantile = None;
        self.eat("{");
        while !self.eat("}") {
            self.skip();
            let quoted = self.text[self.at..].starts_with(['"', '\'']);
            let label = if quoted { self.quoted()? } else { self.name() };
            if label.is_empty() {
                return None;
            }
            let operator = ["=~", "!~", "!=", "="].into_iter().find(|operator| self.eat(operator));
            if let Some(operator) = operator {
                self.skip();
                let value = self.quoted()?;
                if operator == "=" && label == "quantile" {
                    quantile = value.parse().ok();
                }
            } else if !quoted {
                return None;
            }
            if !self.eat(",") {
                return self.eat("}").then_some(quantile);
            }
        }
        Some(quantile)
    }

    fn number(&mut self) -> Option<Expression<'a>> {
        let start = self.at;
        let rest = &self.text[start..];
        let hexadecimal = rest.strip_prefix("0x").or(rest.strip_prefix("0X"));
        let (number, length) = match hexadecimal {
            Some(digits) => {
                let length = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
                (u64::from_str_radix(&digits[..length], 16).ok()? as f64, length + 2)
            }
            None => {
                let bytes = rest.as_bytes();
                let digit = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.');
                let mut length = (0..).find(|&at| !digit(at))?;
                if matches!(bytes.get(length), Some(b'e' | b'E')) {
                    let signed = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
                    let exponent = (length + 1 + signed..).find(|&at| !digit(at))?;
                    length = if exponent > length + 1 + signed { exponent } else { length };
                }
                (rest[..length].parse().ok()?, length)
            }
        };
        self.at += length;
        // `5m` is a duration, which newer versions take as a number of seconds.
        if self.text[self.at..].starts_with(begins_a_name) {
            self.at = start;
            let seconds = self.duration()?;
            return Some(Expression::Number(seconds, start..self.at));
        }
        Some(Expression::Number(number, start..self.at))
    }

    /// `1h30m` in seconds.
    fn duration(&mut self) -> Option<f64> {
        const UNITS: [(&str, f64); 7] = [
            ("ms", 1e-3),
            ("s", 1.0),
            ("m", 60.0),
            ("h", 3600.0),
            ("d", 86400.0),
            ("w", 604_800.0),
            ("y", 31_536_000.0),
        ];
        self.skip();
        let mut seconds = 0.0;
        let start = self.at;
        loop {
            let rest = &self.text[self.at..];
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if digits == 0 {
                return (self.at > start).then_some(seconds);
            }
            let (unit, factor) = UNITS.into_iter().find(|(unit, _)| rest[digits..].starts_with(unit))?;
            seconds += rest[..digits].parse::<f64>().ok()? * factor;
            self.at += digits + unit.len();
        }
    }

    /// The content of a text between quotes, escapes as they are written.
    fn quoted(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
        let mut escaped = false;
        for (index, char) in rest.char_indices().skip(1) {
            match char {
                _ if escaped => escaped = false,
                '\\' if quote != '`' => escaped = true,
                char if char == quote => {
                    self.at += index + 1;
                    return Some(&rest[1..index]);
                }
                _ => {}
            }
        }
        None
    }

    /// A name, which may be empty.
    fn name(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.find(|c: char| !(begins_a_name(c) || c.is_ascii_digit())).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// The operator that stands here, how strongly it binds, and its length; it is not passed over.
    fn operator(&mut self) -> Option<(Operator, u32, usize)> {
        self.skip();
        let rest = &self.text[self.at..];
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let found = OPERATORS.iter().find(|(spelling, ..)| match spelling.starts_with(char::is_alphabetic) {
            true => rest[..word].eq_ignore_ascii_case(spelling),
            false => rest.starts_with(spelling),
        })?;
        Some((found.1, found.2, found.0.len()))
    }

    fn eat_word(&mut self, word: &str) -> bool {
        self.skip();
        let before = self.at;
        let found = self.name().eq_ignore_ascii_case(word);
        if !found {
            self.at = before;
        }
        found
    }

    fn eat(&mut self, spelling: &str) -> bool {
        self.skip();
        let found = self.text[self.at..].starts_with(spelling);
        if found {
            self.at += spelling.len();
        }
        found
    }

    fn until(&mut self, spelling: &str) -> Option<()> {
        self.at += self.text[self.at..].find(spelling)? + spelling.len();
        Some(())
    }

    /// Passes over blanks and comments.
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = &rest[blank..];
            if !rest.starts_with('#') {
                return;
            }
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }
}

fn begins_a_name(char: char) -> bool {
    char.is_ascii_alphabetic() || char == '_' || char == ':'
}
