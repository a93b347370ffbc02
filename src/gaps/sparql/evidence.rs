//! The links that speak for a norm, counted, and those that offend it.

use super::pattern::Counts;
use super::{Lines, Pattern, Tier, asked};
use crate::model::{Effect, Pillar, Polarity, TypeSet};

impl Pattern<'_> {
    /// Binds the counts of the evidence of a tier.
    pub(super) fn count(&self, tier: Tier, out: &mut Counts) {
        let name = name(tier);
        let mut counts = vec![("DISTINCT ?overseer", format!("?overseers{name}"))];
        if tier != Tier::OrWeak {
            if self.counts_pillars() {
                counts.push(("DISTINCT ?pillar", format!("?pillars{name}")));
            }
            if self.counts_mechanisms() {
                counts.push(("DISTINCT ?mechanism", format!("?mechanisms{name}")));
            }
        }
        self.counted(&counts, out, |out| {
            self.independent(tier, out);
            if tier != Tier::OrWeak {
                self.pillar(out);
            }
        });
    }

    /// Whether the counts of sound evidence do not satisfy the norm. Said without a negation: Virtuoso 7.2 gets one
    /// around a group wrong where the query asks for distinct rows.
    pub(in crate::gaps) fn lacks(&self) -> String {
        let asked = &self.norm.evidence;
        let mut text = format!("?overseers < {}", asked.at_least);
        if self.counts_pillars() {
            text.push_str(&format!(" || ?pillars < {}", asked.at_least_pillars));
        }
        if self.counts_mechanisms() {
            text.push_str(&format!(" || ?mechanisms < {}", asked.mechanisms.len()));
        }
        text
    }

    /// Whether the counts of a tier satisfy the norm.
    pub(in crate::gaps) fn enough(&self, tier: Tier) -> String {
        let (asked, name) = (&self.norm.evidence, name(tier));
        let mut text = format!("?overseers{name} >= {}", asked.at_least);
        if self.counts_pillars() {
            text.push_str(&format!(" && ?pillars{name} >= {}", asked.at_least_pillars));
        }
        if self.counts_mechanisms() {
            text.push_str(&format!(" && ?mechanisms{name} = {}", asked.mechanisms.len()));
        }
        text
    }

    /// Counts the links in force that are such as the norm forbids.
    pub(super) fn offences(&self, out: &mut Counts) {
        let focus = self.focus;
        out.lines.comment("Links in force such as the norm forbids.");
        self.counted(&[("?overseer", "?offends".to_owned())], out, |out| {
            let Some(of) = self.norm.evidence.independent_of else {
                self.links(Tier::Sound, out);
                return;
            };
            out.open("{");
            self.tied(of, "?ties > 0", Tier::Sound, out);
            out.turn("} UNION {");
            out.comment("Its own link over itself.");
            let own = self.link("?link", "?overseer", "?mechanism");
            out.line(format!(
                "{} {own} ?link ov:overseen {focus} . FILTER(?overseer = {focus})",
                self.bound_by_type()
            ));
            self.mechanism_is("?mechanism", asked(self.graph, self.norm.evidence.mechanisms), out);
            self.fits(Tier::Sound, out);
            out.close("}");
        });
    }

    /// `?overseer` and `?mechanism` of the links that count over the focus or over a body above it, less its own; weak ones
    /// too, where the tier says so. A subselect, for Virtuoso 7.2 loses filters between a `UNION` and an `OPTIONAL`.
    pub(super) fn links(&self, tier: Tier, out: &mut Lines) {
        let (focus, vocabulary) = (self.focus, &self.graph.vocabulary);
        let wanted = asked(self.graph, self.norm.evidence.mechanisms);
        let down = wanted.and(vocabulary.extends_down);
        let (bound, link) = (self.bound_by_type(), self.link("?link", "?overseer", "?mechanism"));
        out.open("{");
        out.open(format!("SELECT DISTINCT {focus} ?overseer ?mechanism WHERE {{"));
        // A group around one branch alone would do no harm, but Virtuoso 7.2 loses the filters behind it.
        if down.is_empty() {
            out.comment("Over the body itself (no mechanism asked for reaches down).");
        } else {
            out.open("{");
            out.comment("Over the body itself,");
        }
        out.line(&bound);
        out.line(format!("?link ov:overseen {focus} . {link}"));
        self.mechanism_is("?mechanism", wanted, out);
        if !down.is_empty() {
            out.turn("} UNION {");
            out.comment("or over a body above it, by a mechanism that reaches down.");
            out.line(&bound);
            out.line(format!("{focus} org:subOrganizationOf+ ?above . FILTER(?above != {focus})"));
            out.line(format!("?link ov:overseen ?above . {link}"));
            self.mechanism_is("?mechanism", down, out);
            self.lives("?above", out);
            let through = down.and(vocabulary.extends_through_cabinet);
            if through != down && !vocabulary.cabinet.is_empty() {
                out.comment("From the cabinet only some reach down.");
                let cabinet = format!("NOT EXISTS {{ {} }}", self.of("?above", vocabulary.cabinet));
                out.line(if through.is_empty() {
                    format!("FILTER {cabinet}")
                } else {
                    format!("FILTER(?mechanism IN ({}) || {cabinet})", self.mechanisms(through))
                });
            }
            out.close("}");
        }
        self.fits(tier, out);
        out.line(format!("FILTER(?overseer != {focus})"));
        if self.norm.polarity == Polarity::Require && tier != Tier::OrWeak {
            self.not_weak(out);
        }
        out.close("}");
        out.close("}");
    }

    /// Says that a link counts and that its overseer is of the types asked for.
    fn fits(&self, tier: Tier, out: &mut Lines) {
        self.stands("?link", tier, out);
        self.lives("?overseer", out);
        let overseers = &self.norm.evidence.overseers;
        if !overseers.named.is_empty() {
            self.is_of("?overseer", overseers.all, out);
        }
    }

    fn mechanism_is(&self, variable: &str, set: crate::model::MechanismSet, out: &mut Lines) {
        if set != self.graph.vocabulary.mechanisms.all() {
            out.line(format!("FILTER({variable} IN ({}))", self.mechanisms(set)));
        }
    }

    fn not_weak(&self, out: &mut Lines) {
        let asked = &self.norm.evidence;
        let weaker: Vec<String> = Effect::ALL
            .iter()
            .filter(|effect| asked.least_effect.is_some_and(|least| **effect < least))
            .map(|effect| format!("effect:{effect}"))
            .collect();
        if !weaker.is_empty() {
            out.comment("Not weak: no effect below the least that is asked for,");
            out.line(format!(
                "FILTER NOT EXISTS {{ ?link ov:effect ?effect . FILTER(?effect IN ({})) }}",
                weaker.join(", ")
            ));
        }
        if !asked.excludes_limits.is_empty() {
            out.comment("Not weak: none of these limits.");
            out.line(format!(
                "FILTER NOT EXISTS {{ ?link ov:limit ?limit . FILTER(?limit IN ({})) }}",
                self.list(&self.graph.vocabulary.limits, asked.excludes_limits)
            ));
        }
    }

    /// Whether pillars have to be counted: one pillar comes with any overseer whose type has one.
    fn counts_pillars(&self) -> bool {
        let asked = &self.norm.evidence;
        let every = Pillar::ALL
            .iter()
            .fold(TypeSet::default(), |all, pillar| all.or(self.graph.vocabulary.pillar_types(*pillar)));
        let given = !asked.overseers.named.is_empty() && asked.overseers.all.without(every).is_empty();
        asked.at_least_pillars > 1 || !given
    }

    pub(super) fn counts_mechanisms(&self) -> bool {
        self.norm.evidence.all_mechanisms && !self.norm.evidence.mechanisms.is_empty()
    }

    /// Binds `?pillar`: the group of each of the overseer's types.
    fn pillar(&self, out: &mut Lines) {
        if !self.counts_pillars() {
            return;
        }
        let types = |pillar: &Pillar| self.graph.vocabulary.pillar_types(*pillar);
        let present: Vec<&Pillar> = Pillar::ALL.iter().filter(|pillar| !types(pillar).is_empty()).collect();
        let every = present.iter().fold(TypeSet::default(), |all, pillar| all.or(types(pillar)));
        out.comment("The pillar of an overseer is the group of its type.");
        out.open("OPTIONAL {");
        out.line(format!("?overseer org:classification ?kind . FILTER(?kind IN ({}))", self.types(every)));
        // The type itself is never taken. Virtuoso 7.2 computes this where there is no type, too, and must find nothing.
        out.open("BIND(");
        for pillar in &present {
            out.line(format!("IF(?kind IN ({}), pillar:{pillar},", self.types(types(pillar))));
        }
        out.close(format!("?kind{} AS ?pillar)", ")".repeat(present.len())));
        out.close("}");
    }
}

fn name(tier: Tier) -> &'static str {
    match tier {
        Tier::Sound => "",
        Tier::OrOnPaper => "OrOnPaper",
        Tier::OrWeak => "OrWeak",
    }
}
