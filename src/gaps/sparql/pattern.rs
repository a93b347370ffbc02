//! What every query is made of: terms, dates, lives, links that count, scope, surveys.

use super::{Lines, asked};
use crate::model::{Day, Graph, Id, MechanismSet, Norm, Scheme, Set, Trust, TypeSet};
use crate::vocab::{PREFIXES, is_local};

/// A norm, a day, and the variable that stands for the body looked at.
#[derive(Clone, Copy)]
pub(in crate::gaps) struct Pattern<'a> {
    pub(in crate::gaps) graph: &'a Graph,
    pub(in crate::gaps) norm: &'a Norm,
    pub(in crate::gaps) day: Day,
    pub(in crate::gaps) trust: Trust,
    /// `?institution`, or `$this` in SHACL.
    pub(in crate::gaps) focus: &'static str,
}

/// Which evidence is counted; each takes in the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::gaps) enum Tier {
    /// In force and not weak.
    Sound,
    /// In force or on paper, and not weak.
    OrOnPaper,
    /// In force or on paper, weak or not.
    OrWeak,
}

/// Subselects that count, and the variables that take the numbers.
#[derive(Debug)]
pub(in crate::gaps) struct Counts {
    pub(super) lines: Lines,
    pub(super) variables: Vec<String>,
    /// Whether the scope stands apart, and not in the first count.
    pub(super) is_apart: bool,
}

/// The type for which a norm binds a body: bound where the scope is, and nowhere else.
const BINDING: &str = "?bindingType";

/// Cuts the zone that an RDF date may bear.
const ZONE: &str = "(Z|[+-][0-9][0-9]:[0-9][0-9])$";

impl Pattern<'_> {
    /// Returns the concepts of a set as a list for `IN`.
    pub(super) fn list<K>(&self, scheme: &Scheme<K>, set: Set<K>) -> String {
        let terms: Vec<String> = set.iter().map(|id| self.term(scheme, id)).collect();
        terms.join(", ")
    }

    fn term<K>(&self, scheme: &Scheme<K>, id: Id<K>) -> String {
        let iri = self.graph.text(scheme.get(id).iri);
        let prefixed = PREFIXES.iter().find_map(|(prefix, namespace)| {
            iri.strip_prefix(namespace)
                .filter(|local| is_local(local))
                .map(|local| format!("{prefix}:{local}"))
        });
        prefixed.unwrap_or_else(|| format!("<{iri}>"))
    }

    /// Returns the types of a set as a list for `IN`.
    pub(super) fn types(&self, set: TypeSet) -> String {
        self.list(&self.graph.vocabulary.types, set)
    }

    /// Returns the mechanisms of a set as a list for `IN`.
    pub(super) fn mechanisms(&self, set: MechanismSet) -> String {
        self.list(&self.graph.vocabulary.mechanisms, set)
    }

    /// Says that the dates of a subject, where it has any, take in the day.
    ///
    /// Text of all three precisions orders like time: `2026` and `2026-11` come before `2026-11-23`, as a start.
    /// An end known to the year or month counts until its last day, one known to the day not at all: with `-99`
    /// behind both, `2026-99` and `2026-11-99` come after `2026-11-23-99`, which does not come after itself.
    fn dates(&self, subject: &str, [start, end]: [&str; 2], out: &mut Lines) {
        let day = self.day;
        let date = |property| format!("{subject} schema:{property}|<http://schema.org/{property}> ?date .");
        // The outer `STR` is for Virtuoso 7.2, which orders what `REPLACE` gives neither before nor after a plain text.
        let text = format!("STR(REPLACE(STR(?date), \"{ZONE}\", \"\"))");
        out.line(format!("FILTER NOT EXISTS {{ {} FILTER({text} > \"{day}\") }}", date(start)));
        out.line(format!(
            "FILTER NOT EXISTS {{ {} FILTER(CONCAT({text}, \"-99\") <= \"{day}-99\") }}",
            date(end)
        ));
    }

    /// Says that a body is founded and not dissolved. A body that stands in a link that counts does not stand in
    /// proposed links alone, so for the ends of links this is all.
    pub(super) fn lives(&self, body: &str, out: &mut Lines) {
        self.dates(body, ["foundingDate", "dissolutionDate"], out);
    }

    /// Says that a body does not stand in links of status `proposed` alone.
    fn not_proposed_alone(&self, body: &str, out: &mut Lines) {
        let link = |role: &str, more: &str| {
            format!("EXISTS {{ ?any ov:{role} {body} ; a ov:Control{}{more} }}", self.believed())
        };
        let real = " ; ov:status ?status . FILTER(?status != status:proposed)";
        out.line(format!("FILTER({} || {}", link("overseer", real), link("overseen", real)));
        out.line(format!("  || (NOT {} && NOT {}))", link("overseer", ""), link("overseen", "")));
    }

    fn believed(&self) -> &'static str {
        match self.trust {
            Trust::All => "",
            Trust::VerifiedOnly => " ; ov:verified true",
        }
    }

    /// Returns the triples of a link, less the one that says over whom it is; they join by `link` alone.
    pub(super) fn link(&self, link: &str, overseer: &str, mechanism: &str) -> String {
        format!(
            "{link} a ov:Control ; ov:overseer {overseer} ; ov:mechanism {mechanism} ; ov:status {link}Status{} .",
            self.believed()
        )
    }

    /// Says that a link counts by its own status and dates.
    pub(super) fn stands(&self, link: &str, tier: Tier, out: &mut Lines) {
        let on_paper = match tier {
            Tier::Sound => "",
            Tier::OrOnPaper | Tier::OrWeak => ", status:not-operational, status:suspended",
        };
        out.line(format!(
            "FILTER({link}Status IN (status:in-force{on_paper}) || ({link}Status = status:repealed && \
             EXISTS {{ {link} schema:endDate|<http://schema.org/endDate> ?end }}))"
        ));
        self.dates(link, ["startDate", "endDate"], out);
    }

    /// Says that a body is of one of these types.
    pub(super) fn is_of(&self, body: &str, types: TypeSet, out: &mut Lines) {
        out.line(format!("FILTER EXISTS {{ {} }}", self.of(body, types)));
    }

    /// Returns the pattern of a body of one of these types.
    pub(super) fn of(&self, body: &str, types: TypeSet) -> String {
        // The variable is named after the body: inside `EXISTS` one of the same name would be taken from outside.
        self.typed(body, &format!("?{}Type", body.trim_start_matches(['?', '$'])), types)
    }

    fn typed(&self, body: &str, variable: &str, types: TypeSet) -> String {
        format!(
            "{body} a ov:Institution ; org:classification {variable} . FILTER({variable} IN ({}))",
            self.types(types)
        )
    }

    /// Returns the pattern that repeats inside a subselect whom the norm binds, so that no more is counted than is
    /// asked for.
    pub(super) fn bound_by_type(&self) -> String {
        self.of(self.focus, self.norm.scope.types.all)
    }

    /// Says whom the norm binds.
    pub(super) fn scope(&self, out: &mut Lines) {
        let (focus, scope) = (self.focus, &self.norm.scope);
        out.comment("Whom the norm binds: bodies of these types that exist on the day.");
        out.line(self.typed(focus, BINDING, scope.types.all));
        self.lives(focus, out);
        self.not_proposed_alone(focus, out);
        if !scope.where_power.is_empty() && !self.norm.forbids_power() {
            out.comment("It holds one of these powers.");
            out.line(format!(
                "{focus} ov:power ?power . FILTER(?power IN ({}))",
                self.list(&self.graph.vocabulary.powers, scope.where_power)
            ));
        }
        if !scope.where_parent_of.named.is_empty() {
            out.comment("A body of these types is directly below it.");
            out.line(format!("?child org:subOrganizationOf {focus} ."));
            self.is_of("?child", scope.where_parent_of.all, out);
            self.lives("?child", out);
            self.not_proposed_alone("?child", out);
        }
        if !scope.where_oversees.named.is_empty() {
            out.comment("It has a link in force over a body of these types.");
            out.line(format!("{} ?duty ov:overseen ?ward .", self.link("?duty", focus, "?how")));
            self.stands("?duty", Tier::Sound, out);
            self.is_of("?ward", scope.where_oversees.all, out);
            self.lives("?ward", out);
        }
    }

    /// Counts what `each` binds, for every body that the norm binds by type: no row of `each` is a count of 0. Joined, and
    /// no `OPTIONAL`: Virtuoso 7.2 loses rows of a join that stands in one. The first count has the whole scope, and tells
    /// by `?bound` who is in it, unless the scope stands apart.
    ///
    /// # Arguments
    /// * `counts`: what is counted, and the variable that takes the number.
    pub(super) fn counted(&self, counts: &[(&str, String)], out: &mut Counts, each: impl FnOnce(&mut Lines)) {
        let focus = self.focus;
        let mut counted: String =
            counts.iter().map(|(what, into)| format!(" (COUNT({what}) AS {into})")).collect();
        let has_scope = out.variables.is_empty() && !out.is_apart;
        if has_scope {
            counted.push_str(&format!(" (COUNT({BINDING}) AS ?bound)"));
        }
        out.variables.extend(counts.iter().map(|(_, into)| into.clone()));
        let out = &mut out.lines;
        out.open("{");
        out.open(format!("SELECT {focus}{counted} WHERE {{"));
        out.open("{");
        if has_scope {
            self.scope(out);
        } else {
            out.line(self.bound_by_type());
        }
        out.turn("} UNION {");
        each(out);
        out.close("}");
        out.close(format!("}} GROUP BY {focus}"));
        out.close("}");
    }

    /// Counts the powers of the body that the norm forbids.
    pub(super) fn forbidden_power(&self, out: &mut Counts) {
        out.lines.comment("The powers that it holds and the norm forbids.");
        let powers = self.list(&self.graph.vocabulary.powers, self.norm.scope.where_power);
        let held = format!("{} ov:power ?power . FILTER(?power IN ({powers}))", self.focus);
        self.counted(&[("?power", "?offends".to_owned())], out, |out| out.line(held));
    }

    /// Counts the surveys that cover every mechanism for the body, and of these mechanisms those that others cover.
    pub(super) fn survey(&self, mechanisms: MechanismSet, out: &mut Counts) {
        let wanted = self.mechanisms(asked(self.graph, mechanisms));
        out.lines
            .comment("Surveys of the body or its country: those that name no mechanism cover all of them,");
        self.surveys(["?survey", "?whole"], "FILTER NOT EXISTS { ?survey ov:mechanism ?any }", out);
        out.lines.comment("the others cover those that they name.");
        let named = format!("?survey ov:mechanism ?named . FILTER(?named IN ({wanted}))");
        self.surveys(["DISTINCT ?named", "?worked"], &named, out);
    }

    /// Whether the body is surveyed for these mechanisms.
    pub(super) fn surveyed(&self, mechanisms: MechanismSet) -> String {
        let wanted = asked(self.graph, mechanisms).len();
        format!("(?whole > 0 || ?worked = {wanted})")
    }

    /// Whether it is not; said without a negation, see [`Pattern::lacks`].
    pub(super) fn unsurveyed(&self, mechanisms: MechanismSet) -> String {
        let wanted = asked(self.graph, mechanisms).len();
        format!("(?whole = 0 && ?worked < {wanted})")
    }

    /// Counts the surveys that cover the body at all.
    pub(super) fn survey_at_all(&self, out: &mut Counts) {
        out.lines.comment("Surveys of the body or its country.");
        self.surveys(["?survey", "?surveys"], "", out);
    }

    fn surveys(&self, [what, into]: [&str; 2], condition: &str, out: &mut Counts) {
        let focus = self.focus;
        let bound = self.bound_by_type();
        self.counted(&[(what, into.to_owned())], out, |out| {
            out.line(format!("{{ {bound} ?survey a ov:Survey ; ov:covers {focus} . {condition} }}"));
            out.line("UNION");
            out.line(format!(
                "{{ {bound} {focus} ov:jurisdiction ?country . ?survey a ov:Survey ; ov:covers ?country . {condition} }}"
            ));
        });
    }
}
