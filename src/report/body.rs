//! One institution: what it is, who controls it and by which article, whom it controls, its findings.

use super::record::FindingRecord;
use super::table::printable;
use super::words::{Palette, basis, caveats, mechanism, period};
use crate::gaps::{Finding, Verdict};
use crate::model::{Graph, InstitutionId, LinkId, Pillar, PowerId, Standing, Symbol, World};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Returns the page of a body for the terminal.
pub fn body_text(
    world: &World<'_>,
    id: InstitutionId,
    findings: &[Finding<'_>],
    language: &str,
    palette: Palette,
) -> String {
    let graph = world.graph();
    let body = graph.institution(id);
    let texts = |symbols: &[Symbol]| symbols.iter().map(|s| graph.text(*s)).collect::<Vec<_>>().join(", ");
    let mut text = format!("{}\n", palette.bold(&printable(graph.name(id, language))));
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:<12} {}", printable(&value));
        }
    };
    let names: Vec<&str> = body.labels.iter().map(|l| graph.text(l.text)).collect();
    line("names", names.join(" · "));
    line("acronym", body.acronym.map_or("", |a| graph.text(a)).to_owned());
    line("iri", graph.iri(id).to_owned());
    line("type", slugs(graph, id));
    line("exists", exists(world, id));
    let parents = world.ancestors(id).iter().map(|a| graph.name(*a, language)).collect::<Vec<_>>();
    line("below", parents.join(" < "));
    let units = world.children(id).iter().filter(|c| world.exists(**c)).count();
    line("own units", if units == 0 { String::new() } else { units.to_string() });
    line("head", body.head.pick(&graph.texts, language).map_or("", |h| graph.text(h)).to_owned());
    let founded: Vec<String> = body.founded_by.iter().map(|b| basis_text(graph, *b)).collect();
    line("founded by", founded.join("; "));
    line("site", body.homepage.map_or("", |h| graph.text(h)).to_owned());
    line("remark", body.comment.pick(&graph.texts, language).map_or("", |c| graph.text(c)).to_owned());
    line("source", texts(&body.sources));
    line("verified", if body.verified { "yes" } else { "no" }.to_owned());
    powers(graph, id, &mut text);
    overseers(world, id, language, palette, &mut text);
    overseen(world, id, language, palette, &mut text);
    body_findings(graph, findings, language, palette, &mut text);
    text
}

fn slugs(graph: &Graph, id: InstitutionId) -> String {
    let types = graph.institution(id).types;
    let slugs: Vec<&str> = types.iter().map(|t| graph.vocabulary.types.slug(t)).collect();
    match graph.vocabulary.pillar(types) {
        Some(pillar) => format!("{} ({pillar})", slugs.join(", ")),
        None => slugs.join(", "),
    }
}

fn exists(world: &World<'_>, id: InstitutionId) -> String {
    let life = world.graph().institution(id).life;
    let bounds = match (life.start, life.end) {
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => "founding not on record".to_owned(),
    };
    let now = if world.exists(id) { "exists" } else { "does not exist" };
    format!("{bounds} ({now} on {})", world.day())
}

fn basis_text(graph: &Graph, basis: crate::model::Basis) -> String {
    let act = basis.act.map_or("", |act| crate::vocab::slug(graph.text(act)));
    match basis.number {
        Some(number) => format!("{act} {}", graph.text(number)),
        None => act.to_owned(),
    }
}

fn powers(graph: &Graph, id: InstitutionId, text: &mut String) {
    let powers = graph.institution(id).powers;
    if powers.is_empty() {
        return;
    }
    text.push_str("\npowers\n");
    for power in powers.iter() {
        let _ = writeln!(
            text,
            "  {}: {}",
            graph.vocabulary.powers.slug(power),
            printable(&granted(graph, id, power))
        );
    }
}

/// Tells where the law gives a power to a body.
pub(super) fn granted(graph: &Graph, id: InstitutionId, power: PowerId) -> String {
    let grants = graph.grants.iter().filter(|grant| grant.holder == id && grant.power == power);
    let bases: Vec<String> =
        grants.flat_map(|grant| grant.basis.iter().map(|b| basis_text(graph, *b))).collect();
    if bases.is_empty() { "provision not on record".to_owned() } else { bases.join("; ") }
}

fn overseers(world: &World<'_>, id: InstitutionId, language: &str, palette: Palette, text: &mut String) {
    let graph = world.graph();
    let links = graph.links_over(id);
    let standing_in = |pillar: Option<Pillar>| {
        links
            .iter()
            .copied()
            .filter(move |link| {
                let (overseer, _, _) = graph.link(*link);
                graph.vocabulary.pillar(graph.institution(overseer).types) == pillar
            })
            .collect::<Vec<_>>()
    };
    let counted = links.iter().filter(|link| world.standing(**link) != Standing::Out).count();
    let _ =
        writeln!(text, "\n{}", palette.bold(&format!("controlled by ({counted} links on {})", world.day())));
    for pillar in Pillar::ALL.iter().copied().map(Some).chain([None]) {
        let here: Vec<LinkId> =
            standing_in(pillar).into_iter().filter(|link| world.standing(*link) != Standing::Out).collect();
        if here.is_empty() {
            continue;
        }
        let name = pillar.map_or("no pillar", Pillar::slug);
        let _ = writeln!(text, "  {name}");
        for link in here {
            let (overseer, _, _) = graph.link(link);
            let _ =
                writeln!(text, "    {}", link_line(world, link, graph.name(overseer, language), language));
        }
    }
    let past = links.len() - counted;
    if past > 0 {
        let _ =
            writeln!(text, "  and {past} links that do not count that day (ended, not begun or proposed)");
    }
}

fn overseen(world: &World<'_>, id: InstitutionId, language: &str, palette: Palette, text: &mut String) {
    let graph = world.graph();
    let links: Vec<LinkId> =
        graph.links_by(id).into_iter().filter(|link| world.standing(*link) != Standing::Out).collect();
    if links.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", palette.bold(&format!("controls ({} links)", links.len())));
    for link in links {
        let (_, _, overseen) = graph.link(link);
        let _ = writeln!(text, "    {}", link_line(world, link, graph.name(overseen, language), language));
    }
}

fn link_line(world: &World<'_>, id: LinkId, other: &str, language: &str) -> String {
    let graph = world.graph();
    let (_, link, _) = graph.link(id);
    let mut caveats = caveats(graph, link, world.standing(id), None);
    caveats.splice(0..0, link.effect.map(|effect| effect.slug().to_owned()));
    caveats.extend(link.limits.iter().map(|limit| graph.vocabulary.limits.slug(limit).to_owned()));
    let caveats = if caveats.is_empty() { String::new() } else { format!(" [{}]", caveats.join("; ")) };
    printable(&format!(
        "{}: {other}, {}, {}{caveats}",
        mechanism(graph, link, language),
        basis(graph, link),
        period(link)
    ))
}

fn body_findings(
    graph: &Graph,
    findings: &[Finding<'_>],
    language: &str,
    palette: Palette,
    text: &mut String,
) {
    let _ = writeln!(text, "\n{}", palette.bold(&format!("findings ({})", findings.len())));
    let mut sorted: Vec<&Finding<'_>> = findings.iter().collect();
    sorted.sort_by_key(|finding| (finding.verdict, finding.norm.severity));
    for finding in sorted {
        let norm = finding.norm;
        let title = norm.titles.pick(&graph.texts, language).map_or("", |title| graph.text(title));
        let lack = match finding.verdict {
            Verdict::Met => String::new(),
            _ => format!(": {}", super::words::lack(graph, finding)),
        };
        let _ = writeln!(
            text,
            "  {} {:<6} {}  {}{lack}",
            palette.verdict(finding.verdict, &format!("{:<8}", finding.verdict.slug())),
            norm.severity.slug(),
            norm.id,
            printable(title),
        );
    }
}

/// Returns the same as JSON: names, types, parents, powers, links both ways, findings.
pub fn body_json<'g>(world: &World<'g>, id: InstitutionId, findings: &[Finding<'g>]) -> Value {
    let graph = world.graph();
    let body = graph.institution(id);
    let labels: Vec<Value> = body
        .labels
        .iter()
        .map(|l| json!({"language": l.language.map(|tag| graph.text(tag)), "text": graph.text(l.text)}))
        .collect();
    let links =
        |links: Vec<LinkId>| -> Vec<Value> { links.into_iter().map(|link| link_json(world, link)).collect() };
    json!({
        "institution": graph.iri(id),
        "labels": labels,
        "acronym": body.acronym.map(|a| graph.text(a)),
        "types": body.types.iter().map(|t| graph.vocabulary.types.slug(t)).collect::<Vec<_>>(),
        "country": body.country.map(|c| graph.text(c)),
        "parents": world.ancestors(id).iter().map(|a| graph.iri(*a)).collect::<Vec<_>>(),
        "units": world.children(id).iter().map(|c| graph.iri(*c)).collect::<Vec<_>>(),
        "founded": body.life.start.map(|d| d.to_string()),
        "dissolved": body.life.end.map(|d| d.to_string()),
        "exists": world.exists(id),
        "as_of": world.day().to_string(),
        "powers": body.powers.iter().map(|p| graph.vocabulary.powers.slug(p)).collect::<Vec<_>>(),
        "sources": body.sources.iter().map(|s| graph.text(*s)).collect::<Vec<_>>(),
        "verified": body.verified,
        "controlled_by": links(graph.links_over(id)),
        "controls": links(graph.links_by(id)),
        "findings": findings.iter().map(|f| json!(FindingRecord::new(world, f))).collect::<Vec<_>>(),
    })
}

fn link_json(world: &World<'_>, id: LinkId) -> Value {
    let graph = world.graph();
    let (overseer, link, overseen) = graph.link(id);
    json!({
        "link": graph.text(link.iri),
        "overseer": graph.iri(overseer),
        "overseen": graph.iri(overseen),
        "mechanism": graph.vocabulary.mechanisms.slug(link.mechanism),
        "act": link.basis.iter().find_map(|b| b.act).map(|a| graph.text(a)),
        "provision": graph.provisions(link),
        "status": link.status.slug(),
        "counts": world.standing(id).slug(),
        "from": link.interval.start.map(|d| d.to_string()),
        "to": link.interval.end.map(|d| d.to_string()),
        "effect": link.effect.map(crate::model::Effect::slug),
        "limits": link.limits.iter().map(|l| graph.vocabulary.limits.slug(l)).collect::<Vec<_>>(),
        "verified": link.verified,
        "source": link.sources.iter().map(|s| graph.text(*s)).collect::<Vec<_>>(),
    })
}
