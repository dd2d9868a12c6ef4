"""What the page of a version shows: its words, who signs for which school, what is left to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Clause, SealedClause, Section, Signature
from clusterwork.clusters.rules.agreements.blanks import blanks_in, explained, filled
from clusterwork.clusters.selectors.governed import governing_of
from clusterwork.clusters.selectors.known_blanks import Filled, kept_blanks, known_blanks
from clusterwork.clusters.selectors.posts import Posts, posts_of
from clusterwork.clusters.selectors.signing import SchoolSigns, Slot, signing_told
from clusterwork.clusters.services.agreements.writing_to import not_reached
from clusterwork.registry.models import School


@dataclass(frozen=True)
class ShownClause:
    """A clause as it reads in the language of the page; `n` is its number in the agreement."""

    n: int
    pk: int
    title: str
    paragraphs: list[str]
    language: str
    is_own: bool
    is_required: bool


@dataclass(frozen=True)
class ShownSlot:
    """A signature that is there or to come, who is known to hold the post, and what may be done."""

    capacity: str
    label: str
    signature: Signature | None
    serves: str
    holders: str
    may_sign: bool


@dataclass(frozen=True)
class ShownSchool:
    """A school with all its signatures."""

    school: School
    has_signed: bool
    slots: list[ShownSlot]


@dataclass(frozen=True)
class Signed:
    """Who has signed and who has not, for the page."""

    schools: list[ShownSchool]
    unreached: list[str]

    @property
    def yours(self) -> list[tuple[School, str]]:
        """The signatures that the reader can give; of a federation or trust once."""
        found: dict[tuple[str, str], tuple[School, str]] = {}
        for each in self.schools:
            for slot in each.slots:
                if slot.may_sign:
                    key = (slot.capacity, slot.serves or str(each.school.pk))
                    found.setdefault(key, (each.school, slot.capacity))
        return list(found.values())

    @property
    def n(self) -> int:
        """How many schools have signed."""
        return sum(1 for each in self.schools if each.has_signed)


def is_welsh_page() -> bool:
    """Whether the page is read in Welsh."""
    return (get_language() or "").startswith("cy")


def words_shown(
    clauses: Iterable[SealedClause], welsh: bool | None = None
) -> list[tuple[str, list[ShownClause]]]:
    """The clauses under the names of their sections, as they stand, numbered through."""
    cy = is_welsh_page() if welsh is None else welsh
    listed = list(clauses)
    values = texts_of(kept_blanks(listed), cy)
    found: list[tuple[str, list[ShownClause]]] = []
    for n, each in enumerate(listed, start=1):
        label = str(Section(each.section).label)
        if not found or found[-1][0] != label:
            found.append((label, []))
        found[-1][1].append(_clause(n, each, values, cy))
    return found


def clauses_read(
    version: AgreementVersion, library: Iterable[Clause], day: dt.date
) -> dict[int, str]:
    """The words of each clause of the library as this cluster would read them, by its number."""
    cy = is_welsh_page()
    known = texts_of(known_blanks(version, day) | kept_blanks(version.clauses.all()), cy)
    return {
        each.pk: explained((each.text_cy if cy else "") or each.text, known, gettext)
        for each in library
    }


def texts_of(kept: dict[str, Filled], welsh: bool) -> dict[str, str]:
    """The words of each blank in one language."""
    return {name: each.in_language(welsh) for name, each in kept.items()}


def _clause(n: int, clause: SealedClause, values: dict[str, str], cy: bool) -> ShownClause:
    has_welsh = bool(clause.text_cy)
    text = clause.text_cy if cy and has_welsh else clause.text
    title = (clause.title_cy if cy else "") or clause.title
    return ShownClause(
        n,
        clause.pk,
        title,
        [part for part in filled(text, values).split("\n") if part.strip()],
        "cy" if cy and has_welsh else "en-GB",
        clause.clause_id is None,
        bool(clause.clause and clause.clause.required),
    )


def signed_shown(version: AgreementVersion, person: Person, day: dt.date) -> Signed:
    """Every school of today with its signatures, and what this reader may sign."""
    governing = governing_of(version.agreement.cluster, day)
    posts = posts_of(version.agreement.cluster, governing, day)
    signing = signing_told(version, day, governing)
    schools = [_school(each, posts, person) for each in signing]
    unreached = [
        f"{school} ({Signature.Capacity(capacity).label})"
        for school, capacity in not_reached(signing, posts)
    ]
    return Signed(schools, unreached)


def _school(each: SchoolSigns, posts: Posts, person: Person) -> ShownSchool:
    slots = [_slot(each.school, slot, posts, person) for slot in each.told]
    return ShownSchool(each.school, each.has_signed, slots)


def _slot(school: School, slot: Slot, posts: Posts, person: Person) -> ShownSlot:
    holders = posts.holders(slot.capacity, school.pk) if slot.signature is None else []
    may_sign = any(each.person == person for each in holders)
    return ShownSlot(
        slot.capacity,
        str(Signature.Capacity(slot.capacity).label),
        slot.signature,
        str(slot.grouping or ""),
        ", ".join(dict.fromkeys(each.name for each in holders)),
        may_sign,
    )


@dataclass(frozen=True)
class ToDo:
    """How far a draft is."""

    n_clauses: int
    n_blanks: int
    n_filled: int

    @property
    def is_ready(self) -> bool:
        """Whether it can be put to the schools as far as that can be counted."""
        return self.n_clauses > 0 and self.n_filled == self.n_blanks


def to_do(clauses: Iterable[SealedClause]) -> ToDo:
    """How many clauses and blanks there are, and how many blanks are filled."""
    listed = list(clauses)
    names = blanks_in(*(text for each in listed for text in (each.text, each.text_cy)))
    kept = kept_blanks(listed)
    n = sum(1 for name in names if name in kept and (kept[name].en or kept[name].cy).strip())
    return ToDo(len(listed), len(names), n)
