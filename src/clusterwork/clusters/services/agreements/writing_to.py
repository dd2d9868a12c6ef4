"""Letters to those who sign, and to heads when an agreement comes into force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.clusters.letters.agreements import CAPACITIES, IN_FORCE, KINDS, PUT, REMINDED
from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.selectors.governed import Governing, governing_of
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.selectors.posts import Holder, Posts, posts_of
from clusterwork.clusters.selectors.signing import SchoolSigns, n_signed
from clusterwork.kernel.messages import N_
from clusterwork.notify.services import Address, Recipient, queue_many
from clusterwork.registry.models import School

LinkFor = Callable[[int, str], str]
"""From a version's key and a language to the full address of its page."""
ENGLISH = "en-gb"
WHAT_IT_IS = N_("It says what each school can expect of the others.")


def write_to_sign(
    version: AgreementVersion,
    signing: Sequence[SchoolSigns],
    *,
    by: Person,
    day: dt.date,
    link_for: LinkFor,
) -> int:
    """Tells everybody who signs that it is there to be signed; how many letters."""
    because: Any = version.because or {"say": WHAT_IT_IS}
    more = {"by": str(by), "because": because}
    return queue_many(PUT, _to_holders(version, signing, day, link_for, more))


def write_reminders(
    version: AgreementVersion,
    signing: Sequence[SchoolSigns],
    *,
    day: dt.date,
    link_for: LinkFor,
) -> int:
    """Reminds everybody who has not signed; how many letters."""
    signed, of_all = n_signed(signing)
    opened = timezone.localdate(version.opened_at) if version.opened_at else day
    more = {"put_on": {"day": opened.isoformat()}, "signed": signed, "all": of_all}
    return queue_many(REMINDED, _to_holders(version, signing, day, link_for, more))


def write_in_force(
    version: AgreementVersion, schools: Sequence[School], *, day: dt.date, link_for: LinkFor
) -> int:
    """Tells the head of every school from when it is in force; how many letters."""
    heads = heads_by_school([each.pk for each in schools], day)
    start = {"day": (version.in_force_on or day).isoformat()}
    letters = (
        (
            head,
            {
                **_about(version, head.language, link_for),
                "school": _in(head.language, school),
                "from": start,
            },
        )
        for school in schools
        for head in heads.get(school.pk, ())
    )
    return queue_many(IN_FORCE, letters)


def _to_holders(
    version: AgreementVersion,
    signing: Iterable[SchoolSigns],
    day: dt.date,
    link_for: LinkFor,
    more: Mapping[str, Any],
) -> Iterator[tuple[Recipient, Mapping[str, Any]]]:
    """One letter for each signature that is missing and each holder who can be written to."""
    governing = governing_of(version.agreement.cluster, day)
    posts = posts_of(version.agreement.cluster, governing, day)
    for capacity, school in _missing(signing, governing):
        for holder in posts.holders(capacity, school.pk):
            to = _address_of(holder)
            if to is None:
                continue
            served = governing.served_with(school.pk)
            yield (
                to,
                {
                    **_about(version, to.language, link_for),
                    **more,
                    "schools": ", ".join(_in(to.language, each) for each in served),
                    "capacity": {"say": CAPACITIES[capacity]},
                },
            )


def _missing(signing: Iterable[SchoolSigns], governing: Governing) -> list[tuple[str, School]]:
    """Each signature that is missing once, with the first of the schools that it serves."""
    found: dict[tuple[str, int], School] = {}
    for each in signing:
        for slot in each.missing:
            grouping = slot.grouping
            key = -grouping.pk if grouping else each.school.pk
            found.setdefault((slot.capacity, key), each.school)
    return [(capacity, school) for (capacity, _key), school in found.items()]


def not_reached(signing: Iterable[SchoolSigns], posts: Posts) -> list[tuple[School, str]]:
    """The signatures that nobody can be written to about: their school and capacity."""
    return [
        (school, capacity)
        for capacity, school in _missing(signing, posts.governing)
        if not any(_address_of(each) for each in posts.holders(capacity, school.pk))
    ]


def _address_of(holder: Holder) -> Recipient | None:
    if holder.person:
        return holder.person
    return Address(holder.email, ENGLISH) if holder.email else None


def _about(version: AgreementVersion, language: str, link_for: LinkFor) -> dict[str, Any]:
    cluster = version.agreement.cluster
    return {
        "kind": {"say": KINDS[version.agreement.kind]},
        "cluster": _in(language, cluster),
        "link": link_for(version.pk, language),
    }


def _in(language: str, thing: object) -> str:
    with override(language):
        return str(thing)
