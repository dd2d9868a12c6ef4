"""Why a proposal was not made: the rules that conflict, for which schools, and what to relax."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.sentences import read
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.rules import rule_address, rule_words
from clusterwork.web.formats import said

# Rules that other schools, or other marks on them, could keep. That an exercise forms pyramids
# is said when it begins, so there is nothing to relax.
BY_SCHOOLS = frozenset({"contributing", "pyramid"})


@dataclass(frozen=True)
class RuleInTheWay:
    """A rule of the conflict, where to relax it (empty: nowhere), and where to change the
    schools instead where that helps."""

    words: str
    address: str
    schools_address: str = ""


@dataclass(frozen=True)
class ConflictShown:
    """What cannot be, for which schools, by name."""

    words: str
    schools: list[School]


@dataclass(frozen=True)
class TroubleShown:
    """What, why and what next; the rules in the way; what each is about."""

    what: str
    why: str
    next_step: str
    rules: list[RuleInTheWay]
    conflicts: list[ConflictShown]


def trouble_shown(proposal: Proposal) -> TroubleShown:
    """The sentences of a proposal that ended without clusters; empty where it was cancelled."""
    kept = proposal.trouble
    entries = kept.get("conflicts", [])
    what, why, next_step = (
        said(read(kept.get(name)) or "") for name in ("what", "why", "next_step")
    )
    conflicts = [each for each in _conflicts(entries) if each.schools or each.words != what]
    rules = [_rule(proposal, rule) for rule in dict.fromkeys(each["rule"] for each in entries)]
    return TroubleShown(what, "" if conflicts else why, next_step, rules, conflicts)


def _rule(proposal: Proposal, rule: str) -> RuleInTheWay:
    by_schools = reverse("chosen_schools", args=[proposal.formation_id])
    return RuleInTheWay(
        rule_words(proposal, rule) or rule,
        "" if rule == "pyramid" else rule_address(proposal, rule),
        by_schools if rule in BY_SCHOOLS else "",
    )


def _conflicts(entries: list[dict[str, Any]]) -> list[ConflictShown]:
    """Each sentence once, with all the schools that it is said of."""
    about: dict[str, set[int]] = {}
    for each in entries:
        about.setdefault(said(read(each["message"]) or ""), set()).update(each["schools"])
    schools = School.objects.in_bulk({pk for ids in about.values() for pk in ids})
    return [
        ConflictShown(
            words, sorted((schools[pk] for pk in ids if pk in schools), key=lambda s: s.sort_key)
        )
        for words, ids in about.items()
    ]
