"""Programmes and their policies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clusterwork.clusters.models import Formation, Participation, PolicyVersion, Programme
from clusterwork.clusters.selectors.memberships import is_on
from clusterwork.registry.models import Organisation


def programmes_of(organisations: Iterable[Organisation]) -> QuerySet[Programme]:
    """The organisations' programmes, newest first, with `n_formations`."""
    found = Programme.objects.filter(organisation__in=organisations)
    found = found.select_related("organisation").annotate(n_formations=Count("formations"))
    return found.order_by("-starts_on", "name", "pk")


def programmes_listed(programmes: QuerySet[Programme], day: dt.date) -> QuerySet[Programme]:
    """These programmes, newest first, with `n_formations`, and `n_clusters` of the day."""
    parts = Participation.objects.filter(is_on(day), programme=OuterRef("pk")).order_by()
    counted = parts.values("programme").annotate(n=Count("pk")).values("n")
    found = programmes.select_related("organisation").annotate(
        n_formations=Count("formations"), n_clusters=Coalesce(Subquery(counted), 0)
    )
    return found.order_by("-starts_on", "name", "pk")


def policy_now(programme: Programme) -> PolicyVersion:
    """The version that holds now: the last that was saved."""
    return programme.policies.select_related("saved_by")[0]


def policies_of(programme: Programme) -> QuerySet[PolicyVersion]:
    """All versions, newest first."""
    return programme.policies.select_related("saved_by")


def policies_on(programme_ids: Iterable[int], day: dt.date) -> dict[int, PolicyVersion]:
    """The version of each programme's policy that held at the end of `day`, in one query; a
    programme that had none yet is left out."""
    held = PolicyVersion.objects.filter(programme__in=list(programme_ids), saved_at__date__lte=day)
    last = held.order_by("programme_id", "-number").distinct("programme_id")
    return {each.programme_id: each for each in last}


def formations_of(programme: Programme) -> QuerySet[Formation]:
    """The programme's exercises, newest first, with `n_schools` and `n_proposals`."""
    found = programme.formations.annotate(
        n_schools=Count("chosen", distinct=True),
        n_proposals=Count("proposals", distinct=True),
        last_asked_at=Max("proposals__asked_at"),
    )
    return found.order_by("-started_at", "-pk")
