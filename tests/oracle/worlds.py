"""Deterministic random worlds, to try two readings of the verdict rules against each other.

`worlds.py --seed N --out DIR` writes `data.nt` (institutions, acts, links, surveys) and `norms.ttl` into the folder,
and prints the day around which the dates of the world lie. The concept schemes are those of the ontology.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

OV = "https://w3id.org/oversight/ns#"
BASE = "https://w3id.org/oversight/"
ID = BASE + "id/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


TYPES = {
    "provider": words(
        "armed-forces military-service military-command territorial-defence police gendarmerie border-service "
        "customs-service coast-guard penitentiary-service domestic-security-service foreign-intelligence "
        "military-intelligence signals-intelligence criminal-intelligence protective-service investigation-bureau "
        "anti-corruption-bureau financial-intelligence emergency-service migration-service cyber-agency "
        "training-establishment logistics-body procurement-agency defence-industry private-security-regulated"
    ),
    "executive": words(
        "head-of-state head-of-government government ministry security-council coordination-body licensing-authority"
    ),
    "legislature": words("parliament parliamentary-committee inquiry-committee"),
    "justice": words("constitutional-court supreme-court court specialised-court prosecution-service judicial-council"),
    "independent": words(
        "ombuds-institution military-ombuds supreme-audit-institution anti-corruption-agency "
        "data-protection-authority preventive-mechanism expert-oversight-body complaints-body judicial-commissioner "
        "human-rights-institution procurement-regulator electoral-body"
    ),
    "internal": words("inspectorate internal-audit internal-affairs government-audit-service ethics-body"),
    "society": words("ngo public-council civic-oversight-council media academia bar-association electorate"),
    "international": words("international-court treaty-body international-organisation monitoring-mission"),
}
GROUP_OF = {type_slug: group for group, types in TYPES.items() for type_slug in types}
CABINET = ["head-of-state", "head-of-government", "government"]
TENURED = ["court", "supreme-court", "constitutional-court", "specialised-court", "judicial-commissioner"]

MECHANISMS = words(
    "nomination appointment consent-to-appointment dismissal no-confidence command policy-direction coordination "
    "budget-preparation budget-approval budget-execution-control financial-audit performance-audit annual-report "
    "hearing interpellation inquiry legislation deployment-authorisation surveillance-authorisation "
    "operation-authorisation judicial-review pre-trial-supervision prosecution criminal-investigation "
    "complaint-handling inspection detention-monitoring information-access asset-declaration integrity-policy "
    "procurement-control disciplinary competitive-selection public-consultation civic-monitoring licensing "
    "internal-audit internal-investigation standard-setting human-rights-monitoring external-evaluation election"
)
SELECTION = ["nomination", "appointment", "consent-to-appointment", "competitive-selection", "election"]
EXTENDS_DOWN = words(
    "legislation budget-approval budget-execution-control financial-audit performance-audit hearing inquiry "
    "complaint-handling judicial-review prosecution criminal-investigation information-access asset-declaration "
    "human-rights-monitoring civic-monitoring command policy-direction surveillance-authorisation "
    "operation-authorisation detention-monitoring integrity-policy internal-audit internal-investigation"
)
THROUGH_CABINET = words(
    "legislation budget-approval budget-execution-control judicial-review human-rights-monitoring command "
    "policy-direction"
)

POWERS = words(
    "use-of-force arrest detention covert-surveillance interception covert-action classified-budget "
    "pre-trial-investigation prosecution subpoena classified-access"
)
EFFECTS = ["binding", "advisory", "informative"]
LIMITS = words(
    "secrecy clearance-by-overseen executive-consent prior-notice partial-scope martial-law no-sanction "
    "individual-request"
)
SEVERITIES = ["must", "should", "may"]
INDEPENDENCES = ["overseen", "ministry", "executive"]

DAYS = ["2024-06-15", "2024-01-01", "2024-12-31", "2024-02-29"]


@dataclass(frozen=True)
class Size:
    """How large a world is (all ranges inclusive)."""

    institutions: tuple[int, int]
    links: tuple[int, int]
    norms: tuple[int, int]


SIZES = {
    "small": Size(institutions=(4, 14), links=(0, 40), norms=(5, 12)),
    "medium": Size(institutions=(60, 60), links=(100, 300), norms=(5, 12)),
}


@dataclass
class Body:
    """An institution of a random world."""

    iri: str
    country: str
    types: list[str]
    parents: list[str] = field(default_factory=list)


@dataclass
class RandomNorm:
    """A norm of a random world: its properties, as (name, Turtle value)."""

    notation: str
    forbids: bool
    overseer_types: list[str]
    mechanisms: list[str]
    independent_of: list[str]
    properties: list[tuple[str, str]]


class World:
    """A random world; everything follows from the seed and the size."""

    def __init__(self, seed: int, size: Size) -> None:
        self.random = random.Random(f"oversight world {seed}")
        self.size = size
        self.day = self.random.choice(DAYS)
        self.triples: list[str] = []
        self.bodies = self._bodies()
        self.norms = self._norms()
        self._institutions()
        self._links()
        self._surveys()

    # -- helpers ------------------------------------------------------------------------------------------------------

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.random.random() < probability

    def some(self, items: Sequence[str], most: int, least: int = 1) -> list[str]:
        """Between `least` and `most` different items."""
        distinct = sorted(set(items))
        return self.random.sample(distinct, min(len(distinct), self.random.randint(least, most)))

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Add a triple whose object is an IRI."""
        self.triples.append(f"<{subject}> <{predicate}> <{value}> .")

    def add_text(self, subject: str, predicate: str, text: str, suffix: str = "") -> None:
        """Add a triple whose object is a literal; the suffix is a language tag or a datatype."""
        self.triples.append(f'<{subject}> <{predicate}> "{text}"{suffix} .')

    def add_date(self, subject: str, predicate: str, date: str) -> None:
        """Add a date in the precision in which it is written."""
        datatype = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(date)]
        self.add_text(subject, predicate, date, f"^^<{XSD}{datatype}>")

    def date_near(self) -> str:
        """A date at or next to the day of the world, in any precision."""
        year, month, day = (int(part) for part in self.day.split("-"))
        precision = self.random.random()
        if precision < 0.25:
            return f"{year + self.random.choice([-1, 0, 0, 1]):04}"
        if precision < 0.5:
            months = year * 12 + month - 1 + self.random.choice([-1, 0, 0, 1])
            return f"{months // 12:04}-{months % 12 + 1:02}"
        if self.chance(0.5):
            return self.day
        return f"{year:04}-{month:02}-{min(28, max(1, day + self.random.choice([-1, 1]))):02}"

    def date_far(self, years: tuple[int, int]) -> str:
        """A date somewhere in the years, in any precision."""
        year = self.random.randint(*years)
        month, day = self.random.randint(1, 12), self.random.randint(1, 28)
        return self.random.choice([f"{year:04}", f"{year:04}-{month:02}", f"{year:04}-{month:02}-{day:02}"])

    def start_date(self) -> str | None:
        """A start: mostly long past, sometimes near the day, sometimes to come, sometimes none."""
        kind = self.random.random()
        if kind < 0.35:
            return None
        if kind < 0.8:
            return self.date_far((1990, 2022))
        return self.date_near() if kind < 0.95 else self.date_far((2026, 2030))

    def end_date(self, none: float) -> str | None:
        """An end: none with the given probability, else to come, near the day, or past."""
        if self.chance(none):
            return None
        kind = self.random.random()
        if kind < 0.4:
            return self.date_far((2026, 2035))
        return self.date_near() if kind < 0.8 else self.date_far((1995, 2022))

    # -- institutions -------------------------------------------------------------------------------------------------

    def _bodies(self) -> list[Body]:
        """Bodies of random types, some in one another."""
        countries = ["xa"] if self.chance(0.6) else ["xa", "xb"]
        groups = sorted(TYPES)
        palette = [self.random.choice(TYPES["provider"]) for _ in range(2)] + ["ministry"]
        palette += [self.random.choice(TYPES[group]) for group in self.random.sample(groups, 5)]
        palette += self.random.sample(TENURED, 1) + self.random.sample(CABINET, 1)

        bodies: list[Body] = []
        for number in range(1, self.random.randint(*self.size.institutions) + 1):
            country = countries[0] if self.chance(0.75) else countries[-1]
            types = [self.random.choice(palette if self.chance(0.85) else sorted(GROUP_OF))]
            if self.chance(0.1):
                types.append(self.random.choice(palette))
            if self.chance(0.03):
                types = [] if self.chance(0.4) else [self.random.choice(groups)]
            bodies.append(Body(f"{ID}{country}/body-{number:02}", country, sorted(set(types))))

        self._parents(bodies)
        return bodies

    def _parents(self, bodies: list[Body]) -> None:
        """Trees, with a chain through the cabinet in some worlds, and cycles in some."""
        tree = self.random.uniform(0.2, 0.8)
        for index, body in enumerate(bodies[1:], start=1):
            if self.chance(tree if is_of(body, ["executive", "provider"]) else tree / 2):
                body.parents.append(self.random.choice(bodies[:index]).iri)
            if self.chance(0.08):
                body.parents.append(self.random.choice(bodies[:index]).iri)
        if self.chance(0.5):
            chain = self.random.sample(bodies, min(len(bodies), 4))
            types = self.random.choice(
                [
                    ["head-of-state", "government", "ministry"],
                    ["government", "ministry"],
                    ["head-of-government", "ministry"],
                    ["head-of-state"],
                    ["parliament", "head-of-state", "ministry"],
                ]
            )
            for body, type_slug in zip(chain, types, strict=False):
                body.types = [type_slug]
            for above, below in pairwise(chain[: len(types) + 1]):
                below.parents = [above.iri]
        if self.chance(0.2):
            below, above = self.random.choice(bodies), self.random.choice(bodies)
            below.parents.append(above.iri)
            if self.chance(0.5):
                above.parents.append(below.iri)

    def _institutions(self) -> None:
        """Write countries and institutions."""
        for country in ("xa", "xb"):
            self.add(ID + country, RDF_TYPE, OV + "Country")
            self.add_text(ID + country, SKOS + "notation", country.upper())
            self.add_text(ID + country, SKOS + "prefLabel", f"Country {country.upper()}", "@en")
        wanted_powers = self.power_pool
        for body in self.bodies:
            self.add(body.iri, RDF_TYPE, OV + "Institution")
            self.add_text(body.iri, SKOS + "prefLabel", f"Body {body.iri[-2:]} of {body.country}", "@en")
            self.add(body.iri, OV + "jurisdiction", ID + body.country)
            for type_slug in body.types:
                self.add(body.iri, ORG + "classification", f"{BASE}type/{type_slug}")
            for parent in sorted(set(body.parents)):
                self.add(body.iri, ORG + "subOrganizationOf", parent)
            for power in self.some(wanted_powers, most=2, least=0) if self.chance(0.7) else []:
                self.add(body.iri, OV + "power", f"{BASE}power/{power}")
            founded = self.start_date() if self.chance(0.35) else None
            dissolved = self.end_date(none=0.3) if self.chance(0.2) else None
            if founded is not None:
                self.add_date(body.iri, SCHEMA + "foundingDate", founded)
            if dissolved is not None:
                self.add_date(body.iri, SCHEMA + "dissolutionDate", dissolved)
            self.add_text(body.iri, OV + "verified", "true", f"^^<{XSD}boolean>")

    # -- links --------------------------------------------------------------------------------------------------------

    def _acts(self) -> list[tuple[str, list[str]]]:
        """Write three acts; return each with its provisions."""
        acts = []
        for number in range(1, 4):
            act = f"{ID}xa/act/law-{number}"
            self.add(act, RDF_TYPE, OV + "LegalAct")
            self.add_text(act, ELI + "title", f"Law {number}", "@en")
            self.add(act, OV + "jurisdiction", ID + "xa")
            provisions = []
            for article in range(1, 5):
                provision = f"{ID}xa/provision/law-{number}.art-{article}"
                self.add(provision, RDF_TYPE, OV + "Provision")
                self.add(provision, ELI + "is_part_of", act)
                self.add_text(provision, ELI + "number", f"art. {article}")
                provisions.append(provision)
            acts.append((act, provisions))
        return acts

    def _links(self) -> None:
        """Random links, and links that select some of the bodies."""
        acts = self._acts()
        pairs: list[tuple[str, str, str]] = []
        half = self.size.links[0] + (self.size.links[1] - self.size.links[0]) // 2
        wanted = self.random.randint(self.size.links[0], self.random.choice([half, self.size.links[1]]))
        if self.chance(0.4):
            wanted = self.size.links[1]
        while len(pairs) < wanted:
            if self.chance(0.8):
                pairs += self._pairs_for_a_norm()
            else:
                overseer, overseen = self.random.choice(self.bodies), self.random.choice(self.bodies)
                pairs.append((overseer.iri, overseen.iri, self.random.choice(MECHANISMS)))
        if pairs:
            for overseer_iri in sorted({overseer for overseer, _, _ in pairs}):
                if self.chance(0.6):
                    pairs += self._selections_of(overseer_iri, pairs)
        pairs = self.random.sample(pairs, min(len(pairs), self.size.links[1]))

        shadow = self.random.choice(self.bodies).iri if self.chance(0.35) else ""
        reliability = self.random.choice([0.5, 0.8, 1.0])
        for number, (by, over, mechanism) in enumerate(pairs, start=1):
            country = by.removeprefix(ID).split("/")[0]
            link = f"{ID}{country}/link/{by[-2:]}.{mechanism}.{over[-2:]}.{number:02}"
            self.add(link, RDF_TYPE, OV + "Control")
            self.add(link, OV + "overseer", by)
            self.add(link, OV + "overseen", over)
            self.add(link, OV + "mechanism", f"{BASE}mechanism/{mechanism}")
            if shadow in (by, over) and self.chance(0.9):
                self.add(link, OV + "status", f"{BASE}status/proposed")
            elif mechanism in SELECTION and self.chance(0.5):
                self.add(link, OV + "status", f"{BASE}status/in-force")
            else:
                self._status_and_dates(link)
            self._basis(link, acts)
            if self.chance(0.6):
                self.add(link, OV + "effect", f"{BASE}effect/{self.random.choice(EFFECTS)}")
            for limit in self.some(LIMITS, most=3) if self.chance(0.4) else []:
                self.add(link, OV + "limit", f"{BASE}limit/{limit}")
            for page in self.some(["1", "2", "3"], most=2, least=0):
                self.add(link, DCTERMS + "source", f"https://example.org/page-{page}")
            verified = "true" if self.chance(reliability) else "false"
            self.add_text(link, OV + "verified", verified, f"^^<{XSD}boolean>")

    def _pairs_for_a_norm(self) -> list[tuple[str, str, str]]:
        """Overseers, overseen and mechanisms such as one of the norms speaks of: one, or a few over the same body."""
        busy = self.norms[: 1 + len(self.norms) // 2] if self.chance(0.6) else self.norms
        norm = self.random.choice(busy)
        fitting = [body for body in self.bodies if is_of(body, norm.overseer_types)] or self.bodies
        subjects = [value.removeprefix("type:") for name, value in norm.properties if name == "appliesTo"]
        within = [body for body in self.bodies if is_of(body, subjects)] or self.bodies
        overseen = self.random.choice(within)
        if overseen.parents and self.chance(0.35):
            above = self.random.choice(overseen.parents)
            overseen = next(body for body in self.bodies if body.iri == above)
        mechanisms = norm.mechanisms or MECHANISMS
        if ("allMechanisms", "true") in norm.properties and self.chance(0.5):
            return [(self.random.choice(fitting).iri, overseen.iri, mechanism) for mechanism in mechanisms]
        several = any(name in ("atLeast", "atLeastPillars") and value != "1" for name, value in norm.properties)
        number = self.random.choice([2, 3, 5] if several else [1, 1, 2, 3])
        overseers = self.random.sample(fitting, min(len(fitting), number))
        if self.chance(0.08):
            overseers.append(overseen)
        return [(overseer.iri, overseen.iri, self.random.choice(mechanisms)) for overseer in overseers]

    def _selections_of(self, overseer: str, pairs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """One or two links that select a body: by whom it oversees, by what stands above those, or by anybody."""
        parents = {body.iri: body.parents for body in self.bodies}
        overseen = self.random.choice([over for by, over, _ in pairs if by == overseer])
        ministers = [body.iri for body in self.bodies if is_of(body, ["executive"])]
        providers = [body.iri for body in self.bodies if is_of(body, ["provider"])]
        below_them = [body.iri for body in self.bodies if set(body.parents) & set(ministers + providers)]
        below = [body.iri for body in self.bodies if overseen in body.parents]
        selectors = self.random.choice(
            [
                [overseen],
                [overseen, *below],
                below,
                parents[overseen],
                ministers,
                ministers + providers,
                providers,
                below_them,
                [body.iri for body in self.bodies],
            ]
        )
        selectors = selectors or [overseen]
        times = self.random.choice([1, 1, 2])
        return [(self.random.choice(selectors), overseer, self.random.choice(SELECTION)) for _ in range(times)]

    def _status_and_dates(self, link: str) -> None:
        """Status, start and end."""
        status = self.random.choices(
            ["in-force", "not-operational", "suspended", "repealed", "proposed"], weights=[60, 13, 10, 11, 6]
        )[0]
        self.add(link, OV + "status", f"{BASE}status/{status}")
        start = self.start_date()
        end = self.end_date(none=0.3 if status == "repealed" else 0.8)
        if self.chance(0.04):
            start = end = self.date_near()
        if start is not None:
            self.add_date(link, SCHEMA + "startDate", start)
        if end is not None:
            self.add_date(link, SCHEMA + "endDate", end)

    def _basis(self, link: str, acts: list[tuple[str, list[str]]]) -> None:
        """The provision behind a link; sometimes two of one act, the act itself, or nothing."""
        act, provisions = self.random.choice(acts)
        kind = self.random.random()
        if kind < 0.7:
            basis = [self.random.choice(provisions)]
        elif kind < 0.8:
            basis = self.random.sample(provisions, 2)
        elif kind < 0.9:
            basis = [act]
        else:
            basis = []
        for provision in basis:
            self.add(link, OV + "legalBasis", provision)

    # -- surveys ------------------------------------------------------------------------------------------------------

    def _surveys(self) -> None:
        """None, or of the country or of an institution, for all mechanisms or for some."""
        used = sorted({mechanism for norm in self.norms for mechanism in norm.mechanisms})
        kind = self.random.choice(["none", "all", "some", "institutions", "both", "both"])
        if kind == "none":
            return
        number = 0
        countries = sorted({body.country for body in self.bodies})
        if kind in ("all", "some", "both"):
            for country in countries if self.chance(0.7) else countries[:1]:
                number += 1
                mechanisms = [] if kind == "all" else self._surveyed_mechanisms(used)
                self._survey(f"{ID}{country}/survey/{number:02}", ID + country, mechanisms)
        if kind in ("institutions", "both"):
            for body in self.random.sample(self.bodies, max(1, len(self.bodies) // 2)):
                number += 1
                mechanisms = [] if self.chance(0.4) else self._surveyed_mechanisms(used)
                self._survey(f"{ID}{body.country}/survey/{number:02}", body.iri, mechanisms)

    def _surveyed_mechanisms(self, used: list[str]) -> list[str]:
        """Some mechanisms; rarely every one of them, by name."""
        if self.chance(0.1):
            return list(MECHANISMS)
        return sorted(set(self.some(used or MECHANISMS, most=max(1, len(used))) + self.some(MECHANISMS, most=4)))

    def _survey(self, survey: str, covers: str, mechanisms: list[str]) -> None:
        """Write one survey."""
        self.add(survey, RDF_TYPE, OV + "Survey")
        self.add(survey, OV + "covers", covers)
        for mechanism in mechanisms:
            self.add(survey, OV + "mechanism", f"{BASE}mechanism/{mechanism}")
        date = f"202{self.random.randint(0, 6)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        self.add_date(survey, OV + "surveyedOn", date)

    # -- norms --------------------------------------------------------------------------------------------------------

    def _norms(self) -> list[RandomNorm]:
        """Random norms that use every property."""
        self.power_pool = self.random.sample(POWERS, 3)
        self.mechanism_pool = self.random.sample(EXTENDS_DOWN, 3) + self.random.sample(THROUGH_CABINET, 1)
        self.mechanism_pool += self.random.sample(MECHANISMS, 3) + self.random.sample(SELECTION, 1)
        count = self.random.randint(*self.size.norms)
        return [self._norm(f"RND-{number:02}") for number in range(1, count + 1)]

    def some_types(self, most: int) -> list[str]:
        """Types and groups, mostly such as the world has."""
        present = [type_slug for body in self.bodies for type_slug in body.types] or ["police"]
        chosen: list[str] = []
        for _ in range(self.random.randint(1, most)):
            type_slug = self.random.choice(present if self.chance(0.9) else sorted(GROUP_OF))
            chosen.append(GROUP_OF.get(type_slug, type_slug) if self.chance(0.45) else type_slug)
        return sorted(set(chosen))

    def _norm(self, notation: str) -> RandomNorm:
        """One random norm."""
        forbids = self.chance(0.32)
        of_power = forbids and self.chance(0.22)
        overseer_types: list[str] = []
        mechanisms: list[str] = []
        independent_of: list[str] = []
        if not of_power:
            overseer_types = self.some_types(most=4) if self.chance(0.65) else []
            mechanisms = self.some(self.mechanism_pool, most=4) if self.chance(0.85) else []
            if self.chance(0.6):
                independent_of = self.some(INDEPENDENCES, most=1)
            if "executive" in independent_of and self.chance(0.8):
                outside = {GROUP_OF[t] for b in self.bodies for t in b.types if t in GROUP_OF} - {
                    "executive",
                    "provider",
                }
                overseer_types = self.some(sorted(outside), most=3) if outside else []
        properties = [("appliesTo", "type:" + type_slug) for type_slug in self.some_types(most=3)]
        if of_power or self.chance(0.12):
            powers = self.some(self.power_pool, most=2 if self.chance(0.2) else 1)
            properties += [("wherePower", "power:" + power) for power in powers]
        if self.chance(0.15):
            properties += [("whereParentOf", "type:" + type_slug) for type_slug in self.some_types(most=3)]
        if self.chance(0.15):
            properties += [("whereOversees", "type:" + type_slug) for type_slug in self.some_types(most=3)]
        properties += [("overseerType", "type:" + type_slug) for type_slug in overseer_types]
        properties += [("mechanismAnyOf", "mechanism:" + mechanism) for mechanism in mechanisms]
        properties += [("independentOf", f'"{kind}"') for kind in independent_of]
        if self.chance(0.2) and (mechanisms or self.chance(0.3)):
            properties.append(("allMechanisms", "true"))
        elif self.chance(0.2):
            properties.append(("allMechanisms", "false"))
        if self.chance(0.7):
            properties.append(("atLeast", str(self.random.choices([1, 2, 3], weights=[6, 3, 1])[0])))
        if self.chance(0.6):
            properties.append(("atLeastPillars", str(self.random.choices([1, 2, 3], weights=[6, 3, 1])[0])))
        if self.chance(0.4):
            properties.append(("leastEffect", "effect:" + self.random.choices(EFFECTS, weights=[3, 2, 1])[0]))
        if self.chance(0.35):
            properties += [("excludesLimit", "limit:" + limit) for limit in self.some(LIMITS, most=4)]
        return RandomNorm(notation, forbids, overseer_types, mechanisms, independent_of, properties)

    # -- writing ------------------------------------------------------------------------------------------------------

    def data(self) -> str:
        """The data as N-Triples, in shuffled order: no reader may rely on one."""
        triples = list(self.triples)
        self.random.shuffle(triples)
        return f"# as of {self.day}\n" + "\n".join(triples) + "\n"

    def norms_turtle(self) -> str:
        """The norms as Turtle."""
        lines = [f"# as of {self.day}", f"@prefix ov: <{OV}> .", f"@prefix skos: <{SKOS}> ."]
        lines += [f"@prefix dcterms: <{DCTERMS}> .", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."]
        for scheme in ("type", "mechanism", "power", "effect", "limit", "severity", "principle", "document", "norm"):
            lines.append(f"@prefix {scheme}: <{BASE}{scheme}/> .")
        for norm in self.norms:
            lines += [
                "",
                f'norm:{norm.notation} a ov:Norm ; skos:notation "{norm.notation}" ;',
                f'  skos:prefLabel "Random norm {norm.notation}"@en ; rdfs:comment "A random duty."@en ;',
                '  dcterms:source document:random-2024 ; ov:locator "ch. 1" ; ov:principle principle:accountable ;',
                f"  ov:severity severity:{self.random.choice(SEVERITIES)} ; ov:verified true ;",
                *(f"  ov:{name} {value} ;" for name, value in norm.properties),
                f'  ov:polarity "{"forbid" if norm.forbids else "require"}" .',
            ]
        return "\n".join(lines) + "\n"


def is_of(body: Body, types: Sequence[str]) -> bool:
    """Whether the body is of one of the types or groups."""
    return any(type_slug in types or GROUP_OF.get(type_slug) in types for type_slug in body.types)


def main() -> None:
    """Read the arguments, write the world, print its day."""
    parser = argparse.ArgumentParser(description="Write a random world, and print the day that it lies around.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    arguments = parser.parse_args()

    world = World(arguments.seed, SIZES[arguments.size])
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "data.nt").write_text(world.data(), encoding="utf-8")
    (arguments.out / "norms.ttl").write_text(world.norms_turtle(), encoding="utf-8")
    print(world.day)


if __name__ == "__main__":
    main()
