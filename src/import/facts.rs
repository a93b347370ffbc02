//! The tables of one country: institutions, acts, links, powers, surveys, provisions.

use super::row::{Known, Row};
use super::table::{Source, Table};
use super::terms::{Triples, date, english, iri, plain, tagged};
use super::{Country, ImportError, Imported, Problem, Words, about, fault::Faults};
use crate::rdf::{Literal, NamedNode};
use crate::tables::facts::{
    ACTS, ALL_MECHANISMS, INSTITUTIONS, KINDS, LINKS, POWERS, PROVISIONS, SURVEYS, TABLES, WHOLE_COUNTRY,
};
use crate::tables::names::{Names, Provisions, is_kebab_case};
use crate::vocab::{self, dcterms, eli, foaf, org, ov, rdfs, schema, scheme, skos};
use std::collections::BTreeSet;
use std::path::Path;

/// Ids that no institution may have: they name the data set, and the survey of the country.
const RESERVED: &[&str] = &[about::DATASET, WHOLE_COUNTRY];

/// Makes the Turtle files of `country` from the tables at `path`.
///
/// # Arguments
/// * `path`: a folder that holds `institutions.csv`, `acts.csv`, `links.csv`, `surveys.csv`, and `powers.csv` and
///   `provisions.csv` or not; or a workbook (XLSX) with sheets of these names. [`TABLES`] tells their columns.
///
/// # Returns
/// `institutions.ttl`, `acts.ttl`, `links.ttl`, `powers.ttl` where there is such a table, `surveys.ttl`, and
/// `about.ttl`, which is only a beginning: where a country has one, it is kept.
///
/// # Errors
/// [`ImportError::Faults`] with all that is wrong in the tables, [`ImportError::Read`] for a table that is not
/// there, [`ImportError::Workbook`] for a file that is no workbook, [`ImportError::Code`] and
/// [`ImportError::Language`] for a country that cannot name its data.
pub fn facts(path: &Path, country: &Country, words: &Words) -> Result<Imported, ImportError> {
    let space = Space::new(country)?;
    let faults = Faults::default();
    let mut source = Source::open(path, TABLES, &faults)?;
    let institutions = source.table(&INSTITUTIONS, &faults)?;
    let acts = source.table(&ACTS, &faults)?;
    let links = source.table(&LINKS, &faults)?;
    let powers = source.table_if_there(&POWERS, &faults)?;
    let surveys = source.table(&SURVEYS, &faults)?;
    let provisions = source.table_if_there(&PROVISIONS, &faults)?;
    faults.stop()?;

    let mut import = Import {
        country,
        space,
        institutions: Known::ids("institution", &country.code, institutions.column("id")),
        acts: Known::ids("act", &country.code, acts.column("id")),
        types: Known::of("type", &words.types),
        kinds: Known::new("kind of act", KINDS.iter().copied()),
        mechanisms: Known::of("mechanism", &words.mechanisms),
        powers: Known::of("power", &words.powers),
        statuses: Known::of("status", &words.statuses),
        effects: Known::of("effect", &words.effects),
        limits: Known::of("limit", &words.limits),
        held: BTreeSet::new(),
        provisions: Provisions::default(),
        faults: &faults,
    };
    if let Some(table) = &provisions {
        import.provisions(table);
    }
    let institutions_out = import.institutions(&institutions);
    let acts_out = import.acts(&acts);
    let links_out = import.links(&links);
    let powers_out = powers.as_ref().map(|table| import.powers(table));
    let surveys_out = import.surveys(&surveys);
    faults.stop()?;

    let mut counts = vec![("institutions", institutions.len()), ("acts", acts.len()), ("links", links.len())];
    counts.extend(powers.as_ref().map(|table| ("powers", table.len())));
    counts.push(("surveys", surveys.len()));
    counts.extend(provisions.as_ref().map(|table| ("provisions", table.len())));
    let latest = surveys.column("surveyed_on").filter(|date| date.len() == "YYYY-MM-DD".len()).max();
    let about_out = about::dataset(country, &import.space, &counts, latest);
    let acts_out = import.with_provisions(acts_out);
    let mut files = Vec::new();
    for (file, what, hint, triples) in [
        ("institutions.ttl", "Institutions", "sources stand at each institution", Some(institutions_out)),
        ("acts.ttl", "Legal acts", "provisions follow their act, sources stand at each act", Some(acts_out)),
        ("links.ttl", "Control links", "sources stand at each link", Some(links_out)),
        ("powers.ttl", "Provisions on powers", "sources stand at the acts", powers_out),
        ("surveys.ttl", "Surveys", "what was read stands at each survey", Some(surveys_out)),
        ("about.ttl", "Data set", "a beginning, to be completed by hand", Some(about_out)),
    ] {
        let Some(triples) = triples else { continue };
        let header = format!("{what} of {}. Written by `oversight import facts`; {hint}.", country.name_en);
        files.push((file.to_owned(), triples.write(&header, &import.space.prefixes)?));
    }
    Ok(Imported { files, counts, told: Vec::new() })
}

/// The namespaces of one country.
#[derive(Debug)]
pub(super) struct Space {
    /// IRI of the country.
    pub(super) country: NamedNode,
    /// Namespace of its institutions; those of its acts, links ... are below.
    data: String,
    prefixes: Vec<(String, String)>,
}

impl Space {
    /// Makes them from code and language.
    pub(super) fn new(country: &Country) -> Result<Self, ImportError> {
        let (code, language) = (&country.code, &country.language);
        if !is_kebab_case(code) {
            return Err(ImportError::Code { code: code.clone() });
        }
        if Literal::new_language_tagged_literal("", language).is_err() {
            return Err(ImportError::Language { language: language.clone() });
        }
        let data = format!("{}{code}/", vocab::ID);
        let mut prefixes = vec![(code.clone(), data.clone())];
        prefixes.extend(
            ["act", "provision", "link", "grant", "survey"]
                .map(|kind| (kind.to_owned(), format!("{data}{kind}/"))),
        );
        Ok(Self { country: iri(vocab::ID, code), data, prefixes })
    }

    /// The prefixes of its data.
    pub(super) fn prefixes(&self) -> &[(String, String)] {
        &self.prefixes
    }

    /// IRI of an institution, or of the data set.
    pub(super) fn top(&self, id: &str) -> NamedNode {
        iri(&self.data, id)
    }

    /// IRI of an act, a link ...
    pub(super) fn below(&self, kind: &str, name: &str) -> NamedNode {
        iri(&self.data, &format!("{kind}/{name}"))
    }
}

/// What is known while the tables of one country are gone through.
struct Import<'t> {
    country: &'t Country,
    space: Space,
    institutions: Known<'t>,
    acts: Known<'t>,
    types: Known<'t>,
    kinds: Known<'t>,
    mechanisms: Known<'t>,
    powers: Known<'t>,
    statuses: Known<'t>,
    effects: Known<'t>,
    limits: Known<'t>,
    /// Institutions with each power that they have.
    held: BTreeSet<(&'t str, &'t str)>,
    provisions: Provisions<'t>,
    faults: &'t Faults,
}

impl<'t> Import<'t> {
    /// Takes the names that articles bring along.
    fn provisions(&mut self, table: &'t Table) {
        let mut given = Vec::new();
        for row in table.rows(self.faults) {
            row.name("id");
            row.word("act", &self.acts);
            given.push([row.cell("id"), row.cell("act"), row.cell("article")]);
        }
        self.provisions = Provisions::given(given);
    }

    fn institutions(&mut self, table: &'t Table) -> Triples {
        let mut out = Triples::default();
        for row in table.rows(self.faults) {
            let id = row.id("id");
            if RESERVED.contains(&id) {
                row.fault("id", id, Problem::Reserved);
            }
            let founded_by = self.basis_list(&row, "legal_basis");
            let (names, other_name) = self.names(&row, "name_en", "name_native");
            let powers = row.words("powers", &self.powers);
            self.held.extend(powers.iter().map(|power| (id, *power)));
            out.subject(self.space.top(id), ov::INSTITUTION)
                .each(skos::PREF_LABEL, names)
                .each(skos::ALT_LABEL, other_name)
                .each(skos::ALT_LABEL, plain(row.cell("acronym")))
                .concepts(org::CLASSIFICATION, scheme::TYPE, row.word("type", &self.types))
                .each(
                    org::SUB_ORGANIZATION_OF,
                    row.word("parent", &self.institutions).map(|id| self.space.top(id)),
                )
                .each(ov::JURISDICTION, [self.space.country.clone()])
                .each(ov::HEAD_TITLE, english(row.cell("head")))
                .each(ov::HEAD_TITLE, tagged(row.cell("head_uk"), "uk"))
                .each(schema::FOUNDING_DATE, row.date("established").map(date))
                .each(schema::DISSOLUTION_DATE, row.end("dissolved", "established").map(date))
                .each(ov::FOUNDED_BY, founded_by)
                .concepts(ov::POWER, scheme::POWER, powers)
                .each(foaf::HOMEPAGE, row.address("website"))
                .each(skos::EXACT_MATCH, wikidata(&row))
                .each(rdfs::COMMENT, english(row.cell("note")))
                .each(rdfs::COMMENT, tagged(row.cell("note_uk"), "uk"))
                .each(dcterms::SOURCE, row.addresses("source"))
                .flag(ov::VERIFIED, row.yes("checked"));
        }
        out
    }

    /// The acts in order, each with its own triples, so that its provisions can follow it.
    fn acts(&self, table: &'t Table) -> Vec<(&'t str, Triples)> {
        let mut acts = Vec::new();
        for row in table.rows(self.faults) {
            let id = row.id("id");
            let (titles, other_title) = self.names(&row, "title_en", "title_native");
            let in_force = row.date("in_force");
            let since = if in_force.is_some() { "in_force" } else { "adopted" };
            let mut out = Triples::default();
            out.subject(self.space.below("act", id), ov::LEGAL_ACT)
                .each(eli::TITLE, titles)
                .each(skos::ALT_LABEL, other_title)
                .each(eli::ID_LOCAL, plain(row.cell("number")))
                .each(eli::TYPE_DOCUMENT, row.word("kind", &self.kinds).and_then(plain))
                .each(ov::JURISDICTION, [self.space.country.clone()])
                .each(eli::DATE_DOCUMENT, row.date("adopted").map(date))
                .each(eli::FIRST_DATE_ENTRY_IN_FORCE, in_force.map(date))
                .each(eli::DATE_NO_LONGER_IN_FORCE, row.end("repealed", since).map(date))
                .each(foaf::PAGE, row.address("url"))
                .each(dcterms::SOURCE, row.addresses("source"))
                .flag(ov::VERIFIED, row.yes("checked"));
            acts.push((id, out));
        }
        acts
    }

    fn with_provisions(&self, acts: Vec<(&'t str, Triples)>) -> Triples {
        let mut out = Triples::default();
        for (id, act) in acts {
            out.append(act);
            for provision in self.provisions.of(id) {
                out.subject(self.space.below("provision", &provision.name), ov::PROVISION)
                    .each(eli::IS_PART_OF, [self.space.below("act", id)])
                    .each(eli::NUMBER, plain(provision.article));
            }
        }
        out
    }

    fn links(&mut self, table: &'t Table) -> Triples {
        let mut out = Triples::default();
        let mut names = Names::taken(table.column("id"));
        for row in table.rows(self.faults) {
            let overseer = row.word("overseer", &self.institutions).unwrap_or_default();
            let overseen = row.word("overseen", &self.institutions).unwrap_or_default();
            let mechanism = row.word("mechanism", &self.mechanisms).unwrap_or_default();
            let basis = self.basis(&row);
            let from = row.date("from");
            let to = row.end("to", "from");
            let status = row.word("status", &self.statuses).unwrap_or_default();
            let (act, article) = (row.cell("act"), row.cell("article"));
            let name = row.name("id").map_or_else(
                || {
                    names.link([
                        overseer,
                        mechanism,
                        overseen,
                        from.unwrap_or_default(),
                        act,
                        article,
                        status,
                    ])
                },
                str::to_owned,
            );
            out.subject(self.space.below("link", &name), ov::CONTROL)
                .each(ov::OVERSEER, [self.space.top(overseer)])
                .each(ov::OVERSEEN, [self.space.top(overseen)])
                .concepts(ov::MECHANISM, scheme::MECHANISM, [mechanism])
                .concepts(ov::STATUS, scheme::STATUS, [status])
                .each(ov::LEGAL_BASIS, basis)
                .each(schema::START_DATE, from.map(date))
                .each(schema::END_DATE, to.map(date))
                .concepts(ov::EFFECT, scheme::EFFECT, row.word("effect", &self.effects))
                .concepts(ov::LIMIT, scheme::LIMIT, row.words("limits", &self.limits))
                .each(rdfs::COMMENT, english(row.cell("note")))
                .each(dcterms::SOURCE, row.addresses("source"))
                .flag(ov::VERIFIED, row.yes("checked"));
        }
        out
    }

    fn powers(&mut self, table: &'t Table) -> Triples {
        let mut out = Triples::default();
        let mut names = Names::taken(table.column("id"));
        for row in table.rows(self.faults) {
            let institution = row.word("institution", &self.institutions).unwrap_or_default();
            let power = row.word("power", &self.powers).unwrap_or_default();
            if !institution.is_empty() && !power.is_empty() && !self.held.contains(&(institution, power)) {
                row.fault("power", power, Problem::PowerNotHeld { institution: institution.to_owned() });
            }
            let basis = self.basis(&row);
            let name = row.name("id").map_or_else(
                || names.grant([institution, power, row.cell("act"), row.cell("article")]),
                str::to_owned,
            );
            out.subject(self.space.below("grant", &name), ov::POWER_GRANT)
                .each(ov::HOLDER, [self.space.top(institution)])
                .concepts(ov::POWER, scheme::POWER, [power])
                .each(ov::LEGAL_BASIS, basis)
                .each(rdfs::COMMENT, english(row.cell("note")));
        }
        out
    }

    fn surveys(&self, table: &'t Table) -> Triples {
        let mut out = Triples::default();
        let mut names = Names::taken(table.column("id"));
        for row in table.rows(self.faults) {
            let scope = row.cell("scope");
            let covers = if scope == WHOLE_COUNTRY {
                Some(self.space.country.clone())
            } else {
                row.word("scope", &self.institutions).map(|id| self.space.top(id))
            };
            let mechanisms = match row.cell("mechanisms") {
                ALL_MECHANISMS => Vec::new(),
                _ => row.words("mechanisms", &self.mechanisms),
            };
            let surveyed_on = row.date("surveyed_on");
            let name = row
                .name("id")
                .map_or_else(|| names.survey(scope, surveyed_on.unwrap_or_default()), str::to_owned);
            out.subject(self.space.below("survey", &name), ov::SURVEY)
                .each(ov::COVERS, covers)
                .concepts(ov::MECHANISM, scheme::MECHANISM, mechanisms)
                .each(ov::SURVEYED_ON, surveyed_on.map(date))
                .each(rdfs::COMMENT, english(row.cell("note")))
                .each(rdfs::COMMENT, tagged(row.cell("note_uk"), "uk"));
        }
        out
    }

    /// The names to be preferred, and another one in the same language where the native language is English.
    ///
    /// A native name that is the English one is written once; a name in a column of its language always is.
    fn names(
        &self,
        row: &Row<'t>,
        in_english: &'static str,
        native: &'static str,
    ) -> (Vec<Literal>, Option<Literal>) {
        let own = self.country.language.to_lowercase();
        let (english_name, native_name) = (row.cell(in_english), row.cell(native));
        let mut names = Vec::from_iter(english(english_name));
        let mut other = if native_name == english_name { None } else { tagged(native_name, &own) };
        if own != "en" {
            names.extend(other.take());
        }
        for (column, tag, name) in row.other_languages() {
            if tag.eq_ignore_ascii_case(&own) && own != "en" && !native_name.is_empty() && !name.is_empty() {
                row.fault(column, name, Problem::TwoNames { column: native });
            }
            names.extend(tagged(name, tag));
        }
        (names, other)
    }

    /// What a list such as `legal_basis` names: `act art. N` a provision, `act` alone the act.
    fn basis_list(&mut self, row: &Row<'t>, column: &'static str) -> Vec<NamedNode> {
        let mut basis = Vec::new();
        for part in row.list(column).into_iter().filter(|part| !part.is_empty()) {
            let (act, article) = part.split_once(' ').unwrap_or((part, ""));
            if row.is_known(column, act, &self.acts) {
                basis.push(self.act_or_provision(act, article.trim()));
            }
        }
        basis
    }

    /// What `act` and `article` name, and `other_basis`.
    fn basis(&mut self, row: &Row<'t>) -> Vec<NamedNode> {
        let mut basis = self.act_and_articles(row);
        basis.extend(self.basis_list(row, "other_basis"));
        basis
    }

    fn act_and_articles(&mut self, row: &Row<'t>) -> Vec<NamedNode> {
        let articles = row.list("article");
        let Some(act) = row.word("act", &self.acts) else {
            if row.cell("act").is_empty() && !articles.is_empty() {
                row.fault("article", row.cell("article"), Problem::ArticleWithoutAct);
            }
            return Vec::new();
        };
        match articles.as_slice() {
            [] => vec![self.act_or_provision(act, "")],
            articles => articles.iter().map(|article| self.act_or_provision(act, article)).collect(),
        }
    }

    fn act_or_provision(&mut self, act: &'t str, article: &'t str) -> NamedNode {
        if article.is_empty() {
            self.space.below("act", act)
        } else {
            self.space.below("provision", &self.provisions.name(act, article))
        }
    }
}

fn wikidata(row: &Row) -> Option<NamedNode> {
    let item = row.cell("wikidata");
    if item.is_empty() {
        return None;
    }
    let number = item.strip_prefix('Q').filter(|n| !n.starts_with('0') && !n.is_empty());
    if !number.is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit())) {
        row.fault("wikidata", item, Problem::BadWikidata);
        return None;
    }
    Some(iri(vocab::WIKIDATA, item))
}
