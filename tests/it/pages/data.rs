//! `docs/data.md`: what the shipped data cover.

use super::counts::{LinkCounts, not_surveyed, triples};
use super::{Table, fill, hold, number, share};
use crate::shipped::{countries, graph};
use crate::triples::Triples;
use oversight::model::{Graph, Pillar, Symbol};
use oversight::rdf::Term;
use oversight::vocab::{ID, dcterms, ov, skos, slug};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How many hosts are named for each country.
const HOSTS: usize = 6;

struct Country {
    code: &'static str,
    name: String,
    graph: Graph,
}

fn load() -> Vec<Country> {
    let names = Triples::shipped("ontology/countries.ttl", |_| true);
    let country = |code: &'static str| Country {
        code,
        name: names.text(&format!("{ID}{code}"), skos::PREF_LABEL, "en").unwrap_or(code).to_owned(),
        graph: graph(&[&format!("data/{code}/")]),
    };
    countries().into_iter().map(country).collect()
}

fn coverage(countries: &[Country]) -> String {
    let mut table = Table::new(&[
        "country",
        "#institutions",
        "#acts",
        "#provisions",
        "#links",
        "#verified",
        "#share",
        "#with an article",
        "#effect assessed",
        "#triples",
    ]);
    let mut sums = [0; 6];
    for Country { code, name, graph } in countries {
        let triples = triples(code);
        let links = LinkCounts::of(graph);
        let counts = [
            graph.network.node_count(),
            graph.acts.len(),
            triples.of_class(ov::PROVISION).count(),
            links.all,
            links.verified,
            triples.count,
        ];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        let [institutions, acts, provisions, all, verified, triples] = counts.map(number);
        table.row(&[
            format!("{name} (`{code}`)"),
            institutions,
            acts,
            provisions,
            all,
            verified,
            share(links.verified, links.all),
            share(links.all - links.without_act - links.without_article, links.all),
            share(links.assessed, links.all),
            triples,
        ]);
    }
    let [institutions, acts, provisions, all, verified, triples] = sums.map(number);
    let total = share(sums[4], sums[3]);
    let none = String::new();
    table.row(&[
        "all".into(),
        institutions,
        acts,
        provisions,
        all,
        verified,
        total,
        none.clone(),
        none,
        triples,
    ]);
    table.0
}

fn surveys(countries: &[Country]) -> String {
    let mut text = String::new();
    for Country { code, name, graph } in countries {
        let country = format!("{ID}{code}");
        writeln!(text, "**{name}**").expect("a string takes all");
        // Surveys of several bodies on the same ground are one line.
        let mut lines: BTreeMap<(bool, String), Vec<String>> = BTreeMap::new();
        for survey in &graph.surveys {
            let complete = survey.mechanisms == graph.vocabulary.mechanisms.all();
            let what = if complete {
                "every mechanism".to_owned()
            } else {
                let slugs =
                    survey.mechanisms.iter().map(|id| graph.vocabulary.mechanisms.get(id).slug.clone());
                slugs.collect::<Vec<_>>().join(", ")
            };
            let said = |label: Option<Symbol>| label.map_or("", |label| graph.text(label));
            let note = said(survey.comment.pick(&graph.texts, "en"));
            let day = survey.on.map_or_else(String::new, |day| day.to_string());
            for scope in survey.covers.iter().map(|scope| graph.text(*scope)) {
                let whole = scope == country;
                let what = if whole && !complete {
                    format!("every mechanism but {}", not_surveyed(graph, code).join(", "))
                } else {
                    what.clone()
                };
                let name = if whole { "the country".to_owned() } else { format!("`{}`", graph.short(scope)) };
                lines.entry((!whole, format!("{day}, {what}. {note}."))).or_default().push(name);
            }
        }
        for ((_, line), mut scopes) in lines {
            scopes.sort();
            writeln!(text, "- {}: {line}", scopes.join(", ")).expect("a string takes all");
        }
        text.push('\n');
    }
    text
}

fn types(countries: &[Country]) -> String {
    let vocabulary = &countries[0].graph.vocabulary;
    let mut heads = vec!["pillar".to_owned(), "type".to_owned()];
    heads.extend(countries.iter().map(|country| format!("#{}", country.code)));
    let mut table = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for pillar in Pillar::ALL {
        for id in vocabulary.pillar_types(*pillar).iter() {
            let slug = &vocabulary.types.get(id).slug;
            if slug == pillar.slug() {
                continue;
            }
            let mut cells = vec![pillar.slug().to_owned(), slug.clone()];
            cells.extend(countries.iter().map(|Country { graph, .. }| {
                let id = graph.vocabulary.types.find_slug(slug);
                let has = |body: &oversight::model::Institution| id.is_some_and(|id| body.types.contains(id));
                blank(graph.institutions().filter(|(_, body)| has(body)).count())
            }));
            table.row(&cells);
        }
    }
    table.0
}

fn mechanisms(countries: &[Country]) -> String {
    let mut heads = vec!["mechanism".to_owned()];
    heads.extend(countries.iter().map(|country| format!("#{}", country.code)));
    let mut table = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for (_, mechanism) in countries[0].graph.vocabulary.mechanisms.iter() {
        let mut cells = vec![mechanism.slug.clone()];
        cells.extend(countries.iter().map(|Country { graph, .. }| {
            let id = graph.vocabulary.mechanisms.find_slug(&mechanism.slug);
            let links = || graph.network.edge_weights().filter(|link| Some(link.mechanism) == id);
            let unverified = links().filter(|link| !link.verified).count();
            match unverified {
                0 => blank(links().count()),
                _ => format!("{} ({unverified})", links().count()),
            }
        }));
        table.row(&cells);
    }
    table.0
}

fn blank(count: usize) -> String {
    if count == 0 { String::new() } else { number(count) }
}

fn sources(countries: &[Country]) -> String {
    let mut table = Table::new(&["country", "#hosts", "#citations", "most cited"]);
    for Country { code, name, .. } in countries {
        let triples = triples(code);
        let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
        for subject in triples.subjects() {
            for source in triples.objects(subject, dcterms::SOURCE) {
                let Term::NamedNode(iri) = source else { continue };
                *hosts.entry(host(iri.as_str()).to_owned()).or_default() += 1;
            }
        }
        let mut most: Vec<(&String, &usize)> = hosts.iter().collect();
        most.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let most: Vec<String> =
            most.iter().take(HOSTS).map(|(host, count)| format!("{host} {}", number(**count))).collect();
        let all = hosts.values().sum();
        table.row(&[name.clone(), number(hosts.len()), number(all), most.join(", ")]);
    }
    table.0
}

/// The host of an address; of a forge that many publish on, the publisher and the repository as well.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let parts = if rest.starts_with("github.com/") { 3 } else { 1 };
    let end = rest.match_indices('/').nth(parts - 1).map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

fn limits(countries: &[Country]) -> String {
    let mut text = String::new();
    let shared = [("international", "International bodies")];
    let folders = countries.iter().map(|country| (country.code, country.name.as_str())).chain(shared);
    for (folder, name) in folders {
        let about = Triples::shipped(&format!("data/{folder}/about.ttl"), |_| true);
        let dataset = format!("{ID}{folder}/dataset");
        writeln!(text, "**{name}**").expect("a string takes all");
        for limit in about.objects(&dataset, skos::EDITORIAL_NOTE) {
            if let Term::Literal(limit) = limit
                && limit.language() == Some("en")
            {
                writeln!(text, "- {}", limit.value()).expect("a string takes all");
            }
        }
        text.push('\n');
    }
    text
}

fn international() -> String {
    let data = Triples::shipped("data/", |_| true);
    let mut table = Table::new(&["body", "name", "type", "in the data of"]);
    let shared = format!("{ID}international/");
    for body in data.of_class(ov::INSTITUTION).filter(|body| body.starts_with(&shared)) {
        let same = data.of_class(ov::INSTITUTION).filter(|own| data.has(own, skos::EXACT_MATCH, body));
        let same: Vec<String> =
            same.filter_map(|own| own.strip_prefix(ID)).map(|own| format!("`{own}`")).collect();
        let types = data.nodes(body, oversight::vocab::org::CLASSIFICATION);
        table.row(&[
            format!("`{}`", slug(body)),
            data.text(body, skos::PREF_LABEL, "en").unwrap_or_default().to_owned(),
            types.iter().map(|t| slug(t)).collect::<Vec<_>>().join(", "),
            same.join(", "),
        ]);
    }
    table.0
}

#[test]
fn the_page_on_data_is_that_of_the_data() {
    let path = "docs/data.md";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut page = fs::read_to_string(file).expect("the hand-written parts are there");
    let countries = load();
    for (name, text) in [
        ("coverage", coverage(&countries)),
        ("surveys", surveys(&countries)),
        ("limits", limits(&countries)),
        ("types", types(&countries)),
        ("mechanisms", mechanisms(&countries)),
        ("sources", sources(&countries)),
        ("international", international()),
    ] {
        page = fill(&page, name, &text);
    }
    hold(path, &page);
}

#[test]
fn hosts_are_told_apart() {
    assert_eq!(host("https://www.lovdata.no/x?y"), "lovdata.no");
    assert_eq!(host("https://github.com/bundestag/gesetze/blob/master/g"), "github.com/bundestag/gesetze");
    assert_eq!(host("https://isap.example"), "isap.example");
}
