"""Who a cluster's pupils are: the share eligible for free school meals, year by year."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterwork.charts import Axis, Point, Series, Trend, years_between
from clusterwork.evaluation.services.timelines import Timeline
from clusterwork.web.charts import Figure, number_column, percent_column, text_column
from clusterwork.web.evaluation.pictures.words import years_said
from clusterwork.web.formats import number, percent
from clusterwork.web.measures.words import school_year


def demography_figure(found: Timeline) -> Figure | None:
    """The share of pupils eligible for free school meals by year; None of fewer than two."""
    known = [each for each in found.demography if each.meals is not None]
    if len(known) < 2:
        return None
    years = [each.year for each in found.demography]
    words = {
        "first": percent(known[0].meals, 1),
        "from": school_year(known[0].year),
        "last": percent(known[-1].meals, 1),
        "to": school_year(known[-1].year),
    }
    title = _("Eligible for free school meals: %(first)s in %(from)s, %(last)s in %(to)s")
    chart = Trend(
        title % words,
        _("Share of the cluster’s pupils eligible for free school meals, by school year."),
        years=years_between(years[0], years[-1]),
        value=Axis(_("Pupils eligible for free school meals"), percent=True, from_zero=True),
        series=(
            Series(
                _("All schools of the cluster"),
                tuple(Point(each.year, each.meals) for each in found.demography),
            ),
        ),
        years_title=_("School year"),
    )
    return Figure(
        "pupils",
        chart,
        [
            text_column(_("School year")),
            percent_column(_("Eligible for free school meals"), 1),
            number_column(_("Pupils")),
            text_column(_("Schools whose census is known")),
        ],
        [
            [
                school_year(each.year),
                each.meals,
                each.pupils,
                _("%(n)s of %(all)s")
                % {"n": number(each.n_meals_of), "all": number(each.n_schools)},
            ]
            for each in reversed(found.demography)
        ],
        source=_("school census"),
        dates=_("%(years)s; schools of 31 July of each year.") % {"years": years_said(years)},
        file_name=_("pupils of the cluster"),
    )


def demography_said(found: Timeline) -> str:
    """What one census alone tells, in a sentence; empty where there is none."""
    known = [each for each in found.demography if each.meals is not None]
    if len(known) != 1:
        return ""
    only = known[0]
    return _(
        "Eligible for free school meals: %(share)s in %(year)s. Pupils: %(pupils)s. Schools whose "
        "census is known: %(n)s of %(all)s."
    ) % {
        "share": percent(only.meals, 1),
        "year": school_year(only.year),
        "pupils": number(only.pupils),
        "n": number(only.n_meals_of),
        "all": number(only.n_schools),
    }
