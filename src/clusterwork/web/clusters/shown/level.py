"""A whole proposal in a few figures: who travels furthest, need, and the clusters of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.level import Broken, Level, Today, WorstOff
from clusterwork.clusters.models import Proposal
from clusterwork.clusters.outcomes import Outcome, outcome_from
from clusterwork.clusters.sentences import read
from clusterwork.web.clusters.shown.proposals import first_sentence
from clusterwork.web.clusters.shown.rules import rule_words
from clusterwork.web.clusters.shown.side_by_side import Row, common, figure
from clusterwork.web.formats import number, percent, said


@dataclass(frozen=True)
class LevelShown:
    """`today` has a row for each figure of today's clusters and of the proposal; `need` the mean
    and the worst of each kind of need; empty where nothing is known."""

    first: str
    furthest: str
    need: list[Row]
    today: list[Row]
    notes: list[str]
    broken: list[str]


def level_shown(proposal: Proposal) -> LevelShown | None:
    """Everything, for officers; None of a proposal made before there were such figures."""
    facts = outcome_from(proposal.outcome)
    level = facts.level
    if level is None or level.worst_off is None:
        return None
    return LevelShown(
        first_sentence(facts),
        _furthest(level.worst_off, proposal.policy_used),
        _need(level),
        _against(level.today, facts, level) if level.today else [],
        _notes(level.today, facts) if level.today else [],
        [_broken(proposal, each) for each in level.today.broken] if level.today else [],
    )


def level_for_schools(proposal: Proposal) -> LevelShown | None:
    """The same as schools see it: journeys only, nothing of need, partnerships or the price."""
    shown, facts = level_shown(proposal), outcome_from(proposal.outcome)
    if shown is None or facts.level is None or facts.level.today is None:
        return shown and replace(shown, need=[])
    rows = _journeys(facts.level.today, facts, facts.level)
    return replace(shown, need=[], today=rows, broken=[])


def _furthest(found: WorstOff, used: Mapping[str, Mapping[str, Any]]) -> str:
    text = ngettext(
        "The tenth of schools with the longest journeys is one school: %(longest)s minutes.",
        "The tenth of schools with the longest journeys are %(n)s schools: %(mean)s minutes on "
        "average, %(longest)s at most.",
        len(found.schools),
    )
    sentence = text % {
        "n": number(len(found.schools)),
        "mean": number(found.mean_minutes),
        "longest": number(found.longest_minutes),
    }
    if used["travel"]["measure"] == "hub" or used["require"]["pyramid"]:
        return sentence
    mean = _("The minutes of a school are here the mean of its journeys to the others.")
    return f"{sentence} {mean}"


def _need(level: Level) -> list[Row]:
    """How far clusters are from all schools: the mean over schools, and the furthest cluster."""
    kinds = (
        (_("Free school meals, percentage points"), level.need_points),
        (_("Pupils of a school, percent"), level.pupils_percent),
        (_("Support category, steps"), level.support_steps),
    )
    return [
        Row(name, number(spread[0], 1), number(spread[1], 1)) for name, spread in kinds if spread
    ]


def _journeys(today: Today, facts: Outcome, level: Level) -> list[Row]:
    here = replace(facts, n_left_out=today.n_schools - facts.n_schools)
    rows = common(today, here)
    if today.worst_off and level.worst_off:
        name = _("Minutes on average of the tenth with the longest journeys")
        rows.append(figure(name, today.worst_off.mean_minutes, level.worst_off.mean_minutes))
    return rows


def _against(today: Today, facts: Outcome, level: Level) -> list[Row]:
    rows = _journeys(today, facts, level)
    if facts.flow_kept_share is not None:
        kept = (percent(today.flow_kept_share), percent(facts.flow_kept_share))
        rows.append(Row(_("Pupils who move on inside their cluster"), *kept))
    if today.need_points and level.need_points:
        name = _("Free school meals, points between a cluster and all schools")
        rows.append(figure(name, today.need_points[0], level.need_points[0]))
    rows.append(
        Row(_("Partnerships cut"), number(today.n_links_cut), number(facts.n_links_cut)),
    )
    if today.objective is not None:
        rows.append(figure(_("Total"), today.objective, facts.objective))
    return rows


def _notes(today: Today, facts: Outcome) -> list[str]:
    notes = []
    if facts.n_moved is not None:
        text = ngettext(
            "One school would leave its cluster of today.",
            "%(n)s schools would leave their cluster of today.",
            facts.n_moved,
        )
        notes.append(text % {"n": number(facts.n_moved)})
    if today.objective is None:
        notes.append(
            _("Not the same schools are in a cluster today, so minutes compare only roughly.")
        )
    return notes


def _broken(proposal: Proposal, broken: Broken) -> str:
    """A rule that today's clusters break, and how many do."""
    name = rule_words(proposal, broken.rule) or said(read(broken.name) or "")
    text = ngettext("%(rule)s. One cluster.", "%(rule)s. %(n)s clusters.", broken.n_clusters)
    return text % {"rule": name, "n": number(broken.n_clusters)}
