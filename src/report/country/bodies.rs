//! A section for each body: what it is, who controls it and by which article, what is not met.

use super::findings::MOST_LINKS;
use super::mechanisms::noun;
use super::words::{lower, upper};
use super::{MOST_NAME, Maker, NOT_MET, Words, short};
use crate::gaps::{Finding, Verdict};
use crate::model::{InstitutionId, LinkId, MechanismId, Pillar};
use crate::report::document::{Block, Cell, Column, Line, Row, Table};
use crate::wording::Order;
use std::collections::BTreeMap;

/// The links of each overseer, by its name.
type ByName = BTreeMap<(Order, InstitutionId), Vec<LinkId>>;
/// A remark longer than this is cut: the data have the rest.
pub(super) const MOST_REMARK: usize = 500;

impl<'a, 'g> Maker<'a, 'g> {
    /// The chapter on bodies.
    pub(super) fn bodies(&mut self) {
        let words = self.words;
        self.heading(1, "bodies", words.say("Body by body", "Орган за органом"), true);
        self.say(
            "What each body is, who controls it directly, under which article, and which norms are not met for \
             it. Controls over the bodies above it count for it too where the law lets them reach down; they stand in the \
             sections of those bodies. A number in brackets leads to a page in the bibliography.",
            "Що являє собою кожен орган, хто безпосередньо його контролює і за якою статтею та які \
             норми щодо нього не виконано. Контроль над органами вищого рівня також зараховано, якщо закон поширює його донизу; його подано \
             в розділах про ті органи. Число у квадратних дужках веде до сторінки в переліку джерел.",
        );
        let mut last = None;
        for id in self.ordered() {
            let group = self.graph.vocabulary.pillar(self.graph.institution(id).types);
            if last != Some(group) {
                last = Some(group);
                let key = format!("group-{}", group.map_or("none", Pillar::slug));
                let name = match group {
                    None => words.say("Other bodies", "Інші органи").to_owned(),
                    group => self.pillar(group),
                };
                self.heading(2, &key, &name, true);
            }
            self.body(id);
        }
    }

    fn body(&mut self, id: InstitutionId) {
        let findings = self.bodies[&id].clone();
        let unmet = Self::unmet(&findings);
        self.heading(3, &self.body_id(id), &self.name(id), unmet > 0);
        let identity = self.identity(id);
        self.paragraph(identity);
        if let Some(remark) = self.text(&self.graph.institution(id).comment) {
            let mut remark = short(upper(&remark), MOST_REMARK);
            if !remark.ends_with(['.', '…', '!', '?']) {
                remark.push('.');
            }
            self.push(Block::Small(Line::new().text(&remark)));
        }
        self.controls(id);
        self.verdicts(&findings);
    }

    /// `Short: SBU. Type: domestic security service. Higher body: President of Ukraine.`
    fn identity(&self, id: InstitutionId) -> Line {
        let words = self.words;
        let body = self.graph.institution(id);
        let name = self.name(id);
        let acronym = match words {
            Words::English => body.acronym.map(|acronym| self.graph.text(acronym)),
            Words::Ukrainian => {
                body.other_names.exactly(&self.graph.texts, "uk").map(|name| self.graph.text(name))
            }
        };
        // `Prevention Unit (NPM)` tells it already.
        let tells = |short: &str| name.split(|c: char| !c.is_alphanumeric()).any(|word| word == short);
        let mut line = Line::new();
        if let Some(short) = acronym.filter(|acronym| *acronym != name && !tells(acronym)) {
            line = line.text(&words.say(format!("Short: {short}. "), format!("Скорочено: {short}. ")));
        }
        let kinds: Vec<String> = body.types.iter().map(|kind| lower(&self.type_name(kind))).collect();
        let kinds = words.and(&kinds);
        line = line.text(&words.say(format!("Type: {kinds}."), format!("Тип: {kinds}.")));
        let parents: Vec<Line> = body.parents.iter().map(|parent| self.named(*parent)).collect();
        if !parents.is_empty() {
            let lead = words.say(" Higher body: ", " Орган вищого рівня: ");
            line = line.text(lead).line(Line::join(parents, ", ")).text(".");
        }
        if let Some(start) = body.life.start {
            let date = words.date(&start.to_string());
            line = line.text(&words.say(format!(" Founded: {date}."), format!(" Створено: {date}.")));
        }
        if !body.founded_by.is_empty() {
            line = line
                .text(words.say(" Legal basis: ", " Правова підстава: "))
                .line(self.cite.basis(&body.founded_by, true))
                .text(".");
        }
        if let Some(end) = body.life.end {
            let date = words.date(&end.to_string());
            line = line.text(&words.say(format!(" Dissolved: {date}."), format!(" Припинення: {date}.")));
        }
        // `Head: Head` says nothing.
        let title = words.say("Head", "Керівник");
        if let Some(head) = self.text(&body.head).filter(|head| head != title) {
            let head = short(head, MOST_NAME);
            line = line.text(&format!(" {title}: {head}."));
        }
        line = self.powers(id, line);
        line.line(self.cite.pages(&body.sources, &body.founded_by))
    }

    fn powers(&self, id: InstitutionId, mut line: Line) -> Line {
        let powers = self.graph.institution(id).powers;
        if powers.is_empty() {
            return line;
        }
        let told = powers.iter().map(|power| {
            let grants = self.graph.grants.iter().filter(|grant| grant.holder == id && grant.power == power);
            let basis: Vec<_> = grants.flat_map(|grant| grant.basis.iter().copied()).collect();
            let name = Line::new().text(&self.power(power));
            if basis.is_empty() {
                name
            } else {
                name.text(" (").line(self.cite.basis(&basis, false)).text(")")
            }
        });
        line = line.text(self.words.say(" Powers: ", " Повноваження: "));
        line.line(Line::join(told, ", ")).text(".")
    }

    /// The links over the body itself that count on the day, by pillar and overseer.
    fn controls(&mut self, id: InstitutionId) {
        let words = self.words;
        let graph = self.graph;
        // By pillar, then by name.
        let mut by_pillar: BTreeMap<(bool, Option<Pillar>), ByName> = BTreeMap::new();
        for link in self.input.world.over(id) {
            let overseer = graph.link(*link).0;
            let pillar = graph.vocabulary.pillar(graph.institution(overseer).types);
            let named = (self.order(overseer), overseer);
            by_pillar.entry((pillar.is_none(), pillar)).or_default().entry(named).or_default().push(*link);
        }
        if by_pillar.is_empty() {
            self.say(
                "No control over this body itself is on record for the day.",
                "Контролю безпосередньо над цим органом того дня в обліку немає.",
            );
            return;
        }
        // Where all is in order, a group of overseers is told in one row.
        let whole = super::summary::is_whole(&self.bodies[&id]);
        let mut rows = Vec::new();
        for ((_, pillar), overseers) in by_pillar {
            if whole {
                let told = overseers
                    .iter()
                    .map(|((_, overseer), links)| self.named(*overseer).text(": ").line(self.merged(links)));
                let cells = vec![self.pillar(pillar).into(), Cell::from(Line::join(told, ". ").text("."))];
                rows.push(Row::Cells(cells));
                continue;
            }
            rows.push(Row::Group(self.pillar(pillar)));
            for ((_, overseer), links) in overseers {
                let cells = vec![self.named(overseer).into(), Cell::from(self.merged(&links))];
                rows.push(Row::Cells(cells));
            }
        }
        let column = |head: &str, share| Column { head: head.to_owned(), share, numeric: false };
        let name = self.name(id);
        self.push(Block::Table(Table {
            caption: words.say(format!("Who controls: {name}"), format!("Хто контролює: {name}")),
            quiet: true,
            columns: if whole {
                vec![
                    column(words.say("Group", "Група"), 2),
                    column(words.say("Overseers, controls and articles", "Суб’єкти, контроль і статті"), 8),
                ]
            } else {
                vec![
                    column(words.say("Overseer", "Суб’єкт контролю"), 3),
                    column(words.say("Control and article", "Контроль і стаття"), 7),
                ]
            },
            rows,
        }));
    }

    /// Links of one overseer: each mechanism once, with all its provisions.
    fn merged(&self, links: &[LinkId]) -> Line {
        let mut kinds: Vec<(MechanismId, Vec<String>, Vec<LinkId>)> = Vec::new();
        for link in links {
            let caveats = self.caveats(*link, self.input.world.standing(*link));
            let mechanism = self.graph.network[*link].mechanism;
            match kinds.iter_mut().find(|(kind, why, _)| *kind == mechanism && *why == caveats) {
                Some((_, _, all)) => all.push(*link),
                None => kinds.push((mechanism, caveats, vec![*link])),
            }
        }
        let told = kinds.into_iter().map(|(mechanism, caveats, links)| {
            let basis: Vec<_> =
                links.iter().flat_map(|link| self.graph.network[*link].basis.clone()).collect();
            let mut inner: Vec<Line> = Vec::new();
            if !basis.is_empty() {
                inner.push(self.cite.basis(&basis, false));
            }
            inner.extend(caveats.iter().map(|caveat| Line::new().text(caveat)));
            let mut line = Line::new().text(&noun(self.graph, mechanism, self.input.language));
            if !inner.is_empty() {
                line = line.text(" (").line(Line::join(inner, "; ")).text(")");
            }
            // What rests on no article rests on pages.
            let bare =
                links.iter().map(|link| &self.graph.network[*link]).filter(|link| link.basis.is_empty());
            bare.fold(line, |line, link| line.line(self.cite.pages(&link.sources, &[])))
        });
        Line::join(told, "; ")
    }

    /// How many norms come to which verdict, each that is not met in full, the others by id.
    fn verdicts(&mut self, findings: &[&'a Finding<'g>]) {
        let words = self.words;
        let counts: Vec<String> = super::summary::shown()
            .into_iter()
            .filter_map(|verdict| {
                let count = findings.iter().filter(|finding| finding.verdict == verdict).count();
                (count > 0).then(|| words.verdicts(verdict, count))
            })
            .collect();
        let total = findings.len();
        let norms = words.count(total, ["norm", "norms"], [""; 3]);
        let text = if super::summary::is_whole(findings) {
            words.say(
                format!("Held against {norms}, {}.", words.form(total, ["which is met", "all met"], [""; 3])),
                format!("Зіставлено з нормами: {total}. Усе виконано."),
            )
        } else {
            words.say(
                format!("Held against {norms}: {}.", words.and(&counts)),
                format!("Зіставлено з нормами: {total}. Висновки: {}.", counts.join(", ")),
            )
        };
        self.paragraph(Line::new().text(&text));
        let mut unmet: Vec<&&Finding<'g>> =
            findings.iter().filter(|finding| NOT_MET.contains(&finding.verdict)).collect();
        unmet.sort_by_key(|finding| (finding.verdict, finding.norm.severity, finding.norm.id.as_str()));
        if !unmet.is_empty() {
            let lines = unmet.into_iter().map(|finding| {
                Line::new()
                    .verdict(finding.verdict, &upper(words.verdict(finding.verdict)))
                    .text(". ")
                    .line(self.heading_of(finding))
                    .text(" ")
                    .line(self.telling(finding, MOST_LINKS))
            });
            let lines: Vec<Line> = lines.collect();
            self.push(Block::Bullets(lines));
        }
        let mut rest = Line::new();
        for verdict in [Verdict::Unknown, Verdict::Met] {
            let ids: Vec<Line> = findings
                .iter()
                .filter(|finding| finding.verdict == verdict)
                .map(|finding| Line::new().inside(&Self::norm_id(finding.norm), &finding.norm.id))
                .collect();
            if ids.is_empty() {
                continue;
            }
            let lead = format!("{}: ", upper(words.verdict(verdict)));
            let before = if rest.is_empty() { rest } else { rest.text(" ") };
            rest = before.strong(&lead).line(Line::join(ids, ", "));
            if verdict == Verdict::Unknown {
                let section = self.surveys_number();
                let why = words.say(
                    " (nothing that would decide it is on record, and no survey states that the record is complete \
                     for it; see ",
                    " (в обліку немає нічого, що вирішило б питання, і жодне обстеження не засвідчує, що він щодо \
                     цього повний; див. ",
                );
                rest = rest.text(why).inside("surveys", &section).text(")");
            }
            rest = rest.text(".");
        }
        let unverified = findings
            .iter()
            .filter(|f| f.verdict == Verdict::Met && f.rests_on_unverified(self.graph))
            .count();
        if unverified > 0 {
            let note = words.say(
                format!(
                    " Of those met, {} on a link that is not verified.",
                    words.count(unverified, ["rests", "rest"], [""; 3])
                ),
                format!(" З виконаних на неперевірені зв’язки спираються: {unverified}."),
            );
            rest = rest.text(&note);
        }
        if !rest.is_empty() {
            self.push(Block::Small(rest));
        }
    }
}
