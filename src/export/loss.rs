//! What a format cannot carry, counted in the export at hand.

use super::Format;
use super::format::{Carries, Properties};
use super::pieces::in_pieces;
use super::record::{Field, Kind};
use super::select::View;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What kind of thing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Whole records: acts, findings, surveys, powers' provisions.
    Record,
    /// Links beside another of the same ends.
    Parallel,
    /// Values of a property.
    Property,
    /// Dates.
    Time,
    /// Texts in other languages.
    Language,
    /// Signs of a text, which stands otherwise whole.
    Text,
}

impl Part {
    /// The word in the report.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Parallel => "parallel link",
            Self::Property => "property",
            Self::Time => "time",
            Self::Language => "language",
            Self::Text => "text",
        }
    }
}

/// Counts of what was lost, by part and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss(BTreeMap<(Part, String), u64>);

impl Loss {
    /// Adds to what is lost; nothing, if `count` is 0.
    pub fn add(&mut self, part: Part, what: &str, count: usize) {
        if count == 0 {
            return;
        }
        match self.0.get_mut(&(part, what.to_owned())) {
            Some(so_far) => *so_far += count as u64,
            None => {
                self.0.insert((part, what.to_owned()), count as u64);
            }
        }
    }

    /// Adds what another account holds.
    pub(super) fn merge(&mut self, other: Self) {
        for ((part, what), count) in other.0 {
            *self.0.entry((part, what)).or_default() += count;
        }
    }

    /// Returns whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns part, name and count of all that is lost.
    pub fn iter(&self) -> impl Iterator<Item = (Part, &str, u64)> {
        self.0.iter().map(|((part, what), count)| (*part, what.as_str(), *count))
    }

    /// Returns one line for people.
    pub fn summary(&self) -> String {
        if self.is_empty() {
            return "nothing is lost".to_owned();
        }
        // Records and changes of text are few and told one by one; values of fields are summed up.
        let mut all = Vec::new();
        let mut summed: BTreeMap<Part, (usize, u64)> = BTreeMap::new();
        for (part, what, count) in self.iter() {
            match part {
                Part::Property | Part::Time | Part::Language => {
                    let (fields, values) = summed.entry(part).or_default();
                    *fields += 1;
                    *values += count;
                }
                Part::Record | Part::Parallel | Part::Text => all.push(format!("{count} {what}")),
            }
        }
        for (part, (fields, values)) in summed {
            let of = match part {
                Part::Time => "fields of time",
                Part::Language => "fields in other languages",
                _ => "other fields",
            };
            all.push(format!("{values} values of {fields} {of}"));
        }
        format!("not carried: {}", all.join(", "))
    }

    /// Returns the loss report of an export.
    pub fn report(&self, format: &Format, view: &View<'_>) -> Json {
        let about: serde_json::Map<String, Json> =
            view.about().into_iter().map(|(key, value)| (key.to_owned(), Json::from(value))).collect();
        let lost: Vec<Json> = self
            .iter()
            .map(|(part, what, count)| json!({"part": part.slug(), "what": what, "count": count}))
            .collect();
        json!({
            "format": format.id,
            "about": about,
            "written": {"nodes": view.node_count(), "edges": view.edge_count()},
            "lost": lost,
            "cannot_carry": format.carries.limits(),
        })
    }

    /// Counts what a format loses by what it is.
    pub(super) fn measure(view: &View<'_>, carries: &Carries) -> Self {
        let mut loss = Self::default();
        let graph = view.graph();
        if !carries.acts {
            loss.add(Part::Record, "acts beyond IRI and title", view.acts().count());
        }
        if !carries.findings {
            let findings = view.findings().unwrap_or_default();
            loss.add(Part::Record, "findings beyond verdict and links", findings.len());
        }
        if !carries.rest {
            loss.add(Part::Record, "data sets beyond title, version and IRI", graph.datasets.len());
            loss.add(Part::Record, "statements of completeness", graph.surveys.len());
            let grants = graph.grants.iter().filter(|grant| view.writes(grant.holder));
            loss.add(Part::Record, "provisions behind powers", grants.count());
        }
        loss.add(Part::Language, "texts beyond the second of one language", view.without_field);
        if let Properties::Only { node, edge } = carries.properties {
            let (nodes, edges) = (view.node_fields(), view.edge_fields());
            let counts =
                counted(view.nodes(), nodes.len(), |id, counts| view.node(id, |at, _| counts[at] += 1));
            loss.fields("node", nodes, node, &counts);
            let counts =
                counted(view.edges(), edges.len(), |id, counts| view.edge(id, |at, _| counts[at] += 1));
            loss.fields("edge", edges, edge, &counts);
        }
        loss
    }

    /// Adds the values of fields that are not among those kept.
    fn fields(&mut self, of: &str, fields: &[Field], kept: &[&str], counts: &[usize]) {
        let lost = fields.iter().zip(counts).filter(|(field, _)| !kept.contains(&field.name.as_ref()));
        for (field, count) in lost {
            let part = match field.kind {
                Kind::Start | Kind::End => Part::Time,
                _ if field.is_translation() => Part::Language,
                _ => Part::Property,
            };
            self.add(part, &format!("{} of {of}s", field.name), *count);
        }
    }
}

/// Counts the values of each of so many fields. `see` counts those of one record.
fn counted<I: Iterator<Item: Send> + Send>(
    ids: I,
    fields: usize,
    see: impl Fn(I::Item, &mut [usize]) + Sync,
) -> Vec<usize> {
    let mut all = vec![0; fields];
    let count = |_, ids: Vec<I::Item>, give: &mut dyn FnMut(Vec<usize>)| {
        let mut counts = vec![0; fields];
        for id in ids {
            see(id, &mut counts);
        }
        give(counts);
    };
    // Nothing is written, so there is no error.
    let _ = in_pieces(ids, count, |counts| {
        all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
        Ok(())
    });
    all
}
