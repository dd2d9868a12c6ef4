"""What is marked on a registration and on a result, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.clusters.models import Cluster
from clusterwork.evaluation.models import Registration
from clusterwork.evaluation.rules.marks import (
    AFTER_TOO_EARLY,
    CHANGED_AFTER,
    KNOWN_ELSEWHERE,
    TOLD_SOONER,
)
from clusterwork.evaluation.selectors.results import marks_on
from clusterwork.web.formats import number


def mark_words(registration: Registration) -> list[str]:
    """What whoever reads a result should know of how it was registered; nothing: no mark."""
    words = {
        CHANGED_AFTER: _("It was changed after a result was known."),
        KNOWN_ELSEWHERE: _(
            "A result of the same measure in this programme was known when this was registered."
        ),
        TOLD_SOONER: _(
            "A result is told sooner than an earlier version or the clusters’ own plans "
            "said it could be judged."
        ),
        AFTER_TOO_EARLY: _(
            "By then somebody had asked for the result, and it was too early to say."
        ),
    }
    return [words[key] for key in marks_on(registration)]


def cohort_words(plan: Mapping[str, Any]) -> list[str]:
    """Of a result's plan: that its clusters or schools are not those that were registered."""
    changes = plan.get("cohort_changes")
    return list(_changes(changes)) if changes else []


def _changes(changes: Mapping[str, Any]) -> Iterator[str]:
    yield _(
        "The clusters or schools looked at are no longer those that were there when the analysis "
        "was registered."
    )
    names = _names({pk for key in ("came", "went", "moved") for pk in changes[key]})
    for key, words in (
        ("came", _("Clusters that came since: %(names)s.")),
        ("went", _("Clusters that are no longer there: %(names)s.")),
        ("moved", _("Clusters with another start: %(names)s.")),
    ):
        if changes[key]:
            yield words % {"names": ", ".join(names.get(pk, str(pk)) for pk in changes[key])}
    if changes["other_schools"]:
        was, now = (number(n) for n in changes["n_schools"])
        told = {"was": was, "now": now}
        yield (
            _("Schools at the start: %(was)s as registered, %(now)s now, not all the same.") % told
        )


def _names(pks: Collection[int]) -> dict[int, str]:
    if not pks:
        return {}
    return {each.pk: str(each) for each in Cluster.objects.filter(pk__in=pks)}
