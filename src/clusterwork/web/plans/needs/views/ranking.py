"""Ranking for a school, and what all rankings say together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwork.plans.models import Candidate, Choosing, Ranking
from clusterwork.plans.permissions.choosing import choosing_for, choosing_to_say_in
from clusterwork.plans.rules.ranking import Standing, agreement, by_chance, standings, unserved
from clusterwork.plans.selectors.choosing import (
    ballots_in,
    candidates_of,
    choosing_schools,
    not_yet_ranked,
    ranking_seen,
    rankings_in,
)
from clusterwork.plans.services.choosing_ranking import RankedMeanwhile, rank_priorities
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import person_of, today
from clusterwork.web.clusters.cluster.stepping import Step, taken
from clusterwork.web.guards import only, signed_in
from clusterwork.web.plans.needs.forms.ranking import RankForm
from clusterwork.web.plans.needs.frame import needs_frame, seen_inside, trail_to

USUAL_LEADING = 3


@signed_in
@only("GET", "HEAD", "POST")
def priorities_rank(request: HttpRequest, pk: int, school: int) -> HttpResponse:
    """A place and a comment for each; what was typed stays beside what is kept."""
    person, day = person_of(request), today()
    found, of_school = choosing_to_say_in(person, pk, school, day)
    form = _form(request, found, of_school)
    was_stale: list[bool] = []

    def act() -> list[Ranking]:
        try:
            return rank_priorities(
                person=person,
                day=day,
                pk=pk,
                school_pk=school,
                places=form.places,
                comments=form.comments,
                seen=form.cleaned_data["seen"],
            )
        except RankedMeanwhile:
            was_stale.append(True)
            raise

    step = Step(
        template="plans/needs/rank.html",
        form=form,
        act=act,
        said=_("Your school’s ranking is kept. You can change it until the ranking ends."),
        then=lambda _made: reverse("choosing", args=[pk]),
        context={
            "way": trail_to(found.cluster, choosing=True),
            "choosing": found,
            "school": of_school,
            "was_stale": was_stale,
            "seen_now": ranking_seen(found, of_school),
        },
        seen_by=seen_inside(),
    )
    return taken(request, found.cluster, step)


def _form(request: HttpRequest, found: Choosing, school: School) -> RankForm:
    candidates = list(candidates_of(found))
    before = {each.candidate_id: each for each in rankings_in(found).filter(school=school)}
    return RankForm(
        request.POST or None,
        candidates=candidates,
        before=before,
        initial={"seen": ranking_seen(found, school)},
    )


@signed_in
@require_safe
def choosing_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Mean places and their spread, how far the schools agree, whom the leading ones serve."""
    person, day = person_of(request), today()
    found = choosing_for(person, pk, day)
    schools = list(choosing_schools(found.cluster, day))
    candidates = list(candidates_of(found))
    ballots = ballots_in(found, day)
    stand = standings([each.pk for each in candidates], ballots)
    leading = _leading(request, len(stand))
    serves = {each.pk: [school.pk for school in each.serves.all()] for each in candidates}
    first = [each.candidate for each in stand[:leading]]
    without = set(unserved(first, serves, [each.pk for each in schools]))
    numbers = [each.pk for each in candidates]
    context = {
        **needs_frame(request, found.cluster, "cluster_choosing"),
        "choosing": found,
        "rows": _rows(stand, candidates, schools, found),
        "schools": schools,
        "ballots": ballots,
        "n_ballots": len(ballots),
        "silent": list(not_yet_ranked(found, day)),
        "agreement": agreement(numbers, ballots),
        "by_chance": by_chance(len(ballots)),
        "leading": leading,
        "unserved": [each for each in schools if each.pk in without],
    }
    return render(request, "plans/needs/result.html", context, using="jinja2")


def _leading(request: HttpRequest, most: int) -> int:
    """How many count as leading: `?leading=`, or three."""
    given = request.GET.get("leading", "")
    wanted = int(given) if given.isdecimal() and len(given) < 4 else USUAL_LEADING
    return max(1, min(wanted, most)) if most else 0


def _rows(
    stand: Sequence[Standing],
    candidates: Sequence[Candidate],
    schools: Sequence[School],
    found: Choosing,
) -> list[dict[str, Any]]:
    by_pk = {each.pk: each for each in candidates}
    names = {each.pk: each for each in schools}
    comments: dict[int, list[Ranking]] = {}
    for each in rankings_in(found).exclude(comment=""):
        comments.setdefault(each.candidate_id, []).append(each)
    return [
        {
            "standing": each,
            "candidate": by_pk[each.candidate],
            "last": [names[pk] for pk in each.last if pk in names],
            "left_out": [names[pk] for pk in each.left_out if pk in names],
            "serves": [s for s in by_pk[each.candidate].serves.all() if s.pk in names],
            "gone": [s for s in by_pk[each.candidate].serves.all() if s.pk not in names],
            "comments": comments.get(each.candidate, []),
        }
        for each in stand
    ]
