//! Files that were renamed: their findings are known by their old paths.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Identity;

/// What stays of an identity when its file is renamed.
type PathFreeIdentity<'i> = (&'i str, &'i str, usize, usize);

fn without_path(identity: &Identity) -> PathFreeIdentity<'_> {
    (&identity.name, &identity.pointer, identity.document, identity.repeat)
}

/// Pairs each file that is gone with the file that it became: a file that was not known before and has at least half of
/// its findings in common. The most alike are paired first. Both lists hold the findings by path.
pub(super) fn pairs<'i>(
    gone: &BTreeMap<&'i str, Vec<&'i Identity>>,
    unknown: &BTreeMap<&'i str, Vec<&'i Identity>>,
) -> BTreeMap<String, String> {
    let set = |list: &Vec<&'i Identity>| -> BTreeSet<PathFreeIdentity<'i>> {
        list.iter().map(|identity| without_path(identity)).collect()
    };
    let new: Vec<(&str, BTreeSet<PathFreeIdentity<'_>>)> =
        unknown.iter().map(|(path, list)| (*path, set(list))).collect();
    let mut likely = Vec::new();
    for (from, list) in gone {
        let old = set(list);
        for (to, found) in &new {
            let common = old.intersection(found).count();
            if common > 0 && common * 2 >= old.len().max(found.len()) {
                let share = common as f64 / old.union(found).count() as f64;
                likely.push((share, same_name(from, to), *from, *to));
            }
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then_with(|| (a.2, a.3).cmp(&(b.2, b.3))));
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, _, from, to) in likely {
        if !pairs.contains_key(from) && taken.insert(to) {
            pairs.insert(from.to_owned(), to.to_owned());
        }
    }
    pairs
}

/// How many parts the ends of two paths have in common.
fn same_name(one: &str, other: &str) -> usize {
    one.rsplit('/').zip(other.rsplit('/')).take_while(|(one, other)| one == other).count()
}
