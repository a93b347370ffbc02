//! `docs/ontology.md`: the vocabulary and the concept schemes, from `ontology/`.

use super::{Table, hold};
use crate::triples::Triples;
use oversight::rdf::Term;
use oversight::vocab::{PREFIXES, dcterms, ov, rdf, rdfs, shorten, skos, slug};
use std::fmt::Write as _;

const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const SUB_CLASS_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
const SUB_PROPERTY_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
const DOMAIN: &str = "http://www.w3.org/2000/01/rdf-schema#domain";
const RANGE: &str = "http://www.w3.org/2000/01/rdf-schema#range";
const CLASS: &str = "http://www.w3.org/2002/07/owl#Class";
const UNION_OF: &str = "http://www.w3.org/2002/07/owl#unionOf";
const ONE_OF: &str = "http://www.w3.org/2002/07/owl#oneOf";
const FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
const CONCEPT_SCHEME: &str = "http://www.w3.org/2004/02/skos/core#ConceptScheme";

/// Terms of other vocabularies that the data use, and for what. Their own pages define them.
const REUSED: &[(&str, &str)] = &[
    ("org:classification", "the type of an institution"),
    ("org:subOrganizationOf", "the body that an institution belongs to"),
    ("skos:prefLabel", "names, one a language"),
    ("skos:altLabel", "acronym, other names"),
    ("skos:notation", "the slug of a concept, the id of a norm, the code of a country"),
    ("skos:exactMatch", "the same body in Wikidata or among the international bodies"),
    ("skos:editorialNote", "a remark of the editors: why a norm is modelled so, what a data set leaves out"),
    ("schema:foundingDate", "when an institution began"),
    ("schema:dissolutionDate", "when it ended"),
    ("schema:startDate", "when a link began"),
    ("schema:endDate", "the first day on which it no longer holds, or its last year or month"),
    ("eli:is_part_of", "the act of a provision"),
    ("eli:number", "the number of a provision"),
    ("eli:title", "the title of an act"),
    ("eli:id_local", "the official number of an act"),
    ("eli:type_document", "law, code, decree ..."),
    ("eli:date_document", "when an act was adopted"),
    ("eli:first_date_entry_in_force", "when it came into force"),
    ("eli:date_no_longer_in_force", "from when it is no longer in force"),
    ("foaf:homepage", "the site of an institution"),
    ("foaf:page", "the official address of an act or document"),
    ("dcterms:source", "the page read; of a norm, its document"),
    ("rdfs:comment", "a remark; of a norm, its duty in a sentence"),
];

fn text(ontology: &Triples, subject: &str, property: &str) -> String {
    let in_language = |language| ontology.text(subject, property, language).unwrap_or_default();
    format!("{}<br>{}", in_language("en"), in_language("uk"))
}

/// What a domain or range names; the members of a union or an enumeration one by one.
fn classes(ontology: &Triples, subject: &str, property: &str) -> String {
    let mut names = Vec::new();
    for node in ontology.nodes(subject, property) {
        let lists = [UNION_OF, ONE_OF].map(|of| ontology.nodes(&node, of));
        let members: Vec<Term> = lists.iter().flatten().flat_map(|head| list(ontology, head)).collect();
        if members.is_empty() {
            names.push(shorten(&node));
        }
        names.extend(members.iter().map(|member| match member {
            Term::NamedNode(class) => shorten(class.as_str()),
            other => other.to_string(),
        }));
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The members of an RDF list.
fn list(ontology: &Triples, head: &str) -> Vec<Term> {
    let first = ontology.objects(head, FIRST).cloned();
    let rest = ontology.nodes(head, REST).into_iter().flat_map(|rest| list(ontology, &rest));
    first.chain(rest).collect()
}

fn vocabulary(ontology: &Triples, page: &mut String) {
    let ours = || ontology.subjects().filter(|s| s.starts_with(ov::NS) && s.len() > ov::NS.len());
    let mut table = Table::new(&["class", "name", "meaning", "narrower than"]);
    for class in ours().filter(|class| ontology.has(class, rdf::TYPE, CLASS)) {
        table.row(&[
            format!("`{}`", shorten(class)),
            text(ontology, class, LABEL),
            text(ontology, class, rdfs::COMMENT),
            classes(ontology, class, SUB_CLASS_OF),
        ]);
    }
    write!(page, "## Classes\n{}\n", table.0).expect("a string takes all");

    let mut table = Table::new(&["property", "name", "meaning", "of", "to"]);
    let is_property = |term: &str| !ontology.has(term, rdf::TYPE, CLASS);
    let is_derived = |term: &str| ontology.has(term, SUB_PROPERTY_OF, ov::OVERSEES);
    for property in ours().filter(|term| is_property(term) && !is_derived(term)) {
        table.row(&[
            format!("`{}`", shorten(property)),
            text(ontology, property, LABEL),
            text(ontology, property, rdfs::COMMENT),
            classes(ontology, property, DOMAIN),
            classes(ontology, property, RANGE),
        ]);
    }
    write!(page, "## Properties\n{}\n", table.0).expect("a string takes all");

    let mut table = Table::new(&["property", "name", "mechanism", "meaning"]);
    for property in ours().filter(|term| is_derived(term)) {
        let mechanisms =
            ontology.of_class(skos::CONCEPT).filter(|m| ontology.has(m, ov::PREDICATE, property));
        let mechanisms: Vec<String> = mechanisms.map(|m| format!("`{}`", slug(m))).collect();
        table.row(&[
            format!("`{}`", shorten(property)),
            text(ontology, property, LABEL),
            mechanisms.join(", "),
            text(ontology, property, rdfs::COMMENT),
        ]);
    }
    write!(
        page,
        "## Plain properties, one for each mechanism\nEach is narrower than `ov:oversees`. A store holds them for the \
         links in force on the legal day, in the named graph `https://w3id.org/oversight/graph/derived`.\n\n{}\n",
        table.0
    )
    .expect("a string takes all");
}

fn reused(page: &mut String) {
    let mut table = Table::new(&["term", "used for"]);
    for (term, what) in REUSED {
        let (prefix, _) = term.split_once(':').expect("a prefixed name");
        assert!(PREFIXES.iter().any(|(known, _)| known == &prefix), "the prefix of {term}");
        table.row(&[format!("`{term}`"), (*what).to_owned()]);
    }
    write!(page, "## Terms of other vocabularies\n{}\n", table.0).expect("a string takes all");
}

fn scheme(ontology: &Triples, scheme: &str, page: &mut String) {
    let title = |language| ontology.text(scheme, dcterms::TITLE, language).unwrap_or_default();
    writeln!(
        page,
        "### {} · {}\n{}\n",
        title("en"),
        title("uk"),
        text(ontology, scheme, dcterms::DESCRIPTION)
    )
    .expect("a string takes all");
    let members: Vec<&str> =
        ontology.of_class(skos::CONCEPT).filter(|c| ontology.has(c, skos::IN_SCHEME, scheme)).collect();
    let is_mechanism = members.iter().any(|m| ontology.objects(m, ov::PREDICATE).count() > 0);
    let has_groups = members.iter().any(|m| ontology.objects(m, skos::BROADER).count() > 0);
    let mut heads = vec!["concept", "name", "meaning"];
    if has_groups {
        heads.push("group");
    }
    if is_mechanism {
        heads.push("reaches the bodies below");
    }
    let mut table = Table::new(&heads);
    for concept in members {
        let mut cells = vec![
            format!("`{}`", shorten(concept)),
            text(ontology, concept, skos::PREF_LABEL),
            text(ontology, concept, skos::DEFINITION),
        ];
        if has_groups {
            cells.push(ontology.nodes(concept, skos::BROADER).iter().map(|group| slug(group)).collect());
        }
        if is_mechanism {
            let says = |property| ontology.text(concept, property, "").is_some_and(|value| value == "true");
            let reach = match (says(ov::EXTENDS_DOWN), says(ov::EXTENDS_THROUGH_CABINET)) {
                (true, true) => "yes, through the cabinet too",
                (true, false) => "yes",
                _ => "no",
            };
            cells.push(reach.to_owned());
        }
        table.row(&cells);
    }
    writeln!(page, "{}", table.0).expect("a string takes all");
}

fn render() -> String {
    let ontology = Triples::shipped("ontology/", |_| true);
    let mut page = String::from(
        "<!-- Generated from ontology/ by OVERSIGHT_BLESS=1 cargo test --test it pages; not edited by hand. -->\n\
         # The vocabulary\n\
         Namespace `ov:` = `https://w3id.org/oversight/ns#`. Defined here is only what no standard vocabulary has. Each \
         name and meaning stands in English and Ukrainian.\n\n",
    );
    vocabulary(&ontology, &mut page);
    reused(&mut page);
    page.push_str("## Concept schemes\n");
    for name in ontology.of_class(CONCEPT_SCHEME) {
        scheme(&ontology, name, &mut page);
    }
    let mut table = Table::new(&["prefix", "namespace"]);
    for (prefix, namespace) in PREFIXES {
        table.row(&[format!("`{prefix}:`"), format!("`{namespace}`")]);
    }
    write!(page, "## Prefixes\nQueries know these undeclared, and one a country (`ua:`).\n\n{}", table.0)
        .expect("a string takes all");
    page
}

#[test]
fn the_page_on_the_vocabulary_is_that_of_the_ontology() {
    hold("docs/ontology.md", &render());
}
