"""How a result reads in numbers: in the unit in which it is told."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf, log10
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.evaluation.rules.found import Found
from clusterwork.measures.models import Measure
from clusterwork.web.formats import number
from clusterwork.web.measures.words import unit_shown

IN_SD, SHARE = "sd", "share"
MOST_PLACES = 4
SURE_PLACES, SURE = 3, 0.001


@dataclass(frozen=True)
class Units:
    """The unit of differences in words, and how many decimals they are told with."""

    words: str
    places: int

    def text(self, value: float | None) -> str:
        """A difference."""
        return number(value, self.places)

    def with_interval(self, told: dict[str, Any] | None) -> str:
        """0.20 (0.12 to 0.28); the number alone where there is no interval."""
        if not told or told.get("estimate") is None:
            return "–"
        if told.get("low") is None or told.get("high") is None:
            return self.text(told["estimate"])
        return _("%(estimate)s (%(low)s to %(high)s)") % {
            name: self.text(told[name]) for name in ("estimate", "low", "high")
        }


def units_of(found: Found, measure: Measure) -> Units:
    """Standard deviations of pupils, percentage points, or the unit of the measure."""
    told_in = found.get("told_in")
    if told_in == IN_SD:
        return Units(_("standard deviations of pupils"), 2)
    if told_in == SHARE:
        return Units(_("percentage points"), _places((told(found) or {}).get("se"), 1))
    return units_of_measure(measure, told(found))


def units_of_measure(measure: Measure, estimate: dict[str, Any] | None = None) -> Units:
    """Units of the measure, with decimals by how sure the estimate is."""
    words = unit_shown(measure).lower() or _("units of the measure")
    return Units(words, _places((estimate or {}).get("se"), measure.decimals + 1))


def told(found: Found) -> dict[str, Any] | None:
    """The estimate in the unit in which it is told."""
    return found.get("scaled") or found.get("estimate")


def p_text(value: float | None) -> str:
    """A p-value; below a thousandth it says no more than that."""
    if value is None:
        return "–"
    if value < SURE:
        return _("below %(p)s") % {"p": number(SURE, SURE_PLACES)}
    return number(value, SURE_PLACES)


def _places(se: float | None, otherwise: int) -> int:
    """Decimals that show an error to two digits."""
    if se is None or not 0.0 < se < inf:
        return min(MOST_PLACES, otherwise)
    return min(MOST_PLACES, max(0, 1 - floor(log10(se))))
