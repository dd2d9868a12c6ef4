"""An officer says what a change of the register means for a cluster."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Cluster, Membership, RegisterEffect
from clusterwork.clusters.permissions import cluster_to_run
from clusterwork.clusters.services.going_over import go_over
from clusterwork.clusters.services.locking import locked
from clusterwork.clusters.services.memberships import PartFacts, put_member
from clusterwork.clusters.services.school_ends import Ended
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import School

Kind = RegisterEffect.Kind


class SettledAlready(Problem):
    """Somebody has said what the change means."""


class NotTheSchoolItself(Problem):
    """A school that opened again goes on as itself or not at all."""


@transaction.atomic
def settle_register_effect(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    now: dt.datetime,
    goes_on_as: School | None = None,
    outcome: str = "",
) -> RegisterEffect:
    """The change, settled: nothing follows, or a school goes on in the place of the one that
    ended. For a school that opened again, itself (back in from that day) or nothing.

    Raises `NotThere`, `NotAllowed`, `SettledAlready`, `NotTheSchoolItself`, and what `join` does.
    """
    effect = _to_settle(person, pk, day)
    cluster = locked([effect.cluster_id])[effect.cluster_id]
    if goes_on_as is not None:
        _go_on(cluster, effect, goes_on_as)
    effect.settled_at, effect.settled_by = now, person
    effect.outcome = outcome.strip()[:300]
    effect.save()
    record(
        actor=person,
        verb="register_effect.settle",
        subject=cluster,
        summary=Message(
            N_("Settled what the register says: %(school)s. Goes on as: %(into)s."),
            {"school": str(effect.school), "into": str(goes_on_as or "–")},
        ),
        details={
            "effect": effect.pk,
            "school": effect.school_id,
            "into": goes_on_as.pk if goes_on_as else None,
            "outcome": effect.outcome,
        },
    )
    return effect


def _to_settle(person: Person, pk: int, day: dt.date) -> RegisterEffect:
    rows = RegisterEffect.objects.select_related("school")
    effect = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if effect is None:
        raise NotThere(Message(N_("There is no such change.")))
    cluster_to_run(person, effect.cluster_id, day)
    if effect.settled_at:
        raise SettledAlready(
            Message(N_("This has been settled already.")),
            next_step=Message(N_("Open the cluster to see how it stands now.")),
        )
    return effect


def _go_on(cluster: Cluster, effect: RegisterEffect, school: School) -> None:
    if effect.kind == Kind.REOPENED:
        _back(cluster, effect, school)
        return
    how = Ended.AMALGAMATED if effect.kind == Kind.AMALGAMATED else Ended.RENUMBERED
    if how == Ended.RENUMBERED:
        effect.kind = Kind.RENUMBERED
    if not go_over(cluster, effect.school, school, effect.on, how):
        raise SettledAlready(
            Message(N_("The membership that ended with the school has been changed since.")),
            next_step=Message(N_("Let the school join on the cluster's own page.")),
        )


def _back(cluster: Cluster, effect: RegisterEffect, school: School) -> None:
    if school.pk != effect.school_id:
        raise NotTheSchoolItself(
            Message(N_("The school that opened again is another one.")),
            next_step=Message(N_("Choose the school itself, or that nothing follows.")),
        )
    ended = Membership.objects.filter(cluster=cluster, school=school, end_on__lte=effect.on)
    last = ended.order_by("-end_on").first()
    facts = PartFacts(last.part, last.contributes, last.contributes_because) if last else None
    put_member(cluster, effect.on, school, None, facts or PartFacts())
