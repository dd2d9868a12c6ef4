"""A cluster's figures as its pages show them: cells, lines and changes in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.measures.models import Measure
from clusterwork.measures.rules.rolling import By
from clusterwork.measures.rules.showing import Shown
from clusterwork.measures.rules.years import three_years as three_years
from clusterwork.measures.selectors.around import AUTHORITY, CLUSTER, PROGRAMME
from clusterwork.measures.selectors.known import Known as Known
from clusterwork.measures.selectors.known import known_of as known_of
from clusterwork.measures.selectors.known import known_of_authority as known_of_authority
from clusterwork.measures.services.profiles import OfMeasure, Profile
from clusterwork.web.formats import number
from clusterwork.web.measures.words import school_year, value_shown, with_unit


def cell(measure: Measure, shown: Shown | None) -> str:
    """What stands in a cell."""
    if shown is None:
        return value_shown(measure, None)
    if shown.is_private:
        return _("not released")
    return shown.symbol or value_shown(measure, shown.value)


def symbols_in(cells: Iterable[Shown]) -> list[str]:
    """The symbols that a table's cells use."""
    return [each.symbol for each in cells if each.symbol and not each.is_private]


def cells_of(found: OfMeasure) -> Iterator[Shown]:
    """Every cell of a measure's table."""
    for line in (*found.groups.values(), *found.schools.values()):
        yield from line.values()


def finding(measure: Measure, line: dict[int, Shown]) -> str:
    """What the cluster's line says, and no more; empty where no value is told.

    A change is named only where every school has a figure in both years.
    """
    told = [shown for _year, shown in sorted(line.items()) if shown.value is not None]
    if not told:
        return ""
    first, last = told[0], told[-1]
    words = {
        "first": with_unit(measure, first.value),
        "from": school_year(first.year),
        "last": with_unit(measure, last.value),
        "to": school_year(last.year),
    }
    if first is last or not (_whole(first) and _whole(last)):
        return _("%(last)s in %(to)s") % words
    return _("From %(first)s in %(from)s to %(last)s in %(to)s") % words


def _whole(shown: Shown) -> bool:
    rolled = shown.rolled
    return rolled is not None and rolled.n_in == rolled.n_schools


def schools_behind(shown: Shown | None) -> str:
    """How many of the schools are in a total: 5 of 6."""
    if shown is None or shown.rolled is None or shown.rolled.by is By.NOTHING:
        return "–"
    rolled = shown.rolled
    return _("%(n)s of %(all)s") % {"n": number(rolled.n_in), "all": number(rolled.n_schools)}


def latest_of(line: Mapping[int, Shown]) -> Shown | None:
    """The cell of the latest year in which any school has a figure; else that of the last year."""
    told = [shown for _year, shown in sorted(line.items())]
    known = [each for each in told if each.rolled and each.rolled.n_in] or told
    return known[-1] if known else None


def group_names(profile: Profile) -> list[tuple[Any, str, str]]:
    """Each group of a table with its name and what it is."""
    kinds = {CLUSTER: _("This cluster"), PROGRAMME: _("Programme"), AUTHORITY: _("Authority")}
    return [
        (whose, str(thing) if thing else _("Similar clusters"), str(kinds.get(whose.kind, "")))
        for whose, thing in profile.groups
    ]


def how_put_together(measure: Measure, shown: Shown | None) -> str:
    """How schools' figures became one, with the unit of count."""
    by = shown.rolled.by if shown and shown.rolled else By.NOTHING
    counts = measure.get_counts_display()
    said = {
        By.SUM: _("Added up over the schools."),
        By.NUMBERS: _(
            "Averaged over the schools, each by the number counted. Unit of count: %(u)s."
        )
        % {"u": counts},
        By.SCHOOLS: _(
            "Averaged over the schools, all alike, because the number counted is not known."
        ),
        By.NOTHING: _("This measure is not put together: each school's figure stands by itself."),
    }
    return said[by]
