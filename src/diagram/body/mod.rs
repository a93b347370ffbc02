//! One body: above it its superiors, left of it those who control it by pillar, right those whom it controls, below
//! its own units; beside each line mechanism and article.
//!
//! # Invariants
//! * Every link over or by the body that counts on the day is behind exactly one line.
//! * Rows do not overlap; a row is as high as its box or its label, whichever is higher.

mod middle;

use super::EdgeKind;
use super::label::{MOST, label};
use super::layers::{BOX, INSET};
use super::page::{About, GLYPH, Mark, Page, Sample};
use super::pile::Pile;
use super::scene::{A3, Group, Item, Path, Rect, Role, Scene, Step};
use super::sector::{Cluster, Expand, Place, Sector, place};
use super::style::{self, INK, Line, NAME, PALE_SMALL, STRONG};
use super::way::Way;
use super::words::{Phrase, Words, filled};
use crate::gaps::World;
use crate::model::{InstitutionId, LinkId, Pillar, Standing};
use middle::Relative;
use std::collections::{BTreeMap, BTreeSet};

/// The width of the body.
const BODY_WIDTH: f64 = 240.0;
/// The least width of a page.
const LEAST_WIDTH: f64 = 900.0;
/// With more rows than this on a side the page stands upright.
const MOST_ROWS: usize = 16;
/// The most that the drawing of an upright page may be high: a sheet of A3 then holds the page at nine tenths.
const MOST_HIGH: f64 = 1600.0;
/// The fewest lines that a label is cut down to.
const FEWEST: usize = 2;
/// Space between a box and its label, between rows, and above the heading of a pillar.
const NEAR: f64 = 18.0;
const ROW_GAP: f64 = 6.0;
const HEADING: f64 = 22.0;
/// Space between the body and a superior or the next one, and between units.
const RISE: f64 = 18.0;
const UNIT_GAP: f64 = 6.0;

/// Widths on a side of the body.
#[derive(Clone, Copy, Debug)]
struct Widths {
    /// Of the boxes.
    boxes: f64,
    /// Of what stands on a line.
    label: f64,
    /// Of all: boxes, labels, and the lines to the body.
    side: f64,
    /// Whether articles stand below their mechanism.
    in_two: bool,
}

impl Widths {
    /// Those of a side with so many rows. A sheet of A3, lying; upright, where a side has many: then it takes from the
    /// other what that can spare.
    fn of(rows: usize, other: usize) -> Self {
        let upright = |label, in_two| Self { boxes: 192.0, label, side: label + 260.0, in_two };
        match (rows > MOST_ROWS, other > MOST_ROWS) {
            (true, true) => upright(220.0, false),
            (true, false) if other == 0 => upright(350.0, false),
            (true, false) => upright(268.0, false),
            (false, true) => upright(172.0, true),
            (false, false) => {
                let side = (A3.0 - 2.0 * style::MARGIN - BODY_WIDTH) / 2.0;
                Self { boxes: 236.0, label: 300.0, side, in_two: false }
            }
        }
    }
}

/// Others and the links between them and the body.
type Related = BTreeMap<usize, Vec<LinkId>>;

/// A box beside the body, with what stands on its line.
struct Row {
    cluster: usize,
    links: Vec<LinkId>,
    pile: Pile,
    label: Pile,
}

/// Draws `body` and those it has to do with.
pub fn body(world: &World<'_>, about: &About, body: InstitutionId, expand: &Expand) -> Scene {
    let words = Words { world, language: about.language() };
    let graph = world.graph();
    let counts = |link: &LinkId| world.standing(*link) != Standing::Out;
    let over: Vec<LinkId> = graph.links_over(body).into_iter().filter(counts).collect();
    let by: Vec<LinkId> = graph.links_by(body).into_iter().filter(counts).collect();
    let above: Vec<InstitutionId> =
        world.ancestors(body).iter().copied().filter(|id| world.exists(*id)).collect();
    let units: Vec<InstitutionId> =
        world.children(body).iter().copied().filter(|id| world.exists(*id)).collect();
    let side = |links: &[LinkId],
                other: fn((InstitutionId, InstitutionId)) -> InstitutionId,
                apart: &[InstitutionId]| {
        let mut degree: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        let ends = |link: LinkId| {
            let (overseer, _, overseen) = graph.link(link);
            other((overseer, overseen))
        };
        let aside = |link: &&LinkId| !apart.contains(&ends(**link)) && ends(**link) != body;
        for link in links.iter().filter(aside) {
            *degree.entry(ends(*link)).or_default() += usize::from(words.counts_today(*link));
        }
        let sector = Sector::linked(words, &degree, expand);
        let mut related = Related::new();
        for link in links.iter().filter(aside) {
            if let Some(cluster) = sector.of(ends(*link)) {
                related.entry(cluster).or_default().push(*link);
            }
        }
        (sector, related)
    };
    let (left, left_links) = side(&over, |(overseer, _)| overseer, &above);
    let (right, right_links) = side(&by, |(_, overseen)| overseen, &units);
    let today = |links: &[LinkId]| links.iter().filter(|link| words.counts_today(**link)).count();
    let links = over.iter().chain(&by).copied().filter(|link| words.counts_today(*link));
    let links: BTreeSet<LinkId> = links.collect();
    let boxes = |related: &Related| related.values().filter(|links| today(links) > 0).count();
    let numbers = [boxes(&left_links), today(&over), boxes(&right_links), today(&by)];
    let numbers = numbers.map(|number| number.to_string());
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let second = filled(words.say(Phrase::BodyShows), &numbers);
    let subtitle = [words.subtitle(about.version.as_deref(), &links), second.clone()];
    // A side on which nobody stands takes no room.
    let rows = [left_links.len(), right_links.len()];
    let widths = [Widths::of(rows[0], rows[1]), Widths::of(rows[1], rows[0])];
    let taken = |at: usize| if rows[at] == 0 { 0.0 } else { widths[at].side };
    let width = 2.0 * style::MARGIN + BODY_WIDTH + taken(0) + taken(1);
    let mut page = Page::new("body", width.max(LEAST_WIDTH), about, &subtitle);
    page.context(words);
    let mut drawing = Drawing { words, body, widths, most: MOST, page: &mut page };
    drawing.draw(&[(&left, left_links), (&right, right_links)], [(&above, &over), (&units, &by)]);
    page.space(16.0);
    page.legend(&legend(words, &links));
    page.finish(&format!("{second} {}", words.say(Phrase::BodyDescription)))
}

impl Row {
    fn height(&self) -> f64 {
        (self.pile.rect.height + 7.0).max(self.label.rect.height)
    }
}

/// What a side shows, by place.
type Rows = Vec<(Place, Vec<Row>)>;

/// The drawing in the making.
struct Drawing<'w, 'p> {
    words: Words<'w>,
    body: InstitutionId,
    widths: [Widths; 2],
    /// How many lines a label has.
    most: usize,
    page: &'p mut Page,
}

impl Drawing<'_, '_> {
    fn draw(&mut self, sides: &[(&Sector, Related); 2], kin: [(&[InstitutionId], &[LinkId]); 2]) {
        let top = self.page.y() + HEADING;
        let high = |rows: &Rows| rows.iter().map(|(_, rows)| group_height(rows)).sum::<f64>();
        // Labels name fewer mechanisms, and boxes fewer bodies, where the page would else be too high for print.
        let [left, right] = loop {
            let made = [0, 1].map(|at| (sides[at].0, self.rows(sides[at].0, &sides[at].1, self.widths[at])));
            if self.most <= FEWEST || made.iter().all(|(_, rows)| high(rows) <= MOST_HIGH) {
                break made;
            }
            self.most -= 1;
        };
        let ties = |rows: &Rows| rows.iter().map(|(_, rows)| rows.len()).sum::<usize>();
        let portrait = self.portrait();
        let ports = ties(&left.1).max(ties(&right.1)) as f64 * 4.0 + 12.0;
        let [above, below] = kin.map(|(ids, links)| self.kin(ids, links));
        let kin_height = |kin: &[Relative]| {
            let boxes: f64 = kin.iter().map(|one| one.height() + UNIT_GAP).sum();
            if kin.is_empty() { 0.0 } else { boxes + RISE }
        };
        let (above_high, below_high) = (kin_height(&above), kin_height(&below));
        let body_high = (portrait.rect.height + 22.0).max(ports);
        let centre_high = above_high + body_high + below_high;
        let high_all = high(&left.1).max(high(&right.1)).max(centre_high);
        // The body is as near to the middle as what is above and below it lets it be.
        let lowest = top + high_all - below_high - body_high;
        let y = (top + (high_all - body_high) / 2.0).min(lowest).max(top + above_high);
        let x = style::MARGIN + if left.1.is_empty() { 0.0 } else { self.widths[0].side };
        let rect = Rect::new(x, y, BODY_WIDTH, body_high);
        let places = [style::MARGIN + 4.0, style::MARGIN + self.page.inner() - self.widths[1].boxes - 4.0];
        let phrases = [Phrase::ControlledBy, Phrase::Controls];
        for (at, (sector, rows)) in [left, right].into_iter().enumerate() {
            if rows.is_empty() {
                continue;
            }
            let mut heading = Pile::new(self.widths[at].boxes);
            heading.write(STRONG.in_colour(style::PALE_INK), self.words.say(phrases[at]), 0.0, 0.0, 1);
            let y = top + (high_all - high(&rows)) / 2.0;
            heading.move_to(places[at] - 4.0, y - HEADING + 3.0);
            let mut group = Group::new(Role::Part, self.words.say(phrases[at]));
            group.items = heading.items;
            self.page.add(Item::Group(group));
            self.side(sector, rows, (places[at], y), rect, at == 0);
        }
        let rise = rect.y - RISE - above.iter().map(|one| one.height() + UNIT_GAP).sum::<f64>() + UNIT_GAP;
        self.relatives(above, rise, rect, true);
        self.relatives(below, rect.bottom() + RISE, rect, false);
        self.portrait_box(portrait, rect);
        self.page.reach(top + high_all);
    }

    /// What a side shows, by place.
    fn rows(&self, sector: &Sector, related: &Related, widths: Widths) -> Rows {
        let mut by_place: BTreeMap<Place, Vec<Row>> = BTreeMap::new();
        for (at, links) in related {
            let cluster = &sector.clusters[*at];
            let mut pile = Pile::new(widths.boxes - 2.0 * INSET);
            pile.write(NAME, &cluster.label, 0.0, 0.0, 2);
            pile.write(PALE_SMALL, &cluster.below, 0.0, 0.0, if self.most < MOST { 1 } else { 2 });
            let label = label(self.words, links, widths.label, self.most, widths.in_two);
            let row = Row { cluster: *at, links: links.clone(), pile, label };
            by_place.entry(cluster.place).or_default().push(row);
        }
        by_place.into_iter().collect()
    }

    fn side(&mut self, sector: &Sector, rows: Rows, (x, top): (f64, f64), body: Rect, is_left: bool) {
        let widths = self.widths[usize::from(!is_left)];
        let number: usize = rows.iter().map(|(_, rows)| rows.len()).sum();
        let share = ((body.height - 12.0) / number.max(1) as f64).min(16.0);
        let mut port = body.middle() - share * (number as f64 - 1.0) / 2.0;
        let mut y = top;
        for (place, rows) in rows {
            let pillar = place.pillar();
            let frame = Rect::new(x - 4.0, y, widths.boxes + 8.0, group_height(&rows) - ROW_GAP);
            let id = format!("{}:{}", side_id(is_left), place.id());
            let mut group = Group::new(Role::Frame { id: id.clone() }, place.label(self.words));
            group.data.pillar = pillar;
            group.items.push(Item::Rect {
                rect: frame,
                radius: 0.0,
                fill: Some(style::ground(pillar)),
                line: None,
            });
            let mut heading = Pile::new(widths.boxes);
            heading.glyph(style::pillar_glyph(pillar), 0.0, GLYPH);
            let kind = STRONG.in_colour(style::ink(pillar));
            heading.beside(
                kind,
                14.0,
                kind.wrap(&place.label(self.words), widths.boxes - 16.0, 1).lines.concat(),
            );
            heading.move_to(x, y + 4.0);
            group.items.extend(heading.items);
            self.page.add(Item::Group(group));
            let mut at = y + HEADING;
            y += group_height(&rows);
            for row in rows {
                let high = row.height();
                self.row(
                    &sector.clusters[row.cluster],
                    row,
                    Rect::new(x, at, widths.boxes, high),
                    (body, port),
                    is_left,
                    &id,
                );
                port += share;
                at += high + ROW_GAP;
            }
        }
    }

    /// A box, its label, and the line from one to the other by way of the label.
    fn row(
        &mut self,
        cluster: &Cluster,
        row: Row,
        place: Rect,
        (body, port): (Rect, f64),
        is_left: bool,
        frame: &str,
    ) {
        let Row { links, mut pile, mut label, .. } = row;
        let high = pile.rect.height + 7.0;
        let rect = Rect::new(place.x, place.y + (place.height - high) / 2.0, place.width, high);
        let label_x =
            if is_left { rect.right() + NEAR + 4.0 } else { rect.x - NEAR - 4.0 - label.rect.width };
        label.move_to(label_x, place.middle() - label.rect.height / 2.0);
        let text =
            label.items.iter().map(Item::bounds).reduce(|all, one| all.union(&one)).unwrap_or(label.rect);
        let y = place.middle();
        let mut path;
        if is_left {
            path = Path::line(&[(rect.right(), y), (text.x - 3.0, y)]);
            path.0.push(Step::Move(text.right() + 4.0, y));
            path.0.push(Step::Line(label.rect.right() + 4.0, y));
            path.level_to((body.x, port));
        } else {
            path = Path(vec![Step::Move(body.right(), port)]);
            path.level_to((label.rect.x - 5.0, y));
            path.0.push(Step::Move(text.right() + 4.0, y));
            path.0.push(Step::Line(rect.x, y));
        }
        let pillar = if is_left { cluster.place.pillar() } else { self.pillar() };
        let works = links.iter().any(|link| self.words.world.standing(*link) == Standing::InForce);
        let line = if works {
            Line { width: 1.4, opacity: 0.9, ..style::edge(EdgeKind::InForce(pillar)) }
        } else {
            style::edge(EdgeKind::OnPaper)
        };
        let ids = (format!("{}:{}", side_id(is_left), cluster.id), self.words.id(self.body));
        let names = (cluster.label.clone(), self.words.name(self.body));
        let ((from, to), (overseer, overseen)) =
            if is_left { (ids.clone(), names) } else { ((ids.1, ids.0.clone()), (names.1, names.0)) };
        let mut tie = self.tie(from, to, &format!("{overseer} → {overseen}"), &links, line);
        tie.data.pillar = pillar;
        tie.items.push(Item::stroke(path.clone(), line));
        tie.items.push(Item::area(path.head(7.0), line.colour));
        tie.items.extend(label.items);
        self.page.add(Item::Group(tie));
        let outline =
            Line { colour: style::colour(cluster.place.pillar()), dash: "", width: 0.9, opacity: 1.0 };
        let id = format!("{}:{}", side_id(is_left), cluster.id);
        let role = Role::Node { id, frame: Some(frame.to_owned()), line: outline, ground: BOX };
        let mut group = Group::new(role, cluster.label.clone());
        if cluster.members.len() > 1 {
            group.details = cluster.members.iter().map(|id| self.words.name(*id)).collect();
        }
        group.facts = self.words.body_facts(&cluster.members);
        group.data.spanned(&group.facts);
        group.data.pillar = cluster.place.pillar();
        pile.move_to(rect.x + INSET, rect.y + (rect.height - pile.rect.height) / 2.0);
        group.items.push(Item::Rect { rect, radius: 3.0, fill: Some(BOX), line: Some(outline) });
        group.items.extend(pile.items);
        self.page.add(Item::Group(group));
    }

    fn tie(&self, from: String, to: String, names: &str, links: &[LinkId], line: Line) -> Group {
        let mechanisms = links.iter().map(|link| self.words.graph().network[*link].mechanism).collect();
        let what = match links {
            [] => self.words.say(Phrase::Belongs).to_owned(),
            _ => self.words.mechanism_list(mechanisms),
        };
        let mut group = Group::new(Role::Edge { from, to, line }, format!("{names}: {what}"));
        group.facts = self.words.link_facts(links);
        group.details = group.facts.iter().map(|fact| fact.line.clone()).collect();
        group.data.spanned(&group.facts);
        group.data.mechanisms = self.words.slugs(links);
        group
    }

    fn pillar(&self) -> Option<Pillar> {
        place(self.words.world, self.body).pillar()
    }
}

fn side_id(is_left: bool) -> &'static str {
    if is_left { "over" } else { "under" }
}

fn group_height(rows: &[Row]) -> f64 {
    HEADING + rows.iter().map(|row| row.height() + ROW_GAP).sum::<f64>() + ROW_GAP
}

fn legend(words: Words<'_>, links: &BTreeSet<LinkId>) -> Vec<Vec<Sample>> {
    let graph = words.graph();
    let mechanisms = links.iter().map(|link| graph.network[*link].mechanism).collect();
    let mut row: Vec<Sample> = vec![(Mark::None, words.say(Phrase::Ways).to_owned())];
    row.extend(
        Way::of_all(&graph.vocabulary, mechanisms)
            .into_iter()
            .map(|way| (Mark::Glyph(style::way_glyph(way, INK)), words.say(way.phrase()).to_owned())),
    );
    if links.iter().any(|link| words.world.standing(*link) == Standing::OnPaper) {
        row.push((
            Mark::Line(style::edge(EdgeKind::OnPaper), true),
            words.say(Phrase::OnPaperOnly).to_owned(),
        ));
    }
    vec![row]
}
