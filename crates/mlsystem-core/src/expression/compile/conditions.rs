//! Shared conditions: named expressions that lints use by name, some of them with a parameter.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::compile_with;
use super::syntax::{self, Ast, AstKind};
use crate::arena::Arena;
use crate::expression::{Expr, Problem, Scope, Table, Type};
use crate::schema::Schema;

/// A shared condition as it is written.
#[derive(Debug, Clone, Copy)]
pub struct ConditionText<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its parameter and what that is an item of, as in `model in models`.
    pub of: Option<&'t str>,
    /// What it stands for.
    pub is: &'t str,
    /// What it means, for people.
    pub means: &'t str,
}

/// A compiled shared condition. It need not be true or false: `label_age` is a duration.
#[derive(Debug, Clone, Copy)]
pub struct Condition<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its parameter.
    pub parameter: Option<&'a str>,
    /// What it stands for.
    pub body: Expr<'a>,
    /// What it means, for people.
    pub meaning: &'a str,
}

/// All shared conditions.
#[derive(Debug, Clone, Default)]
pub struct Conditions<'a> {
    /// Those that were compiled before.
    given: &'a [CheckedCondition<'a>],
    known: Vec<CheckedCondition<'a>>,
    /// The first of each name, by its number in both.
    numbers: HashMap<&'a str, usize>,
}

/// A condition and what the checker knows of it.
#[derive(Debug, Clone, Copy)]
pub struct CheckedCondition<'a> {
    /// The condition.
    pub condition: &'a Condition<'a>,
    /// What its parameter is.
    pub parameter: Option<Type<'a>>,
    /// What it gives.
    pub of: Type<'a>,
    /// How deep its evaluation nests.
    pub height: u16,
}

/// What is wrong with a condition: its number, whether the words are those of its parameter, and the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionProblem {
    /// The number of the condition in what was compiled.
    pub index: usize,
    /// Whether the bytes are those of [`ConditionText::of`], and not of [`ConditionText::is`].
    pub in_parameter: bool,
    /// What is wrong.
    pub problem: Problem,
}

/// Compiles shared conditions, which may use each other in any order, but not in a circle.
///
/// What they come to lives in `arena`; `known` are there already, and may be used.
pub fn compile_conditions<'a>(
    arena: &'a Arena,
    known: Conditions<'a>,
    texts: &[ConditionText<'_>],
    schema: &Schema,
    tables: &[Table<'a>],
) -> Result<Conditions<'a>, Vec<ConditionProblem>> {
    let mut problems = Vec::new();
    let at = |index, in_parameter| move |problem| ConditionProblem { index, in_parameter, problem };
    let new = |name: &&str| known.find(name).is_none();
    let names: HashSet<&str> = texts.iter().map(|text| text.name).filter(new).collect();
    let mut waiting: Vec<Waiting> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        match syntax::parse(text.is) {
            Ok(syntax) => waiting.push(Waiting { index, uses: uses(&syntax, &names), missing: 0 }),
            Err(problem) => problems.push(at(index, false)(problem)),
        }
    }
    let mut users: HashMap<String, Vec<usize>> = HashMap::new();
    let mut ready: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (number, one) in waiting.iter_mut().enumerate() {
        one.missing = one.uses.len();
        one.uses.iter().for_each(|name| users.entry(name.clone()).or_default().push(number));
        if one.missing == 0 {
            ready.insert((0, number));
        }
    }
    let mut conditions = known;
    let mut done = vec![false; waiting.len()];
    // What comes later in the text than all that it rests on is compiled in the same turn, and else in the next one.
    while let Some((turn, number)) = ready.pop_first() {
        done[number] = true;
        let index = waiting[number].index;
        match compile_one(arena, &texts[index], schema, tables, &conditions) {
            Ok(known) if conditions.add(known) => {
                for user in users.get(known.condition.name).into_iter().flatten().copied() {
                    waiting[user].missing -= 1;
                    if waiting[user].missing == 0 {
                        ready.insert((turn + usize::from(user < number), user));
                    }
                }
            }
            Ok(_) => {}
            Err(found) => problems.extend(found.into_iter().map(|(of, problem)| at(index, of)(problem))),
        }
        if problems.len() >= MAX_PROBLEMS {
            break;
        }
    }
    if problems.is_empty() {
        // What still waits rests on itself; what merely rests on something faulty is silent until that is mended.
        for one in waiting.iter().zip(&done).filter(|(_, done)| !**done).map(|(one, _)| one) {
            let text = &texts[one.index];
            let problem = Problem::new(0..text.is.len(), format!("`{}` rests on itself", text.name));
            problems.push(at(one.index, false)(problem));
        }
    }
    problems.sort_by_key(|problem| problem.index);
    if problems.is_empty() { Ok(conditions) } else { Err(problems) }
}

/// A condition that was parsed, and how many of those that it uses are not compiled yet.
struct Waiting {
    index: usize,
    uses: Vec<String>,
    missing: usize,
}

/// Beyond this many problems none is looked for: each is held against all names for the one that was meant.
const MAX_PROBLEMS: usize = 100;

type Problems = Vec<(bool, Problem)>;

fn compile_one<'a>(
    arena: &'a Arena,
    text: &ConditionText<'_>,
    schema: &Schema,
    tables: &[Table<'a>],
    others: &Conditions<'a>,
) -> Result<CheckedCondition<'a>, Problems> {
    let scope = Scope::new(arena).with_conditions(others).with_tables(tables);
    let parameter = match text.of {
        None => None,
        Some(of) => Some(
            parameter(of, schema, &scope)
                .map_err(|problems| problems.into_iter().map(|problem| (true, problem)).collect::<Problems>())?,
        ),
    };
    let parameters: Vec<(String, Type<'a>)> = parameter.iter().cloned().collect();
    let compiled = compile_with(text.is, schema, &scope, &parameters)
        .map_err(|problems| problems.into_iter().map(|problem| (false, problem)).collect::<Problems>())?;
    let condition = Condition {
        name: arena.text(text.name),
        parameter: parameter.as_ref().map(|(name, _)| arena.text(name)),
        body: *compiled.expr,
        meaning: arena.text(text.means),
    };
    Ok(CheckedCondition {
        condition: arena.one(condition),
        parameter: parameter.map(|(_, of)| of),
        of: compiled.of,
        height: compiled.height,
    })
}

/// Reads `model in models`.
fn parameter<'a>(text: &str, schema: &Schema, scope: &Scope<'_, 'a>) -> Result<(String, Type<'a>), Vec<Problem>> {
    let wrong = || vec![Problem::new(0..text.len(), "this is no parameter").with_help("write `item in path`")];
    let (name, path) = text.split_once(" in ").ok_or_else(wrong)?;
    let compiled = compile_with(path, schema, scope, &[]).map_err(|problems| {
        let offset = text.len() - path.len();
        let moved = problems.into_iter().map(|mut problem| {
            problem.span = problem.span.start + offset..problem.span.end + offset;
            problem
        });
        moved.collect::<Vec<_>>()
    })?;
    let item = compiled.of.item(scope.arena).ok_or_else(wrong)?;
    Ok((name.trim().to_owned(), item))
}

/// The names of conditions that an expression mentions.
fn uses(syntax: &Ast, known: &HashSet<&str>) -> Vec<String> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    syntax.visit(&mut |part| {
        let name = match &part.form {
            AstKind::Name(name) => name,
            AstKind::Call { receiver: None, function, .. } => &function.text,
            _ => return,
        };
        if known.contains(&**name) && seen.insert(name.clone()) {
            names.push(name.clone());
        }
    });
    names
}

impl<'a> Conditions<'a> {
    /// Conditions that were compiled before.
    pub fn given(given: &'a [CheckedCondition<'a>]) -> Self {
        let mut numbers = HashMap::new();
        for (number, known) in given.iter().enumerate() {
            numbers.entry(known.condition.name).or_insert(number);
        }
        Self { given, known: Vec::new(), numbers }
    }

    /// All conditions; those that another one uses come before it.
    pub fn all(&self) -> impl Iterator<Item = &'a Condition<'a>> + '_ {
        self.every().map(|known| known.condition)
    }

    /// Adds a condition; says whether it is the first of its name.
    fn add(&mut self, known: CheckedCondition<'a>) -> bool {
        let number = self.given.len() + self.known.len();
        self.known.push(known);
        *self.numbers.entry(known.condition.name).or_insert(number) == number
    }

    /// All conditions, with what is known of them.
    pub fn every(&self) -> impl Iterator<Item = &CheckedCondition<'a>> + '_ {
        self.given.iter().chain(&self.known)
    }

    pub(super) fn find(&self, name: &str) -> Option<CheckedCondition<'a>> {
        let number = *self.numbers.get(name)?;
        match number.checked_sub(self.given.len()) {
            None => self.given.get(number).copied(),
            Some(number) => self.known.get(number).copied(),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.every().map(|known| known.condition.name)
    }
}
