//! A country grown to any size, as N-Triples, for benchmarks.

use std::fmt::Write as _;

/// Writes a country of `links` links over `links / 4` bodies; about 11 triples a link. The same size gives the
/// same bytes.
pub(crate) fn grown_country(links: usize) -> String {
    const NS: &str = "https://w3id.org/oversight/";
    const TYPES: &[&str] = &[
        "armed-forces",
        "police",
        "ministry",
        "parliament",
        "parliamentary-committee",
        "court",
        "ombuds-institution",
        "supreme-audit-institution",
        "domestic-security-service",
        "inspectorate",
        "government",
        "ngo",
    ];
    const MECHANISMS: &[&str] = &[
        "hearing",
        "inspection",
        "financial-audit",
        "appointment",
        "legislation",
        "command",
        "complaint-handling",
    ];
    let bodies = (links / 4).max(2);
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    let mut text = String::with_capacity(links * 1_400);
    for body in 0..bodies {
        let s = format!("<{NS}id/xg/body-{body}>");
        let _ =
            writeln!(text, "{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}ns#Institution> .");
        let _ =
            writeln!(text, "{s} <http://www.w3.org/2004/02/skos/core#prefLabel> \"Body number {body}\"@en .");
        let kind = TYPES[next(TYPES.len())];
        let _ = writeln!(text, "{s} <http://www.w3.org/ns/org#classification> <{NS}type/{kind}> .");
        let _ = writeln!(text, "{s} <{NS}ns#jurisdiction> <{NS}id/xg> .");
        if body > 0 {
            let parent = next(body);
            let _ = writeln!(
                text,
                "{s} <http://www.w3.org/ns/org#subOrganizationOf> <{NS}id/xg/body-{parent}> ."
            );
        }
    }
    for link in 0..links {
        let s = format!("<{NS}id/xg/link/link-{link}>");
        let (overseer, overseen) = (next(bodies), next(bodies));
        let mechanism = MECHANISMS[next(MECHANISMS.len())];
        let year = 1990 + next(35);
        let act = next(2_000);
        let _ = writeln!(text, "{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}ns#Control> .");
        let _ = writeln!(text, "{s} <{NS}ns#overseer> <{NS}id/xg/body-{overseer}> .");
        let _ = writeln!(text, "{s} <{NS}ns#overseen> <{NS}id/xg/body-{overseen}> .");
        let _ = writeln!(text, "{s} <{NS}ns#mechanism> <{NS}mechanism/{mechanism}> .");
        let _ = writeln!(text, "{s} <{NS}ns#status> <{NS}status/in-force> .");
        let _ = writeln!(text, "{s} <{NS}ns#legalBasis> <{NS}id/xg/act/law-{act}> .");
        let _ = writeln!(
            text,
            "{s} <https://schema.org/startDate> \"{year}-01-01\"^^<http://www.w3.org/2001/XMLSchema#date> ."
        );
        let _ = writeln!(text, "{s} <{NS}ns#effect> <{NS}effect/binding> .");
        let _ = writeln!(
            text,
            "{s} <http://www.w3.org/2000/01/rdf-schema#comment> \"What the provision gives, number {link}\"@en ."
        );
        let _ = writeln!(text, "{s} <http://purl.org/dc/terms/source> <https://law.example/{act}> .");
        let _ =
            writeln!(text, "{s} <{NS}ns#verified> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .");
    }
    text
}
