//! How the report was made and what limits it, its sources, and what it takes to make it again.

use super::{Maker, NOT_MET, Words};
use crate::gaps::{Trust, Verdict};
use crate::model::{LinkId, Standing, Survey};
use crate::report::document::{Block, Cell, Column, Entry, Line, Row, Table};
use std::collections::BTreeSet;

/// Covered bodies that a survey names before it counts the rest.
const MOST_COVERED: usize = 6;

impl Maker<'_, '_> {
    /// The chapter on method and limits.
    pub(super) fn method(&mut self) {
        let words = self.words;
        self.heading(1, "method", words.say("Method and limits", "Метод і межі"), true);
        self.say(
            "The record holds institutions and the control links between them; each link names the overseer, the body \
             overseen, the kind of control, the article behind it, its period and its sources. A norm names the bodies \
             that it binds and the links that it asks for, or rules out. Norms are held against bodies by fixed \
             rules and without discretion.",
            "Облік містить інституції та зв’язки контролю між ними; для кожного зв’язку вказано суб’єкт контролю, \
             підконтрольний орган, вид контролю, статтю, період і джерела. Норма визначає органи, яких вона стосується, \
             і зв’язки, яких вона вимагає або які виключає. Норми зіставлено з органами за сталими правилами, без \
             розсуду.",
        );
        self.say(
            "What the verdicts do not say: whether an overseer uses its powers well, whether it has the people and the \
             money, and what secret rules provide. A body named as one of the kind asked for could take on the task; \
             whether it should is for the reader to judge.",
            "Про що вердикти не говорять: чи добре суб’єкт контролю користується своїми повноваженнями, чи має він \
             людей і кошти та що передбачено таємними актами. Орган, названий як такий, що належить до потрібного типу, \
             міг би взяти на себе завдання; чи варто це робити, вирішує читач.",
        );
        self.surveys();
        self.trust();
        self.limits();
    }

    fn surveys(&mut self) {
        let words = self.words;
        self.heading(
            2,
            "surveys",
            words.say("Where silence means absence", "Де мовчання означає відсутність"),
            false,
        );
        self.say(
            "A survey states that the links of some kinds of control were worked through. Where a norm asks for a link \
             that is not on record, the verdict is gap under a survey, and unknown without one.",
            "Обстеження засвідчує, що зв’язки певних видів контролю опрацьовано. Якщо зв’язку, якого вимагає норма, в \
             обліку немає, за наявності обстеження вердикт – прогалина, без нього – невідомо.",
        );
        let lines: Vec<Line> = self.graph.surveys.iter().map(|survey| self.survey(survey)).collect();
        if lines.is_empty() {
            self.say("There is no survey.", "Обстежень немає.");
        } else {
            self.push(Block::Bullets(lines));
        }
    }

    fn survey(&self, survey: &Survey) -> Line {
        let words = self.words;
        let all = self.graph.vocabulary.mechanisms.all();
        let absent = all.without(survey.mechanisms);
        let covered: Vec<String> = survey
            .covers
            .iter()
            .map(|iri| match self.graph.find(self.graph.text(*iri)) {
                Some(body) => self.name(body),
                None => self.country_name(*iri),
            })
            .collect();
        let covered = words.some(&covered, MOST_COVERED, ["more", "more"], ["інший", "інші", "інших"]);
        let mechanisms = if survey.mechanisms.is_empty() || absent.is_empty() {
            words.say("every kind of control", "усі види контролю").to_owned()
        } else if absent.len() < survey.mechanisms.len() {
            let absent = self.nouns(absent).join(", ");
            words.say(
                format!("every kind of control but {absent}"),
                format!("усі види контролю, крім таких: {absent}"),
            )
        } else {
            self.nouns(survey.mechanisms).join(", ")
        };
        let mut line = Line::new().strong(&covered).text(&format!(": {mechanisms}"));
        if let Some(on) = survey.on {
            let (is_day, date) = (on.to_string().len() == 10, words.date(&on.to_string()));
            line = line.text(&if is_day {
                words.say(format!(", surveyed on {date}"), format!(", обстежено {date} року"))
            } else {
                words.say(format!(", surveyed in {date}"), format!(", час обстеження: {date}"))
            });
        }
        line = line.text(".");
        match self.text(&survey.comment) {
            Some(comment) => line.text(&format!(" {}.", comment.trim_end_matches('.'))),
            None => line,
        }
    }

    fn trust(&mut self) {
        let words = self.words;
        let graph = self.graph;
        self.heading(
            2,
            "trust",
            words.say("How far the record can be trusted", "Наскільки можна довіряти обліку"),
            false,
        );
        let counted: Vec<LinkId> = graph
            .network
            .edge_indices()
            .filter(|link| self.input.world.standing(*link) != Standing::Out)
            .collect();
        let with = |holds: &dyn Fn(&crate::model::Link) -> bool| {
            counted.iter().filter(|link| holds(&graph.network[**link])).count()
        };
        let verified = with(&|link| link.verified);
        let grounded = with(&|link| link.basis.iter().any(|basis| basis.number.is_some()));
        let assessed = with(&|link| link.effect.is_some());
        let total = counted.len();
        let unmet: Vec<_> = self.input.findings.iter().filter(|f| NOT_MET.contains(&f.verdict)).collect();
        let shaky = self.input.findings.iter().filter(|finding| finding.rests_on_unverified(graph)).count();
        let norms: BTreeSet<&str> =
            self.input.findings.iter().filter(|f| !f.norm.verified).map(|f| f.norm.id.as_str()).collect();
        let mut lines = vec![
            words.say(
                format!(
                    "{} on record {} on the day. {} ({}) {} verified: a page that was read says so.{}",
                    words.count(total, ["link", "links"], [""; 3]),
                    words.form(total, ["counts", "count"], [""; 3]),
                    words.number(verified),
                    words.share(verified, total),
                    words.form(verified, ["is", "are"], [""; 3]),
                    if verified < total { " The others rest on general knowledge." } else { "" },
                ),
                format!(
                    "Того дня в обліку {} {}. З них перевірено {} ({}): це каже прочитана сторінка.{}",
                    words.form(total, [""; 2], ["діє", "діють", "діють"]),
                    words.count(total, [""; 2], ["зв’язок", "зв’язки", "зв’язків"]),
                    words.number(verified),
                    words.share(verified, total),
                    if verified < total { " Решта спирається на загальні знання." } else { "" },
                ),
            ),
            words.say(
                format!(
                    "An article of law is on record for {} of them; whether the control binds, advises or only informs was \
                     assessed for {}.",
                    words.share(grounded, total),
                    words.share(assessed, total),
                ),
                format!(
                    "Статтю вказано для {} з них; силу дії (обов’язкова, рекомендаційна, інформаційна) оцінено для {}.",
                    words.share(grounded, total),
                    words.share(assessed, total),
                ),
            ),
            words.say(
                format!(
                    "{} on at least one link that is not verified; {} not met and {} unknown.",
                    words.count(shaky, ["finding rests", "findings rest"], [""; 3]),
                    words.count(unmet.len(), ["finding is", "findings are"], [""; 3]),
                    words.number(self.summary.all.of(Verdict::Unknown)),
                ),
                format!(
                    "Щонайменше на один неперевірений зв’язок {}; невиконаних норм за висновками {}, невідомих {}.",
                    words.count(
                        shaky,
                        [""; 2],
                        ["спирається {} висновок", "спираються {} висновки", "спирається {} висновків"]
                    )
                    .split_once('\u{a0}')
                    .map_or(String::new(), |(number, text)| text.replace("{}", number)),
                    words.number(unmet.len()),
                    words.number(self.summary.all.of(Verdict::Unknown)),
                ),
            ),
        ];
        if !norms.is_empty() {
            lines.push(words.say(
                format!(
                    "The place in the guidance document was not checked for {} of {}. It is marked “not checked” \
                     wherever it is cited: nobody has held it against the document, so look there before you sign.",
                    words.number(norms.len()),
                    words.count(self.norms_used().len(), ["norm", "norms"], [""; 3])
                ),
                format!(
                    "Місце в настановчому документі не перевірено для {} з {}. Його всюди позначено словами «не \
                     перевірено»: ніхто не звіряв його з документом, тож перед підписом загляньте туди.",
                    words.count(norms.len(), [""; 2], ["норми", "норм", "норм"]),
                    words.number(self.norms_used().len()),
                ),
            ));
        }
        if self.input.provenance.trust == Trust::VerifiedOnly {
            lines.push(
                words
                    .say(
                        "Links that are not verified were left out, as if they were not on record.",
                        "Неперевірені зв’язки вилучено, наче їх немає в обліку.",
                    )
                    .to_owned(),
            );
        }
        if words == Words::Ukrainian {
            lines.push(
                "Назви й тексти, яких дані не мають українською, подано мовою, якою вони там є.".to_owned(),
            );
        }
        let lines = lines.iter().map(|text| Line::new().text(text)).collect();
        self.push(Block::Bullets(lines));
    }

    fn limits(&mut self) {
        let countries = self.countries();
        let language = self.words.say("en", "uk");
        let mut notes: Vec<Line> = Vec::new();
        for dataset in &self.graph.datasets {
            if dataset.country.is_some_and(|country| countries.contains(&country)) {
                let in_language = |language: &str| {
                    let tag = |label: &crate::model::Label| label.language.map(|tag| self.graph.text(tag));
                    let these = dataset.notes.iter().filter(|label| tag(label) == Some(language));
                    these.map(|label| Line::new().text(self.graph.text(label.text))).collect::<Vec<_>>()
                };
                let own = in_language(language);
                notes.extend(if own.is_empty() { in_language("en") } else { own });
            }
        }
        if !notes.is_empty() {
            self.heading(2, "limits", self.words.say("Known limits of the data", "Відомі межі даних"), false);
            self.push(Block::Bullets(notes));
        }
    }

    /// The bibliography.
    pub(super) fn sources(&mut self) {
        let words = self.words;
        let (acts, pages) = (self.cite.acts(), self.cite.cited_pages());
        self.heading(1, "sources", words.say("Sources", "Джерела"), true);
        self.say(
            "The legal acts and pages that this report cites, with the address where each can be read. Guidance documents \
             stand with their norms. The sources of every other link are in the data.",
            "Правові акти й сторінки, на які посилається звіт, з адресами, де їх можна прочитати. Настановчі документи \
             подано разом із нормами. Джерела решти зв’язків є в даних.",
        );
        for (id, english, ukrainian, entries) in
            [("acts", "Legal acts", "Правові акти", acts), ("pages", "Pages", "Сторінки", pages)]
        {
            let entries: Vec<Entry> = entries;
            if !entries.is_empty() {
                self.heading(2, id, words.say(english, ukrainian), true);
                self.push(Block::Entries(entries));
            }
        }
    }

    /// What it takes to make the report again.
    pub(super) fn reproducibility(&mut self) {
        let words = self.words;
        let made = &self.input.provenance;
        self.heading(
            1,
            "reproducibility",
            words.say("How to repeat this report", "Як відтворити звіт"),
            true,
        );
        self.say(
            "The same program, data and day give the same report, byte for byte.",
            "Та сама програма, дані й день дають той самий звіт байт у байт.",
        );
        let text = |text: &str| Line::new().text(text);
        let code = |text: &str| Line::new().code(text);
        let mut terms = vec![
            (words.say("Program", "Програма"), text(&made.program)),
            (words.say("Legal day", "День права"), text(&self.input.world.day().to_string())),
            (words.say("Command", "Команда"), code(&made.command)),
        ];
        let versions = self.versions();
        if !versions.is_empty() {
            terms.push((words.say("Data version", "Версія даних"), text(&versions)));
        }
        let norms =
            if made.norms.is_empty() { words.say("all", "усі").to_owned() } else { made.norms.join(", ") };
        let bound = self.norms_used().len();
        let set = words.say(
            format!(
                "{norms}; {bound} of {} on record {} a body here",
                self.graph.norms.len(),
                words.form(bound, ["binds", "bind"], [""; 3])
            ),
            format!("{norms}; органів тут стосуються {bound} з {} в обліку", self.graph.norms.len()),
        );
        terms.push((words.say("Norm set", "Набір норм"), text(&set)));
        terms.push((words.say("SHA-256 of the input", "SHA-256 вхідних даних"), code(&made.digest)));
        let terms = terms.into_iter().map(|(name, line)| (name.to_owned(), line)).collect();
        self.push(Block::Terms(terms));
        self.say(
            "The digest is that of the list below: a line for each file that was read, its own SHA-256, two spaces, its name.",
            "Контрольну суму взято з переліку нижче: рядок на кожен прочитаний файл, його SHA-256, два пробіли, назва.",
        );
        let row = |(name, hash): &(String, String)| {
            Row::Cells(vec![Cell::from(name.as_str()), Cell::from(Line::new().code(hash))])
        };
        let column = |head: &str, share| Column { head: head.to_owned(), share, numeric: false };
        let table = Table {
            caption: words.say("Files that were read", "Прочитані файли").to_owned(),
            columns: vec![column(words.say("File", "Файл"), 38), column("SHA-256", 62)],
            rows: made.inputs.iter().map(row).collect(),
            ..Table::default()
        };
        self.push(Block::Table(table));
        let all = words.say(
            "All findings, those that are met too, with evidence, provisions and sources, as a table: ",
            "Усі висновки, зокрема про виконані норми, з доказами, статтями й джерелами у вигляді таблиці: ",
        );
        self.paragraph(Line::new().text(all).code(&made.table));
    }
}
