"""The picture of a level of value added with its table; small groups are hidden in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clusterwork.charts import NARROW, WIDE, Axis, Intervals, Reference, Row, png, svg
from clusterwork.evaluation.models import CellSet
from clusterwork.evaluation.rules.value_added import Group, Level, ValueAdded
from clusterwork.evaluation.rules.value_added_told import finding, overlap_said
from clusterwork.evaluation.selectors.group_names import in_order_of_name, names_of
from clusterwork.kernel.disclosure import HIDDEN
from clusterwork.web.charts import Figure, number_column, text_column
from clusterwork.web.charts.files import figure_csv
from clusterwork.web.documents import file_name
from clusterwork.web.evaluation.cells.shown import between, writer
from clusterwork.web.formats import day, said
from clusterwork.web.measures.words import school_year


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
            text=f"{write(each.estimate)} ({between(each.low, each.high, write)})",
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
    words = _("Pupils: %(told)s, each in the school of the file. Uploaded: %(day)s.")
    return words % {"told": told, "day": day(uploaded)}


def _hidden_words(level: Level, smallest: int) -> str:
    if not level.n_hidden:
        return ""
    return _(
        "c: hidden, because it is about fewer than %(smallest)s pupils, or because it would give "
        "away one that is. Hidden here: %(n)s."
    ) % {"smallest": smallest, "n": level.n_hidden}
