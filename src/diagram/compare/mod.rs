//! Countries side by side: the same norms, small multiples.
//!
//! `table.rs` says what stands in a cell; `panels.rs` draws norms as panels, one a document, with a cell for each
//! country, and this file the rest: documents and principles are rows with a bar for each country.

mod panels;
mod table;

pub use table::{Comparison, Country, Line, Rows, compared};

use super::marks;
use super::page::{About, Mark, Page};
use super::pile::Pile;
use super::scene::{Anchor, Group, Item, Path, Rect, Role, Scene, Text};
use super::style::{self, INK, Line as Stroke, MARGIN, NAME, PALE_INK, SMALL, STRONG};
use super::tell;
use super::text::{NO_BREAK, Type, clean};
use super::words::{Words, filled};
use crate::gaps::{Finding, Trust, Verdict, World};
use crate::model::{LinkId, Norm, Symbol};
use panels::least_width;
use std::collections::BTreeSet;

/// What a caller tells of a comparison.
#[derive(Clone, Debug)]
pub struct CompareView {
    /// The countries, in the order of the columns.
    pub countries: Vec<Symbol>,
    /// What the rows are.
    pub rows: Rows,
    /// Which links are believed.
    pub trust: Trust,
}

const WIDTH: f64 = 1122.0;
const NAMES: f64 = 330.0;
const ROW: f64 = 24.0;
/// Space between two countries.
const GUTTER: f64 = 22.0;
/// Space for the numbers beside a bar.
const NUMBERS: f64 = 102.0;

const RULE: Stroke = Stroke { colour: "#dcdcdc", dash: "", width: 0.7, opacity: 1.0 };

/// Draws `findings` of several countries under `norms`.
pub fn draw<'g>(
    world: &World<'g>,
    findings: &[Finding<'g>],
    norms: &[&'g Norm],
    about: &About,
    view: &CompareView,
) -> Scene {
    let words = Words { world, language: about.language() };
    let comparison = compared(world, view.trust, findings, norms, &view.countries, view.rows);
    // With many countries the page grows, so that every bar can be read.
    let least =
        if view.rows == Rows::Norms { 0.0 } else { NAMES + comparison.countries.len() as f64 * 190.0 };
    let panels = if view.rows == Rows::Norms { least_width(comparison.countries.len()) } else { 0.0 };
    let width = WIDTH.max(least + 2.0 * MARGIN).max(panels + 2.0 * MARGIN);
    let sheet = Sheet { words, findings, comparison: &comparison, width };
    let mut page = Page::new("compare", width, about, &sheet.subtitle(about, norms.len()));
    page.context(words);
    page.legend(&sheet.legend(view.rows));
    sheet.explain(&mut page, view.rows);
    page.space(12.0);
    sheet.heads(&mut page, view.rows);
    match view.rows {
        Rows::Norms => sheet.panels(&mut page),
        Rows::Documents | Rows::Principles => sheet.lines(&mut page),
    }
    page.space(14.0);
    page.notes(&sheet.notes());
    page.finish(&sheet.description())
}

struct Sheet<'s, 'g> {
    words: Words<'s>,
    findings: &'s [Finding<'g>],
    comparison: &'s Comparison<'g>,
    width: f64,
}

impl Sheet<'_, '_> {
    /// The left side of a country's column.
    fn x(&self, column: usize) -> f64 {
        MARGIN + NAMES + column as f64 * (self.column() + GUTTER)
    }

    /// The width of a country's column.
    fn column(&self) -> f64 {
        let countries = self.comparison.countries.len().max(1) as f64;
        (self.width - 2.0 * MARGIN - NAMES - GUTTER * (countries - 1.0)) / countries
    }

    fn country(&self, country: &Country) -> String {
        let graph = self.words.graph();
        let slug = clean(graph.short(graph.text(country.iri)));
        let known = graph.countries.iter().find(|known| known.iri == country.iri);
        known.map_or(slug.clone(), |known| self.words.label(&known.labels, &slug))
    }

    fn subtitle(&self, about: &About, norms: usize) -> Vec<String> {
        let words = self.words;
        let links: BTreeSet<LinkId> =
            self.comparison.countries.iter().flat_map(|country| country.links.iter().copied()).collect();
        let bodies: usize = self.comparison.countries.iter().map(|country| country.bodies).sum();
        let second = words.tell(
            "The same {} norms held against {} bodies: {} findings",
            "Ті самі норми ({}) щодо органів ({}): {} висновків",
        );
        let findings = self.comparison.countries.iter().map(|country| country.counts.total()).sum::<usize>();
        let numbers = [norms.to_string(), bodies.to_string(), findings.to_string()];
        vec![
            words.subtitle(about.version.as_deref(), &links),
            filled(second, &[&numbers[0], &numbers[1], &numbers[2]]),
        ]
    }

    fn legend(&self, rows: Rows) -> Vec<Vec<super::page::Sample>> {
        let words = self.words;
        let mut all = crate::gaps::Counts::default();
        self.comparison.countries.iter().for_each(|country| all.add_all(&country.counts));
        let heading = match rows {
            Rows::Norms => words.tell("Worst verdict of any body:", "Найгірший вердикт серед органів:"),
            _ => words.tell("Share of findings that are:", "Частка висновків:"),
        };
        let mut verdicts = vec![(Mark::None, heading.to_owned())];
        verdicts.extend(words.samples(&all));
        vec![verdicts]
    }

    /// What is told apart from a gap, and what numbers say.
    fn explain(&self, page: &mut Page, rows: Rows) {
        let words = self.words;
        let absent = words.tell(
            "– no body in scope: there is nobody whom the norm binds",
            "– немає органу, якого б норма стосувалася",
        );
        match rows {
            Rows::Norms => {
                let number = words.tell(
                    "2/5: two of five bodies have the worst verdict",
                    "2/5: найгірший вердикт мають два органи з п’яти",
                );
                tell::explain(page, &[number, absent]);
            }
            Rows::Documents | Rows::Principles => {
                let glyph = words.tell("The glyph shows the worst verdict", "Знак показує найгірший вердикт");
                tell::explain(page, &[glyph, absent]);
            }
        }
    }

    /// The name of a row: document, principle.
    fn name(&self, iri: Option<Symbol>) -> String {
        let words = self.words;
        let graph = words.graph();
        let Some(iri) = iri else { return words.tell("Others", "Інші").to_owned() };
        let slug = clean(graph.short(graph.text(iri)));
        let document = graph.document(iri).map(|document| words.label(&document.titles, &slug));
        let principle = graph.principles.iter().find(|principle| principle.iri == iri);
        document.or_else(|| principle.map(|principle| words.label(&principle.labels, &slug))).unwrap_or(slug)
    }

    /// What is known of a country's record, in lines.
    fn record(&self, country: &Country) -> Vec<String> {
        let words = self.words;
        let all = words.graph().vocabulary.mechanisms.len();
        let share = (country.verified * 100).checked_div(country.links.len()).unwrap_or(0);
        let links = filled(
            words.tell("{} bodies · {} links, {} % verified", "органів: {} · зв’язків: {}, перевірено {} %"),
            &[&country.bodies.to_string(), &country.links.len().to_string(), &share.to_string()],
        );
        let on = country.surveyed_on.map_or(String::new(), |on| format!(" · {on}"));
        let survey = match country.surveyed {
            0 => words
                .tell(
                    "no survey of the country: silence is unknown",
                    "країну не обстежено: мовчання означає «невідомо»",
                )
                .to_owned(),
            some if some == all => {
                format!("{}{on}", words.tell("surveyed for all mechanisms", "обстежено за всіма механізмами"))
            }
            some => {
                let text = words.tell("surveyed for {} of {} mechanisms", "обстежено за {} із {} механізмів");
                format!("{}{on}", filled(text, &[&some.to_string(), &all.to_string()]))
            }
        };
        vec![links, survey]
    }

    /// A head for each country: name, record, all findings.
    fn heads(&self, page: &mut Page, rows: Rows) {
        let words = self.words;
        let top = page.y();
        let countries = self.comparison.countries.len().max(1);
        let (left, column) = match rows {
            Rows::Norms => {
                let inner = self.width - 2.0 * MARGIN;
                (MARGIN, (inner - GUTTER * (countries as f64 - 1.0)) / countries as f64)
            }
            _ => (MARGIN + NAMES, self.column()),
        };
        let mut lowest = top;
        let mut piles = Vec::new();
        for (at, country) in self.comparison.countries.iter().enumerate() {
            let name = self.country(country);
            let mut pile = Pile::new(column);
            pile.write(Type { size: 14.0, ..STRONG }, &name, 0.0, 0.0, 2);
            pile.space(2.0);
            for line in self.record(country) {
                pile.write(SMALL.in_colour(PALE_INK), &line, 0.0, 0.0, 2);
            }
            pile.move_to(left + at as f64 * (column + GUTTER), top);
            lowest = lowest.max(pile.rect.bottom());
            piles.push((name, country, pile));
        }
        for (name, country, pile) in piles {
            let mut group = Group::new(Role::Value, format!("{name}: {}", words.tally(&country.counts)));
            group.details = self.record(country);
            group.data.verdict = country.counts.worst();
            let bar = Rect::new(pile.rect.x, lowest + 5.0, pile.rect.width, 12.0);
            group.items = pile.items;
            group.items.extend(marks::bar(bar, &country.counts));
            // A verdict and its number stay together.
            let tally = words.tally(&country.counts).replace(": ", &format!(":{NO_BREAK}"));
            let tally = SMALL.wrap(&tally, pile.rect.width, 2);
            for (line, content) in tally.lines.into_iter().enumerate() {
                let y = bar.bottom() + 11.0 + line as f64 * 11.0;
                group.items.push(Item::Text(Text::new(SMALL, bar.x, y, content)));
            }
            page.add(Item::Group(group));
        }
        page.reach(lowest + 5.0 + 12.0 + 30.0);
        let y = page.y();
        page.add(Item::stroke(
            Path::line(&[(MARGIN, y), (self.width - MARGIN, y)]),
            Stroke { colour: INK, ..RULE },
        ));
        page.space(8.0);
    }

    /// A row for each document or principle: a bar a country.
    fn lines(&self, page: &mut Page) {
        let words = self.words;
        for line in &self.comparison.lines {
            let y = page.y();
            let name = self.name(line.iri);
            let kind = Type { size: 9.5, ..NAME };
            let wrapped = kind.wrap(&name, NAMES - 70.0, 4);
            let height = ROW.max(wrapped.lines.len() as f64 * 11.6 + 8.0);
            let mut head = Group::new(Role::Part, name.clone());
            let first = y + height / 2.0 + 3.4 - (wrapped.lines.len().saturating_sub(1)) as f64 * 5.8;
            for (at, content) in wrapped.lines.into_iter().enumerate() {
                head.items.push(Item::Text(Text::new(kind, MARGIN, first + at as f64 * 11.6, content)));
            }
            let norms = match line.norms {
                1 => words.tell("1 norm", "норм: 1").to_owned(),
                norms => filled(words.tell("{} norms", "норм: {}"), &[&norms.to_string()]),
            };
            let right = MARGIN + NAMES - 16.0;
            let text = Text::new(SMALL.in_colour(PALE_INK), right, y + height / 2.0 + 3.2, norms);
            head.items.push(Item::Text(text.anchored(Anchor::End)));
            page.add(Item::Group(head));
            for (column, (counts, findings)) in line.cells.iter().enumerate() {
                let country = self.country(&self.comparison.countries[column]);
                let place = Rect::new(self.x(column), y, self.column(), height);
                let label = format!("{name}, {country}: {}", self.tally(counts));
                let mut group = Group::new(Role::Value, label);
                group.data.verdict = counts.worst();
                group.details = self.unmet(findings);
                if counts.total() == 0 {
                    let content = words.tell("no body in scope", "немає такого органу");
                    let text = Text::new(
                        SMALL.in_colour(PALE_INK),
                        place.x,
                        place.middle() + 3.2,
                        format!("– {content}"),
                    );
                    group.items.push(Item::Text(text));
                } else {
                    let bar = Rect::new(place.x, place.middle() - 6.0, place.width - NUMBERS, 12.0);
                    group.items = marks::bar(bar, counts);
                    let worst = counts.worst().unwrap_or(Verdict::Met);
                    let x = bar.right() + 8.0;
                    group.items.push(Item::Glyph {
                        glyph: style::glyph(worst),
                        x,
                        y: place.middle() - 5.0,
                        size: 10.0,
                    });
                    let content = filled(
                        words.tell("{} of {} met", "виконано {} з {}"),
                        &[&counts.of(Verdict::Met).to_string(), &counts.total().to_string()],
                    );
                    group.items.push(Item::Text(Text::new(SMALL, x + 14.0, place.middle() + 3.2, content)));
                }
                page.add(Item::Group(group));
            }
            page.reach(y + height);
            let y = page.y();
            page.add(Item::stroke(Path::line(&[(MARGIN, y), (self.width - MARGIN, y)]), RULE));
        }
    }

    fn tally(&self, counts: &crate::gaps::Counts) -> String {
        match counts.total() {
            0 => self.words.tell("no body in scope", "немає такого органу").to_owned(),
            _ => self.words.tally(counts),
        }
    }

    /// What is not met, line by line.
    fn unmet(&self, findings: &[usize]) -> Vec<String> {
        let unmet = findings.iter().map(|at| &self.findings[*at]).filter(|f| f.verdict != Verdict::Met);
        unmet.map(|f| format!("{}: {}", self.words.name(f.institution), self.words.finding(f))).collect()
    }

    fn notes(&self) -> Vec<String> {
        vec![self.words.tell(
            "Countries have different bodies, and their records are not equally complete: compare shares with the heads of the columns in mind. Unknown says that nothing is on record and no survey was made; it is not a gap.",
            "У країн різні органи, і записи про них неоднаково повні: порівнюйте частки з огляду на заголовки стовпців. «Невідомо» означає, що нічого не записано й не обстежено; це не прогалина.",
        ).to_owned()]
    }

    fn description(&self) -> String {
        let words = self.words;
        let of = |country: &Country| format!("{}: {}", self.country(country), words.tally(&country.counts));
        let countries: Vec<String> = self.comparison.countries.iter().map(of).collect();
        let lead =
            words.tell("The same norms, country by country. {}.", "Ті самі норми, країна за країною. {}.");
        filled(lead, &[&countries.join(". ")])
    }
}
