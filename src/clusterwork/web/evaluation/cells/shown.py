"""How value added reads: sentences, tables, the picture of a level."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clusterwork.charts import NARROW, WIDE, Axis, Intervals, Reference, Row, png, svg
from clusterwork.clusters.sentences import read
from clusterwork.evaluation.models import CellFit, CellSet
from clusterwork.evaluation.rules.value_added import (
    Group,
    Level,
    ValueAdded,
    finding,
    fixed_said,
    overlap_said,
)
from clusterwork.evaluation.selectors.group_names import in_order_of_name, names_of
from clusterwork.kernel.disclosure import HIDDEN
from clusterwork.web.charts import Figure, number_column, text_column
from clusterwork.web.charts.files import figure_csv
from clusterwork.web.documents import file_name
from clusterwork.web.formats import day, number, percent, said
from clusterwork.web.measures.words import school_year

USUAL_S = 5.0
SETTLED = 1e-12


class RestrictedFigure(Figure):
    """A figure that no cache keeps: it goes with what it was made from."""

    __slots__ = ()

    @property
    def pictures(self) -> tuple[SafeString, SafeString]:
        """The picture for a wide screen and paper, and for a phone."""
        wide, narrow = svg(self.chart, WIDE), svg(self.chart, NARROW)
        return mark_safe(wide), mark_safe(narrow)  # noqa: S308 - the engine escapes every text


def restricted_file(request: HttpRequest, figure: Figure | None) -> HttpResponse | None:
    """The picture or the table that the address asks for; none where it asks for the page."""
    form = request.GET.get("form")
    if figure is None or form not in ("png", "csv"):
        return None
    if form == "csv":
        return figure_csv(figure)
    picture = HttpResponse(png(figure.chart, figure.source_line), content_type="image/png")
    name = f"{file_name(str(figure.file_name))}.png"
    picture.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return picture


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
                (write(each.estimate), _between(each.low, each.high, write)),
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


def _between(low: float | None, high: float | None, write: Callable[[float | None], str]) -> str:
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
class LevelShown:
    """One level: its picture with the rows of one page, and what is said of it."""

    level: Level
    title: str
    figure: Figure | None
    overlap: str
    hidden: str


def in_order(level: Level) -> tuple[list[Group], Mapping[str, str]]:
    """The groups in order of name, and their names where the register knows them."""
    keys = {group.key[-1] for group in level.groups}
    names = names_of(keys)
    place = {key: at for at, key in enumerate(in_order_of_name(keys, names))}
    return sorted(level.groups, key=lambda group: (place[group.key[-1]], group.key)), names


def level_shown(
    found: ValueAdded,
    level: Level,
    groups: Sequence[Group],
    names: Mapping[str, str],
    sets: Sequence[CellSet],
) -> LevelShown:
    """The level with the rows given."""
    title = said(finding(level))
    overlap = overlap_said(level)
    return LevelShown(
        level,
        title,
        _figure(found, level, title, groups, names, sets),
        said(overlap) if overlap else "",
        _hidden_words(level, found.smallest),
    )


def _figure(
    found: ValueAdded,
    level: Level,
    title: str,
    groups: Sequence[Group],
    names: Mapping[str, str],
    sets: Sequence[CellSet],
) -> Figure | None:
    """The picture; None where every group of the page is hidden."""
    write = writer(found)
    rows = tuple(
        Row(
            _label(each, names),
            each.estimate,
            each.low,
            each.high,
            text=f"{write(each.estimate)} ({_between(each.low, each.high, write)})",
        )
        for each in groups
        if each.estimate is not None and each.low is not None and each.high is not None
    )
    if not rows:
        return None
    units = _("More or less than the average of all, in units of the outcome: %(outcome)s") % {
        "outcome": found.outcome
    }
    description = _(
        "One row a group, in order of name: the effect, drawn towards the average, and its 95 % "
        "interval. The dashed line is the average of all."
    )
    chart = Intervals(
        title,
        description,
        value=Axis(units),
        rows=rows,
        reference=Reference(0.0, _("Average of all")),
    )
    places = len(write(0.5).split(".")[-1]) if "." in write(0.5) else 0
    return RestrictedFigure(
        "value-added",
        chart,
        columns=(
            text_column(_("Group: %(level)s") % {"level": level.name}),
            number_column(_("Pupils")),
            number_column(_("More or less than the average"), places),
            number_column(_("Interval from"), places),
            number_column(_("to"), places),
        ),
        rows=[_row(each, names) for each in groups],
        source=_("statistics of pupils uploaded to this study: %(labels)s")
        % {"labels": "; ".join(each.label for each in sets)},
        dates=_dates(sets),
        note=_hidden_words(level, found.smallest),
        file_name=_("value added: %(level)s") % {"level": level.name},
    )


def _row(group: Group, names: Mapping[str, str]) -> list[object]:
    label = _label(group, names)
    if group.is_hidden:
        return [label, HIDDEN, HIDDEN, HIDDEN, HIDDEN]
    return [label, group.n, group.estimate, group.low, group.high]


def _label(group: Group, names: Mapping[str, str]) -> str:
    key = group.key[-1]
    return names.get(key, key)


def _dates(sets: Sequence[CellSet]) -> str:
    years = sorted({(each.year, each.cohort) for each in sets})
    told = "; ".join(f"{school_year(year)}, {cohort}" for year, cohort in years)
    uploaded = max(timezone.localdate(each.uploaded_at) for each in sets)
    return _(
        "Pupils: %(told)s. Uploaded by %(day)s; each pupil counts where the file has them."
    ) % {
        "told": told,
        "day": day(uploaded),
    }


def _hidden_words(level: Level, smallest: int) -> str:
    if not level.n_hidden:
        return ""
    return _(
        "c: hidden, because it is about fewer than %(smallest)s pupils, or because it would give "
        "away one that is. Hidden here: %(n)s."
    ) % {"smallest": smallest, "n": level.n_hidden}


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
