//! Tables into Turtle: golden files, every cell read back, and what is said of bad tables.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use oversight::import::{Country, ImportError, Imported, Words, facts, norms};
use oversight::vocab::{self, dcterms, eli, foaf, org, ov, rdf, rdfs, schema, scheme, skos};
use oxrdf::{Term, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/facts");
const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/facts");
/// The folders of real facts, with the language of their native names.
const COUNTRIES: &[(&str, &str)] =
    &[("ua", "uk"), ("no", "nb"), ("gb", "en"), ("de", "de"), ("pl", "pl"), ("ge", "ka"), ("ca", "fr")];

pub(crate) fn words() -> Words {
    let set = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    Words {
        types: set(
            "provider executive legislature justice independent internal society international
             armed-forces military-service military-command territorial-defence police gendarmerie border-service
             customs-service coast-guard penitentiary-service domestic-security-service foreign-intelligence
             military-intelligence signals-intelligence criminal-intelligence protective-service
             investigation-bureau anti-corruption-bureau financial-intelligence emergency-service
             migration-service cyber-agency training-establishment logistics-body procurement-agency
             defence-industry private-security-regulated head-of-state head-of-government government ministry
             security-council coordination-body licensing-authority parliament parliamentary-committee
             inquiry-committee constitutional-court supreme-court court specialised-court prosecution-service
             judicial-council ombuds-institution military-ombuds supreme-audit-institution
             anti-corruption-agency data-protection-authority preventive-mechanism expert-oversight-body
             complaints-body judicial-commissioner human-rights-institution procurement-regulator
             electoral-body inspectorate internal-audit internal-affairs government-audit-service ethics-body
             ngo public-council civic-oversight-council media academia bar-association electorate
             international-court treaty-body international-organisation monitoring-mission",
        ),
        mechanisms: set(
            "nomination appointment consent-to-appointment dismissal no-confidence command policy-direction
             coordination budget-preparation budget-approval budget-execution-control financial-audit
             performance-audit annual-report hearing interpellation inquiry legislation
             deployment-authorisation surveillance-authorisation operation-authorisation judicial-review
             pre-trial-supervision prosecution criminal-investigation complaint-handling inspection
             detention-monitoring information-access asset-declaration integrity-policy procurement-control
             disciplinary competitive-selection public-consultation civic-monitoring licensing internal-audit
             internal-investigation standard-setting human-rights-monitoring external-evaluation election",
        ),
        powers: set(
            "use-of-force arrest detention covert-surveillance interception covert-action classified-budget
             pre-trial-investigation prosecution subpoena classified-access",
        ),
        statuses: set("in-force not-operational suspended repealed proposed"),
        effects: set("binding advisory informative"),
        limits: set(
            "secrecy clearance-by-overseen executive-consent prior-notice partial-scope martial-law no-sanction
             individual-request",
        ),
        severities: set("must should may"),
        principles: set(
            "participatory consensus-oriented accountable transparent responsive effective efficient equitable
             inclusive rule-of-law civilian-control human-rights",
        ),
        documents: BTreeSet::new(),
        groups: set("provider executive legislature justice independent internal society international"),
    }
}

fn country(code: &str, language: &str) -> Country {
    Country { code: code.to_owned(), language: language.to_owned(), name_en: "Exilia".to_owned() }
}

fn exilia() -> Imported {
    facts(&Path::new(FIXTURES).join("xx"), &country("xx", "uk"), &words()).unwrap()
}

/// Holds the files against those in `folder`; a changed one is left in the target folder to be looked at.
fn assert_golden(imported: &Imported, folder: &str) {
    let golden = Path::new(FIXTURES).join(folder);
    let mut changed = Vec::new();
    for (name, text) in &imported.files {
        if fs::read_to_string(golden.join(name)).ok().as_ref() != Some(text) {
            let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder).join(name);
            fs::create_dir_all(actual.parent().unwrap()).unwrap();
            fs::write(&actual, text).unwrap();
            changed.push(format!("cp {} {}", actual.display(), golden.join(name).display()));
        }
    }
    assert!(changed.is_empty(), "not as in the golden files; if that is right:\n{}", changed.join("\n"));
}

#[test]
fn facts_of_a_small_country_are_as_in_the_golden_files() {
    let imported = exilia();
    assert_golden(&imported, "xx/golden");
    assert_eq!(
        imported.counts,
        [("institutions", 7), ("acts", 4), ("links", 11), ("powers", 4), ("surveys", 3)]
    );
}

#[test]
fn a_few_norms_are_as_in_the_golden_files() {
    let imported = norms(Path::new(FIXTURES), &words()).unwrap();
    assert_golden(&imported, "golden");
    assert_eq!(imported.counts, [("norms", 3), ("documents", 3), ("principles", 2)]);
}

/// How a cell is read back from the properties of its subject.
enum Back {
    /// The name of the subject below a namespace.
    Name(String),
    /// Objects below a namespace, as a list.
    List(&'static str, String),
    /// A text in English.
    English(&'static str),
    /// A text without language, or a number.
    Plain(&'static str),
    /// The text in the native language, or in English where that is the same.
    Native(&'static str, String),
    /// A date, with its type held against its precision.
    Date(&'static str),
    /// `yes` or `no`.
    Flag(&'static str),
    /// Whole IRIs, as a list.
    Addresses(&'static str),
    /// `act article` for each provision or act.
    Basis(&'static str),
    /// The country, or an institution below the namespace.
    Scope(String),
    /// A list that is written `all` when empty.
    ListOrAll(&'static str, String),
}

/// The triples of some Turtle files, by subject in order.
struct Graph {
    order: Vec<String>,
    triples: HashMap<String, Vec<Triple>>,
}

impl Graph {
    fn of(imported: &Imported) -> Self {
        let mut graph = Self { order: Vec::new(), triples: HashMap::new() };
        for (name, text) in &imported.files {
            for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()) {
                let triple: Triple = quad.unwrap_or_else(|error| panic!("{name}: {error}")).into();
                let subject = triple.subject.to_string();
                let subject = subject.trim_matches(['<', '>']).to_owned();
                let triples = graph.triples.entry(subject.clone()).or_default();
                if triples.is_empty() {
                    graph.order.push(subject);
                }
                triples.push(triple);
            }
        }
        graph
    }

    fn instances(&self, class: &str) -> Vec<&str> {
        let is_one = |s: &&String| self.objects(s, rdf::TYPE).iter().any(|o| iri(o) == class);
        self.order.iter().filter(is_one).map(String::as_str).collect()
    }

    fn objects(&self, subject: &str, predicate: &str) -> Vec<&Term> {
        let of = |t: &&Triple| t.predicate.as_str() == predicate;
        self.triples.get(subject).into_iter().flatten().filter(of).map(|t| &t.object).collect()
    }

    fn cell(&self, subject: &str, back: &Back) -> String {
        match back {
            Back::Name(namespace) => below(subject, namespace),
            Back::List(predicate, namespace) => {
                let objects = self.objects(subject, predicate);
                objects.iter().map(|o| below(iri(o), namespace)).collect::<Vec<_>>().join(";")
            }
            Back::ListOrAll(predicate, namespace) => {
                match self.cell(subject, &Back::List(predicate, namespace.clone())).as_str() {
                    "" => "all".to_owned(),
                    list => list.to_owned(),
                }
            }
            Back::English(predicate) => self.text(subject, predicate, "en").unwrap_or_default(),
            Back::Plain(predicate) => self.text(subject, predicate, "").unwrap_or_default(),
            Back::Native(predicate, language) => {
                let native = match language.as_str() {
                    "en" => self.text(subject, skos::ALT_LABEL, "en"),
                    language => self.text(subject, predicate, language),
                };
                native.unwrap_or_else(|| self.cell(subject, &Back::English(predicate)))
            }
            Back::Date(predicate) => {
                let Some(Term::Literal(date)) = self.objects(subject, predicate).first().copied() else {
                    return String::new();
                };
                let lengths = [(4, "gYear"), (7, "gYearMonth"), (10, "date")];
                let datatype = vocab::slug(date.datatype().as_str()).to_owned();
                assert!(lengths.contains(&(date.value().len(), datatype.as_str())), "{date}");
                date.value().to_owned()
            }
            Back::Flag(predicate) => match self.objects(subject, predicate).as_slice() {
                [Term::Literal(flag)] if flag.value() == "true" => "yes".to_owned(),
                [Term::Literal(flag)] if flag.value() == "false" => "no".to_owned(),
                other => panic!("{subject} {predicate} {other:?}"),
            },
            Back::Addresses(predicate) => {
                let objects = self.objects(subject, predicate);
                objects.iter().map(|o| iri(o)).collect::<Vec<_>>().join(";")
            }
            Back::Basis(predicate) => {
                let basis = self.objects(subject, predicate).into_iter().map(|node| {
                    let node = iri(node);
                    match self.objects(node, eli::IS_PART_OF).as_slice() {
                        [] => vocab::slug(node).to_owned(),
                        [act] => format!(
                            "{} {}",
                            vocab::slug(iri(act)),
                            self.cell(node, &Back::Plain(eli::NUMBER))
                        ),
                        acts => panic!("{node} is part of {acts:?}"),
                    }
                });
                normal_basis(basis)
            }
            Back::Scope(namespace) => match self.objects(subject, ov::COVERS).as_slice() {
                [place] if format!("{}/", iri(place)) == *namespace => "country".to_owned(),
                [place] => below(iri(place), namespace),
                other => panic!("{subject} covers {other:?}"),
            },
        }
    }

    fn text(&self, subject: &str, predicate: &str, language: &str) -> Option<String> {
        self.objects(subject, predicate).into_iter().find_map(|object| match object {
            Term::Literal(text) if text.language().unwrap_or("") == language => Some(text.value().to_owned()),
            _ => None,
        })
    }
}

fn iri(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        other => panic!("{other} is no IRI"),
    }
}

fn below(iri: &str, namespace: &str) -> String {
    iri.strip_prefix(namespace).unwrap_or_else(|| panic!("{iri} is not below {namespace}")).to_owned()
}

/// Sorts `act article` pairs; the case of an article's first letter does not count.
fn normal_basis(basis: impl Iterator<Item = String>) -> String {
    let lower_first = |article: &str| {
        let mut chars = article.chars();
        chars.next().map(|c| c.to_lowercase().chain(chars).collect::<String>()).unwrap_or_default()
    };
    let pairs: BTreeSet<String> = basis
        .map(|pair| match pair.trim().split_once(' ') {
            Some((act, article)) => format!("{act} {}", lower_first(article.trim())),
            None => pair.trim().to_owned(),
        })
        .collect();
    pairs.into_iter().collect::<Vec<_>>().join(";")
}

/// Rebuilds each cell of a table from the instances of `class`, and returns how many there were.
fn assert_read_back(path: &Path, graph: &Graph, class: &str, columns: &[(&str, Back)]) -> usize {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    for column in &header {
        let articles = column == "article";
        assert!(articles || columns.iter().any(|(name, _)| *name == column), "nobody reads back `{column}`");
    }
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let subjects = graph.instances(class);
    assert_eq!(rows.len(), subjects.len(), "{}", path.display());
    let mut cells = 0;
    for (row, in_order) in rows.iter().zip(&subjects) {
        let cell = |name: &str| header.iter().position(|h| h == name).map_or("", |at| &row[at]);
        // Norms stand in a file for each document; what has no id is in the order of its table.
        let subject = match &columns[0] {
            (id, Back::Name(namespace)) => format!("{namespace}{}", cell(id)),
            _ => (*in_order).to_owned(),
        };
        assert!(subjects.contains(&subject.as_str()), "{subject}");
        for (column, back) in columns {
            let list = |text: &str| text.split(';').map(str::trim).collect::<Vec<_>>().join(";");
            let expected = match back {
                Back::List(..) | Back::ListOrAll(..) | Back::Addresses(_) => list(cell(column)),
                Back::Native(..) if cell(column).is_empty() => {
                    cell(&column.replace("native", "en")).to_owned()
                }
                Back::Basis(_) if *column == "act" => {
                    let articles =
                        cell("article").split(';').map(|article| format!("{} {article}", cell("act")));
                    normal_basis(articles)
                }
                Back::Basis(_) => normal_basis(cell(column).split(';').map(str::to_owned)),
                _ => cell(column).to_owned(),
            };
            assert_eq!(graph.cell(&subject, back), expected, "{} {subject} {column}", path.display());
            cells += 1;
        }
    }
    cells
}

fn assert_facts_read_back(folder: &Path, code: &str, language: &str) -> usize {
    let imported = facts(folder, &country(code, language), &words()).unwrap_or_else(|e| panic!("{e}"));
    let graph = Graph::of(&imported);
    let home = format!("{}{code}/", vocab::ID);
    let at = |kind: &str| format!("{home}{kind}/");
    let list = |predicate, namespace: &str| Back::List(predicate, namespace.to_owned());
    let table = |file: &str, class, columns: &[(&str, Back)]| {
        let path = folder.join(file);
        if path.exists() { assert_read_back(&path, &graph, class, columns) } else { 0 }
    };
    table(
        "institutions.csv",
        ov::INSTITUTION,
        &[
            ("id", Back::Name(home.clone())),
            ("name_en", Back::English(skos::PREF_LABEL)),
            ("name_native", Back::Native(skos::PREF_LABEL, language.to_owned())),
            ("type", list(org::CLASSIFICATION, scheme::TYPE)),
            ("acronym", Back::Plain(skos::ALT_LABEL)),
            ("parent", list(org::SUB_ORGANIZATION_OF, &home)),
            ("head", Back::English(ov::HEAD_TITLE)),
            ("established", Back::Date(schema::FOUNDING_DATE)),
            ("dissolved", Back::Date(schema::DISSOLUTION_DATE)),
            ("legal_basis", Back::Basis(ov::FOUNDED_BY)),
            ("powers", list(ov::POWER, scheme::POWER)),
            ("wikidata", list(skos::EXACT_MATCH, vocab::WIKIDATA)),
            ("website", Back::Addresses(foaf::HOMEPAGE)),
            ("note", Back::English(rdfs::COMMENT)),
            ("source", Back::Addresses(dcterms::SOURCE)),
            ("checked", Back::Flag(ov::VERIFIED)),
        ],
    ) + table(
        "acts.csv",
        ov::LEGAL_ACT,
        &[
            ("id", Back::Name(at("act"))),
            ("title_en", Back::English(eli::TITLE)),
            ("title_native", Back::Native(eli::TITLE, language.to_owned())),
            ("number", Back::Plain(eli::ID_LOCAL)),
            ("kind", Back::Plain(eli::TYPE_DOCUMENT)),
            ("adopted", Back::Date(eli::DATE_DOCUMENT)),
            ("in_force", Back::Date(eli::FIRST_DATE_ENTRY_IN_FORCE)),
            ("repealed", Back::Date(eli::DATE_NO_LONGER_IN_FORCE)),
            ("url", Back::Addresses(foaf::PAGE)),
            ("source", Back::Addresses(dcterms::SOURCE)),
            ("checked", Back::Flag(ov::VERIFIED)),
        ],
    ) + table(
        "links.csv",
        ov::CONTROL,
        &[
            ("overseer", list(ov::OVERSEER, &home)),
            ("overseen", list(ov::OVERSEEN, &home)),
            ("mechanism", list(ov::MECHANISM, scheme::MECHANISM)),
            ("act", Back::Basis(ov::LEGAL_BASIS)),
            ("from", Back::Date(schema::START_DATE)),
            ("to", Back::Date(schema::END_DATE)),
            ("status", list(ov::STATUS, scheme::STATUS)),
            ("effect", list(ov::EFFECT, scheme::EFFECT)),
            ("limits", list(ov::LIMIT, scheme::LIMIT)),
            ("note", Back::English(rdfs::COMMENT)),
            ("source", Back::Addresses(dcterms::SOURCE)),
            ("checked", Back::Flag(ov::VERIFIED)),
        ],
    ) + table(
        "powers.csv",
        ov::POWER_GRANT,
        &[
            ("institution", list(ov::HOLDER, &home)),
            ("power", list(ov::POWER, scheme::POWER)),
            ("act", Back::Basis(ov::LEGAL_BASIS)),
            ("note", Back::English(rdfs::COMMENT)),
        ],
    ) + table(
        "surveys.csv",
        ov::SURVEY,
        &[
            ("scope", Back::Scope(home.clone())),
            ("mechanisms", Back::ListOrAll(ov::MECHANISM, scheme::MECHANISM.to_owned())),
            ("surveyed_on", Back::Date(ov::SURVEYED_ON)),
            ("note", Back::English(rdfs::COMMENT)),
        ],
    )
}

fn assert_norms_read_back(folder: &Path) -> usize {
    let imported = norms(folder, &words()).unwrap_or_else(|e| panic!("{e}"));
    let graph = Graph::of(&imported);
    let list = |predicate, namespace: &str| Back::List(predicate, namespace.to_owned());
    assert_read_back(
        &folder.join("documents.csv"),
        &graph,
        ov::GUIDANCE_DOCUMENT,
        &[
            ("id", Back::Name(scheme::DOCUMENT.to_owned())),
            ("title", Back::English(dcterms::TITLE)),
            ("publisher", Back::Plain(dcterms::PUBLISHER)),
            ("year", Back::Date(dcterms::ISSUED)),
            ("identifier", Back::Plain(dcterms::IDENTIFIER)),
            ("url", Back::Addresses(foaf::PAGE)),
            ("in_seed", Back::Flag(ov::IN_REFERENCE_LIBRARY)),
            ("summary", Back::English(dcterms::ABSTRACT)),
            ("source", Back::Addresses(rdfs::SEE_ALSO)),
            ("checked", Back::Flag(ov::VERIFIED)),
        ],
    ) + assert_read_back(
        &folder.join("norms.csv"),
        &graph,
        ov::NORM,
        &[
            ("id", Back::Name(scheme::NORM.to_owned())),
            ("document", list(dcterms::SOURCE, scheme::DOCUMENT)),
            ("locator", Back::Plain(ov::LOCATOR)),
            ("title", Back::English(skos::PREF_LABEL)),
            ("statement", Back::English(rdfs::COMMENT)),
            ("applies_to", list(ov::APPLIES_TO, scheme::TYPE)),
            ("where_power", list(ov::WHERE_POWER, scheme::POWER)),
            ("where_parent_of", list(ov::WHERE_PARENT_OF, scheme::TYPE)),
            ("where_oversees", list(ov::WHERE_OVERSEES, scheme::TYPE)),
            ("overseer_types", list(ov::OVERSEER_TYPE, scheme::TYPE)),
            ("mechanisms", list(ov::MECHANISM_ANY_OF, scheme::MECHANISM)),
            ("all_mechanisms", Back::Flag(ov::ALL_MECHANISMS)),
            ("at_least", Back::Plain(ov::AT_LEAST)),
            ("at_least_pillars", Back::Plain(ov::AT_LEAST_PILLARS)),
            ("independent_of", Back::Plain(ov::INDEPENDENT_OF)),
            ("least_effect", list(ov::LEAST_EFFECT, scheme::EFFECT)),
            ("excludes_limits", list(ov::EXCLUDES_LIMIT, scheme::LIMIT)),
            ("polarity", Back::Plain(ov::POLARITY)),
            ("severity", list(ov::SEVERITY, scheme::SEVERITY)),
            ("principles", list(ov::PRINCIPLE, scheme::PRINCIPLE)),
            ("note", Back::English(skos::EDITORIAL_NOTE)),
            ("source", Back::Addresses(rdfs::SEE_ALSO)),
            ("checked", Back::Flag(ov::VERIFIED)),
        ],
    )
}

#[test]
fn every_cell_of_the_fixtures_can_be_read_back() {
    let cells = assert_facts_read_back(&Path::new(FIXTURES).join("xx"), "xx", "uk");
    assert_eq!(cells, 7 * 16 + 4 * 11 + 11 * 12 + 4 * 4 + 3 * 4);
    assert_eq!(assert_norms_read_back(Path::new(FIXTURES)), 3 * 10 + 3 * 23);
}

#[test]
fn a_country_that_speaks_english_keeps_its_other_names_apart() {
    assert_facts_read_back(&Path::new(FIXTURES).join("xx"), "xx", "en");
}

#[test]
fn every_cell_of_the_real_tables_can_be_read_back() {
    if !Path::new(REAL).exists() {
        println!("skipped: there is no folder {REAL}");
        return;
    }
    for (code, language) in COUNTRIES {
        let cells = assert_facts_read_back(&Path::new(REAL).join(code), code, language);
        println!("{code}: {cells} cells");
    }
    println!("norms: {} cells", assert_norms_read_back(Path::new(REAL)));
}

#[test]
fn a_row_at_the_end_renames_nothing() {
    let folder = copy_of_fixtures();
    let more = [
        ("institutions.csv", "x,X,,,ngo,,,,,law-service-1992 art. 99,,,,,,no\n"),
        ("links.csv", "no,parliament,service,hearing,law-service-1992,art. 9(1),1996-06-28,,in-force,,,,\n"),
        ("powers.csv", "service,arrest,law-service-1992,art. 25,once more\n"),
        ("surveys.csv", "service,command,2026-11-24,\n"),
    ];
    for (file, row) in more {
        let path = folder.path().join("xx").join(file);
        fs::write(&path, fs::read_to_string(&path).unwrap() + row).unwrap();
    }
    let before = Graph::of(&exilia());
    let after = facts(&folder.path().join("xx"), &country("xx", "uk"), &words()).unwrap();
    let after = Graph::of(&after);
    for class in [ov::CONTROL, ov::POWER_GRANT, ov::SURVEY] {
        let (before, after) = (before.instances(class), after.instances(class));
        assert_eq!(after.len(), before.len() + 1);
        assert_eq!(after[..before.len()], before);
    }
    for provision in before.instances(ov::PROVISION) {
        assert_eq!(before.objects(provision, eli::NUMBER), after.objects(provision, eli::NUMBER));
    }
}

fn copy_of_fixtures() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("xx")).unwrap();
    for below in ["", "xx"] {
        for entry in fs::read_dir(Path::new(FIXTURES).join(below)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "csv") {
                fs::copy(&path, folder.path().join(below).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    folder
}

/// What is said of the fixtures when `change` is made to `file`, with paths as from the fixtures' folder.
fn complaint(file: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let folder = copy_of_fixtures();
    let path = folder.path().join(file);
    let before = fs::read(&path).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "nothing changed in {file}");
    fs::write(&path, after).unwrap();
    let result = if file.starts_with("xx/") {
        facts(&folder.path().join("xx"), &country("xx", "uk"), &words())
    } else {
        norms(folder.path(), &words())
    };
    let text = result.expect_err("the change is a fault").to_string();
    text.replace(&format!("{}/", folder.path().display()), "")
}

/// File, text in it, what is put in its place, and the faults that are told then.
#[rustfmt::skip]
const FAULTY: &[(&str, &str, &str, &str)] = &[
    // Headers and rows.
    ("xx/links.csv", "status,effect", "status,efect", "xx/links.csv:1: header `efect`: no such column, the nearest is `effect`"),
    ("xx/acts.csv", "number,kind", "number,number", "xx/acts.csv:1: header `number`: the column stands here twice\n  xx/acts.csv:1: header `kind`: the column is missing"),
    ("xx/surveys.csv", ",note\n", "\n", "xx/surveys.csv:1: header `note`: the column is missing\n  xx/surveys.csv:2: cells `4`: the header has 3\n  xx/surveys.csv:3: cells `4`: the header has 3\n  xx/surveys.csv:4: cells `4`: the header has 3"),
    ("xx/powers.csv", "service,interception,law-service-1992,,\n", "service,interception,law-service-1992,\n", "xx/powers.csv:3: cells `4`: the header has 5"),
    ("xx/powers.csv", "told\"", "told", "xx/powers.csv:2: text `service,arrest,law-service-1992,art. 25; art. 26,\"up to 72 hours, court told`: the quotation marks do not match"),
    // Rows after an empty line and after a cell of two lines keep the number of their line.
    ("xx/institutions.csv", "old-service,National", "\nOlder,Older,,,ngo,,,,,,,,,,,no\nold-service,National", "xx/institutions.csv:8: id `Older`: not kebab-case"),
    // Ids.
    ("xx/institutions.csv", "\nombudsman,", "\nombuds_man,Second,,,ngo,,,,,,,,,,,no\nombudsman,", "xx/institutions.csv:9: id `ombuds_man`: not kebab-case"),
    ("xx/institutions.csv", "\nombudsman,", "\nparliament,Second,,,ngo,,,,,,,,,,,no\nombudsman,", "xx/institutions.csv:9: id `parliament`: the same as in row 8"),
    ("xx/institutions.csv", "\nombudsman,", "\ndataset,Second,,,ngo,,,,,,,,,,,no\nombudsman,", "xx/institutions.csv:9: id `dataset`: the name is taken by the data set itself"),
    ("xx/acts.csv", "\ndecree-committee-1954,", "\nlaw-cabinet-2014,Again,,,law,,,,,,no\ndecree-committee-1954,", "xx/acts.csv:5: id `law-cabinet-2014`: the same as in row 4"),
    ("xx/links.csv", "a fourth,", "a fourth,\nno,parliament,service,hearing,law-service-1992,art. 10,1996-06-28,2001,repealed,,,a fourth,", "xx/links.csv:8: row `no,parliament,service,hearing,law-service-1992,art. 10,1996-06-28,2001,repealed,…`: the same as in row 7"),
    // Words and references.
    ("xx/institutions.csv", "SSX,domestic-security-service", "SSX,domestic-security-servise", "xx/institutions.csv:5: type `domestic-security-servise`: no such type, the nearest is `domestic-security-service`"),
    ("xx/institutions.csv", "government,president", "government,presidnet", "xx/institutions.csv:3: parent `presidnet`: no such institution, the nearest is `president`"),
    ("xx/institutions.csv", "arrest; interception", "arrest; interception; arest", "xx/institutions.csv:5: powers `arest`: no such power, the nearest is `arrest`"),
    ("xx/institutions.csv", "law-service-1992 § 12", "§ 12", "xx/institutions.csv:4: legal_basis `§`: no such act"),
    ("xx/institutions.csv", "art. 113;law-cabinet-2014", "art. 113;law-cabinet-2041", "xx/institutions.csv:3: legal_basis `law-cabinet-2041`: no such act, the nearest is `law-cabinet-2014`"),
    ("xx/acts.csv", "XII,law,", "XII,lawn,", "xx/acts.csv:3: kind `lawn`: no such kind of act, the nearest is `law`"),
    ("xx/links.csv", "service,complaint-handling", "service,complaints-handling", "xx/links.csv:9: mechanism `complaints-handling`: no such mechanism, the nearest is `complaint-handling`"),
    ("xx/links.csv", "yes,ombudsman,service", "yes,ombudsman,servce", "xx/links.csv:9: overseen `servce`: no such institution, the nearest is `service`"),
    ("xx/links.csv", ",in-force,binding,,\"App", ",inforce,binding,,\"App", "xx/links.csv:2: status `inforce`: no such status, the nearest is `in-force`"),
    ("xx/links.csv", "in-force,advisory", "in-force,avisory", "xx/links.csv:3: effect `avisory`: no such effect, the nearest is `advisory`"),
    ("xx/links.csv", "secrecy; no-sanction", "secrecy; no-sanctions", "xx/links.csv:3: limits `no-sanctions`: no such limit, the nearest is `no-sanction`"),
    ("xx/links.csv", "law-service-1992,,,,not-op", "law-servis-1992,,,,not-op", "xx/links.csv:9: act `law-servis-1992`: no such act, the nearest is `law-service-1992`"),
    ("xx/links.csv", "ministry,command,,,", "ministry,command,,art. 5,", "xx/links.csv:11: article `art. 5`: an article without an act"),
    ("xx/powers.csv", "service,interception", "service,detention", "xx/powers.csv:3: power `detention`: not among the powers of `service` in institutions.csv"),
    ("xx/surveys.csv", "service,all", "servise,all", "xx/surveys.csv:3: scope `servise`: no such institution, the nearest is `service`"),
    ("norms.csv", "COD-1,code-1994", "COD-1,code-1995", "norms.csv:3: document `code-1995`: no such document, the nearest is `code-1994`"),
    ("norms.csv", "require,must,", "require,most,", "norms.csv:2: severity `most`: no such severity, the nearest is `must`"),
    ("norms.csv", "forbid,", "forbidden,", "norms.csv:3: polarity `forbidden`: no such polarity, the nearest is `forbid`"),
    ("norms.csv", "1,2,overseen", "1,2,overseer", "norms.csv:4: independent_of `overseer`: no such independence, the nearest is `overseen`"),
    ("norms.csv", "may,rule-of-law", "may,rule-of-low", "norms.csv:3: principles `rule-of-low`: no such principle, the nearest is `rule-of-law`"),
    ("principles.csv", "rule-of-law,Rule", "rule-of-low,Rule", "principles.csv:3: id `rule-of-low`: no such principle, the nearest is `rule-of-law`"),
    // Lists.
    ("xx/links.csv", "art. 10;art. 9(1)", "art. 10;;art. 9(1)", "xx/links.csv:4: article `art. 10;;art. 9(1);art. 9-1;art. 9(2);art. 9`: an empty value beside a `;`"),
    ("xx/surveys.csv", "hearing;appointment", "hearing; hearing", "xx/surveys.csv:2: mechanisms `hearing`: stands twice in the list"),
    // Dates, answers, numbers, addresses.
    ("xx/institutions.csv", "1991-09-24", "1991-09-31", "xx/institutions.csv:4: established `1991-09-31`: no date YYYY, YYYY-MM or YYYY-MM-DD in the calendar"),
    ("xx/institutions.csv", "1954,1992-03-25", "1954,1953", "xx/institutions.csv:7: dissolved `1953`: before established `1954`"),
    ("xx/links.csv", "1996-06-28,2002-05", "1996-06-28,1996-05", "xx/links.csv:8: to `1996-05`: before from `1996-06-28`"),
    ("xx/acts.csv", "1954,1954,1992-03-25", "1954,1954-07,1954-06-30", "xx/acts.csv:5: repealed `1954-06-30`: before in_force `1954-07`"),
    ("xx/surveys.csv", "2026-11-23", "2026-13", "xx/surveys.csv:3: surveyed_on `2026-13`: no date YYYY, YYYY-MM or YYYY-MM-DD in the calendar"),
    ("xx/links.csv", "\nyes,ombudsman", "\nja,ombudsman", "xx/links.csv:9: checked `ja`: neither `yes` nor `no`"),
    ("norms.csv", "yes,2,1,", "yes,0,1,", "norms.csv:2: at_least `0`: not a whole number from 1"),
    ("xx/institutions.csv", "https://mod.example/about", "mod.example/about", "xx/institutions.csv:4: source `mod.example/about`: no address with http:// or https://"),
    ("xx/acts.csv", "https://law.example/254%D0%BA", "https://law.example/254 a", "xx/acts.csv:2: url `https://law.example/254 a`: no address with http:// or https://"),
    ("documents.csv", "https://organisation.example/code", "https://", "documents.csv:3: url `https://`: no address with http:// or https://"),
    ("xx/institutions.csv", "Q42", "P42", "xx/institutions.csv:2: wikidata `P42`: no Wikidata number such as `Q42`"),
    // What spreadsheets and conversions leave behind.
    ("xx/institutions.csv", "ministry,Ministry of Defence,", "ministry,=B3,", "xx/institutions.csv:4: name_en `=B3`: a formula; put its value in its place"),
    ("xx/institutions.csv", "ministry,Ministry of Defence,", "ministry,#REF!,", "xx/institutions.csv:4: name_en `#REF!`: an error of the spreadsheet; put the value in its place"),
    ("xx/institutions.csv", "ministry,Ministry of Defence,", "ministry,HÃ¶he,", "xx/institutions.csv:4: name_en `HÃ¶he`: an earlier conversion took UTF-8 for Windows-1252; it should be `Höhe`"),
    // Cells that must be filled.
    ("xx/institutions.csv", "ministry,Ministry of Defence,", "ministry,,", "xx/institutions.csv:4: name_en ``: must not be empty"),
    ("xx/links.csv", "\nyes,ombudsman", "\n,ombudsman", "xx/links.csv:9: checked ``: must not be empty"),
    ("norms.csv", "handbook-2005,ch. 4,", "handbook-2005,,", "norms.csv:2: locator ``: must not be empty"),
];

#[test]
fn every_fault_names_file_row_column_value_and_what_would_do() {
    for (file, from, to, expected) in FAULTY {
        let text = complaint(file, |bytes| String::from_utf8_lossy(bytes).replacen(from, to, 1).into_bytes());
        let (first, faults) = text.split_once("\n  ").unwrap();
        assert!(first.starts_with("nothing is imported for "), "{first}");
        assert_eq!(faults, *expected);
    }
}

#[test]
fn bytes_that_are_no_text_are_placed() {
    let text = complaint("xx/links.csv", |bytes| {
        let mut bytes = bytes.to_vec();
        let at = bytes.windows(8).position(|eight| eight == b"a third,").unwrap();
        bytes[at] = 0xe9;
        bytes
    });
    assert_eq!(
        text,
        "nothing is imported for a fault in the tables\n  xx/links.csv:6: note `\u{fffd}…`: not UTF-8, though there \
         is UTF-8 above: two encodings are mixed; save the table as CSV in UTF-8"
    );
}

#[test]
fn many_faults_are_told_up_to_twenty() {
    let text = complaint("xx/links.csv", |bytes| {
        String::from_utf8_lossy(bytes)
            .replace("in-force", "in force")
            .replace(",service,", ",sevice,")
            .into_bytes()
    });
    assert!(
        text.starts_with(
            "nothing is imported for 12 faults in the tables\n  xx/links.csv:2: overseen `sevice`"
        )
    );
    let text = complaint("xx/links.csv", |bytes| {
        String::from_utf8_lossy(bytes)
            .replace("\nyes,", "\nja,")
            .replace("\nno,", "\nnein,")
            .replace(",service,", ",sevice,")
            .into_bytes()
    });
    assert!(text.ends_with("\n  xx/links.csv:12: checked `ja`: neither `yes` nor `no`"), "{text}");
}

#[test]
fn columns_in_another_order_a_byte_order_mark_and_line_ends_of_windows_change_nothing() {
    let folder = copy_of_fixtures();
    let before = exilia();
    for entry in fs::read_dir(folder.path().join("xx")).unwrap() {
        let path = entry.unwrap().path();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
        for record in reader.records() {
            writer.write_record(record.unwrap().iter().collect::<Vec<_>>().into_iter().rev()).unwrap();
        }
        fs::write(&path, writer.into_inner().unwrap()).unwrap();
    }
    let after = facts(&folder.path().join("xx"), &country("xx", "uk"), &words()).unwrap();
    assert_eq!(after.files, before.files);
}

#[test]
fn without_powers_and_without_effects_there_is_less_but_no_fault() {
    let folder = copy_of_fixtures();
    let xx = folder.path().join("xx");
    fs::remove_file(xx.join("powers.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(xx.join("links.csv")).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader.records().map(Result::unwrap) {
        let without = record.iter().enumerate().filter(|(at, _)| ![9, 10].contains(at));
        writer.write_record(without.map(|(_, cell)| cell)).unwrap();
    }
    fs::write(xx.join("links.csv"), writer.into_inner().unwrap()).unwrap();
    let imported = facts(&xx, &country("xx", "uk"), &words()).unwrap();
    let names: Vec<&str> = imported.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["institutions.ttl", "acts.ttl", "links.ttl", "surveys.ttl", "about.ttl"]);
    assert!(!imported.files[2].1.contains("ov:effect"));
    assert_facts_read_back(&xx, "xx", "uk");
}

#[test]
fn what_is_not_there_or_cannot_be_named_is_an_error_of_its_own() {
    let xx = Path::new(FIXTURES).join("xx");
    let error =
        |folder: &Path, code, language| facts(folder, &country(code, language), &words()).unwrap_err();
    assert!(
        matches!(error(Path::new(FIXTURES), "xx", "uk"), ImportError::Read { path, .. } if path.ends_with("institutions.csv"))
    );
    assert!(matches!(error(&xx, "X X", "uk"), ImportError::Code { code } if code == "X X"));
    assert!(matches!(error(&xx, "xx", "no tag"), ImportError::Language { language } if language == "no tag"));
}
