//! The derivation of one finding, as text and as JSON.

use super::body::granted;
use super::norm::slugs;
use super::record::{EvidenceRecord, FindingRecord};
use super::table::printable;
use super::words::{Palette, basis, caveats, lack, period};
use super::{binds, norm_text};
use crate::gaps::{
    Considered, Explanation, Finding, Piece, Refusal, Selection, Tally, Tie, Unbound, Verdict,
};
use crate::model::{InstitutionId, Lapse, Norm, Polarity, Standing, World};
use crate::wording::phrases::{self, Phrase};
use crate::wording::{Tongue, Wording};
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
    let w = Wording::new(graph, language);
    let name = printable(w.name(id));
    let place = w.fill(phrases::ON_DAY, &[&graph.short(graph.iri(id)), &world.day()]);
    let _ = writeln!(text, "\n{} {}", palette.bold(&name), palette.dim(&place));
    let lead = if explanation.unbound.is_some() { phrases::NOT_BOUND } else { phrases::BOUND };
    let _ = writeln!(text, "  {}", w.fill(lead, &[&printable(&scope(world, explanation, language, w))]));
    let (looked_at, other): (Vec<&Considered>, Vec<&Considered>) =
        explanation.links.iter().partition(|link| link.outcome != Err(Refusal::Mechanism));
    for (lead, admitted) in [(admitted_as(norm), true), (phrases::REFUSED, false)] {
        let links: Vec<&&Considered> = looked_at.iter().filter(|l| l.outcome.is_ok() == admitted).collect();
        if !links.is_empty() {
            let _ = writeln!(text, "  {}:", w.say(lead));
        }
        for link in links {
            let _ = writeln!(text, "    {}", printable(&line(world, explanation, link, w)));
        }
    }
    if !other.is_empty() {
        let _ = writeln!(text, "  {}", w.count(phrases::LINKS_NOT_ASKED_FOR, other.len()));
    }
    if explanation.unbound.is_some() {
        let _ = writeln!(text, "  {}", w.say(phrases::NO_VERDICT));
    }
    if let Some(finding) = &explanation.finding {
        let _ = writeln!(text, "  {}", printable(&count(world, explanation, w)));
        let _ = writeln!(text, "  {}", surveyed(finding, w));
        let verdict = palette.verdict(finding.verdict, w.verdict(finding.verdict));
        let lacks = finding.verdict != Verdict::Met && norm.polarity == Polarity::Require;
        let lack = lacks.then(|| format!("; {}", w.fill(phrases::MISSING, &[&lack(graph, finding, w)])));
        let lack = printable(&lack.unwrap_or_default());
        let _ = writeln!(text, "  {}{lack}", w.fill(phrases::VERDICT_IS, &[&verdict]));
        if !finding.candidates.is_empty() {
            let _ = writeln!(
                text,
                "  {}",
                w.fill(phrases::LACK_THE_LINK, &[&some(world, &finding.candidates, w)])
            );
        }
    }
    text
}

/// How many bodies are named before the rest is only counted.
const NAMED: usize = 12;

/// Names the first few bodies: `ua/x, ua/y and 7 more`.
fn some(world: &World<'_>, bodies: &[InstitutionId], w: Wording<'_, '_>) -> String {
    let graph = world.graph();
    let named: Vec<&str> = bodies.iter().take(NAMED).map(|id| graph.short(graph.iri(*id))).collect();
    match bodies.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => named.join(", ") + &w.fill(phrases::AND_MORE, &[&more]),
    }
}

/// Returns the derivation as JSON, in English: scope, the finding as `gaps --format json` gives it, every link with
/// its rule.
pub fn explanation_json(world: &World<'_>, explanation: &Explanation<'_>) -> Value {
    let graph = world.graph();
    let w = Wording::new(graph, Tongue::English.tag());
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
                "rule": w.say(considered.outcome.err().map_or(admitted_as(explanation.norm), rule)),
                "why": why(world, explanation, considered, w),
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
        "why_not_bound": explanation.unbound.map(|unbound| w.say(why_unbound(unbound))),
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

fn admitted_as(norm: &Norm) -> Phrase {
    match norm.polarity {
        Polarity::Require => phrases::EVIDENCE,
        Polarity::Forbid => phrases::OFFENDS,
    }
}

fn line(
    world: &World<'_>,
    explanation: &Explanation<'_>,
    considered: &Considered,
    w: Wording<'_, '_>,
) -> String {
    let graph = world.graph();
    let (overseer, link, overseen) = graph.link(considered.link);
    let over = if considered.inherited {
        format!(" {}", w.fill(phrases::OVER, &[&graph.short(graph.iri(overseen))]))
    } else {
        String::new()
    };
    format!(
        "{}{over}, {}, {}: {}",
        w.fill(phrases::LINK_BY, &[&w.mechanism(link), &w.name(overseer)]),
        basis(graph, link, w),
        period(link.interval, w, phrases::START_UNKNOWN),
        why(world, explanation, considered, w),
    )
}

fn why(
    world: &World<'_>,
    explanation: &Explanation<'_>,
    considered: &Considered,
    w: Wording<'_, '_>,
) -> String {
    let graph = world.graph();
    let (overseer, link, _) = graph.link(considered.link);
    match considered.outcome {
        Ok(piece) => {
            let in_force = piece.standing == Standing::InForce;
            let mut words =
                vec![w.say(if in_force { phrases::IN_FORCE } else { phrases::ON_PAPER }).to_owned()];
            if considered.inherited {
                words.push(w.say(phrases::REACHES_DOWN).to_owned());
            }
            words.extend(caveats(graph, link, piece.standing, piece.weak.then_some(explanation.norm), w));
            if overseer == explanation.institution {
                words.push(w.say(phrases::RULE_ITSELF).to_owned());
            } else {
                words.extend(independence(world, explanation.norm, overseer, considered.tie, w));
            }
            words.join("; ")
        }
        Err(Refusal::Out) => lapse(world, considered, w),
        Err(Refusal::Tied(_) | Refusal::Free) => {
            independence(world, explanation.norm, overseer, considered.tie, w).unwrap_or_default()
        }
        Err(refusal @ Refusal::OverseerType) => {
            let types = w.terms(&graph.vocabulary.types, graph.institution(overseer).types.iter());
            let own = if types.is_empty() {
                w.say(phrases::NO_TYPE_ON_RECORD).to_owned()
            } else {
                w.all_of(&types)
            };
            format!("{} ({own})", w.say(rule(refusal)))
        }
        Err(refusal) => w.say(rule(refusal)).to_owned(),
    }
}

/// Tells whether the overseer is independent as the norm asks, and why; nothing where the norm does not ask.
fn independence(
    world: &World<'_>,
    norm: &Norm,
    overseer: InstitutionId,
    tie: Option<Tie>,
    w: Wording<'_, '_>,
) -> Option<String> {
    let of = w.of_whom(norm.evidence.independent_of?);
    let graph = world.graph();
    let why = match tie {
        Some(tie) => {
            return Some(w.fill(phrases::NOT_INDEPENDENT, &[&of, &tied(world, tie, overseer, w)]));
        }
        None if graph.institution(overseer).types.meets(graph.vocabulary.tenured) => {
            w.say(phrases::BY_TENURE).to_owned()
        }
        None if world.selectors(overseer).is_empty() => w.say(phrases::SELECTION_NOT_ON_RECORD).to_owned(),
        None => w.fill(phrases::SELECTED_BY, &[&selectors(world, overseer)]),
    };
    Some(w.fill(phrases::INDEPENDENT_BY, &[&of, &why]))
}

fn selectors(world: &World<'_>, overseer: InstitutionId) -> String {
    let graph = world.graph();
    let mut ids: Vec<&str> = world.selectors(overseer).iter().map(|id| graph.short(graph.iri(*id))).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(", ")
}

fn tied(world: &World<'_>, tie: Tie, overseer: InstitutionId, w: Wording<'_, '_>) -> String {
    let graph = world.graph();
    let body = tied_to(tie).map_or("", |body| graph.short(graph.iri(body)));
    let selectors = || selectors(world, overseer);
    match tie {
        Tie::Is(_) => w.fill(phrases::TIE_IS, &[&body]),
        Tie::Below(_) => w.fill(phrases::TIE_BELOW, &[&body]),
        Tie::SelectedBy(_) => w.fill(phrases::TIE_SELECTED, &[&body, &selectors()]),
        Tie::Executive(id) if id == overseer => w.say(phrases::TIE_EXECUTIVE).to_owned(),
        Tie::Executive(_) => w.fill(phrases::TIE_BELOW_EXECUTIVE, &[&body]),
        Tie::SelectedByExecutive => w.fill(phrases::TIE_SELECTED_EXECUTIVE, &[&selectors()]),
    }
}

fn tied_to(tie: Tie) -> Option<InstitutionId> {
    match tie {
        Tie::Is(body) | Tie::Below(body) | Tie::SelectedBy(body) | Tie::Executive(body) => Some(body),
        Tie::SelectedByExecutive => None,
    }
}

fn lapse(world: &World<'_>, considered: &Considered, w: Wording<'_, '_>) -> String {
    let graph = world.graph();
    let (overseer, _, overseen) = graph.link(considered.link);
    let lapse = match considered.lapse {
        Some(Lapse::NotBegun) => phrases::NOT_BEGUN,
        Some(Lapse::Over) => phrases::OVER_NOW,
        Some(Lapse::Proposed) => phrases::ONLY_PROPOSED,
        Some(Lapse::RepealedWithoutEnd) => phrases::REPEALED_WITHOUT_END,
        None => match [overseer, overseen].into_iter().find(|end| !world.exists(*end)) {
            Some(end) => return w.fill(phrases::END_DOES_NOT_EXIST, &[&graph.short(graph.iri(end))]),
            // A link that stands, between bodies that exist, is left out only where it is not believed.
            None => phrases::IS_NOT_VERIFIED,
        },
    };
    w.say(lapse).to_owned()
}

fn rule(refusal: Refusal) -> Phrase {
    match refusal {
        Refusal::Mechanism => phrases::RULE_MECHANISM,
        Refusal::ReachesNotDown => phrases::RULE_NOT_DOWN,
        Refusal::ReachesNotThroughCabinet => phrases::RULE_NOT_THROUGH_CABINET,
        Refusal::OverseerType => phrases::RULE_OVERSEER_TYPE,
        Refusal::Out => phrases::RULE_OUT,
        Refusal::OnPaper => phrases::RULE_ON_PAPER,
        Refusal::Itself => phrases::RULE_ITSELF,
        Refusal::Tied(_) => phrases::RULE_TIED,
        Refusal::Free => phrases::RULE_FREE,
    }
}

fn why_unbound(unbound: Unbound) -> Phrase {
    match unbound {
        Unbound::Absent => phrases::UNBOUND_ABSENT,
        Unbound::Type => phrases::UNBOUND_TYPE,
        Unbound::Power => phrases::UNBOUND_POWER,
        Unbound::NoSuchChild => phrases::UNBOUND_CHILD,
        Unbound::OverseesNone => phrases::UNBOUND_OVERSEES,
    }
}

/// Tells by what of the body the norm binds it; or why it does not, and whom it binds.
fn scope(world: &World<'_>, explanation: &Explanation<'_>, language: &str, w: Wording<'_, '_>) -> String {
    let vocabulary = &world.graph().vocabulary;
    let (norm, grounds) = (explanation.norm, &explanation.grounds);
    if let Some(unbound) = explanation.unbound {
        let bound = binds(world.graph(), norm, language);
        return w.fill(phrases::THE_NORM_BINDS, &[&w.say(why_unbound(unbound)), &bound]);
    }
    let types = w.terms(&vocabulary.types, grounds.types.iter());
    let mut parts = vec![w.fill(phrases::IS_OF_THE_TYPE, &[&w.all_of(&types)])];
    if !grounds.powers.is_empty() && !norm.forbids_power() {
        let powers = w.terms(&vocabulary.powers, grounds.powers.iter());
        parts.push(w.fill(phrases::HOLDS_POWER, &[&w.all_of(&powers)]));
    }
    if !grounds.children.is_empty() {
        parts.push(w.fill(phrases::DIRECTLY_BELOW, &[&some(world, &grounds.children, w)]));
    }
    if !grounds.wards.is_empty() {
        parts.push(w.fill(phrases::OVERSEES, &[&some(world, &grounds.wards, w)]));
    }
    parts.join(", ")
}

fn count(world: &World<'_>, explanation: &Explanation<'_>, w: Wording<'_, '_>) -> String {
    let vocabulary = &world.graph().vocabulary;
    let norm = explanation.norm;
    if norm.forbids_power() {
        let held: Vec<String> = explanation
            .grounds
            .powers
            .iter()
            .map(|power| {
                let provision = granted(world.graph(), explanation.institution, power, w);
                format!("{} ({provision})", w.term(&vocabulary.powers, power))
            })
            .collect();
        return if held.is_empty() {
            w.say(phrases::HOLDS_NOTHING_FORBIDDEN).to_owned()
        } else {
            w.fill(phrases::HOLDS_FORBIDDEN, &[&held.join(", ")])
        };
    }
    if norm.polarity == Polarity::Forbid {
        let number = explanation.links.iter().filter(|link| link.outcome.is_ok()).count();
        return w.fill(phrases::COUNT_NONE_MAY, &[&w.count(phrases::LINKS_OFFENDING, number)]);
    }
    let [in_force, with_paper, with_weak] = &explanation.tallies;
    let asked = &norm.evidence;
    let tally = |tally: &Tally| {
        let mut text = w.count(phrases::OVERSEERS, tally.overseers.len());
        if asked.at_least_pillars > 1 {
            let pillars: Vec<String> = tally.pillars.iter().map(|pillar| w.pillar(*pillar)).collect();
            text += &w.fill(phrases::FROM_THE_PILLARS, &[&pillars.len(), &pillars.join(", ")]);
        }
        if asked.all_mechanisms {
            let mechanisms = w.terms(&vocabulary.mechanisms, tally.mechanisms.iter());
            let by = if mechanisms.is_empty() {
                w.say(phrases::BY_NOTHING).to_owned()
            } else {
                w.all_of(&mechanisms)
            };
            text += &w.fill(phrases::BY_MEANS, &[&by]);
        }
        text
    };
    let mut text = w.fill(phrases::COUNT_IN_FORCE, &[&tally(in_force)]);
    if with_paper != in_force {
        text += &w.fill(phrases::COUNT_WITH_PAPER, &[&tally(with_paper)]);
    }
    if with_weak != with_paper {
        text += &w.fill(phrases::COUNT_WITH_WEAK, &[&tally(with_weak)]);
    }
    text += &w.fill(phrases::COUNT_NEEDED, &[&asked.at_least]);
    if asked.at_least_pillars > 1 {
        text += &w.fill(phrases::COUNT_PILLARS, &[&asked.at_least_pillars]);
    }
    if asked.all_mechanisms {
        let mechanisms = w.terms(&vocabulary.mechanisms, asked.mechanisms.iter());
        text += &w.fill(phrases::BY_MEANS, &[&w.all_of(&mechanisms)]);
    }
    text
}

fn surveyed(finding: &Finding<'_>, w: Wording<'_, '_>) -> String {
    match finding.surveyed {
        Some(Some(day)) => w.fill(phrases::SURVEYED_ON, &[&day]),
        Some(None) => w.say(phrases::SURVEYED).to_owned(),
        None => w.say(phrases::NOT_SURVEYED).to_owned(),
    }
}
