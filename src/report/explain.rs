//! The derivation of one finding, as text and as JSON.

use super::body::granted;
use super::norm::{binds, names, norm_text, slugs};
use super::record::{EvidenceRecord, FindingRecord};
use super::table::printable;
use super::words::{Palette, basis, caveats, join, lack, period};
use crate::gaps::{
    Considered, Explanation, Finding, Piece, Refusal, Selection, Tally, Tie, Unbound, Verdict,
};
use crate::model::{Graph, InstitutionId, Lapse, Norm, Polarity, Standing, World};
use serde_json::{Value, json};
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
    let lead = if explanation.unbound.is_some() { "not bound" } else { "bound" };
    let _ = writeln!(text, "  {lead}: {}", printable(&scope(world, explanation, language)));
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
        let _ = writeln!(text, "  {}", printable(&count(world, explanation, language)));
        let _ = writeln!(text, "  {}", surveyed(finding));
        let verdict = palette.verdict(finding.verdict, finding.verdict.slug());
        let lacks = finding.verdict != Verdict::Met && norm.polarity == Polarity::Require;
        let lack = if lacks { format!("; missing: {}", lack(graph, finding)) } else { String::new() };
        let _ = writeln!(text, "  verdict: {verdict}{}", printable(&lack));
        if !finding.candidates.is_empty() {
            let _ = writeln!(text, "  exist and lack the link: {}", some(graph, &finding.candidates));
        }
    }
    text
}

/// How many bodies are named before the rest is only counted.
const NAMED: usize = 12;

/// Names the first few bodies: `ua/x, ua/y and 7 more`.
fn some(graph: &Graph, bodies: &[InstitutionId]) -> String {
    let named: Vec<&str> = bodies.iter().take(NAMED).map(|id| graph.short(graph.iri(*id))).collect();
    match bodies.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
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
            json!({
                "link": EvidenceRecord::new(graph, &piece),
                "admitted": considered.outcome.is_ok(),
                "standing": world.standing(considered.link).slug(),
                "rule": considered.outcome.err().map_or(admitted_as(explanation.norm), rule),
                "why": why(world, explanation, considered, "en"),
                "tied_to": considered.tie.and_then(tied_to).map(|body| graph.iri(body)),
                "selection_on_record": considered.outcome.ok().map(|piece| piece.selection != Selection::NotOnRecord),
            })
        })
        .collect();
    let iris = |bodies: &[InstitutionId]| -> Vec<&str> { bodies.iter().map(|id| graph.iri(*id)).collect() };
    let tally = |tally: &Tally| {
        json!({
            "overseers": iris(&tally.overseers),
            "pillars": tally.pillars.iter().map(|pillar| pillar.slug()).collect::<Vec<_>>(),
            "mechanisms": slugs(&graph.vocabulary.mechanisms, tally.mechanisms.iter()),
        })
    };
    let grounds = &explanation.grounds;
    let [in_force, with_paper, with_weak] = &explanation.tallies;
    json!({
        "norm": explanation.norm.id,
        "institution": graph.iri(explanation.institution),
        "as_of": world.day().to_string(),
        "bound": explanation.unbound.is_none(),
        "why_not_bound": explanation.unbound.map(why_unbound),
        "scope": {
            "types": slugs(&graph.vocabulary.types, grounds.types.iter()),
            "powers": slugs(&graph.vocabulary.powers, grounds.powers.iter()),
            "children": iris(&grounds.children),
            "oversees": iris(&grounds.wards),
        },
        "finding": explanation.finding.as_ref().map(|finding| FindingRecord::new(world, finding)),
        "needs": {
            "overseers": explanation.norm.evidence.at_least,
            "pillars": explanation.norm.evidence.at_least_pillars,
            "all_mechanisms": explanation.norm.evidence.all_mechanisms,
        },
        "counts": {
            "in_force": tally(in_force),
            "with_on_paper": tally(with_paper),
            "with_weak": tally(with_weak),
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
        why(world, explanation, considered, language),
    )
}

fn why(world: &World<'_>, explanation: &Explanation<'_>, considered: &Considered, language: &str) -> String {
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
            if overseer == explanation.institution {
                words.push("its overseer is the body itself".to_owned());
            } else {
                words.extend(independence(world, explanation.norm, overseer, considered.tie));
            }
            words.join("; ")
        }
        Err(Refusal::Out) => lapse(world, considered),
        Err(Refusal::Tied(_) | Refusal::Free) => {
            let independence = independence(world, explanation.norm, overseer, considered.tie);
            independence.unwrap_or_default()
        }
        Err(refusal @ Refusal::OverseerType) => {
            let types = graph.institution(overseer).types.iter();
            let own = names(graph, &graph.vocabulary.types, types, language, "and");
            let own = if own.is_empty() { "no type on record".to_owned() } else { own };
            format!("{} ({own})", rule(refusal))
        }
        Err(refusal) => rule(refusal).to_owned(),
    }
}

/// Tells whether the overseer is independent as the norm asks, and why; nothing where the norm does not ask.
fn independence(world: &World<'_>, norm: &Norm, overseer: InstitutionId, tie: Option<Tie>) -> Option<String> {
    let of = norm.evidence.independent_of?;
    let graph = world.graph();
    Some(match tie {
        Some(tie) => format!("not independent of the {of}: {}", tied(world, tie, overseer)),
        None if graph.institution(overseer).types.meets(graph.vocabulary.tenured) => {
            format!("independent of the {of}: by tenure")
        }
        None if world.selectors(overseer).is_empty() => {
            format!("independent of the {of}: selection not on record")
        }
        None => format!("independent of the {of}: selected by {}", selectors(world, overseer)),
    })
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

/// Tells by what of the body the norm binds it; or why it does not, and whom it binds.
fn scope(world: &World<'_>, explanation: &Explanation<'_>, language: &str) -> String {
    let graph = world.graph();
    let (norm, grounds) = (explanation.norm, &explanation.grounds);
    if let Some(unbound) = explanation.unbound {
        return format!("{}; the norm binds {}", why_unbound(unbound), binds(graph, norm, language));
    }
    let mut text = format!(
        "it is of the type {}",
        names(graph, &graph.vocabulary.types, grounds.types.iter(), language, "and")
    );
    if !grounds.powers.is_empty() && !norm.forbids_power() {
        let powers = names(graph, &graph.vocabulary.powers, grounds.powers.iter(), language, "and");
        let _ = write!(text, ", holds the power of {powers}");
    }
    if !grounds.children.is_empty() {
        let _ = write!(text, ", directly below it is {}", some(graph, &grounds.children));
    }
    if !grounds.wards.is_empty() {
        let _ = write!(text, ", oversees {}", some(graph, &grounds.wards));
    }
    text
}

fn count(world: &World<'_>, explanation: &Explanation<'_>, language: &str) -> String {
    let graph = world.graph();
    let norm = explanation.norm;
    if norm.forbids_power() {
        let held: Vec<String> = explanation
            .grounds
            .powers
            .iter()
            .map(|power| {
                let name = names(graph, &graph.vocabulary.powers, std::iter::once(power), language, "");
                format!("{name} ({})", granted(graph, explanation.institution, power))
            })
            .collect();
        return if held.is_empty() {
            "it holds no power that the norm forbids".to_owned()
        } else {
            format!("it holds what the norm forbids: {}", held.join(", "))
        };
    }
    if norm.polarity == Polarity::Forbid {
        return match explanation.links.iter().filter(|link| link.outcome.is_ok()).count() {
            1 => "count: 1 link offends; none may".to_owned(),
            number => format!("count: {number} links offend; none may"),
        };
    }
    let [in_force, with_paper, with_weak] = &explanation.tallies;
    let asked = &norm.evidence;
    let tally = |tally: &Tally| {
        let overseers = if tally.overseers.len() == 1 { "overseer" } else { "overseers" };
        let mut text = format!("{} {overseers}", tally.overseers.len());
        if asked.at_least_pillars > 1 {
            let pillars: Vec<&str> = tally.pillars.iter().map(|pillar| pillar.slug()).collect();
            let _ = write!(text, " from {} pillars ({})", pillars.len(), pillars.join(", "));
        }
        if asked.all_mechanisms {
            let mechanisms = slugs(&graph.vocabulary.mechanisms, tally.mechanisms.iter());
            let _ = write!(
                text,
                " by {}",
                if mechanisms.is_empty() { "nothing".into() } else { join(&mechanisms, "and") }
            );
        }
        text
    };
    let mut text = format!("count: {} in force", tally(in_force));
    if with_paper != in_force {
        let _ = write!(text, "; {} with those on paper", tally(with_paper));
    }
    if with_weak != with_paper {
        let _ = write!(text, "; {} with weak ones", tally(with_weak));
    }
    let _ = write!(text, "; needed: {}", asked.at_least);
    if asked.at_least_pillars > 1 {
        let _ = write!(text, " from {} pillars", asked.at_least_pillars);
    }
    if asked.all_mechanisms {
        let mechanisms = slugs(&graph.vocabulary.mechanisms, asked.mechanisms.iter());
        let _ = write!(text, " by {}", join(&mechanisms, "and"));
    }
    text
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
