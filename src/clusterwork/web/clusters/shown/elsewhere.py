"""Other places for a school, worked out exactly, in sentences for its head."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.closer import Elsewhere, Moving, elsewhere_from
from clusterwork.clusters.models import Look, ProposedCluster
from clusterwork.clusters.sentences import read
from clusterwork.web.clusters.shown.places import (
    LEAST_SHOWN,
    Lookup,
    cost_sentence,
    longer,
    own_journey,
    travel_sentence,
)
from clusterwork.web.formats import number, said


@dataclass(frozen=True)
class ElsewhereShown:
    """One other cluster: what being there would mean, who else would move, what stands against.

    `alone` is what the move by itself would break. `more_rules`: something was left unsaid.
    """

    cluster: ProposedCluster
    is_allowed: bool
    is_proved: bool
    lines: list[str]
    moves: list[str]
    alone: list[str]
    against: list[str]
    more_rules: bool = False


def elsewhere_shown(look: Look, lookup: Lookup) -> list[ElsewhereShown]:
    """Every other place that was looked at, the cheapest first, then those that cannot be."""
    found = sorted(elsewhere_from(look.found), key=_dearness)
    return [_shown(each, lookup) for each in found if each.cluster in lookup.clusters]


def elsewhere_for_school(
    look: Look, lookup: Lookup, sentences: Container[str]
) -> list[ElsewhereShown]:
    """The same as its school sees it: only these sentences about rules, and only journeys, since
    the rest of the cost weighs partnerships, sizes and need."""
    plain = [replace(each, cost=each.travel) for each in elsewhere_from(look.found)]
    found = sorted(plain, key=_dearness)
    return [
        _for_school(each, lookup, sentences) for each in found if each.cluster in lookup.clusters
    ]


def _dearness(found: Elsewhere) -> tuple[bool, float]:
    return not found.allowed, found.cost or 0.0


def _for_school(found: Elsewhere, lookup: Lookup, sentences: Container[str]) -> ElsewhereShown:
    alone, against = _only(found.alone, sentences), _only(found.against, sentences)
    more = len(alone) + len(against) < len(found.alone) + len(found.against)
    shown = _shown(replace(found, alone=alone, against=against), lookup)
    return replace(shown, more_rules=more)


def _only(told: Sequence[dict[str, Any]], kept: Container[str]) -> list[dict[str, Any]]:
    return [each for each in told if each.get("template") in kept]


def _shown(found: Elsewhere, lookup: Lookup) -> ElsewhereShown:
    return ElsewhereShown(
        lookup.clusters[found.cluster],
        found.allowed,
        found.proved,
        _lines(found, lookup) if found.allowed else [],
        [_move(each, lookup) for each in found.moves],
        [said(read(each) or "") for each in found.alone],
        [said(read(each) or "") for each in found.against],
    )


def _lines(found: Elsewhere, lookup: Lookup) -> list[str]:
    travel, cost = found.travel or 0.0, found.cost or 0.0
    lines = [*_own(found.own), travel_sentence(travel, lookup.unit)]
    if abs(cost - travel) >= LEAST_SHOWN:
        lines.append(cost_sentence(cost, lookup.unit))
    return lines + [_size(at, n) for at, n in found.sizes]


def _own(own: Moving | None) -> list[str]:
    if own is None or own.minutes_after is None:
        return []
    if own.minutes_before is None:
        return [_("Its own journey would take %(n)s minutes.") % {"n": number(own.minutes_after)}]
    return [own_journey(own.minutes_before, own.minutes_after)]


def _size(cluster: int, n: int) -> str:
    if not n:
        return _("Cluster %(number)s would end.") % {"number": cluster}
    text = ngettext(
        "Cluster %(other)s would have one school.", "Cluster %(other)s would have %(n)s schools.", n
    )
    return text % {"other": cluster, "n": n}


def _move(move: Moving, lookup: Lookup) -> str:
    """A school, where it would go, and its minutes."""
    facts = {
        "school": lookup.schools.get(move.school, move.school),
        "before": move.before or "–",
        "after": move.after or "–",
    }
    if move.minutes_before is None or move.minutes_after is None:
        return _("%(school)s: cluster %(before)s → %(after)s.") % facts
    change = longer(move.minutes_before, move.minutes_after)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return _("%(school)s: cluster %(before)s → %(after)s. Minutes: %(change)s.") % {
        **facts,
        "change": f"{sign}{number(abs(change))}",
    }
