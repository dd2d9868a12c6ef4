"""The school's own figures beside its statement: of the register, and released or published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.measures.models import Figure
from clusterwork.plans.rules.years import year_words
from clusterwork.registry.models import Census, School
from clusterwork.web.formats import number, percent
from clusterwork.web.measures.school import figures_seen
from clusterwork.web.measures.words import when_shown, with_unit

YEARS = 3
MOST = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure in words."""

    name: str
    value: str
    when: str


@dataclass(frozen=True, slots=True)
class CensusTable:
    """The register's figures of a school, the latest year first."""

    years: list[str]
    rows: list[tuple[str, list[str]]]


def census_of(school: School) -> CensusTable:
    """The last three years that the register has; rows without any figure are left out."""
    found = list(Census.objects.filter(school=school).order_by("-year")[:YEARS])
    rows = [
        (words, [_shown(name, getattr(each, name)) for each in found])
        for name, words in census_names()
        if any(getattr(each, name) is not None for each in found)
    ]
    return CensusTable([year_words(each.year) for each in found], rows)


def census_names() -> list[tuple[str, str]]:
    """The fields of a census that are shown, with their names."""
    return [
        ("pupils", _("Pupils on roll")),
        ("fsm_share", _("Eligible for free school meals")),
        ("fsm_protected_share", _("Free school meals, with protection")),
        ("sen_support_share", _("Additional or special needs, without a plan")),
        ("ehcp_share", _("Individual or education, health and care plan")),
        ("eal_share", _("English as an additional language")),
    ]


def latest_of(school: School, person: Person, until: dt.date) -> list[Shown]:
    """The latest figure of each measure that the reader sees of the school."""
    latest: dict[int, Figure] = {}
    for each in figures_seen([school], person, until):
        latest.setdefault(each.measure_id, each)
    return [
        Shown(str(each.measure), with_unit(each.measure, each.value, each.code), when_shown(each))
        for each in list(latest.values())[:MOST]
    ]


def _shown(name: str, value: float | None) -> str:
    return number(value) if name == "pupils" else percent(value, 1)
