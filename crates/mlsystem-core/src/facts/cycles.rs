//! Loops of systems: what flows out of one and comes back to it by way of others.

use std::collections::{HashMap, HashSet, VecDeque};

use super::edges::{EdgeId, KeptEdge};

/// What flows between systems: the edges, and which of them leave each system.
pub(super) struct Graph<'g> {
    pub(super) edges: &'g [KeptEdge],
    pub(super) out_of: &'g [Vec<EdgeId>],
}

impl<'g> Graph<'g> {
    fn edge(&self, id: EdgeId) -> &'g KeptEdge {
        &self.edges[id.0 as usize]
    }

    /// The systems that an edge of this one leads to.
    fn next(&self, system: usize) -> impl Iterator<Item = (EdgeId, usize)> + '_ {
        self.out_of[system].iter().map(|id| (*id, self.edge(*id).to))
    }
}

/// The loops by the system in which each is told: of the systems in whose manifests an edge of it is written, the first
/// by name. Each begins with such an edge.
///
/// There can be more loops than anybody can read, so not all are found: for every edge that lies on a loop, a shortest
/// one through it, unless a loop found before passes there already.
pub(super) fn of(graph: &Graph<'_>) -> Vec<Vec<Vec<EdgeId>>> {
    let components = components(graph);
    let mut passed: HashSet<(usize, usize)> = HashSet::new();
    let mut told: Vec<Vec<Vec<EdgeId>>> = vec![Vec::new(); graph.out_of.len()];
    for from in 0..graph.out_of.len() {
        for (id, to) in graph.next(from) {
            if components[to] != components[from] || !passed.insert((from, to)) {
                continue;
            }
            let Some(mut edges) = way_back(graph, &components, id) else { continue };
            edges.insert(0, id);
            passed.extend(edges.iter().map(|id| (graph.edge(*id).from, graph.edge(*id).to)));
            let first = (0..edges.len()).min_by_key(|at| graph.edge(edges[*at]).home()).unwrap_or(0);
            edges.rotate_left(first);
            told[graph.edge(edges[0]).home()].push(edges);
        }
    }
    told
}

/// A shortest way from the end of an edge back to its beginning, within one component.
fn way_back(graph: &Graph<'_>, components: &[usize], edge: EdgeId) -> Option<Vec<EdgeId>> {
    let (start, goal) = (graph.edge(edge).to, graph.edge(edge).from);
    let mut reached: HashMap<usize, EdgeId> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        if here == goal {
            let mut way = Vec::new();
            let mut at = goal;
            while at != start {
                let step = *reached.get(&at)?;
                way.push(step);
                at = graph.edge(step).from;
            }
            way.reverse();
            return Some(way);
        }
        for (next, to) in graph.next(here) {
            if components[to] == components[start] && to != start && !reached.contains_key(&to) {
                reached.insert(to, next);
                waiting.push_back(to);
            }
        }
    }
    None
}

/// The strongly connected component of each system, by Tarjan's algorithm without recursion: a chain of systems may be
/// longer than the stack is deep.
fn components(graph: &Graph<'_>) -> Vec<usize> {
    let count = graph.out_of.len();
    let next: Vec<Vec<usize>> = (0..count).map(|system| graph.next(system).map(|(_, to)| to).collect()).collect();
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
