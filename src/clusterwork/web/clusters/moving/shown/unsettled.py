"""The schools with something unsettled, each with the page where it can be settled."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from clusterwork.clusters.models import Answer
from clusterwork.clusters.selectors.unsettled import Unsettled
from clusterwork.registry.models import School

Linked = tuple[School, str]


@dataclass(frozen=True)
class UnsettledShown:
    """Declines, silences and requests, each a school and an address."""

    declined: list[Linked]
    silent: list[Linked]
    requests: list[Linked]


def unsettled_shown(found: Unsettled) -> UnsettledShown:
    """Where each is looked at."""
    last = found.last
    return UnsettledShown(
        [(each.school, _in_round(each.round_id, each.school_id)) for each in found.declined],
        [(each, _in_round(last.pk, each.pk)) for each in found.silent if last],
        [(each.school, _reply(each)) for each in found.requests],
    )


def _in_round(round_pk: int, school_pk: int) -> str:
    return reverse("round_school", args=[round_pk, school_pk])


def _reply(answer: Answer) -> str:
    return reverse("answer_reply", args=[answer.pk])
