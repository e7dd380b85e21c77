//! The conformance suite of CEL, as far as the documented subset goes. What lies outside it is told by rule, from the
//! words of the expression alone, so that no failure can hide there.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;
use std::sync::Arc;

use super::evaluate::Context;
use super::properties::FORMAT;
use super::{Binding, Frame, List, Scope, Unknown, Value, compile};
use crate::arena::Arena;
use crate::expression::compile::token::{TokenKind, tokens};
use crate::manifest;
use crate::source::Source;
use crate::tree::{self, Limits};
use crate::units::Date;

const FILES: [(&str, &str); 9] = [
    ("basic", include_str!("../../tests/data/cel/basic.textproto")),
    ("comparisons", include_str!("../../tests/data/cel/comparisons.textproto")),
    ("fp_math", include_str!("../../tests/data/cel/fp_math.textproto")),
    ("integer_math", include_str!("../../tests/data/cel/integer_math.textproto")),
    ("lists", include_str!("../../tests/data/cel/lists.textproto")),
    ("logic", include_str!("../../tests/data/cel/logic.textproto")),
    ("macros", include_str!("../../tests/data/cel/macros.textproto")),
    ("parse", include_str!("../../tests/data/cel/parse.textproto")),
    ("string", include_str!("../../tests/data/cel/string.textproto")),
];

/// Words that only expressions outside the subset have.
const OUTSIDE: [(&str, &[&str]); 5] = [
    ("null", &["null"]),
    ("dyn and conversions", &["dyn", "type", "int", "uint", "double", "string", "bytes", "bool"]),
    ("timestamps, and durations in CEL's own spelling", &["timestamp", "duration"]),
    ("matches", &["matches"]),
    ("messages", &["google", "cel", "TestAllTypes", "NestedTestAllTypes"]),
];

/// Why a test is outside of the subset; nothing when it must pass.
fn outside(test: &Node) -> Option<&'static str> {
    let expr = test.text("expr");
    if test.fields.iter().any(|(name, _)| name == "bindings" || name == "type_env") {
        return Some("variables that the test declares");
    }
    let tokens = match tokens(&expr) {
        Ok(tokens) => tokens,
        Err(problem) => {
            let help = problem.help.unwrap_or_default();
            return match (problem.message.as_str(), help.as_str()) {
                ("expressions have no byte strings", _) => Some("byte strings"),
                (_, "expressions have no unsigned numbers") => Some("unsigned numbers"),
                (_, "expressions have lists, but no maps") => Some("maps and messages"),
                _ => None,
            };
        }
    };
    for token in &tokens {
        let TokenKind::Name(name) = &token.what else { continue };
        if let Some((what, _)) = OUTSIDE.iter().find(|(_, words)| words.contains(&name.as_str())) {
            return Some(what);
        }
    }
    // With its checker off, CEL lets a name go that nothing declares; here it never passes the checker.
    let declared = ["true", "false", "in", "size"];
    let undeclared = tokens
        .first()
        .is_some_and(|token| matches!(&token.what, TokenKind::Name(name) if !declared.contains(&name.as_str())));
    (undeclared && !test.fields.iter().any(|(name, _)| name == "eval_error")).then_some("names that nothing declares")
}

#[test]
fn conformance_suite() {
    let parsed = tree::parse(&Source::new("empty", "mlsystem: 1"), &Limits::default());
    let tree = Arc::new(parsed.tree.unwrap());
    let (manifest, _) = manifest::read(&tree, &FORMAT);
    let frame = Frame::new(&FORMAT, &manifest, Date::from_days(0).unwrap());
    let mut failures = Vec::new();
    let mut counts = BTreeMap::new();
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, text) in FILES {
        let document = Node::parse(text);
        let count: &mut (usize, usize) = counts.entry(file).or_default();
        for section in document.nodes("section") {
            for test in section.nodes("test") {
                if let Some(reason) = outside(test) {
                    *left_out.entry(reason).or_default() += 1;
                    count.1 += 1;
                    continue;
                }
                count.0 += 1;
                let expr = test.text("expr");
                if let Err(wrong) = run(&expr, test, &frame) {
                    failures.push(format!(
                        "{file}/{}/{}: {expr}\n    {wrong}",
                        section.text("name"),
                        test.text("name")
                    ));
                }
            }
        }
    }
    for (file, (inside, outside)) in &counts {
        println!("{file}: {inside} run, {outside} outside");
    }
    let total: usize = counts.values().map(|(inside, _)| inside).sum();
    println!("{total} run, {} failed; outside: {left_out:?}", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(total >= 280, "only {total} tests were run");
}

fn run(expr: &str, test: &Node, frame: &Frame<'_>) -> Result<(), String> {
    let arena: &'static Arena = Box::leak(Box::default());
    let compiled = compile(expr, &FORMAT, &Scope::new(arena).names_alone());
    let value = match &compiled {
        Ok(compiled) => {
            frame.begin();
            Context { frame, variables: None }.evaluate(compiled.expr)
        }
        Err(problems) => Err(Unknown::Fault(problems[0].message.clone().leak())),
    };
    if test.fields.iter().any(|(name, _)| name == "eval_error") {
        return match value {
            Err(Unknown::Fault(_)) => Ok(()),
            other => Err(format!("an error is wanted, and this is {other:?}")),
        };
    }
    let value = value.map_err(|unknown| format!("unknown: {}", unknown.words()))?;
    // A test without a value wants `true`.
    let wanted = test.nodes("value").next();
    let equal = wanted.map_or(matches!(value, Value::Bool(true)), |wanted| same(&value, wanted));
    if equal { Ok(()) } else { Err(format!("{value:?} is not {wanted:?}")) }
}

fn same(value: &Value<'_>, wanted: &Node) -> bool {
    let Some((kind, field)) = wanted.fields.first() else { return false };
    let scalar = if let Field::Scalar(text) = field { text.as_str() } else { "" };
    match (value, kind.as_str()) {
        (Value::Bool(value), "bool_value") => scalar == value.to_string(),
        (Value::Int(value), "int64_value") => scalar.parse() == Ok(*value),
        (Value::Double(value), "double_value") => match scalar {
            "inf" | "Infinity" => *value == f64::INFINITY,
            "-inf" | "-Infinity" => *value == f64::NEG_INFINITY,
            scalar => scalar.parse() == Ok(*value),
        },
        (Value::Text(value), "string_value") => *scalar == **value,
        (Value::List(list), "list_value") => {
            let Field::Node(wanted) = field else { return false };
            same_items(list, &wanted.nodes("values").collect::<Vec<_>>())
        }
        _ => false,
    }
}

fn same_items(list: &List<'_>, wanted: &[&Node]) -> bool {
    let items: Vec<Binding<'_>> = list.iter().collect();
    items.len() == wanted.len()
        && items.iter().zip(wanted).all(|(item, wanted)| matches!(item, Binding::Value(value) if same(value, wanted)))
}

/// A message in the text format of protocol buffers.
#[derive(Debug, Default)]
struct Node {
    fields: Vec<(String, Field)>,
}

#[derive(Debug)]
enum Field {
    Scalar(String),
    Node(Node),
}

impl Node {
    fn parse(text: &str) -> Self {
        Self::read(&mut text.chars().peekable())
    }

    fn read(text: &mut Peekable<Chars<'_>>) -> Self {
        let mut node = Self::default();
        loop {
            skip(text);
            match text.peek() {
                None => return node,
                Some('}') => {
                    text.next();
                    return node;
                }
                Some(',' | ';') => {
                    text.next();
                    continue;
                }
                Some(_) => {}
            }
            let name = word(text);
            assert!(!name.is_empty(), "a name is expected at {:?}", text.take(20).collect::<String>());
            skip(text);
            if text.next_if_eq(&':').is_some() {
                skip(text);
            }
            let field = match text.peek() {
                Some('{') => {
                    text.next();
                    Field::Node(Self::read(text))
                }
                Some('"' | '\'') => {
                    let mut bytes = Vec::new();
                    while let Some(quote) = text.next_if(|c| matches!(c, '"' | '\'')) {
                        string(text, quote, &mut bytes);
                        skip(text);
                    }
                    Field::Scalar(String::from_utf8_lossy(&bytes).into_owned())
                }
                _ => Field::Scalar(word(text)),
            };
            node.fields.push((name, field));
        }
    }

    fn nodes(&self, wanted: &str) -> impl Iterator<Item = &Node> {
        let fields = self.fields.iter().filter(move |(name, _)| name == wanted);
        fields.filter_map(|(_, field)| if let Field::Node(node) = field { Some(node) } else { None })
    }

    fn text(&self, wanted: &str) -> String {
        let field = self.fields.iter().find(|(name, _)| name == wanted);
        match field {
            Some((_, Field::Scalar(text))) => text.clone(),
            _ => String::new(),
        }
    }
}

fn skip(text: &mut Peekable<Chars<'_>>) {
    while let Some(c) = text.peek() {
        if *c == '#' {
            while text.next_if(|c| *c != '\n').is_some() {}
        } else if c.is_whitespace() {
            text.next();
        } else {
            return;
        }
    }
}

fn word(text: &mut Peekable<Chars<'_>>) -> String {
    let mut word = String::new();
    while let Some(c) = text.next_if(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '[' | ']' | '/')) {
        word.push(c);
    }
    word
}

fn string(text: &mut Peekable<Chars<'_>>, quote: char, bytes: &mut Vec<u8>) {
    let digits = |text: &mut Peekable<Chars<'_>>, radix: u32, most: usize| {
        let mut value = 0;
        for _ in 0..most {
            let Some(digit) = text.next_if(|c| c.is_digit(radix)) else { break };
            value = value * radix + digit.to_digit(radix).unwrap();
        }
        value
    };
    let push = |bytes: &mut Vec<u8>, c: char| bytes.extend(c.to_string().bytes());
    while let Some(c) = text.next() {
        match c {
            c if c == quote => return,
            '\\' => match text.next().unwrap() {
                'n' => bytes.push(b'\n'),
                'r' => bytes.push(b'\r'),
                't' => bytes.push(b'\t'),
                'a' => bytes.push(7),
                'b' => bytes.push(8),
                'f' => bytes.push(12),
                'v' => bytes.push(11),
                'x' | 'X' => bytes.push(digits(text, 16, 2) as u8),
                'u' => push(bytes, char::from_u32(digits(text, 16, 4)).unwrap()),
                'U' => push(bytes, char::from_u32(digits(text, 16, 8)).unwrap()),
                digit @ '0'..='7' => {
                    let rest = text.clone().take(2).take_while(|c| c.is_digit(8)).count();
                    let tail = digits(text, 8, rest);
                    bytes.push((digit.to_digit(8).unwrap() * 8u32.pow(rest as u32) + tail) as u8);
                }
                other => push(bytes, other),
            },
            c => push(bytes, c),
        }
    }
}
