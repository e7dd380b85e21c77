//! Text of protocol buffers, as in `config.pbtxt`: names with values, messages in braces, lists in brackets.

use std::ops::Range;

/// A message: its fields in the order of the text; a field that is repeated stands here as often.
#[derive(Debug, Default, PartialEq)]
pub struct Message<'a> {
    fields: Vec<(&'a str, Value<'a>)>,
}

/// The value of a field.
#[derive(Debug, PartialEq)]
enum Value<'a> {
    /// A number, a word or a text, without its quotes, and its bytes.
    Scalar(&'a str, Range<usize>),
    /// A message, and its bytes with the braces.
    Message(Message<'a>, Range<usize>),
}

impl<'a> Message<'a> {
    /// The scalars of the field `name`, with their bytes.
    pub fn scalars(&self, name: &str) -> impl Iterator<Item = (&'a str, Range<usize>)> {
        self.all(name).filter_map(|value| match value {
            Value::Scalar(text, at) => Some((*text, at.clone())),
            Value::Message(..) => None,
        })
    }

    /// The messages of the field `name`, with their bytes.
    pub fn messages(&self, name: &str) -> impl Iterator<Item = (&Message<'a>, Range<usize>)> {
        self.all(name).filter_map(|value| match value {
            Value::Message(message, at) => Some((message, at.clone())),
            Value::Scalar(..) => None,
        })
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Value<'a>> {
        self.fields.iter().filter(move |field| field.0 == name).map(|field| &field.1)
    }
}

/// Messages inside each other beyond this are not followed.
const DEPTH: u32 = 50;

/// The message that `text` is; none where it is none.
pub fn parse(text: &str) -> Option<Message<'_>> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let message = parser.message()?;
    (parser.at == text.len()).then_some(message)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl<'a> Parser<'a> {
    /// Fields up to a closing brace or the end, which is not passed over.
    fn message(&mut self) -> Option<Message<'a>> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut message = Message::default();
        loop {
            self.skip();
            let rest = &self.text[self.at..];
            if rest.is_empty() || rest.starts_with(['}', '>']) {
                self.depth -= 1;
                return Some(message);
            }
            let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            if length == 0 {
                return None;
            }
            let name = &rest[..length];
            self.at += length;
            self.eat(":");
            if self.eat("[") {
                while !self.eat("]") {
                    message.fields.push((name, self.value()?));
                    self.eat(",");
                }
            } else {
                message.fields.push((name, self.value()?));
            }
            let _ = self.eat(",") || self.eat(";");
        }
    }

    fn value(&mut self) -> Option<Value<'a>> {
        self.skip();
        let start = self.at;
        if self.eat("{") || self.eat("<") {
            let message = self.message()?;
            return (self.eat("}") || self.eat(">")).then_some(Value::Message(message, start..self.at));
        }
        let rest = &self.text[start..];
        if let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            let mut escaped = false;
            let end = rest[1..].find(|char| {
                let ends = char == quote && !escaped;
                escaped = char == '\\' && !escaped;
                ends
            })?;
            self.at = start + end + 2;
            return Some(Value::Scalar(&rest[1..=end], start..self.at));
        }
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then(|| Value::Scalar(&rest[..length], start..self.at))
    }

    fn eat(&mut self, sign: &str) -> bool {
        self.skip();
        let found = self.text[self.at..].starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
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

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '-' | '+' | '.' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_lists_and_messages_are_read() {
        let text = "name: \"ranker\" # a note\nmax_batch_size: 8\ninput [\n  { name: \"a\", dims: [ 1, -1 ] },\n  { name: 'b' }\n]\ninput { name: \"c\" }\n";
        let message = parse(text).unwrap();
        assert_eq!(message.scalars("name").next().unwrap().0, "ranker");
        let inputs: Vec<_> = message.messages("input").flat_map(|input| input.0.scalars("name")).collect();
        assert_eq!(inputs.iter().map(|input| input.0).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(&text[inputs[1].1.clone()], "'b'");
    }

    #[test]
    fn what_is_no_message_is_none() {
        for text in ["name: {{ .Values.name }}", "a {", "a: [", "a: \"", "}", "%"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"a {".repeat(100_000)), None);
    }
}
