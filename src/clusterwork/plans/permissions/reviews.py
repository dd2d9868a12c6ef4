"""Who reviews a plan and who may read what a body says; nobody reviews their own cluster's."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on, roles_on
from clusterwork.clusters.models import Appointment, Cluster, GroupMember
from clusterwork.clusters.permissions import organisations_for
from clusterwork.clusters.permissions.clusters import OF_SCHOOL
from clusterwork.clusters.permissions.schools import schools_to_prepare_for
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Review, ReviewBody

CHAIN = (
    "submission__plan__cluster__organisation",
    "body__programme__organisation",
    "body__group",
    "body__organisation",
)


class OwnCluster(NotAllowed):
    """The reviewer has a part in the cluster whose plan it is."""


def bodies_of(person: Person, day: dt.date) -> QuerySet[ReviewBody]:
    """The bodies for which `person` may answer on `day`: as a member, or as an officer."""
    mine = organisations_for(person, day)
    sits = GroupMember.objects.filter(is_on(day), person=person)
    return ReviewBody.objects.filter(
        Q(group__in=sits.values("group_id"))
        | Q(programme__organisation__in=mine)
        | Q(organisation__in=mine)
    )


def reviews_of(person: Person, day: dt.date) -> QuerySet[Review]:
    """The reviews of those bodies, the latest submission first."""
    found = Review.objects.filter(body__in=bodies_of(person, day)).select_related(*CHAIN)
    return found.order_by("-submission__at", "body__turn", "pk")


def has_a_part_in(person: Person, cluster: Cluster, day: dt.date) -> bool:
    """Whether `person` works in the cluster or at one of its schools."""
    return clusters_with_a_part(person, day).filter(pk=cluster.pk).exists()


def clusters_with_a_part(person: Person, day: dt.date) -> QuerySet[Cluster]:
    """The clusters in which or at whose schools `person` works; no query by itself.

    A link adviser stands outside a cluster.
    """
    held = Appointment.objects.filter(is_on(day), person=person)
    held = held.exclude(role=Appointment.Role.LINK_ADVISER)
    works = roles_on(person, day).filter(kind__in=OF_SCHOOL).values("school_id")
    prepares = schools_to_prepare_for(person, day).values("pk")
    sits = GroupMember.objects.filter(is_on(day), person=person).values("school_id")
    own = Q(school__in=works) | Q(school__in=prepares) | Q(school__in=sits)
    return Cluster.objects.filter(
        Q(pk__in=held.values("cluster_id"))
        | Q(pk__in=memberships_on(day).filter(own).values("cluster_id"))
    )


def review_for(person: Person, pk: int, day: dt.date) -> Review:
    """The review for those who may answer for its body, or `NotThere`, or `NotAllowed`."""
    found = Review.objects.select_related(*CHAIN).filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such review.")))
    if not bodies_of(person, day).filter(pk=found.body_id).exists():
        raise NotAllowed(
            Message(N_("You cannot open this review.")),
            why=Message(N_("It belongs to this body: %(body)s."), {"body": str(found.body)}),
            next_step=Message(N_("Its members and the programme officers can. Ask one of them.")),
        )
    return found


def review_to_write(person: Person, pk: int, day: dt.date) -> Review:
    """As `review_for`, for somebody who has no part in the cluster; else raises `OwnCluster`."""
    found = review_for(person, pk, day)
    cluster = found.submission.plan.cluster
    if has_a_part_in(person, cluster, day):
        raise OwnCluster(
            Message(N_("You cannot review this plan.")),
            why=Message(
                N_("You have a part in the cluster that wrote it. Cluster: %(cluster)s."),
                {"cluster": str(cluster)},
            ),
            next_step=Message(N_("Another member of the body can review it. Ask one of them.")),
        )
    return found
