"""Which figures somebody sees: the rule of the room, in one place.

Published figures are everybody's. A school's other figures are seen by the school; by the schools
and officers of a cluster to which it has released them, while it is a member; and by whoever
brought them in. Figures of clusters and authorities are totals, and seen by everybody with a role.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.delegations import delegations_to
from clusterwork.accounts.selectors.roles import roles_on
from clusterwork.clusters.models import Appointment, Cluster, Membership
from clusterwork.clusters.permissions.clusters import OF_SCHOOL
from clusterwork.clusters.permissions.programmes import organisations_for
from clusterwork.clusters.selectors.memberships import is_on, memberships_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.measures.models import Figure, Release, Upload
from clusterwork.registry.models import School


def figures_visible_to(person: Person, day: dt.date) -> Q:
    """Of `Figure`: those that `person` sees on `day`, current and earlier ones alike."""
    own = schools_of(person, day)
    brought = Upload.objects.filter(organisation__in=organisations_for(person, day))
    return (
        Q(is_public=True)
        | Q(school__isnull=True)
        | Q(school__in=own)
        | Q(entered_by=person)
        | Q(upload__in=brought.values("run_id"))
        | Q(Exists(_released_to(person, day)))
    )


def figures_for_cluster(cluster: Cluster, day: dt.date) -> Q:
    """Of `Figure`: those of schools that everybody in the cluster sees: public or released."""
    released = _matching(Release.objects.filter(withdrawn_at__isnull=True, cluster=cluster))
    here = memberships_on(day).filter(cluster=cluster, school=OuterRef("school_id"))
    return Q(is_public=True) | Q(Exists(released), Exists(here))


def schools_of(person: Person, day: dt.date) -> QuerySet[School]:
    """The schools whose figures are the person's own: heads, those named, staff, governors."""
    roles = roles_on(person, day).filter(kind__in=OF_SCHOOL)
    named = delegations_to(person, day)
    return School.objects.filter(
        Q(pk__in=roles.values("school_id")) | Q(pk__in=named.values("school_id"))
    )


def figure_for(person: Person, pk: int, day: dt.date) -> Figure:
    """The figure where the person sees it, or `NotThere`, or `NotAllowed`."""
    chain = Figure.objects.select_related("measure", "school__authority", "cluster", "authority")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such figure.")))
    if not Figure.objects.filter(figures_visible_to(person, day), pk=pk).exists():
        raise NotAllowed(
            Message(N_("You cannot see this figure.")),
            why=Message(
                N_("The school has not released it: %(school)s."), {"school": str(found.school)}
            ),
            next_step=Message(N_("Its headteacher can release it to the cluster. Ask her.")),
        )
    return found


def _released_to(person: Person, day: dt.date) -> QuerySet[Release]:
    """Releases of the outer figure to a cluster that the person belongs to."""
    schools = roles_on(person, day).filter(kind__in=OF_SCHOOL).values("school_id")
    held = Appointment.objects.filter(is_on(day), person=person).values("cluster_id")
    mine = memberships_on(day).filter(school__in=schools).values("cluster_id")
    officer = Q(officers_too=True, cluster__organisation__in=organisations_for(person, day))
    releases = Release.objects.filter(
        Q(cluster__in=held) | Q(cluster__in=mine) | officer, withdrawn_at__isnull=True
    )
    still = Membership.objects.filter(
        is_on(day), cluster=OuterRef("cluster_id"), school=OuterRef("school_id")
    )
    return _matching(releases.filter(Exists(still)))


def _matching(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Those for the outer figure's school, of its measure or of all."""
    of_it = Q(measure__isnull=True) | Q(measure=OuterRef("measure_id"))
    return releases.filter(of_it, school=OuterRef("school_id"))
