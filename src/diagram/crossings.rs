//! How many lines cross: pairs that are in one order on the left and in the other on the right.

/// Counts the pairs of `segments` that cross, each from a place on the left to one on the right, in O(n log n); lines
/// that begin or end at one point do not.
pub(super) fn inversions<T: Ord + Copy>(mut segments: Vec<(T, T)>) -> u64 {
    segments.sort_unstable();
    let mut rights: Vec<T> = segments.iter().map(|(_, right)| *right).collect();
    rights.sort_unstable();
    rights.dedup();
    // A binary indexed tree of the right ends seen so far: those further down than the next one are crossed by it.
    let mut tree = vec![0_u64; rights.len() + 1];
    let mut crossings = 0;
    let mut seen = 0;
    for together in segments.chunk_by(|a, b| a.0 == b.0) {
        let places = together.iter().map(|(_, right)| rights.partition_point(|other| other < right));
        let places: Vec<usize> = places.collect();
        for place in &places {
            let (mut not_below, mut at) = (0, place + 1);
            while at > 0 {
                not_below += tree[at];
                at &= at - 1;
            }
            crossings += seen - not_below;
        }
        for place in places {
            let mut at = place + 1;
            while at < tree.len() {
                tree[at] += 1;
                at += at & at.wrapping_neg();
            }
            seen += 1;
        }
    }
    crossings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted() {
        let count = |segments: &[(u8, u8)]| inversions(segments.to_vec());
        assert_eq!(count(&[(0, 0), (1, 1)]), 0);
        assert_eq!(count(&[(0, 1), (1, 0)]), 1);
        assert_eq!(count(&[(0, 2), (1, 1), (2, 0)]), 3);
        // Lines that begin or end at one point do not cross.
        assert_eq!(count(&[(0, 0), (0, 1), (1, 1)]), 0);
        // Of two that run beside each other each is crossed.
        assert_eq!(count(&[(0, 1), (0, 1), (1, 0)]), 2);
    }
}
