//! A graph as text, with every field of every record: two graphs are the same if their dumps are.

use oversight::gaps::{Finding, World, evaluate};
use oversight::model::{
    Basis, Concept, Graph, Interval, Labels, LimitSet, MechanismSet, PowerSet, Scheme, Symbol, TypeSet, Types,
};
use std::fmt::Write as _;

/// Dumps the whole graph. `with_documents` tells in which document a problem stands.
pub(crate) fn graph(graph: &Graph, with_documents: bool) -> String {
    let dump = Dump { graph };
    let mut lines = Vec::new();
    dump.vocabulary(&mut lines);
    dump.institutions(&mut lines);
    dump.links(&mut lines);
    dump.law(&mut lines);
    dump.norms(&mut lines);
    dump.others(&mut lines);
    let mut problems: Vec<String> = graph
        .problems
        .iter()
        .map(|problem| {
            if with_documents {
                format!("problem {problem}")
            } else {
                format!("problem <{}> {}", problem.subject, problem.fault)
            }
        })
        .collect();
    if !with_documents {
        problems.sort();
        problems.dedup();
    }
    lines.extend(problems);
    lines.join("\n")
}

/// Dumps what all norms come to.
pub(crate) fn findings(world: &World<'_>) -> String {
    let graph = world.graph();
    let norms: Vec<_> = graph.norms.iter().collect();
    let lines: Vec<String> = evaluate(world, &norms).iter().map(|found| finding(graph, found)).collect();
    lines.join("\n")
}

fn finding(graph: &Graph, finding: &Finding<'_>) -> String {
    let dump = Dump { graph };
    let mut line = format!("{} {} {}", finding.norm.id, graph.iri(finding.institution), finding.verdict);
    for piece in &finding.evidence {
        let (_, link, _) = graph.link(piece.link);
        let (standing, selection) = (piece.standing, piece.selection);
        let (inherited, weak) = (piece.inherited, piece.weak);
        let iri = graph.text(link.iri);
        write!(line, " [{iri} {standing:?} {inherited} {weak} {selection:?}]").expect("a string");
    }
    let missing = &finding.missing;
    let types: Vec<&str> = missing.overseer_types.iter().map(|id| graph.vocabulary.types.slug(*id)).collect();
    let candidates: Vec<&str> = finding.candidates.iter().map(|id| graph.iri(*id)).collect();
    let surveyed = finding.surveyed.map(|on| on.map(|on| on.to_string()));
    write!(
        line,
        " missing {types:?} {:?} {} {} candidates {candidates:?} surveyed {surveyed:?}",
        dump.mechanisms(missing.mechanisms),
        missing.overseers,
        missing.pillars
    )
    .expect("a string");
    line
}

struct Dump<'g> {
    graph: &'g Graph,
}

impl<'g> Dump<'g> {
    fn text(&self, symbol: Symbol) -> &'g str {
        self.graph.text(symbol)
    }

    fn one(&self, symbol: Option<Symbol>) -> &'g str {
        symbol.map_or("-", |symbol| self.graph.text(symbol))
    }

    fn all(&self, symbols: &[Symbol]) -> Vec<&'g str> {
        symbols.iter().map(|symbol| self.text(*symbol)).collect()
    }

    fn labels(&self, labels: &Labels) -> Vec<String> {
        labels.iter().map(|label| format!("{}@{}", self.text(label.text), self.one(label.language))).collect()
    }

    fn basis(&self, basis: &[Basis]) -> Vec<String> {
        basis
            .iter()
            .map(|basis| {
                format!("{} {} {}", self.text(basis.iri), self.one(basis.act), self.one(basis.number))
            })
            .collect()
    }

    fn mechanisms(&self, set: MechanismSet) -> Vec<&'g str> {
        let scheme = &self.graph.vocabulary.mechanisms;
        set.iter().map(|id| scheme.slug(id)).collect()
    }

    fn types(&self, set: TypeSet) -> Vec<&'g str> {
        let scheme = &self.graph.vocabulary.types;
        set.iter().map(|id| scheme.slug(id)).collect()
    }

    fn powers(&self, set: PowerSet) -> Vec<&'g str> {
        let scheme = &self.graph.vocabulary.powers;
        set.iter().map(|id| scheme.slug(id)).collect()
    }

    fn limits(&self, set: LimitSet) -> Vec<&'g str> {
        let scheme = &self.graph.vocabulary.limits;
        set.iter().map(|id| scheme.slug(id)).collect()
    }

    fn named(&self, types: &Types) -> String {
        let named: Vec<&str> = types.named.iter().map(|id| self.graph.vocabulary.types.slug(*id)).collect();
        format!("{named:?} = {:?}", self.types(types.all))
    }

    fn scheme<K>(&self, name: &str, scheme: &Scheme<K>, lines: &mut Vec<String>) {
        lines.extend(scheme.iter().map(|(_, concept)| self.concept(name, concept)));
    }

    fn concept(&self, kind: &str, concept: &Concept) -> String {
        format!(
            "{kind} {} {} {:?} {:?}",
            self.text(concept.iri),
            concept.slug,
            self.labels(&concept.labels),
            self.labels(&concept.definition)
        )
    }

    fn vocabulary(&self, lines: &mut Vec<String>) {
        let vocabulary = &self.graph.vocabulary;
        self.scheme("type", &vocabulary.types, lines);
        self.scheme("mechanism", &vocabulary.mechanisms, lines);
        self.scheme("power", &vocabulary.powers, lines);
        self.scheme("limit", &vocabulary.limits, lines);
        for (id, concept) in vocabulary.types.iter() {
            lines.push(format!("below {} {:?}", concept.slug, self.types(vocabulary.expand(&[id]))));
        }
        for (id, concept) in vocabulary.mechanisms.iter() {
            let predicates = self.all(vocabulary.predicates(id));
            lines.push(format!("predicates {} {predicates:?}", concept.slug));
        }
        for (name, set) in [
            ("extends down", vocabulary.extends_down),
            ("extends through cabinet", vocabulary.extends_through_cabinet),
            ("selection", vocabulary.selection),
        ] {
            lines.push(format!("{name} {:?}", self.mechanisms(set)));
        }
        for (name, set) in [("cabinet", vocabulary.cabinet), ("tenured", vocabulary.tenured)] {
            lines.push(format!("{name} {:?}", self.types(set)));
        }
    }

    fn institutions(&self, lines: &mut Vec<String>) {
        for (id, body) in self.graph.institutions() {
            let parents: Vec<&str> = body.parents.iter().map(|id| self.graph.iri(*id)).collect();
            lines.push(format!(
                "institution {} {:?} {} types {:?} in {parents:?} of {} head {:?} {} by {:?} powers {:?} {} = {:?} {:?} {:?} {}",
                self.graph.iri(id),
                self.labels(&body.labels),
                self.one(body.acronym),
                self.types(body.types),
                self.one(body.country),
                self.labels(&body.head),
                interval(body.life),
                self.basis(&body.founded_by),
                self.powers(body.powers),
                self.one(body.homepage),
                self.all(&body.same_as),
                self.labels(&body.comment),
                self.all(&body.sources),
                body.verified
            ));
        }
    }

    fn links(&self, lines: &mut Vec<String>) {
        for id in self.graph.network.edge_indices() {
            let (overseer, link, overseen) = self.graph.link(id);
            lines.push(format!(
                "link {} {} -> {} {} {} {} {:?} {:?} {:?} {:?} {:?} {}",
                self.text(link.iri),
                self.graph.iri(overseer),
                self.graph.iri(overseen),
                self.graph.vocabulary.mechanisms.slug(link.mechanism),
                link.status,
                interval(link.interval),
                self.basis(&link.basis),
                link.effect,
                self.limits(link.limits),
                self.labels(&link.comment),
                self.all(&link.sources),
                link.verified
            ));
        }
    }

    fn law(&self, lines: &mut Vec<String>) {
        for act in &self.graph.acts {
            lines.push(format!(
                "act {} {:?} {} {} {:?} {:?} {:?} {} {:?} {}",
                self.text(act.iri),
                self.labels(&act.titles),
                self.one(act.number),
                self.one(act.kind),
                act.adopted.map(|date| date.to_string()),
                act.in_force.map(|date| date.to_string()),
                act.repealed.map(|date| date.to_string()),
                self.one(act.page),
                self.all(&act.sources),
                act.verified
            ));
        }
        for grant in &self.graph.grants {
            lines.push(format!(
                "grant {} {} {} {:?} {:?}",
                self.text(grant.iri),
                self.graph.iri(grant.holder),
                self.graph.vocabulary.powers.slug(grant.power),
                self.basis(&grant.basis),
                self.labels(&grant.comment)
            ));
        }
    }

    fn norms(&self, lines: &mut Vec<String>) {
        for norm in &self.graph.norms {
            let (scope, asked) = (&norm.scope, &norm.evidence);
            lines.push(format!(
                "norm {} {} {:?} {:?} {} {} {} {:?} {} {:?} {}",
                self.text(norm.iri),
                norm.id,
                self.labels(&norm.titles),
                self.labels(&norm.duty),
                self.one(norm.document),
                self.one(norm.locator),
                norm.severity,
                self.all(&norm.principles),
                norm.polarity,
                self.labels(&norm.note),
                norm.verified
            ));
            lines.push(format!(
                "  applies to {} power {:?} parent of {} oversees {}",
                self.named(&scope.types),
                self.powers(scope.where_power),
                self.named(&scope.where_parent_of),
                self.named(&scope.where_oversees)
            ));
            lines.push(format!(
                "  asks {} by {:?} all {} {} {} {:?} {:?} {:?}",
                self.named(&asked.overseers),
                self.mechanisms(asked.mechanisms),
                asked.all_mechanisms,
                asked.at_least,
                asked.at_least_pillars,
                asked.independent_of,
                asked.least_effect,
                self.limits(asked.excludes_limits)
            ));
        }
    }

    fn others(&self, lines: &mut Vec<String>) {
        for survey in &self.graph.surveys {
            lines.push(format!(
                "survey {} {:?} {:?} {:?} {:?}",
                self.text(survey.iri),
                self.all(&survey.covers),
                self.mechanisms(survey.mechanisms),
                survey.on.map(|date| date.to_string()),
                self.labels(&survey.comment)
            ));
        }
        for country in &self.graph.countries {
            lines.push(format!(
                "country {} {:?} {}",
                self.text(country.iri),
                self.labels(&country.labels),
                self.one(country.language)
            ));
        }
        for dataset in &self.graph.datasets {
            lines.push(format!(
                "dataset {} {:?} {} {}",
                self.text(dataset.iri),
                self.labels(&dataset.titles),
                self.one(dataset.version),
                self.one(dataset.country)
            ));
        }
        for document in &self.graph.documents {
            lines.push(format!(
                "document {} {:?} {} {} {}",
                self.text(document.iri),
                self.labels(&document.titles),
                self.one(document.publisher),
                self.one(document.issued),
                self.one(document.page)
            ));
        }
        lines.extend(self.graph.principles.iter().map(|c| self.concept("principle", c)));
        lines.extend(self.graph.words.iter().map(|c| self.concept("word", c)));
    }
}

fn interval(interval: Interval) -> String {
    let text = |date: Option<oversight::model::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    format!("{}..{}", text(interval.start), text(interval.end))
}
