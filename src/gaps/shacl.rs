//! Writes norms as SHACL shapes: a validator reports the bodies that do not meet them.
//!
//! What SHACL core can say stays in core: whom a norm binds by type, severity, message, source. The rest is
//! SHACL-SPARQL, with the patterns of [`super::sparql`]: core compares neither dates of different precision nor an
//! overseer with the body that it oversees, and it counts no distinct overseers.
//!
//! # Invariants
//! * A result's focus node is the institution, its source shape `.../shape/<id of the norm>`.
//! * The queries keep to what SHACL allows with a given `$this`: no `MINUS`, `VALUES` or `SERVICE`, and every
//!   subselect gives `$this`.

use super::sparql::{Form, Lines, Pattern, body, description, used_prefixes};
use crate::model::{Day, Graph, Norm, Severity, Trust};
use crate::vocab::{SHAPE, dcterms, org, ov, rdfs, sh, xsd};
use std::fmt::Write as _;

/// Returns a Turtle file with one shape for each of `norms`, as the law stood on `day`. With [`Form::Verdicts`] a result has
/// the verdict as `sh:value`, which takes engines longer.
///
/// # Source
/// SHACL, W3C Recommendation of 20 July 2017, sections 2 to 5; design.md, section 4.
pub fn shapes(graph: &Graph, norms: &[&Norm], day: Day, trust: Trust, form: Form) -> String {
    let selects: Vec<String> = norms.iter().map(|norm| select(graph, norm, day, trust, form)).collect();
    // Prefixes come first: a fast parser that splits files looks for them there.
    let mut text = format!("@prefix sh: <{}> .\n\n{}", sh::NS, header(day, trust, form));
    let all = selects.concat();
    let _ = write!(text, "\n<{SHAPE}prefixes> <{}>", sh::DECLARE);
    let declared: Vec<String> = used_prefixes(&all)
        .map(|(prefix, iri)| {
            format!("\n    [ sh:prefix \"{prefix}\" ; sh:namespace \"{iri}\"^^<{}> ]", xsd::ANY_URI)
        })
        .collect();
    let _ = writeln!(text, "{} .", declared.join(" ,"));
    for (norm, select) in norms.iter().zip(&selects) {
        text.push('\n');
        text.push_str(&shape(graph, norm, select, day, form));
    }
    text
}

fn select(graph: &Graph, norm: &Norm, day: Day, trust: Trust, form: Form) -> String {
    let pattern = Pattern { graph, norm, day, trust, focus: "$this" };
    let mut lines = Lines::default();
    lines.open(match form {
        Form::NotMet => "SELECT DISTINCT $this WHERE {",
        Form::Verdicts => "SELECT DISTINCT $this (?verdict AS ?value) WHERE {",
    });
    body(&pattern, form, &mut lines);
    if form == Form::Verdicts {
        lines.line("FILTER(?verdict != \"met\")");
    }
    lines.close("}");
    lines.into_text()
}

fn header(day: Day, trust: Trust, form: Form) -> String {
    let verdict = match form {
        Form::NotMet => "",
        Form::Verdicts => " The verdict is the result's `sh:value`.",
    };
    let believed = match trust {
        Trust::All => "",
        Trust::VerifiedOnly => " Links that are not verified are left out, as if they were not on record.\n#",
    };
    format!(
        "# Norms of democratic oversight as SHACL shapes, for {day}. Written by `oversight norms --to shacl`.\n\
         # A result names an institution that does not meet a norm: its verdict is not `met`.{verdict}\n\
         #{believed} In SHACL core: whom a norm binds by type (from each type to the bodies classified so), severity\n\
         # (must: Violation, should: Warning, may: Info), message, source. In SHACL-SPARQL (sh:sparql): all the rest. No\n\
         # norm can be said in core alone, for core cannot hold dates known to the year, month or day against a day, nor\n\
         # compare an overseer with the body that it oversees, nor count different overseers.\n\
         # The shapes need the data and nothing else: no ontology, no inference, no SHACL advanced features.\n"
    )
}

fn shape(graph: &Graph, norm: &Norm, select: &str, day: Day, form: Form) -> String {
    let [title, duty, source] = description(graph, norm);
    let id = &norm.id;
    let iri = shape_iri(id);
    let types: Vec<String> = norm
        .scope
        .types
        .all
        .iter()
        .map(|t| format!("<{}>", graph.text(graph.vocabulary.types.get(t).iri)))
        .collect();
    let path = if norm.forbids_power() {
        format!("<{}>", ov::POWER)
    } else {
        format!("[ sh:inversePath <{}> ]", ov::OVERSEEN)
    };
    let severity = match norm.severity {
        Severity::Must => "sh:Violation",
        Severity::Should => "sh:Warning",
        Severity::May => "sh:Info",
    };
    let document =
        norm.document.map_or(String::new(), |d| format!("    <{}> <{}> ;\n", dcterms::SOURCE, graph.text(d)));
    format!(
        "# {id}: {title}\n# Source: {source}\n\
         <{SHAPE}{scope}> a sh:NodeShape ;\n    sh:targetNode {types} ;\n    \
         sh:property [ sh:path [ sh:inversePath <{classification}> ] ; sh:property {iri} ] .\n\
         {iri} a sh:PropertyShape ;\n    sh:path {path} ;\n    sh:severity {severity} ;\n{document}    \
         <{see_also}> <{norm}> ;\n    sh:name {name}@en ;\n    sh:description {description}@en ;\n    \
         sh:message {message}@en ;\n    sh:sparql [\n        a sh:SPARQLConstraint ;\n        \
         sh:message {message}@en ;\n        sh:prefixes <{SHAPE}prefixes> ;\n        sh:select \"\"\"\n{select}\"\"\"\n    ] .\n",
        scope = format_args!("{}-scope", local(id)),
        types = types.join(" , "),
        classification = org::CLASSIFICATION,
        see_also = rdfs::SEE_ALSO,
        norm = graph.text(norm.iri),
        name = literal(&title),
        description = literal(&duty),
        message = literal(&match form {
            Form::NotMet => format!(
                "{id} is not met on {day} (a gap, partial, only on paper, or unknown for want of a survey): {title}"
            ),
            Form::Verdicts => format!("{id} is not met on {day}, see the value for the verdict: {title}"),
        }),
    )
}

fn shape_iri(id: &str) -> String {
    format!("<{SHAPE}{}>", local(id))
}

/// A notation may hold any character; an IRI may not.
fn local(id: &str) -> String {
    let mut local = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            local.push(char::from(byte));
        } else {
            let _ = write!(local, "%{byte:02X}");
        }
    }
    local
}

fn literal(text: &str) -> String {
    crate::rdf::Literal::new_simple_literal(text).to_string()
}
