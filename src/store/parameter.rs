//! Typed parameters: from the text that a user gives to the RDF term that takes the variable's place.

use crate::model::{Day, Graph, Lookup, Scheme, Tagged, expand, nearest};
use crate::vocab::{self, ID, PREFIXES, scheme, slug, xsd};
use oxigraph::model::{Literal, NamedNode, Term};

/// A variable of a question that is given a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The variable's name, without `?`.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// What it is where nothing is given.
    pub default: Option<String>,
    /// Whether something must be given; a parameter that is neither given nor required is left open: any value.
    pub required: bool,
    /// What it stands for.
    pub description: Tagged,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $slug:literal),* $(,)?) => {
        /// What a parameter takes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($(#[doc = $doc])* $name),* }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word in decorators.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),* }
            }

            /// Returns what is taken, for messages and pages.
            pub fn takes(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim_ascii()),* }
            }
        }
    };
}

kinds! {
    /// an IRI, whole or with a known prefix
    Iri = "iri",
    /// a day, `YYYY-MM-DD`, or `today` for the legal day
    Date = "date",
    /// a year of four digits
    Year = "year",
    /// a whole number
    Integer = "integer",
    /// any text
    String = "string",
    /// `true` or `false`
    Boolean = "boolean",
    /// a country's code, such as `ua`
    Country = "country",
    /// an institution, such as `ua/sbu`
    Institution = "institution",
    /// an act, by its short id or the last part of it
    Act = "act",
    /// a norm, such as `MIA-07`
    Norm = "norm",
    /// a guidance document, such as `mia-2005`
    Document = "document",
    /// a type of institution or a group of types, such as `police` or `provider`
    Type = "type",
    /// a mechanism, such as `hearing`
    Mechanism = "mechanism",
    /// a power, such as `detention`
    Power = "power",
    /// a limit, such as `secrecy`
    Limit = "limit",
}

impl Kind {
    /// Returns the kind with this slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }
}

/// What is wrong with the values that a question is given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParameterError {
    /// A name that the question has no parameter for.
    #[error("`{question}` has no parameter `{name}`")]
    Unknown {
        /// The question.
        question: String,
        /// The name.
        name: String,
        /// The parameter spelled most like it.
        nearest: Option<String>,
        /// All parameters of the question.
        known: Vec<String>,
    },
    /// The same name twice.
    #[error("the parameter `{name}` is given twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// Required parameters that are not given.
    #[error("`{question}` needs the parameter {}", names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", "))]
    Missing {
        /// The question.
        question: String,
        /// The parameters that are missing.
        names: Vec<String>,
        /// What the first of them takes.
        takes: &'static str,
    },
    /// A value that is not what the parameter takes.
    #[error("`{value}` is nothing that the parameter `{name}` takes: {takes}")]
    Value {
        /// The parameter.
        name: String,
        /// The value.
        value: String,
        /// What it takes.
        takes: &'static str,
        /// What was probably meant.
        nearest: Option<String>,
    },
}

/// Returns a term for each parameter that is given or has a default.
///
/// # Arguments
/// * `given`: names and values as typed.
/// * `graph`: where ids are looked up.
/// * `day`: what `today` means.
///
/// # Errors
/// [`ParameterError`], which names the parameter.
pub(super) fn bind(
    question: &str,
    parameters: &[Parameter],
    given: &[(String, String)],
    graph: &Graph,
    day: Day,
) -> Result<Vec<(String, Term)>, ParameterError> {
    for (at, (name, _)) in given.iter().enumerate() {
        if !parameters.iter().any(|parameter| parameter.name == *name) {
            let known: Vec<String> = parameters.iter().map(|parameter| parameter.name.clone()).collect();
            return Err(ParameterError::Unknown {
                question: question.to_owned(),
                name: name.clone(),
                nearest: nearest(name, known.iter().map(String::as_str)).map(str::to_owned),
                known,
            });
        }
        if given[..at].iter().any(|(before, _)| before == name) {
            return Err(ParameterError::Twice { name: name.clone() });
        }
    }
    let value_of = |parameter: &Parameter| {
        let given = given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.clone());
        given.or_else(|| parameter.default.clone())
    };
    let missing: Vec<&Parameter> =
        parameters.iter().filter(|p| p.required && value_of(p).is_none()).collect();
    if let Some(first) = missing.first() {
        return Err(ParameterError::Missing {
            question: question.to_owned(),
            names: missing.iter().map(|parameter| parameter.name.clone()).collect(),
            takes: first.kind.takes(),
        });
    }
    let mut terms = Vec::new();
    for parameter in parameters {
        if let Some(value) = value_of(parameter) {
            let term = term(parameter.kind, value.trim(), graph, day).map_err(|nearest| {
                let (name, takes) = (parameter.name.clone(), parameter.kind.takes());
                ParameterError::Value { name, value, takes, nearest }
            })?;
            terms.push((parameter.name.clone(), term));
        }
    }
    Ok(terms)
}

/// Returns the term that `value` means, or what was probably meant.
fn term(kind: Kind, value: &str, graph: &Graph, day: Day) -> Result<Term, Option<String>> {
    let vocabulary = &graph.vocabulary;
    match kind {
        Kind::String => Ok(Literal::new_simple_literal(value).into()),
        Kind::Date if value == "today" => Ok(typed(&day.to_string(), xsd::DATE)),
        Kind::Date => value.parse::<Day>().map(|day| typed(&day.to_string(), xsd::DATE)).map_err(|_| None),
        Kind::Year => {
            let is_year = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit()) && value != "0000";
            if is_year { Ok(typed(value, xsd::G_YEAR)) } else { Err(None) }
        }
        Kind::Integer => value.parse::<i64>().map(|n| typed(&n.to_string(), xsd::INTEGER)).map_err(|_| None),
        Kind::Boolean => match value {
            "true" | "false" => Ok(typed(value, xsd::BOOLEAN)),
            _ => Err(None),
        },
        Kind::Iri => {
            let iri = prefixed(value, graph).unwrap_or_else(|| expand(value, ID));
            NamedNode::new(iri).map(Term::from).map_err(|_| None)
        }
        Kind::Institution => {
            let value = prefixed(value, graph).unwrap_or_else(|| value.to_owned());
            match graph.lookup(&value) {
                Lookup::Found(id) => Ok(node(graph.iri(id))),
                Lookup::Ambiguous(ids) => Err(ids.into_iter().next()),
                Lookup::Unknown(nearest) => Err(nearest),
            }
        }
        Kind::Country => known(value, graph, ID, graph.codes().iter().map(|code| format!("{ID}{code}"))),
        Kind::Act => known(value, graph, ID, graph.acts.iter().map(|act| graph.text(act.iri))),
        Kind::Norm => known(value, graph, scheme::NORM, graph.norms.iter().map(|n| graph.text(n.iri))),
        Kind::Document => {
            let documents = graph.documents.iter().map(|d| graph.text(d.iri));
            known(value, graph, scheme::DOCUMENT, documents)
        }
        Kind::Type => concept(value, graph, scheme::TYPE, &vocabulary.types),
        Kind::Mechanism => concept(value, graph, scheme::MECHANISM, &vocabulary.mechanisms),
        Kind::Power => concept(value, graph, scheme::POWER, &vocabulary.powers),
        Kind::Limit => concept(value, graph, scheme::LIMIT, &vocabulary.limits),
    }
}

fn concept<K>(
    value: &str,
    graph: &Graph,
    namespace: &str,
    scheme: &Scheme<K>,
) -> Result<Term, Option<String>> {
    known(value, graph, namespace, scheme.iter().map(|(_, concept)| graph.text(concept.iri)))
}

/// Finds the one of `iris` that is meant: as an IRI, with a prefix, by short id, or by the end of the IRI if only
/// one ends so.
fn known<I: AsRef<str>>(
    value: &str,
    graph: &Graph,
    namespace: &str,
    iris: impl Iterator<Item = I>,
) -> Result<Term, Option<String>> {
    let iris: Vec<I> = iris.collect();
    let iris: Vec<&str> = iris.iter().map(AsRef::as_ref).collect();
    let meant = prefixed(value, graph).unwrap_or_else(|| expand(value, namespace));
    if iris.contains(&meant.as_str()) {
        return Ok(node(&meant));
    }
    let mut same_end = iris.iter().filter(|iri| iri.ends_with(value) && slug(iri) == value);
    if let (Some(iri), None) = (same_end.next(), same_end.next()) {
        return Ok(node(iri));
    }
    Err(nearest(value, iris.iter().flat_map(|iri| [slug(iri), graph.short(iri)])).map(str::to_owned))
}

/// Returns the IRI that `ua:sbu` or `mechanism:hearing` stands for; nothing where the prefix is unknown.
fn prefixed(value: &str, graph: &Graph) -> Option<String> {
    let (prefix, local) = value.split_once(':')?;
    if let Some((_, namespace)) = PREFIXES.iter().find(|(known, _)| *known == prefix) {
        return Some(format!("{namespace}{local}"));
    }
    graph.codes().iter().any(|code| code == prefix).then(|| format!("{}{prefix}/{local}", vocab::ID))
}

fn node(iri: &str) -> Term {
    NamedNode::new_unchecked(iri).into()
}

fn typed(value: &str, datatype: &str) -> Term {
    Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into()
}
