//! The parser: an expression as it is written, before any name in it is known.

use std::ops::Range;

use super::token::{Token, TokenKind, tokens};
use crate::expression::{BinaryOp, Problem};

/// How deep an expression may nest, so that nothing that walks one can run out of stack.
const DEPTH: u16 = 120;

/// Words that CEL keeps for itself; after a dot they are names like any other.
const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// One part of an expression, with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ast {
    pub span: Range<usize>,
    pub form: AstKind,
    height: u16,
}

impl Ast {
    /// A part that stands for what is written at `span`.
    pub fn within(span: &Range<usize>, form: AstKind) -> Self {
        let height = 1 + form.parts().map(|part| part.height).max().unwrap_or(0);
        Self { span: span.clone(), form, height }
    }

    /// How deep it nests.
    pub fn height(&self) -> u16 {
        self.height
    }

    /// Calls `visit` for this part and all inside it.
    pub fn visit(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        self.form.parts().for_each(|part| part.visit(visit));
    }
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum AstKind {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    List(Vec<Ast>),
    Name(String),
    Select(Box<Ast>, Word),
    Index(Box<Ast>, Box<Ast>),
    /// A call of a function, or of a macro or text function on what stands before the dot.
    Call {
        receiver: Option<Box<Ast>>,
        function: Word,
        arguments: Vec<Ast>,
    },
    Not(Box<Ast>),
    Minus(Box<Ast>),
    Binary(BinaryOp, Box<Ast>, Box<Ast>),
    /// `a && b && …`
    And(Vec<Ast>),
    /// `a || b || …`
    Or(Vec<Ast>),
    Choice(Box<Ast>, Box<Ast>, Box<Ast>),
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub text: String,
    pub span: Range<usize>,
}

/// Parses one whole expression.
pub(super) fn parse(text: &str) -> Result<Ast, Problem> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let syntax = parser.expression()?;
    if parser.peek() == &TokenKind::End { Ok(syntax) } else { Err(parser.unexpected("the end of the expression")) }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: u16,
}

impl Parser {
    fn peek(&self) -> &TokenKind {
        self.tokens.get(self.at).map_or(&TokenKind::End, |token| &token.what)
    }

    fn span(&self) -> Range<usize> {
        let token = self.tokens.get(self.at).or(self.tokens.last());
        token.map_or(0..0, |token| token.span.clone())
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Operator(next) if *next == sign);
        self.at += usize::from(found);
        found
    }

    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.end)
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), Problem> {
        if self.take(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    /// The words for a token that does not belong where it stands.
    fn unexpected(&self, wanted: &str) -> Problem {
        let span = self.span();
        match self.peek() {
            TokenKind::End => Problem::new(span, format!("the expression ends where {wanted} is expected")),
            TokenKind::Name(name) => {
                let problem = Problem::new(span, format!("`{name}` stands where {wanted} is expected"));
                match name.to_ascii_lowercase().as_str() {
                    "and" => problem.with_help("\"and\" is written `&&`"),
                    "or" => problem.with_help("\"or\" is written `||`"),
                    "not" => problem.with_help("\"not\" is written `!`"),
                    "is" => problem.with_help("equality is written `==`"),
                    _ => problem,
                }
            }
            TokenKind::Operator(sign) => Problem::new(span, format!("`{sign}` stands where {wanted} is expected")),
            TokenKind::Whole(_) | TokenKind::Double(_) => {
                Problem::new(span, format!("a number stands where {wanted} is expected"))
            }
            TokenKind::Text(_) => Problem::new(span, format!("a text stands where {wanted} is expected")),
        }
    }

    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, Problem>) -> Result<T, Problem> {
        if self.depth >= DEPTH {
            return Err(Problem::new(self.span(), "the expression nests too deeply"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn make(&self, span: Range<usize>, form: AstKind) -> Result<Ast, Problem> {
        let height = 1 + form.parts().map(|part| part.height).max().unwrap_or(0);
        if height > DEPTH {
            return Err(Problem::new(span, "the expression nests too deeply"));
        }
        Ok(Ast { span, form, height })
    }

    fn expression(&mut self) -> Result<Ast, Problem> {
        self.deeper(|parser| {
            let condition = parser.alternatives()?;
            if !parser.take("?") {
                return Ok(condition);
            }
            let yes = parser.alternatives()?;
            parser.expect(":")?;
            let no = parser.expression()?;
            let span = condition.span.start..no.span.end;
            parser.make(span, AstKind::Choice(Box::new(condition), Box::new(yes), Box::new(no)))
        })
    }

    fn alternatives(&mut self) -> Result<Ast, Problem> {
        self.chain("||", AstKind::Or, |parser| parser.chain("&&", AstKind::And, |parser| parser.binary(1)))
    }

    fn chain(
        &mut self,
        sign: &str,
        form: fn(Vec<Ast>) -> AstKind,
        operand: impl Fn(&mut Self) -> Result<Ast, Problem>,
    ) -> Result<Ast, Problem> {
        let first = operand(self)?;
        let start = first.span.start;
        let mut operands = vec![first];
        while self.take(sign) {
            operands.push(operand(self)?);
        }
        if operands.len() > 1 {
            return self.make(start..self.end(), form(operands));
        }
        operands.pop().ok_or_else(|| self.unexpected("a value"))
    }

    /// Operators that bind at least as strongly as `least`, all of them from left to right.
    fn binary(&mut self, least: u8) -> Result<Ast, Problem> {
        let mut left = self.unary()?;
        while let Some((sign, strength)) = BinaryOp::of(self.peek())
            && strength >= least
        {
            self.at += 1;
            let right = self.binary(strength + 1)?;
            let span = left.span.start..right.span.end;
            left = self.make(span, AstKind::Binary(sign, Box::new(left), Box::new(right)))?;
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Ast, Problem> {
        let start = self.span().start;
        if self.take("!") {
            let operand = self.deeper(Self::unary)?;
            return self.make(start..operand.span.end, AstKind::Not(Box::new(operand)));
        }
        if self.take("-") {
            if let TokenKind::Whole(number) = *self.peek() {
                self.at += 1;
                let number = 0i64.checked_sub_unsigned(number).ok_or_else(|| self.too_large(start))?;
                let literal = self.make(start..self.end(), AstKind::Int(number))?;
                return self.members(literal);
            }
            let operand = self.deeper(Self::unary)?;
            return self.make(start..operand.span.end, AstKind::Minus(Box::new(operand)));
        }
        let primary = self.primary()?;
        self.members(primary)
    }

    fn too_large(&self, start: usize) -> Problem {
        Problem::new(start..self.end(), "a whole number has at most 64 bits")
    }

    /// What follows a value: `.name`, `.call(…)` and `[index]`.
    fn members(&mut self, mut left: Ast) -> Result<Ast, Problem> {
        let start = left.span.start;
        loop {
            if self.take(".") {
                let TokenKind::Name(name) = self.peek().clone() else { return Err(self.unexpected("a name")) };
                let word = Word { text: name, span: self.span() };
                self.at += 1;
                let form = if self.take("(") {
                    let arguments = self.list(")")?;
                    AstKind::Call { receiver: Some(Box::new(left)), function: word, arguments }
                } else {
                    AstKind::Select(Box::new(left), word)
                };
                left = self.make(start..self.end(), form)?;
            } else if self.take("[") {
                let index = self.expression()?;
                self.expect("]")?;
                left = self.make(start..self.end(), AstKind::Index(Box::new(left), Box::new(index)))?;
            } else {
                return Ok(left);
            }
        }
    }

    /// Expressions between commas up to `close`; a comma may stand after the last item of a list.
    fn list(&mut self, close: &'static str) -> Result<Vec<Ast>, Problem> {
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.expression()?);
            if !self.take(",") {
                self.expect(close)?;
                break;
            }
            if close == ")" && matches!(self.peek(), TokenKind::Operator(")")) {
                return Err(self.unexpected("an argument"));
            }
        }
        Ok(items)
    }

    fn primary(&mut self) -> Result<Ast, Problem> {
        let span = self.span();
        let start = span.start;
        let what = self.peek().clone();
        let form = match what {
            TokenKind::Whole(number) => {
                self.at += 1;
                AstKind::Int(i64::try_from(number).map_err(|_| self.too_large(start))?)
            }
            TokenKind::Double(number) => {
                self.at += 1;
                AstKind::Double(number)
            }
            TokenKind::Text(text) => {
                self.at += 1;
                AstKind::Text(text)
            }
            TokenKind::Operator("(") => {
                self.at += 1;
                let mut inner = self.expression()?;
                self.expect(")")?;
                inner.span = start..self.end();
                return Ok(inner);
            }
            TokenKind::Operator("[") => {
                self.at += 1;
                AstKind::List(self.list("]")?)
            }
            TokenKind::Name(name) => return self.name(name, span),
            _ => return Err(self.unexpected("a value")),
        };
        self.make(start..self.end(), form)
    }

    fn name(&mut self, name: String, span: Range<usize>) -> Result<Ast, Problem> {
        match name.as_str() {
            "true" | "false" => {
                self.at += 1;
                return self.make(span, AstKind::Bool(name == "true"));
            }
            "null" => {
                return Err(Problem::new(span, "expressions have no `null`")
                    .with_help("ask `has(…)` whether a place is written"));
            }
            "in" => return Err(self.unexpected("a value")),
            _ if RESERVED.contains(&name.as_str()) => {
                return Err(Problem::new(span, format!("`{name}` is a word that CEL keeps for itself"))
                    .with_help("it is a name only after a dot"));
            }
            _ => self.at += 1,
        }
        if !self.take("(") {
            return self.make(span, AstKind::Name(name));
        }
        let arguments = self.list(")")?;
        let start = span.start;
        self.make(start..self.end(), AstKind::Call { receiver: None, function: Word { text: name, span }, arguments })
    }
}

impl AstKind {
    /// The parts directly inside.
    fn parts(&self) -> impl Iterator<Item = &Ast> {
        let (boxed, many): (Vec<&Ast>, &[Ast]) = match self {
            Self::Bool(_) | Self::Int(_) | Self::Double(_) | Self::Text(_) | Self::Name(_) => (Vec::new(), &[]),
            Self::List(items) | Self::And(items) | Self::Or(items) => (Vec::new(), items),
            Self::Select(of, _) | Self::Not(of) | Self::Minus(of) => (vec![of], &[]),
            Self::Index(a, b) | Self::Binary(_, a, b) => (vec![a, b], &[]),
            Self::Choice(a, b, c) => (vec![a, b, c], &[]),
            Self::Call { receiver, arguments, .. } => (receiver.as_deref().into_iter().collect(), arguments),
        };
        boxed.into_iter().chain(many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree with every bracket written out.
    fn shown(syntax: &Ast) -> String {
        let all = |items: &[Ast], between: &str| items.iter().map(shown).collect::<Vec<_>>().join(between);
        match &syntax.form {
            AstKind::Bool(value) => value.to_string(),
            AstKind::Int(value) => value.to_string(),
            AstKind::Double(value) => format!("{value:?}"),
            AstKind::Text(value) => format!("{value:?}"),
            AstKind::List(items) => format!("[{}]", all(items, ", ")),
            AstKind::Name(name) => name.clone(),
            AstKind::Select(of, word) => format!("{}.{}", shown(of), word.text),
            AstKind::Index(of, index) => format!("{}[{}]", shown(of), shown(index)),
            AstKind::Call { receiver, function, arguments } => {
                let receiver = receiver.as_ref().map(|of| shown(of) + ".").unwrap_or_default();
                format!("{receiver}{}({})", function.text, all(arguments, ", "))
            }
            AstKind::Not(of) => format!("(!{})", shown(of)),
            AstKind::Minus(of) => format!("(-{})", shown(of)),
            AstKind::Binary(sign, a, b) => format!("({} {} {})", shown(a), sign.text(), shown(b)),
            AstKind::And(items) => format!("({})", all(items, " && ")),
            AstKind::Or(items) => format!("({})", all(items, " || ")),
            AstKind::Choice(a, b, c) => format!("({} ? {} : {})", shown(a), shown(b), shown(c)),
        }
    }

    #[test]
    fn operators_bind_as_in_cel() {
        for (text, tree) in [
            ("a + b * c - d", "((a + (b * c)) - d)"),
            ("a || b && c || d", "(a || (b && c) || d)"),
            ("!a.b && -c < d", "((!a.b) && ((-c) < d))"),
            ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
            ("x in [1, 2,] == true", "((x in [1, 2]) == true)"),
            ("a.b[c.d].exists(v, v.for == 'x')", "a.b[c.d].exists(v, (v.for == \"x\"))"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("a - -1", "(a - -1)"),
            ("(a + b) % c / d", "(((a + b) % c) / d)"),
            ("evaluation.gate.in", "evaluation.gate.in"),
            ("size(x) > 0", "(size(x) > 0)"),
        ] {
            assert_eq!(shown(&parse(text).unwrap()), tree, "{text}");
        }
    }

    #[test]
    fn spans_cover_what_was_written() {
        let text = "stage == \"production\" && (a.b)";
        let parsed = parse(text).unwrap();
        let AstKind::And(operands) = &parsed.form else { panic!("{parsed:?}") };
        assert_eq!(&text[operands[0].span.clone()], "stage == \"production\"");
        assert_eq!(&text[operands[1].span.clone()], "(a.b)");
        assert_eq!(parsed.span, 0..text.len());
    }

    #[test]
    fn errors_say_what_is_expected() {
        for (text, message) in [
            ("", "the expression ends where a value is expected"),
            ("a &&", "the expression ends where a value is expected"),
            ("a and b", "`and` stands where the end of the expression is expected"),
            ("(a", "the expression ends where `)` is expected"),
            ("a ? b", "the expression ends where `:` is expected"),
            ("f(a,)", "`)` stands where an argument is expected"),
            ("a.", "the expression ends where a name is expected"),
            ("for.x", "`for` is a word that CEL keeps for itself"),
            ("x == null", "expressions have no `null`"),
            ("9223372036854775808", "a whole number has at most 64 bits"),
            ("a b", "`b` stands where the end of the expression is expected"),
        ] {
            assert_eq!(parse(text).unwrap_err().message, message, "{text}");
        }
    }

    #[test]
    fn depth_has_a_limit() {
        for text in [
            "(".repeat(5000),
            "!".repeat(5000),
            "[".repeat(5000),
            format!("a{}", "+a".repeat(5000)),
            format!("a{}", ".a".repeat(5000)),
            format!("{}a", "a?a:".repeat(5000)),
        ] {
            assert_eq!(parse(&text).unwrap_err().message, "the expression nests too deeply");
        }
        assert!(parse(&format!("a{}", "||a".repeat(5000))).is_ok());
        assert!(parse(&format!("{}a{}", "(".repeat(40), ")".repeat(40))).is_ok());
    }
}
