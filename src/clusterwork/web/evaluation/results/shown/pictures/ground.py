"""What all pictures of one result share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.charts import Chart
from clusterwork.evaluation.rules.found import Found
from clusterwork.measures.models import Measure
from clusterwork.web.charts import Column, Figure
from clusterwork.web.evaluation.results.shown.numbers import Units, units_of
from clusterwork.web.formats import number

Row = dict[str, Any]
NOTHING = "–"


@dataclass(frozen=True)
class Ground:
    """A result, its measure, and the words for its source and dates."""

    found: Found
    measure: Measure
    units: Units
    source: str
    dates: str

    @property
    def difference(self) -> str:
        """What the scale of differences is called."""
        return _("Difference (%(unit)s)") % {"unit": self.units.words}

    def rows(self, name: str) -> list[Row]:
        """The rows of one of the result's tables, by column."""
        table = self.found.get(name)
        if not table:
            return []
        return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]

    def figure(
        self,
        name: str,
        chart: Chart,
        columns: Sequence[Column],
        rows: Sequence[Sequence[object]],
        note: str,
    ) -> Figure:
        """The picture with its table and its source."""
        file_name = f"{self.measure} {name}"
        return Figure(
            name, chart, columns, rows, self.source, self.dates, note=note, file_name=file_name
        )


def ground_of(found: Found, measure: Measure, dates: str) -> Ground:
    """The ground for the pictures of a result."""
    source = measure.shown_source or _("Figures held in this service")
    return Ground(found, measure, units_of(found, measure), str(source), dates)


def interval(low: float | None, high: float | None, places: int) -> str:
    """0.12 to 0.28; a dash where there is none."""
    if low is None or high is None:
        return NOTHING
    return _("%(low)s to %(high)s") % {"low": number(low, places), "high": number(high, places)}
