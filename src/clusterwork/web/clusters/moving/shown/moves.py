"""The consequences of a move in words and rows, and the moves that made a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.consequences import (
    ClusterChange,
    Consequences,
    Figures,
    SchoolChange,
)
from clusterwork.clusters.formation_adapter import rule_name
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.sentences import read
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.places import (
    cost_sentence,
    longer,
    own_journey,
    travel_sentence,
)
from clusterwork.web.clusters.shown.proposals import unit_name
from clusterwork.web.clusters.shown.rules import rule_words
from clusterwork.web.clusters.shown.terms import part_name
from clusterwork.web.formats import number, said

LEAST = 0.05
# Never who contributes, nor decisions about two schools: they may rest on what one said in trust.
TOLD_TO_SCHOOLS = frozenset({"size", "pyramid_size", "count", "travel_limit"})


@dataclass(frozen=True)
class SchoolRow:
    """A school of a touched cluster."""

    school: School
    change: SchoolChange
    longer: int | None

    @property
    def shown(self) -> str:
        """By how many minutes its journey is longer (+) or shorter (−), as they are shown."""
        if self.longer is None:
            return "–"
        n = self.longer
        return f"{'+' if n > 0 else '−'}{number(abs(n))}" if n else "0"


@dataclass(frozen=True)
class SeenShown:
    """Everything that the page says about one move."""

    school: School
    facts: Consequences
    first: str
    lines: list[str]
    parts: list[tuple[str, float, float]]
    clusters: list[ClusterChange]
    schools: list[SchoolRow]
    broken: list[str]
    mended: list[str]

    @property
    def moved(self) -> list[SchoolRow]:
        """The schools that change cluster."""
        return [row for row in self.schools if row.change.is_moved]


def seen_shown(
    proposal: Proposal, facts: Consequences, school: School, schools: Mapping[int, School]
) -> SeenShown:
    """The consequences for one proposal in words."""
    unit = unit_name(proposal.policy_used["travel"]["unit"])
    change = facts.change_of(school.pk)
    return SeenShown(
        school,
        facts,
        _total(facts, unit),
        [*_own(change), *_links(facts, schools), _travel(facts, proposal, unit)],
        _parts(facts),
        facts.clusters,
        _rows(facts, schools),
        [said(read(each.message) or "") for each in facts.broken],
        [said(read(each.message) or "") for each in facts.mended],
    )


def _total(facts: Consequences, unit: str) -> str:
    if abs(facts.cost) < LEAST:
        return _("Everything that the policy weighs together would stay the same.")
    return cost_sentence(facts.cost, unit)


def _own(change: SchoolChange | None) -> list[str]:
    if change is None or change.minutes_after is None:
        return [_("The school would be in no cluster.")]
    if change.minutes_before is None:
        minutes = number(change.minutes_after)
        return [_("Its own journey would take %(n)s minutes.") % {"n": minutes}]
    return [own_journey(change.minutes_before, change.minutes_after)]


def _links(facts: Consequences, schools: Mapping[int, School]) -> list[str]:
    cut = [_pair(pair, schools) for pair in facts.links_cut]
    kept = [_pair(pair, schools) for pair in facts.links_kept]
    lines = [_("Would be parted: %(schools)s.") % {"schools": each} for each in cut]
    return lines + [_("Would be together again: %(schools)s.") % {"schools": each} for each in kept]


def _pair(pair: tuple[int, int], schools: Mapping[int, School]) -> str:
    return " – ".join(str(schools[pk]) for pk in pair)


def _travel(facts: Consequences, proposal: Proposal, unit: str) -> str:
    weight = proposal.policy_used["weights"]["travel"]
    change = facts.after.parts["travel"] - facts.before.parts["travel"]
    return travel_sentence(change / weight if weight else 0.0, unit)


def _parts(facts: Consequences) -> list[tuple[str, float, float]]:
    """Terms of the total that change: name, before, after."""
    before, after = facts.before.parts, facts.after.parts
    return [
        (part_name(key), before[key], after[key])
        for key in before
        if abs(before[key] - after[key]) >= LEAST
    ]


def _rows(facts: Consequences, schools: Mapping[int, School]) -> list[SchoolRow]:
    """The moved school first, then those whose journey changes most."""
    rows = [
        SchoolRow(schools[each.school], each, _longer(each))
        for each in facts.schools
        if each.school in schools
    ]
    return sorted(rows, key=lambda row: (not row.change.is_moved, -abs(row.longer or 0)))


def _longer(change: SchoolChange) -> int | None:
    if change.minutes_before is None or change.minutes_after is None:
        return None
    return longer(change.minutes_before, change.minutes_after)


@dataclass(frozen=True)
class MoveShown:
    """A move that an officer made."""

    school: School
    before: str
    after: str
    because: str
    broke: list[str]
    along: School | None = None


def moves_shown(proposal: Proposal) -> list[MoveShown]:
    """The moves of a proposal made by hand, in the order in which they were made."""
    schools = School.objects.in_bulk([move["school"] for move in proposal.moves])
    return [
        _move(proposal, move, schools[move["school"]], schools.get(move.get("along") or 0))
        for move in proposal.moves
        if move["school"] in schools
    ]


def _move(
    proposal: Proposal, move: Mapping[str, Any], school: School, along: School | None
) -> MoveShown:
    return MoveShown(
        school,
        cluster_name(move.get("from")),
        cluster_name(move["to"]),
        move.get("because", ""),
        [rule_words(proposal, rule) or said(rule_name(rule)) for rule in move.get("broke", ())],
        along,
    )


def cluster_name(number_: int | None) -> str:
    """A cluster by its number, or none."""
    if number_ is None:
        return _("None")
    return _("Cluster %(number)s") % {"number": number_}


def asker_words(facts: Consequences, school_pk: int) -> str:
    """What a move asked for would mean for the school that asks."""
    change = facts.change_of(school_pk)
    lines = _own(change)
    if change is not None and (cluster := facts.cluster(change.after)) and cluster.after:
        size = number(cluster.after.n_schools)
        lines.append(_("Schools in its cluster then: %(n)s.") % {"n": size})
    return " ".join(lines)


def others_words(facts: Consequences, school_pk: int, unit: str) -> str:
    """What it would mean for the others: the clusters, rules, and everybody together."""
    lines = [line for change in facts.clusters for line in _cluster_words(change)]
    lines += [
        _("Against the policy: %(rule)s") % {"rule": said(read(each.message) or "")}
        for each in facts.broken
        if each.rule in TOLD_TO_SCHOOLS
    ]
    return " ".join([*lines, _total(facts, unit)])


def _cluster_words(change: ClusterChange) -> list[str]:
    if change.after is None:
        return [_("Cluster %(number)s would end.") % {"number": change.number}]
    facts: dict[str, Any] = {
        "number": change.number,
        "n": number(change.after.n_schools),
        "minutes": number(change.after.mean_minutes),
        "now": _mean(change.before),
    }
    text = ngettext(
        "Cluster %(number)s would have one school. Minutes on average: %(minutes)s, now %(now)s.",
        "Cluster %(number)s would have %(n)s schools. Minutes on average: %(minutes)s, "
        "now %(now)s.",
        change.after.n_schools,
    )
    return [text % facts]


def _mean(figures: Figures | None) -> str:
    return number(figures.mean_minutes if figures else None)
