//! The matrix: bodies by pillars, norms, mechanisms, documents or principles.
//!
//! `cells.rs` says what stands in a cell, `fold.rs` which rows are drawn as one; `edges.rs` draws the
//! totals and what stands below, this file the rest.

mod cells;
mod edges;
mod fold;

pub use cells::{Cell, Columns, Key, Matrix, Row, badness, matrix};
pub use fold::{Band, Fold, folded};

use edges::lacking;

use super::marks;
use super::page::{About, Mark, Page, Sample};
use super::scene::{Anchor, Data, Group, Item, Path, Rect, Role, Scene, Text};
use super::section::Section;
use super::style::{self, Line, MARGIN, NAME, PALE_INK, SMALL, STRONG};
use super::tell;
use super::text::{Type, clean};
use super::words::{Words, filled};
use crate::gaps::{Counts, Finding, Verdict, World};
use crate::model::LinkId;
use std::collections::BTreeSet;

/// What a caller tells of a matrix.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatrixView {
    /// What the columns are.
    pub columns: Columns,
    /// Whether every body has a row of its own and every column is drawn, however many there are.
    pub expand: bool,
}

const NAMES: f64 = 262.0;
/// The bar of a row's findings, with the space around it; its words come on top.
const BAR: f64 = 90.0;
const BESIDE: f64 = 14.0 + BAR + 8.0;
/// Width of a column, where there are few and where there are many.
const WIDE: f64 = 64.0;
const NARROW: f64 = 24.0;
/// Up to this many columns are wide.
const FEW: usize = 12;
/// The most columns of a page without `expand`: a sheet of A3, lying.
const MOST: usize = 44;
const ROW: f64 = 17.0;
/// Space around a cell.
const SEAM: f64 = 1.0;
const FAMILY: f64 = 20.5;
/// The space for a heading that is turned.
const TURNED: f64 = 172.0;

const RULE: Line = Line { colour: "#c8c8c8", dash: "", width: 0.7, opacity: 1.0 };

/// Draws `findings` as a matrix.
pub fn draw(world: &World<'_>, findings: &[Finding<'_>], about: &About, view: MatrixView) -> Scene {
    let words = Words { world, language: about.language() };
    let matrix = matrix(world, findings, view.columns);
    let bands = folded(world.graph(), &matrix.rows, view.expand);
    // Norms that all meet are no news: they come last, and only their number is told.
    let news = matrix.totals.iter().filter(|counts| badness(counts) != [0; 4]).count();
    let shown = match view {
        MatrixView { expand: true, .. } => matrix.columns.len(),
        MatrixView { columns: Columns::Norms, .. } if matrix.columns.len() > FEW => news.min(MOST),
        _ => matrix.columns.len().min(MOST),
    };
    let mut sheet = Sheet { words, findings, matrix: &matrix, shown, column: NARROW, totals: 0.0 };
    if shown <= FEW {
        sheet.column = sheet.longest().max(WIDE);
    }
    let counts = bands.iter().map(Band::counts).chain([sheet.all()]);
    let sentences = counts.map(|counts| SMALL.width(&lacking(words, &counts).0));
    sheet.totals = BESIDE + sentences.fold(SMALL.bold().width(sheet.total_heading()) - BAR, f64::max);
    let width = sheet.x(shown) + sheet.totals + MARGIN;
    let mut page = Page::new("matrix", width, about, &sheet.subtitle(about));
    page.context(words);
    page.legend(&sheet.legend());
    sheet.explain(&mut page, view.columns, &bands);
    page.space(10.0);
    sheet.headings(&mut page);
    let mut family = None;
    for band in &bands {
        if family != Some(band.family()) {
            family = Some(band.family());
            sheet.family(&mut page, band.family(), &bands);
        }
        sheet.row(&mut page, band);
    }
    sheet.sums(&mut page);
    page.space(14.0);
    sheet.alike(&mut page, &bands);
    page.notes(&sheet.notes(view.columns));
    page.finish(&sheet.description(&bands))
}

/// What is drawn, and where its columns stand.
struct Sheet<'s, 'g> {
    words: Words<'s>,
    findings: &'s [Finding<'g>],
    matrix: &'s Matrix,
    shown: usize,
    column: f64,
    /// The width of what stands at the right edge.
    totals: f64,
}

impl Sheet<'_, '_> {
    /// The width that no word of a heading is broken in.
    fn longest(&self) -> f64 {
        let names: Vec<String> = self.matrix.columns.iter().map(|key| self.name(*key)).collect();
        let words = names.iter().flat_map(|name| name.split_whitespace());
        words.map(|word| SMALL.bold().width(word) + 5.0).fold(0.0, f64::max).min(110.0)
    }

    fn is_wide(&self) -> bool {
        self.column > NARROW
    }

    /// The left side of a column; of the one after the last: where the totals begin.
    fn x(&self, column: usize) -> f64 {
        MARGIN + NAMES + column as f64 * self.column
    }

    fn all(&self) -> Counts {
        let mut all = Counts::default();
        self.findings.iter().for_each(|finding| all.add(finding.verdict));
        all
    }

    fn subtitle(&self, about: &About) -> Vec<String> {
        let words = self.words;
        let mut links: BTreeSet<LinkId> = self.findings.iter().flat_map(Finding::links).collect();
        links.extend(self.matrix.rows.iter().flat_map(|row| row.links.iter().copied()));
        let all = self.all();
        let numbers = [self.matrix.rows.len(), self.norms(), all.total()].map(|n| n.to_string());
        let numbers = [numbers[0].as_str(), &numbers[1], &numbers[2]];
        let shown = words.tell(
            "{} bodies held against {} norms that bind them: {} findings",
            "Органів: {}, норм, що їх зобов’язують: {}, висновків: {}",
        );
        let second = format!("{} ({})", filled(shown, &numbers), words.tally(&all));
        vec![words.subtitle(about.version.as_deref(), &links), second]
    }

    fn norms(&self) -> usize {
        self.findings.iter().map(|finding| finding.norm.id.as_str()).collect::<BTreeSet<_>>().len()
    }

    fn legend(&self) -> Vec<Vec<Sample>> {
        let words = self.words;
        let all = self.all();
        let heading = words.tell("Worst verdict:", "Найгірший вердикт:").to_owned();
        let mut verdicts = vec![(Mark::None, heading)];
        verdicts.extend(words.samples(&all));
        vec![verdicts]
    }

    /// What numbers and cells without a verdict say.
    fn explain(&self, page: &mut Page, columns: Columns, bands: &[Band<'_>]) {
        let words = self.words;
        let number = match columns {
            Columns::Pillars | Columns::Mechanisms => words.tell(
                "Numbers: controls in force that reach the body, its own and those over a body above it",
                "Числа: чинні повноваження контролю щодо органу, власні й щодо вищого органу",
            ),
            _ => words.tell(
                "Numbers: controls in force that are evidence",
                "Числа: чинні повноваження контролю, що є підставою",
            ),
        };
        let bare = words.tell("without a colour: no norm asks", "без кольору: норми не вимагають");
        let mut sentences = vec![number, bare];
        if bands.iter().any(|band| matches!(band.fold, Fold::Alike)) {
            sentences.push(words.tell(
                "+2: two more bodies with the same verdicts, named below",
                "+2: ще два органи з тими самими вердиктами, названі нижче",
            ));
        }
        tell::explain(page, &sentences);
    }

    /// The name of a column.
    fn name(&self, key: Key) -> String {
        let words = self.words;
        let graph = words.graph();
        match key {
            Key::Pillar(pillar) => words.pillar(Some(pillar)),
            Key::Norm(at) => {
                let norm = &graph.norms[at];
                format!("{} {}", clean(&norm.id), words.label(&norm.titles, ""))
            }
            Key::Mechanism(id) => {
                let concept = graph.vocabulary.mechanisms.get(id);
                words.label(&concept.labels, &concept.slug)
            }
            Key::Document(iri) => {
                let slug = clean(graph.short(graph.text(iri)));
                let title = graph.document(iri).map(|document| words.label(&document.titles, &slug));
                title.unwrap_or(slug)
            }
            Key::Principle(iri) => {
                let known = graph.principles.iter().find(|principle| principle.iri == iri);
                let name = known.map(|principle| words.label(&principle.labels, &principle.slug));
                name.unwrap_or_else(|| clean(graph.short(graph.text(iri))))
            }
            Key::Any => words.tell("Anyone", "Будь-хто").to_owned(),
        }
    }

    fn total_heading(&self) -> &'static str {
        self.words.tell("All norms that bind the body", "Усі норми щодо органу")
    }

    /// The lines of a heading that is turned.
    fn turned(&self, key: Key) -> Vec<String> {
        SMALL.wrap(&self.name(key), TURNED, 2).lines
    }

    fn headings(&self, page: &mut Page) {
        let top = page.y();
        let height = if self.is_wide() {
            44.0
        } else {
            let lines = self.matrix.columns.iter().take(self.shown).flat_map(|key| self.turned(*key));
            lines.map(|line| SMALL.width(&line)).fold(0.0, f64::max) + 14.0
        };
        let base = top + height - 6.0;
        for (at, key) in self.matrix.columns.iter().take(self.shown).enumerate() {
            let name = self.name(*key);
            let mut group = Group::new(Role::Part, name.clone());
            let x = self.x(at) + self.column / 2.0;
            if self.is_wide() {
                let lines = SMALL.bold().wrap(&name, self.column - 4.0, 3).lines;
                let glyph = match key {
                    Key::Pillar(pillar) => Some(*pillar),
                    _ => None,
                };
                let first = base - (lines.len().saturating_sub(1)) as f64 * 10.5;
                if let Some(pillar) = glyph {
                    let glyph = style::pillar_glyph(Some(pillar));
                    group.items.push(Item::Glyph { glyph, x: x - 5.5, y: first - 20.5, size: 11.0 });
                }
                for (line, content) in lines.into_iter().enumerate() {
                    let colour = glyph.map_or(style::INK, |pillar| style::ink(Some(pillar)));
                    let text =
                        Text::new(SMALL.bold().in_colour(colour), x, first + line as f64 * 10.5, content);
                    group.items.push(Item::Text(text.anchored(Anchor::Middle)));
                }
            } else {
                let lines = self.turned(*key);
                let first = x + 3.2 - (lines.len().saturating_sub(1)) as f64 * 5.0;
                for (line, content) in lines.into_iter().enumerate() {
                    let text = Text::new(SMALL, first + line as f64 * 10.0, base, content);
                    group.items.push(Item::Text(text.turned(-90.0)));
                }
            }
            page.add(Item::Group(group));
        }
        let total = self.total_heading();
        let mut head = Group::new(Role::Part, total);
        head.items.push(Item::Text(Text::new(SMALL.bold(), self.x(self.shown) + 14.0, base, total)));
        page.add(Item::Group(head));
        page.reach(top + height);
    }

    fn family(&self, page: &mut Page, family: Section, bands: &[Band<'_>]) {
        let y = page.y();
        let bodies =
            bands.iter().filter(|band| band.family() == family).map(|band| band.rows.len()).sum::<usize>();
        let name = family.name(self.words);
        let mut group = Group::new(Role::Frame { id: format!("family-{name}") }, name.clone());
        let right = self.x(self.shown) + self.totals;
        group.items.push(Item::stroke(Path::line(&[(MARGIN, y + 4.0), (right, y + 4.0)]), RULE));
        let base = y + FAMILY - 5.0;
        group.items.push(Item::Text(Text::new(STRONG, MARGIN, base, name.clone())));
        let count = Text::new(
            SMALL.in_colour(PALE_INK),
            MARGIN + STRONG.width(&name) + 7.0,
            base,
            bodies.to_string(),
        );
        group.items.push(Item::Text(count));
        page.add(Item::Group(group));
        page.reach(y + FAMILY);
    }

    /// The name of a band, in full.
    fn label(&self, band: &Band<'_>) -> String {
        let first = self.words.name(band.rows[0].id);
        let more = (band.rows.len() - 1).to_string();
        match band.fold {
            Fold::One => first,
            Fold::Alike => {
                format!("{first} {}", filled(self.words.tell("and {} alike", "і ще {}"), &[&more]))
            }
            Fold::Type(kind) => format!("{} ({})", self.words.type_name(kind), band.rows.len()),
        }
    }

    fn row(&self, page: &mut Page, band: &Band<'_>) {
        let y = page.y();
        let label = self.label(band);
        let more = match band.fold {
            Fold::Alike => format!("+{}", band.rows.len() - 1),
            Fold::One | Fold::Type(_) => String::new(),
        };
        let kind: Type = NAME;
        let name = if more.is_empty() { label.clone() } else { self.words.name(band.rows[0].id) };
        let room = NAMES - 18.0 - STRONG.width(&more);
        let lines = kind.wrap(&name, room, 2).lines;
        let height = ROW.max(lines.len() as f64 * 11.8 + 2.5);
        let mut head = Group::new(Role::Part, label.clone());
        if band.rows.len() > 1 {
            head.details = band.rows.iter().map(|row| self.words.name(row.id)).collect();
        }
        let first = y + height / 2.0 + 3.6 - (lines.len().saturating_sub(1)) as f64 * 5.9;
        let (mut end, mut base) = (MARGIN, first);
        for (at, line) in lines.into_iter().enumerate() {
            end = MARGIN + 8.0 + kind.width(&line);
            base = first + at as f64 * 11.8;
            head.items.push(Item::Text(Text::new(kind, MARGIN + 8.0, base, line)));
        }
        if !more.is_empty() {
            head.items.push(Item::Text(Text::new(STRONG.in_colour(PALE_INK), end + 4.0, base, more)));
        }
        page.add(Item::Group(head));
        for column in 0..self.shown {
            self.cell(page, band, column, Rect::new(self.x(column), y, self.column, height));
        }
        self.total(page, &label, &band.counts(), Rect::new(self.x(self.shown), y, self.totals, height));
        page.reach(y + height);
    }

    fn cell(&self, page: &mut Page, band: &Band<'_>, column: usize, place: Rect) {
        let words = self.words;
        let worst = band.worst(column);
        let number = band.links(column);
        let name = self.name(self.matrix.columns[column]);
        let verdict = worst.map_or_else(
            || words.tell("no norm asks", "норми не вимагають").to_owned(),
            |verdict| words.verdict(verdict).to_owned(),
        );
        let links = match number.as_str() {
            "" => words.tell("no control in force", "чинного контролю немає").to_owned(),
            number => {
                filled(words.tell("controls in force: {}", "чинних повноважень контролю: {}"), &[number])
            }
        };
        let label = format!("{} × {name}: {verdict}; {links}", self.label(band));
        let mut group = Group::new(Role::Value, label);
        let mut met = 0;
        for row in &band.rows {
            let several =
                if band.rows.len() > 1 { format!("{}: ", words.name(row.id)) } else { String::new() };
            for at in &row.cells[column].findings {
                let finding = &self.findings[*at];
                if finding.verdict == Verdict::Met {
                    met += 1;
                } else {
                    group.details.push(format!("{several}{}", words.finding(finding)));
                }
            }
        }
        if met > 0 {
            group.details.push(filled(words.tell("met: {}", "виконано: {}"), &[&met.to_string()]));
        }
        let pillar = match self.matrix.columns[column] {
            Key::Pillar(pillar) => Some(pillar),
            _ => None,
        };
        let mechanisms = match self.matrix.columns[column] {
            Key::Mechanism(id) => vec![words.graph().vocabulary.mechanisms.slug(id).to_owned()],
            _ => Vec::new(),
        };
        group.data = Data { pillar, mechanisms, verdict: worst, ..Data::default() };
        let counted = worst.is_some() && self.matrix.columns[column] != Key::Any;
        let number = match number.as_str() {
            "" if counted => "0".to_owned(),
            // A range has no room: the least that each has.
            range if !self.is_wide() => match range.split('–').next().unwrap_or_default() {
                least if least.len() <= 3 => least.to_owned(),
                _ => "…".to_owned(),
            },
            number => number.to_owned(),
        };
        group.items = marks::cell(place.grown(-SEAM), worst, &number);
        page.add(Item::Group(group));
    }

    fn description(&self, bands: &[Band<'_>]) -> String {
        let words = self.words;
        let worst = bands.first().map_or(String::new(), |band| {
            let counts = band.counts();
            filled(
                words.tell(" The row with the most gaps is {}: {}.", " Найбільше прогалин має рядок {}: {}."),
                &[&self.label(band), &words.tally(&counts)],
            )
        });
        let lead = words.tell("A matrix of bodies by {}: {}.", "Матриця: органи за {}: {}.");
        let columns: Vec<String> = self.matrix.columns.iter().take(FEW).map(|key| self.name(*key)).collect();
        filled(lead, &[&columns.join(", "), &words.tally(&self.all())]) + &worst
    }
}
