//! The timeline: how many findings have which verdict through the years, the laws that changed them, and a strip for
//! each body.
//!
//! `laws.rs` chooses the days of the axis, `strips.rs` makes the strips; `areas.rs` and `rows.rs` draw them, this file
//! the page around them.

mod areas;
mod laws;
mod rows;
mod strips;

pub use laws::{Milestone, behind, milestones};
pub use strips::{Strip, Turn, strips};

use super::fact;
use super::matrix::Fold;
use super::page::{About, Mark, Page};
use super::pile::Pile;
use super::scene::{Anchor, Group, Item, Path, Rect, Role, Scene, Step, Text};
use super::style::{Line, MARGIN, NAME, PALE_INK, PAPER, SMALL};
use super::tell;
use super::text::{Type, clean};
use super::words::{Words, filled};
use crate::change::{ActKind, Timeline};
use crate::gaps::{Counts, Verdict, World};
use crate::model::{Day, LinkId, Symbol};
use std::collections::BTreeSet;

const WIDTH: f64 = 1122.0;
const NAMES: f64 = 226.0;
const TOTALS: f64 = 112.0;
/// Height of the stacked areas.
const CHART: f64 = 200.0;
const ROW: f64 = 15.0;
const FAMILY: f64 = 19.0;
/// How many laws are marked.
const LAWS: usize = 14;
/// Width of the disc of a law.
const DISC: f64 = 14.0;

const STRIP_NAME: Type = Type { size: 9.5, ..NAME };

const RULE: Line = Line { colour: "#c8c8c8", dash: "", width: 0.7, opacity: 1.0 };
const GRID: Line = Line { colour: "#e4e4e4", dash: "", width: 0.6, opacity: 1.0 };
const LAW: Line = Line { colour: "#4d4d4d", dash: "1.5 2.5", width: 0.6, opacity: 0.75 };

/// What a caller tells of a timeline.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimelineView {
    /// Whether every body has a strip of its own, however many there are.
    pub expand: bool,
}

/// Draws verdicts through time.
pub fn draw(world: &World<'_>, line: &Timeline<'_>, about: &About, view: TimelineView) -> Scene {
    let words = Words { world, language: about.language() };
    let graph = world.graph();
    let steps = line.counts(line.runs.values());
    let laws = milestones(graph, line, LAWS);
    let strips = strips(graph, line, view.expand);
    let axis = Axis::new(line.first, line.last);
    let chart = Chart { words, line, steps, laws, axis };
    let mut page = Page::new("timeline", WIDTH, about, &chart.subtitle(about, &strips));
    page.context(words);
    page.legend(&chart.legend());
    chart.explain(&mut page);
    page.space(12.0);
    let top = page.y();
    let discs = chart.discs();
    let lanes = discs.iter().map(|(_, lane)| lane + 1).max().unwrap_or(0) as f64;
    let foot = top + 16.0 + CHART;
    let begin = foot + 20.0 + lanes * (DISC + 2.0) + 4.0;
    let height = chart.strips_height(&strips);
    chart.grid(&mut page, top, foot, begin, begin + height);
    chart.areas(&mut page, top + 16.0);
    chart.years(&mut page, foot + 12.0);
    chart.markers(&mut page, &discs, foot + 20.0, top + 16.0, begin + height);
    page.reach(begin);
    chart.strips(&mut page, &strips);
    let end = page.y();
    page.axis(fact::Axis {
        first: line.first,
        last: line.last,
        left: axis.left,
        right: axis.right(),
        top: top + 16.0,
        bottom: end,
    });
    chart.years(&mut page, end + 10.0);
    page.space(26.0);
    chart.key(&mut page);
    chart.alike(&mut page, &strips);
    page.notes(&[chart.notes(&strips).join(" ")]);
    page.finish(&chart.description())
}

/// Where days stand.
#[derive(Clone, Copy, Debug)]
struct Axis {
    from: f64,
    until: f64,
    left: f64,
    width: f64,
}

impl Axis {
    fn new(first: Day, last: Day) -> Self {
        let (from, until) = (first.in_years(), last.in_years());
        Self {
            from,
            until: until.max(from + 1.0 / 12.0),
            left: MARGIN + NAMES,
            width: WIDTH - 2.0 * MARGIN - NAMES - TOTALS,
        }
    }

    fn right(self) -> f64 {
        self.left + self.width
    }

    fn x(self, day: Day) -> f64 {
        self.of_years(day.in_years())
    }

    fn of_years(self, years: f64) -> f64 {
        self.left + ((years - self.from) / (self.until - self.from)).clamp(0.0, 1.0) * self.width
    }

    /// The years that are named: as many as there is room for.
    fn years(self) -> Vec<i32> {
        let span = self.until - self.from;
        let fits = |step: &&i32| self.width / span * f64::from(**step) >= 30.0;
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500].iter().find(fits).copied().unwrap_or(1000);
        let first = self.from.ceil() as i32;
        let last = self.until.floor() as i32;
        (first..=last).filter(|year| year % step == 0).collect()
    }
}

struct Chart<'c, 'g> {
    words: Words<'c>,
    line: &'c Timeline<'g>,
    /// The verdicts of all findings from each day on.
    steps: Vec<(Day, Counts)>,
    laws: Vec<Milestone>,
    axis: Axis,
}

impl Chart<'_, '_> {
    fn last(&self) -> Counts {
        self.steps.last().map(|(_, counts)| *counts).unwrap_or_default()
    }

    fn most(&self) -> usize {
        self.steps.iter().map(|(_, counts)| counts.total()).max().unwrap_or(0).max(1)
    }

    fn subtitle(&self, about: &About, strips: &[Strip<'_, '_>]) -> Vec<String> {
        let words = self.words;
        let graph = words.graph();
        let links: BTreeSet<LinkId> = graph.network.edge_indices().collect();
        let days: BTreeSet<Day> = self.line.changes.iter().map(|change| change.day).collect();
        let bodies: usize = strips.iter().map(|strip| strip.bodies.len()).sum();
        let numbers =
            [bodies, self.line.norms.len(), self.line.changes.len(), days.len()].map(|n| n.to_string());
        let first = self.line.first.year().to_string();
        let lead = words.tell(
            "Verdicts of {} bodies under {} norms since {}: they changed {} times, on {} days",
            "Вердикти щодо {} органів за {} нормами з {} року: {} змін за {} днів",
        );
        let second = filled(lead, &[&numbers[0], &numbers[1], &first, &numbers[2], &numbers[3]]);
        vec![words.subtitle(about.version.as_deref(), &links), second]
    }

    fn legend(&self) -> Vec<Vec<super::page::Sample>> {
        let words = self.words;
        let mut ever = Counts::default();
        self.steps.iter().for_each(|(_, counts)| ever.add_all(counts));
        let heading = words.tell("Verdict:", "Вердикт:").to_owned();
        let mut verdicts = vec![(Mark::None, heading)];
        verdicts.extend(words.samples(&ever));
        vec![verdicts]
    }

    fn explain(&self, page: &mut Page) {
        let words = self.words;
        let strips = words.tell(
            "A strip shows what share of the norms that bind a body has which verdict; a glyph, what the worst one becomes",
            "Смуга показує, яка частка норм щодо органу має який вердикт; знак показує, яким стає найгірший",
        );
        let marks = words.tell(
            "▲ ▼ norms turned to better or worse verdicts on that day",
            "▲ ▼ того дня норми отримали кращі чи гірші вердикти",
        );
        let numbers = words.tell(
            "Numbers on the axis: days on which laws changed most verdicts, told below",
            "Числа на осі: дні, коли закони змінили найбільше вердиктів, про них нижче",
        );
        tell::explain(page, &[strips, marks, numbers]);
    }

    /// Where the disc of each law stands, and in which lane, so that none lies on another.
    fn discs(&self) -> Vec<(f64, usize)> {
        let mut ends: Vec<f64> = Vec::new();
        let place = |law: &Milestone| {
            let x = self.axis.x(law.day);
            let lane = ends.iter().position(|end| x - DISC / 2.0 >= *end).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(0.0);
            }
            ends[lane] = x + DISC / 2.0 + 1.5;
            (x, lane)
        };
        self.laws.iter().map(place).collect()
    }

    fn markers(&self, page: &mut Page, discs: &[(f64, usize)], y: f64, top: f64, end: f64) {
        let mut lines = Path::default();
        for (x, _) in discs {
            lines.0.extend([Step::Move(*x, top), Step::Line(*x, end)]);
        }
        if !lines.0.is_empty() {
            page.add(Item::stroke(lines, LAW));
        }
        for (number, (law, (x, lane))) in self.laws.iter().zip(discs).enumerate() {
            let mut group =
                Group::new(Role::Value, format!("{}. {} {}", number + 1, law.day, self.headline(law)));
            group.details = vec![self.outcome(law)];
            group.data.since = Some(law.day);
            let middle = y + (*lane as f64 + 0.5) * (DISC + 2.0);
            group.items = disc(*x, middle, number + 1);
            page.add(Item::Group(group));
        }
    }

    fn act(&self, iri: Symbol) -> String {
        let graph = self.words.graph();
        let short = graph.short(graph.text(iri));
        graph.act(iri).map_or_else(|| clean(short), |act| self.words.label(&act.titles, short))
    }

    /// The acts of a day, with what happened to them; those behind fewest changes are only counted.
    fn headline(&self, law: &Milestone) -> String {
        const NAMED: usize = 3;
        let words = self.words;
        let named = law.acts.iter().take(NAMED).map(|(act, _)| {
            let what = match act.kind {
                ActKind::Entry => words.tell("comes into force", "набирає чинності"),
                ActKind::Amendment => words.tell("in part", "у частині"),
                ActKind::Successor => words.tell("of a later date", "пізніший за датою"),
                ActKind::Repeal => words.tell("goes out of force", "втрачає чинність"),
            };
            format!("{} ({what})", self.act(act.iri))
        });
        let mut text = named.collect::<Vec<_>>().join("; ");
        if law.acts.len() > NAMED {
            let more = words.tell("; and {} more", "; і ще {}");
            text.push_str(&filled(more, &[&(law.acts.len() - NAMED).to_string()]));
        }
        text
    }

    /// How many verdicts it changed, and from what to what.
    fn outcome(&self, law: &Milestone) -> String {
        let words = self.words;
        let (better, worse) = law.turned;
        let mut text = match (better, worse) {
            (better, 0) => filled(words.tell("{} to the better", "на краще: {}"), &[&better.to_string()]),
            (0, worse) => filled(words.tell("{} to the worse", "на гірше: {}"), &[&worse.to_string()]),
            _ => filled(
                words.tell("{} to the better, {} to the worse", "на краще: {}, на гірше: {}"),
                &[&better.to_string(), &worse.to_string()],
            ),
        };
        let mut moves: Vec<(&(Verdict, Verdict), &usize)> = law.moves.iter().collect();
        moves.sort_by_key(|(turn, count)| (std::cmp::Reverse(**count), **turn));
        let moves = moves
            .into_iter()
            .map(|((from, to), count)| format!("{} → {}: {count}", words.verdict(*from), words.verdict(*to)));
        text.push_str(&format!(" ({})", moves.collect::<Vec<_>>().join(", ")));
        if law.bound > 0 {
            let bound = words.tell("; findings for the first time: {}", "; нових висновків: {}");
            text.push_str(&filled(bound, &[&law.bound.to_string()]));
        }
        text
    }

    /// The laws by number.
    fn key(&self, page: &mut Page) {
        let words = self.words;
        let columns = 2;
        let width = page.column(columns);
        let entry = |(number, law): (usize, &Milestone)| {
            let mut pile = Pile::new(width);
            pile.items.extend(disc(DISC / 2.0, DISC / 2.0 - 1.0, number + 1));
            let (day, headline) = (law.day.to_string(), self.headline(law));
            let indent = DISC + 5.0;
            let beside = indent + SMALL.bold().width(&day) + 8.0;
            pile.beside(SMALL.bold(), indent, day.clone());
            pile.write(SMALL.bold(), &headline, beside, 0.0, 3);
            pile.write(SMALL.in_colour(PALE_INK), &self.outcome(law), beside, 0.0, 3);
            pile.space(6.0);
            let mut group = Group::new(Role::Key, format!("{}. {day} {headline}", number + 1));
            group.details = vec![self.outcome(law)];
            (group, pile)
        };
        let entries: Vec<_> = self.laws.iter().enumerate().map(entry).collect();
        let heading =
            words.tell("The laws that changed most verdicts", "Закони, що змінили найбільше вердиктів");
        let hint = words.tell(
            "How many norm–body pairs turned to another verdict on that day, by a link or a body that rests on the law. A change may rest on several laws. In part: some of its provisions begin or end.",
            "Скільки пар «норма – орган» того дня отримали інший вердикт через повноваження чи орган, що спирається на закон. Зміна може спиратися на кілька законів. У частині: окремі положення починають або припиняють діяти.",
        );
        page.key(heading, hint, vec![entries.into()], columns);
    }

    fn notes(&self, strips: &[Strip<'_, '_>]) -> Vec<String> {
        let words = self.words;
        let graph = words.graph();
        let mut notes = vec![words
            .tell(
                "The past is told by the record of today: controls that ended before the record was made may be missing, so the early years may look worse here than they were.",
                "Минуле показано за сьогоднішніми записами: повноважень, що припинилися до їх укладення, може бракувати, тож ранні роки можуть виглядати гірше, ніж було.",
            )
            .to_owned()];
        let links = graph.network.edge_count();
        let undated = graph.network.edge_weights().filter(|link| link.interval.start.is_none()).count();
        if undated > 0 {
            let text = words.tell(
                "{} of {} links bear no date of start and count from the first day on, as long as both bodies exist.",
                "{} із {} повноважень не мають дати початку й ураховані від першого дня, доки існують обидва органи.",
            );
            notes.push(filled(text, &[&undated.to_string(), &links.to_string()]));
        }
        if strips.iter().any(|strip| matches!(strip.fold, Fold::Type(_))) {
            let text = words.tell(
                "A number in brackets: so many bodies of a type share a strip.",
                "Число в дужках: стільки органів одного типу мають спільну смугу.",
            );
            notes.push(text.to_owned());
        }
        notes
    }

    fn description(&self) -> String {
        let words = self.words;
        let begin = self.steps.first().map(|(_, counts)| *counts).unwrap_or_default();
        let text = words.tell(
            "Stacked areas of verdicts from {} to {}, and below a strip for each body with its worst verdict. At the beginning: {}; at the end: {}.",
            "Вердикти з {} до {} один над одним, нижче смуга кожного органу з його найгіршим вердиктом. На початку: {}; наприкінці: {}.",
        );
        let days = [self.line.first.to_string(), self.line.last.to_string()];
        filled(text, &[&days[0], &days[1], &words.tally(&begin), &words.tally(&self.last())])
    }
}

/// A number on a disc.
fn disc(x: f64, y: f64, number: usize) -> Vec<Item> {
    let rect = Rect::new(x - DISC / 2.0, y - DISC / 2.0, DISC, DISC);
    let line = Line { colour: PAPER, dash: "", width: 1.0, opacity: 1.0 };
    let kind = Type { size: 8.0, ..SMALL.bold().in_colour(PAPER) };
    vec![
        Item::Rect { rect, radius: DISC / 2.0, fill: Some("#333333"), line: Some(line) },
        Item::Text(Text::new(kind, x, y + 2.9, number.to_string()).anchored(Anchor::Middle)),
    ]
}
