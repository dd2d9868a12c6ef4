"""Rules, quorums and results in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from clusterwork.clusters.models import Decision, VotingRule
from clusterwork.clusters.rules.voting import Rule, reason_of
from clusterwork.clusters.rules.voting_words import when_agreed
from clusterwork.web.formats import percent, said

# What can be chosen. A share is "more than"; one just below a fraction reads "at least".
QUORUMS: tuple[tuple[float, str | Promise], ...] = (
    (0.0, _lazy("One school is enough")),
    (0.333333, _lazy("At least a third of the schools")),
    (0.499999, _lazy("At least half of the schools")),
    (0.5, _lazy("More than half of the schools")),
    (0.666666, _lazy("At least two thirds of the schools")),
    (1.0, _lazy("All schools")),
)
MAJORITIES: tuple[tuple[float, str | Promise], ...] = (
    (0.5, _lazy("More agree than object")),
    (0.599999, _lazy("At least three in five of those that agree or object")),
    (0.666666, _lazy("At least two thirds of those that agree or object")),
    (0.749999, _lazy("At least three quarters of those that agree or object")),
)
SAME = 1e-7  # finer than the shares that can be chosen lie apart
TAGS = {
    "open": "govuk-tag--blue",
    "agreed": "govuk-tag--green",
    "not_agreed": "govuk-tag--orange",
    "withdrawn": "govuk-tag--grey",
    "amended": "govuk-tag--grey",
}


def rule_words(rule: Rule) -> list[str]:
    """A voting rule in short sentences."""
    words = [str(VotingRule.Way(rule.way).label)]
    words.append(_("Quorum: %(share)s") % {"share": _share(rule.quorum_share, QUORUMS)})
    words += [said(each) for each in when_agreed(rule)]
    return words


def kept_rule_words(decision: Decision) -> list[str]:
    """The rule that a decision was counted by."""
    return rule_words(Rule(**decision.rule)) if decision.rule else []


def result_words(counted: Mapping[str, Any]) -> str:
    """Why it came out as it did."""
    return said(reason_of(counted)) if counted else ""


def _share(share: float, options: tuple[tuple[float, str | Promise], ...]) -> str:
    for value, words in options:
        if abs(value - share) < SAME:
            return str(words)
    return _("More than %(share)s") % {"share": percent(share, 1)}


def seen_inside() -> str:
    """Who sees what is private to a cluster."""
    return _(
        "the heads and staff of the cluster’s schools, their governors, and those with a role in it"
    )


def seen_shared() -> str:
    """Who sees a decision that was shared."""
    return _("the cluster’s own people, and the programme officers of its organisation")
