"""What schools were asked first, what they wished, and what is still to be decided."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from clusterwork.clusters.models import AskedSchool, Asking, Formation, FormationLink, Wish
from clusterwork.registry.models import School

UNDECIDED = Q(wishes__decision="")


def askings_of(formation: Formation) -> QuerySet[Asking]:
    """The exercise's askings, newest first, with `n_asked`, `n_answered`, `n_undecided`."""
    found = formation.askings.select_related("opened_by").annotate(
        n_asked=Count("asked", distinct=True),
        n_answered=Count("asked", filter=Q(asked__answered_at__isnull=False), distinct=True),
        n_undecided=Count("asked__wishes", filter=Q(asked__wishes__decision=""), distinct=True),
    )
    return found.order_by("-number")


def open_asking_of(formation: Formation) -> Asking | None:
    """The asking that has not been closed, if any."""
    return formation.askings.filter(closed_at__isnull=True).first()


def takes_wishes(asking: Asking, day: dt.date) -> bool:
    """Whether schools may still answer or change what they said."""
    return asking.closed_at is None and day <= asking.closes_on


def asked_in(asking: Asking) -> QuerySet[AskedSchool]:
    """The schools that were asked, by name, with `n_wishes` and `n_undecided`."""
    found = asking.asked.select_related("school", "answered_by").annotate(
        n_wishes=Count("wishes", distinct=True),
        n_undecided=Count("wishes", filter=UNDECIDED, distinct=True),
    )
    return found.order_by("school__sort_key", "school_id")


def wishes_in(asking: Asking) -> QuerySet[Wish]:
    """Every line that schools wrote, school by school."""
    rows = Wish.objects.filter(asked__asking=asking)
    chain = rows.select_related("asked__school", "other", "decided_by", "link", "lock")
    return chain.order_by("asked__school__sort_key", "asked__school_id", "kind", "pk")


def next_undecided(asking: Asking) -> Wish | None:
    """The first line that waits for the officer."""
    return wishes_in(asking).filter(decision="").first()


def opposite_wishes(wish: Wish) -> QuerySet[Wish]:
    """What the other school said about the one that wished, in the same asking."""
    rows = Wish.objects.filter(asked__asking=wish.asked.asking, other=wish.asked.school)
    return rows.filter(asked__school=wish.other_id)


def waiting_asked(asking: Asking) -> QuerySet[School]:
    """The schools that have not answered, by name."""
    silent = asking.asked.filter(answered_at__isnull=True)
    return School.objects.filter(pk__in=silent.values("school_id"))


def link_between(formation: Formation, one: School, other: School) -> FormationLink | None:
    """The link of the two, whichever was named first."""
    pair = Q(school=one, other=other) | Q(school=other, other=one)
    return formation.links.filter(pair).first()
