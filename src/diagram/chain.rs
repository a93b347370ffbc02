//! The chain: the ways from a body to the voters, step by step, each with mechanism and article.
//!
//! # Invariants
//! * Steps and bodies are those of [`crate::analysis::chain()`]; a step that is broken is drawn broken.
//! * Labels stand in columns of their own between the boxes, so none lies over another or over a box.
//! * Where the data do not reach the voters, a red box says so.

use super::label::{MOST, label};
use super::layers::{BOX, INSET};
use super::page::{About, GLYPH, Mark, Page, Sample};
use super::pile::Pile;
use super::posts::{Post, arrange};
use super::scene::{Group, Item, Path, Rect, Role, Scene, Step};
use super::sector::place;
use super::style::{self, Line, PALE_SMALL, RED, SMALL, STRONG};
use super::words::{Phrase, Words, filled};
use super::{EdgeKind, NodeKind};
use crate::analysis::{Chain, Rung, Tie, chain as answer};
use crate::gaps::World;
use crate::model::{InstitutionId, LinkId, Pillar};
use std::collections::BTreeSet;

/// Widths of boxes and of labels, and the space between them, where lines run.
#[derive(Clone, Copy)]
struct Widths {
    boxes: f64,
    labels: f64,
    gutter: f64,
}

impl Widths {
    /// Long ways are drawn closer: up to five boxes fit a lying sheet of A3 as they are.
    fn of(columns: usize) -> Self {
        match columns {
            0..=3 => Self { boxes: 188.0, labels: 216.0, gutter: 46.0 },
            4 => Self { boxes: 176.0, labels: 200.0, gutter: 38.0 },
            5 => Self { boxes: 150.0, labels: 152.0, gutter: 22.0 },
            _ => Self { boxes: 132.0, labels: 128.0, gutter: 18.0 },
        }
    }

    /// From one box to the next.
    fn step(self) -> f64 {
        self.boxes + self.labels + 2.0 * self.gutter
    }
}

/// Space between two boxes or two labels of a column.
const GAP: f64 = 14.0;
/// The least width of a page.
const LEAST_WIDTH: f64 = 980.0;

/// Draws the ways from `body` to the voters.
pub fn chain(world: &World<'_>, about: &About, body: InstitutionId) -> Scene {
    let words = Words { world, language: about.language() };
    let chain = answer(world, body);
    let links: BTreeSet<LinkId> = chain.rungs.iter().flat_map(|rung| rung.links.iter().copied()).collect();
    let second = told(words, &chain);
    let subtitle = [words.subtitle(about.version.as_deref(), &links), second.clone()];
    let columns = chain.levels.values().max().copied().unwrap_or(0) + 1 + usize::from(chain.length.is_none());
    let widths = Widths::of(columns);
    let width = widths.step() * (columns - 1) as f64 + widths.boxes + 2.0 * style::MARGIN;
    let mut page = Page::new("chain", width.max(LEAST_WIDTH), about, &subtitle);
    page.context(words);
    let left = style::MARGIN + (page.inner() - (width - 2.0 * style::MARGIN)) / 2.0;
    draw(&mut page, words, &chain, left, widths);
    page.space(18.0);
    page.legend(&legend(words, &chain));
    let shortcuts = chain.shortcuts.iter().map(|rung| {
        let names = [rung.from, rung.to].map(|id| words.name(id));
        format!("{} → {}: {}", names[0], names[1], words.link_lines(&rung.links).join("; "))
    });
    let shortcuts: Vec<String> = shortcuts.collect();
    if !shortcuts.is_empty() {
        page.notes(&[format!("{} {}", words.say(Phrase::Shortcuts), shortcuts.join("; "))]);
    }
    page.notes(&[words.say(Phrase::ChainNote).to_owned()]);
    page.finish(&format!("{second} {}", words.say(Phrase::ChainDescription)))
}

/// Says in a sentence how far the ways lead.
fn told(words: Words<'_>, chain: &Chain) -> String {
    let (steps, ways) = (chain.length.unwrap_or(0).to_string(), chain.ways.to_string());
    match chain.length {
        Some(0) => words.say(Phrase::IsVoter).to_owned(),
        Some(_) if chain.whole => filled(words.say(Phrase::ChainWhole), &[&steps, &ways]),
        Some(_) => filled(words.say(Phrase::ChainBroken), &[&steps, &ways]),
        None if chain.voters.is_empty() => words.say(Phrase::NoVoters).to_owned(),
        None => words.say(Phrase::ChainEnds).to_owned(),
    }
}

fn draw(page: &mut Page, words: Words<'_>, chain: &Chain, left: f64, widths: Widths) {
    let bodies: Vec<InstitutionId> = chain.levels.keys().copied().collect();
    let at = |id: InstitutionId| bodies.binary_search(&id).unwrap_or(0);
    let ghosts: &[InstitutionId] = if chain.length.is_none() { &chain.ends } else { &[] };
    let piles: Vec<Pile> = bodies.iter().map(|id| name(words, chain, *id, widths.boxes)).collect();
    let labels: Vec<Pile> = chain.rungs.iter().map(|rung| rung_label(words, rung, widths.labels)).collect();
    // Boxes, then labels, then what stands where the way ends.
    let mut posts: Vec<Post> = Vec::new();
    let post = |column, width, height| Post {
        column,
        rect: Rect::new(0.0, 0.0, width, height),
        pad: GAP,
        joined: Vec::new(),
    };
    for (id, pile) in bodies.iter().zip(&piles) {
        posts.push(post(2 * chain.levels[id], widths.boxes, pile.rect.height + 14.0));
    }
    for (rung, pile) in chain.rungs.iter().zip(&labels) {
        let own = posts.len();
        posts.push(post(2 * chain.levels[&rung.from] + 1, widths.labels, pile.rect.height));
        for end in [at(rung.from), at(rung.to)] {
            posts[own].joined.push(end);
            posts[end].joined.push(own);
        }
    }
    let ghost = ghost(words, chain, widths.boxes);
    for end in ghosts {
        let own = posts.len();
        posts.push(post(2 * chain.levels[end] + 2, widths.boxes, ghost.rect.height + 14.0));
        posts[own].joined.push(at(*end));
        posts[at(*end)].joined.push(own);
    }
    arrange(&mut posts, (left, page.y()), widths.step(), widths.boxes + widths.gutter);
    let ports = |post: usize| (posts[post].rect.x, posts[post].rect.right(), posts[post].rect.middle());
    for (number, ((rung, mut pile), own)) in chain.rungs.iter().zip(labels).zip(bodies.len()..).enumerate() {
        pile.move_to(posts[own].rect.x, posts[own].rect.y);
        let (from, to) = (at(rung.from), at(rung.to));
        let spread = |post: usize, other: bool| spread(chain, &posts, number, bodies.len(), post, other);
        let begin = (ports(from).1, spread(from, false));
        let end = (ports(to).0, spread(to, true));
        page.add(Item::Group(rung_group(words, rung, begin, end, posts[own].rect, pile)));
    }
    for (end, own) in ghosts.iter().zip(bodies.len() + chain.rungs.len()..) {
        let (line, ground) = style::node(NodeKind::Missing, None);
        let id = format!("end:{}", words.id(*end));
        let mut tie = Group::new(
            Role::Edge { from: words.id(*end), to: id.clone(), line: style::edge(EdgeKind::Missing) },
            format!("{} → ?", words.name(*end)),
        );
        let path = Path::level((ports(at(*end)).1, ports(at(*end)).2), (ports(own).0, ports(own).2));
        tie.items.push(Item::area(path.head(8.0), RED));
        tie.items.push(Item::stroke(path, style::edge(EdgeKind::Missing)));
        page.add(Item::Group(tie));
        let label = words.say(if chain.voters.is_empty() { Phrase::NoVoters } else { Phrase::WayEnds });
        let mut group = Group::new(Role::Node { id, frame: None, line, ground }, label);
        boxed(&mut group, posts[own].rect, ghost.clone(), line, ground);
        page.add(Item::Group(group));
    }
    for ((id, pile), post) in bodies.iter().zip(piles).zip(&posts) {
        let pillar = place(words.world, *id).pillar();
        let (line, ground) = look(chain, *id, pillar);
        let mut group =
            Group::new(Role::Node { id: words.id(*id), frame: None, line, ground }, words.name(*id));
        group.facts = words.body_facts(&[*id]);
        group.data.spanned(&group.facts);
        group.data.pillar = pillar;
        boxed(&mut group, post.rect, pile, line, ground);
        page.add(Item::Group(group));
    }
    let bottom = posts.iter().map(|post| post.rect.bottom()).fold(page.y(), f64::max);
    page.reach(bottom);
}

/// Where on the side of a box a step begins or ends: they share it out in the order of their labels.
fn spread(chain: &Chain, posts: &[Post], number: usize, first: usize, post: usize, arrives: bool) -> f64 {
    let is_here = |rung: &Rung| {
        let end = if arrives { rung.to } else { rung.from };
        let own = if arrives { chain.rungs[number].to } else { chain.rungs[number].from };
        end == own
    };
    let mut all: Vec<usize> =
        chain.rungs.iter().enumerate().filter(|(_, rung)| is_here(rung)).map(|(at, _)| at).collect();
    all.sort_by(|a, b| posts[first + a].rect.y.total_cmp(&posts[first + b].rect.y).then(a.cmp(b)));
    let place = all.iter().position(|at| *at == number).unwrap_or(0) as f64;
    let rect = posts[post].rect;
    let share = ((rect.height - 10.0) / all.len() as f64).min(16.0);
    rect.middle() + (place - (all.len() as f64 - 1.0) / 2.0) * share
}

fn look(chain: &Chain, id: InstitutionId, pillar: Option<Pillar>) -> (Line, &'static str) {
    let strong = id == chain.body || chain.voters.contains(&id);
    let width = if strong { 2.0 } else { 1.0 };
    (
        Line { colour: style::colour(pillar), dash: "", width, opacity: 1.0 },
        if strong { style::ground(pillar) } else { BOX },
    )
}

fn boxed(group: &mut Group, rect: Rect, mut pile: Pile, line: Line, ground: &'static str) {
    pile.move_to(rect.x + INSET + 1.0, rect.y + (rect.height - pile.rect.height) / 2.0);
    group.items.push(Item::Rect { rect, radius: 4.0, fill: Some(ground), line: Some(line) });
    group.items.extend(pile.items);
}

fn name(words: Words<'_>, chain: &Chain, id: InstitutionId, width: f64) -> Pile {
    let pillar = place(words.world, id).pillar();
    let mut pile = Pile::new(width - 2.0 * INSET - 2.0);
    pile.glyph(style::pillar_glyph(pillar), 0.0, GLYPH);
    pile.beside(
        PALE_SMALL,
        14.0,
        PALE_SMALL.wrap(&words.pillar(pillar), pile.rect.width - 14.0, 1).lines.concat(),
    );
    pile.space(14.0);
    let strong = id == chain.body || chain.voters.contains(&id);
    pile.write(if strong { STRONG } else { style::NAME }, &words.name(id), 0.0, 0.0, 3);
    pile
}

fn ghost(words: Words<'_>, chain: &Chain, width: f64) -> Pile {
    let mut pile = Pile::new(width - 2.0 * INSET - 2.0);
    let phrase = if chain.voters.is_empty() { Phrase::NoVoters } else { Phrase::WayEnds };
    pile.write(style::LACK, words.say(phrase), 0.0, 0.0, 5);
    pile
}

fn rung_label(words: Words<'_>, rung: &Rung, width: f64) -> Pile {
    match rung.tie {
        Tie::PartOf => {
            let mut pile = Pile::new(width);
            pile.write(SMALL.in_colour(style::PALE_INK), words.say(Phrase::PartOf), 0.0, 0.0, 2);
            pile
        }
        Tie::InForce | Tie::Broken => label(words, &rung.links, width, MOST, true),
    }
}

fn rung_line(words: Words<'_>, rung: &Rung) -> Line {
    let pillar = place(words.world, rung.to).pillar();
    match rung.tie {
        Tie::InForce => Line { width: 1.7, opacity: 1.0, dash: "", ..style::edge(EdgeKind::InForce(pillar)) },
        Tie::PartOf => Line { colour: style::PALE_INK, dash: "1.5 3", width: 1.3, opacity: 1.0 },
        Tie::Broken => style::edge(EdgeKind::OnPaper),
    }
}

/// A step: a line to its label, and from there to the box above; with a break, where it is broken.
fn rung_group(
    words: Words<'_>,
    rung: &Rung,
    begin: (f64, f64),
    end: (f64, f64),
    label: Rect,
    pile: Pile,
) -> Group {
    let line = rung_line(words, rung);
    let names = [rung.from, rung.to].map(|id| words.name(id));
    let what = match rung.tie {
        Tie::InForce => String::new(),
        Tie::PartOf => format!(": {}", words.say(Phrase::PartOf)),
        Tie::Broken => format!(": {}", words.say(Phrase::BrokenStep)),
    };
    let role = Role::Edge { from: words.id(rung.from), to: words.id(rung.to), line };
    let mut group = Group::new(role, format!("{} → {}{what}", names[0], names[1]));
    group.facts = words.link_facts(&rung.links);
    group.details = group.facts.iter().map(|fact| fact.line.clone()).collect();
    group.data.spanned(&group.facts);
    group.data.pillar = place(words.world, rung.to).pillar();
    group.data.mechanisms = words.slugs(&rung.links);
    let text = pile.items.iter().map(Item::bounds).reduce(|all, one| all.union(&one)).unwrap_or(label);
    let mut path = Path::level(begin, (label.x - 5.0, label.middle()));
    path.0.push(Step::Move(text.right() + 5.0, label.middle()));
    path.0.push(Step::Line(label.right() + 2.0, label.middle()));
    path.level_to(end);
    group.items.push(Item::area(path.head(8.0), line.colour));
    group.items.push(Item::stroke(path, line));
    // A bracket holds together what stands on the line.
    if label.height > 40.0 {
        let x = label.x - 5.0;
        let bracket = Path::line(&[(x, label.y + 2.0), (x, label.bottom() - 2.0)]);
        group.items.push(Item::stroke(bracket, Line { dash: "", ..line }));
    }
    if rung.tie == Tie::Broken {
        group.items.extend(gash((label.x - 15.0, label.middle())));
    }
    group.items.extend(pile.items);
    group
}

/// A break in a line: two strokes across it.
fn gash((x, y): (f64, f64)) -> Vec<Item> {
    let gap =
        Item::Rect { rect: Rect::new(x - 3.0, y - 4.0, 6.0, 8.0), radius: 0.0, fill: Some(BOX), line: None };
    let line = Line { colour: RED, dash: "", width: 1.8, opacity: 1.0 };
    let stroke =
        |dx: f64| Item::stroke(Path::line(&[(x + dx - 2.5, y + 6.0), (x + dx + 2.5, y - 6.0)]), line);
    vec![gap, stroke(-3.0), stroke(3.0)]
}

fn legend(words: Words<'_>, chain: &Chain) -> Vec<Vec<Sample>> {
    let ties: BTreeSet<Tie> = chain.rungs.iter().map(|rung| rung.tie).collect();
    let sample = |tie: Tie| match tie {
        Tie::InForce => {
            let line = Line { colour: style::INK, dash: "", width: 1.7, opacity: 1.0 };
            (Mark::Line(line, true), words.say(Phrase::AnswersTo).to_owned())
        }
        Tie::PartOf => {
            let line = Line { colour: style::PALE_INK, dash: "1.5 3", width: 1.3, opacity: 1.0 };
            (Mark::Line(line, true), words.say(Phrase::PartOf).to_owned())
        }
        Tie::Broken => {
            (Mark::Line(style::edge(EdgeKind::OnPaper), true), words.say(Phrase::BrokenStep).to_owned())
        }
    };
    let mut row: Vec<Sample> = ties.into_iter().map(sample).collect();
    if chain.length.is_none() {
        row.push((Mark::Line(style::edge(EdgeKind::Missing), true), words.say(Phrase::WayEnds).to_owned()));
    }
    let pillars: BTreeSet<Option<Pillar>> =
        chain.levels.keys().map(|id| place(words.world, *id).pillar()).collect();
    let pillars =
        pillars.into_iter().map(|pillar| (Mark::Glyph(style::pillar_glyph(pillar)), words.pillar(pillar)));
    vec![row, pillars.collect()]
}
