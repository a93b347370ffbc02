//! Boxes and labels in columns, each as near as can be to the height of those that it is joined to.

use super::label::settle;
use super::scene::Rect;

/// How often boxes and labels go to each other's height.
const TURNS: usize = 24;

/// Something in a column: a box where its number is even, a label where it is odd, or a line that passes.
pub(super) struct Post {
    pub(super) column: usize,
    pub(super) rect: Rect,
    /// What it keeps free above and below, half on each side.
    pub(super) pad: f64,
    /// The posts that it is joined to.
    pub(super) joined: Vec<usize>,
}

/// Orders the posts of each column by the mean height of those that they are joined to, and lets them settle.
///
/// # Arguments
/// * `step`: from one box to the next; `label`: from a box to the label behind it.
pub(super) fn arrange(posts: &mut [Post], (left, top): (f64, f64), step: f64, label: f64) {
    let columns = posts.iter().map(|post| post.column + 1).max().unwrap_or(0);
    let mut inside: Vec<Vec<usize>> = vec![Vec::new(); columns];
    let mut heights = vec![0.0; columns];
    for (at, post) in posts.iter_mut().enumerate() {
        let behind = if post.column % 2 == 1 { label } else { 0.0 };
        post.rect.x = left + (post.column / 2) as f64 * step + behind;
        post.rect.y = heights[post.column];
        heights[post.column] += post.rect.height + post.pad;
        inside[post.column].push(at);
    }
    for turn in 0..TURNS {
        let order: Vec<usize> =
            if turn % 2 == 0 { (0..columns).collect() } else { (0..columns).rev().collect() };
        for column in order {
            let wish = |at: usize| {
                let joined = &posts[at].joined;
                let sum: f64 = joined.iter().map(|other| posts[*other].rect.middle()).sum();
                if joined.is_empty() { posts[at].rect.middle() } else { sum / joined.len() as f64 }
            };
            let mut wishes: Vec<(f64, usize)> = inside[column].iter().map(|at| (wish(*at), *at)).collect();
            if turn < TURNS / 2 {
                wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                inside[column] = wishes.iter().map(|(_, at)| *at).collect();
            }
            let high = |at: usize| posts[at].rect.height + posts[at].pad;
            let sizes: Vec<(f64, f64)> = wishes.iter().map(|(wish, at)| (*wish, high(*at))).collect();
            for ((_, at), y) in wishes.iter().zip(settle(&sizes, 0.0)) {
                posts[*at].rect.y = y + posts[*at].pad / 2.0;
            }
        }
    }
    let highest = posts.iter().map(|post| post.rect.y).fold(f64::MAX, f64::min);
    for post in posts {
        post.rect.y += top + 4.0 - highest;
    }
}
