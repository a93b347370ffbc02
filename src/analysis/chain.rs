//! The chain of accountability: by which steps a body answers, at last, to the voters.
//!
//! A step leads from a body to one that puts its head into office, takes it out of office, or directs it. Where a
//! body has no such link on record, the body that it belongs to answers for it. The voters are the bodies of type
//! `electorate` in the body's country; whom they elect answers to them.
//!
//! # Invariants
//! * All steps of all shortest ways are there, and no other; a way of steps in force is shorter than any that needs
//!   a step on paper.
//! * Where no way reaches the voters, the answer holds how far the steps lead, and says so.

use crate::model::{InstitutionId, LinkId, MechanismSet, Standing, World};
use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The mechanisms of a step: appointment, direction, dismissal, and election.
const STEPS: [&str; 7] = [
    "appointment",
    "consent-to-appointment",
    "dismissal",
    "no-confidence",
    "election",
    "command",
    "policy-direction",
];
/// The type of the bodies that stand for the voters.
const VOTERS: &str = "electorate";

/// On what a step rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// On links, one of them in force at least.
    InForce,
    /// On the body that it belongs to alone: no link on record says who answers for it.
    PartOf,
    /// On links that are all on paper only: the step is broken.
    Broken,
}

/// A step from a body to one that it answers to.
#[derive(Clone, Debug)]
pub struct Rung {
    /// The body that answers.
    pub from: InstitutionId,
    /// The body that it answers to.
    pub to: InstitutionId,
    /// On what the step rests.
    pub tie: Tie,
    /// The links behind it, by IRI; none, where it is only part of the other.
    pub links: Vec<LinkId>,
}

/// The ways from a body to the voters.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The body.
    pub body: InstitutionId,
    /// The voters of its country, as far as they are on record.
    pub voters: Vec<InstitutionId>,
    /// The steps, by how far they are from the body, then by body.
    pub rungs: Vec<Rung>,
    /// Every body on the way, with the number of steps that it is from the body at least.
    pub levels: BTreeMap<InstitutionId, usize>,
    /// The number of steps to the voters; nothing, where no way reaches them.
    pub length: Option<usize>,
    /// Whether a way of steps that are not broken reaches the voters.
    pub whole: bool,
    /// How many shortest ways there are.
    pub ways: u64,
    /// Where the ways end that do not reach the voters: nobody is on record that these answer to.
    pub ends: Vec<InstitutionId>,
    /// Steps that are not shown, for they are on paper only, and would make the way shorter.
    pub shortcuts: Vec<Rung>,
}

type Steps = DiGraph<InstitutionId, Rung>;

/// Returns every shortest way from `body` to the voters of its country.
///
/// # Cost
/// Proportional to the links of the graph.
pub fn chain(world: &World<'_>, body: InstitutionId) -> Chain {
    let graph = world.graph();
    let electorate = graph.vocabulary.types.set(&[VOTERS]);
    let country = graph.institution(body).country;
    let voters: Vec<InstitutionId> = graph
        .institutions()
        .filter(|(id, of)| world.exists(*id) && of.types.meets(electorate) && of.country == country)
        .map(|(id, _)| id)
        .collect();
    let steps = steps(world);
    let whole = distances(&steps, &voters, false);
    let any = distances(&steps, &voters, true);
    let reached = |of: &[Option<usize>]| of[body.index()];
    let (distance, broken) = if reached(&whole).is_some() { (&whole, false) } else { (&any, true) };
    let mut chain = Chain {
        body,
        voters,
        rungs: Vec::new(),
        levels: BTreeMap::from([(body, 0)]),
        length: reached(distance),
        whole: reached(&whole).is_some(),
        ways: 0,
        ends: Vec::new(),
        shortcuts: Vec::new(),
    };
    climb(&steps, distance, broken, &mut chain);
    chain
}

/// All steps of the world, from each body to those that it answers to.
fn steps(world: &World<'_>) -> Steps {
    let graph = world.graph();
    let mechanisms: MechanismSet = graph.vocabulary.mechanisms.set(&STEPS);
    let mut steps = Steps::with_capacity(graph.network.node_count(), graph.network.edge_count());
    for id in graph.network.node_indices() {
        steps.add_node(id);
    }
    for id in graph.network.node_indices().filter(|id| world.exists(*id)) {
        let mut above: BTreeMap<InstitutionId, Vec<LinkId>> = BTreeMap::new();
        for link in world.over(id) {
            let (overseer, of, _) = graph.link(*link);
            if mechanisms.contains(of.mechanism) && overseer != id {
                above.entry(overseer).or_default().push(*link);
            }
        }
        if above.is_empty() {
            let parents = graph.institution(id).parents.iter().filter(|parent| world.exists(**parent));
            for to in parents.copied().filter(|parent| *parent != id).collect::<BTreeSet<_>>() {
                steps.add_edge(
                    node(id),
                    node(to),
                    Rung { from: id, to, tie: Tie::PartOf, links: Vec::new() },
                );
            }
        }
        for (to, links) in above {
            let works = links.iter().any(|link| world.standing(*link) == Standing::InForce);
            let tie = if works { Tie::InForce } else { Tie::Broken };
            steps.add_edge(node(id), node(to), Rung { from: id, to, tie, links });
        }
    }
    steps
}

fn node(id: InstitutionId) -> NodeIndex<u32> {
    NodeIndex::new(id.index())
}

/// The number of steps from each body to the voters.
fn distances(steps: &Steps, voters: &[InstitutionId], broken: bool) -> Vec<Option<usize>> {
    let mut distance = vec![None; steps.node_count()];
    let mut queue: VecDeque<InstitutionId> = voters.iter().copied().collect();
    for voter in voters {
        distance[voter.index()] = Some(0);
    }
    while let Some(at) = queue.pop_front() {
        let next = distance[at.index()].map(|steps| steps + 1);
        for edge in steps.edges_directed(node(at), petgraph::Direction::Incoming) {
            let from = edge.weight().from;
            if (broken || edge.weight().tie != Tie::Broken) && distance[from.index()].is_none() {
                distance[from.index()] = next;
                queue.push_back(from);
            }
        }
    }
    distance
}

/// Goes up from the body, by steps that come nearer to the voters, or by all steps where no way reaches them.
fn climb(steps: &Steps, distance: &[Option<usize>], broken: bool, chain: &mut Chain) {
    let reaches = chain.length.is_some();
    let mut ways: BTreeMap<InstitutionId, u64> = BTreeMap::from([(chain.body, 1)]);
    let mut wave = BTreeSet::from([chain.body]);
    let mut level = 0;
    while !wave.is_empty() {
        level += 1;
        let mut next = BTreeSet::new();
        for from in wave {
            let mut rungs: Vec<&Rung> = steps.edges(node(from)).map(|edge| edge.weight()).collect();
            rungs.sort_by_key(|rung| rung.to);
            let mut led = false;
            for rung in rungs {
                let (own, other) = (distance[from.index()], distance[rung.to.index()]);
                let nearer = match (own, other) {
                    (Some(own), Some(other)) if reaches => own == other + 1,
                    (..) if reaches => false,
                    // Each body once: the first step that leads to it is the shortest.
                    _ => chain.levels.get(&rung.to).is_none_or(|known| *known == level),
                };
                let shorter = matches!((own, other), (Some(own), Some(other)) if own > other + 1);
                if rung.tie == Tie::Broken && reaches && !broken {
                    if nearer || shorter {
                        chain.shortcuts.push(rung.clone());
                    }
                    continue;
                }
                if nearer {
                    led = true;
                    chain.levels.insert(rung.to, level);
                    chain.rungs.push(rung.clone());
                    let of_from = ways.get(&from).copied().unwrap_or(0);
                    let sum = ways.entry(rung.to).or_default();
                    *sum = sum.saturating_add(of_from);
                    next.insert(rung.to);
                }
            }
            if !led && !chain.voters.contains(&from) {
                chain.ends.push(from);
            }
        }
        wave = next;
    }
    chain.ways = chain.voters.iter().filter_map(|voter| ways.get(voter)).sum();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Graph, Trust};
    use crate::rdf::{Source, Syntax, documents, read, read_bytes};

    /// Bodies and links by hand: `a overseer mechanism [on-paper]` a line, `a < b` for a body below another.
    fn graph(lines: &str) -> Graph {
        let mut turtle = String::from(
            "@prefix ov: <https://w3id.org/oversight/ns#> . @prefix org: <http://www.w3.org/ns/org#> .
             @prefix x: <https://w3id.org/oversight/id/xx/> . @prefix m: <https://w3id.org/oversight/mechanism/> .
             @prefix t: <https://w3id.org/oversight/type/> . @prefix s: <https://w3id.org/oversight/status/> .\n",
        );
        let mut bodies = BTreeSet::new();
        for (at, line) in lines.lines().map(str::trim).enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            bodies.extend([words[0], words[if words[1] == "<" { 2 } else { 1 }]]);
            turtle.push_str(&match words[..] {
                [below, "<", above] => format!("x:{below} org:subOrganizationOf x:{above} .\n"),
                [overseen, overseer, mechanism, ref rest @ ..] => format!(
                    "x:l{at} a ov:Control ; ov:overseer x:{overseer} ; ov:overseen x:{overseen} ;
                     ov:mechanism m:{mechanism} ; ov:status s:{} .\n",
                    if rest.is_empty() { "in-force" } else { "suspended" }
                ),
                _ => unreachable!("three words a line"),
            });
        }
        for body in bodies {
            let of = if body == "voters" { "electorate" } else { "ministry" };
            turtle.push_str(&format!("x:{body} a ov:Institution ; org:classification t:{of} .\n"));
        }
        let mut builder = crate::model::Builder::new();
        let ontology = documents(&[Source::Shipped("ontology/schemes/".into())]).unwrap();
        for document in &ontology {
            builder.begin(&document.name);
            read(document, |quad| builder.add(&quad)).unwrap();
        }
        let syntax = Syntax::of_path("x.ttl".as_ref()).unwrap();
        read_bytes(&ontology[0], syntax, turtle.as_bytes(), |quad| builder.add(&quad)).unwrap();
        builder.finish()
    }

    fn ask<T>(lines: &str, body: &str, look: impl Fn(&Graph, Chain) -> T) -> T {
        let graph = graph(lines);
        let world = World::new(&graph, "2024-06-01".parse().unwrap(), Trust::All);
        let body = graph.find(&format!("https://w3id.org/oversight/id/xx/{body}")).unwrap();
        look(&graph, chain(&world, body))
    }

    fn told(graph: &Graph, chain: &Chain) -> Vec<String> {
        let name = |id| graph.name(id, "en").trim_start_matches("xx/").to_owned();
        chain
            .rungs
            .iter()
            .map(|rung| format!("{} {} {:?}", name(rung.from), name(rung.to), rung.tie))
            .collect()
    }

    #[test]
    fn all_shortest_ways_are_found_and_no_longer_one() {
        let lines = "a b appointment\na c command\na d dismissal\nb voters election\nc voters election
            d b policy-direction\na e hearing\ne voters election";
        ask(lines, "a", |graph, chain| {
            assert_eq!(
                told(graph, &chain),
                ["a b InForce", "a c InForce", "b voters InForce", "c voters InForce"]
            );
            assert_eq!((chain.length, chain.ways, chain.whole), (Some(2), 2, true));
            assert!(chain.ends.is_empty());
        });
    }

    #[test]
    fn a_broken_step_is_taken_only_where_no_other_way_leads_there() {
        ask("a b appointment\nb voters election x\nb c command\nc voters election", "a", |graph, chain| {
            assert_eq!(told(graph, &chain), ["a b InForce", "b c InForce", "c voters InForce"]);
            assert_eq!((chain.length, chain.shortcuts.len()), (Some(3), 1));
        });
        ask("a b appointment\nb voters election x", "a", |graph, chain| {
            assert_eq!(told(graph, &chain), ["a b InForce", "b voters Broken"]);
            assert_eq!((chain.length, chain.whole), (Some(2), false));
        });
    }

    #[test]
    fn a_body_without_links_answers_through_the_one_it_belongs_to() {
        ask("a < b\nb voters election", "a", |graph, chain| {
            assert_eq!(told(graph, &chain), ["a b PartOf", "b voters InForce"]);
        });
        // A link on record goes before the place in the house.
        ask("a < b\na c appointment\nb voters election\nc b command", "a", |_, chain| {
            assert_eq!(chain.length, Some(3));
        });
    }

    #[test]
    fn what_does_not_reach_the_voters_says_where_it_ends() {
        ask("a b appointment\nb c command\nc a command\nd voters election", "a", |graph, chain| {
            assert_eq!(told(graph, &chain), ["a b InForce", "b c InForce"]);
            assert_eq!((chain.length, chain.ways), (None, 0));
            let ends: Vec<&str> = chain.ends.iter().map(|id| graph.name(*id, "en")).collect();
            assert_eq!(ends, ["xx/c"]);
        });
        ask("a b appointment", "b", |_, chain| assert!(chain.voters.is_empty() && chain.rungs.is_empty()));
    }
}
