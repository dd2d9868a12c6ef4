"""Two proposals of one exercise side by side: totals, terms, rules, and the schools that move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.outcomes import Outcome, outcome_from
from clusterwork.clusters.rules.comparing import Mover, matched, movers
from clusterwork.clusters.selectors.proposals import assignment_of, clusters_of
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.bounds import gap_shown
from clusterwork.web.clusters.shown.policies import differences
from clusterwork.web.clusters.shown.side_by_side import Row, common, figure
from clusterwork.web.clusters.shown.terms import part_name
from clusterwork.web.formats import number, percent


@dataclass(frozen=True)
class MoverShown:
    """A school that moves, with its clusters (hub and number) and its minutes in both."""

    school: School
    first: str
    second: str
    first_minutes: float | None
    second_minutes: float | None


@dataclass(frozen=True)
class Comparison:
    """Everything that the page shows."""

    first: Proposal
    second: Proposal
    totals: list[Row]
    terms: list[Row]
    rules: list[Row]
    same_clusters: list[tuple[int, int, int]]
    movers: list[MoverShown]
    n_schools: int
    same_price: bool


def compared(request: HttpRequest, proposals: list[Proposal]) -> Comparison | None:
    """The two that the address names, else the last two; None where there are fewer than two."""
    if len(proposals) < 2:
        return None
    by_number = {str(proposal.number): proposal for proposal in proposals}
    first = by_number.get(request.GET.get("first", ""), proposals[1])
    second = by_number.get(request.GET.get("second", ""), proposals[0])
    one, two = outcome_from(first.outcome), outcome_from(second.outcome)
    before, after = assignment_of(first), assignment_of(second)
    rules = _rules(first, second)
    return Comparison(
        first,
        second,
        _totals(one, two, same_price=not rules),
        _terms(one, two),
        rules,
        _same(before, after),
        _movers(first, second, movers(before, after)),
        len({**before, **after}),
        not rules,
    )


def _totals(one: Outcome, two: Outcome, *, same_price: bool) -> list[Row]:
    total = figure(_("Total"), one.objective, two.objective)
    rows = [
        *common(one, two),
        Row(_("Partnerships cut"), number(one.n_links_cut), number(two.n_links_cut)),
        total if same_price else replace(total, change=""),
        Row(_("Could be better by at most"), gap_shown(one), gap_shown(two)),
    ]
    if one.flow_kept_share is not None:
        kept = (percent(one.flow_kept_share), percent(two.flow_kept_share))
        rows.insert(-3, Row(_("Pupils who move on inside their cluster"), *kept))
    return rows


def _terms(one: Outcome, two: Outcome) -> list[Row]:
    """What each term of the total costs in either."""
    keys = dict.fromkeys([*one.parts, *two.parts])
    return [
        figure(part_name(key), one.parts.get(key, 0.0), two.parts.get(key, 0.0))
        for key in keys
        if one.parts.get(key) or two.parts.get(key)
    ]


def _rules(first: Proposal, second: Proposal) -> list[Row]:
    """The rules that differ, in words."""
    differing = differences(first.policy_used, second.policy_used)
    return [Row(each.name, each.first, each.second) for each in differing]


def _same(
    before: dict[int, int | None], after: dict[int, int | None]
) -> list[tuple[int, int, int]]:
    """(cluster of the first, of the second, schools that both have), by the first's number."""
    match = matched(before, after)
    shared = dict.fromkeys(match, 0)
    for school, two in after.items():
        if two is not None and match.get(two) == before.get(school, -1):
            shared[two] += 1
    return sorted((one, two, shared[two]) for two, one in match.items())


def _movers(first: Proposal, second: Proposal, found: list[Mover]) -> list[MoverShown]:
    ids = [mover.school for mover in found]
    schools = School.objects.in_bulk(ids)
    minutes: list[dict[int, Any]] = [
        dict(proposal.places.filter(school__in=ids).values_list("school_id", "minutes"))
        for proposal in (first, second)
    ]
    hubs: list[dict[int | None, str]] = [
        {each.number: f"{each.hub} ({each.number})" for each in clusters_of(proposal)}
        for proposal in (first, second)
    ]
    shown = [
        MoverShown(
            schools[mover.school],
            hubs[0].get(mover.first, _("None")),
            hubs[1].get(mover.second, _("None")),
            minutes[0].get(mover.school),
            minutes[1].get(mover.school),
        )
        for mover in found
    ]
    return sorted(shown, key=lambda mover: mover.school.sort_key)
