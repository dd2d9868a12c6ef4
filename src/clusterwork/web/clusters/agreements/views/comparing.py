"""Two versions of an agreement side by side, with the words that changed marked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterwork.clusters.models import AgreementVersion
from clusterwork.clusters.rules.agreements.differences import Words, side_by_side
from clusterwork.clusters.selectors.agreements import clauses_of, versions_to_compare, words_of
from clusterwork.clusters.selectors.known_blanks import kept_blanks
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.web.clusters.agreements.frame import called, read, version_frame
from clusterwork.web.clusters.agreements.shown import is_welsh_page, texts_of
from clusterwork.web.clusters.asking import person_of
from clusterwork.web.guards import signed_in


@signed_in
@require_safe
def agreement_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """This version beside an earlier one: the one asked for, else the one before it."""
    version, rights = read(person_of(request), pk)
    others = [each for each in versions_to_compare(version) if rights.may_read(each)]
    earlier = _chosen(version, others, request.GET.get("with", ""))
    first, second = sorted((earlier, version), key=lambda each: each.number)
    pairs = side_by_side(_words(first), _words(second))
    context = {
        **version_frame(request, version, rights),
        "version_name": called,
        "others": others,
        "first": first,
        "second": second,
        "pairs": pairs,
        "n_changed": sum(1 for each in pairs if each.is_changed),
    }
    return render(request, "clusters/agreements/compare.html", context, using="jinja2")


def _chosen(
    version: AgreementVersion, others: list[AgreementVersion], asked: str
) -> AgreementVersion:
    """Raises `NotThere` where there is no other version."""
    found = next((each for each in others if str(each.pk) == asked), None)
    before = next((each for each in others if each.number < version.number), None)
    chosen = found or before or (others[0] if others else None)
    if chosen is None:
        raise NotThere(
            Message(N_("There is no other version to lay beside this one.")),
            next_step=Message(N_("Come back when there is a second version.")),
        )
    return chosen


def _words(version: AgreementVersion) -> list[Words]:
    clauses, cy = clauses_of(version), is_welsh_page()
    return words_of(clauses, texts_of(kept_blanks(clauses), cy), cy)
