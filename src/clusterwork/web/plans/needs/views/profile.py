"""The cluster's profile: figures of the register over three years, beside like schools."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clusterwork.measures.models import Measure
from clusterwork.measures.selectors.known import known_of
from clusterwork.plans.permissions.needs import cluster_to_see_needs_of
from clusterwork.plans.rules.profile import FIELDS, Pool
from clusterwork.plans.rules.years import year_words
from clusterwork.plans.selectors import profile as figures
from clusterwork.plans.selectors.profile import Group, Profile, profile_of
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.formats import number, percent
from clusterwork.web.guards import signed_in
from clusterwork.web.plans.needs.figures import census_names
from clusterwork.web.plans.needs.frame import needs_frame, seen_with_officers

MOST = 50


@signed_in
@require_safe
def needs_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """A table a figure: this cluster, similar ones, the programme, the authority."""
    person, day = person_of(request), today()
    seen = cluster_to_see_needs_of(person, pk, day)
    profile = profile_of(seen.cluster, day)
    known = known_of(seen.cluster, day).latest
    measures = Measure.objects.filter(pk__in=known).order_by("name", "pk")[:MOST]
    context = {
        **needs_frame(request, seen.cluster, "needs_profile", inside=seen.is_inside),
        "years": [year_words(each) for each in profile.years],
        "tables": tables_of(profile),
        "groups": [_who(each) for each in profile.groups],
        "measures": [(each, year_words(known[each.pk])) for each in measures],
        "seen_by_words": seen_with_officers(),
    }
    return render(request, "plans/needs/profile.html", context, using="jinja2")


def tables_of(profile: Profile) -> list[dict[str, Any]]:
    """Pupils a school, then every share of which the cluster knows a year."""
    names = dict(census_names())
    tables = [_table(profile, names["pupils"], _pupils)] if profile.groups else []
    for place, field in enumerate(FIELDS):

        def share(pool: Pool, place: int = place) -> str:
            return percent(pool.shares[place], 1)

        own = profile.groups[0].by_year.values() if profile.groups else ()
        if any(each.shares[place] is not None for each in own):
            tables.append(_table(profile, names[field], share))
    return tables


def _table(profile: Profile, name: str, shown: Any) -> dict[str, Any]:
    rows = [
        (group_name(each), [shown(each.by_year[year]) for year in profile.years])
        for each in profile.groups
    ]
    latest = [cells[0] for _name, cells in rows if cells]
    beside = f"{rows[-1][0]}: {latest[-1]}" if len(latest) > 1 else ""
    return {"name": name, "rows": rows, "latest": latest[0] if latest else "", "beside": beside}


def _pupils(pool: Pool) -> str:
    mean = pool.mean_pupils
    return _("%(total)s (a school: %(mean)s)") % {
        "total": number(pool.pupils),
        "mean": number(mean),
    }


def group_name(group: Group) -> str:
    """What the row is called."""
    return {
        figures.CLUSTER: _("This cluster"),
        figures.SIMILAR: _("Similar clusters"),
        figures.PROGRAMME: _("Its programmes’ clusters"),
        figures.AUTHORITY: _("Its authority"),
    }[group.kind]


def _who(group: Group) -> str:
    schools = ngettext("%(n)s school", "%(n)s schools", group.n_schools) % {"n": group.n_schools}
    if group.kind in (figures.CLUSTER, figures.AUTHORITY):
        return f"{group_name(group)}: {schools}"
    clusters = ngettext("%(n)s cluster", "%(n)s clusters", group.n_clusters)
    return f"{group_name(group)}: {clusters % {'n': group.n_clusters}}, {schools}"
