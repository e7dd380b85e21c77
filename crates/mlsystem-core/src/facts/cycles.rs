//! Loops of systems: what flows out of one and comes back to it by way of others.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{Edge, Facts};

/// The loops by the system in which each is told: of the systems in whose manifests an edge of it is written, the first
/// by name. Each begins with such an edge.
///
/// There can be more loops than anybody can read, so not all are found: for every edge that lies on a loop, a shortest
/// one through it, unless a loop found before passes there already.
pub(super) fn of<'m>(facts: &Facts<'m>) -> HashMap<&'m str, Vec<Vec<Edge<'m>>>> {
    let components = components(facts);
    let mut passed: HashSet<(usize, usize)> = HashSet::new();
    let mut told: HashMap<&'m str, Vec<Vec<Edge<'m>>>> = HashMap::new();
    for (index, system) in facts.systems().iter().enumerate() {
        for edge in facts.out_of(system) {
            let Some(to) = facts.number(edge.to) else { continue };
            if components[to] != components[index] || !passed.insert((index, to)) {
                continue;
            }
            let Some(mut edges) = way_back(facts, &components, edge) else { continue };
            edges.insert(0, *edge);
            for edge in &edges {
                if let (Some(from), Some(to)) = (facts.number(edge.from), facts.number(edge.to)) {
                    passed.insert((from, to));
                }
            }
            let first = (0..edges.len()).min_by_key(|at| edges[*at].home.name()).unwrap_or(0);
            edges.rotate_left(first);
            if let Some(name) = edges[0].home.name() {
                told.entry(name).or_default().push(edges);
            }
        }
    }
    told
}

/// A shortest way from the end of an edge back to its beginning, within one component.
fn way_back<'m>(facts: &Facts<'m>, components: &[usize], edge: &Edge<'m>) -> Option<Vec<Edge<'m>>> {
    let (start, goal) = (facts.number(edge.to)?, facts.number(edge.from)?);
    let mut reached: HashMap<usize, Edge<'m>> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        if here == goal {
            let mut way = Vec::new();
            let mut at = goal;
            while at != start {
                let step = reached.get(&at)?;
                way.push(*step);
                at = facts.number(step.from)?;
            }
            way.reverse();
            return Some(way);
        }
        for next in facts.out_of(facts.systems()[here]) {
            let Some(to) = facts.number(next.to) else { continue };
            if components[to] == components[start] && to != start && !reached.contains_key(&to) {
                reached.insert(to, *next);
                waiting.push_back(to);
            }
        }
    }
    None
}

/// The strongly connected component of each system, by Tarjan's algorithm without recursion: a chain of systems may be
/// longer than the stack is deep.
fn components(facts: &Facts<'_>) -> Vec<usize> {
    let count = facts.systems().len();
    let next: Vec<Vec<usize>> = facts
        .systems()
        .iter()
        .map(|system| facts.out_of(system).iter().filter_map(|edge| facts.number(edge.to)).collect())
        .collect();
    let (mut component, mut order, mut low) = (vec![usize::MAX; count], vec![usize::MAX; count], vec![0; count]);
    let (mut open, mut seen, mut found) = (Vec::new(), 0, 0);
    for root in 0..count {
        if order[root] != usize::MAX {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((here, at)) = calls.pop() {
            if at == 0 {
                (order[here], low[here]) = (seen, seen);
                seen += 1;
                open.push(here);
            } else {
                low[here] = low[here].min(low[next[here][at - 1]]);
            }
            let mut at = at;
            let mut deeper = None;
            while let Some(to) = next[here].get(at) {
                at += 1;
                if order[*to] == usize::MAX {
                    deeper = Some(*to);
                    break;
                }
                if component[*to] == usize::MAX {
                    low[here] = low[here].min(order[*to]);
                }
            }
            if let Some(to) = deeper {
                calls.push((here, at));
                calls.push((to, 0));
            } else if low[here] == order[here] {
                while let Some(member) = open.pop() {
                    component[member] = found;
                    if member == here {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}
