"""Letters about plans: to those who review them, and back to the cluster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import override

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.selectors.heads import heads_by_school
from clusterwork.clusters.selectors.memberships import school_ids_in
from clusterwork.notify.services import queue
from clusterwork.plans.letters.reviewing import TO_REVIEW
from clusterwork.plans.models import Plan, Review, ReviewBody, Submission
from clusterwork.plans.permissions.reviews import has_a_part_in
from clusterwork.plans.selectors.reviews import people_of

LinkFor = Callable[[int, str], str]
"""The full address of a review (or of a plan) by its number, in a language."""
LEADING = (Appointment.Role.CHAIR, Appointment.Role.COORDINATOR)


def write_to_reviewers(reviews: Iterable[Review], day: dt.date, link_for: LinkFor) -> None:
    """A letter to everybody of each body who has no part in the cluster."""
    for review in reviews:
        plan = review.submission.plan
        for reader in _readers(review, day):
            with override(reader.language):
                words = {"cluster": str(plan.cluster), "plan": plan.title, "body": str(review.body)}
            queue(TO_REVIEW, reader, {**words, "link": link_for(review.pk, reader.language)})


def written_to(submission: Submission, day: dt.date) -> dict[ReviewBody, list[Person]]:
    """Whom a letter of each open review goes to: nobody, where a body has no one to review."""
    held = submission.reviews.filter(state=Review.State.OPEN).select_related(
        "body__programme__organisation", "body__organisation", "submission__plan__cluster"
    )
    return {review.body: _readers(review, day) for review in held}


def _readers(review: Review, day: dt.date) -> list[Person]:
    cluster = review.submission.plan.cluster
    return [each for each in people_of(review.body, day) if not has_a_part_in(each, cluster, day)]


def write_to_cluster(
    template: str, plan: Plan, day: dt.date, link_for: LinkFor, extra: Mapping[str, Any]
) -> None:
    """A letter to the cluster's chair, its coordinator and the heads of its schools, once each."""
    for reader in _leading(plan, day).values():
        with override(reader.language):
            words = {"cluster": str(plan.cluster), "plan": plan.title}
        queue(template, reader, {**words, **extra, "link": link_for(plan.pk, reader.language)})


def _leading(plan: Plan, day: dt.date) -> dict[int, Person]:
    held = plan.cluster.appointments.filter(is_on(day), role__in=LEADING, person__is_active=True)
    leads = [each.person for each in held.select_related("person") if each.person]
    schools = [pk for pk in school_ids_in(plan.cluster, day) if pk]
    heads = [head for found in heads_by_school(schools, day).values() for head in found]
    return {each.pk: each for each in (*leads, *heads)}
