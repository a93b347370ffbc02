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
    /// Leaves out overseers that are not independent as the norm asks.
    pub(super) fn not_dependent(&self, out: &mut Lines) {
        if self.norm.evidence.independent_of.is_some() {
            out.comment("Its overseer is independent.");
            out.open("OPTIONAL {");
            self.dependent(out);
            out.close("}");
            out.line("FILTER(!BOUND(?dependent))");
        }
    }

    /// Binds `?overseer` to those that are not independent, and `?dependent`.
    pub(super) fn dependent(&self, out: &mut Lines) {
        let (focus, Some(of)) = (self.focus, self.norm.evidence.independent_of) else { return };
        out.open("{");
        match of {
            Independence::Overseen => {
                out.open(format!("SELECT DISTINCT {focus} ?overseer (true AS ?dependent) WHERE {{"));
                self.within_or_selected(focus, out);
            }
            Independence::Ministry => {
                out.open(format!("SELECT DISTINCT {focus} ?overseer (true AS ?dependent) WHERE {{"));
                self.masters(out);
                self.within_or_selected("?master", out);
            }
            Independence::Executive => {
                let (group, tie) = self.grouped("?overseer");
                out.open(format!("SELECT DISTINCT {group} (true AS ?dependent) WHERE {{"));
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

    /// Overseers below `master`, itself among them, or selected by it alone.
    fn within_or_selected(&self, master: &'static str, out: &mut Lines) {
        out.open("{");
        within("?overseer", master, out);
        out.turn("} UNION {");
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

    /// `?overseer` has links in force that select it, and all of them come from one side: as many selectors there
    /// as there are at all.
    fn selected_alone(&self, near: Near, out: &mut Lines) {
        out.comment("or it is selected by such alone: as many selectors there as there are at all.");
        let (group, tie) = match near {
            Near::Within(master) => self.grouped(&format!("{master} ?overseer")),
            Near::Executive => self.grouped("?overseer"),
        };
        out.open("{");
        out.open(format!("SELECT {group} (COUNT(DISTINCT ?near) AS ?selectorsNear) WHERE {{"));
        if let Near::Within(master) = near {
            within("?near", master, out);
        }
        self.selection("?near", &tie, out);
        if matches!(near, Near::Executive) {
            self.is_of("?near", self.executive_or_provider(), out);
        }
        out.close(format!("}} GROUP BY {group}"));
        out.close("}");
        let (group, tie) = self.grouped("?overseer");
        out.open("{");
        out.open(format!("SELECT {group} (COUNT(DISTINCT ?selector) AS ?selectors) WHERE {{"));
        self.selection("?selector", &tie, out);
        out.close(format!("}} GROUP BY {group}"));
        out.close("}");
        out.line("FILTER(?selectorsNear = ?selectors)");
    }

    /// A link in force by which `selector` selects `?overseer`; not asked where independence rests on tenure.
    fn selection(&self, selector: &str, tie: &str, out: &mut Lines) {
        let vocabulary = &self.graph.vocabulary;
        out.line(format!("{tie}{} ?choice ov:overseen ?overseer .", self.link("?choice", selector, "?way")));
        out.line(format!("FILTER(?way IN ({}))", self.mechanisms(vocabulary.selection)));
        self.counts("?choice", selector, Tier::Sound, out);
        out.line(format!("FILTER NOT EXISTS {{ {} }}", self.of("?overseer", vocabulary.tenured)));
    }

    /// Binds `?master` to the body itself and to those above it, up to and including the nearest of the executive.
    fn masters(&self, out: &mut Lines) {
        let focus = self.focus;
        let executive = self.graph.vocabulary.pillar_types(Pillar::Executive);
        out.comment(&format!(
            "The body itself and those above it, up to the first of the executive ({LEVELS} levels at most)."
        ));
        out.open("{");
        out.open(format!("SELECT DISTINCT {focus} ?master WHERE {{"));
        out.line(format!("{{ {focus} a ov:Institution . BIND({focus} AS ?master) }}"));
        for level in 0..LEVELS {
            let mut way = focus.to_owned();
            for step in 1..=level {
                way.push_str(&format!(" org:subOrganizationOf ?s{step} . ?s{step}"));
            }
            way.push_str(" org:subOrganizationOf ?master .");
            for step in 1..=level {
                way.push_str(&format!(
                    " FILTER NOT EXISTS {{ {} }}",
                    self.of(&format!("?s{step}"), executive)
                ));
            }
            out.line(format!("UNION {{ {way} }}"));
        }
        out.close("}");
        out.close("}");
    }
}

/// Binds `inner` to `outer` and to all bodies below it.
fn within(inner: &str, outer: &str, out: &mut Lines) {
    out.line(format!("{{ {outer} a ov:Institution . BIND({outer} AS {inner}) }}"));
    out.line(format!("UNION {{ {inner} org:subOrganizationOf+ {outer} . }}"));
}
