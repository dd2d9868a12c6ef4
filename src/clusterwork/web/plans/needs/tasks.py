"""What waits for heads and those who lead clusters: needs to say, priorities to rank and put."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Decision
from clusterwork.clusters.permissions import schools_to_send_for
from clusterwork.clusters.permissions.deciding import LEADING
from clusterwork.clusters.selectors.appointments import held_by
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.voters import ABOUT_ALL_ELSE
from clusterwork.plans.models import Choosing, NeedsAsking, NeedsStatement, Ranking
from clusterwork.plans.rules.years import year_of, year_words
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import today
from clusterwork.web.formats import day as in_words
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES = 10
MOST = 20


def needs_tasks(viewer: Viewer) -> list[Task]:
    """What schools are asked to say and to rank, and choices that wait to be led on."""
    if viewer.person is None:
        return []
    day = today()
    tasks = _leading(viewer.person, day)
    if not viewer.acts_for:
        return tasks
    return [*_to_say(viewer, day), *_to_rank(viewer.person, day), *tasks]


def _to_say(viewer: Viewer, day: dt.date) -> list[Task]:
    """For everybody who prepares: the school's statement, where a cluster asked for it."""
    if not viewer.acts_for:
        return []
    mine = memberships_on(day).filter(school__in=viewer.acts_for).values("cluster_id")
    asked = NeedsAsking.objects.filter(year__gte=year_of(day), cluster__in=mine)
    rows = list(asked.select_related("cluster").order_by("by", "pk")[:MOST])
    if not rows:
        return []
    clusters = {each.cluster_id for each in rows}
    held = memberships_on(day).filter(cluster__in=clusters, school__in=viewer.acts_for)
    schools = {(each.cluster_id, each.school) for each in held.select_related("school")}
    sent = set(
        NeedsStatement.objects.filter(
            school__in=viewer.acts_for, state=states.SENT, year__gte=year_of(day)
        ).values_list("school_id", "year")
    )
    found: dict[tuple[int, int], Task] = {}
    for each in rows:
        for cluster, school in schools:
            if cluster == each.cluster_id and school and (school.pk, each.year) not in sent:
                found.setdefault((school.pk, each.year), _say(each, school))
    return list(found.values())[:MOST]


def _say(asking: NeedsAsking, school: School) -> Task:
    return Task(
        _("Say what your school needs: %(school)s") % {"school": school},
        _("School year: %(year)s. What you wrote last year is offered again.")
        % {"year": year_words(asking.year)},
        reverse("school_needs_year", args=[school.pk, asking.year]),
        _("To do"),
        by=asking.by,
        minutes=MINUTES,
        asked_by=str(asking.cluster),
    )


def _to_rank(person: Person, day: dt.date) -> list[Task]:
    schools = schools_to_send_for(person, day)
    held = memberships_on(day).filter(school__in=schools, part__in=ABOUT_ALL_ELSE)
    open_to_rank = Choosing.objects.filter(
        Q(rank_by__isnull=True) | Q(rank_by__gte=day),
        state=states.RANKING,
        cluster__in=held.values("cluster"),
    ).exclude(decision__state=Decision.State.OPEN)
    choosings = {each.cluster_id: each for each in open_to_rank.select_related("cluster")[:MOST]}
    if not choosings:
        return []
    said = set(
        Ranking.objects.filter(
            candidate__choosing__in=choosings.values(), school__in=schools
        ).values_list("candidate__choosing__cluster", "school")
    )
    rows = held.filter(cluster__in=choosings).select_related("school")
    return [
        _rank(choosings[each.cluster_id], each.school)
        for each in rows.order_by("school__sort_key")[:MOST]
        if each.school and (each.cluster_id, each.school_id) not in said
    ]


def _rank(choosing: Choosing, school: School) -> Task:
    return Task(
        _("Rank the priorities: %(school)s") % {"school": school},
        _("For the plan from: %(day)s.") % {"day": in_words(choosing.for_start_on)},
        reverse("priorities_rank", args=[choosing.pk, school.pk]),
        _("To do"),
        by=choosing.rank_by,
        minutes=MINUTES,
        asked_by=str(choosing.cluster),
    )


def _leading(person: Person, day: dt.date) -> list[Task]:
    """For chair, coordinator and clerk: a ranking that is over, a vote whose last day has gone."""
    led = held_by(person, day).filter(role__in=LEADING).values("cluster")
    rows = Choosing.objects.filter(cluster__in=led, state=states.RANKING)
    over = Q(decision__state=Decision.State.OPEN, decision__vote_by__lt=day)
    agreed = Q(decision__state=Decision.State.AGREED)
    ranked = Q(rank_by__lt=day) & (
        Q(decision__isnull=True)
        | Q(decision__state=Decision.State.NOT_AGREED, decision__decided_on__lt=F("rank_by"))
    )
    found = rows.filter(over | agreed | ranked).select_related("cluster", "decision")
    return [_lead(each) for each in found[:MOST]]


def _lead(choosing: Choosing) -> Task:
    is_voted = choosing.decision is not None
    text = (
        _("Take over what was decided: %(cluster)s")
        if is_voted
        else _("Put the ranked priorities to the vote: %(cluster)s")
    )
    return Task(
        text % {"cluster": choosing.cluster},
        _("For the plan from: %(day)s.") % {"day": in_words(choosing.for_start_on)},
        reverse("choosing", args=[choosing.pk]),
        _("Its day has passed"),
        minutes=MINUTES // 2,
    )
