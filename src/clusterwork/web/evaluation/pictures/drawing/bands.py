"""The pictures of schools by size band: their figures, and how many lie beyond the floor."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.charts import Axis, Bands, Bar, Group
from clusterwork.evaluation.rules.bands import Band, Pair, finding
from clusterwork.evaluation.rules.pictures import Ends
from clusterwork.evaluation.selectors.banded import Banded
from clusterwork.kernel.disclosure import HIDDEN
from clusterwork.measures.models import Measure
from clusterwork.web.charts import Figure, number_column, percent_column, text_column
from clusterwork.web.evaluation.pictures.words import InUnit, source_of, years_said
from clusterwork.web.formats import number, said
from clusterwork.web.measures.words import school_year

Row = list[object]


def band_name(pair: Pair) -> str:
    """Up to 50 pupils; 51 to 100 pupils; 201 pupils or more; all sizes."""
    if pair.least is None and pair.most is None:
        return _("All sizes")
    if pair.least is None:
        return _("Up to %(most)s pupils") % {"most": number(pair.most)}
    if pair.most is None:
        return _("%(least)s pupils or more") % {"least": number(pair.least)}
    return _("%(least)s to %(most)s pupils") % {
        "least": number(pair.least),
        "most": number(pair.most),
    }


def bands_figure(measure: Measure, found: Banded, ours: str) -> Figure | None:
    """The last year's figures by band; None where none may be told. `ours` names our schools."""
    pairs = list(found.latest)
    if not any(pair.ours and not pair.ours.is_hidden for pair in pairs):
        return None
    unit = InUnit(measure)
    title = finding(pairs)
    year = school_year(found.years[-1])
    chart = Bands(
        said(title) if title else _("Schools by size in %(year)s") % {"year": year},
        _(
            "%(measure)s in %(year)s by size of school: %(ours)s beside all other schools, each "
            "with its interval."
        )
        % {"measure": measure, "year": year, "ours": ours},
        value=Axis(_("Figure of the schools"), percent=True),
        categories=tuple(band_name(pair) for pair in pairs),
        groups=(
            Group(ours, tuple(_bar(pair.ours, unit) for pair in pairs)),
            Group(_("All other schools"), tuple(_bar(pair.others, unit) for pair in pairs)),
        ),
    )
    return Figure(
        "bands",
        chart,
        [
            text_column(_("Size of school")),
            number_column(_("These schools")),
            number_column(_("Number counted")),
            unit.column(_("Figure of these")),
            unit.column(_("Interval from")),
            unit.column(_("to")),
            number_column(_("Other schools")),
            unit.column(_("Their figure")),
            unit.column(_("Interval from")),
            unit.column(_("to")),
        ],
        [_row(pair, unit) for pair in pairs],
        source=source_of(measure),
        dates=_dates(measure, (found.years[-1],)),
        file_name=_("schools by size"),
    )


def _dates(measure: Measure, years: tuple[int, ...]) -> str:
    return _(
        "%(measure)s. %(years)s; schools of 31 July; each school in the band of its census of that "
        "year or of the nearest."
    ) % {"measure": measure, "years": years_said(years)}


def _bar(band: Band | None, unit: InUnit) -> Bar:
    if band is None:
        return Bar(None, label=_("no school"))
    n = band.n_schools
    schools = ngettext("%(n)s school", "%(n)s schools", n) % {"n": number(n)}
    if band.is_hidden:
        return Bar(None, label=_("%(schools)s: hidden") % {"schools": schools})
    return Bar(unit.at(band.value), unit.at(band.ends.low), unit.at(band.ends.high), schools)


def _row(pair: Pair, unit: InUnit) -> Row:
    return [
        band_name(pair),
        pair.ours.n_schools if pair.ours else 0,
        _of(pair.ours),
        *_figures(pair.ours, unit),
        pair.others.n_schools if pair.others else 0,
        *_figures(pair.others, unit),
    ]


def _of(band: Band | None) -> object:
    if band is None:
        return None
    return HIDDEN if band.is_hidden else band.of


def _figures(band: Band | None, unit: InUnit) -> Row:
    if band is None:
        return [None, None, None]
    if band.is_hidden:
        return [HIDDEN, HIDDEN, HIDDEN]
    return [unit.at(each) for each in (band.value, band.ends.low, band.ends.high)]


def floor_figure(measure: Measure, found: Banded, ours: str) -> Figure | None:
    """How many of 100 schools lie beyond the floor, by band; None where no floor is known."""
    told = [pair for pair in found.latest if _share(pair.ours)]
    if found.floor is None or not told:
        return None
    unit = InUnit(measure)
    floor = unit.said(found.floor)
    year = school_year(found.years[-1])
    chart = Bands(
        _floor_title(found, floor, year),
        _("Share of schools beyond %(floor)s in %(year)s by size of school, with intervals.")
        % {"floor": floor, "year": year},
        value=Axis(
            (
                _("Schools above %(floor)s")
                if found.is_lower_better
                else _("Schools below %(floor)s")
            )
            % {"floor": floor},
            percent=True,
        ),
        categories=tuple(band_name(pair) for pair in found.latest),
        groups=(
            Group(ours, tuple(_floor_bar(pair.ours) for pair in found.latest)),
            Group(_("All other schools"), tuple(_floor_bar(pair.others) for pair in found.latest)),
        ),
    )
    return Figure(
        "floor",
        chart,
        [
            text_column(_("Size of school")),
            text_column(_("School year")),
            number_column(_("These schools")),
            number_column(_("of them beyond the floor")),
            number_column(_("Interval from"), 1),
            number_column(_("to"), 1),
            number_column(_("Other schools")),
            number_column(_("of them beyond the floor")),
            percent_column(_("Share of other schools"), 1),
        ],
        [_floor_row(pair, year) for year in reversed(found.years) for pair in found.pairs[year]],
        source=source_of(measure),
        dates=_dates(measure, found.years),
        file_name=_("schools beyond the floor"),
    )


def _beyond(found: Banded) -> str:
    if found.is_lower_better:
        return _("Schools above %(floor)s")
    return _("Schools below %(floor)s")


def _floor_title(found: Banded, floor: str, year: str) -> str:
    whole = next((pair for pair in found.latest if pair.is_all and _share(pair.ours)), None)
    words = {"floor": floor, "year": year}
    if whole is None or whole.ours is None:
        return _("Schools beyond %(floor)s in %(year)s") % words
    words |= {"n": number(whole.ours.under), "all": number(whole.ours.n_schools)}
    if found.is_lower_better:
        return _("%(n)s of these %(all)s schools above %(floor)s in %(year)s") % words
    return _("%(n)s of these %(all)s schools below %(floor)s in %(year)s") % words


def _share(band: Band | None) -> tuple[float, Ends] | None:
    """The share of schools beyond the floor, and its interval; None where it may not be told."""
    if band is None or band.is_hidden or band.under is None or band.under_ends is None:
        return None
    n = band.n_schools
    return band.under / n, Ends(band.under_ends.low / n, band.under_ends.high / n)


def _floor_bar(band: Band | None) -> Bar:
    share = _share(band)
    if band is None:
        return Bar(None, label=_("no school"))
    if share is None:
        return Bar(None, label=_("hidden"))
    label = _("%(n)s of %(all)s") % {"n": number(band.under), "all": number(band.n_schools)}
    return Bar(share[0], share[1].low, share[1].high, label)


def _floor_row(pair: Pair, year: int) -> Row:
    ours, others = _share(pair.ours), _share(pair.others)
    ends = pair.ours.under_ends if pair.ours and ours else None
    hidden = HIDDEN if pair.ours and pair.ours.is_hidden else None
    return [
        band_name(pair),
        school_year(year),
        pair.ours.n_schools if pair.ours else 0,
        pair.ours.under if pair.ours and ours else hidden,
        ends.low if ends else hidden,
        ends.high if ends else hidden,
        pair.others.n_schools if pair.others else 0,
        pair.others.under if pair.others and others else None,
        others[0] if others else None,
    ]
