"""How value added reads: sentences and small tables; the picture is in `drawing`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.models import CellFit
from clusterwork.evaluation.rules.value_added import ValueAdded
from clusterwork.evaluation.rules.value_added_told import fixed_said
from clusterwork.web.formats import number, percent, said

USUAL_S = 5.0
SETTLED = 1e-12


@dataclass(frozen=True)
class Line:
    """A row of one of the small tables."""

    name: str
    values: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True)
class Shown:
    """All that the page says besides the picture of one level."""

    sentences: list[str]
    fixed: list[Line]
    shares: list[Line]
    notes: list[str]
    assumptions: list[str]
    explained: str
    n: str
    missing: str
    data_hash: str
    smallest: int
    slope: str


def shown(found: ValueAdded) -> Shown:
    """The result in words and tables."""
    write = writer(found)
    return Shown(
        sentences=[said(each) for each in found.sentences],
        fixed=[
            Line(
                _("Start (all other columns 0)") if each.is_start else each.name,
                (write(each.estimate), between(each.low, each.high, write)),
                said(fixed_said(each, found.outcome, write)),
            )
            for each in found.fixed
        ],
        shares=_shares(found),
        notes=[said(each) for each in found.notes],
        assumptions=[said(each) for each in found.assumptions],
        explained=percent(found.marginal_r2, 1),
        n=number(found.n),
        missing=number(found.missing),
        data_hash=found.data_hash,
        smallest=found.smallest,
        slope=found.slope,
    )


def writer(found: ValueAdded) -> Callable[[float | None], str]:
    """Writes numbers with as many places as the spread of pupils bears."""
    spread = math.sqrt(max(found.residual, SETTLED))
    places = min(6, max(0, 1 - math.floor(math.log10(spread)))) + 1
    return lambda value: number(value, places)


def between(low: float | None, high: float | None, write: Callable[[float | None], str]) -> str:
    return _("%(low)s to %(high)s") % {"low": write(low), "high": write(high)}


def _shares(found: ValueAdded) -> list[Line]:
    rows = [
        Line(
            _("Between groups of this level: %(level)s") % {"level": each.name},
            (percent(each.share, 1), number(len(each.groups))),
        )
        for each in found.levels
    ]
    within = _("Between pupils of one group: %(level)s") % {"level": found.levels[-1].name}
    return [*rows, Line(within, (percent(found.residual_share, 1), number(found.n)))]


@dataclass(frozen=True)
class Progress:
    """How far the work is."""

    words: str
    seconds: str
    share: float
    is_open: bool

    def to_json(self) -> dict[str, Any]:
        """What the page's script shows."""
        return {
            "words": self.words,
            "seconds": self.seconds,
            "share": self.share,
            "is_open": self.is_open,
        }


def progress_shown(fit: CellFit) -> Progress:
    """The same for the page and for its script."""
    begun = fit.started_at
    seconds = (timezone.now() - begun).total_seconds() if begun and fit.is_open else 0.0
    words = _("It is being worked out.") if begun else _("It waits for its turn.")
    return Progress(
        words if fit.is_open else _("The work has ended."),
        number(seconds),
        min(1.0, seconds / USUAL_S),
        fit.is_open,
    )


def trouble_shown(fit: CellFit) -> list[str]:
    """The sentences where there is no answer."""
    kept = (read(fit.trouble.get(part)) for part in ("what", "why", "next_step"))
    return [said(each) for each in kept if each]
