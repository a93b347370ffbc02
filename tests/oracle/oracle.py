"""An independent, naive reading of the verdict rules of `oversight`.

The program reads an ontology and data (RDF), holds every institution against every norm on one day, and prints the
findings as JSON. It was written from the text of the rules alone, to check the real evaluator against; so each rule
is quoted above the lines that follow it, and nothing here is clever.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

OV = "https://w3id.org/oversight/ns#"
BASE = "https://w3id.org/oversight/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
SCHEMAS = ("https://schema.org/", "http://schema.org/")

GROUPS = {
    BASE + "type/" + slug
    for slug in (
        "provider",
        "executive",
        "legislature",
        "justice",
        "independent",
        "internal",
        "society",
        "international",
    )
}
EXECUTIVE = BASE + "type/executive"
PROVIDER = BASE + "type/provider"
CABINET_TYPES = {BASE + "type/" + slug for slug in ("head-of-state", "head-of-government", "government")}
TENURED_TYPES = {
    BASE + "type/" + slug
    for slug in ("court", "supreme-court", "constitutional-court", "specialised-court", "judicial-commissioner")
}
SELECTION_MECHANISMS = {
    BASE + "mechanism/" + slug
    for slug in ("nomination", "appointment", "consent-to-appointment", "competitive-selection", "election")
}
STRENGTH = {BASE + "effect/informative": 1, BASE + "effect/advisory": 2, BASE + "effect/binding": 3}

IN_FORCE = "in-force"
ON_PAPER = "on-paper"

Day = tuple[int, int, int]


# ---------------------------------------------------------------------------------------------------------------------
# Reading
# ---------------------------------------------------------------------------------------------------------------------


class Triples:
    """All triples of all files, as subject -> predicate -> set of objects (their plain text)."""

    def __init__(self) -> None:
        self._facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def read(self, path: Path) -> None:
        """Add a Turtle or N-Triples file, or all such files below a folder."""
        for file in rdf_files(path):
            for quad in pyoxigraph.parse(path=str(file), rename_blank_nodes=True):
                self._facts[text_of(quad.subject)][text_of(quad.predicate)].add(text_of(quad.object))

    def of_class(self, class_iri: str) -> list[str]:
        """Every subject that is stated to be of the class, sorted."""
        return sorted(subject for subject, facts in self._facts.items() if class_iri in facts.get(RDF_TYPE, ()))

    def in_scheme(self, scheme: str) -> list[str]:
        """Every SKOS concept whose IRI stands in the namespace of the scheme, sorted."""
        return [concept for concept in self.of_class(SKOS + "Concept") if concept.startswith(BASE + scheme + "/")]

    def values(self, subject: str, predicate: str) -> set[str]:
        """All objects of a subject and a predicate."""
        return set(self._facts.get(subject, {}).get(predicate, ()))

    def value(self, subject: str, predicate: str) -> str | None:
        """The only object; should the data hold several, the first by code points."""
        return min(self.values(subject, predicate), default=None)

    def schema_value(self, subject: str, name: str) -> str | None:
        """A schema.org value, by either of its two namespaces."""
        found = [self.value(subject, namespace + name) for namespace in SCHEMAS]
        return next((value for value in found if value is not None), None)


def text_of(term: Any) -> str:
    """The IRI, the literal's lexical form, or the blank node's label."""
    return str(term) if isinstance(term, pyoxigraph.BlankNode) else term.value


def rdf_files(path: Path) -> Iterator[Path]:
    """The file itself, or the Turtle and N-Triples files below the folder, in order."""
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.suffix in (".ttl", ".nt"))
    else:
        yield path


def is_true(value: str | None) -> bool:
    """An xsd:boolean."""
    return value in ("true", "1")


def slug(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def parts_of(date: str) -> list[int]:
    """`2018`, `2018-07` or `2018-07-08`, with or without a time zone, as numbers."""
    plain = date.split("T")[0].removesuffix("Z")
    if len(plain) > 6 and plain[-3] == ":" and plain[-6] in "+-":
        plain = plain[:-6]
    parts = [int(part) for part in plain.split("-")]
    if not 1 <= len(parts) <= 3:
        raise ValueError(f"not a date: {date!r}")
    return parts


def start_day(date: str) -> Day:
    """The first day that the date names."""
    # "a start known to the year counts from its first day"
    year, month, day = (parts_of(date) + [1, 1])[:3]
    return year, month, day


def end_day(date: str) -> Day:
    """The first day on which what ended on the date no longer holds."""
    # "an end known to the year counts until its last"
    # "a day-precise end is the first day on which it no longer holds"
    parts = parts_of(date)
    if len(parts) == 1:
        return parts[0] + 1, 1, 1
    if len(parts) == 2:
        year, month = parts
        return (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)
    year, month, day = parts
    return year, month, day


def holds_on(day: Day, start: str | None, end: str | None) -> bool:
    """Whether the day lies between start and end."""
    # "if `start ≤ d < end` (an absent bound is open ...)"
    if start is not None and not start_day(start) <= day:
        return False
    return end is None or day < end_day(end)


# ---------------------------------------------------------------------------------------------------------------------
# What is in the data
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Institution:
    """A body."""

    iri: str
    types: frozenset[str]
    parents: frozenset[str]
    countries: frozenset[str]
    powers: frozenset[str]
    founded: str | None
    dissolved: str | None


@dataclass(frozen=True)
class Link:
    """One control of one body over another."""

    iri: str
    overseer: str
    overseen: str
    mechanism: str
    status: str
    start: str | None
    end: str | None
    effect: str | None
    limits: frozenset[str]
    act: str | None
    provision: str | None
    sources: frozenset[str]
    verified: bool


@dataclass(frozen=True)
class Survey:
    """A statement that the record is complete for some mechanisms (none named: all)."""

    covers: frozenset[str]
    mechanisms: frozenset[str]
    surveyed_on: str | None


@dataclass(frozen=True)
class Norm:
    """A norm: its scope, and the evidence that it asks for or forbids."""

    iri: str
    notation: str
    document: str | None
    severity: str | None
    forbids: bool
    applies_to: frozenset[str]
    where_power: frozenset[str]
    where_parent_of: frozenset[str]
    where_oversees: frozenset[str]
    overseer_types: frozenset[str]
    mechanisms: frozenset[str]
    all_mechanisms: bool
    at_least: int
    at_least_pillars: int
    independent_of: frozenset[str]
    least_effect: str | None
    excluded_limits: frozenset[str]

    @property
    def forbids_the_power(self) -> bool:
        """Whether the norm forbids a power, and not links."""
        # "A `forbid` with neither overseer type nor mechanism nor independence forbids the power in `ov:wherePower`"
        # (convention: only where the norm has a wherePower; a forbid with nothing at all forbids any link)
        names_links = self.overseer_types or self.mechanisms or self.independent_of
        return self.forbids and not names_links and bool(self.where_power)


def institution_from(triples: Triples, iri: str) -> Institution:
    """Read one institution."""
    return Institution(
        iri=iri,
        types=frozenset(triples.values(iri, ORG + "classification")),
        parents=frozenset(triples.values(iri, ORG + "subOrganizationOf")),
        countries=frozenset(triples.values(iri, OV + "jurisdiction")),
        powers=frozenset(triples.values(iri, OV + "power")),
        founded=triples.schema_value(iri, "foundingDate"),
        dissolved=triples.schema_value(iri, "dissolutionDate"),
    )


def legal_basis_of(triples: Triples, link: str) -> tuple[str | None, str | None]:
    """Act and provision of a link; several provisions are joined in the order of their IRIs."""
    # `ov:legalBasis` → provision ..., "the act itself where the row has an act and no article"
    acts: set[str] = set()
    numbers: list[str] = []
    for basis in sorted(triples.values(link, OV + "legalBasis")):
        is_part_of = triples.values(basis, ELI + "is_part_of")
        acts |= is_part_of or {basis}
        if is_part_of:
            numbers += sorted(triples.values(basis, ELI + "number"))
    return min(acts, default=None), "; ".join(numbers) or None


def link_from(triples: Triples, iri: str) -> Link:
    """Read one link."""
    act, provision = legal_basis_of(triples, iri)
    return Link(
        iri=iri,
        overseer=triples.value(iri, OV + "overseer") or "",
        overseen=triples.value(iri, OV + "overseen") or "",
        mechanism=triples.value(iri, OV + "mechanism") or "",
        status=slug(triples.value(iri, OV + "status") or ""),
        start=triples.schema_value(iri, "startDate"),
        end=triples.schema_value(iri, "endDate"),
        effect=triples.value(iri, OV + "effect"),
        limits=frozenset(triples.values(iri, OV + "limit")),
        act=act,
        provision=provision,
        sources=frozenset(triples.values(iri, DCTERMS + "source")),
        verified=is_true(triples.value(iri, OV + "verified")),
    )


def survey_from(triples: Triples, iri: str) -> Survey:
    """Read one survey."""
    return Survey(
        covers=frozenset(triples.values(iri, OV + "covers")),
        mechanisms=frozenset(triples.values(iri, OV + "mechanism")),
        surveyed_on=triples.value(iri, OV + "surveyedOn"),
    )


def norm_from(triples: Triples, iri: str) -> Norm:
    """Read one norm."""

    def all_of(name: str) -> frozenset[str]:
        return frozenset(triples.values(iri, OV + name))

    document = triples.value(iri, DCTERMS + "source")
    severity = triples.value(iri, OV + "severity")
    return Norm(
        iri=iri,
        notation=triples.value(iri, SKOS + "notation") or slug(iri),
        document=slug(document) if document else None,
        severity=slug(severity) if severity else None,
        forbids=triples.value(iri, OV + "polarity") == "forbid",
        applies_to=all_of("appliesTo"),
        where_power=all_of("wherePower"),
        where_parent_of=all_of("whereParentOf"),
        where_oversees=all_of("whereOversees"),
        overseer_types=all_of("overseerType"),
        mechanisms=all_of("mechanismAnyOf"),
        all_mechanisms=is_true(triples.value(iri, OV + "allMechanisms")),
        # "`ov:atLeast` (distinct overseers, default 1), `ov:atLeastPillars` (distinct pillars, default 1)"
        at_least=int(triples.value(iri, OV + "atLeast") or 1),
        at_least_pillars=int(triples.value(iri, OV + "atLeastPillars") or 1),
        independent_of=all_of("independentOf"),
        least_effect=triples.value(iri, OV + "leastEffect"),
        excluded_limits=all_of("excludesLimit"),
    )


# ---------------------------------------------------------------------------------------------------------------------
# What the rules say
# ---------------------------------------------------------------------------------------------------------------------


class Oracle:
    """The world on one day, and the rules applied to it."""

    def __init__(self, triples: Triples, as_of: str, *, verified_only: bool = False) -> None:
        self.as_of = as_of
        self.day = start_day(as_of)

        self.kinds_of_type = {concept: self._broader_closure(triples, concept) for concept in triples.in_scheme("type")}
        mechanisms = triples.in_scheme("mechanism")
        self.every_mechanism = set(mechanisms)
        self.extends_down = {m for m in mechanisms if is_true(triples.value(m, OV + "extendsDown"))}
        self.through_cabinet = {m for m in mechanisms if is_true(triples.value(m, OV + "extendsThroughCabinet"))}

        self.norms = [norm_from(triples, iri) for iri in triples.of_class(OV + "Norm")]
        self.surveys = [survey_from(triples, iri) for iri in triples.of_class(OV + "Survey")]
        institutions = [institution_from(triples, iri) for iri in triples.of_class(OV + "Institution")]
        self.institutions = {institution.iri: institution for institution in institutions}

        # "`--verified-only` leaves them out" (convention: before anything else)
        links = [link_from(triples, iri) for iri in triples.of_class(OV + "Control")]
        self.links = [link for link in links if link.verified or not verified_only]

        self.children: dict[str, set[str]] = defaultdict(set)
        for institution in institutions:
            for parent in institution.parents:
                self.children[parent].add(institution.iri)

        statuses: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            statuses[link.overseer].add(link.status)
            statuses[link.overseen].add(link.status)
        self.existing = {iri for iri in self.institutions if self._exists(iri, statuses[iri])}

        self.standing = {link.iri: self._standing(link) for link in self.links}
        self.counting = [link for link in self.links if self.standing[link.iri] is not None]
        self.counting_from: dict[str, list[Link]] = defaultdict(list)
        self.counting_over: dict[str, list[Link]] = defaultdict(list)
        for link in self.counting:
            self.counting_from[link.overseer].append(link)
            self.counting_over[link.overseen].append(link)
        self._ancestors: dict[str, set[str]] = {}

    @staticmethod
    def _broader_closure(triples: Triples, concept: str) -> set[str]:
        """The concept and all above it."""
        closure: set[str] = set()
        todo = [concept]
        while todo:
            current = todo.pop()
            if current not in closure:
                closure.add(current)
                todo += triples.values(current, SKOS + "broader")
        return closure

    # -- in force -----------------------------------------------------------------------------------------------------

    def _exists(self, iri: str, statuses_of_its_links: set[str]) -> bool:
        """Whether the institution exists on the day."""
        institution = self.institutions[iri]
        # "An institution exists on *d* if `founding ≤ d < dissolution`"
        if not holds_on(self.day, institution.founded, institution.dissolved):
            return False
        # "and not if it stands in links of status `proposed` alone."
        return statuses_of_its_links != {"proposed"}

    def _standing(self, link: Link) -> str | None:
        """Whether the link counts in force, counts on paper, or does not count (None)."""
        # "A link counts only if both its ends exist."
        if link.overseer not in self.existing or link.overseen not in self.existing:
            return None
        # "a link counts on day *d* if `start ≤ d < end`"
        if not holds_on(self.day, link.start, link.end):
            return None
        # "and its status is `in-force` or `repealed`;"
        if link.status == "in-force":
            return IN_FORCE
        # "a repealed link without an end never counts."
        if link.status == "repealed":
            return IN_FORCE if link.end is not None else None
        # "`not-operational` and `suspended` links in that interval count **on paper** only."
        if link.status in ("not-operational", "suspended"):
            return ON_PAPER
        # "`proposed` never counts."
        return None

    def in_force(self, link: Link) -> bool:
        """Whether the link is in force on the day."""
        return self.standing[link.iri] == IN_FORCE

    # -- types and places ---------------------------------------------------------------------------------------------

    def types_of(self, body: str) -> frozenset[str]:
        """The types of a body (none, where the body is not described)."""
        return self.institutions[body].types if body in self.institutions else frozenset()

    def kinds_of(self, body: str) -> set[str]:
        """The types of a body, with all above them."""
        kinds: set[str] = set()
        for type_iri in self.types_of(body):
            kinds |= self.kinds_of_type.get(type_iri, {type_iri})
        return kinds

    def is_any_of(self, body: str, types: Iterable[str]) -> bool:
        """Whether the body is of one of the types."""
        # "any of; a group takes all its types"
        return not self.kinds_of(body).isdisjoint(types)

    def pillars_of(self, body: str) -> set[str]:
        """The pillars that a link of this overseer belongs to."""
        # "**Pillar** of a link = the group of its overseer's type."
        return self.kinds_of(body) & GROUPS

    def parents_of(self, body: str) -> frozenset[str]:
        """The bodies directly above a body."""
        return self.institutions[body].parents if body in self.institutions else frozenset()

    def ancestors_of(self, body: str) -> set[str]:
        """All bodies above a body, at any height."""
        # "an ancestor *a* of *i* by `org:subOrganizationOf` (a cycle in the data ends the walk)"
        # (convention: a body is never its own ancestor)
        if body not in self._ancestors:
            ancestors: set[str] = set()
            todo = list(self.parents_of(body))
            while todo:
                current = todo.pop()
                if current != body and current not in ancestors:
                    ancestors.add(current)
                    todo += self.parents_of(current)
            self._ancestors[body] = ancestors
        return self._ancestors[body]

    def is_below(self, body: str, other: str) -> bool:
        """Whether a body is below another, at any depth."""
        return other in self.ancestors_of(body)

    def ancestors_up_to_the_executive(self, body: str) -> set[str]:
        """The ancestors of a body up to and including the nearest of the executive group, on each way up."""
        # "every ancestor of *i* up to and including the nearest of the executive group (all ancestors, if there is
        # none)"
        found: set[str] = set()
        todo = list(self.parents_of(body))
        while todo:
            current = todo.pop()
            if current != body and current not in found:
                found.add(current)
                if not self.is_any_of(current, {EXECUTIVE}):
                    todo += self.parents_of(current)
        return found

    # -- scope --------------------------------------------------------------------------------------------------------

    def in_scope(self, norm: Norm, i: str) -> bool:
        """Whether the norm speaks of the institution."""
        # (convention: a body in scope exists on the day)
        if i not in self.existing:
            return False
        # "`ov:appliesTo` → types (any of; a group takes all its types)"
        if not self.is_any_of(i, norm.applies_to):
            return False
        # "optional `ov:wherePower`" / "forbids the power in `ov:wherePower`, which then does not narrow the scope"
        if norm.where_power and not norm.forbids_the_power and not self.holds_a_power_of(norm, i):
            return False
        # "`ov:whereParentOf` → types (a direct child of one of them exists)"
        if norm.where_parent_of:
            children = [child for child in self.children[i] if child in self.existing]
            if not any(self.is_any_of(child, norm.where_parent_of) for child in children):
                return False
        # "`ov:whereOversees` → types (it has a link in force over a body of one of them, not inherited)"
        if norm.where_oversees:
            links = [link for link in self.counting_from[i] if self.in_force(link)]
            if not any(self.is_any_of(link.overseen, norm.where_oversees) for link in links):
                return False
        return True

    def holds_a_power_of(self, norm: Norm, i: str) -> bool:
        """Whether the institution holds one of the powers that the norm names."""
        return not self.institutions[i].powers.isdisjoint(norm.where_power)

    # -- evidence -----------------------------------------------------------------------------------------------------

    def reaches(self, link: Link, i: str) -> bool:
        """Whether the link is over the institution, directly or from above."""
        # "whose overseen is *i*,"
        if link.overseen == i:
            return True
        # "or an ancestor *a* of *i* by `org:subOrganizationOf` ... where the mechanism extends down"
        a = link.overseen
        if a not in self.ancestors_of(i) or link.mechanism not in self.extends_down:
            return False
        # "(from an *a* that is head of state, head of government or government: only if it extends through the
        # cabinet)"
        if self.is_any_of(a, CABINET_TYPES):
            return link.mechanism in self.through_cabinet
        return True

    def links_reaching(self, i: str) -> list[Link]:
        """The links that count and reach the institution, whoever their overseer is."""
        over = [link for body in {i} | self.ancestors_of(i) for link in self.counting_over[body]]
        return sorted((link for link in over if self.reaches(link, i)), key=lambda link: link.iri)

    def matches(self, norm: Norm, link: Link) -> bool:
        """Whether mechanism and overseer type are such as the norm names."""
        # "`ov:mechanismAnyOf` (none = any)"
        if norm.mechanisms and link.mechanism not in norm.mechanisms:
            return False
        # "`ov:overseerType` (any of; none = any)"
        return not norm.overseer_types or self.is_any_of(link.overseer, norm.overseer_types)

    def selected_by(self, overseer: str, selectors: Iterable[str]) -> bool:
        """Whether all links in force that select the overseer come from the selectors, and there is one."""
        # "it has links in force of nomination, appointment, consent-to-appointment, competitive-selection or election,
        # and all of them come from X ..." / "No such link on record: independent"
        links = [link for link in self.counting_over[overseer] if self.in_force(link)]
        choices = [link for link in links if link.mechanism in SELECTION_MECHANISMS]
        allowed = set(selectors)
        return bool(choices) and all(link.overseer in allowed for link in choices)

    def is_tenured(self, body: str) -> bool:
        """Whether the rule on selection is not asked of the body."""
        # "Not asked of courts (`court`, `supreme-court`, `constitutional-court`, `specialised-court`) and
        # `judicial-commissioner`: their independence rests on tenure." (convention: the selection test only)
        return self.is_any_of(body, TENURED_TYPES)

    def selected_by_alone(self, overseer: str, x: str) -> bool:
        """Whether the overseer is selected by the body alone."""
        # "all of them come from X or bodies below X"
        if self.is_tenured(overseer):
            return False
        return self.selected_by(overseer, {x} | {body for body in self.institutions if self.is_below(body, x)})

    def selected_by_the_executive_alone(self, overseer: str) -> bool:
        """Whether the overseer is selected by the executive alone."""
        # "(for the executive: from bodies of the executive or provider group)"
        if self.is_tenured(overseer):
            return False
        return self.selected_by(overseer, self.bodies_of_the_executive())

    def bodies_of_the_executive(self) -> set[str]:
        """Bodies whose own type is in the executive or provider group."""
        return {body for body in self.institutions if self.is_any_of(body, {EXECUTIVE, PROVIDER})}

    def independent_of_overseen(self, overseer: str, i: str) -> bool:
        """Independent of the overseen."""
        # "of the **overseen**: it is not below *i* (at any depth), nor selected by *i* alone;"
        return not self.is_below(overseer, i) and not self.selected_by_alone(overseer, i)

    def independent_of_ministry(self, overseer: str, i: str) -> bool:
        """Independent of the ministry that the overseen belongs to."""
        # "of the **ministry**: further, ..."
        if not self.independent_of_overseen(overseer, i):
            return False
        # "for every ancestor of *i* up to and including the nearest of the executive group (all ancestors, if there
        # is none): it is neither that body, nor below it, nor selected by it alone;"
        for ancestor in self.ancestors_up_to_the_executive(i):
            if overseer == ancestor or self.is_below(overseer, ancestor) or self.selected_by_alone(overseer, ancestor):
                return False
        return True

    def independent_of_executive(self, overseer: str) -> bool:
        """Independent of the executive."""
        # "of the **executive**: neither its type nor any ancestor's is in the executive or provider group;"
        if any(self.is_any_of(body, {EXECUTIVE, PROVIDER}) for body in {overseer} | self.ancestors_of(overseer)):
            return False
        # "and it is not selected by the executive alone."
        return not self.selected_by_the_executive_alone(overseer)

    def is_independent(self, norm: Norm, overseer: str, i: str) -> bool:
        """Whether the overseer is "independent as asked"."""
        for asked in norm.independent_of:
            if asked == "overseen" and not self.independent_of_overseen(overseer, i):
                return False
            if asked == "ministry" and not self.independent_of_ministry(overseer, i):
                return False
            if asked == "executive" and not self.independent_of_executive(overseer):
                return False
        return True

    def evidence(self, norm: Norm, i: str, reaching: list[Link]) -> list[Link]:
        """The evidence that a norm which requires something finds for the institution."""
        # "links that count, whose mechanism and overseer type match, whose overseer is not *i* itself, and whose
        # overseen is *i*, or an ancestor ...; and whose overseer is independent as asked"
        matching = [link for link in reaching if self.matches(norm, link) and link.overseer != i]
        return [link for link in matching if self.is_independent(norm, link.overseer, i)]

    def offences(self, norm: Norm, i: str, reaching: list[Link]) -> list[Link]:
        """The links that a norm which forbids something finds for the institution."""
        # "(no link such as this may be in force; counts, pillars, links on paper, effect and limits play no part)"
        matching = [link for link in reaching if self.matches(norm, link) and self.in_force(link)]
        if not norm.independent_of:
            return [link for link in matching if link.overseer != i]
        # "Here `ov:independentOf` turns round: the offending links are those whose overseer is *not* independent,"
        others = [link for link in matching if link.overseer != i and not self.is_independent(norm, link.overseer, i)]
        # "and *i*'s own link over itself offends too."
        return others + [link for link in matching if link.overseer == i and link.overseen == i]

    @staticmethod
    def is_weak(norm: Norm, link: Link) -> bool:
        """Whether evidence for a norm which requires something is weak."""
        # "a link that is evidence by all the above is weak if it has an `ov:effect` below the norm's `ov:leastEffect`
        # (binding > advisory > informative)," / "An effect or limit not on record makes nothing weak, nor does a norm
        # that names none."
        if norm.least_effect is None or link.effect is None:
            too_soft = False
        else:
            too_soft = STRENGTH[link.effect] < STRENGTH[norm.least_effect]
        # "or bears any `ov:limit` that the norm excludes; either is enough."
        return too_soft or not link.limits.isdisjoint(norm.excluded_limits)

    # -- surveys ------------------------------------------------------------------------------------------------------

    def surveys_over(self, i: str) -> list[Survey]:
        """The surveys that cover the institution or its country."""
        places = {i} | self.institutions[i].countries
        return [survey for survey in self.surveys if not survey.covers.isdisjoint(places)]

    def surveyed(self, norm: Norm, i: str) -> tuple[bool, str | None]:
        """Whether the institution is surveyed for the norm, and the day that a finding shows."""
        surveys = self.surveys_over(i)
        if norm.forbids_the_power:
            # "(unknown where no survey covers *i* at all)" (convention: the latest day among all of them)
            return bool(surveys), latest(surveys)
        # "for each of its mechanisms (all mechanisms, where it names none), a survey covers *i* or its country with
        # that mechanism." / "`ov:mechanism` → the mechanisms worked through (none = all)"
        days: list[str] = []
        for mechanism in norm.mechanisms or self.every_mechanism:
            covering = [survey for survey in surveys if not survey.mechanisms or mechanism in survey.mechanisms]
            if not covering:
                return False, None
            day = latest(covering)
            if day is not None:
                days.append(day)
        # (convention: "for every mechanism of the norm take the latest date among the surveys that cover it, then the
        # earliest of these")
        return True, min(days, key=start_day, default=None)

    # -- verdict ------------------------------------------------------------------------------------------------------

    def satisfies(self, norm: Norm, links: list[Link]) -> bool:
        """Whether the links satisfy count, pillars and mechanisms."""
        missing = self.missing(norm, links)
        return not missing["overseers"] and not missing["pillars"] and not missing["mechanisms"]

    def missing(self, norm: Norm, strong: list[Link]) -> dict[str, Any]:
        """What the evidence in force that is not weak lacks."""
        overseers = {link.overseer for link in strong}
        pillars = {pillar for overseer in overseers for pillar in self.pillars_of(overseer)}
        present = {link.mechanism for link in strong}

        # "`ov:atLeast` (distinct overseers, default 1), `ov:atLeastPillars` (distinct pillars, default 1)"
        missing_overseers = max(0, norm.at_least - len(overseers))
        missing_pillars = max(0, norm.at_least_pillars - len(pillars))
        too_few = missing_overseers > 0 or missing_pillars > 0

        # "mechanisms = with allMechanisms those named ones without such evidence, otherwise, if overseers or pillars
        # are missing, all named ones"
        if norm.all_mechanisms:
            missing_mechanisms = norm.mechanisms - present
        elif too_few:
            missing_mechanisms = norm.mechanisms
        else:
            missing_mechanisms = frozenset()

        # "overseer_types = if overseers or pillars are missing: the norm's overseerType entries (groups stay groups)
        # of which no such evidence has an overseer, else []"
        missing_types: list[str] = []
        if too_few:
            for wanted in norm.overseer_types:
                if not any(self.is_any_of(overseer, {wanted}) for overseer in overseers):
                    missing_types.append(wanted)
        return {
            "overseer_types": sorted(slug(type_iri) for type_iri in missing_types),
            "mechanisms": sorted(slug(mechanism) for mechanism in missing_mechanisms),
            "overseers": missing_overseers,
            "pillars": missing_pillars,
        }

    def candidates(self, norm: Norm, i: str, reaching: list[Link], missing: dict[str, Any]) -> list[str]:
        """The bodies of the missing type that exist in that country and lack the link."""
        wanted = {BASE + "type/" + type_slug for type_slug in missing["overseer_types"]} or norm.overseer_types
        # "no link that counts (in force or on paper, any mechanism of the norm) over i, direct or inherited"
        linked = {link.overseer for link in reaching if not norm.mechanisms or link.mechanism in norm.mechanisms}
        found = []
        for body in self.existing:
            same_country = not self.institutions[body].countries.isdisjoint(self.institutions[i].countries)
            if body != i and same_country and self.is_any_of(body, wanted) and body not in linked:
                found.append(body)
        return sorted(found)

    def verdict_of_require(self, norm: Norm, evidence: list[Link], surveyed: bool) -> tuple[str, list[Link]]:
        """The verdict, and the evidence that is shown with it."""
        # "Weak evidence, in force or on paper, counts toward *partial* alone, never toward met or on paper."
        strong = [link for link in evidence if not self.is_weak(norm, link)]
        strong_in_force = [link for link in strong if self.in_force(link)]
        # "**met**: evidence in force that is not weak satisfies count, pillars and mechanisms;"
        # "Shown as evidence: for met the links in force, ... weak ones in neither"
        if self.satisfies(norm, strong_in_force):
            return "met", strong_in_force
        # "**on paper**: it does so only together with evidence that counts on paper and is not weak;"
        # "for on paper those on paper as well, weak ones in neither"
        if self.satisfies(norm, strong):
            return "on-paper", strong
        # "**partial**: there is evidence, in force, on paper or weak, but not enough;"
        # "for partial all, the weak marked as weak"
        if evidence:
            return "partial", evidence
        # "**gap**: no evidence at all, and *i* is surveyed"
        # "**unknown**: no evidence and no survey."
        return ("gap" if surveyed else "unknown"), []

    def verdict_of_forbid(self, norm: Norm, i: str, reaching: list[Link], surveyed: bool) -> tuple[str, list[Link]]:
        """The verdict, and the evidence that is shown with it."""
        if norm.forbids_the_power:
            # "holding it is gap, not holding it met (unknown where no survey covers *i* at all)"
            if self.holds_a_power_of(norm, i):
                return "gap", []
            return ("met" if surveyed else "unknown"), []
        # "**gap** with the offending links as evidence; else **met** where surveyed, else **unknown**."
        offences = self.offences(norm, i, reaching)
        if offences:
            return "gap", offences
        return ("met" if surveyed else "unknown"), []

    # -- finding ------------------------------------------------------------------------------------------------------

    def finding(self, norm: Norm, i: str, reaching: list[Link]) -> dict[str, Any]:
        """The finding for a norm and an institution in its scope."""
        surveyed, surveyed_on = self.surveyed(norm, i)
        missing: dict[str, Any] = {"overseer_types": [], "mechanisms": [], "overseers": 0, "pillars": 0}
        candidates: list[str] = []
        if norm.forbids:
            verdict, shown = self.verdict_of_forbid(norm, i, reaching, surveyed)
        else:
            evidence = self.evidence(norm, i, reaching)
            verdict, shown = self.verdict_of_require(norm, evidence, surveyed)
            if verdict != "met":
                # "what is missing (overseer types, mechanisms, number; weak evidence does not fill it)"
                strong = [link for link in evidence if self.in_force(link) and not self.is_weak(norm, link)]
                missing = self.missing(norm, strong)
                candidates = self.candidates(norm, i, reaching, missing)
        shown = sorted(shown, key=lambda link: link.iri)
        return {
            "norm": norm.notation,
            "document": norm.document,
            "severity": norm.severity,
            "institution": i,
            "verdict": verdict,
            "as_of": self.as_of,
            # "`weak` is true only under `partial`"
            "evidence": [
                evidence_json(link, i, weak=verdict == "partial" and self.is_weak(norm, link)) for link in shown
            ],
            "missing": missing,
            "candidates": candidates,
            "surveyed_on": surveyed_on,
            # "a finding says when it rests on them" (convention: any shown evidence link is not verified)
            "rests_on_unverified": any(not link.verified for link in shown),
        }

    def findings(self) -> list[dict[str, Any]]:
        """All findings, "ordered by country, norm, institution"."""
        found = []
        for i, institution in self.institutions.items():
            reaching = self.links_reaching(i)
            country = min(institution.countries, default="")
            for norm in self.norms:
                # "Institutions out of scope have no finding."
                if self.in_scope(norm, i):
                    found.append(((country, norm.notation, i), self.finding(norm, i, reaching)))
        return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]


def latest(surveys: list[Survey]) -> str | None:
    """The latest day of the surveys."""
    return max((survey.surveyed_on for survey in surveys if survey.surveyed_on), key=start_day, default=None)


def evidence_json(link: Link, i: str, *, weak: bool) -> dict[str, Any]:
    """One link as a finding shows it."""
    return {
        "link": link.iri,
        "overseer": link.overseer,
        "overseen": link.overseen,
        "mechanism": slug(link.mechanism),
        "act": link.act,
        "provision": link.provision,
        "status": link.status,
        "from": link.start,
        "to": link.end,
        "inherited": link.overseen != i,
        "verified": link.verified,
        "effect": slug(link.effect) if link.effect else None,
        "limits": sorted(slug(limit) for limit in link.limits),
        "weak": weak,
        "source": sorted(link.sources),
    }


def main() -> None:
    """Read the arguments and files, print the findings."""
    parser = argparse.ArgumentParser(description="An independent reading of the verdict rules of oversight.")
    parser.add_argument("--ontology", type=Path, required=True, metavar="DIR", help="schemes and norms (RDF)")
    parser.add_argument(
        "--norms", type=Path, action="append", default=[], metavar="FILE|DIR", help="further norms (repeatable)"
    )
    parser.add_argument("--as-of", required=True, metavar="YYYY-MM-DD", help="the legal day")
    parser.add_argument("--verified-only", action="store_true", help="leave out links that are not verified")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="data (file or folder)")
    arguments = parser.parse_args()
    if len(parts_of(arguments.as_of)) != 3:
        parser.error("--as-of takes a day, YYYY-MM-DD")

    triples = Triples()
    for path in [arguments.ontology, *arguments.norms, *arguments.files]:
        triples.read(path)
    oracle = Oracle(triples, arguments.as_of, verified_only=arguments.verified_only)
    json.dump(oracle.findings(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
