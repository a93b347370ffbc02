//! The overview: the matrix and the gap diagram as pictures, and what is open body by body as a table.

use super::Maker;
use super::summary::is_whole;
use crate::gaps::{Finding, Verdict};
use crate::model::{InstitutionId, Pillar};
use crate::report::document::{Block, Cell, Column, Line, Row, Table};
use crate::vocab::scheme;
use crate::wording::Order;

impl<'g> Maker<'_, 'g> {
    /// The chapter.
    pub(super) fn overview(&mut self) {
        let words = self.words;
        self.heading(1, "overview", words.say("Overview", "Огляд"), true);
        self.heading(2, "matrix", words.say("The matrix", "Матриця"), true);
        self.say(
            "Each row is a body, or several whose verdicts are the same; each column is a group of overseers that norms \
             ask for. The colour tells the gravest verdict, the number how many controls in force reach the body.",
            "Рядок – орган або кілька органів з однаковими вердиктами, стовпець – група суб’єктів контролю, яких \
             вимагають норми. Колір показує найгірший вердикт, число – скільки чинних повноважень контролю поширюється \
             на орган.",
        );
        self.push(Block::Figure(self.input.pictures.matrix.clone()));
        self.heading(2, "diagram", words.say("Who controls whom", "Хто кого контролює"), true);
        self.say(
            "Overseers stand on the left in their groups, the bodies at the top of the security sector on the right; between \
             them the executive, and norms that any of several groups could meet. A line is control; a broken grey one is on paper only; a broken red one is what a \
             norm asks for and nobody exercises, or not enough. The norms that it names are explained below it.",
            "Ліворуч стоять суб’єкти контролю за групами, праворуч – органи верхнього рівня сектору безпеки, між ними – \
             виконавча влада та норми, які могла б виконати будь-яка з кількох груп. Лінія – це контроль; переривчаста сіра – лише на папері; переривчаста червона – те, чого \
             вимагає норма і чого немає або недостатньо. Названі на рисунку норми пояснено під ним.",
        );
        self.push(Block::Figure(self.input.pictures.gaps.clone()));
        let head = words.say("What is not met, body by body", "Що не виконано, орган за органом");
        self.heading(2, "open", head, true);
        self.open_bodies();
    }

    /// What is not met or not known, body by body.
    fn open_bodies(&mut self) {
        let words = self.words;
        let table = self.matrix();
        if !table.rows.is_empty() {
            self.say(
                "The table has a row for each body for which something is not met or not known. A cell gives the gravest \
                 verdict of the matrix, and of the findings on this group, how many are not met or not known. A finding \
                 stands under the groups of those who meet the norm or do what it rules out; where nobody does, or not enough, \
                 under all groups that are missing.",
                "У таблиці є рядок для кожного органу, щодо якого щось не виконано або невідомо. Клітинка подає \
                 найгірший вердикт, як і матриця, та те, скільки з висновків щодо цієї групи – не виконано або невідомо. \
                 Висновок стоїть під групами тих, хто виконує норму чи робить те, що вона виключає; якщо таких немає або \
                 недостатньо – під усіма групами, яких бракує.",
            );
            self.push(Block::Table(table));
        }
        let whole = self.bodies.values().filter(|findings| is_whole(findings)).count();
        if whole > 0 {
            let text = words.say(
                if whole == 1 {
                    "Every norm asked of one more body is met; the next chapter has a section on it.".to_owned()
                } else {
                    format!(
                        "Every norm asked of the other {}\u{a0}bodies is met; the next chapter has a section on each.",
                        words.number(whole),
                    )
                },
                format!(
                    "Усі звернені до них норми виконано щодо решти органів ({}); розділ про кожен є в наступній частині.",
                    words.number(whole),
                ),
            );
            self.push(Block::Small(Line::new().text(&text)));
        }
    }

    fn matrix(&self) -> Table {
        let pillars: Vec<Option<Pillar>> = self.summary.by_pillar.iter().map(|(pillar, _)| *pillar).collect();
        let mut rows = Vec::new();
        let mut last = None;
        for id in self.ordered() {
            let findings = &self.bodies[&id];
            if is_whole(findings) {
                continue;
            }
            let group = self.graph.vocabulary.pillar(self.graph.institution(id).types);
            if last != Some(group) {
                last = Some(group);
                rows.push(Row::Group(self.pillar(group)));
            }
            let cells = pillars.iter().map(|pillar| self.cell(findings, *pillar));
            rows.push(Row::Cells([Cell::from(self.named(id))].into_iter().chain(cells).collect()));
        }
        let column = |head: String, share| Column { head, share, numeric: false };
        // Wide enough for the longest verdict, and for most words of heads.
        let heads = pillars.iter().map(|pillar| {
            let head = self.pillar(*pillar);
            let longest = head.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
            column(head, u16::try_from(longest.clamp(10, 12)).unwrap_or(12))
        });
        let first = column(self.words.say("Body", "Орган").to_owned(), 16);
        Table {
            caption: self
                .words
                .say(
                    "Bodies, by the overseers that norms ask for",
                    "Органи за суб’єктами контролю, яких вимагають норми",
                )
                .to_owned(),
            columns: [first].into_iter().chain(heads).collect(),
            rows,
            ..Table::default()
        }
    }

    fn cell(&self, findings: &[&Finding<'g>], pillar: Option<Pillar>) -> Cell {
        let vocabulary = &self.graph.vocabulary;
        // As the matrix has it, so that the two say the same.
        let asks = |finding: &&&Finding<'_>| {
            let mut pillars = vocabulary.pillars_of(finding.overseers(self.graph));
            match pillar {
                Some(pillar) => pillars.any(|one| one == pillar),
                None => pillars.next().is_none(),
            }
        };
        let such: Vec<&&Finding<'g>> = findings.iter().filter(asks).collect();
        let Some(worst) = such.iter().map(|finding| finding.verdict).min() else { return Cell::default() };
        let open = such.iter().filter(|finding| finding.verdict != Verdict::Met).count();
        let line = Line::new().verdict(worst, self.words.verdict(worst));
        let line = if open > 0 { line.text(&format!(" {open}/{}", such.len())) } else { line };
        Cell { line, tone: Some(worst) }
    }

    /// The name of a group of overseers.
    pub(super) fn pillar(&self, pillar: Option<Pillar>) -> String {
        match pillar {
            Some(pillar) => self.graph.word(scheme::PILLAR, pillar.slug(), self.input.language).to_owned(),
            None => self.words.say("Any overseer", "Будь-хто").to_owned(),
        }
    }

    /// The bodies with findings: providers first, then the other groups; in a group, each below the body that it
    /// belongs to.
    pub(super) fn ordered(&self) -> Vec<InstitutionId> {
        let mut bodies: Vec<InstitutionId> = self.bodies.keys().copied().collect();
        bodies.sort_by_cached_key(|id| {
            let pillar = self.graph.vocabulary.pillar(self.graph.institution(*id).types);
            let above = self.input.world.ancestors(*id).iter().rev().filter(|a| {
                self.bodies.contains_key(a)
                    && self.graph.vocabulary.pillar(self.graph.institution(**a).types) == pillar
            });
            let path: Vec<Order> = above.chain([id]).map(|id| self.order(*id)).collect();
            (pillar != Some(Pillar::Provider), pillar.is_none(), pillar, path, *id)
        });
        bodies
    }
}
