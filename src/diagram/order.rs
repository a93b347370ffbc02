//! Puts boxes in an order in which few edges cross.
//!
//! Frames keep their order, and within a frame kinds keep theirs; boxes of a kind go to the mean place of their
//! neighbours, side by side in turns, and the best order seen is kept.

use super::crossings::inversions;
use super::{Edge, Picture, Side};

const SWEEPS: usize = 12;

/// Reorders the boxes of `picture`; returns the new place of each old one.
pub(super) fn sweep(picture: &mut Picture) -> Vec<usize> {
    let block = |node: usize| (picture.nodes[node].group, picture.nodes[node].kind);
    let side = |node: usize| picture.groups[picture.nodes[node].group].side;
    let mut order: Vec<usize> = (0..picture.nodes.len()).collect();
    order.sort_by_key(|node| block(*node));
    let mut best = order.clone();
    let mut fewest = crossings(&picture.edges, &places(&order));
    for turn in 0..SWEEPS {
        let moved = if turn % 2 == 0 { Side::Right } else { Side::Left };
        let means = means(&picture.edges, &places(&order), moved);
        order.sort_by(|a, b| {
            let by_mean =
                if side(*a) == moved { means[*a].total_cmp(&means[*b]) } else { std::cmp::Ordering::Equal };
            block(*a).cmp(&block(*b)).then(by_mean)
        });
        let crossing = crossings(&picture.edges, &places(&order));
        if crossing < fewest {
            fewest = crossing;
            best.clone_from(&order);
        }
    }
    let places = places(&best);
    picture.nodes = best.iter().map(|node| picture.nodes[*node].clone()).collect();
    for edge in &mut picture.edges {
        edge.from = places[edge.from];
        edge.to = places[edge.to];
    }
    picture.edges.sort_by_key(|edge| (edge.kind, edge.from, edge.to));
    places
}

fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, node) in order.iter().enumerate() {
        places[*node] = place;
    }
    places
}

/// The mean place of the neighbours of each box on a side; boxes without edges keep their own.
fn means(edges: &[Edge], places: &[usize], side: Side) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); places.len()];
    for edge in edges {
        let (node, neighbour) = match side {
            Side::Left => (edge.from, edge.to),
            Side::Right => (edge.to, edge.from),
        };
        sums[node].0 += places[neighbour] as f64;
        sums[node].1 += 1.0;
    }
    let mean = |(at, (sum, number)): (usize, &(f64, f64))| {
        if *number > 0.0 { sum / number } else { places[at] as f64 }
    };
    sums.iter().enumerate().map(mean).collect()
}

/// Counts the pairs of edges that cross.
fn crossings(edges: &[Edge], places: &[usize]) -> u64 {
    inversions(edges.iter().map(|edge| (places[edge.from], places[edge.to])).collect())
}

#[cfg(test)]
mod tests {
    use super::super::{EdgeKind, Group, Node, NodeKind};
    use super::*;

    fn picture(ends: &[(usize, usize)], left: usize, right: usize) -> Picture {
        let group = |side| Group { side, pillar: None, label: String::new() };
        let node = |at: usize| Node {
            group: usize::from(at >= left),
            kind: if at < left { NodeKind::Overseer } else { NodeKind::Body },
            number: None,
            label: at.to_string(),
            rows: vec![],
            tooltip: String::new(),
            last: false,
            bodies: vec![],
        };
        let edge = |(from, to): &(usize, usize)| Edge {
            from: *from,
            to: left + to,
            kind: EdgeKind::OnPaper,
            tooltip: String::new(),
            mechanisms: vec![],
            links: vec![],
        };
        Picture {
            groups: vec![group(Side::Left), group(Side::Right)],
            nodes: (0..left + right).map(node).collect(),
            edges: ends.iter().map(edge).collect(),
            ..Picture::default()
        }
    }

    #[test]
    fn a_reversed_ladder_is_untangled() {
        let mut picture = picture(&[(0, 3), (1, 2), (2, 1), (3, 0)], 4, 4);
        let places = sweep(&mut picture);
        assert_eq!(crossings(&picture.edges, &(0..8).collect::<Vec<_>>()), 0);
        assert!((0..8).all(|old| picture.nodes[places[old]].label == old.to_string()));
    }
}
