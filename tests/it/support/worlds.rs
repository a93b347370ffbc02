//! Small random worlds for proptest. Everything is an index into a short list, so that shrinking leads to few and plain
//! triples.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::fmt::Write as _;

const TYPES: &[&str] = &[
    "police",
    "ministry",
    "government",
    "head-of-state",
    "parliament",
    "court",
    "ombuds-institution",
    "inspectorate",
    "ngo",
];
const GROUPS: &[&str] =
    &["provider", "executive", "legislature", "justice", "independent", "internal", "society"];
/// Some select, some reach down, some through the cabinet, some neither.
const MECHANISMS: &[&str] = &["appointment", "election", "hearing", "legislation", "inspection", "command"];
const POWERS: &[&str] = &["arrest", "interception"];
const STATUSES: &[&str] =
    &["in-force", "in-force", "in-force", "not-operational", "suspended", "repealed", "proposed"];
const EFFECTS: &[&str] = &["binding", "advisory", "informative"];
const LIMITS: &[&str] = &["secrecy", "no-sanction"];
const INDEPENDENCES: &[&str] = &["overseen", "ministry", "executive"];
/// Dates around [`ON`], of each precision, with and without a zone.
const DATES: &[&str] = &[
    "2020",
    "2024",
    "2025",
    "2024-05",
    "2024-06",
    "2024-07",
    "2024-06-14",
    "2024-06-15",
    "2024-06-16Z",
    "2024-06+02:00",
];
/// The day around which all dates lie.
pub(crate) const ON: &str = "2024-06-15";

#[derive(Clone, Debug)]
struct Body {
    types: Vec<&'static str>,
    parents: Vec<usize>,
    powers: Vec<&'static str>,
    founded: Option<&'static str>,
    dissolved: Option<&'static str>,
    country: bool,
}

#[derive(Clone, Debug)]
struct Control {
    overseer: usize,
    overseen: usize,
    mechanism: &'static str,
    status: &'static str,
    start: Option<&'static str>,
    end: Option<&'static str>,
    effect: Option<&'static str>,
    limits: Vec<&'static str>,
    verified: bool,
}

#[derive(Clone, Debug)]
struct Duty {
    forbids: bool,
    applies_to: Vec<&'static str>,
    where_power: Vec<&'static str>,
    where_parent_of: Vec<&'static str>,
    where_oversees: Vec<&'static str>,
    overseers: Vec<&'static str>,
    mechanisms: Vec<&'static str>,
    all_mechanisms: bool,
    at_least: u8,
    at_least_pillars: u8,
    independent_of: Option<&'static str>,
    least_effect: Option<&'static str>,
    excludes: Vec<&'static str>,
}

/// A world with norms for it.
#[derive(Clone, Debug)]
pub(crate) struct Small {
    bodies: Vec<Body>,
    links: Vec<Control>,
    surveys: Vec<(Option<usize>, Vec<&'static str>)>,
    duties: Vec<Duty>,
}

fn few(words: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(words, 0..=most)
}

fn date(weight: u32) -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![4 => Just(None), weight => select(DATES).prop_map(Some)]
}

fn maybe(words: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![Just(None), select(words).prop_map(Some)]
}

fn types(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![3 => few(TYPES, most), 1 => few(GROUPS, most)]
}

fn body(bodies: usize) -> impl Strategy<Value = Body> {
    (
        prop_oneof![9 => subsequence(TYPES, 1..=1), 1 => subsequence(TYPES, 0..=2)],
        prop_oneof![2 => Just(Vec::new()), 3 => vec(0..bodies, 1..=1), 1 => vec(0..bodies, 0..=2)],
        few(POWERS, 2),
        date(1),
        date(1),
        prop::bool::weighted(0.9),
    )
        .prop_map(|(types, parents, powers, founded, dissolved, country)| Body {
            types,
            parents,
            powers,
            founded,
            dissolved,
            country,
        })
}

fn control(bodies: usize) -> impl Strategy<Value = Control> {
    (
        (0..bodies, 0..bodies, select(MECHANISMS), select(STATUSES)),
        (date(2), date(2), maybe(EFFECTS), few(LIMITS, 1), prop::bool::weighted(0.8)),
    )
        .prop_map(|((overseer, overseen, mechanism, status), (start, end, effect, limits, verified))| {
            Control { overseer, overseen, mechanism, status, start, end, effect, limits, verified }
        })
}

fn duty() -> impl Strategy<Value = Duty> {
    let applies_to = prop_oneof![2 => subsequence(TYPES, 1..=5), 1 => subsequence(GROUPS, 1..=3)];
    let scope = (
        applies_to,
        prop_oneof![3 => Just(Vec::new()), 1 => few(POWERS, 1)],
        prop_oneof![4 => Just(Vec::new()), 1 => types(5)],
        prop_oneof![4 => Just(Vec::new()), 1 => types(5)],
    );
    let evidence = (
        types(5),
        few(MECHANISMS, 4),
        any::<bool>(),
        1_u8..=2,
        1_u8..=2,
        maybe(INDEPENDENCES),
        maybe(EFFECTS),
        few(LIMITS, 1),
    );
    (prop::bool::weighted(0.3), scope, evidence).prop_map(
        |(
            forbids,
            (applies_to, where_power, where_parent_of, where_oversees),
            (
                overseers,
                mechanisms,
                all_mechanisms,
                at_least,
                at_least_pillars,
                independent_of,
                least_effect,
                excludes,
            ),
        )| Duty {
            forbids,
            applies_to,
            where_power,
            where_parent_of,
            where_oversees,
            overseers,
            mechanisms,
            all_mechanisms,
            at_least,
            at_least_pillars,
            independent_of,
            least_effect,
            excludes,
        },
    )
}

/// Worlds of up to seven bodies and four norms.
pub(crate) fn small() -> impl Strategy<Value = Small> {
    (2_usize..8).prop_flat_map(|bodies| {
        (
            vec(body(bodies), bodies),
            vec(control(bodies), 0..24),
            vec((prop::option::of(0..bodies), few(MECHANISMS, 6)), 0..3),
            vec(duty(), 4),
        )
            .prop_map(|(bodies, links, surveys, duties)| Small { bodies, links, surveys, duties })
    })
}

impl Small {
    /// Writes the world as Turtle.
    pub(crate) fn turtle(&self) -> String {
        let mut text = String::from(
            "@prefix ov: <https://w3id.org/oversight/ns#> .\n@prefix org: <http://www.w3.org/ns/org#> .\n\
             @prefix schema: <https://schema.org/> .\n@prefix old: <http://schema.org/> .\n\
             @prefix id: <https://w3id.org/oversight/id/> .\n@prefix b: <https://w3id.org/oversight/id/xa/body-> .\n\
             @prefix l: <https://w3id.org/oversight/id/xa/link/> .\n\
             @prefix s: <https://w3id.org/oversight/id/xa/survey/> .\n\
             @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
             @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
        );
        for scheme in ["type", "mechanism", "power", "status", "effect", "limit", "severity", "norm"] {
            let _ = writeln!(text, "@prefix {scheme}: <https://w3id.org/oversight/{scheme}/> .");
        }
        for (at, body) in self.bodies.iter().enumerate() {
            let _ = write!(text, "b:{at} a ov:Institution");
            list(&mut text, "org:classification", "type:", &body.types);
            list(&mut text, "ov:power", "power:", &body.powers);
            list(&mut text, "org:subOrganizationOf", "b:", &body.parents);
            list(
                &mut text,
                "schema:foundingDate",
                "",
                &body.founded.map(literal).into_iter().collect::<Vec<_>>(),
            );
            list(
                &mut text,
                "old:dissolutionDate",
                "",
                &body.dissolved.map(literal).into_iter().collect::<Vec<_>>(),
            );
            list(&mut text, "ov:jurisdiction", "id:", if body.country { &["xa"] } else { &[] });
            text.push_str(" .\n");
        }
        for (at, link) in self.links.iter().enumerate() {
            let _ = write!(
                text,
                "l:{at} a ov:Control ; ov:overseer b:{} ; ov:overseen b:{} ; ov:mechanism mechanism:{} ; \
                 ov:status status:{} ; ov:verified {}",
                link.overseer, link.overseen, link.mechanism, link.status, link.verified
            );
            list(&mut text, "old:startDate", "", &link.start.map(literal).into_iter().collect::<Vec<_>>());
            list(&mut text, "schema:endDate", "", &link.end.map(literal).into_iter().collect::<Vec<_>>());
            list(&mut text, "ov:effect", "effect:", &link.effect.into_iter().collect::<Vec<_>>());
            list(&mut text, "ov:limit", "limit:", &link.limits);
            text.push_str(" .\n");
        }
        for (at, (body, mechanisms)) in self.surveys.iter().enumerate() {
            let covers = body.map_or("id:xa".to_owned(), |body| format!("b:{body}"));
            let _ = write!(text, "s:{at} a ov:Survey ; ov:covers {covers}");
            list(&mut text, "ov:mechanism", "mechanism:", mechanisms);
            text.push_str(" .\n");
        }
        for (at, duty) in self.duties.iter().enumerate() {
            let _ = write!(
                text,
                "norm:RND-{at} a ov:Norm ; skos:notation \"RND-{at}\" ; ov:severity severity:must ; \
                 ov:polarity \"{}\" ; ov:allMechanisms {} ; ov:atLeast {} ; ov:atLeastPillars {}",
                if duty.forbids { "forbid" } else { "require" },
                duty.all_mechanisms,
                duty.at_least,
                duty.at_least_pillars
            );
            list(&mut text, "ov:appliesTo", "type:", &duty.applies_to);
            list(&mut text, "ov:wherePower", "power:", &duty.where_power);
            list(&mut text, "ov:whereParentOf", "type:", &duty.where_parent_of);
            list(&mut text, "ov:whereOversees", "type:", &duty.where_oversees);
            list(&mut text, "ov:overseerType", "type:", &duty.overseers);
            list(&mut text, "ov:mechanismAnyOf", "mechanism:", &duty.mechanisms);
            let of: Vec<String> = duty.independent_of.iter().map(|of| format!("\"{of}\"")).collect();
            list(&mut text, "ov:independentOf", "", &of);
            list(&mut text, "ov:leastEffect", "effect:", &duty.least_effect.into_iter().collect::<Vec<_>>());
            list(&mut text, "ov:excludesLimit", "limit:", &duty.excludes);
            text.push_str(" .\n");
        }
        text
    }
}

fn list<T: std::fmt::Display>(text: &mut String, property: &str, prefix: &str, values: &[T]) {
    for value in values {
        let _ = write!(text, " ; {property} {prefix}{value}");
    }
}

fn literal(date: &str) -> String {
    let plain = date.trim_end_matches('Z').trim_end_matches("+02:00");
    let datatype = ["gYear", "gYearMonth", "date"][plain.matches('-').count()];
    format!("\"{date}\"^^xsd:{datatype}")
}
