//! The first page: what is met, on paper and missing, and the gravest gaps.

use super::words::upper;
use super::{Maker, NOT_MET};
use crate::gaps::{Counts, Finding, Kinship, Verdict, kin};
use crate::model::{InstitutionId, Pillar, Severity, Standing};
use crate::report::document::{Block, Cell, Column, Line, Row, Table};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a finding weighs by itself: the norm's severity, the verdict, the norm's id.
type Weight<'a> = (Severity, Verdict, &'a str);
/// The number of gaps that the first page tells in sentences.
const GRAVEST: usize = 5;
/// How many of these may be led by the same body.
const MOST_OF_ONE_BODY: usize = 2;
/// Links that such a gap names, and other bodies with the same verdict, before the rest is counted.
const MOST_LINKS: usize = 2;
const MOST_OTHERS: usize = 2;

impl<'g> Maker<'_, 'g> {
    /// The first page.
    pub(super) fn summary(&mut self) {
        self.heading(1, "summary", self.words.say("Summary", "Стислий виклад"), true);
        self.lead();
        self.what_holds();
        let table = self.by_severity();
        self.push(Block::Table(table));
        let gravest = self.gravest();
        if !gravest.is_empty() {
            let count = self.words.say(
                ["The gravest gap", "The gravest gaps"][usize::from(gravest.len() > 1)],
                ["Найсерйозніша прогалина", "Найсерйозніші прогалини"][usize::from(gravest.len() > 1)],
            );
            self.heading(2, "gravest", count, true);
            self.push(Block::Small(Line::new().text(self.words.say(
                "By the weight of the norm, by verdict, security providers before others, and by bodies concerned; norms that \
                 say the same are told once, of one body no more than two. In bold stands what the norm asks for, behind \
                 it what is the case.",
                "За вагою норми, вердиктом (спершу складові сектору безпеки) і кількістю органів; норми, що кажуть те саме, \
                 подано раз, про один орган – не більше двох. Жирним виділено те, чого вимагає норма, далі – як є насправді.",
            ))));
            self.push(Block::Numbers(gravest));
        }
    }

    fn lead(&mut self) {
        let words = self.words;
        let all = self.summary.all;
        let of = |verdict| words.number(all.of(verdict));
        let day = words.day(self.input.world.day());
        let documents: BTreeSet<_> =
            self.input.findings.iter().filter_map(|finding| finding.norm.document).collect();
        let (bodies, norms) = (self.bodies.len(), self.norms_used().len());
        let text = words.say(
            format!(
                "On {day}, {} of the security sector and of its overseers {} held against {} from {}. Of {}, {} ({}) \
                 {}, {} on paper only, {} in part, {} and {} unknown.",
                words.count(bodies, ["body", "bodies"], [""; 3]),
                words.form(bodies, ["was", "were"], [""; 3]),
                words.count(norms, ["norm", "norms"], [""; 3]),
                words.count(documents.len(), ["guidance document", "guidance documents"], [""; 3]),
                words.count(all.total(), ["finding", "findings"], [""; 3]),
                of(Verdict::Met),
                words.share(all.of(Verdict::Met), all.total()),
                words.form(all.of(Verdict::Met), ["is met", "are met"], [""; 3]),
                words.count(all.of(Verdict::OnPaper), ["is met", "are met"], [""; 3]),
                words.count(all.of(Verdict::Partial), ["is met", "are met"], [""; 3]),
                words.count(all.of(Verdict::Gap), ["is a gap", "are gaps"], [""; 3]),
                words.count(all.of(Verdict::Unknown), ["is", "are"], [""; 3]),
            ),
            format!(
                "Станом на {day} року {} сектору безпеки та контролю над ним зіставлено з нормами ({}) з {}. Усього \
                 висновків: {}. З них виконано {} ({}), лише на папері {}, частково {}, прогалин {}, невідомо {}.",
                words.count(bodies, [""; 2], ["орган", "органи", "органів"]),
                words.number(norms),
                words.count(
                    documents.len(),
                    [""; 2],
                    ["настановчого документа", "настановчих документів", "настановчих документів"]
                ),
                words.number(all.total()),
                of(Verdict::Met),
                words.share(all.of(Verdict::Met), all.total()),
                of(Verdict::OnPaper),
                of(Verdict::Partial),
                of(Verdict::Gap),
                of(Verdict::Unknown),
            ),
        );
        self.paragraph(Line::new().text(&text));
    }

    /// What is met, what is on paper, what is missing, what is not known: a paragraph each, where there is some.
    fn what_holds(&mut self) {
        let words = self.words;
        let whole = self
            .bodies
            .values()
            .filter(|findings| findings.iter().all(|f| f.verdict == Verdict::Met))
            .count();
        let (english, ukrainian) = self.full_pillars();
        let mut met = Line::new().strong(words.say("Met. ", "Виконано. ")).text(&words.say(
            format!(
                "{} of {} {} every norm asked of {}.",
                words.number(whole),
                words.count(self.bodies.len(), ["body", "bodies"], [""; 3]),
                words.form(whole, ["meets", "meet"], [""; 3]),
                words.form(whole, ["it", "them"], [""; 3]),
            ),
            format!(
                "Усі звернені до них норми {} {} з {}.",
                words.form(whole, [""; 2], ["виконує", "виконують", "виконують"]),
                words.count(whole, [""; 2], ["орган", "органи", "органів"]),
                words.number(self.bodies.len()),
            ),
        ));
        met = met.text(words.say(&english, &ukrainian));
        self.paragraph(met);
        if let Some(line) = self.on_paper() {
            self.paragraph(line);
        }
        let missing = self.missing();
        self.paragraph(missing);
        let unknown = self.summary.all.of(Verdict::Unknown);
        if unknown > 0 {
            let bodies = self.having(&[Verdict::Unknown]).len();
            let text = words.say(
                format!(
                    "{} on {} cannot be decided: nothing is on record, and no survey states that the record of the \
                     controls in question is complete. Unknown is not absent.",
                    words.count(unknown, ["finding", "findings"], [""; 3]),
                    words.count(bodies, ["body", "bodies"], [""; 3]),
                ),
                format!(
                    "{} щодо {} зробити не можна: в обліку нічого немає, і жодне обстеження не засвідчує, що облік цих \
                     видів контролю повний. Невідоме не означає відсутнє.",
                    words.count(unknown, [""; 2], ["висновок", "висновки", "висновків"]),
                    words.count(bodies, [""; 2], ["органу", "органів", "органів"]),
                ),
            );
            self.paragraph(Line::new().strong(words.say("Unknown. ", "Невідомо. ")).text(&upper(&text)));
        }
    }

    /// The groups of overseers of which every norm that asks for them is met, as a sentence in both languages.
    fn full_pillars(&self) -> (String, String) {
        let full: Vec<String> = self
            .summary
            .by_pillar
            .iter()
            .filter(|(_, counts)| counts.of(Verdict::Met) == counts.total())
            .filter_map(|(pillar, _)| pillar.map(|pillar| self.pillar(Some(pillar))))
            .collect();
        if full.is_empty() {
            return (String::new(), String::new());
        }
        let english: Vec<String> = full.iter().map(|name| super::words::lower(name)).collect();
        (
            format!(" Every norm that asks for control by {} is met.", self.words.and(&english)),
            format!(
                " Виконано всі норми, що вимагають контролю з боку таких груп: {}.",
                self.words.and(&english)
            ),
        )
    }

    fn on_paper(&self) -> Option<Line> {
        let words = self.words;
        let count = self.summary.all.of(Verdict::OnPaper);
        if count == 0 {
            return None;
        }
        let bodies = self.having(&[Verdict::OnPaper]).len();
        // Who is in the law and does not work, by how many findings wait for it.
        let mut idle: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        for finding in self.input.findings.iter().filter(|f| f.verdict == Verdict::OnPaper) {
            let overseers: BTreeSet<InstitutionId> = finding
                .evidence
                .iter()
                .filter(|piece| piece.standing == Standing::OnPaper)
                .map(|piece| self.graph.link(piece.link).0)
                .collect();
            for overseer in overseers {
                *idle.entry(overseer).or_default() += 1;
            }
        }
        let mut idle: Vec<(InstitutionId, usize)> = idle.into_iter().collect();
        idle.sort_by_key(|(id, count)| (Reverse(*count), *id));
        let names: Vec<String> =
            idle.iter().map(|(id, count)| format!("{} ({count})", self.name(*id))).collect();
        let names = words.some(&names, 4, ["other", "others"], ["інший", "інші", "інших"]);
        let text = words.say(
            format!(
                "{} on {} {} on controls that are in the law but do not work today, by: {names}.",
                words.count(count, ["finding", "findings"], [""; 3]),
                words.count(bodies, ["body", "bodies"], [""; 3]),
                words.form(count, ["rests", "rest"], [""; 3]),
            ),
            format!(
                "{} щодо {} {} на контроль, який закон передбачає, але який нині не діє. Його суб’єкти: {names}.",
                words.count(count, [""; 2], ["висновок", "висновки", "висновків"]),
                words.count(bodies, [""; 2], ["органу", "органів", "органів"]),
                words.form(count, [""; 2], ["спирається", "спираються", "спираються"]),
            ),
        );
        Some(Line::new().strong(words.say("On paper. ", "На папері. ")).text(&upper(&text)))
    }

    fn missing(&self) -> Line {
        let words = self.words;
        let line = Line::new().strong(words.say("Missing. ", "Бракує. "));
        let lacking = self.having(&[Verdict::Gap, Verdict::Partial]);
        if lacking.is_empty() {
            return line.text(words.say(
                "No finding is a gap or met only in part.",
                "Висновків «прогалина» чи «частково» немає.",
            ));
        }
        let (gaps, partial) = (self.summary.all.of(Verdict::Gap), self.summary.all.of(Verdict::Partial));
        let duties = self
            .input
            .findings
            .iter()
            .filter(|f| {
                f.norm.severity == Severity::Must && matches!(f.verdict, Verdict::Gap | Verdict::Partial)
            })
            .count();
        let mut worst: Vec<(InstitutionId, usize)> = lacking
            .iter()
            .map(|id| {
                let such = |f: &&&Finding<'_>| matches!(f.verdict, Verdict::Gap | Verdict::Partial);
                (*id, self.bodies[id].iter().filter(such).count())
            })
            .collect();
        worst.sort_by_key(|(id, count)| (Reverse(*count), *id));
        let counts = [
            (gaps, words.count(gaps, ["finding is a gap", "findings are gaps"], [""; 3])),
            (partial, words.count(partial, ["finding is met in part", "findings are met in part"], [""; 3])),
        ];
        let counts: Vec<String> =
            counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
        let text = words.say(
            format!(
                "{}, on {}; under duties (must): {}. {} ",
                words.and(&counts),
                words.count(lacking.len(), ["body", "bodies"], [""; 3]),
                words.number(duties),
                if lacking.len() == 1 { "On" } else { "Most are on" },
            ),
            format!(
                "Висновки «{}»: {}, «{}»: {}; усе це щодо {}; за обов’язковими нормами: {}. {}: ",
                words.verdict(Verdict::Gap),
                words.number(gaps),
                words.verdict(Verdict::Partial),
                words.number(partial),
                words.count(lacking.len(), [""; 2], ["органу", "органів", "органів"]),
                words.number(duties),
                if lacking.len() == 1 { "Має їх" } else { "Найбільше їх мають" },
            ),
        );
        let named = worst.iter().take(4).map(|(id, count)| self.named(*id).text(&format!(" ({count})")));
        line.text(&text).line(Line::join(named, ", ")).text(".")
    }

    /// The bodies that have findings with one of these verdicts, by id.
    fn having(&self, verdicts: &[Verdict]) -> Vec<InstitutionId> {
        let has = |findings: &&Vec<&Finding<'_>>| findings.iter().any(|f| verdicts.contains(&f.verdict));
        self.bodies.iter().filter(|(_, findings)| has(findings)).map(|(id, _)| *id).collect()
    }

    fn by_severity(&self) -> Table {
        let words = self.words;
        let row = |name: &str, counts: &Counts| {
            let numbers = shown().into_iter().map(|verdict| Cell::from(words.number(counts.of(verdict))));
            let name = [Cell::from(name)];
            Row::Cells(
                name.into_iter().chain(numbers).chain([Cell::from(words.number(counts.total()))]).collect(),
            )
        };
        let mut rows: Vec<Row> = self
            .summary
            .by_severity
            .iter()
            .map(|(severity, counts)| row(&upper(words.severity(*severity)), counts))
            .collect();
        rows.push(row(words.say("All", "Усього"), &self.summary.all));
        Table {
            caption: words.say("Findings by the weight of the norm", "Висновки за вагою норми").to_owned(),
            columns: self.verdict_columns(words.say("Norms", "Норми"), 36),
            rows,
            ..Table::default()
        }
    }

    /// A first column with this heading, one for each verdict, and one for all.
    pub(super) fn verdict_columns(&self, head: &str, share: u16) -> Vec<Column> {
        let column = |head: &str, share, numeric| Column { head: head.to_owned(), share, numeric };
        let verdicts =
            shown().into_iter().map(|verdict| column(&upper(self.words.verdict(verdict)), 12, true));
        let all = column(self.words.say("All", "Усього"), 12, true);
        [column(head, share, false)].into_iter().chain(verdicts).chain([all]).collect()
    }

    // The gravest gaps.

    /// Chooses by weight of the norm, then verdict, then how many bodies are concerned; of norms that say the same,
    /// and of findings on one body, only the first few are taken.
    fn gravest(&self) -> Vec<Line> {
        let mut by_norm: BTreeMap<Weight<'_>, Vec<&Finding<'g>>> = BTreeMap::new();
        for finding in self.input.findings.iter().filter(|f| NOT_MET.contains(&f.verdict)) {
            let key = (finding.norm.severity, finding.verdict, finding.norm.id.as_str());
            by_norm.entry(key).or_default().push(finding);
        }
        let mut ranked: Vec<(Weight<'_>, Vec<&Finding<'g>>)> = by_norm.into_iter().collect();
        for (_, findings) in &mut ranked {
            findings.sort_by_key(|finding| self.rank(finding.institution));
        }
        ranked.sort_by_key(|((severity, verdict, id), findings)| {
            (*severity, *verdict, self.rank(findings[0].institution).0, Reverse(findings.len()), *id)
        });
        let mut taken: Vec<(&str, InstitutionId)> = Vec::new();
        let mut leads: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        let mut lines = Vec::new();
        for (_, findings) in ranked {
            let lead = findings[0];
            let says_the_same = kin(self.graph, lead.norm).iter().any(|(kinship, other)| {
                let is_kin = |(id, body): &(&str, InstitutionId)| {
                    *id == other.id && (*kinship == Kinship::Same || *body == lead.institution)
                };
                taken.iter().any(is_kin)
            });
            let led = leads.entry(lead.institution).or_default();
            if says_the_same || *led == MOST_OF_ONE_BODY || lines.len() == GRAVEST {
                continue;
            }
            *led += 1;
            taken.push((&lead.norm.id, lead.institution));
            lines.push(self.grave(&findings));
        }
        lines
    }

    /// Providers come first, then those of whom more is not met, then the id.
    fn rank(&self, id: InstitutionId) -> (bool, Reverse<usize>, InstitutionId) {
        let providers = self.graph.vocabulary.pillar_types(Pillar::Provider);
        let is_provider = self.graph.institution(id).types.meets(providers);
        (!is_provider, Reverse(Self::unmet(&self.bodies[&id])), id)
    }

    fn grave(&self, findings: &[&Finding<'g>]) -> Line {
        let lead = findings[0];
        let line = self
            .named(lead.institution)
            .text(": ")
            .verdict(lead.verdict, self.words.verdict(lead.verdict))
            .text(". ")
            .line(self.heading_of(lead))
            .text(" ")
            .line(self.telling(lead, MOST_LINKS));
        let others: Vec<Line> = findings[1..].iter().map(|finding| self.named(finding.institution)).collect();
        if others.is_empty() {
            return line;
        }
        let words = self.words;
        if others.len() > MOST_OTHERS {
            let count = others.len();
            return line.text(&words.say(
                format!(" The same verdict for {} other bodies.", words.number(count)),
                format!(
                    " Такий самий вердикт щодо ще {}.",
                    words.count(count, [""; 2], ["органу", "органів", "органів"])
                ),
            ));
        }
        line.text(words.say(" The same verdict for ", " Такий самий вердикт щодо інших органів: "))
            .line(Line::join(others, words.say(" and ", " і ")))
            .text(".")
    }
}

/// The verdicts as tables have them, the best first.
pub(super) fn shown() -> [Verdict; 5] {
    [Verdict::Met, Verdict::OnPaper, Verdict::Partial, Verdict::Gap, Verdict::Unknown]
}

/// Whether all findings are met.
pub(super) fn is_whole(findings: &[&Finding<'_>]) -> bool {
    findings.iter().all(|finding| finding.verdict == Verdict::Met)
}
