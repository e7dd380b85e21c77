//! A reader of XML 1.0 for the tests: elements, attributes and text, and nothing that a report has no use for.

/// An element with what is in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> usize {
        self.attribute(name).unwrap_or_else(|| panic!("<{}> has no {name}", self.name)).parse().unwrap()
    }

    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// The root of a document; stops with a panic at what is not well-formed.
pub fn parse(text: &str) -> Element {
    for c in text.chars() {
        let allowed = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(allowed, "{c:?} is no character of XML 1.0");
    }
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
    let mut open = vec![Element::default()];
    while let Some(start) = rest.find('<') {
        open.last_mut().unwrap().text.push_str(&unescaped(&rest[..start]));
        let end = start + closing(&rest[start..]);
        tag(&rest[start + 1..end], &mut open);
        rest = &rest[end + 1..];
    }
    assert_eq!((rest.trim(), open.len()), ("", 1), "an element is not closed");
    let mut top = open.remove(0);
    assert_eq!(top.children.len(), 1, "a document has one root");
    top.children.remove(0)
}

/// Where the tag ends: the first `>` outside quotes.
fn closing(text: &str) -> usize {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    end.expect("a tag is closed").0
}

fn tag(text: &str, open: &mut Vec<Element>) {
    if let Some(name) = text.strip_prefix('/') {
        let done = open.pop().unwrap();
        assert_eq!(done.name, name);
        open.last_mut().unwrap().children.push(done);
        return;
    }
    let alone = text.ends_with('/');
    let text = text.trim_end_matches('/');
    let (name, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    assert!(name.chars().all(|c| c.is_ascii_lowercase()), "<{name}>");
    let mut element = Element { name: name.to_owned(), ..Element::default() };
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").expect("an attribute has a value in quotes");
        let (value, after) = after.split_once('"').expect("a value ends");
        assert!(key.chars().all(|c| c.is_ascii_lowercase()) && !value.contains(['<', '\n', '\t']), "{key}={value}");
        assert!(element.attribute(key).is_none(), "{key} twice");
        element.attributes.push((key.to_owned(), unescaped(value)));
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    if alone {
        open.last_mut().unwrap().children.push(element);
    } else {
        open.push(element);
    }
}

fn unescaped(text: &str) -> String {
    for (at, _) in text.match_indices('&') {
        let known = ["amp;", "lt;", "gt;", "quot;", "#10;"].iter().any(|name| text[at + 1..].starts_with(name));
        assert!(known, "a bare & in {text}");
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#10;", "\n").replace("&amp;", "&")
}
