"""Wishes as the officer sees them: what was said, what is known of the two, what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clusterwork.clusters.models import Formation, Lock, Wish
from clusterwork.clusters.rules.travelling import minutes_between
from clusterwork.clusters.selectors.askings import opposite_wishes
from clusterwork.clusters.selectors.formations import ties_among
from clusterwork.clusters.selectors.programmes import policy_now
from clusterwork.registry.models import School
from clusterwork.web.clusters.asking import today

Pair = frozenset[int]


@dataclass(frozen=True)
class WishRow:
    """One line with what became of it; `taken_back` says that its lock or link is gone since."""

    wish: Wish
    is_chosen: bool
    taken_back: bool


@dataclass(frozen=True)
class AboutThePair:
    """What is known of the two schools of a wish."""

    minutes: float | None
    through: list[str]
    lock: Lock | None
    opposite: list[Wish]


def wish_rows(wishes: Iterable[Wish], formation: Formation) -> list[WishRow]:
    """The lines; two queries for all of them."""
    chosen = set(formation.chosen.values_list("school_id", flat=True))
    locked = {frozenset(pair) for pair in formation.locks.values_list("school_id", "other_id")}
    return [
        WishRow(
            wish,
            wish.other_id in chosen and wish.asked.school_id in chosen,
            _taken_back(wish, locked),
        )
        for wish in wishes
    ]


def _taken_back(wish: Wish, locked: set[Pair]) -> bool:
    if wish.decision == Wish.Decision.LINKED:
        return wish.link_id is None
    pair = frozenset((wish.asked.school_id, wish.other_id or 0))
    return wish.decision == Wish.Decision.LOCKED and pair not in locked


def about_the_pair(wish: Wish, formation: Formation) -> AboutThePair | None:
    """Minutes, partnerships, decisions, and what the other school said; None for a mere name."""
    other = wish.other
    if other is None:
        return None
    pair = frozenset((wish.asked.school_id, other.pk))
    travel = policy_now(formation.programme).mapping["travel"]
    ties = ties_among(formation, today())
    return AboutThePair(
        minutes_between(wish.asked.school, other, travel),
        [tie.name for tie in ties if tie.name and pair <= set(tie.school_ids)],
        _lock_of(formation, wish.asked.school, other),
        list(opposite_wishes(wish).order_by("kind")),
    )


def _lock_of(formation: Formation, one: School, other: School) -> Lock | None:
    pair = {one.pk, other.pk}
    locks = formation.locks.filter(school__in=pair, other__in=pair)
    return locks.select_related("school", "other").first()


def choices_for(wish: Wish, is_chosen: bool) -> list[tuple[str, Any]]:
    """What can become of a wish."""
    declined = (Wish.Decision.DECLINED.value, _("Do not take it up"))
    if not is_chosen:
        return [declined]
    if wish.kind == Wish.Kind.WISHES_NOT:
        locked = (Wish.Decision.LOCKED.value, _("Decide it: every proposal keeps them apart"))
        return [locked, declined]
    return [
        (
            Wish.Decision.LINKED.value,
            _("Accept it as a link: proposals try to keep them together"),
        ),
        (Wish.Decision.LOCKED.value, _("Decide it: every proposal keeps them together")),
        declined,
    ]
