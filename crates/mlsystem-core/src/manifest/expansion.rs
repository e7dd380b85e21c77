//! What other programs put something in place of before they read YAML: tags such as `!include`, variables of a shell and
//! templates. Here they stand for nothing.

use super::leaf::shortened;
use crate::tree::{NodeId, Shape, Tree};

/// One of them, in the words of the text.
pub enum Expansion<'t> {
    /// `!include`
    Tag(&'t str),
    /// `${STAGE:-research}`
    Variable(&'t str),
    /// `{{ name }}`
    Template(&'t str),
}

impl<'t> Expansion<'t> {
    /// What stands for something else at a scalar, if anything does.
    pub fn at(tree: &'t Tree, node: NodeId) -> Option<Self> {
        let written = tree.node(node);
        if let Some(tag) = tree.tag(node) {
            return Some(Self::Tag(tag));
        }
        let Shape::Scalar(_) = written.shape else { return None };
        let text = tree.text(node)?;
        let between = |open: &str, close: &str| {
            let start = text.find(open)?;
            let end = start + text[start..].find(close)? + close.len();
            Some(&text[start..end])
        };
        let variable = || between("${", "}").or_else(|| between("$(", ")"));
        between("{{", "}}").map(Self::Template).or_else(|| variable().map(Self::Variable))
    }

    /// What is wrong with it.
    pub fn message(&self) -> String {
        match self {
            Self::Tag(tag) => format!("the tag `{}` is not read", shortened(tag)),
            Self::Variable(variable) => format!("the variable `{}` is not expanded", shortened(variable)),
            Self::Template(template) => format!("the template `{}` is not filled in", shortened(template)),
        }
    }

    /// What to do, where a `thing` is wanted.
    pub fn help(&self, thing: &str) -> String {
        match self {
            Self::Tag(tag) => format!("tags such as `{}` are not read; write the {thing} here", shortened(tag)),
            Self::Variable(_) => format!("write the {thing} itself, or check the file after it was expanded"),
            Self::Template(_) => format!("write the {thing} itself, or check the file after it was filled in"),
        }
    }
}
