//! Strongly connected parts of a graph, in linear time and without recursion.

use rustc_hash::FxHashMap;
use std::collections::{VecDeque, hash_map::Entry};

/// A graph over the numbers from 0; an edge carries what its owner wants to remember of it.
#[derive(Debug)]
pub struct Graph<E> {
    edges: Vec<Vec<(usize, E)>>,
}

impl<E> Default for Graph<E> {
    fn default() -> Self {
        Self { edges: Vec::new() }
    }
}

impl<E> Graph<E> {
    /// Adds a node and gives its number.
    pub fn node(&mut self) -> usize {
        self.edges.push(Vec::new());
        self.edges.len() - 1
    }

    /// Adds an edge between nodes of this graph.
    pub fn edge(&mut self, from: usize, to: usize, what: E) {
        if let Some(edges) = self.edges.get_mut(from) {
            edges.push((to, what));
        }
    }

    fn from(&self, node: usize) -> &[(usize, E)] {
        self.edges.get(node).map_or(&[], Vec::as_slice)
    }

    /// The strongly connected parts, each node in one (Tarjan's algorithm).
    #[must_use]
    pub fn parts(&self) -> Vec<Vec<usize>> {
        let count = self.edges.len();
        let mut search = Search {
            order: vec![None; count],
            low: vec![0; count],
            open: vec![false; count],
            stack: Vec::new(),
            next: 0,
            parts: Vec::new(),
        };
        for root in 0..count {
            self.search(root, &mut search);
        }
        search.parts
    }

    fn search(&self, root: usize, search: &mut Search) {
        if search.is_seen(root) {
            return;
        }
        search.enter(root);
        let mut path = vec![(root, 0)];
        while let Some((node, tried)) = path.last_mut() {
            let node = *node;
            if let Some((to, _)) = self.from(node).get(*tried) {
                *tried += 1;
                if search.is_seen(*to) {
                    search.back(node, *to);
                } else {
                    search.enter(*to);
                    path.push((*to, 0));
                }
            } else {
                path.pop();
                search.leave(node, path.last().map(|(above, _)| *above));
            }
        }
    }

    /// A shortest circle from `start` through nodes that `inside` accepts: each edge with the
    /// node it leaves and the one it reaches. Costs what those nodes and their edges cost, and not
    /// what the graph does: it is asked once a part.
    #[must_use]
    pub fn circle(&self, start: usize, inside: impl Fn(usize) -> bool) -> Vec<(usize, usize, &E)> {
        let mut came: FxHashMap<usize, (usize, &E)> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        'search: while let Some(node) = queue.pop_front() {
            for (to, what) in self.from(node) {
                if !inside(*to) {
                    continue;
                }
                if let Entry::Vacant(slot) = came.entry(*to) {
                    slot.insert((node, what));
                    if *to == start {
                        break 'search;
                    }
                    queue.push_back(*to);
                }
            }
        }
        let mut circle = Vec::new();
        let mut at = start;
        while let Some((from, what)) = came.get(&at) {
            circle.push((*from, at, *what));
            at = *from;
            if at == start {
                break;
            }
        }
        circle.reverse();
        circle
    }
}

/// What Tarjan's algorithm keeps of each node.
struct Search {
    order: Vec<Option<usize>>,
    low: Vec<usize>,
    open: Vec<bool>,
    stack: Vec<usize>,
    next: usize,
    parts: Vec<Vec<usize>>,
}

impl Search {
    fn is_seen(&self, node: usize) -> bool {
        self.order.get(node).is_none_or(Option::is_some)
    }

    fn enter(&mut self, node: usize) {
        set(&mut self.order, node, Some(self.next));
        set(&mut self.low, node, self.next);
        set(&mut self.open, node, true);
        self.next += 1;
        self.stack.push(node);
    }

    /// An edge to a node that was seen before.
    fn back(&mut self, node: usize, to: usize) {
        if self.open.get(to) == Some(&true)
            && let Some(Some(order)) = self.order.get(to)
        {
            lower(&mut self.low, node, *order);
        }
    }

    /// All edges of a node were followed; `above` is the node it was reached from.
    fn leave(&mut self, node: usize, above: Option<usize>) {
        let low = self.low.get(node).copied().unwrap_or_default();
        if let Some(above) = above {
            lower(&mut self.low, above, low);
        }
        if self.order.get(node) == Some(&Some(low)) {
            let mut part = Vec::new();
            while let Some(member) = self.stack.pop() {
                set(&mut self.open, member, false);
                part.push(member);
                if member == node {
                    break;
                }
            }
            self.parts.push(part);
        }
    }
}

fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

fn lower(values: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = values.get_mut(at) {
        *slot = (*slot).min(value);
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    fn graph(count: usize, edges: &[(usize, usize)]) -> Graph<()> {
        let mut graph = Graph::default();
        for _ in 0..count {
            graph.node();
        }
        for (from, to) in edges {
            graph.edge(*from, *to, ());
        }
        graph
    }

    #[test]
    fn parts_are_what_reaches_itself() {
        let graph = graph(5, &[(0, 1), (1, 2), (2, 1), (2, 3), (4, 4)]);
        let mut parts = graph.parts();
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts.sort();
        assert_eq!(parts, [vec![0], vec![1, 2], vec![3], vec![4]]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: Vec<_> = (0..100_000).map(|n| (n, (n + 1) % 100_000)).collect();
        let graph = graph(100_000, &edges);
        assert_eq!(graph.parts().len(), 1);
        assert_eq!(graph.circle(0, |_| true).len(), 100_000);
    }

    #[test]
    fn a_circle_is_the_shortest() {
        let graph = graph(4, &[(0, 1), (1, 2), (2, 0), (1, 0)]);
        let circle = graph.circle(0, |_| true);
        assert_eq!(
            circle.iter().map(|e| (e.0, e.1)).collect::<Vec<_>>(),
            [(0, 1), (1, 0)]
        );
    }
}
