//! The overseers that are not independent of the body, or of those above it.

use super::{Lines, Pattern, Tier};
use crate::model::{Independence, Pillar, TypeSet};

/// How many levels of superiors, up to the first executive body, are followed. SPARQL paths cannot stop at a node
/// of a kind, so the way up to the ministry is written out.
const LEVELS: usize = 8;

/// From whom links of selection must come for the overseer to count as selected by one side alone.
#[derive(Clone, Copy)]
enum Near {
    /// From this body or bodies below it.
    Within(&'static str),
    /// From bodies of the executive or provider group.
    Executive,
}

impl Pattern<'_> {
    /// The links that count, less those whose overseer is not independent as the norm asks.
    pub(super) fn independent(&self, tier: Tier, out: &mut Lines) {
        match self.norm.evidence.independent_of {
            None => self.links(tier, out),
            Some(of) => {
                out.comment("Overseers that are independent: nothing speaks for a tie.");
                self.tied(of, "?ties < 1", tier, out);
                if of != Independence::Executive && tier != Tier::OrWeak && self.counts_mechanisms() {
                    self.links(tier, out);
                }
            }
        }
    }

    /// `?overseer` of the links that count, of whom so many ties are known. Said by counting: Virtuoso 7.2 loses rows of
    /// an `OPTIONAL` within another, and of the ties joined as they are; and its equations fail beside a group.
    pub(super) fn tied(&self, of: Independence, ties: &str, tier: Tier, out: &mut Lines) {
        out.open("{");
        if of == Independence::Executive {
            let (group, tie) = self.grouped("?overseer");
            out.open(format!("SELECT {group} (COUNT(?dependent) AS ?ties) WHERE {{"));
            out.open("{");
            out.line(format!("{tie}?overseer a ov:Institution ."));
            out.turn("} UNION {");
            self.dependent(out);
            out.close("}");
            out.close(format!("}} GROUP BY {group}"));
            out.close("}");
            out.line(format!("FILTER({ties})"));
            self.links(tier, out);
            return;
        }
        let group = format!("{} ?overseer", self.focus);
        out.open(format!(
            "SELECT {group} (COUNT(?mechanism) AS ?speaks) (COUNT(?dependent) AS ?ties) WHERE {{"
        ));
        out.open("{");
        self.links(tier, out);
        out.turn("} UNION {");
        self.dependent(out);
        out.close("}");
        out.close(format!("}} GROUP BY {group}"));
        out.close("}");
        out.line(format!("FILTER(?speaks > 0 && {ties})"));
    }

    /// Binds `?overseer` to those that are not independent, and `?dependent`.
    fn dependent(&self, out: &mut Lines) {
        let (focus, Some(of)) = (self.focus, self.norm.evidence.independent_of) else { return };
        let (group, tie) = match of {
            Independence::Overseen | Independence::Ministry => self.grouped(&format!("{focus} ?overseer")),
            Independence::Executive => self.grouped("?overseer"),
        };
        out.open("{");
        out.open(format!("SELECT DISTINCT {group} (true AS ?dependent) WHERE {{"));
        match of {
            Independence::Overseen => self.within_or_selected(focus, out),
            Independence::Ministry => {
                out.open("{");
                self.within_or_selected(focus, out);
                out.turn("} UNION {");
                self.superiors("?overseer", out);
                out.turn("} UNION {");
                self.superiors("?master", out);
                self.within_or_selected("?master", out);
                out.close("}");
            }
            Independence::Executive => {
                out.comment("It, or a body above it, is of the executive or a provider,");
                let such = |body: &str| format!("{tie}{}", self.of(body, self.executive_or_provider()));
                out.line(format!("{{ {} }}", such("?overseer")));
                out.line(format!("UNION {{ {} ?overseer org:subOrganizationOf+ ?unit . }}", such("?unit")));
                out.open("UNION {");
                self.selected_alone(Near::Executive, out);
                out.close("}");
            }
        }
        out.close("}");
        out.close("}");
    }

    /// Overseers below `master`, or selected by it alone. Both ends of a path are bound: Virtuoso 7.2 asks for a start.
    fn within_or_selected(&self, master: &'static str, out: &mut Lines) {
        out.line(format!("{{ ?overseer a ov:Institution ; org:subOrganizationOf+ {master} . }}"));
        out.open("UNION {");
        self.selected_alone(Near::Within(master), out);
        out.close("}");
    }

    fn executive_or_provider(&self) -> TypeSet {
        let vocabulary = &self.graph.vocabulary;
        vocabulary.pillar_types(Pillar::Executive).or(vocabulary.pillar_types(Pillar::Provider))
    }

    /// Returns the variables that a subselect gives, and a pattern that ties the focus where SHACL wants it given.
    fn grouped(&self, variables: &str) -> (String, String) {
        if self.focus == "?institution" || variables.contains(self.focus) {
            (variables.to_owned(), String::new())
        } else {
            (format!("{} {variables}", self.focus), format!("{} a ov:Institution . ", self.focus))
        }
    }

    /// `?overseer` has links in force that select it, and all of them come from one side: as many there as there are
    /// at all. Nothing is bound anew in here: `rdflib` would take a variable of the same name from outside.
    fn selected_alone(&self, near: Near, out: &mut Lines) {
        out.comment(
            "or it is selected by such alone: as many links of selection from there as there are at all.",
        );
        let (group, tie) = match near {
            Near::Within(master) => self.grouped(&format!("{master} ?overseer")),
            Near::Executive => self.grouped("?overseer"),
        };
        out.open("{");
        out.open(format!("SELECT {group} (COUNT(DISTINCT ?choice) AS ?choicesNear) WHERE {{"));
        match near {
            Near::Within(master) => {
                out.open("{");
                self.selected_by(master, "", out);
                out.turn("} UNION {");
                out.line(format!("?near a ov:Institution ; org:subOrganizationOf+ {master} ."));
                self.selected_by("?near", &tie, out);
                out.close("}");
            }
            Near::Executive => {
                self.selected_by("?near", &tie, out);
                self.is_of("?near", self.executive_or_provider(), out);
            }
        }
        self.selection(out);
        out.close(format!("}} GROUP BY {group}"));
        out.close("}");
        let (group, tie) = self.grouped("?overseer");
        out.open("{");
        out.open(format!("SELECT {group} (COUNT(DISTINCT ?choice) AS ?choices) WHERE {{"));
        self.selected_by("?selector", &tie, out);
        self.selection(out);
        out.close(format!("}} GROUP BY {group}"));
        out.close("}");
        out.line("FILTER(?choicesNear = ?choices)");
    }

    /// `?choice`, a link from `selector`, which exists, to `?overseer`.
    fn selected_by(&self, selector: &str, tie: &str, out: &mut Lines) {
        out.line(format!("{tie}?choice ov:overseen ?overseer . {}", self.link("?choice", selector, "?way")));
        self.lives(selector, out);
    }

    /// Says that `?choice` is a selection in force; not asked where independence rests on tenure.
    fn selection(&self, out: &mut Lines) {
        let vocabulary = &self.graph.vocabulary;
        out.line(format!("FILTER(?way IN ({}))", self.mechanisms(vocabulary.selection)));
        self.stands("?choice", Tier::Sound, out);
        out.line(format!("FILTER NOT EXISTS {{ {} }}", self.of("?overseer", vocabulary.tenured)));
    }

    /// Binds `superior` to the bodies above the focus, up to and including the nearest of the executive.
    fn superiors(&self, superior: &str, out: &mut Lines) {
        let focus = self.focus;
        let executive = self.graph.vocabulary.pillar_types(Pillar::Executive);
        out.comment(&format!(
            "Those above the body, up to the first of the executive ({LEVELS} levels at most)."
        ));
        out.open("{");
        out.open(format!("SELECT DISTINCT {focus} {superior} WHERE {{"));
        for level in 0..LEVELS {
            let mut way = focus.to_owned();
            for step in 1..=level {
                way.push_str(&format!(" org:subOrganizationOf ?s{step} . ?s{step}"));
            }
            way.push_str(&format!(" org:subOrganizationOf {superior} ."));
            for step in 1..=level {
                way.push_str(&format!(
                    " FILTER NOT EXISTS {{ {} }}",
                    self.of(&format!("?s{step}"), executive)
                ));
            }
            out.line(format!("{}{{ {way} }}", if level == 0 { "" } else { "UNION " }));
        }
        out.close("}");
        out.close("}");
    }
}
