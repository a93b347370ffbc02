//! The derivation of one finding, as text and as JSON.

use super::record::{EvidenceRecord, FindingRecord};
use super::table::printable;
use super::words::{Palette, basis, caveats, lack, period};
use super::{binds, norm_text};
use crate::gaps::{Considered, Explanation, Finding, Piece, Refusal, Selection, Tie, Unbound, Verdict};
use crate::model::{InstitutionId, Lapse, Norm, Polarity, Standing, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Returns the derivation for people: the norm, the scope, each link that bears on it with the rule that admitted or
/// refused it, and what that comes to. Links by mechanisms that the norm does not ask for are only counted; JSON has
/// all.
pub fn explanation_text(
    world: &World<'_>,
    explanation: &Explanation<'_>,
    language: &str,
    palette: Palette,
) -> String {
    let graph = world.graph();
    let (norm, id) = (explanation.norm, explanation.institution);
    let mut text = norm_text(graph, norm, language, palette);
    let name = printable(graph.name(id, language));
    let _ = writeln!(
        text,
        "\n{} {}",
        palette.bold(&name),
        palette.dim(&format!("({}) on {}", graph.short(graph.iri(id)), world.day()))
    );
    if let Some(unbound) = explanation.unbound {
        let _ = writeln!(text, "  not bound: {}", why_unbound(unbound));
    } else {
        let _ = writeln!(text, "  bound: the norm binds {}", printable(&binds(graph, norm, language)));
    }
    let (looked_at, other): (Vec<&Considered>, Vec<&Considered>) =
        explanation.links.iter().partition(|link| link.outcome != Err(Refusal::Mechanism));
    for (lead, admitted) in [(admitted_as(norm), true), ("refused", false)] {
        let links: Vec<&&Considered> = looked_at.iter().filter(|l| l.outcome.is_ok() == admitted).collect();
        if !links.is_empty() {
            let _ = writeln!(text, "  {lead}:");
        }
        for link in links {
            let _ = writeln!(text, "    {}", printable(&line(world, explanation, link, language)));
        }
    }
    if !other.is_empty() {
        let _ = writeln!(text, "  {} links by mechanisms that the norm does not ask for", other.len());
    }
    if let Some(finding) = &explanation.finding {
        let _ = writeln!(text, "  {}", printable(&count(world, explanation)));
        let _ = writeln!(text, "  {}", surveyed(finding));
        let verdict = palette.verdict(finding.verdict, finding.verdict.slug());
        let lacks = finding.verdict != Verdict::Met && norm.polarity == Polarity::Require;
        let lack = if lacks { format!("; missing: {}", lack(graph, finding)) } else { String::new() };
        let _ = writeln!(text, "  verdict: {verdict}{}", printable(&lack));
        if !finding.candidates.is_empty() {
            let ids: Vec<&str> = finding.candidates.iter().map(|id| graph.short(graph.iri(*id))).collect();
            let _ = writeln!(text, "  exist and lack the link: {}", ids.join(", "));
        }
    }
    text
}

/// Returns the derivation as JSON: scope, the finding as `gaps --format json` gives it, every link with its rule.
pub fn explanation_json(world: &World<'_>, explanation: &Explanation<'_>) -> Value {
    let graph = world.graph();
    let links: Vec<Value> = explanation
        .links
        .iter()
        .map(|considered| {
            let piece = considered.outcome.unwrap_or(Piece {
                link: considered.link,
                standing: world.standing(considered.link),
                inherited: considered.inherited,
                weak: false,
                selection: Selection::NotAsked,
            });
            let tie = match considered.outcome {
                Err(Refusal::Tied(tie)) => Some(tie),
                _ => None,
            };
            json!({
                "link": EvidenceRecord::new(graph, &piece),
                "admitted": considered.outcome.is_ok(),
                "standing": world.standing(considered.link).slug(),
                "rule": considered.outcome.err().map_or(admitted_as(explanation.norm), rule),
                "why": why(world, explanation, considered),
                "tied_to": tie.and_then(tied_to).map(|body| graph.iri(body)),
                "selection_on_record": considered.outcome.ok().map(|piece| piece.selection != Selection::NotOnRecord),
            })
        })
        .collect();
    json!({
        "norm": explanation.norm.id,
        "institution": graph.iri(explanation.institution),
        "as_of": world.day().to_string(),
        "bound": explanation.unbound.is_none(),
        "why_not_bound": explanation.unbound.map(why_unbound),
        "finding": explanation.finding.as_ref().map(|finding| FindingRecord::new(world, finding)),
        "needs": {
            "overseers": explanation.norm.evidence.at_least,
            "pillars": explanation.norm.evidence.at_least_pillars,
            "all_mechanisms": explanation.norm.evidence.all_mechanisms,
        },
        "links": links,
    })
}

fn admitted_as(norm: &Norm) -> &'static str {
    match norm.polarity {
        Polarity::Require => "evidence",
        Polarity::Forbid => "offends",
    }
}

fn line(world: &World<'_>, explanation: &Explanation<'_>, considered: &Considered, language: &str) -> String {
    let graph = world.graph();
    let (overseer, link, overseen) = graph.link(considered.link);
    let over = if considered.inherited {
        format!(" over {}", graph.short(graph.iri(overseen)))
    } else {
        String::new()
    };
    format!(
        "{} by {}{over}, {}, {}: {}",
        graph.vocabulary.mechanisms.slug(link.mechanism),
        graph.name(overseer, language),
        basis(graph, link),
        period(link),
        why(world, explanation, considered),
    )
}

fn why(world: &World<'_>, explanation: &Explanation<'_>, considered: &Considered) -> String {
    let graph = world.graph();
    let (overseer, link, _) = graph.link(considered.link);
    match considered.outcome {
        Ok(piece) => {
            let mut words = vec![match piece.standing {
                Standing::InForce => "in force".to_owned(),
                _ => "on paper".to_owned(),
            }];
            if considered.inherited {
                words.push("reaches down".to_owned());
            }
            words.extend(caveats(graph, link, piece.standing, piece.weak.then_some(explanation.norm)));
            words.extend(independence(world, explanation.norm, overseer, piece));
            words.join("; ")
        }
        Err(Refusal::Out) => lapse(world, considered),
        Err(Refusal::Tied(tie)) => format!("not independent: {}", tied(world, tie, overseer)),
        Err(refusal) => rule(refusal).to_owned(),
    }
}

fn independence(world: &World<'_>, norm: &Norm, overseer: InstitutionId, piece: Piece) -> Option<String> {
    let of = norm.evidence.independent_of?;
    if norm.polarity == Polarity::Forbid {
        return Some(format!("its overseer is not independent of the {of}, or is the body itself"));
    }
    let selection = match piece.selection {
        Selection::NotAsked => "by tenure".to_owned(),
        Selection::NotOnRecord => "selection not on record".to_owned(),
        Selection::OnRecord => format!("selected by {}", selectors(world, overseer)),
    };
    Some(format!("independent of the {of}: {selection}"))
}

fn selectors(world: &World<'_>, overseer: InstitutionId) -> String {
    let graph = world.graph();
    let mut ids: Vec<&str> = world.selectors(overseer).iter().map(|id| graph.short(graph.iri(*id))).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(", ")
}

fn tied(world: &World<'_>, tie: Tie, overseer: InstitutionId) -> String {
    let graph = world.graph();
    let short = |body| graph.short(graph.iri(body));
    match tie {
        Tie::Is(body) => format!("it is {}, which stands above", short(body)),
        Tie::Below(body) => format!("it is below {}", short(body)),
        Tie::SelectedBy(body) => {
            format!("selected by {} or bodies below it alone ({})", short(body), selectors(world, overseer))
        }
        Tie::Executive(body) if body == overseer => "it is of the executive or a provider".to_owned(),
        Tie::Executive(body) => format!("it is below {}, of the executive or a provider", short(body)),
        Tie::SelectedByExecutive => {
            format!("selected by the executive or providers alone ({})", selectors(world, overseer))
        }
    }
}

fn tied_to(tie: Tie) -> Option<InstitutionId> {
    match tie {
        Tie::Is(body) | Tie::Below(body) | Tie::SelectedBy(body) | Tie::Executive(body) => Some(body),
        Tie::SelectedByExecutive => None,
    }
}

fn lapse(world: &World<'_>, considered: &Considered) -> String {
    let graph = world.graph();
    let (overseer, _, overseen) = graph.link(considered.link);
    match considered.lapse {
        Some(Lapse::NotBegun) => "has not begun".to_owned(),
        Some(Lapse::Over) => "is over".to_owned(),
        Some(Lapse::Proposed) => "is only proposed".to_owned(),
        Some(Lapse::RepealedWithoutEnd) => "is repealed, without a known end".to_owned(),
        None => match [overseer, overseen].into_iter().find(|end| !world.exists(*end)) {
            Some(end) => format!("{} does not exist on the day", graph.short(graph.iri(end))),
            // A link that stands, between bodies that exist, is left out only where it is not believed.
            None => "is not verified".to_owned(),
        },
    }
}

fn rule(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Mechanism => "the norm does not ask for its mechanism",
        Refusal::ReachesNotDown => "its mechanism does not reach down",
        Refusal::ReachesNotThroughCabinet => "its mechanism does not reach down from the cabinet",
        Refusal::OverseerType => "its overseer is of none of the types asked for",
        Refusal::Out => "it does not count on the day",
        Refusal::OnPaper => "it is on paper only",
        Refusal::Itself => "its overseer is the body itself",
        Refusal::Tied(_) => "its overseer is not independent",
        Refusal::Free => "its overseer is independent",
    }
}

fn why_unbound(unbound: Unbound) -> &'static str {
    match unbound {
        Unbound::Absent => "it does not exist on the day",
        Unbound::Type => "it is of none of the types that the norm binds",
        Unbound::Power => "it holds none of the powers that the norm looks at",
        Unbound::NoSuchChild => "no body of the types asked for is directly below it",
        Unbound::OverseesNone => "it has no link in force over a body of the types asked for",
    }
}

fn count(world: &World<'_>, explanation: &Explanation<'_>) -> String {
    let norm = explanation.norm;
    if norm.polarity == Polarity::Forbid {
        let what = if norm.forbids_power() { "powers that it must not hold" } else { "links that offend" };
        let number = if norm.forbids_power() {
            let held = world.graph().institution(explanation.institution).powers;
            held.and(norm.scope.where_power).len()
        } else {
            explanation.links.iter().filter(|link| link.outcome.is_ok()).count()
        };
        return format!("count: {number} {what}");
    }
    let graph = world.graph();
    let mut tiers: BTreeMap<&str, Vec<InstitutionId>> = BTreeMap::new();
    for piece in explanation.links.iter().filter_map(|link| link.outcome.ok()) {
        let tier = match (piece.weak, piece.standing) {
            (true, _) => "weak",
            (false, Standing::InForce) => "in force",
            _ => "on paper",
        };
        tiers.entry(tier).or_default().push(graph.link(piece.link).0);
    }
    let counted: Vec<String> = ["in force", "on paper", "weak"]
        .iter()
        .map(|tier| {
            let overseers = tiers.entry(tier).or_default();
            overseers.sort_unstable();
            overseers.dedup();
            format!("{} {tier}", overseers.len())
        })
        .collect();
    let pillars = if norm.evidence.at_least_pillars > 1 {
        format!(" from {} pillars", norm.evidence.at_least_pillars)
    } else {
        String::new()
    };
    let all = if norm.evidence.all_mechanisms { ", with every mechanism" } else { "" };
    format!("count: overseers {}; needed {}{pillars}{all}", counted.join(", "), norm.evidence.at_least)
}

fn surveyed(finding: &Finding<'_>) -> String {
    match finding.surveyed {
        Some(Some(day)) => format!("surveyed: the record is stated to be complete on {day}"),
        Some(None) => "surveyed: the record is stated to be complete".to_owned(),
        None => {
            "not surveyed: nobody states that the record is complete, so silence means nothing".to_owned()
        }
    }
}
