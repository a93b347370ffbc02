//! Every IRI that the code names, in modules named as their prefixes.
//!
//! # Invariants
//! * No IRI text stands in the logic; a term that is not here is not looked at.
//! * `ontology/` defines each `ov:` term below (a test compares them).

/// The prefixes that every query and every Turtle file of ours may use, in alphabetical order.
///
/// One prefix a country (`ua:`) comes on top, see [`crate::model::Graph::countries`].
pub const PREFIXES: &[(&str, &str)] = &[
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("document", "https://w3id.org/oversight/document/"),
    ("effect", "https://w3id.org/oversight/effect/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("id", ID),
    ("limit", "https://w3id.org/oversight/limit/"),
    ("mechanism", "https://w3id.org/oversight/mechanism/"),
    ("norm", "https://w3id.org/oversight/norm/"),
    ("org", "http://www.w3.org/ns/org#"),
    ("ov", ov::NS),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("pillar", "https://w3id.org/oversight/pillar/"),
    ("power", "https://w3id.org/oversight/power/"),
    ("principle", "https://w3id.org/oversight/principle/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("severity", "https://w3id.org/oversight/severity/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("status", "https://w3id.org/oversight/status/"),
    ("type", "https://w3id.org/oversight/type/"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Namespace of all data: countries are `id:ua`, their bodies `https://w3id.org/oversight/id/ua/...`.
pub const ID: &str = "https://w3id.org/oversight/id/";
/// Namespace of the items of Wikidata.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";
/// The licence of the shipped data: Creative Commons Attribution 4.0.
pub const CC_BY: &str = "https://creativecommons.org/licenses/by/4.0/";
/// Namespace of the named graphs, one a file.
pub const GRAPH: &str = "https://w3id.org/oversight/graph/";
/// Namespace of the shapes that norms are written as.
pub const SHAPE: &str = "https://w3id.org/oversight/shape/";
/// The named graph that holds the plain properties of the links in force.
pub const GRAPH_DERIVED: &str = "https://w3id.org/oversight/graph/derived";

macro_rules! namespace {
    ($(#[$doc:meta])* $module:ident = $ns:literal { $($(#[$term_doc:meta])* $name:ident = $local:literal),* $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            /// The namespace itself.
            pub const NS: &str = $ns;
            $(
                $(#[$term_doc])*
                #[doc = concat!("`", $ns, $local, "`")]
                pub const $name: &str = concat!($ns, $local);
            )*
            /// Every term of this namespace that the code names.
            pub const ALL: &[&str] = &[$($name),*];
        }
    };
}

namespace! {
    /// The vocabulary of oversight.
    ov = "https://w3id.org/oversight/ns#" {
        INSTITUTION = "Institution", CONTROL = "Control", PROVISION = "Provision", LEGAL_ACT = "LegalAct",
        POWER_GRANT = "PowerGrant", SURVEY = "Survey", NORM = "Norm", GUIDANCE_DOCUMENT = "GuidanceDocument",
        COUNTRY = "Country",
        OVERSEER = "overseer", OVERSEEN = "overseen", MECHANISM = "mechanism", STATUS = "status",
        LEGAL_BASIS = "legalBasis", EFFECT = "effect", LIMIT = "limit", VERIFIED = "verified",
        JURISDICTION = "jurisdiction", HEAD_TITLE = "headTitle", FOUNDED_BY = "foundedBy", POWER = "power",
        HOLDER = "holder", COVERS = "covers", SURVEYED_ON = "surveyedOn",
        PREDICATE = "predicate", EXTENDS_DOWN = "extendsDown",
        EXTENDS_THROUGH_CABINET = "extendsThroughCabinet", OVERSEES = "oversees",
        LOCATOR = "locator", SEVERITY = "severity", PRINCIPLE = "principle", POLARITY = "polarity",
        APPLIES_TO = "appliesTo", WHERE_POWER = "wherePower", WHERE_PARENT_OF = "whereParentOf",
        WHERE_OVERSEES = "whereOversees", OVERSEER_TYPE = "overseerType",
        MECHANISM_ANY_OF = "mechanismAnyOf", ALL_MECHANISMS = "allMechanisms", AT_LEAST = "atLeast",
        AT_LEAST_PILLARS = "atLeastPillars", INDEPENDENT_OF = "independentOf",
        LEAST_EFFECT = "leastEffect", EXCLUDES_LIMIT = "excludesLimit",
        IN_REFERENCE_LIBRARY = "inReferenceLibrary",
    }
}
namespace! {
    /// RDF itself.
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" { TYPE = "type", LANG_STRING = "langString" }
}
namespace! {
    /// RDF Schema.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" { COMMENT = "comment", LABEL = "label", SEE_ALSO = "seeAlso" }
}
namespace! {
    /// The W3C organization ontology.
    org = "http://www.w3.org/ns/org#" {
        CLASSIFICATION = "classification", SUB_ORGANIZATION_OF = "subOrganizationOf",
    }
}
namespace! {
    /// SKOS: labels and concept schemes.
    skos = "http://www.w3.org/2004/02/skos/core#" {
        CONCEPT = "Concept", IN_SCHEME = "inScheme", PREF_LABEL = "prefLabel", ALT_LABEL = "altLabel",
        NOTATION = "notation", DEFINITION = "definition", BROADER = "broader", EXACT_MATCH = "exactMatch",
        EDITORIAL_NOTE = "editorialNote",
    }
}
namespace! {
    /// Dublin Core terms.
    dcterms = "http://purl.org/dc/terms/" {
        SOURCE = "source", TITLE = "title", PUBLISHER = "publisher", ISSUED = "issued",
        IDENTIFIER = "identifier", ABSTRACT = "abstract", DESCRIPTION = "description",
        LANGUAGE = "language", LICENSE = "license", SPATIAL = "spatial",
    }
}
namespace! {
    /// The European Legislation Identifier ontology.
    eli = "http://data.europa.eu/eli/ontology#" {
        IS_PART_OF = "is_part_of", NUMBER = "number", TITLE = "title", ID_LOCAL = "id_local",
        TYPE_DOCUMENT = "type_document", DATE_DOCUMENT = "date_document",
        FIRST_DATE_ENTRY_IN_FORCE = "first_date_entry_in_force",
        DATE_NO_LONGER_IN_FORCE = "date_no_longer_in_force",
    }
}
namespace! {
    /// schema.org, in its https form; readers take the http form as well ([`schema_http`]).
    schema = "https://schema.org/" {
        START_DATE = "startDate", END_DATE = "endDate", FOUNDING_DATE = "foundingDate",
        DISSOLUTION_DATE = "dissolutionDate",
    }
}
namespace! {
    /// schema.org as many data sets still write it.
    schema_http = "http://schema.org/" {
        START_DATE = "startDate", END_DATE = "endDate", FOUNDING_DATE = "foundingDate",
        DISSOLUTION_DATE = "dissolutionDate",
    }
}
namespace! {
    /// Friend of a Friend: home pages and documents.
    foaf = "http://xmlns.com/foaf/0.1/" { HOMEPAGE = "homepage", PAGE = "page" }
}
namespace! {
    /// Data Catalog Vocabulary.
    dcat = "http://www.w3.org/ns/dcat#" { DATASET = "Dataset", VERSION = "version" }
}
namespace! {
    /// Vocabulary of Interlinked Datasets.
    void = "http://rdfs.org/ns/void#" { DATASET = "Dataset" }
}
namespace! {
    /// XML Schema datatypes.
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        STRING = "string", BOOLEAN = "boolean", INTEGER = "integer", DATE = "date", G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth", ANY_URI = "anyURI",
    }
}

namespace! {
    /// The Shapes Constraint Language.
    sh = "http://www.w3.org/ns/shacl#" {
        DECLARE = "declare",
        PROPERTY_SHAPE = "PropertyShape", PROPERTY = "property", PATH = "path", TARGET_CLASS = "targetClass",
        TARGET_NODE = "targetNode", TARGET_SUBJECTS_OF = "targetSubjectsOf",
        TARGET_OBJECTS_OF = "targetObjectsOf", SEVERITY = "severity", WARNING = "Warning", INFO = "Info",
        MESSAGE = "message", NAME = "name", DESCRIPTION = "description", DEACTIVATED = "deactivated",
    }
}

/// The concept schemes: namespace of the concepts of each.
pub mod scheme {
    /// What the names of all schemes and concepts begin with.
    pub const ROOT: &str = "https://w3id.org/oversight/";
    /// Types of institutions, and the groups above them.
    pub const TYPE: &str = "https://w3id.org/oversight/type/";
    /// Mechanisms of control.
    pub const MECHANISM: &str = "https://w3id.org/oversight/mechanism/";
    /// Powers of institutions.
    pub const POWER: &str = "https://w3id.org/oversight/power/";
    /// Statuses of links.
    pub const STATUS: &str = "https://w3id.org/oversight/status/";
    /// How hard a link bites.
    pub const EFFECT: &str = "https://w3id.org/oversight/effect/";
    /// What blunts a link.
    pub const LIMIT: &str = "https://w3id.org/oversight/limit/";
    /// Principles of good governance.
    pub const PRINCIPLE: &str = "https://w3id.org/oversight/principle/";
    /// Severities of norms.
    pub const SEVERITY: &str = "https://w3id.org/oversight/severity/";
    /// Pillars of oversight.
    pub const PILLAR: &str = "https://w3id.org/oversight/pillar/";
    /// Guidance documents.
    pub const DOCUMENT: &str = "https://w3id.org/oversight/document/";
    /// Norms.
    pub const NORM: &str = "https://w3id.org/oversight/norm/";
}

/// Slugs of concepts to which the verdict rules give a meaning of their own.
pub mod concept {
    /// The types through which only some mechanisms reach down ("the cabinet").
    pub const CABINET: &[&str] = &["head-of-state", "head-of-government", "government"];
    /// The types whose independence rests on tenure: who selects them is not asked.
    pub const TENURED: &[&str] =
        &["court", "supreme-court", "constitutional-court", "specialised-court", "judicial-commissioner"];
    /// The mechanisms by which a body is selected.
    pub const SELECTION: &[&str] =
        &["nomination", "appointment", "consent-to-appointment", "competitive-selection", "election"];
}

/// Returns the readable end of an IRI: what follows its last `/` or `#`.
///
/// ```
/// use oversight::vocab::slug;
/// assert_eq!(slug("https://w3id.org/oversight/mechanism/hearing"), "hearing");
/// assert_eq!(slug("urn:x"), "urn:x");
/// ```
pub fn slug(iri: &str) -> &str {
    iri.rfind(['/', '#']).map_or(iri, |at| &iri[at + 1..])
}

/// Returns an IRI with a known prefix (`type:court`), or a country's (`ua:sbu`), in short form.
///
/// ```
/// use oversight::vocab::shorten;
/// assert_eq!(shorten("https://w3id.org/oversight/type/court"), "type:court");
/// assert_eq!(shorten("https://w3id.org/oversight/id/ua/sbu"), "ua:sbu");
/// assert_eq!(shorten("urn:x"), "<urn:x>");
/// ```
pub fn shorten(iri: &str) -> String {
    if let Some((country, local)) = iri.strip_prefix(ID).and_then(|rest| rest.split_once('/'))
        && is_local(local)
    {
        return format!("{country}:{local}");
    }
    for (prefix, namespace) in PREFIXES {
        if let Some(local) = iri.strip_prefix(namespace).filter(|local| is_local(local)) {
            return format!("{prefix}:{local}");
        }
    }
    format!("<{iri}>")
}

/// Returns whether `local` may stand behind a prefix as it is.
pub fn is_local(local: &str) -> bool {
    !local.is_empty()
        && !local.ends_with('.')
        && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
