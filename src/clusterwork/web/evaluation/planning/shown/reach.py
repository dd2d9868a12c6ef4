"""Hints beside what is asked about reach, gain and time."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.evaluation.models import Analysis
from clusterwork.evaluation.rules.choices import LAST_RESULTS, TARGETS, TooEarly
from clusterwork.measures.models import Measure
from clusterwork.measures.models.measure import Direction, Unit
from clusterwork.web.measures.words import school_year

# Of plans with these scales the spread of pupils is asked for; see `AnalysisPlan.scale`.
IN_STANDARD_DEVIATIONS = ("score", "progress")


def expected_hint(measure: Measure) -> str:
    """In which unit the gain is, which way it goes, and what becomes of it."""
    lower = measure.direction == Direction.LOWER
    unit = (
        _("percentage points") if measure.unit == Unit.PERCENT else str(measure.get_unit_display())
    )
    way = (
        _("By how much should the results of those reached become lower? In: %(unit)s.")
        if lower
        else _("By how much should the results of those reached become higher? In: %(unit)s.")
    )
    use = _("You will see how likely such a gain would be found. Empty: not said.")
    return f"{way % {'unit': unit}} {use}"


def too_early_hint(analysis: Analysis, usual: TooEarly | None) -> str:
    """Where the day comes from that is filled in."""
    asked = _("Before this day, a result only says that it is too early.")
    if usual is None or analysis.too_early_before not in (None, usual.day):
        return asked
    if usual.source == TARGETS:
        source = _("Filled in from the first medium- or long-term target in the clusters’ plans.")
    elif usual.source == LAST_RESULTS:
        source = _("Filled in: the first day after the last school year, %(year)s.") % {
            "year": school_year(analysis.last_year or 0)
        }
    else:
        source = _("Filled in: two school years after the first cluster started.")
    return f"{asked} {source}"
