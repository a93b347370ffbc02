//! The derivation of one finding, as text and as JSON.

use super::record::{EvidenceRecord, FindingRecord};
use super::table::printable;
use super::words::{Palette, basis, caveats, lack, period};
use super::{binds, norm_text};
use crate::gaps::{Considered, Explanation, Finding, Piece, Refusal, Selection, Tie, Unbound, Verdict};
use crate::model::{InstitutionId, Lapse, Norm, Polarity, Standing, World};
use crate::wording::phrases::{self, Phrase};
use crate::wording::{Tongue, Wording};
use serde_json::{Value, json};
use std::collections::BTreeSet;
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
    let scope = match explanation.unbound {
        Some(unbound) => w.fill(phrases::NOT_BOUND, &[&w.say(why_unbound(unbound))]),
        None => w.fill(phrases::BOUND, &[&printable(&binds(graph, norm, language))]),
    };
    let _ = writeln!(text, "  {scope}");
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
    if let Some(finding) = &explanation.finding {
        let _ = writeln!(text, "  {}", printable(&count(world, explanation, w)));
        let _ = writeln!(text, "  {}", surveyed(finding, w));
        let verdict = palette.verdict(finding.verdict, w.verdict(finding.verdict));
        let lacks = finding.verdict != Verdict::Met && norm.polarity == Polarity::Require;
        let lack = lacks.then(|| format!("; {}", w.fill(phrases::MISSING, &[&lack(graph, finding, w)])));
        let lack = printable(&lack.unwrap_or_default());
        let _ = writeln!(text, "  {}{lack}", w.fill(phrases::VERDICT_IS, &[&verdict]));
        if !finding.candidates.is_empty() {
            let ids: Vec<&str> = finding.candidates.iter().map(|id| graph.short(graph.iri(*id))).collect();
            let _ = writeln!(text, "  {}", w.fill(phrases::LACK_THE_LINK, &[&ids.join(", ")]));
        }
    }
    text
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
            let tie = match considered.outcome {
                Err(Refusal::Tied(tie)) => Some(tie),
                _ => None,
            };
            json!({
                "link": EvidenceRecord::new(graph, &piece),
                "admitted": considered.outcome.is_ok(),
                "standing": world.standing(considered.link).slug(),
                "rule": w.say(considered.outcome.err().map_or(admitted_as(explanation.norm), rule)),
                "why": why(world, explanation, considered, w),
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
        "why_not_bound": explanation.unbound.map(|unbound| w.say(why_unbound(unbound))),
        "finding": explanation.finding.as_ref().map(|finding| FindingRecord::new(world, finding)),
        "needs": {
            "overseers": explanation.norm.evidence.at_least,
            "pillars": explanation.norm.evidence.at_least_pillars,
            "all_mechanisms": explanation.norm.evidence.all_mechanisms,
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
            words.extend(independence(world, explanation.norm, overseer, piece, w));
            words.join("; ")
        }
        Err(Refusal::Out) => lapse(world, considered, w),
        Err(Refusal::Tied(tie)) => w.fill(phrases::NOT_INDEPENDENT, &[&tied(world, tie, overseer, w)]),
        Err(refusal) => w.say(rule(refusal)).to_owned(),
    }
}

fn independence(
    world: &World<'_>,
    norm: &Norm,
    overseer: InstitutionId,
    piece: Piece,
    w: Wording<'_, '_>,
) -> Option<String> {
    let of = w.of_whom(norm.evidence.independent_of?);
    if norm.polarity == Polarity::Forbid {
        return Some(w.fill(phrases::DEPENDENT_OR_ITSELF, &[&of]));
    }
    let selection = match piece.selection {
        Selection::NotAsked => w.say(phrases::BY_TENURE).to_owned(),
        Selection::NotOnRecord => w.say(phrases::SELECTION_NOT_ON_RECORD).to_owned(),
        Selection::OnRecord => w.fill(phrases::SELECTED_BY, &[&selectors(world, overseer)]),
    };
    Some(w.fill(phrases::INDEPENDENT_BY, &[&of, &selection]))
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

fn count(world: &World<'_>, explanation: &Explanation<'_>, w: Wording<'_, '_>) -> String {
    let graph = world.graph();
    let norm = explanation.norm;
    let admitted = || explanation.links.iter().filter_map(|link| link.outcome.ok());
    if norm.polarity == Polarity::Forbid {
        let what = if norm.forbids_power() {
            let held = graph.institution(explanation.institution).powers;
            w.count(phrases::POWERS_FORBIDDEN, held.and(norm.scope.where_power).len())
        } else {
            w.count(phrases::LINKS_OFFENDING, admitted().count())
        };
        return w.fill(phrases::COUNT, &[&what]);
    }
    let overseers = |counts: &dyn Fn(&Piece) -> bool| {
        let pieces = admitted().filter(|piece| counts(piece));
        pieces.map(|piece| graph.link(piece.link).0).collect::<BTreeSet<_>>().len()
    };
    let mut text = w.fill(
        phrases::COUNT_OVERSEERS,
        &[
            &overseers(&|piece| !piece.weak && piece.standing == Standing::InForce),
            &overseers(&|piece| !piece.weak && piece.standing != Standing::InForce),
            &overseers(&|piece| piece.weak),
            &norm.evidence.at_least,
        ],
    );
    if norm.evidence.at_least_pillars > 1 {
        text.push_str(&w.fill(phrases::COUNT_PILLARS, &[&norm.evidence.at_least_pillars]));
    }
    if norm.evidence.all_mechanisms {
        text.push_str(w.say(phrases::WITH_EVERY_MECHANISM));
    }
    w.fill(phrases::COUNT, &[&text])
}

fn surveyed(finding: &Finding<'_>, w: Wording<'_, '_>) -> String {
    match finding.surveyed {
        Some(Some(day)) => w.fill(phrases::SURVEYED_ON, &[&day]),
        Some(None) => w.say(phrases::SURVEYED).to_owned(),
        None => w.say(phrases::NOT_SURVEYED).to_owned(),
    }
}
