//! Writes a norm as SPARQL 1.1, so that anybody can repeat its findings with an engine that we did not write.
//!
//! A query stands alone: day, types and mechanisms are written out, so it needs the data and nothing else. The
//! patterns are the same for the plain query and for SHACL (`gaps::shacl`), which evaluates them for one body
//! at a time; therefore they do without `MINUS` and `VALUES`, which SHACL does not allow.
//!
//! # Invariants
//! * The rules are those of `docs/verdicts.md`, to the letter; `tests/it/agreement.rs` holds them to the evaluator.
//! * No property path stands inside `NOT EXISTS`; what may be absent is counted: a subselect gives each body a number, 0 among them.
//! * Dates are compared as text, which orders like time once zones are cut; no engine needs date arithmetic.

mod evidence;
mod independence;
mod lines;
mod pattern;

pub(super) use lines::Lines;
pub(super) use pattern::{Pattern, Tier};

use crate::model::{Day, Graph, MechanismSet, Norm, Polarity, Trust};
use crate::vocab::{self, PREFIXES};
use pattern::Counts;

/// What a query answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `?institution`: the bodies in scope whose verdict is not `met`.
    NotMet,
    /// `?institution ?verdict`: every body in scope.
    Verdicts,
}

/// Returns the query for `norm` as the law stood on `day`.
///
/// # Arguments
/// * `graph`: where the norm and the ontology are from; no data of it goes into the query.
///
/// # Source
/// `docs/verdicts.md`; design.md, section 4.
pub fn query(graph: &Graph, norm: &Norm, day: Day, trust: Trust, form: Form) -> String {
    let pattern = Pattern { graph, norm, day, trust, focus: "?institution" };
    let mut lines = Lines::default();
    lines.open(match form {
        Form::NotMet => "SELECT DISTINCT ?institution WHERE {",
        Form::Verdicts => "SELECT DISTINCT ?institution ?verdict WHERE {",
    });
    body(&pattern, form, &mut lines);
    lines.close("}");
    lines.line("ORDER BY ?institution");
    let body = lines.into_text();
    format!("{}{}\n{body}", header(graph, norm, day, trust, form), prefixes(&body))
}

/// Writes evidence, scope and verdict for the focus of the pattern. Counts and scope stand in a subselect each: beside
/// the `EXISTS` of the scope, Virtuoso 7.2 makes up rows of the counts or loses what they count.
pub(super) fn body(pattern: &Pattern<'_>, form: Form, out: &mut Lines) {
    let mut counts = Counts { lines: out.deeper(2), variables: Vec::new() };
    let verdict = if pattern.norm.polarity == Polarity::Require {
        require(pattern, form, &mut counts)
    } else {
        forbid(pattern, form, &mut counts)
    };
    out.open("{");
    out.open(format!("SELECT {} {} WHERE {{", pattern.focus, counts.variables.join(" ")));
    out.line(format!("{} a ov:Institution .", pattern.focus));
    out.append(&counts.lines);
    out.close("}");
    out.close("}");
    out.open("{");
    out.open(format!("SELECT DISTINCT {} WHERE {{", pattern.focus));
    pattern.scope(out);
    out.close("}");
    out.close("}");
    out.line(verdict);
}

/// Counts what a norm requires, and returns the verdict.
fn require(pattern: &Pattern<'_>, form: Form, out: &mut Counts) -> String {
    out.lines.comment("Evidence in force that is not weak, counted.");
    pattern.count(Tier::Sound, out);
    if form == Form::NotMet {
        return format!("FILTER({})", pattern.lacks());
    }
    out.lines.comment("The same together with evidence on paper.");
    pattern.count(Tier::OrOnPaper, out);
    out.lines.comment("Any evidence, weak or not.");
    pattern.count(Tier::OrWeak, out);
    pattern.survey(pattern.norm.evidence.mechanisms, out);
    format!(
        "BIND(IF({}, \"met\", IF({}, \"on-paper\", IF(?overseersOrWeak > 0, \"partial\", \
         IF({}, \"gap\", \"unknown\")))) AS ?verdict)",
        pattern.enough(Tier::Sound),
        pattern.enough(Tier::OrOnPaper),
        pattern.surveyed(pattern.norm.evidence.mechanisms),
    )
}

/// Counts what a norm forbids, and returns the verdict.
fn forbid(pattern: &Pattern<'_>, form: Form, out: &mut Counts) -> String {
    let mechanisms = pattern.norm.evidence.mechanisms;
    let (surveyed, unsurveyed) = if pattern.norm.forbids_power() {
        pattern.forbidden_power(out);
        pattern.survey_at_all(out);
        ("?surveys > 0".to_owned(), "?surveys = 0".to_owned())
    } else {
        pattern.offences(out);
        pattern.survey(mechanisms, out);
        (pattern.surveyed(mechanisms), pattern.unsurveyed(mechanisms))
    };
    match form {
        Form::NotMet => format!("FILTER(?offends > 0 || {unsurveyed})"),
        Form::Verdicts => {
            format!("BIND(IF(?offends > 0, \"gap\", IF({surveyed}, \"met\", \"unknown\")) AS ?verdict)")
        }
    }
}

fn header(graph: &Graph, norm: &Norm, day: Day, trust: Trust, form: Form) -> String {
    let mut text = String::new();
    let mut say = |line: &str| {
        for part in line.lines() {
            text.push_str("# ");
            text.push_str(part);
            text.push('\n');
        }
    };
    let [title, duty, source] = description(graph, norm);
    say(&format!("{}: {title}", norm.id));
    say(&duty);
    say(&format!("Source: {source}"));
    say("");
    say(&match form {
        Form::NotMet => format!("Gives the institutions bound by this norm that do not meet it on {day}."),
        Form::Verdicts => {
            format!("Gives the verdict of this norm for each institution that it binds, on {day}.")
        }
    });
    if trust == Trust::VerifiedOnly {
        say("Links that are not verified are left out, as if they were not on record.");
    }
    say(
        "Written by `oversight norms --to sparql`. The day, and the types and mechanisms that the ontology puts",
    );
    say(
        "under a group or lets reach down, are written out here: the query needs the data, not the ontology.",
    );
    say("The default graph must hold all of the data (in a store with one graph a file: their union).");
    text
}

/// Returns title, duty and source of a norm, one line each.
pub(super) fn description(graph: &Graph, norm: &Norm) -> [String; 3] {
    let pick = |labels: &crate::model::Labels| {
        let text = labels.pick(&graph.texts, "en").map_or("", |text| graph.text(text));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let document = norm.document.map(|iri| match graph.document(iri) {
        Some(document) => {
            let title = pick(&document.titles);
            document.page.map_or(title.clone(), |page| format!("{title} <{}>", graph.text(page)))
        }
        None => vocab::slug(graph.text(iri)).to_owned(),
    });
    let locator = norm.locator.map(|locator| graph.text(locator).to_owned());
    let source: Vec<String> = document.into_iter().chain(locator).collect();
    let source = if source.is_empty() { "not named".to_owned() } else { source.join(", ") };
    [pick(&norm.titles), pick(&norm.duty), source.split_whitespace().collect::<Vec<_>>().join(" ")]
}

fn prefixes(body: &str) -> String {
    let used = used_prefixes(body);
    used.map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n")).collect()
}

/// Returns the prefixes that a query uses.
pub(super) fn used_prefixes(body: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.iter().copied().filter(move |(prefix, _)| {
        body.split(|c: char| !(c.is_alphanumeric() || c == ':'))
            .any(|word| word.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':')))
    })
}

/// The mechanisms of a norm; all there are, where it names none.
pub(super) fn asked(graph: &Graph, mechanisms: MechanismSet) -> MechanismSet {
    if mechanisms.is_empty() { graph.vocabulary.mechanisms.all() } else { mechanisms }
}
