//! One country's graph as the tables of facts that `import facts` reads.
//!
//! # Invariants
//! * What is imported again is what was there: names, dates with their precision, languages, sources.
//! * What no table can hold is told, record by record; nothing is dropped in silence.
//! * Rows come in the order of the records' IRIs. A name that the import would not make itself stands in the
//!   column `id`, and in the table `provisions`; both are there only where a row needs them.
//!
//! # See also
//! `docs/import.md`, "Back into tables", for languages.

mod cells;
mod names;

use self::cells::{Cells, bring_names, cell, cells, date, sheet};
use self::names::{Mention, of_articles_that_differ, that_differ};
use super::sheets::Sheet;
use crate::model::{Basis, Graph, InstitutionId, Label, Labels, Symbol};
use crate::tables::Schema;
use crate::tables::facts::{
    ACTS, ALL_MECHANISMS, INSTITUTIONS, LINKS, POWERS, PROVISIONS, SURVEYS, WHOLE_COUNTRY,
};
use crate::tables::names::{is_kebab_case, is_name};
use crate::vocab::{self, WIKIDATA};
use std::cell::RefCell;

/// The tables of one country, and what they do not hold.
#[derive(Debug)]
pub struct Facts {
    /// Institutions, acts, links, surveys; powers and provisions where there are any.
    pub sheets: Vec<Sheet>,
    /// What no table can hold, one sentence each, which begins with the record's short id.
    pub lost: Vec<String>,
}

/// Makes the tables of the country with this code, such as `ua`, from all that is on record of it.
pub fn facts(graph: &Graph, code: &str) -> Facts {
    let country = format!("{}{code}", vocab::ID);
    let found = graph.countries.iter().find(|known| graph.text(known.iri) == country);
    let language =
        found.and_then(|known| known.language).map_or(String::new(), |tag| graph.text(tag).to_lowercase());
    let home = format!("{country}/");
    let writer = Writer { graph, country, home, language, lost: RefCell::default() };
    let mut mentions = Vec::new();
    let institutions = writer.institutions(&mut mentions);
    let acts = writer.acts();
    let links = writer.links(&mut mentions);
    let powers = writer.powers(&mut mentions);
    let surveys = writer.surveys();
    let provisions = provisions(&mentions);
    let sheets = [Some(institutions), Some(acts), Some(links), powers, Some(surveys), provisions];
    Facts { sheets: sheets.into_iter().flatten().collect(), lost: writer.lost.into_inner() }
}

struct Writer<'g> {
    graph: &'g Graph,
    country: String,
    home: String,
    /// Tag of the country's main language; empty where it is not known.
    language: String,
    lost: RefCell<Vec<String>>,
}

impl<'g> Writer<'g> {
    fn institutions(&self, mentions: &mut Vec<Mention<'g>>) -> Sheet {
        let mut rows = Vec::new();
        for (_, body) in self.graph.institutions() {
            let Some((iri, id)) = body.iri.and_then(|iri| Some((iri, self.local(iri, "")?))) else {
                continue;
            };
            if !is_kebab_case(id) {
                self.lose(iri, "its id is not kebab-case");
                continue;
            }
            if body.country.map(|country| self.graph.text(country)) != Some(&self.country) {
                self.lose(iri, "it is not said to be of this country, which every row of its tables is");
            }
            let mut cells = cells([("id", id)]);
            let acronyms = self.names(
                iri,
                &INSTITUTIONS,
                ["name_en", "name_native"],
                &body.labels,
                &body.other_names,
                &mut cells,
            );
            self.one(iri, "acronym", acronyms, &mut cells);
            let vocabulary = &self.graph.vocabulary;
            self.one(iri, "type", body.types.iter().map(|id| vocabulary.types.slug(id)), &mut cells);
            let parents = body.parents.iter().filter_map(|id| self.body(iri, *id));
            self.one(iri, "parent", parents, &mut cells);
            self.told(iri, ["head", "head_uk"], &body.head, &mut cells);
            date("established", body.life.start, &mut cells);
            date("dissolved", body.life.end, &mut cells);
            let basis = body.founded_by.iter().filter_map(|basis| self.basis(iri, basis, mentions));
            let basis: Vec<String> = basis.map(|(act, article)| in_list(act, article)).collect();
            self.list(iri, "legal_basis", basis.iter().map(String::as_str), &mut cells);
            self.list(iri, "powers", body.powers.iter().map(|id| vocabulary.powers.slug(id)), &mut cells);
            let same = body.same_as.iter().map(|same| self.graph.text(*same));
            // Ties to our own data stand in a file of their own, which no table replaces.
            let (items, others): (Vec<_>, Vec<_>) =
                same.filter(|same| !same.starts_with(vocab::ID)).partition(|same| same.starts_with(WIKIDATA));
            for other in others {
                self.lose(iri, &format!("the same as <{other}>"));
            }
            self.one(iri, "wikidata", items.iter().map(|item| vocab::slug(item)), &mut cells);
            self.one(iri, "website", body.homepage.map(|page| self.graph.text(page)), &mut cells);
            self.told(iri, ["note", "note_uk"], &body.comment, &mut cells);
            self.sources(iri, &body.sources, body.verified, &mut cells);
            rows.push(cells);
        }
        sheet(&INSTITUTIONS, &rows)
    }

    fn acts(&self) -> Sheet {
        let mut rows = Vec::new();
        for act in &self.graph.acts {
            let iri = act.iri;
            let Some(id) = self.local(iri, "act/") else { continue };
            if !is_kebab_case(id) {
                self.lose(iri, "its id is not kebab-case");
                continue;
            }
            let mut cells = cells([("id", id)]);
            for other in self.names(
                iri,
                &ACTS,
                ["title_en", "title_native"],
                &act.titles,
                &act.other_titles,
                &mut cells,
            ) {
                self.lose(iri, &format!("the other title `{other}`"));
            }
            self.one(iri, "number", act.number.map(|number| self.graph.text(number)), &mut cells);
            self.one(iri, "kind", act.kind.map(|kind| self.graph.text(kind)), &mut cells);
            date("adopted", act.adopted, &mut cells);
            date("in_force", act.in_force, &mut cells);
            date("repealed", act.repealed, &mut cells);
            self.one(iri, "url", act.page.map(|page| self.graph.text(page)), &mut cells);
            self.sources(iri, &act.sources, act.verified, &mut cells);
            rows.push(cells);
        }
        sheet(&ACTS, &rows)
    }

    fn links(&self, mentions: &mut Vec<Mention<'g>>) -> Sheet {
        let (mut rows, mut actual) = (Vec::new(), Vec::new());
        for id in self.graph.network.edge_indices() {
            let (overseer, link, overseen) = self.graph.link(id);
            let iri = link.iri;
            let Some(name) = self.name(iri, "link/") else { continue };
            let (Some(overseer), Some(overseen)) = (self.body(iri, overseer), self.body(iri, overseen))
            else {
                continue;
            };
            let vocabulary = &self.graph.vocabulary;
            let mut cells = cells([
                ("overseer", overseer),
                ("overseen", overseen),
                ("mechanism", vocabulary.mechanisms.slug(link.mechanism)),
                ("status", link.status.slug()),
            ]);
            self.act_and_articles(iri, &link.basis, mentions, &mut cells);
            date("from", link.interval.start, &mut cells);
            date("to", link.interval.end, &mut cells);
            self.one(iri, "effect", link.effect.map(crate::model::Effect::slug), &mut cells);
            self.list(iri, "limits", link.limits.iter().map(|id| vocabulary.limits.slug(id)), &mut cells);
            self.english(iri, "note", &link.comment, &mut cells);
            self.sources(iri, &link.sources, link.verified, &mut cells);
            rows.push(cells);
            actual.push(name);
        }
        let differs = that_differ(&actual, |names, at| {
            let cell = |column| cell(&rows[at], column);
            names.link(["overseer", "mechanism", "overseen", "from", "act", "article", "status"].map(cell))
        });
        bring_names(&mut rows, &actual, &differs);
        sheet(&LINKS, &rows)
    }

    fn powers(&self, mentions: &mut Vec<Mention<'g>>) -> Option<Sheet> {
        let (mut rows, mut actual) = (Vec::new(), Vec::new());
        for grant in &self.graph.grants {
            let Some(name) = self.name(grant.iri, "grant/") else { continue };
            let Some(holder) = self.body(grant.iri, grant.holder) else { continue };
            let power = self.graph.vocabulary.powers.slug(grant.power);
            if !self.graph.institution(grant.holder).powers.contains(grant.power) {
                self.lose(
                    grant.iri,
                    &format!("a provision on `{power}`, which `{holder}` is not said to have"),
                );
                continue;
            }
            let mut cells = cells([("institution", holder), ("power", power)]);
            self.act_and_articles(grant.iri, &grant.basis, mentions, &mut cells);
            self.english(grant.iri, "note", &grant.comment, &mut cells);
            rows.push(cells);
            actual.push(name);
        }
        let differs = that_differ(&actual, |names, at| {
            names.grant(["institution", "power", "act", "article"].map(|column| cell(&rows[at], column)))
        });
        bring_names(&mut rows, &actual, &differs);
        (!rows.is_empty()).then(|| sheet(&POWERS, &rows))
    }

    fn surveys(&self) -> Sheet {
        let (mut rows, mut actual) = (Vec::new(), Vec::new());
        for survey in &self.graph.surveys {
            let iri = survey.iri;
            let Some(name) = self.name(iri, "survey/") else { continue };
            let scopes = survey.covers.iter().filter_map(|covered| {
                if self.graph.text(*covered) == self.country {
                    return Some(WHOLE_COUNTRY);
                }
                let body = self.graph.find(self.graph.text(*covered)).and_then(|id| self.body(iri, id));
                if body.is_none() {
                    self.lose(iri, &format!("it covers `{}`", self.short(*covered)));
                }
                body
            });
            let mut cells = Cells::new();
            self.one(iri, "scope", scopes, &mut cells);
            let mechanisms = &self.graph.vocabulary.mechanisms;
            if survey.mechanisms == mechanisms.all() {
                cells.insert("mechanisms".to_owned(), ALL_MECHANISMS.to_owned());
            } else {
                self.list(
                    iri,
                    "mechanisms",
                    survey.mechanisms.iter().map(|id| mechanisms.slug(id)),
                    &mut cells,
                );
            }
            date("surveyed_on", survey.on, &mut cells);
            if survey.on.is_none() {
                self.lose(iri, "when it was made is not known, without which the import refuses the row");
            }
            self.told(iri, ["note", "note_uk"], &survey.comment, &mut cells);
            rows.push(cells);
            actual.push(name);
        }
        let differs = that_differ(&actual, |names, at| {
            names.survey(cell(&rows[at], "scope"), cell(&rows[at], "surveyed_on"))
        });
        bring_names(&mut rows, &actual, &differs);
        sheet(&SURVEYS, &rows)
    }

    /// Tells of something that no table can hold.
    fn lose(&self, of: Symbol, what: &str) {
        self.lost.borrow_mut().push(format!("`{}`: {what}", self.short(of)));
    }

    fn short(&self, iri: Symbol) -> &'g str {
        self.graph.short(self.graph.text(iri))
    }

    /// The name of a record of this country below a kind of records; `None` for another country's.
    fn local(&self, iri: Symbol, kind: &str) -> Option<&'g str> {
        self.graph.text(iri).strip_prefix(&self.home)?.strip_prefix(kind)
    }

    /// As [`Writer::local`], where a row can bring the name along.
    fn name(&self, iri: Symbol, kind: &str) -> Option<&'g str> {
        let name = self.local(iri, kind)?;
        if is_name(name) {
            return Some(name);
        }
        self.lose(iri, "its name has signs that no row can bring along");
        None
    }

    /// The id of a body of this country; another country's is told as lost.
    fn body(&self, of: Symbol, id: InstitutionId) -> Option<&'g str> {
        let iri = self.graph.institution(id).iri?;
        let found = self.local(iri, "").filter(|id| is_kebab_case(id));
        if found.is_none() {
            self.lose(
                of,
                &format!("it names `{}`, of which no table of this country can tell", self.short(iri)),
            );
        }
        found
    }

    /// Fills in the names and returns the other names without a language.
    fn names(
        &self,
        iri: Symbol,
        table: &Schema,
        [in_english, native]: [&str; 2],
        names: &Labels,
        others: &Labels,
        cells: &mut Cells,
    ) -> Vec<&'g str> {
        let text = |label: Label| self.graph.text(label.text);
        let tag = |label: Label| label.language.map_or("", |tag| self.graph.text(tag));
        let name_en = names.exactly(&self.graph.texts, "en").map_or("", |name| self.graph.text(name));
        if name_en.is_empty() {
            self.lose(iri, &format!("it has no name in English, so that `{in_english}` is empty"));
        }
        for label in names.iter() {
            // The import writes a native name that is the English one once only.
            let column = match tag(label) {
                "en" => in_english.to_owned(),
                own if !own.is_empty() && own == self.language && text(label) != name_en => native.to_owned(),
                other => format!("{}{other}", table.by_language.unwrap_or_default()),
            };
            if table.column(&column).is_none() && table.language(&column).is_none() {
                self.lose(iri, &format!("the name `{}` in no language that a column can bear", text(label)));
                continue;
            }
            self.one(iri, &column, [text(label)], cells);
        }
        let mut without = Vec::new();
        for label in others.iter() {
            match tag(label) {
                "" => without.push(text(label)),
                "en" if self.language == "en" && text(label) != name_en => {
                    self.one(iri, native, [text(label)], cells);
                }
                _ => self.lose(iri, &format!("the other name `{}`", text(label))),
            }
        }
        without
    }

    /// Fills in a cell that holds one value; more are told as lost.
    fn one<'v>(
        &self,
        iri: Symbol,
        column: &str,
        values: impl IntoIterator<Item = &'v str>,
        cells: &mut Cells,
    ) {
        for value in values {
            match cells.get(column) {
                Some(kept) if kept == value => {}
                Some(kept) if !kept.is_empty() => {
                    self.lose(iri, &format!("`{value}` beside `{kept}` in the column `{column}`"));
                }
                _ => {
                    cells.insert(column.to_owned(), value.to_owned());
                }
            }
        }
    }

    /// Fills in a cell that holds a list; a value that would fall apart in it is told as lost.
    fn list<'v>(
        &self,
        iri: Symbol,
        column: &str,
        values: impl IntoIterator<Item = &'v str>,
        cells: &mut Cells,
    ) {
        let (good, bad): (Vec<&str>, Vec<&str>) = values
            .into_iter()
            .partition(|value| !value.contains(';') && value.trim() == *value && !value.is_empty());
        for value in bad {
            self.lose(iri, &format!("`{value}` in the list of the column `{column}`"));
        }
        cells.insert(column.to_owned(), good.join(";"));
    }

    /// Fills in a cell that holds a text in English.
    fn english(&self, iri: Symbol, column: &str, labels: &Labels, cells: &mut Cells) {
        self.told(iri, [column, ""], labels, cells);
    }

    /// Fills in the cells that hold a text in English and in Ukrainian; an empty name of a column: there is none.
    fn told(&self, iri: Symbol, [column, in_ukrainian]: [&str; 2], labels: &Labels, cells: &mut Cells) {
        for label in labels.iter() {
            let text = self.graph.text(label.text);
            match label.language.map(|tag| self.graph.text(tag)) {
                Some("en") => self.one(iri, column, [text], cells),
                Some("uk") if !in_ukrainian.is_empty() => self.one(iri, in_ukrainian, [text], cells),
                _ => self.lose(iri, &format!("`{text}` in the column `{column}`, which is in English")),
            }
        }
    }

    fn sources(&self, iri: Symbol, sources: &[Symbol], verified: bool, cells: &mut Cells) {
        self.list(iri, "source", sources.iter().map(|source| self.graph.text(*source)), cells);
        cells.insert("checked".to_owned(), if verified { "yes" } else { "no" }.to_owned());
    }

    /// The act and the article that a basis names; the article is empty where it is the act as a whole.
    fn basis(
        &self,
        of: Symbol,
        basis: &Basis,
        mentions: &mut Vec<Mention<'g>>,
    ) -> Option<(&'g str, &'g str)> {
        let act = basis.act.filter(|act| self.graph.act(*act).is_some());
        let id = act.and_then(|act| self.local(act, "act/")).filter(|id| is_kebab_case(id));
        let article = basis.number.map_or("", |number| self.graph.text(number));
        let whole = basis.number.is_none() && basis.act == Some(basis.iri);
        let name = self.local(basis.iri, "provision/").filter(|name| is_name(name));
        match (id, name) {
            (Some(id), _) if whole => Some((id, "")),
            (Some(id), Some(name)) if !article.is_empty() => {
                let same = |[act, other, named]: &&Mention| *act == id && *other == article && *named != name;
                if let Some([.., other]) = mentions.iter().find(same) {
                    self.lose(of, &format!("the provision `{name}` has the article of `{other}`"));
                }
                mentions.push([id, article, name]);
                Some((id, article))
            }
            _ => {
                self.lose(
                    of,
                    &format!(
                        "its basis `{}`, of which no table of this country can tell",
                        self.short(basis.iri)
                    ),
                );
                None
            }
        }
    }

    /// Fills in one act and its articles, and beside them what else it rests on.
    fn act_and_articles(
        &self,
        iri: Symbol,
        basis: &[Basis],
        mentions: &mut Vec<Mention<'g>>,
        cells: &mut Cells,
    ) {
        let found: Vec<_> = basis.iter().filter_map(|basis| self.basis(iri, basis, mentions)).collect();
        let Some((act, _)) = found.first() else { return };
        cells.insert("act".to_owned(), (*act).to_owned());
        let is_article = |(other, article): &&(&str, &str)| other == act && !article.is_empty();
        let (articles, mut others): (Vec<(&str, &str)>, Vec<_>) = found.iter().partition(is_article);
        if articles.is_empty() {
            others.retain(|(other, article)| other != act || !article.is_empty());
        }
        self.list(iri, "article", articles.into_iter().map(|(_, article)| article), cells);
        let others: Vec<String> = others.into_iter().map(|(act, article)| in_list(act, article)).collect();
        self.list(iri, "other_basis", others.iter().map(String::as_str), cells);
    }
}

/// An act, or an article of it, in a list.
fn in_list(act: &str, article: &str) -> String {
    if article.is_empty() { act.to_owned() } else { format!("{act} {article}") }
}

/// The articles that bring their name along.
fn provisions(mentions: &[Mention<'_>]) -> Option<Sheet> {
    let rows: Vec<Cells> = of_articles_that_differ(mentions)
        .into_iter()
        .map(|[act, article, name]| cells([("id", name), ("act", act), ("article", article)]))
        .collect();
    (!rows.is_empty()).then(|| sheet(&PROVISIONS, &rows))
}
