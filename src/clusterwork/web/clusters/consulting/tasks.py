"""What waits for heads, officers and dioceses in asking first and in rounds."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import AskedSchool, Asking, ProposedPlace, Round
from clusterwork.clusters.permissions import organisations_for, schools_to_send_for
from clusterwork.clusters.permissions.consulting import FOR_DIOCESE, dioceses_in
from clusterwork.clusters.selectors.rounds import NOT_ASKED
from clusterwork.registry.models import OrganisationKind, School
from clusterwork.web.clusters.asking import today
from clusterwork.web.navigation import Viewer
from clusterwork.web.tasks import Task

MINUTES = 5
MINUTES_A_WISH = 1
MOST = 20
MOST_ROUNDS = 5


def consulting_tasks(viewer: Viewer) -> list[Task]:
    """The two questions, a place to answer about, wishes to decide, rounds to close, places of
    church schools to comment on."""
    if viewer.person is None:
        return []
    day = today()
    tasks = _of_schools(viewer.person, day) if viewer.acts_for else []
    if viewer.has(Role.Kind.PROGRAMME_OFFICER):
        tasks += _of_officer(viewer.person, day)
    if _is_of_a_diocese(viewer):
        tasks += _of_diocese(viewer.person, day)
    return tasks


def _of_schools(person: Person, day: dt.date) -> list[Task]:
    schools = schools_to_send_for(person, day)
    asked = [_asked(each) for each in _silent(schools, day)]
    return asked + [_place(each) for each in _unanswered(schools, day)]


def _silent(schools: QuerySet[School], day: dt.date) -> QuerySet[AskedSchool]:
    rows = AskedSchool.objects.filter(
        school__in=schools,
        answered_at__isnull=True,
        asking__closed_at__isnull=True,
        asking__closes_on__gte=day,
    )
    chain = rows.select_related("school", "asking__formation__programme__organisation")
    return chain.order_by("asking__closes_on", "school__sort_key")[:MOST]


def _asked(each: AskedSchool) -> Task:
    return Task(
        _("Say with whom you work, and would wish to be: %(school)s") % {"school": each.school},
        _("Two questions before clusters are formed."),
        reverse("asked", args=[each.pk]),
        _("To do"),
        by=each.asking.closes_on,
        minutes=MINUTES,
        asked_by=str(each.asking.formation.programme.organisation),
    )


def _unanswered(schools: QuerySet[School], day: dt.date) -> QuerySet[ProposedPlace]:
    open_rounds = Round.objects.filter(closed_at__isnull=True, closes_on__gte=day)
    rows = ProposedPlace.objects.filter(school__in=schools, proposal__round__in=open_rounds)
    rows = rows.exclude(reason__rule__in=NOT_ASKED)
    rows = rows.exclude(pk__in=_answered(rows))
    chain = rows.select_related("school", "proposal__round__formation__programme__organisation")
    return chain.order_by("proposal__round__closes_on", "school__sort_key")[:MOST]


def _answered(rows: QuerySet[ProposedPlace]) -> list[int]:
    """Those of the places about which their school has answered."""
    pairs = rows.values_list("pk", "school_id", "proposal__round__answers__school_id")
    return [pk for pk, school_id, answered in pairs if school_id == answered]


def _place(place: ProposedPlace) -> Task:
    found = place.proposal.round
    return Task(
        _("Answer about your place: %(school)s") % {"school": place.school},
        _("Accept, ask to move, or decline."),
        reverse("own_place", args=[found.pk, place.school_id]),
        _("To do"),
        by=found.closes_on,
        minutes=MINUTES,
        asked_by=str(found.formation.programme.organisation),
    )


def _of_officer(person: Person, day: dt.date) -> list[Task]:
    organisations = organisations_for(person, day)
    askings = Asking.objects.filter(formation__programme__organisation__in=organisations)
    over = askings.filter(asked__wishes__decision="").exclude(
        closed_at__isnull=True, closes_on__gte=day
    )
    waiting = over.filter(formation__confirmation__isnull=True).annotate(
        n=Count("asked__wishes", distinct=True)
    )
    rounds = Round.objects.filter(
        formation__programme__organisation__in=organisations,
        closed_at__isnull=True,
        closes_on__lt=day,
    ).select_related("formation")
    decide = [_wishes(each, each.n) for each in waiting.select_related("formation")[:MOST]]
    return decide + [_to_close(each) for each in rounds[:MOST]]


def _wishes(asking: Asking, n: int) -> Task:
    text = ngettext("Decide one wish of a school", "Decide %(n)s wishes of schools", n)
    return Task(
        text % {"n": n},
        _("Exercise: %(name)s") % {"name": asking.formation},
        reverse("asking", args=[asking.pk]),
        _("To do"),
        minutes=max(MINUTES, n * MINUTES_A_WISH),
    )


def _to_close(found: Round) -> Task:
    return Task(
        _("Read the answers and close round %(number)s") % {"number": found.number},
        _("Exercise: %(name)s") % {"name": found.formation},
        reverse("round", args=[found.pk]),
        _("Its day has passed"),
        minutes=MINUTES,
    )


def _is_of_a_diocese(viewer: Viewer) -> bool:
    return any(
        role.kind in FOR_DIOCESE
        and role.organisation is not None
        and role.organisation.kind == OrganisationKind.DIOCESE
        for role in viewer.roles
    )


def _of_diocese(person: Person, day: dt.date) -> list[Task]:
    rounds = Round.objects.filter(closed_at__isnull=True, closes_on__gte=day)
    chain = rounds.select_related("proposal", "formation__programme__organisation")
    tasks = []
    for found in chain[:MOST_ROUNDS]:
        schools = dioceses_in(person, found, day)
        said = set(found.diocese_comments.filter(school__in=schools).values_list("school_id"))
        if schools and not said:
            tasks.append(_for_diocese(found, len(schools)))
    return tasks


def _for_diocese(found: Round, n: int) -> Task:
    text = ngettext(
        "See the proposed place of one school of your diocese",
        "See the proposed places of %(n)s schools of your diocese",
        n,
    )
    return Task(
        text % {"n": n},
        _("You may comment. Exercise: %(name)s") % {"name": found.formation},
        reverse("diocese_places", args=[found.pk]),
        _("If you wish"),
        by=found.closes_on,
        minutes=MINUTES,
        asked_by=str(found.formation.programme.organisation),
    )
