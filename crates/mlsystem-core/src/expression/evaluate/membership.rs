//! `in`, and `says`, which asks whether a place holds one of several words.

use super::Context;
use super::operators;
use super::paths::Reached;
use crate::expression::{Expr, ItemRef, Node, Unknown, Value, WordTest};
use crate::manifest::Value as Meaning;

impl<'m> Context<'_, 'm> {
    /// `says(place, word, …)` is `decided(place) && (place == word || …)`, and over a list `word in place`; the place is
    /// read once.
    pub fn says(self, saying: &'m WordTest<'m>) -> Result<bool, Unknown> {
        self.says_one_of(saying, saying.words)
    }

    /// Whether the place holds one of some of its words.
    pub fn says_one_of(self, saying: &'m WordTest<'m>, words: &'m [Expr<'m>]) -> Result<bool, Unknown> {
        self.frame.step()?;
        self.frame.attempt(|| self.says_word(saying, words))
    }

    fn says_word(self, saying: &'m WordTest<'m>, words: &'m [Expr<'m>]) -> Result<bool, Unknown> {
        let value = match &saying.place.node {
            Node::Path(path) => match self.walk(path) {
                Ok(Reached::Found(local)) => self.read(local),
                Ok(_) => Err(Unknown::Absent),
                Err(unknown) => Err(unknown),
            },
            _ => self.evaluate(&saying.place),
        };
        let mut unknown = value.as_ref().err().copied();
        if unknown == Some(Unknown::Absent) {
            return Ok(false);
        }
        for word in words {
            // The words are read though the place cannot be, so that all that is wanted is known.
            let word = self.evaluate(word);
            let Ok(value) = &value else { continue };
            let same = word.and_then(|word| match saying.listed {
                true => self.holds(&word, value.clone()),
                false => operators::equal(self, value, &word),
            });
            match same {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(Unknown::TooLong) => return Err(Unknown::TooLong),
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        unknown.map_or(Ok(false), Err)
    }

    pub fn membership(self, item: &'m Expr<'m>, list: &'m Expr<'m>) -> Result<bool, Unknown> {
        self.frame.attempt(|| {
            let item = self.evaluate(item);
            // `f in data.sources` asks for the name.
            if let Node::List(literals) = list.node {
                return self.in_literals(&item?, literals);
            }
            let list = self.evaluate(list);
            self.holds(&item?, list?)
        })
    }

    /// Whether a list, map or table holds `item`.
    fn holds(self, item: &Value<'m>, list: Value<'m>) -> Result<bool, Unknown> {
        let list = match list {
            Value::Item(item_ref) if matches!(item_ref.item.value, Meaning::Map(_)) => {
                return self.in_map(item, item_ref);
            }
            Value::Table(table) => {
                let word = item.as_text().ok_or(Unknown::Incomparable)?;
                return Ok(table.row(word).is_some());
            }
            other => self.list(other)?,
        };
        self.frame.steps_taken(list.len())?;
        let mut unknown = None;
        for other in list.iter() {
            match self.read(other).and_then(|other| operators::equal(self, item, &other)) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(found) => unknown = unknown.or(Some(found)),
            }
        }
        unknown.map_or(Ok(false), Err)
    }

    /// Membership in a list that stands in the expression, without making the list.
    fn in_literals(self, item: &Value<'m>, literals: &'m [Expr<'m>]) -> Result<bool, Unknown> {
        let mut found = false;
        let mut unknown = None;
        for literal in literals {
            match self.evaluate(literal).and_then(|other| operators::equal(self, item, &other)) {
                Ok(equal) => found |= equal,
                Err(fault @ (Unknown::Fault(_) | Unknown::TooLong)) => return Err(fault),
                Err(other) => unknown = unknown.or(Some(other)),
            }
        }
        match unknown {
            Some(unknown) if !found => Err(unknown),
            _ => Ok(found),
        }
    }

    fn in_map(self, key: &Value<'m>, map: ItemRef<'m>) -> Result<bool, Unknown> {
        let Meaning::Map(named) = &map.item.value else { return Ok(false) };
        let name = key.as_text().ok_or(Unknown::Incomparable)?;
        let Some(found) = self.frame.indexes.named(named, map.home, name) else { return Ok(false) };
        // A reference that means something of another kind is not this item, though the names be equal.
        let Value::Reference(reference, from) = key else { return Ok(true) };
        let same = match reference.kind {
            _ if reference.system.is_some() => map.home.name() == reference.system.as_deref(),
            _ if !std::ptr::eq(*from, map.home) => false,
            Some(kind) => map
                .home
                .names
                .find(&reference.name, &[kind])
                .is_some_and(|definition| definition.span.is_none_or(|span| span == found.key)),
            None => true,
        };
        Ok(same)
    }
}
