//! Research tables of Security Force Monitor: units, their parents, dates and sources.
//!
//! # Source
//! Research Handbook, "Units" (columns and their meaning) and "What data can I download from `WhoWasInCommand`?"
//! (downloads "Basic" and "Parentage"), <https://github.com/security-force-monitor/research-handbook>.

use super::super::facts::Space;
use super::super::fault::Faults;
use super::super::terms::{Triples, english, iri, plain, tagged};
use super::super::{Country, ImportError, Imported};
use super::rows::{Rows, line};
use super::{Told, address, concept, known_date};
use crate::rdf::{Literal, NamedNode};
use crate::tables::names::{Names, is_kebab_case};
use crate::vocab::{dcterms, org, ov, rdfs, schema, scheme, skos};
use csv::StringRecord;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The columns that are mapped, beside those that end in `:source`.
const COLUMNS: &[&str] = &[
    "unit:id:admin",
    "unit:name",
    "unit:other_names",
    "unit:country",
    "unit:classification",
    "unit:first_cited_date",
    "unit:first_cited_date_start",
    "unit:last_cited_date",
    "unit:last_cited_date_open",
    "unit:relation_type",
    "unit:related_unit_id:admin",
    "unit:related_unit",
    "unit:related_unit:name",
    "unit:related_unit:country",
    "unit:related_unit_class",
    "unit:related_unit_first_cited_date",
    "unit:related_unit_first_cited_date_start",
    "unit:related_unit_last_cited_date",
    "unit:related_unit_open",
];

/// Classifications that say what a unit is, and not only to which branch it belongs, where they stand alone.
const TYPES: &[(&str, &str)] =
    &[("police", "police"), ("gendarmerie", "gendarmerie"), ("coast guard", "coast-guard")];

/// What the rows say of one unit.
#[derive(Default)]
struct Unit<'r> {
    /// Single values, by column.
    values: BTreeMap<&'static str, &'r str>,
    other_names: BTreeSet<&'r str>,
    classifications: BTreeSet<&'r str>,
    sources: BTreeSet<NamedNode>,
    relations: Vec<Relation<'r>>,
}

impl Unit<'_> {
    fn value(&self, column: &str) -> &str {
        self.values.get(column).copied().unwrap_or_default()
    }
}

/// What a row says of a unit and the one above it.
struct Relation<'r> {
    parent: &'r str,
    class: &'r str,
    first: &'r str,
    begins: bool,
    last: &'r str,
    open: &'r str,
    sources: BTreeSet<NamedNode>,
}

/// Makes `sfm.ttl` from the table of units at `path`.
///
/// # Arguments
/// * `path`: CSV or TSV with the columns `unit:id:admin` and `unit:name`; one row for each unit and parent.
/// * `sources`: the table of sources, which turns ids into addresses.
/// * `language`: of the names, if it is known; the tables do not tell it.
///
/// # Errors
/// [`ImportError::Read`] for a file that cannot be read, [`ImportError::Faults`] for a table without its columns or
/// with uneven rows, [`ImportError::Code`] for a country that cannot name its data.
pub fn sfm(
    path: &Path,
    sources: Option<&Path>,
    country: &Country,
    language: Option<&str>,
) -> Result<Imported, ImportError> {
    let space = Space::new(country)?;
    let faults = Faults::default();
    let rows = Rows::read(path, &["unit:id:admin", "unit:name"], &faults)?;
    let addresses = match sources {
        Some(path) => Rows::read(path, &["source:id:admin", "source:url"], &faults)?,
        None => Rows::default(),
    };
    faults.stop()?;
    let mut reader = Reader { rows: &rows, addresses: pages(&addresses), country, told: Told::default() };
    let units = reader.units();
    let mut told = reader.told;
    let mut bodies = Triples::default();
    let mut links = Triples::default();
    let mut names = Names::default();
    let mut link_count = 0;
    for (id, unit) in &units {
        write_unit(id, unit, &space, language, &mut told, &mut bodies);
        for relation in unit.relations.iter().filter(|relation| relation.class == "command") {
            write_link(id, relation, &space, &mut names, &mut links);
            link_count += 1;
        }
    }
    bodies.append(links);
    if units.is_empty() {
        return Err(ImportError::Nothing {
            path: path.to_owned(),
            country: country.code.clone(),
            told: told.finish(),
        });
    }
    let header = format!(
        "Units of {} as Security Force Monitor has them. Written by `oversight import sfm`; nothing is verified.",
        country.name_en
    );
    Ok(Imported {
        files: vec![("sfm.ttl".to_owned(), bodies.write(&header, space.prefixes())?)],
        counts: vec![("rows", rows.records.len()), ("institutions", units.len()), ("links", link_count)],
        told: told.finish(),
    })
}

/// The address of each source, by the id of the source and of its access point.
fn pages(rows: &Rows) -> BTreeMap<&str, NamedNode> {
    let mut pages = BTreeMap::new();
    for record in &rows.records {
        let pages_of = ["source:archive_url", "source:url"].map(|column| address(rows.cell(record, column)));
        let Some(page) = pages_of.into_iter().flatten().next() else { continue };
        for column in ["source:id:admin", "source:access_point_id"] {
            let id = rows.cell(record, column);
            if !id.is_empty() {
                pages.entry(id).or_insert_with(|| page.clone());
            }
        }
    }
    pages
}

struct Reader<'r> {
    rows: &'r Rows,
    addresses: BTreeMap<&'r str, NamedNode>,
    country: &'r Country,
    told: Told,
}

impl<'r> Reader<'r> {
    fn units(&mut self) -> BTreeMap<String, Unit<'r>> {
        let rows = self.rows;
        for column in rows.header.iter().filter(|name| !COLUMNS.contains(name) && !is_source(name)) {
            if rows.records.iter().any(|record| !rows.cell(record, column).is_empty()) {
                self.told.say(format!("the column `{column}` is not mapped"));
            }
        }
        let mut units: BTreeMap<String, Unit<'r>> = BTreeMap::new();
        let mut parents: Vec<(String, &'r str)> = Vec::new();
        for record in &rows.records {
            let cell = |column: &str| rows.cell(record, column);
            let line = line(record);
            let id = cell("unit:id:admin").to_ascii_lowercase();
            if !is_kebab_case(&id) {
                self.told.say(format!("line {line}: `{id}` is no id of a unit; the row is left out"));
                continue;
            }
            if !self.is_here(cell("unit:country")) {
                self.told
                    .say(format!("line {line}: a unit of `{}`; the row is left out", cell("unit:country")));
                continue;
            }
            let unit = units.entry(id.clone()).or_default();
            for column in [
                "unit:name",
                "unit:first_cited_date",
                "unit:first_cited_date_start",
                "unit:last_cited_date",
                "unit:last_cited_date_open",
            ] {
                let value = cell(column);
                if value.is_empty() {
                    continue;
                }
                let kept = *unit.values.entry(column).or_insert(value);
                if kept != value {
                    self.told.say(format!(
                        "line {line}: `{column}` is `{value}`, and `{kept}` above; the first is kept"
                    ));
                }
            }
            unit.other_names.extend(list(cell("unit:other_names")));
            unit.classifications.extend(list(cell("unit:classification")));
            let (of_unit, of_relation): (Vec<&str>, Vec<&str>) = rows
                .header
                .iter()
                .filter(|name| is_source(name))
                .partition(|name| !name.starts_with("unit:related_unit"));
            let own = self.pages(&of_unit, record);
            let related = self.pages(&of_relation, record);
            unit.sources.extend(own);
            if let Some((relation, name)) = self.relation(record, line, related) {
                parents.push((relation.parent.to_ascii_lowercase(), name));
                unit.relations.push(relation);
            }
        }
        // A parent without a row of its own is known by its name alone.
        for (id, name) in parents {
            units.entry(id).or_insert_with_key(|id| {
                self.told.count("parents without a row of their own, taken by their name", id);
                Unit { values: BTreeMap::from([("unit:name", name)]), ..Unit::default() }
            });
        }
        units
    }

    /// The unit above, with its name; what is no command or administration is told.
    fn relation(
        &mut self,
        record: &'r StringRecord,
        line: usize,
        sources: BTreeSet<NamedNode>,
    ) -> Option<(Relation<'r>, &'r str)> {
        let rows = self.rows;
        let cell = |column: &str| rows.cell(record, column);
        // The download has the id where the research sheets have the name.
        let (id, name) = if rows.has("unit:related_unit:name") {
            (cell("unit:related_unit"), cell("unit:related_unit:name"))
        } else {
            (cell("unit:related_unit_id:admin"), cell("unit:related_unit"))
        };
        if id.is_empty() && name.is_empty() {
            return None;
        }
        let mut leave = |why: String| {
            self.told.say(format!("line {line}: the relation to `{name}` is left out: {why}"));
            None
        };
        if !is_kebab_case(&id.to_ascii_lowercase()) {
            return leave(format!("`{id}` is no id of a unit"));
        }
        let there = cell("unit:related_unit:country");
        if !there.is_empty() && !there.eq_ignore_ascii_case(&self.country.code) {
            return leave(format!("a unit of `{there}`"));
        }
        let kind = cell("unit:relation_type");
        if !kind.is_empty() && !kind.eq_ignore_ascii_case("child") {
            return leave(format!("`{kind}` is not subordination"));
        }
        let class = match cell("unit:related_unit_class").to_lowercase().as_str() {
            "command" => "command",
            "administrative" => "administrative",
            other => return leave(format!("its class `{other}` is neither Command nor Administrative")),
        };
        let relation = Relation {
            parent: id,
            class,
            first: cell("unit:related_unit_first_cited_date"),
            begins: cell("unit:related_unit_first_cited_date_start").eq_ignore_ascii_case("y"),
            last: cell("unit:related_unit_last_cited_date"),
            open: cell("unit:related_unit_open"),
            sources,
        };
        for date in [relation.first, relation.last] {
            if !date.is_empty() && known_date(date).is_none() {
                self.told.say(format!("line {line}: `{date}` is no date, and stands in the remark only"));
            }
        }
        Some((relation, name))
    }

    fn is_here(&self, country: &str) -> bool {
        country.is_empty() || country.eq_ignore_ascii_case(&self.country.code)
    }

    /// The addresses of the sources in these columns.
    fn pages(&mut self, columns: &[&str], record: &'r StringRecord) -> BTreeSet<NamedNode> {
        let mut found = BTreeSet::new();
        for source in columns.iter().flat_map(|column| list(self.rows.cell(record, column))) {
            match address(source).or_else(|| self.addresses.get(source).cloned()) {
                Some(page) => {
                    found.insert(page);
                }
                None => {
                    self.told.count("sources without an address (name their table with `--sources`)", source);
                }
            }
        }
        found
    }
}

fn is_source(column: &str) -> bool {
    column.ends_with(":source") || column.ends_with(":sources")
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|value| !value.is_empty())
}

fn write_unit(
    id: &str,
    unit: &Unit<'_>,
    space: &Space,
    language: Option<&str>,
    told: &mut Told,
    out: &mut Triples,
) {
    let text = |text: &str| match language {
        Some(language) => tagged(text, language),
        None => plain(text),
    };
    let name = unit.value("unit:name");
    if name.is_empty() {
        told.count("units without a name", id);
    }
    let (first, last) = (unit.value("unit:first_cited_date"), unit.value("unit:last_cited_date"));
    let begins = unit.value("unit:first_cited_date_start").eq_ignore_ascii_case("y");
    let open = unit.value("unit:last_cited_date_open");
    for date in [first, last] {
        if !date.is_empty() && known_date(date).is_none() {
            told.say(format!("{id}: `{date}` is no date, and stands in the remark only"));
        }
    }
    let kind = type_of(unit);
    if kind.is_none() {
        let classes = unit.classifications.iter().copied().collect::<Vec<_>>().join(", ");
        let what = match classes.as_str() {
            "" => "units without a classification, so they have no type".to_owned(),
            classes => format!("units classified `{classes}`, which is no certain type, so they have none"),
        };
        told.count(what, name);
    }
    let mut parents: Vec<String> = Vec::new();
    for relation in &unit.relations {
        let parent = relation.parent.to_ascii_lowercase();
        let is_over = relation.open.eq_ignore_ascii_case("e") || relation.open.eq_ignore_ascii_case("n");
        match (relation.class, is_over) {
            (_, false) if !parents.contains(&parent) => parents.push(parent),
            ("administrative", true) => told.say(format!(
                "{id}: that it was below `{parent}` ({}) is left out, for what is over has no place among parents",
                remark(relation.first, relation.begins, relation.last, relation.open)
            )),
            _ => {}
        }
    }
    let mut remarks: Vec<String> = Vec::new();
    if !unit.classifications.is_empty() {
        let classes = unit.classifications.iter().copied().collect::<Vec<_>>().join(", ");
        remarks.push(format!("classified {classes}"));
    }
    remarks.extend(Some(remark(first, begins, last, open)).filter(|remark| !remark.is_empty()));
    let comment = remarks.join("; ");
    out.subject(space.top(&local(id)), ov::INSTITUTION)
        .each(skos::PREF_LABEL, text(name))
        .each(skos::ALT_LABEL, unit.other_names.iter().filter_map(|name| text(name)))
        .each(org::CLASSIFICATION, concept(scheme::TYPE, kind))
        .each(org::SUB_ORGANIZATION_OF, parents.iter().map(|parent| space.top(&local(parent))))
        .each(ov::JURISDICTION, [space.country.clone()])
        .each(schema::FOUNDING_DATE, known_date(first).filter(|_| begins))
        .each(schema::DISSOLUTION_DATE, known_date(last).filter(|_| open.eq_ignore_ascii_case("e")))
        .each(dcterms::IDENTIFIER, plain(id))
        .each(rdfs::COMMENT, english(&comment))
        .each(dcterms::SOURCE, unit.sources.iter().cloned())
        .flag(ov::VERIFIED, false);
}

/// A command that is over, nobody knows since when, is written as repealed without an end: it never counts.
fn write_link(id: &str, relation: &Relation<'_>, space: &Space, names: &mut Names, out: &mut Triples) {
    let (overseer, overseen) = (local(&relation.parent.to_ascii_lowercase()), local(id));
    let start: Option<Literal> = known_date(relation.first).filter(|_| relation.begins);
    let end = known_date(relation.last).filter(|_| relation.open.eq_ignore_ascii_case("e"));
    let is_over = relation.open.eq_ignore_ascii_case("n") || relation.open.eq_ignore_ascii_case("e");
    let status = if is_over { "repealed" } else { "in-force" };
    let from = start.as_ref().map_or("", |date| date.value()).to_owned();
    let name = names.link([&overseer, "command", &overseen, &from, "", "", status]);
    let comment = remark(relation.first, relation.begins, relation.last, relation.open);
    out.subject(space.below("link", &name), ov::CONTROL)
        .each(ov::OVERSEER, [space.top(&overseer)])
        .each(ov::OVERSEEN, [space.top(&overseen)])
        .each(ov::MECHANISM, [iri(scheme::MECHANISM, "command")])
        .each(ov::STATUS, [iri(scheme::STATUS, status)])
        .each(schema::START_DATE, start)
        .each(schema::END_DATE, end)
        .each(rdfs::COMMENT, english(&comment))
        .each(dcterms::SOURCE, relation.sources.iter().cloned())
        .flag(ov::VERIFIED, false);
}

/// Local name of a unit among our institutions.
fn local(id: &str) -> String {
    format!("sfm-{id}")
}

fn type_of(unit: &Unit<'_>) -> Option<&'static str> {
    let mut classes = unit.classifications.iter();
    let (Some(class), None) = (classes.next(), classes.next()) else { return None };
    TYPES.iter().find(|(name, _)| class.eq_ignore_ascii_case(name)).map(|(_, slug)| *slug)
}

/// What the dates are: a citation is no beginning and no end.
fn remark(first: &str, begins: bool, last: &str, open: &str) -> String {
    let mut parts = Vec::new();
    if !first.is_empty() {
        parts.push(format!("{} {first}", if begins { "since" } else { "first cited" }));
    }
    let after = match open.to_ascii_uppercase().as_str() {
        "E" => "its end",
        "Y" => "thought to go on",
        "N" => "not thought to go on",
        _ => "",
    };
    match (last, after) {
        ("", "") => {}
        ("", after) => parts.push(after.to_owned()),
        (last, "") => parts.push(format!("last cited {last}")),
        (last, after) => parts.push(format!("last cited {last}, {after}")),
    }
    parts.join("; ")
}
