//! Which items of a list can meet a condition at all. `says(dataset.from, name(source))` holds for few datasets, and an
//! index tells which; the condition as a whole is asked of those alone.

use super::index::{INDEX_THRESHOLD, Index};
use super::paths::Reached;
use super::{Context, Variables};
use crate::expression::{Binding, Expr, Frame, FunctionId, ItemRef, List, Node, Root, Step, Unknown, Value, WordTest};
use crate::manifest::{Item, Value as Meaning};
use crate::units::Scalar;

/// The numbers of the items for which `condition` may hold, in order, where the loop variable of this number goes over
/// `list`: of every other item it is false. None where that would have to be asked of each.
pub fn candidates<'m>(condition: &'m Expr<'m>, variable: u8, list: &List<'m>, frame: &Frame<'m>) -> Option<Vec<u32>> {
    if list.len() <= INDEX_THRESHOLD {
        return None;
    }
    frame.begin();
    frame.in_advance(|| Context { frame, variables: None }.candidates(condition, Root::Binding(variable), list))
}

impl<'m> Context<'_, 'm> {
    /// The same for the variable of a macro.
    pub fn candidates_of_macro(self, condition: &'m Expr<'m>, list: &List<'m>) -> Option<Vec<u32>> {
        if list.len() <= INDEX_THRESHOLD {
            return None;
        }
        let nothing = Binding::Unknown(Unknown::Absent);
        let variables = Variables { value: &nothing, outer: self.variables };
        self.frame.in_advance(|| self.with(&variables).candidates(condition, Root::Variable(0), list))
    }

    /// What an item says picks fewer items than what it is.
    fn candidates(self, condition: &'m Expr<'m>, variable: Root, list: &List<'m>) -> Option<Vec<u32>> {
        let conditions = match &condition.node {
            Node::And(operands) => *operands,
            _ => std::slice::from_ref(condition),
        };
        let said = conditions.iter().find_map(|condition| match &condition.node {
            Node::Says(saying) => self.saying(saying, variable, list),
            _ => None,
        });
        said.or_else(|| conditions.iter().find_map(|condition| self.meeting(condition, variable, list)))
    }

    /// The items that may meet a shared condition, of which each is asked once for all lints.
    fn meeting(self, condition: &'m Expr<'m>, variable: Root, list: &List<'m>) -> Option<Vec<u32>> {
        let Node::Condition(condition, Some(Expr { node: Node::Path(path), .. })) = condition.node else { return None };
        if !is(path.root, variable) || !path.steps.is_empty() {
            return None;
        }
        let index = self.frame.indexes.meeting(list, condition, |index| {
            for (number, item) in (0..).zip(list.iter()) {
                if !matches!(self.condition_of(condition, &item), Ok(Value::Bool(false))) {
                    index.add_open(number);
                }
            }
        })?;
        Some(index.candidates([]))
    }

    fn saying(self, saying: &'m WordTest<'m>, variable: Root, list: &List<'m>) -> Option<Vec<u32>> {
        let [word] = saying.words else { return None };
        if let Node::Path(path) = &saying.place.node
            && is(path.root, variable)
            && !path.steps.is_empty()
            && are_fields(path.steps)
            && is_free(word, variable)
        {
            let word = self.evaluate(word).ok()?;
            let index = self.frame.indexes.of(list, path.steps, |index| self.index_fields(list, path.steps, index))?;
            return Some(index.candidates([word.as_text()?]));
        }
        if is_name_of(word, variable) && is_free(&saying.place, variable) {
            let said = match self.evaluate(&saying.place) {
                Ok(said) => said,
                Err(Unknown::Absent) => return Some(Vec::new()),
                Err(_) => return None,
            };
            let index = self.frame.indexes.of(list, &[], |index| self.index_names(list, index))?;
            return self.words_of(said).map(|words| index.candidates(words.iter().map(String::as_str)));
        }
        None
    }

    fn index_fields(self, list: &List<'m>, steps: &'m [Step<'m>], index: &mut Index<'m>) {
        for (number, item) in (0..).zip(list.iter()) {
            let Binding::ItemRef(item_ref) = item else { continue };
            match self.walk_item(item_ref, steps) {
                Ok(Reached::Found(Binding::ItemRef(said))) => index_words(said, number, index),
                Ok(Reached::Absent | Reached::Against) => {}
                Ok(Reached::Found(_)) | Err(_) => index.add_open(number),
            }
        }
    }

    fn index_names(self, list: &List<'m>, index: &mut Index<'m>) {
        for (number, item) in (0..).zip(list.iter()) {
            match item {
                Binding::ItemRef(item_ref) => match self.item_name(item_ref) {
                    Some(name) => index.add(name, number),
                    None => index.add_open(number),
                },
                _ => index.add_open(number),
            }
        }
    }

    /// The words that a value is or holds; none where one of them is no word.
    fn words_of(self, said: Value<'m>) -> Option<Vec<String>> {
        if let Some(word) = said.as_text() {
            return Some(vec![word.to_owned()]);
        }
        if let Value::Item(ItemRef { item: Item { value: Meaning::Map(named), .. }, .. }) = said {
            return Some(named.iter().map(|named| named.name.to_string()).collect());
        }
        let list = self.list(said).ok()?;
        list.iter().map(|item| self.read(item).ok()?.as_text().map(str::to_owned)).collect()
    }
}

/// Adds the words that a written value is or holds.
fn index_words<'m>(said: ItemRef<'m>, number: u32, index: &mut Index<'m>) {
    match &said.item.value {
        Meaning::Word(Some(word)) => index.add(word, number),
        Meaning::Word(None) | Meaning::Any | Meaning::Scalar(Scalar::Text) => {
            index.add(said.home.text(said.item), number);
        }
        Meaning::Reference(reference) => index.add(&reference.name, number),
        Meaning::Map(named) => named.iter().for_each(|named| index.add(&named.name, number)),
        Meaning::List(items) => items.iter().for_each(|item| index_words(said.inner(item), number, index)),
        _ => index.add_open(number),
    }
}

fn is(root: Root, variable: Root) -> bool {
    match (root, variable) {
        (Root::Binding(a), Root::Binding(b)) | (Root::Variable(a), Root::Variable(b)) => a == b,
        _ => false,
    }
}

fn are_fields(steps: &[Step]) -> bool {
    steps.iter().all(|step| matches!(step, Step::Field(..)))
}

/// Whether it is `name(variable)`.
fn is_name_of(expr: &Expr, variable: Root) -> bool {
    let Node::Call(id, [Expr { node: Node::Path(path), .. }]) = expr.node else { return false };
    id == FunctionId::NAME && is(path.root, variable) && path.steps.is_empty()
}

/// Whether it is simple enough to see that it does not read the variable.
fn is_free(expr: &Expr, variable: Root) -> bool {
    match &expr.node {
        Node::Text(_) => true,
        Node::Path(path) => {
            !is(path.root, variable) && !matches!(path.root, Root::Computed(_)) && are_fields(path.steps)
        }
        Node::Call(_, arguments) => arguments.iter().all(|argument| is_free(argument, variable)),
        // A named expression does not see the variables of macros.
        Node::Let(named) => match variable {
            Root::Binding(number) => named.reads <= number,
            _ => true,
        },
        _ => false,
    }
}
