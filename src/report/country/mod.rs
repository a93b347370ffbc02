//! A country report: what an analyst signs after an hour of editing.
//!
//! [`country`] builds one [`Document`], in English or Ukrainian, from findings that were made elsewhere; the writers of
//! [`super::document`] turn it into HTML, Markdown, DOCX and PDF. Chapters stand one a file: `summary.rs`, `overview.rs`,
//! `bodies.rs`, `norms.rs`, `changes.rs`, `method.rs`, `terms.rs`; `findings.rs`, `mechanisms.rs` and `words.rs` have the
//! sentences, `law.rs` the citations.
//!
//! # Invariants
//! * Every finding that is not met stands in the report, with its norm, its evidence and its sources.
//! * What is not known is said to be not known; nothing is rounded in favour of a country or against it.
//! * Every link inside leads to a heading or an entry that is there.

mod bodies;
mod changes;
mod findings;
mod law;
mod mechanisms;
mod method;
mod norms;
mod overview;
mod summary;
mod terms;
mod words;

use super::document::{Block, Document, Figure, Heading, Line, clean};
use crate::change::Difference;
use crate::gaps::{Finding, Summary, Trust, Verdict};
use crate::model::{
    Concept, Day, Graph, GuidanceDocument, InstitutionId, Labels, Norm, Symbol, TypeId, World,
};
use crate::vocab::slug;
use crate::wording::Order;
use law::{Citations, id};
use std::collections::{BTreeMap, BTreeSet};
use words::Words;

/// What a country report is made from.
#[derive(Clone, Debug)]
pub struct CountryReport<'a, 'g> {
    /// The graph on the legal day.
    pub world: &'a World<'g>,
    /// The findings of that day, in the order of [`crate::gaps::evaluate`].
    pub findings: &'a [Finding<'g>],
    /// The language of names, and of the report's own words where it is Ukrainian.
    pub language: &'a str,
    /// The pictures of the same findings.
    pub pictures: Pictures,
    /// The earlier day and what changed since, where that was asked for.
    pub since: Option<(Day, &'a [Difference<'g>])>,
    /// How the report came to be.
    pub provenance: Provenance,
}

/// The pictures of a country report.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// Bodies by the overseers that norms ask for.
    pub matrix: Figure,
    /// Who oversees whom, and what is missing.
    pub gaps: Figure,
}

/// What it takes to make the report again.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The program and its version.
    pub program: String,
    /// The command that makes the report.
    pub command: String,
    /// The command that gives all its findings as a table.
    pub table: String,
    /// Which links were believed.
    pub trust: Trust,
    /// The documents that were read, in order, each with its SHA-256 in hexadecimal.
    pub inputs: Vec<(String, String)>,
    /// SHA-256 over the lines `HASH  NAME` of the inputs, as `sha256sum` writes them.
    pub digest: String,
    /// What norms were narrowed to on the command line, such as `MIA`; nothing: all.
    pub norms: Vec<String>,
}

/// The verdicts of findings that are not met.
const NOT_MET: [Verdict; 3] = [Verdict::Gap, Verdict::Partial, Verdict::OnPaper];

/// A name longer than this is cut, in signs.
const MOST_NAME: usize = 300;

/// Returns the report.
pub fn country(input: &CountryReport<'_, '_>) -> Document {
    let mut maker = Maker::new(input);
    maker.summary();
    maker.reading();
    maker.overview();
    maker.bodies();
    maker.norms();
    maker.principles();
    maker.changes();
    maker.method();
    maker.terms();
    maker.sources();
    maker.reproducibility();
    maker.document
}

/// A report in the making.
struct Maker<'a, 'g> {
    input: &'a CountryReport<'a, 'g>,
    graph: &'g Graph,
    words: Words,
    cite: Citations<'g>,
    summary: Summary,
    /// The bodies with findings, by id, each with its findings by norm.
    bodies: BTreeMap<InstitutionId, Vec<&'a Finding<'g>>>,
    /// The sections that are already there, for links.
    chapters: [usize; 3],
    document: Document,
}

impl<'a, 'g> Maker<'a, 'g> {
    fn new(input: &'a CountryReport<'a, 'g>) -> Self {
        let graph = input.world.graph();
        let words = Words::of(input.language);
        let mut bodies: BTreeMap<InstitutionId, Vec<&Finding<'g>>> = BTreeMap::new();
        for finding in input.findings {
            bodies.entry(finding.institution).or_default().push(finding);
        }
        // Names are picked by the graph's own strings, which live as long as it does.
        let language = graph.texts.find(input.language).map_or("en", |tag| graph.text(tag));
        let mut maker = Self {
            input,
            graph,
            words,
            cite: Citations::new(graph, words, language),
            summary: Summary::of(graph, input.findings),
            bodies,
            chapters: [0; 3],
            document: Document::default(),
        };
        maker.front();
        maker
    }

    fn front(&mut self) {
        let words = self.words;
        let name = self.place();
        let day = words.day(self.input.world.day());
        let title = words.say(
            "Democratic oversight of the security sector",
            "Демократичний контроль над сектором безпеки",
        );
        let versions = self.versions();
        let mut subtitle = vec![words.say(
            format!("The law as it stood on {day}, held against norms of democratic governance"),
            format!("Право станом на {day} року, зіставлене з нормами демократичного врядування"),
        )];
        let data = if versions.is_empty() {
            String::new()
        } else {
            words.say(format!("Data version {versions}. "), format!("Версія даних: {versions}. "))
        };
        let asked = &self.input.provenance.norms;
        if !asked.is_empty() {
            let (norms, asked) = (self.norms_used().len(), asked.join(", "));
            subtitle.push(words.say(
                format!("Held against {} only: {asked}", words.count(norms, ["norm", "norms"], [""; 3])),
                format!("Зіставлено лише з частиною норм ({norms}): {asked}"),
            ));
        }
        let program = &self.input.provenance.program;
        subtitle.push(
            words.say(format!("{data}Made with {program}."), format!("{data}Створено програмою {program}.")),
        );
        let title =
            if name.is_empty() { title.to_owned() } else { format!("{name}: {}", words::lower(title)) };
        self.document = Document {
            language: words.say("en", "uk").to_owned(),
            title: clean(&title),
            subtitle: subtitle.iter().map(|line| clean(line)).collect(),
            footer: clean(&words.say(format!("{title} · {day}"), format!("{title} · {day}"))),
            contents: words.say("Contents", "Зміст").to_owned(),
            contents_note: self.contents_note().to_owned(),
            captions: words.say(["Table", "Figure"], ["Таблиця", "Рисунок"]).map(str::to_owned),
            blocks: Vec::new(),
        };
    }

    fn contents_note(&self) -> &'static str {
        if self.bodies.values().all(|findings| Self::unmet(findings) > 0) {
            return "";
        }
        self.words.say(
            "Of the bodies, those are listed for which something is not met; the sections on the others stand between them.",
            "З органів названо ті, щодо яких щось не виконано; розділи про решту стоять між ними.",
        )
    }

    /// The countries that bodies are of, by name.
    fn place(&self) -> String {
        let mut names: Vec<String> = self.countries().into_iter().map(|iri| self.country_name(iri)).collect();
        names.sort_by_key(|name| self.words.tongue().order(name));
        names.join(", ")
    }

    fn countries(&self) -> Vec<Symbol> {
        let mut all: Vec<Symbol> =
            self.bodies.keys().filter_map(|id| self.graph.institution(*id).country).collect();
        all.sort_unstable_by_key(|iri| self.graph.text(*iri));
        all.dedup();
        all
    }

    fn country_name(&self, iri: Symbol) -> String {
        let known = self.graph.countries.iter().find(|country| country.iri == iri);
        known.map_or_else(
            || slug(self.graph.text(iri)).to_owned(),
            |country| self.label(&country.labels, slug(self.graph.text(iri))),
        )
    }

    fn versions(&self) -> String {
        let countries = self.countries();
        let mut versions: Vec<&str> = self
            .graph
            .datasets
            .iter()
            .filter(|dataset| dataset.country.is_some_and(|country| countries.contains(&country)))
            .filter_map(|dataset| dataset.version.map(|version| self.graph.text(version)))
            .collect();
        versions.sort_unstable();
        versions.dedup();
        versions.join(", ")
    }

    // The blocks.

    fn push(&mut self, block: Block) {
        self.document.blocks.push(block);
    }

    fn paragraph(&mut self, line: Line) {
        self.push(Block::Paragraph(line));
    }

    fn say(&mut self, english: &str, ukrainian: &str) {
        let text = self.words.say(english, ukrainian);
        self.paragraph(Line::new().text(text));
    }

    /// Adds a heading with the next number of its level.
    fn heading(&mut self, level: u8, id: &str, text: &str, listed: bool) {
        let at = usize::from(level) - 1;
        self.chapters[at] += 1;
        self.chapters[at + 1..].fill(0);
        let number = self.chapters[..=at].iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        self.push(Block::Heading(Heading { level, id: id.to_owned(), number, text: clean(text), listed }));
    }

    // The names.

    fn label(&self, labels: &Labels, fallback: &str) -> String {
        short(self.text(labels).unwrap_or_else(|| clean(fallback)), MOST_NAME)
    }

    /// A text in the report's language, or in one that the data have it in.
    fn text(&self, labels: &Labels) -> Option<String> {
        labels.pick(&self.graph.texts, self.input.language).map(|text| clean(self.graph.text(text)))
    }

    fn name(&self, id: InstitutionId) -> String {
        short(clean(self.graph.name(id, self.input.language)), MOST_NAME)
    }

    /// What the name is sorted by in lists.
    fn order(&self, id: InstitutionId) -> Order {
        self.words.tongue().order(&self.name(id))
    }

    /// The name, as a link to the body's section where it has one.
    fn named(&self, id: InstitutionId) -> Line {
        if self.bodies.contains_key(&id) {
            Line::new().inside(&self.body_id(id), &self.name(id))
        } else {
            Line::new().text(&self.name(id))
        }
    }

    fn type_name(&self, of: TypeId) -> String {
        let concept = self.graph.vocabulary.types.get(of);
        self.label(&concept.labels, &concept.slug)
    }

    fn norm_title(&self, norm: &Norm) -> String {
        self.label(&norm.titles, &norm.id)
    }

    fn document_name(&self, document: &GuidanceDocument) -> String {
        let title = self.label(&document.titles, slug(self.graph.text(document.iri)));
        match document.issued {
            Some(issued) => format!("{title} ({})", self.graph.text(issued).get(..4).unwrap_or_default()),
            None => title,
        }
    }

    /// The title in few words, for use beside other text: what stands before a colon, in brackets or
    /// before a comma, or what fits.
    fn document_short(&self, document: &GuidanceDocument) -> String {
        const MOST: usize = 60;
        let title = self.label(&document.titles, slug(self.graph.text(document.iri)));
        let fits = |text: &&str| !text.is_empty() && text.chars().count() <= MOST;
        // `(Tshwane Principles)` is a name, `(2nd edition)` is none.
        let is_name = |text: &&str| text.contains(' ') && !text.starts_with(|c: char| c.is_ascii_digit());
        let in_brackets =
            title.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
        let short = Some(title.as_str())
            .filter(fits)
            .or_else(|| title.split_once(':').map(|(lead, _)| lead).filter(fits))
            .or_else(|| in_brackets.filter(|text| fits(text) && is_name(text)))
            .or_else(|| {
                title.split_once(',').map(|(lead, _)| lead).filter(|lead| fits(lead) && is_name(lead))
            });
        if let Some(short) = short {
            return short.to_owned();
        }
        let mut cut = String::new();
        for word in title.split(' ') {
            if cut.chars().count() + word.chars().count() + 1 > MOST {
                break;
            }
            cut.push_str(if cut.is_empty() { "" } else { " " });
            cut.push_str(word);
        }
        cut.push('…');
        cut
    }

    fn principle_name(&self, concept: &Concept) -> String {
        self.label(&concept.labels, &concept.slug)
    }

    // The ids.

    fn body_id(&self, of: InstitutionId) -> String {
        format!("body-{}", id(self.graph.short(self.graph.iri(of))))
    }

    fn norm_id(norm: &Norm) -> String {
        format!("norm-{}", id(&norm.id))
    }

    fn document_id(&self, document: &GuidanceDocument) -> String {
        format!("document-{}", id(slug(self.graph.text(document.iri))))
    }

    // The counts.

    fn unmet(findings: &[&Finding<'_>]) -> usize {
        findings.iter().filter(|finding| NOT_MET.contains(&finding.verdict)).count()
    }

    /// The number of the section on surveys, which stands further down: it is the first of the chapter on method.
    fn surveys_number(&self) -> String {
        let serves = |finding: &Finding<'_>| {
            self.graph.principles.iter().any(|principle| finding.norm.principles.contains(&principle.iri))
        };
        let principles = usize::from(self.input.findings.iter().any(serves));
        format!("{}.1", 6 + principles + usize::from(self.input.since.is_some()))
    }

    fn norms_used(&self) -> BTreeSet<&'g str> {
        self.input.findings.iter().map(|finding| finding.norm.id.as_str()).collect()
    }
}

/// Cuts a text after `most` signs, where it has more.
fn short(mut text: String, most: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Leaves out lines that were there before.
fn once(lines: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let mut all: Vec<Line> = Vec::new();
    for line in lines {
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all
}
