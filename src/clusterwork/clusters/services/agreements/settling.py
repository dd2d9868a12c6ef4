"""What follows from signatures: the day in a school's membership, and an agreement in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementKind, AgreementVersion, Membership
from clusterwork.clusters.selectors.memberships import memberships_on
from clusterwork.clusters.selectors.signing import SchoolSigns, signing_of
from clusterwork.clusters.services.agreements.loading import REFUSED, locked, put_state
from clusterwork.clusters.services.agreements.telling import told_to_cluster
from clusterwork.clusters.services.agreements.writing_to import LinkFor, write_in_force
from clusterwork.clusters.services.memberships import stay_of
from clusterwork.clusters.services.refusals import in_words
from clusterwork.clusters.states.agreement import IN_FORCE, SIGNING
from clusterwork.kernel.messages import N_


def settle(
    version: AgreementVersion, *, person: Person | None, day: dt.date, link_for: LinkFor
) -> bool:
    """After a signature, or where a school has left: true when the version came into force.

    The version is under lock.
    """
    signing = signing_of(version, day)
    _keep_signed_days(version, signing, day)
    if version.state != SIGNING or not signing or not all(each.has_signed for each in signing):
        return False
    _bring_into_force(version, _last_day(signing, day))
    told_to_cluster(
        person,
        version,
        "agreement.in_force",
        N_("Came into force, signed by every school: %(agreement)s. From: %(on)s."),
        on=version.in_force_on,
    )
    write_in_force(version, [each.school for each in signing], day=day, link_for=link_for)
    return True


def settle_all(*, day: dt.date, link_for: LinkFor, state: str = SIGNING) -> int:
    """Every agreement in this state, as the members are on `day`; how many came into force.

    For the worker: schools leave, and join a federation that has signed, without a signature.
    """
    found = AgreementVersion.objects.filter(state=state)
    pks = list(found.order_by("pk").values_list("pk", flat=True))
    return sum(_settled(pk, day, link_for) for pk in pks)


@transaction.atomic
def _settled(pk: int, day: dt.date, link_for: LinkFor) -> bool:
    return settle(locked(pk), person=None, day=day, link_for=link_for)


def _last_day(signing: Iterable[SchoolSigns], day: dt.date) -> dt.date:
    return max((each.signed_on for each in signing if each.signed_on), default=day)


def _bring_into_force(version: AgreementVersion, on: dt.date) -> None:
    """Letters of the version that ends end with it."""
    if version.varies_id is None:
        before = version.agreement.versions.filter(state=IN_FORCE)
        last = before.order_by("-in_force_on").first()
        on = max(on, last.in_force_on) if last and last.in_force_on else on
        for each in before:
            put_state(each, "supersede")
            each.ended_on = on
            each.save(update_fields=("state", "ended_on"))
    put_state(version, "bring into force")
    version.in_force_on = on
    with in_words(REFUSED):
        version.save(update_fields=("state", "in_force_on"))


def _keep_signed_days(
    version: AgreementVersion, signing: Iterable[SchoolSigns], day: dt.date
) -> None:
    """The day on which each school signed the memorandum, in every part of its stay."""
    if version.agreement.kind != AgreementKind.MEMORANDUM or version.varies_id:
        return
    days = {each.school.pk: each.signed_on for each in signing if each.signed_on}
    held = memberships_on(day).filter(cluster=version.agreement.cluster_id, school__in=days)
    for row in held.select_related("cluster"):
        on = days[row.school_id or 0]
        if row.memorandum_signed_on != on:
            stay = [each.pk for each in stay_of(row)]
            Membership.objects.filter(pk__in=stay).update(memorandum_signed_on=on)
