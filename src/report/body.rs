//! One institution: what it is, who controls it and by which article, whom it controls, its findings.

use super::record::FindingRecord;
use super::table::printable;
use super::words::{Palette, basis, caveats, period, told_lack, verdict_and_severity};
use crate::gaps::{Finding, Verdict};
use crate::model::{
    Act, Graph, InstitutionId, Label, Labels, LinkId, Pillar, PowerId, Standing, Symbol, World,
};
use crate::vocab::slug;
use crate::wording::Wording;
use crate::wording::phrases::{self, Phrase};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Returns the page of a body for the terminal.
pub fn body_text(
    world: &World<'_>,
    id: InstitutionId,
    findings: &[Finding<'_>],
    language: &str,
    palette: Palette,
) -> String {
    let w = Wording::new(world.graph(), language);
    let mut text = format!("{}\n", palette.bold(&printable(w.name(id))));
    facts(world, id, w, &mut text);
    powers(world.graph(), id, w, &mut text);
    overseers(world, id, w, palette, &mut text);
    overseen(world, id, w, palette, &mut text);
    acts(world, id, w, palette, &mut text);
    body_findings(world.graph(), findings, w, palette, &mut text);
    text
}

fn facts(world: &World<'_>, id: InstitutionId, w: Wording<'_, '_>, text: &mut String) {
    let graph = world.graph();
    let body = graph.institution(id);
    let texts = |symbols: &[Symbol]| symbols.iter().map(|s| graph.text(*s)).collect::<Vec<_>>().join(", ");
    let mut line = |name: Phrase, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {:<12} {}", w.say(name), printable(value));
        }
    };
    let others = body.other_names.iter().filter(|label| Some(label.text) != body.acronym);
    let names: Vec<&str> = body.labels.iter().chain(others).map(|l| graph.text(l.text)).collect();
    line(phrases::NAMES, &names.join(" · "));
    line(phrases::ACRONYM, body.acronym.map_or("", |a| graph.text(a)));
    line(phrases::IRI, graph.iri(id));
    line(phrases::TYPE, &types(graph, id, w));
    line(phrases::EXISTS, &exists(world, id, w));
    let parents = world.ancestors(id).iter().map(|a| w.name(*a)).collect::<Vec<_>>();
    line(phrases::BELOW, &parents.join(" < "));
    let units = world.children(id).iter().filter(|c| world.exists(**c)).count();
    line(phrases::OWN_UNITS, &if units == 0 { String::new() } else { units.to_string() });
    line(phrases::HEAD, w.pick(&body.head));
    let founded: Vec<String> = body.founded_by.iter().map(|b| basis_text(graph, *b)).collect();
    line(phrases::FOUNDED_BY, &founded.join("; "));
    line(phrases::SITE, body.homepage.map_or("", |h| graph.text(h)));
    line(phrases::REMARK, w.pick(&body.comment));
    line(phrases::SOURCE, &texts(&body.sources));
    line(phrases::VERIFIED, w.say(if body.verified { phrases::YES } else { phrases::NO }));
}

fn types(graph: &Graph, id: InstitutionId, w: Wording<'_, '_>) -> String {
    let types = graph.institution(id).types;
    let names = w.terms(&graph.vocabulary.types, types.iter()).join(", ");
    match graph.vocabulary.pillar(types) {
        Some(pillar) => format!("{names} ({})", w.pillar(pillar)),
        None => names,
    }
}

fn exists(world: &World<'_>, id: InstitutionId, w: Wording<'_, '_>) -> String {
    let bounds = period(world.graph().institution(id).life, w, phrases::FOUNDING_UNKNOWN);
    let now = if world.exists(id) { phrases::EXISTS_ON } else { phrases::DOES_NOT_EXIST_ON };
    w.fill(now, &[&bounds, &world.day()])
}

fn basis_text(graph: &Graph, basis: crate::model::Basis) -> String {
    let act = basis.act.map_or("", |act| slug(graph.text(act)));
    match basis.number {
        Some(number) => format!("{act} {}", graph.text(number)),
        None => act.to_owned(),
    }
}

fn powers(graph: &Graph, id: InstitutionId, w: Wording<'_, '_>, text: &mut String) {
    let powers = graph.institution(id).powers;
    if powers.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", w.say(phrases::POWERS));
    for power in powers.iter() {
        let _ = writeln!(
            text,
            "  {}: {}",
            w.term(&graph.vocabulary.powers, power),
            printable(&granted(graph, id, power, w))
        );
    }
}

/// Tells where the law gives a power to a body.
pub(super) fn granted(graph: &Graph, id: InstitutionId, power: PowerId, w: Wording<'_, '_>) -> String {
    let grants = graph.grants.iter().filter(|grant| grant.holder == id && grant.power == power);
    let bases: Vec<String> =
        grants.flat_map(|grant| grant.basis.iter().map(|b| basis_text(graph, *b))).collect();
    if bases.is_empty() { w.say(phrases::NO_PROVISION).to_owned() } else { bases.join("; ") }
}

fn overseers(world: &World<'_>, id: InstitutionId, w: Wording<'_, '_>, palette: Palette, text: &mut String) {
    let graph = world.graph();
    let links = graph.links_over(id);
    let counting: Vec<LinkId> =
        links.iter().copied().filter(|link| world.standing(*link) != Standing::Out).collect();
    let heading = w.fill(phrases::CONTROLLED_BY, &[&w.count(phrases::LINKS, counting.len()), &world.day()]);
    let _ = writeln!(text, "\n{}", palette.bold(&heading));
    for pillar in Pillar::ALL.iter().copied().map(Some).chain([None]) {
        let of_pillar = |link: &&LinkId| {
            let (overseer, _, _) = graph.link(**link);
            graph.vocabulary.pillar(graph.institution(overseer).types) == pillar
        };
        let mut here = counting.iter().filter(of_pillar).peekable();
        if here.peek().is_none() {
            continue;
        }
        let name = pillar.map_or_else(|| w.say(phrases::NO_PILLAR).to_owned(), |pillar| w.pillar(pillar));
        let _ = writeln!(text, "  {name}");
        for link in here {
            let (overseer, _, _) = graph.link(*link);
            let _ = writeln!(text, "    {}", link_line(world, *link, w.name(overseer), w));
        }
    }
    let past = links.len() - counting.len();
    if past > 0 {
        let _ = writeln!(text, "  {}", w.count(phrases::LINKS_OUT, past));
    }
}

fn overseen(world: &World<'_>, id: InstitutionId, w: Wording<'_, '_>, palette: Palette, text: &mut String) {
    let graph = world.graph();
    let links: Vec<LinkId> =
        graph.links_by(id).into_iter().filter(|link| world.standing(*link) != Standing::Out).collect();
    if links.is_empty() {
        return;
    }
    let heading = w.fill(phrases::CONTROLS, &[&w.count(phrases::LINKS, links.len())]);
    let _ = writeln!(text, "\n{}", palette.bold(&heading));
    for link in links {
        let (_, _, overseen) = graph.link(link);
        let _ = writeln!(text, "    {}", link_line(world, link, w.name(overseen), w));
    }
}

/// The acts that the lines above cite by their ids: those of the body, its powers, and links that count.
fn cited<'g>(world: &World<'g>, id: InstitutionId) -> Vec<&'g Act> {
    let graph = world.graph();
    let links = graph.links_over(id).into_iter().chain(graph.links_by(id));
    let of_links =
        links.filter(|link| world.standing(*link) != Standing::Out).map(|link| &graph.link(link).1.basis);
    let of_powers = graph.grants.iter().filter(|grant| grant.holder == id).map(|grant| &grant.basis);
    let all = [&graph.institution(id).founded_by].into_iter().chain(of_powers).chain(of_links).flatten();
    let iris: BTreeSet<&str> = all.filter_map(|basis| basis.act).map(|act| graph.text(act)).collect();
    graph.acts.iter().filter(|act| iris.contains(graph.text(act.iri))).collect()
}

fn acts(world: &World<'_>, id: InstitutionId, w: Wording<'_, '_>, palette: Palette, text: &mut String) {
    let graph = world.graph();
    let acts = cited(world, id);
    if acts.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", palette.bold(w.say(phrases::ACTS)));
    for act in acts {
        let number = act.number.map_or(String::new(), |number| format!(" ({})", graph.text(number)));
        let line = format!("{}: {}{number}", slug(graph.text(act.iri)), w.pick(&act.titles));
        let _ = writeln!(text, "  {}", printable(&line));
    }
}

fn link_line(world: &World<'_>, id: LinkId, other: &str, w: Wording<'_, '_>) -> String {
    let graph = world.graph();
    let (_, link, _) = graph.link(id);
    let mut caveats = caveats(graph, link, world.standing(id), None, w);
    caveats.splice(0..0, link.effect.map(|effect| w.effect(effect)));
    caveats.extend(w.terms(&graph.vocabulary.limits, link.limits.iter()));
    let caveats = if caveats.is_empty() { String::new() } else { format!(" [{}]", caveats.join("; ")) };
    printable(&format!(
        "{}: {other}, {}, {}{caveats}",
        w.mechanism(link),
        basis(graph, link, w),
        period(link.interval, w, phrases::START_UNKNOWN)
    ))
}

fn body_findings(
    graph: &Graph,
    findings: &[Finding<'_>],
    w: Wording<'_, '_>,
    palette: Palette,
    text: &mut String,
) {
    let _ = writeln!(text, "\n{}", palette.bold(&w.fill(phrases::FINDINGS_NUMBER, &[&findings.len()])));
    let mut sorted: Vec<&Finding<'_>> = findings.iter().collect();
    sorted.sort_by_key(|finding| (finding.verdict, finding.norm.severity));
    for finding in sorted {
        let norm = finding.norm;
        let lack = match finding.verdict {
            Verdict::Met => String::new(),
            _ => format!("; {}", told_lack(graph, finding, w)),
        };
        let _ = writeln!(
            text,
            "  {}  {}  {}{lack}",
            verdict_and_severity(finding, w, palette),
            norm.id,
            printable(w.pick(&norm.titles)),
        );
    }
}

/// Returns the same as JSON: names, types, parents, powers, links both ways, the acts of those that count, findings.
pub fn body_json<'g>(world: &World<'g>, id: InstitutionId, findings: &[Finding<'g>]) -> Value {
    let graph = world.graph();
    let body = graph.institution(id);
    let texts = |labels: &Labels| -> Vec<Value> {
        let text =
            |l: Label| json!({"language": l.language.map(|tag| graph.text(tag)), "text": graph.text(l.text)});
        labels.iter().map(text).collect()
    };
    let act = |act: &Act| {
        json!({
            "act": graph.text(act.iri),
            "titles": texts(&act.titles),
            "number": act.number.map(|n| graph.text(n)),
            "page": act.page.map(|p| graph.text(p)),
        })
    };
    let links =
        |links: Vec<LinkId>| -> Vec<Value> { links.into_iter().map(|link| link_json(world, link)).collect() };
    json!({
        "institution": graph.iri(id),
        "labels": texts(&body.labels),
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
        "acts": cited(world, id).into_iter().map(act).collect::<Vec<_>>(),
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
