//! Frameworks: published lists of what a system is to have, as data. A lint names the clauses that it speaks to; here is
//! what those names may be.
//!
//! A framework knows nothing of lints, and nothing here says that a system meets a clause.

mod constant;
mod read;

pub use read::read;

/// One framework.
#[derive(Debug, Clone, Copy)]
pub struct Framework<'a> {
    /// The name by which front matter knows it: that of its file.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The edition that the clauses are taken from.
    pub edition: &'a str,
    /// How sure the wording and the numbers of the clauses are.
    pub certainty: &'a str,
    /// Why no lint speaks to a clause, where none does and the clause has no reason of its own.
    pub none: &'a str,
    /// How it counts, where its authors say so.
    pub score: Option<Score<'a>>,
    /// Its parts.
    pub sections: &'a [Section<'a>],
}

/// A count over the clauses: the least of the sums of the sections.
#[derive(Debug, Clone, Copy)]
pub struct Score<'a> {
    /// What a clause counts that the design declares.
    pub declared: f64,
    /// What a clause counts that evidence proves.
    pub proven: f64,
    /// What a score means, from this number on; ascending.
    pub means: &'a [(f64, &'a str)],
}

/// A part of a framework.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// Its title.
    pub title: &'a str,
    /// The name by which a lint speaks to the section as a whole.
    pub id: Option<&'a str>,
    /// Its clauses.
    pub clauses: &'a [Clause<'a>],
}

/// One clause.
#[derive(Debug, Clone, Copy)]
pub struct Clause<'a> {
    /// The name by which front matter knows it.
    pub id: &'a str,
    /// What it asks for, in short words.
    pub title: &'a str,
    /// Why no lint can speak to it, where none can.
    pub none: Option<&'a str>,
}

impl<'a> Framework<'a> {
    /// Every name that a lint may use: those of the clauses and of the sections.
    pub fn ids(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.sections.iter().flat_map(|section| section.id.into_iter().chain(section.clauses.iter().map(|one| one.id)))
    }

    /// The listed clause or section that `cited` speaks to: itself, or the nearest that it is a part of.
    pub fn listed(&self, cited: &str) -> Option<&'a str> {
        std::iter::successors(Some(cited), |cited| parent(cited)).find_map(|name| self.ids().find(|id| *id == name))
    }
}

/// What a clause is a part of by its name: `Art. 10(2)(f)` of `Art. 10(2)`, `MAP 3.1` of `MAP 3`, `Annex IV 2` of
/// `Annex IV`.
fn parent(id: &str) -> Option<&str> {
    if let Some(inside) = id.strip_suffix(')') {
        return inside.rsplit_once('(').map(|(outer, _)| outer.trim_end());
    }
    let (outer, last) = id.rsplit_once(['.', ' '])?;
    let number = !last.is_empty() && last.bytes().all(|letter| letter.is_ascii_digit());
    number.then(|| outer.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framework() -> Framework<'static> {
        const CLAUSES: &[Clause<'_>] = &[
            Clause { id: "Art. 10(2)", title: "Practices", none: None },
            Clause { id: "Art. 10(2)(f)", title: "Bias", none: None },
        ];
        const SECTIONS: &[Section<'_>] = &[Section { title: "Data", id: Some("Art. 10"), clauses: CLAUSES }];
        Framework { id: "law", title: "Law", edition: "", certainty: "", none: "", score: None, sections: SECTIONS }
    }

    #[test]
    fn the_nearest_listed_ancestor_counts() {
        let law = framework();
        assert_eq!(law.listed("Art. 10(2)(f)"), Some("Art. 10(2)(f)"));
        assert_eq!(law.listed("Art. 10(2)(g)(i)"), Some("Art. 10(2)"));
        assert_eq!(law.listed("Art. 10(6)"), Some("Art. 10"));
        assert_eq!(law.listed("Art. 1"), None);
        assert_eq!(law.listed("Art. 10 (2)"), Some("Art. 10"));
    }

    #[test]
    fn only_numbers_and_points_are_parts() {
        assert_eq!(parent("Annex IV 2(b)"), Some("Annex IV 2"));
        assert_eq!(parent("Annex IV 2"), Some("Annex IV"));
        assert_eq!(parent("MAP 3.1"), Some("MAP 3"));
        assert_eq!(parent("§5 glue code"), None);
        assert_eq!(parent("LLM03:2025"), None);
    }
}
