"""Hand-worked cases for the oracle: small worlds whose verdict a reader can find with the rule and a pencil.

Run: `python -m unittest tests/oracle/test_oracle.py` (or `python tests/oracle/test_oracle.py`).
"""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from oracle import BASE, Oracle, Triples
from worlds import EXTENDS_DOWN, MECHANISMS, SIZES, THROUGH_CABINET, TYPES, World

DAY = "2024-06-15"

PREFIXES = """
@prefix ov: <https://w3id.org/oversight/ns#> .
@prefix type: <https://w3id.org/oversight/type/> .
@prefix mechanism: <https://w3id.org/oversight/mechanism/> .
@prefix power: <https://w3id.org/oversight/power/> .
@prefix status: <https://w3id.org/oversight/status/> .
@prefix effect: <https://w3id.org/oversight/effect/> .
@prefix limit: <https://w3id.org/oversight/limit/> .
@prefix severity: <https://w3id.org/oversight/severity/> .
@prefix document: <https://w3id.org/oversight/document/> .
@prefix norm: <https://w3id.org/oversight/norm/> .
@prefix id: <https://w3id.org/oversight/id/> .
@prefix xa: <https://w3id.org/oversight/id/xa/> .
@prefix act: <https://w3id.org/oversight/id/xa/act/> .
@prefix provision: <https://w3id.org/oversight/id/xa/provision/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# police ⊂ interior (ministry) ⊂ cabinet (government); the rest stands apart
STATE = """
xa:police a ov:Institution ; org:classification type:police ; org:subOrganizationOf xa:interior ;
  ov:jurisdiction id:xa ; ov:power power:arrest .
xa:interior a ov:Institution ; org:classification type:ministry ; org:subOrganizationOf xa:cabinet ;
  ov:jurisdiction id:xa .
xa:cabinet a ov:Institution ; org:classification type:government ; ov:jurisdiction id:xa .
xa:president a ov:Institution ; org:classification type:head-of-state ; ov:jurisdiction id:xa .
xa:parliament a ov:Institution ; org:classification type:parliament ; ov:jurisdiction id:xa .
xa:ombuds a ov:Institution ; org:classification type:ombuds-institution ; ov:jurisdiction id:xa .
xa:court a ov:Institution ; org:classification type:court ; ov:jurisdiction id:xa .
xa:auditor a ov:Institution ; org:classification type:supreme-audit-institution ; ov:jurisdiction id:xa .
xa:inspectorate a ov:Institution ; org:classification type:inspectorate ; org:subOrganizationOf xa:interior ;
  ov:jurisdiction id:xa .
"""

SURVEY = 'xa:survey a ov:Survey ; ov:covers id:xa ; ov:surveyedOn "2024-01-31"^^xsd:date .\n'


def scheme() -> str:
    """The concept schemes, as far as verdicts look at them."""
    lines = []
    for group, types in TYPES.items():
        lines.append(f"type:{group} a skos:Concept .")
        lines += [f"type:{type_slug} a skos:Concept ; skos:broader type:{group} ." for type_slug in types]
    for mechanism in MECHANISMS:
        lines.append(f"mechanism:{mechanism} a skos:Concept .")
        if mechanism in EXTENDS_DOWN:
            lines.append(f"mechanism:{mechanism} ov:extendsDown true .")
        if mechanism in THROUGH_CABINET:
            lines.append(f"mechanism:{mechanism} ov:extendsThroughCabinet true .")
    return "\n".join(lines) + "\n"


def link(overseer: str, mechanism: str, overseen: str, *more: str, status: str = "in-force", name: str = "") -> str:
    """A verified link; `more` are further statements about it."""
    iri = f"<https://w3id.org/oversight/id/xa/link/{name or f'{overseer}.{mechanism}.{overseen}'}>"
    statements = [
        f"{iri} a ov:Control",
        f"ov:overseer xa:{overseer}",
        f"ov:overseen xa:{overseen}",
        f"ov:mechanism mechanism:{mechanism}",
        f"ov:status status:{status}",
        *more,
    ]
    if not any(statement.startswith("ov:verified") for statement in more):
        statements.append("ov:verified true")
    return " ; ".join(statements) + " .\n"


def norm(*statements: str, applies_to: str = "type:police", polarity: str = "require", notation: str = "T-01") -> str:
    """A norm that applies to the police."""
    return (
        f'norm:{notation} a ov:Norm ; skos:notation "{notation}" ; ov:severity severity:must ; '
        f'dcterms:source document:doc-2000 ; ov:polarity "{polarity}" ; ov:appliesTo {applies_to}'
        + "".join(f" ; {statement}" for statement in statements)
        + " .\n"
    )


HEARING = "ov:mechanismAnyOf mechanism:hearing"
COMPLAINT = "ov:mechanismAnyOf mechanism:complaint-handling"


def start(date: str, datatype: str = "date") -> str:
    """A start date."""
    return f'schema:startDate "{date}"^^xsd:{datatype}'


def end(date: str, datatype: str = "date") -> str:
    """An end date."""
    return f'schema:endDate "{date}"^^xsd:{datatype}'


def findings(*turtle: str, day: str = DAY, verified_only: bool = False) -> list[dict[str, Any]]:
    """All findings of a world."""
    triples = Triples()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "world.ttl").write_text(PREFIXES + scheme() + STATE + "".join(turtle), encoding="utf-8")
        triples.read(Path(folder))
    return Oracle(triples, day, verified_only=verified_only).findings()


def short(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rsplit("/", 1)[-1]


class Case(unittest.TestCase):
    """What the cases share."""

    def find(
        self, *turtle: str, day: str = DAY, verified_only: bool = False, institution: str = "police"
    ) -> dict[str, Any]:
        """The only finding about the institution."""
        iri = f"{BASE}id/xa/{institution}"
        found = [f for f in findings(*turtle, day=day, verified_only=verified_only) if f["institution"] == iri]
        self.assertEqual(len(found), 1, f"findings about {institution}")
        return found[0]

    def verdict(self, *turtle: str, day: str = DAY, institution: str = "police") -> str:
        """The verdict on the institution."""
        return str(self.find(*turtle, day=day, institution=institution)["verdict"])

    def in_scope(self, *turtle: str, day: str = DAY) -> list[str]:
        """The institutions that have a finding."""
        return [short(finding["institution"]) for finding in findings(*turtle, day=day)]


class InForce(Case):
    """Dates and statuses."""

    def on(self, day: str, *more: str, status: str = "in-force") -> bool:
        """Whether the link is shown as what meets the norm on the day."""
        return (
            self.verdict(norm(HEARING), link("parliament", "hearing", "police", *more, status=status), day=day) == "met"
        )

    def test_absent_bounds_are_open(self) -> None:
        """`start ≤ d < end` (an absent bound is open ...)."""
        self.assertTrue(self.on("1800-01-01"))
        self.assertTrue(self.on("2999-12-31"))

    def test_start_is_included_and_end_is_not(self) -> None:
        """A day-precise end is the first day on which it no longer holds."""
        dates = (start("2020-03-01"), end("2021-03-01"))
        days = ["2020-02-29", "2020-03-01", "2021-02-28", "2021-03-01"]
        self.assertEqual([self.on(day, *dates) for day in days], [False, True, True, False])

    def test_equal_start_and_end_never_holds(self) -> None:
        """`start ≤ d < end`."""
        self.assertFalse(self.on("2020-03-01", start("2020-03-01"), end("2020-03-01")))

    def test_year_precision(self) -> None:
        """A start known to the year counts from its first day, an end known to the year counts until its last."""
        dates = (start("2020", "gYear"), end("2020", "gYear"))
        days = ["2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01"]
        self.assertEqual([self.on(day, *dates) for day in days], [False, True, True, False])

    def test_month_precision(self) -> None:
        """`xsd:gYearMonth`, over the end of a year."""
        dates = (start("2020-12", "gYearMonth"), end("2020-12", "gYearMonth"))
        days = ["2020-11-30", "2020-12-01", "2020-12-31", "2021-01-01"]
        self.assertEqual([self.on(day, *dates) for day in days], [False, True, True, False])

    def test_repealed_counts_while_it_lasted(self) -> None:
        """Its status is `in-force` or `repealed`; a repealed link without an end never counts."""
        self.assertTrue(self.on("2020-06-01", end("2021", "gYear"), status="repealed"))
        self.assertFalse(self.on("2022-06-01", end("2021", "gYear"), status="repealed"))
        self.assertFalse(self.on("2020-06-01", status="repealed"))

    def test_on_paper_statuses(self) -> None:
        """`not-operational` and `suspended` links in that interval count on paper only."""
        for status in ("not-operational", "suspended"):
            hearing = link("parliament", "hearing", "police", end("2024-06-16"), status=status)
            self.assertEqual(self.verdict(norm(HEARING), hearing), "on-paper")
            self.assertEqual(self.verdict(norm(HEARING), hearing, day="2024-06-16"), "unknown")

    def test_proposed_never_counts(self) -> None:
        """`proposed` never counts."""
        proposed = link("parliament", "hearing", "police", status="proposed")
        other = link("parliament", "inquiry", "police") + link("court", "hearing", "cabinet")
        self.assertEqual(self.verdict(norm(HEARING), proposed, other, SURVEY), "gap")

    def test_both_ends_exist(self) -> None:
        """A link counts only if both its ends exist: `founding ≤ d < dissolution`."""
        dated = (
            'xa:parliament schema:foundingDate "2020"^^xsd:gYear ; schema:dissolutionDate "2022-05"^^xsd:gYearMonth .\n'
        )
        world = (norm(HEARING), link("parliament", "hearing", "police"), dated)
        days = ["2019-12-31", "2020-01-01", "2022-05-31", "2022-06-01"]
        verdicts = [self.verdict(*world, day=day) for day in days]
        self.assertEqual(verdicts, ["unknown", "met", "met", "unknown"])

    def test_a_body_of_proposed_links_alone_does_not_exist(self) -> None:
        """... and not if it stands in links of status `proposed` alone."""
        proposed = link("parliament", "hearing", "police", status="proposed")
        self.assertEqual(self.in_scope(norm(HEARING), proposed), [])
        self.assertEqual(self.in_scope(norm(HEARING), proposed, link("police", "licensing", "court")), ["police"])


class Scope(Case):
    """Which institutions a norm speaks of."""

    def test_a_group_takes_all_its_types(self) -> None:
        """`ov:appliesTo` → types (any of; a group takes all its types)."""
        self.assertEqual(self.in_scope(norm(applies_to="type:executive")), ["cabinet", "interior", "president"])
        self.assertEqual(self.in_scope(norm(applies_to="type:police , type:court")), ["court", "police"])

    def test_where_power(self) -> None:
        """Optional `ov:wherePower`."""
        self.assertEqual(self.in_scope(norm("ov:wherePower power:arrest")), ["police"])
        self.assertEqual(self.in_scope(norm("ov:wherePower power:detention")), [])

    def test_where_parent_of(self) -> None:
        """A direct child of one of them exists."""
        of_police = norm("ov:whereParentOf type:provider", applies_to="type:executive")
        self.assertEqual(self.in_scope(of_police), ["interior"])
        gone = 'xa:police schema:dissolutionDate "2020"^^xsd:gYear .\n'
        self.assertEqual(self.in_scope(of_police, gone), [])

    def test_where_oversees(self) -> None:
        """It has a link in force over a body of one of them, not inherited."""
        overseers = norm(
            "ov:whereOversees type:police", applies_to="type:legislature , type:justice , type:independent"
        )
        direct = link("court", "judicial-review", "police")
        from_above = link("parliament", "legislation", "interior")
        on_paper = link("ombuds", "complaint-handling", "police", status="suspended")
        self.assertEqual(self.in_scope(overseers, direct, from_above, on_paper), ["court"])


class Evidence(Case):
    """What counts as evidence."""

    def test_type_and_mechanism(self) -> None:
        """Links that count, whose mechanism and overseer type match (none = any)."""
        hearing = link("parliament", "hearing", "police")
        self.assertEqual(self.verdict(norm("ov:overseerType type:legislature", HEARING), hearing), "met")
        self.assertEqual(self.verdict(norm("ov:overseerType type:court", HEARING), hearing), "unknown")
        self.assertEqual(self.verdict(norm(COMPLAINT), hearing), "unknown")
        self.assertEqual(self.verdict(norm(), hearing), "met")

    def test_not_by_itself(self) -> None:
        """Whose overseer is not *i* itself."""
        self.assertEqual(self.verdict(norm(HEARING), link("police", "hearing", "police")), "unknown")

    def test_extends_down(self) -> None:
        """An ancestor *a* of *i* ... where the mechanism extends down."""
        hearing = self.find(norm(HEARING), link("parliament", "hearing", "interior"))
        self.assertEqual((hearing["verdict"], hearing["evidence"][0]["inherited"]), ("met", True))
        inspection = norm("ov:mechanismAnyOf mechanism:inspection")
        self.assertEqual(self.verdict(inspection, link("parliament", "inspection", "interior")), "unknown")
        self.assertEqual(self.verdict(inspection, link("parliament", "inspection", "police")), "met")

    def test_not_through_the_cabinet(self) -> None:
        """From an *a* that is head of state, head of government or government: only through the cabinet."""
        self.assertEqual(self.verdict(norm(HEARING), link("parliament", "hearing", "cabinet")), "unknown")
        command = norm("ov:mechanismAnyOf mechanism:command")
        self.assertEqual(self.verdict(command, link("president", "command", "cabinet")), "met")

    def test_above_the_cabinet(self) -> None:
        """Only *a* itself is asked: a link over a body above the cabinet reaches down."""
        above = "xa:cabinet org:subOrganizationOf xa:assembly . xa:assembly a ov:Institution .\n"
        self.assertEqual(self.verdict(norm(HEARING), above, link("parliament", "hearing", "assembly")), "met")

    def test_a_cycle_ends_the_walk(self) -> None:
        """A cycle in the data ends the walk."""
        cycle = "xa:cabinet org:subOrganizationOf xa:police .\n"
        self.assertEqual(self.verdict(norm(HEARING), cycle, link("parliament", "hearing", "interior")), "met")
        self.assertEqual(self.verdict(norm(HEARING), cycle, link("police", "hearing", "interior")), "unknown")


class Independence(Case):
    """Independent of the overseen, of the ministry, of the executive."""

    def complaint(self, independent_of: str, overseer: str, *more: str, institution: str = "police") -> str:
        """The verdict with a complaint mechanism of the overseer, which must be independent."""
        asked = norm(COMPLAINT, f'ov:independentOf "{independent_of}"', applies_to="type:police , type:parliament")
        return self.verdict(
            asked, link(overseer, "complaint-handling", institution), *more, SURVEY, institution=institution
        )

    def test_below_the_overseen(self) -> None:
        """It is not below *i* (at any depth)."""
        unit = (
            "xa:ombuds org:subOrganizationOf xa:unit . xa:unit a ov:Institution ; org:subOrganizationOf xa:police .\n"
        )
        self.assertEqual(self.complaint("overseen", "ombuds", unit), "gap")
        self.assertEqual(self.complaint("overseen", "ombuds"), "met")

    def test_selected_by_the_overseen_alone(self) -> None:
        """Nor selected by *i* alone: all of them come from X or bodies below X."""
        by_police = link("police", "appointment", "ombuds")
        self.assertEqual(self.complaint("overseen", "ombuds", by_police), "gap")
        below = "xa:inspectorate org:subOrganizationOf xa:police .\n"
        self.assertEqual(
            self.complaint("overseen", "ombuds", by_police, below, link("inspectorate", "nomination", "ombuds")), "gap"
        )
        self.assertEqual(
            self.complaint("overseen", "ombuds", by_police, link("parliament", "consent-to-appointment", "ombuds")),
            "met",
        )

    def test_selection_counts_in_force_only(self) -> None:
        """It has links in force of nomination ...; no such link on record: independent."""
        self.assertEqual(
            self.complaint("overseen", "ombuds", link("police", "appointment", "ombuds", status="suspended")), "met"
        )
        self.assertEqual(self.complaint("overseen", "ombuds", link("police", "dismissal", "ombuds")), "met")

    def test_courts_are_not_asked_who_selects_them(self) -> None:
        """Not asked of courts ...: their independence rests on tenure. The structural tests are."""
        self.assertEqual(self.complaint("overseen", "court", link("police", "appointment", "court")), "met")
        self.assertEqual(self.complaint("overseen", "court", "xa:court org:subOrganizationOf xa:police .\n"), "gap")

    def test_ministry(self) -> None:
        """It is neither that body, nor below it, nor selected by it alone."""
        self.assertEqual(self.complaint("overseen", "inspectorate"), "met")
        self.assertEqual(self.complaint("ministry", "inspectorate"), "gap")
        self.assertEqual(self.complaint("ministry", "interior"), "gap")
        self.assertEqual(self.complaint("ministry", "ombuds", link("interior", "election", "ombuds")), "gap")
        self.assertEqual(self.complaint("ministry", "ombuds", link("police", "election", "ombuds")), "gap")

    def test_ministry_ends_at_the_nearest_executive(self) -> None:
        """Every ancestor of *i* up to and including the nearest of the executive group."""
        self.assertEqual(self.complaint("ministry", "cabinet"), "met")
        self.assertEqual(self.complaint("ministry", "ombuds", link("interior", "appointment", "ombuds")), "gap")
        self.assertEqual(self.complaint("ministry", "ombuds", link("cabinet", "appointment", "ombuds")), "met")
        self.assertEqual(self.complaint("ministry", "ombuds", link("president", "appointment", "ombuds")), "met")

    def test_ministry_without_executive(self) -> None:
        """All ancestors, if there is none."""
        above = "xa:parliament org:subOrganizationOf xa:court . xa:court org:subOrganizationOf xa:auditor .\n"
        self.assertEqual(self.complaint("ministry", "auditor", above, institution="parliament"), "gap")

    def test_executive(self) -> None:
        """Neither its type nor any ancestor's is in the executive or provider group."""
        self.assertEqual(self.complaint("executive", "cabinet"), "gap")
        self.assertEqual(self.complaint("executive", "inspectorate"), "gap")
        self.assertEqual(self.complaint("executive", "ombuds"), "met")

    def test_selected_by_the_executive_alone(self) -> None:
        """For the executive: from bodies of the executive or provider group."""
        by_both = link("president", "appointment", "ombuds") + link("police", "nomination", "ombuds")
        self.assertEqual(self.complaint("executive", "ombuds", by_both), "gap")
        self.assertEqual(
            self.complaint("executive", "ombuds", by_both, link("parliament", "election", "ombuds")), "met"
        )
        self.assertEqual(self.complaint("executive", "court", link("president", "appointment", "court")), "met")

    def test_executive_does_not_ask_the_overseen(self) -> None:
        """Only "ministry" says "further"."""
        inside = "xa:ombuds org:subOrganizationOf xa:parliament .\n"
        self.assertEqual(self.complaint("executive", "ombuds", inside, institution="parliament"), "met")
        self.assertEqual(self.complaint("overseen", "ombuds", inside, institution="parliament"), "gap")


class Require(Case):
    """Verdicts of norms that require."""

    def test_distinct_overseers(self) -> None:
        """`ov:atLeast` (distinct overseers, default 1)."""
        two = norm("ov:atLeast 2")
        once = link("parliament", "hearing", "police") + link("parliament", "inquiry", "police")
        self.assertEqual(self.verdict(two, once), "partial")
        self.assertEqual(self.verdict(two, once, link("ombuds", "inspection", "police")), "met")

    def test_distinct_pillars(self) -> None:
        """`ov:atLeastPillars` (distinct pillars); pillar = the group of its overseer's type."""
        two = norm("ov:atLeastPillars 2")
        independent = link("ombuds", "inspection", "police") + link("auditor", "inspection", "police")
        found = self.find(two, independent)
        self.assertEqual(
            (found["verdict"], found["missing"]["pillars"], found["missing"]["overseers"]), ("partial", 1, 0)
        )
        self.assertEqual(self.verdict(two, independent, link("court", "judicial-review", "police")), "met")

    def test_all_mechanisms(self) -> None:
        """`ov:allMechanisms`: each of them."""
        both = norm(HEARING, COMPLAINT, "ov:allMechanisms true")
        found = self.find(both, link("parliament", "hearing", "police"))
        self.assertEqual((found["verdict"], found["missing"]["mechanisms"]), ("partial", ["complaint-handling"]))
        self.assertEqual(found["missing"]["overseers"], 0)
        self.assertEqual(
            self.verdict(both, link("parliament", "hearing", "police"), link("ombuds", "complaint-handling", "police")),
            "met",
        )

    def test_on_paper_together(self) -> None:
        """It does so only together with evidence that counts on paper; shown: those in force and those on paper."""
        found = self.find(
            norm("ov:atLeast 2"),
            link("parliament", "hearing", "police"),
            link("ombuds", "inspection", "police", status="not-operational"),
        )
        self.assertEqual((found["verdict"], len(found["evidence"])), ("on-paper", 2))
        self.assertEqual(found["missing"]["overseers"], 1)

    def test_met_shows_links_in_force_only(self) -> None:
        """For met the links in force; weak ones in neither."""
        found = self.find(
            norm("ov:leastEffect effect:advisory"),
            link("parliament", "hearing", "police"),
            link("ombuds", "inspection", "police", status="suspended"),
            link("court", "inspection", "police", "ov:effect effect:informative"),
        )
        self.assertEqual([short(shown["overseer"]) for shown in found["evidence"]], ["parliament"])
        self.assertEqual(found["verdict"], "met")

    def test_gap_and_unknown(self) -> None:
        """Gap: no evidence at all, and *i* is surveyed. Unknown: no evidence and no survey."""
        gap = self.find(norm(HEARING), SURVEY)
        self.assertEqual((gap["verdict"], gap["surveyed_on"], gap["evidence"]), ("gap", "2024-01-31", []))
        unknown = self.find(norm(HEARING))
        self.assertEqual((unknown["verdict"], unknown["surveyed_on"]), ("unknown", None))


class Weak(Case):
    """Weak evidence."""

    def test_effect_below_the_least(self) -> None:
        """An `ov:effect` below the norm's `ov:leastEffect` (binding > advisory > informative)."""
        expected = {"binding": "met", "advisory": "met", "informative": "partial"}
        for effect, verdict in expected.items():
            hearing = link("parliament", "hearing", "police", f"ov:effect effect:{effect}")
            self.assertEqual(self.verdict(norm("ov:leastEffect effect:advisory"), hearing), verdict)

    def test_excluded_limit(self) -> None:
        """Or bears any `ov:limit` that the norm excludes; either is enough."""
        limits = "ov:excludesLimit limit:secrecy , limit:no-sanction"
        secret = link(
            "parliament", "hearing", "police", "ov:limit limit:secrecy , limit:prior-notice", "ov:effect effect:binding"
        )
        notice = link("parliament", "hearing", "police", "ov:limit limit:prior-notice")
        self.assertEqual(self.verdict(norm(limits, "ov:leastEffect effect:advisory"), secret), "partial")
        self.assertEqual(self.verdict(norm(limits), notice), "met")

    def test_not_on_record_is_not_weak(self) -> None:
        """An effect or limit not on record makes nothing weak, nor does a norm that names none."""
        plain = link("parliament", "hearing", "police")
        soft = link("parliament", "hearing", "police", "ov:effect effect:informative", "ov:limit limit:secrecy")
        self.assertEqual(
            self.verdict(norm("ov:leastEffect effect:binding", "ov:excludesLimit limit:secrecy"), plain), "met"
        )
        self.assertEqual(self.verdict(norm(), soft), "met")

    def test_partial_shows_all_and_marks_the_weak(self) -> None:
        """For partial all, the weak marked as weak; weak evidence does not fill what is missing."""
        found = self.find(
            norm("ov:atLeast 3", "ov:leastEffect effect:advisory"),
            link("ombuds", "inspection", "police", status="suspended"),
            link("court", "judicial-review", "police", "ov:effect effect:informative"),
            link("parliament", "hearing", "police"),
        )
        self.assertEqual(found["verdict"], "partial")
        self.assertEqual(
            [(short(shown["overseer"]), shown["weak"]) for shown in found["evidence"]],
            [("court", True), ("ombuds", False), ("parliament", False)],
        )
        self.assertEqual(found["missing"]["overseers"], 2)

    def test_weak_does_not_count_on_paper(self) -> None:
        """Weak evidence, in force or on paper, counts toward partial alone."""
        weak = link("ombuds", "inspection", "police", "ov:effect effect:informative", status="suspended")
        self.assertEqual(self.verdict(norm("ov:leastEffect effect:binding"), weak), "partial")

    def test_scope_and_independence_look_at_neither(self) -> None:
        """Scope and independence look at neither effect nor limits."""
        found = self.verdict(
            norm(COMPLAINT, 'ov:independentOf "overseen"', "ov:leastEffect effect:binding"),
            link("ombuds", "complaint-handling", "police"),
            link("police", "appointment", "ombuds", "ov:effect effect:informative"),
            SURVEY,
        )
        self.assertEqual(found, "gap")


class Surveyed(Case):
    """When silence is absence."""

    def test_each_mechanism(self) -> None:
        """For each of its mechanisms, a survey covers *i* or its country with that mechanism."""
        both = norm(HEARING, COMPLAINT)
        of_country = 'xa:s1 a ov:Survey ; ov:covers id:xa ; ov:mechanism mechanism:hearing ; ov:surveyedOn "2024-01-01"^^xsd:date .\n'
        of_police = (
            "xa:s2 a ov:Survey ; ov:covers xa:police ; ov:mechanism mechanism:complaint-handling ; "
            'ov:surveyedOn "2023-01-01"^^xsd:date .\n'
        )
        self.assertEqual(self.verdict(both, of_country), "unknown")
        found = self.find(both, of_country, of_police)
        self.assertEqual((found["verdict"], found["surveyed_on"]), ("gap", "2023-01-01"))
        later = 'xa:s3 a ov:Survey ; ov:covers id:xa ; ov:surveyedOn "2024-05-01"^^xsd:date .\n'
        self.assertEqual(self.find(both, of_country, of_police, later)["surveyed_on"], "2024-05-01")

    def test_all_mechanisms_where_it_names_none(self) -> None:
        """All mechanisms, where it names none."""
        some = ", ".join(f"mechanism:{mechanism}" for mechanism in MECHANISMS[1:])
        survey = f'xa:s1 a ov:Survey ; ov:covers id:xa ; ov:mechanism {some} ; ov:surveyedOn "2024-01-01"^^xsd:date .\n'
        self.assertEqual(self.verdict(norm(), survey), "unknown")
        self.assertEqual(self.verdict(norm(), survey + f"xa:s1 ov:mechanism mechanism:{MECHANISMS[0]} .\n"), "gap")

    def test_of_another_body(self) -> None:
        """Covers *i* or its country: not what stands above it."""
        survey = 'xa:s1 a ov:Survey ; ov:covers xa:interior ; ov:surveyedOn "2024-01-01"^^xsd:date .\n'
        self.assertEqual(self.verdict(norm(HEARING), survey), "unknown")


class Forbid(Case):
    """Verdicts of norms that forbid."""

    def test_gap_met_unknown(self) -> None:
        """Gap with the offending links as evidence; else met where surveyed, else unknown."""
        no_command = norm("ov:overseerType type:executive", "ov:mechanismAnyOf mechanism:command", polarity="forbid")
        found = self.find(no_command, link("interior", "command", "police"))
        self.assertEqual((found["verdict"], len(found["evidence"]), found["candidates"]), ("gap", 1, []))
        self.assertEqual(found["missing"], {"overseer_types": [], "mechanisms": [], "overseers": 0, "pillars": 0})
        self.assertEqual(self.verdict(no_command, SURVEY), "met")
        self.assertEqual(self.verdict(no_command), "unknown")

    def test_counts_paper_and_weakness_play_no_part(self) -> None:
        """Counts, pillars, links on paper, effect and limits play no part."""
        no_command = norm(
            "ov:mechanismAnyOf mechanism:command", "ov:atLeast 2", "ov:leastEffect effect:binding", polarity="forbid"
        )
        soft = link("interior", "command", "police", "ov:effect effect:informative")
        found = self.find(no_command, soft)
        self.assertEqual((found["verdict"], found["evidence"][0]["weak"]), ("gap", False))
        paper = link("interior", "command", "police", status="suspended")
        self.assertEqual(self.verdict(no_command, paper, SURVEY), "met")

    def test_inherited_offence(self) -> None:
        """No link such as this: links from above are evidence too."""
        no_command = norm("ov:mechanismAnyOf mechanism:command", polarity="forbid")
        self.assertEqual(self.verdict(no_command, link("president", "command", "cabinet")), "gap")

    def test_own_link_without_independence(self) -> None:
        """Whose overseer is not *i* itself."""
        no_audit = norm("ov:mechanismAnyOf mechanism:financial-audit", polarity="forbid")
        self.assertEqual(self.verdict(no_audit, link("police", "financial-audit", "police"), SURVEY), "met")

    def test_independence_turns_round(self) -> None:
        """The offending links are those whose overseer is not independent; its own link over itself offends too."""
        audit = "ov:mechanismAnyOf mechanism:financial-audit"
        self_audit = norm(audit, 'ov:independentOf "overseen"', polarity="forbid")
        self.assertEqual(self.verdict(self_audit, link("auditor", "financial-audit", "police"), SURVEY), "met")
        self.assertEqual(self.verdict(self_audit, link("police", "financial-audit", "police"), SURVEY), "gap")
        self.assertEqual(self.verdict(self_audit, link("police", "hearing", "police"), SURVEY), "met")
        self.assertEqual(self.verdict(self_audit, link("police", "financial-audit", "interior"), SURVEY), "met")
        below = "xa:inspectorate org:subOrganizationOf xa:police .\n"
        self.assertEqual(self.verdict(self_audit, below, link("inspectorate", "financial-audit", "police")), "gap")

    def test_the_power(self) -> None:
        """Forbids the power in `ov:wherePower`, which then does not narrow the scope."""
        survey = (
            "xa:s1 a ov:Survey ; ov:covers xa:police ; ov:mechanism mechanism:hearing ; "
            'ov:surveyedOn "2024-01-01"^^xsd:date .\n'
        )
        no_arrest = norm("ov:wherePower power:arrest", polarity="forbid")
        no_detention = norm("ov:wherePower power:detention", polarity="forbid")
        self.assertEqual(self.verdict(no_arrest), "gap")
        self.assertEqual(self.verdict(no_detention), "unknown")
        found = self.find(no_detention, survey)
        self.assertEqual((found["verdict"], found["surveyed_on"]), ("met", "2024-01-01"))

    def test_power_narrows_the_scope_of_other_forbids(self) -> None:
        """Neither overseer type nor mechanism nor independence: only then is it the power that is forbidden."""
        self.assertEqual(self.in_scope(norm(HEARING, "ov:wherePower power:detention", polarity="forbid")), [])
        self.assertEqual(self.verdict(norm(polarity="forbid"), link("court", "hearing", "police")), "gap")


class Finding(Case):
    """The fields of a finding."""

    def test_missing_and_candidates(self) -> None:
        """Candidates: bodies of the missing type that exist in that country and lack the link."""
        foreign = "<https://w3id.org/oversight/id/xb/court> a ov:Institution ; org:classification type:court ; ov:jurisdiction id:xb .\n"
        types = "ov:overseerType type:justice , type:independent"
        found = self.find(
            norm(types, COMPLAINT, "ov:atLeast 2"), link("ombuds", "complaint-handling", "police"), foreign
        )
        self.assertEqual(found["verdict"], "partial")
        self.assertEqual(
            found["missing"],
            {"overseer_types": ["justice"], "mechanisms": ["complaint-handling"], "overseers": 1, "pillars": 0},
        )
        self.assertEqual([short(body) for body in found["candidates"]], ["court"])

    def test_candidates_when_no_type_is_missing(self) -> None:
        """If no overseer type is missing: the norm's entries, without those that have a link that counts."""
        found = self.find(
            norm("ov:overseerType type:independent", COMPLAINT, "ov:atLeast 2"),
            link("ombuds", "complaint-handling", "interior"),
        )
        self.assertEqual((found["verdict"], found["missing"]["overseer_types"]), ("partial", []))
        self.assertEqual([short(body) for body in found["candidates"]], ["auditor"])
        self.assertEqual(self.find(norm(COMPLAINT))["candidates"], [])

    def test_verified(self) -> None:
        """Links that are not verified count; a finding says when it rests on them; `--verified-only` leaves them out."""
        world = (norm(HEARING), link("parliament", "hearing", "police", "ov:verified false"))
        found = self.find(*world)
        self.assertEqual((found["verdict"], found["rests_on_unverified"]), ("met", True))
        without = self.find(*world, verified_only=True)
        self.assertEqual((without["verdict"], without["rests_on_unverified"]), ("unknown", False))

    def test_fields(self) -> None:
        """One finding in JSON, as section 6 shows it."""
        law = 'provision:law.art-6 eli:is_part_of act:law ; eli:number "art. 6(2)" .\n'
        more = (
            "ov:legalBasis provision:law.art-6",
            start("2018-07", "gYearMonth"),
            "ov:effect effect:advisory",
            "ov:limit limit:no-sanction , limit:individual-request",
            "dcterms:source <https://example.org/b> , <https://example.org/a>",
        )
        found = self.find(norm(HEARING), law, link("parliament", "hearing", "police", *more), SURVEY)
        self.assertEqual(
            found,
            {
                "norm": "T-01",
                "document": "doc-2000",
                "severity": "must",
                "institution": BASE + "id/xa/police",
                "verdict": "met",
                "as_of": DAY,
                "evidence": [
                    {
                        "link": BASE + "id/xa/link/parliament.hearing.police",
                        "overseer": BASE + "id/xa/parliament",
                        "overseen": BASE + "id/xa/police",
                        "mechanism": "hearing",
                        "act": BASE + "id/xa/act/law",
                        "provision": "art. 6(2)",
                        "status": "in-force",
                        "from": "2018-07",
                        "to": None,
                        "inherited": False,
                        "verified": True,
                        "effect": "advisory",
                        "limits": ["individual-request", "no-sanction"],
                        "weak": False,
                        "source": ["https://example.org/a", "https://example.org/b"],
                    }
                ],
                "missing": {"overseer_types": [], "mechanisms": [], "overseers": 0, "pillars": 0},
                "candidates": [],
                "surveyed_on": "2024-01-31",
                "rests_on_unverified": False,
            },
        )

    def test_order(self) -> None:
        """Ordered by country, norm, institution."""
        found = findings(
            norm(applies_to="type:executive", notation="T-02"),
            norm(applies_to="type:police , type:court", notation="T-01"),
            "<https://w3id.org/oversight/id/aa/z> a ov:Institution ; org:classification type:ministry ; ov:jurisdiction id:aa .\n",
        )
        self.assertEqual(
            [(finding["norm"], short(finding["institution"])) for finding in found],
            [("T-02", "z"), ("T-01", "court"), ("T-01", "police")]
            + [("T-02", body) for body in ("cabinet", "interior", "president")],
        )


class RandomWorlds(Case):
    """The generator."""

    def test_deterministic(self) -> None:
        """The same seed gives the same world."""
        for size in SIZES.values():
            first, second = World(7, size), World(7, size)
            self.assertEqual((first.data(), first.norms_turtle()), (second.data(), second.norms_turtle()))
            self.assertNotEqual(first.data(), World(8, size).data())


if __name__ == "__main__":
    unittest.main()
