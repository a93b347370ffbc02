//! What stands beside a line: mechanism and article; and how things are kept apart that want the same place.

use super::pile::Pile;
use super::style::{self, PALE_SMALL, SMALL};
use super::way::Way;
use super::words::{Phrase, Words, filled};
use crate::model::{LinkId, MechanismId, Standing};
use std::collections::BTreeMap;

/// How many mechanisms a label names, the rest of more counted, where there is room for all that it can say.
pub(super) const MOST: usize = 5;
/// Width of a glyph and the space after it.
const INDENT: f64 = 11.5;

/// Returns a line for each mechanism of `links`, at most `most` lines: what it is, and the articles behind it, in a line
/// of their own where that is wanted; grey, where it is on paper only. What is cut is whole in the tooltip, which names
/// every link.
pub(super) fn label(words: Words<'_>, links: &[LinkId], width: f64, most: usize, in_two: bool) -> Pile {
    let graph = words.graph();
    let mut links = links.to_vec();
    // Where links of all days are drawn, words stand for those of the day, and for the others where there are none.
    if links.iter().any(|link| words.counts_today(*link)) {
        links.retain(|link| words.counts_today(*link));
    }
    let mut mechanisms: BTreeMap<(Standing, MechanismId), Vec<LinkId>> = BTreeMap::new();
    for link in &links {
        let of = (words.world.standing(*link), graph.network[*link].mechanism);
        mechanisms.entry(of).or_default().push(*link);
    }
    let mut pile = Pile::new(width);
    let shown = if mechanisms.len() > most { most.saturating_sub(2).max(1) } else { most };
    for ((standing, mechanism), links) in mechanisms.iter().take(shown) {
        let works = *standing == Standing::InForce;
        let colour = if works { style::INK } else { style::PALE_INK };
        let slug = graph.vocabulary.mechanisms.slug(*mechanism);
        pile.glyph(style::way_glyph(Way::of(slug), colour), 0.0, 8.5);
        let name = words.mechanism(*mechanism);
        let name = if works {
            name
        } else {
            let status = words.status(graph.network[links[0]].status);
            format!("{name} ({status})")
        };
        let strong = SMALL.bold().in_colour(colour);
        let articles = words.articles(links);
        let beside = INDENT + strong.width(&name) + 5.0;
        if in_two || beside + PALE_SMALL.width("art. 10") > width || articles.is_empty() {
            pile.write(strong, &name, INDENT, 0.0, 1);
            pile.write(PALE_SMALL, &articles, INDENT, 0.0, if in_two { 2 } else { 1 });
            pile.space(if in_two { 3.0 } else { 0.0 });
        } else {
            pile.beside(strong, INDENT, name);
            pile.write(PALE_SMALL, &articles, beside, 0.0, 1);
        }
    }
    if mechanisms.len() > shown {
        let more = (mechanisms.len() - shown).to_string();
        pile.write(PALE_SMALL, &filled(words.say(Phrase::MoreMechanisms), &[&more]), INDENT, 0.0, 1);
    }
    pile
}

/// Places things of some heights one below the other, `gap` apart, each as near as can be to where its middle wants
/// to be; returns their upper sides.
pub(super) fn settle(wishes: &[(f64, f64)], gap: f64) -> Vec<f64> {
    /// Things that touch: how many, their height in all, and the sum of where each would have them begin.
    struct Run {
        number: usize,
        height: f64,
        sum: f64,
    }
    let begin = |run: &Run| run.sum / run.number as f64;
    let mut runs: Vec<Run> = Vec::new();
    for (middle, height) in wishes {
        let mut run = Run { number: 1, height: height + gap, sum: middle - height / 2.0 };
        while let Some(above) = runs.pop_if(|above| begin(above) + above.height > begin(&run)) {
            run = Run {
                number: above.number + run.number,
                sum: above.sum + run.sum - run.number as f64 * above.height,
                height: above.height + run.height,
            };
        }
        runs.push(run);
    }
    let mut tops = Vec::with_capacity(wishes.len());
    let mut rest = wishes.iter();
    for run in &runs {
        let mut y = begin(run);
        for (_, height) in rest.by_ref().take(run.number) {
            tops.push(y);
            y += height + gap;
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_go_where_they_want_to_be_and_keep_apart() {
        assert_eq!(settle(&[(10.0, 4.0), (30.0, 4.0)], 2.0), [8.0, 28.0]);
        // Two that want the same place share the way.
        assert_eq!(settle(&[(10.0, 4.0), (10.0, 4.0)], 2.0), [5.0, 11.0]);
        let tops = settle(&[(0.0, 10.0), (1.0, 10.0), (2.0, 10.0), (100.0, 10.0)], 0.0);
        assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-9));
        assert!((tops[3] - 95.0).abs() < 1e-9);
        assert!(settle(&[], 1.0).is_empty());
    }
}
