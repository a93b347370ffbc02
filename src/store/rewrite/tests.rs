//! What is rewritten, into what, and what is kept for which reason.

use super::*;

fn of(text: &str) -> (String, Vec<Absence>) {
    let query = spargebra::SparqlParser::new().with_prefix("", "urn:").unwrap().parse_query(text).unwrap();
    let (query, found) = rewrite(query);
    (query.to_sse(), found)
}

fn kept(text: &str) -> Vec<Option<Kept>> {
    of(text).1.into_iter().map(|absence| absence.outcome.err()).collect()
}

#[test]
fn not_exists_becomes_an_anti_join_and_exists_a_semi_join() {
    let (sse, found) =
        of("SELECT ?b { ?b a :Body FILTER(?b != :x) FILTER NOT EXISTS { ?o :oversees ?b . ?o a :Court } }");
    assert_eq!(
        sse,
        "(project (?b) (minus (filter (! (= ?b <urn:x>)) (bgp (triple ?b \
         <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Body>))) (distinct (project (?b) (bgp (triple ?o \
         <urn:oversees> ?b) (triple ?o <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Court>))))))"
    );
    assert_eq!(found[0].outcome, Ok(vec!["?b".to_owned()]));
    let (sse, _) = of("SELECT ?b { ?b :p ?c FILTER EXISTS { ?o :oversees ?b . ?o :q ?x } }");
    assert!(
        sse.starts_with("(project (?b) (join (bgp (triple ?b <urn:p> ?c)) (distinct (project (?b)"),
        "{sse}"
    );
}

#[test]
fn filters_in_a_rewritten_pattern_are_rewritten_and_in_a_kept_one_are_not() {
    let inner = "FILTER NOT EXISTS { ?o :q ?z . ?z :q ?y }";
    assert_eq!(
        kept(&format!("SELECT * {{ ?b :p ?c FILTER NOT EXISTS {{ ?o :r ?b . ?o :s ?t {inner} }} }}")),
        [None, None]
    );
    let text = format!(
        "SELECT * {{ ?b :p ?c FILTER NOT EXISTS {{ ?o :r ?b . ?o :s ?t FILTER(?c > ?t) {inner} }} }}"
    );
    assert_eq!(kept(&text), [Some(Kept::Correlated)]);
    assert_eq!(kept(&format!("SELECT * {{ ?o :p ?c OPTIONAL {{ {{ ?o :p ?c {inner} }} }} }}")), []);
    assert_eq!(kept(&format!("SELECT * {{ GRAPH ?g {{ ?o :p ?c {inner} }} }}")), []);
    assert_eq!(kept(&format!("SELECT * {{ GRAPH :g {{ ?o :p ?c {inner} }} }}")), [None]);
}

#[test]
fn what_is_not_provably_the_same_is_kept() {
    use Kept::*;
    for (left, pattern, expected) in [
        ("?b :p ?c", "?x :q ?y . ?y :r ?z", NothingShared),
        ("OPTIONAL { ?b :p ?c }", "?o :q ?b . ?o :r ?z", MayBeUnbound),
        ("VALUES ?b { :x UNDEF }", "?o :q ?b . ?o :r ?z", MayBeUnbound),
        ("?b :p ?c", "?o :r ?z OPTIONAL { ?o :q ?b }", MayBeUnbound),
        ("?b :p ?c", "{ ?o :q ?b . ?o :r ?z } UNION { ?o :r ?c . ?o :r ?z }", MayBeUnbound),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z FILTER(?z < ?c)", Correlated),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z FILTER EXISTS { ?z :p ?c }", Correlated),
        ("?b :p ?c", "?o :q ?b . { ?o :r ?z FILTER(?z != ?b) }", Correlated),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z BIND(?c AS ?d)", Correlated),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z BIND(:x AS ?c)", Correlated),
        ("?b :p ?c", "?o :q ?b OPTIONAL { ?o :r ?c } ?o :r ?c", Correlated),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z MINUS { ?o :r ?c }", Correlated),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z MINUS { ?b :r ?w }", Correlated),
        ("?b :p ?c", "?o :q ?b . { SELECT ?o { ?o :r ?b } }", Correlated),
        ("VALUES ?b { :x }", "?b :q* ?a . ?a :q* ?z", EmptyPath),
        ("GRAPH :g { ?b :p ?c }", "?b :q* ?a", EmptyPath),
        ("BIND(:x AS ?b)", "?b :q* :z", EmptyPath),
        ("?b :p ?c", "{ SELECT ?b ?o { ?o :q ?b } LIMIT 1 } ?o :r ?z", Unstable),
        ("?b :p ?c", "{ SELECT ?b (COUNT(*) AS ?n) { ?o :q ?b } GROUP BY ?b } ?o :r ?z", Unstable),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z FILTER(RAND() > 0.5)", Unstable),
        ("?b :p|:q ?c", "?o :q ?b . ?o :r ?z", Order),
        ("?b :p ?c OPTIONAL { ?c !:p ?d }", "?o :q ?b . ?o :r ?z", Order),
        ("VALUES ?b { :x } ?a :p* ?b", "?o :q ?b . ?o :r ?z", Order),
        ("VALUES ?b { :x } ?b :p* ?c", "?o :q ?b . ?o :r ?z", Order),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z . VALUES ?a { :x } ?a :p* ?u", EmptyPath),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z . :x :p* ?u", EmptyPath),
        ("GRAPH ?g { ?b :p ?c }", "GRAPH ?g { VALUES ?b { :x } } ?b :r ?y . ?y :r ?z", MayBeUnbound),
        ("?b :p ?c", "GRAPH ?g { ?o :q ?b . ?o :r ?z MINUS { ?o :s ?z } }", GraphVariable),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z . ?x :q ?y", Multiplies),
        ("?b :p ?c", "?o :q ?b { ?x :q ?y } UNION { ?x :r ?y }", Multiplies),
        ("?b :p ?c", "?b :type ?t . ?other :type ?t", Multiplies),
        ("?b :p ?c", "?o :q ?b", Direct),
        ("?b :p ?c", "?o :q ?b . ?b :r ?c FILTER(?o != :x)", Direct),
    ] {
        for not in ["", "NOT "] {
            let text = format!("SELECT * {{ {left} FILTER {not}EXISTS {{ {pattern} }} }}");
            assert_eq!(kept(&text), [Some(expected)], "{text}");
        }
    }
}

#[test]
fn what_is_provably_the_same_is_rewritten() {
    for (left, pattern) in [
        ("?b :p ?c", "?o :q ?b . ?o :r ?z FILTER(?z != ?b || BOUND(?w))"),
        ("?b :p ?c", "?o :q ?b OPTIONAL { ?o :r ?z }"),
        ("?b :p ?c", "?o :q ?b OPTIONAL { ?o :r ?b } MINUS { ?o :s ?b }"),
        ("?b :p ?c", "?o :q/:r* ?b"),
        ("?b :p ?c", "?b :r* ?a . ?o :q ?a"),
        ("?b :p ?c . ?c ^:q/:r+ ?b", "?o :q|:r ?b . ?o :r ?z"),
        ("?b :p ?c . ?c :q* ?d", "?o :q ?b . ?o :r ?z"),
        ("?b :p ?c { ?c :q ?d } UNION { ?c :r ?d }", "?o :q ?b . ?o :r ?z"),
        ("?b :p ?c", "?o :q ?b . ?o :r ?z . :x :p* :y . :x :q :z"),
        ("GRAPH ?g { ?b :p ?c }", "GRAPH ?g { ?o :q ?b . ?o :r ?z }"),
        ("VALUES ?b { :x }", "?o :q/:r* ?b"),
        ("GRAPH :g { ?b :p ?c }", "?b :q+ ?a"),
        ("?b :p ?c", "?b :q* :z"),
        ("?b :p ?c", "GRAPH ?g { ?o :q ?b . ?o :r ?z }"),
        ("{ ?b :p 1 } UNION { ?b :p 2 }", "{ ?o :q ?b . ?o :r ?z } UNION { ?b :q ?z . ?z :r ?y }"),
        ("?b :p ?c", "?o :q ?b . { SELECT ?o { ?o :r ?w } }"),
    ] {
        for not in ["", "NOT "] {
            let text = format!("SELECT * {{ {left} FILTER {not}EXISTS {{ {pattern} }} }}");
            assert_eq!(kept(&text), [None], "{text}");
        }
    }
}

#[test]
fn a_variable_bound_beside_the_group_is_not_the_groups() {
    let text = |inner: &str| format!("SELECT * {{ ?x :p ?y {{ ?y :q ?z FILTER EXISTS {{ {inner} }} }} }}");
    assert_eq!(kept(&text("?x :r* ?w . ?w :q ?z")), [Some(Kept::Beside)]);
    assert_eq!(kept(&text("?o :r ?w . ?w :q ?z")), [None]);
}

#[test]
fn a_path_is_walked_from_distinct_values() {
    let lean = |pattern: &str| of(&format!("SELECT ?b {{ ?b :p ?c FILTER NOT EXISTS {{ {pattern} }} }}")).0;
    // Of what another pair of ends is asked, the start counts.
    for pattern in
        ["?o :oversees/:partOf+ ?b", "?b :partOf* ?a . ?o :oversees ?a FILTER EXISTS { ?a :q ?x . ?x :q ?y }"]
    {
        let sse = lean(pattern);
        assert!(sse.contains("(distinct (project (?b) (join (distinct (project (?"), "{sse}");
    }
}

#[test]
fn what_is_reached_is_walked_from_where_the_way_leaves_the_starts() {
    for (pattern, a, step, path) in [
        (
            "?b :partOf* ?a . ?o :oversees ?a",
            "a",
            "(triple ?a next <urn:partOf> ?a)",
            "(path ?b (path* <urn:partOf>) ?a next)",
        ),
        (
            "?a :partOf* ?b . ?o :oversees ?a",
            "a",
            "(triple ?a <urn:partOf> ?a next)",
            "(path ?a next (path* <urn:partOf>) ?b)",
        ),
        (
            "?b (^:partOf)* ?a . ?o :oversees ?a",
            "a",
            "(triple ?a <urn:partOf> ?a next)",
            "(path ?a next (path* <urn:partOf>) ?b)",
        ),
    ] {
        let (sse, _) = of(&format!("SELECT ?b {{ ?b :p ?c FILTER NOT EXISTS {{ {pattern} }} }}"));
        let starts = format!("(bgp (triple ?o <urn:oversees> ?{a}))");
        assert_eq!(sse.matches(&starts).count(), 3, "{sse}");
        assert!(sse.contains(path), "{sse}");
        assert!(sse.contains(&format!("(join (minus (bgp {step}) (project (?a next)")), "{sse}");
    }
}
