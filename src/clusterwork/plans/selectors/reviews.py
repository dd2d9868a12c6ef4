"""Which bodies review which plans, what they said, and what waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors.roles import is_on
from clusterwork.clusters.models import Cluster, GroupMember, Programme
from clusterwork.plans.models import (
    ChecklistItem,
    Plan,
    Review,
    ReviewBody,
    ReviewComment,
    Submission,
)
from clusterwork.plans.permissions.reviews import reviews_of
from clusterwork.plans.rules.reviewing import Reading
from clusterwork.registry.models import Organisation
from clusterwork.registry.selectors.organisations import with_ancestors


def programmes_of(cluster: Cluster, day: dt.date) -> QuerySet[Programme]:
    """The programmes in which the cluster takes part on `day`."""
    held = cluster.participations.filter(is_on(day))
    return Programme.objects.filter(pk__in=held.values("programme_id")).select_related(
        "organisation"
    )


def named_bodies(programmes: Iterable[Programme]) -> QuerySet[ReviewBody]:
    """The bodies that the programmes have named, by turn."""
    found = ReviewBody.objects.filter(programme__in=list(programmes), ended_at__isnull=True)
    return found.select_related("programme__organisation", "group")


def organisations_without_bodies(cluster: Cluster, day: dt.date) -> list[Organisation]:
    """The organisations whose officers review: of programmes that name no body, else the
    cluster's own."""
    programmes = list(programmes_of(cluster, day))
    named = set(named_bodies(programmes).values_list("programme_id", flat=True))
    silent = {each.organisation for each in programmes if each.pk not in named}
    return sorted(silent, key=lambda each: each.pk) if programmes else [cluster.organisation]


def checklist_of(review: Review) -> QuerySet[ChecklistItem]:
    """The questions of the body's programme; for an organisation's body, of its programmes that
    the cluster takes part in."""
    held = ChecklistItem.objects.filter(ended_at__isnull=True)
    if review.body.programme_id:
        return held.filter(programme=review.body.programme_id)
    day = review.submission.at.date()
    mine = programmes_of(review.submission.plan.cluster, day)
    return held.filter(programme__in=mine.filter(organisation=review.body.organisation_id))


def latest_submission(plan: Plan) -> Submission | None:
    """The last one, or None for a plan that was never sent."""
    return plan.submissions.first()


def submission_before(submission: Submission) -> Submission | None:
    """The one before it of the same plan, else the last of the plan that it replaces."""
    own = submission.plan.submissions.filter(number__lt=submission.number).first()
    earlier = submission.plan.replaces
    return own or (latest_submission(earlier) if earlier else None)


def readings_of(submission: Submission) -> tuple[Reading, ...]:
    """The reviews of a submission in plain values."""
    rows = submission.reviews.values_list("pk", "body__turn", "state")
    return tuple(Reading(*row) for row in rows)


def comments_on(submission: Submission) -> Sequence[ReviewComment]:
    """What all bodies said of a submission, with their names."""
    found = ReviewComment.objects.filter(review__submission=submission)
    return list(found.select_related("review__body").order_by("section", "pk"))


def to_answer(plan: Plan) -> QuerySet[ReviewComment]:
    """The comments of the last submission that the cluster is still to answer."""
    return _unanswered(plan).select_related("review__body")


def with_n_to_answer(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Each plan with how many those are as `n_to_answer`."""
    of_one = _unanswered(OuterRef(OuterRef("pk"))).order_by().values("review__submission__plan")
    n = Subquery(of_one.annotate(n=Count("pk")).values("n"))
    return plans.annotate(n_to_answer=Coalesce(n, 0))


def _unanswered(plan: Plan | OuterRef) -> QuerySet[ReviewComment]:
    """Those of earlier submissions were answered before the plan was sent again."""
    last = Submission.objects.filter(plan=plan).order_by("-number").values("pk")[:1]
    return ReviewComment.objects.filter(
        review__submission__in=last, must_answer=True, answered_at__isnull=True
    )


def answer_by(plan: Plan) -> dt.date | None:
    """The day by which the returned plan is to be answered; None where no body gave one.

    Where bodies gave different days it is the last, since the cluster answers all at once.
    """
    return _days_given().filter(submission__plan=plan).first()


def with_answer_by(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Each plan with that day as `answer_by`."""
    days = _days_given().filter(submission__plan=OuterRef("pk"))
    return plans.annotate(answer_by=Subquery(days[:1]))


def _days_given() -> QuerySet[Review, dt.date | None]:
    back = Review.objects.filter(state=Review.State.RETURNED)
    last_first = ("-submission__number", F("answer_by").desc(nulls_last=True), "pk")
    return back.order_by(*last_first).values_list("answer_by", flat=True)


def reviews_waiting(person: Person, day: dt.date) -> QuerySet[Review]:
    """The open reviews for which `person` may answer."""
    return reviews_of(person, day).filter(state=Review.State.OPEN).order_by("submission__at", "pk")


def people_of(body: ReviewBody, day: dt.date) -> list[Person]:
    """Who is written to for a body: the members of its group who sign in, else its officers."""
    if body.group_id:
        sits = GroupMember.objects.filter(is_on(day), group=body.group_id, person__is_active=True)
        return [each.person for each in sits.select_related("person") if each.person]
    held = Role.objects.filter(
        is_on(day),
        kind=Role.Kind.PROGRAMME_OFFICER,
        organisation__in=with_ancestors(_organisation(body)),
        person__is_active=True,
    )
    return list({role.person_id: role.person for role in held.select_related("person")}.values())


def _organisation(body: ReviewBody) -> Organisation:
    found = body.programme.organisation if body.programme else body.organisation
    assert found is not None  # noqa: S101 - held by review_body_of_a_programme_or_an_organisation
    return found
