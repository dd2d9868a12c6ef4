"""Which single figures somebody is shown: those seen, but for what would tell of a few people.

A released figure stands by itself only once the cluster's page has told it so, since that page
weighs it against every total; what it hides must not be read elsewhere.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from clusterwork.accounts.models import Person
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Told, Upload
from clusterwork.measures.permissions.seeing import figure_for, figures_visible_to, schools_of


def figures_shown_to(person: Person, day: dt.date) -> Q:
    """Of `Figure`: those that `person` is shown one by one on `day`."""
    brought = Upload.objects.filter(organisation__in=organisations_for(person, day))
    told = Told.objects.filter(
        measure=OuterRef("measure_id"), figures__len=1, figures__0=OuterRef("pk")
    )
    by_itself: Q = (
        Q(is_public=True)
        | Q(school__isnull=True)
        | Q(school__in=schools_of(person, day))
        | Q(entered_by=person)
        | Q(upload__in=brought.values("run_id"))
        | Q(Exists(told))
    )
    return figures_visible_to(person, day) & by_itself


def shown_figure(person: Person, pk: int, day: dt.date) -> Figure:
    """The figure where the person is shown it by itself; or as `figure_for`."""
    found = figure_for(person, pk, day)
    if not Figure.objects.filter(figures_shown_to(person, day), pk=pk).exists():
        raise NotAllowed(
            Message(N_("This figure is not shown by itself.")),
            why=Message(N_("It may be about few people, or give another school's figure away.")),
            next_step=Message(
                N_("Open the figures of the cluster, which show all that can be told.")
            ),
        )
    return found
