"""One answer of the library in our words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterwork import formation
from clusterwork.clusters import outcomes, sentences
from clusterwork.clusters.level import Level
from clusterwork.clusters.selectors.formations import Tie


class Translator:
    """One answer of the library in our words; clusters are numbered from 1 in its order."""

    def __init__(
        self,
        ids: Mapping[str, int],
        found: formation.Proposal,
        ties: Sequence[Tie],
        level: Level | None = None,
    ) -> None:
        self.ids, self.found, self.level = ids, found, level
        named = reversed(ties)  # of several ties of a pair the first names it
        self.tie_names = {frozenset(pair): tie.name for tie in named for pair in tie.pairs}
        self.number = {cluster.label: at for at, cluster in enumerate(found.clusters, start=1)}

    def answer(self) -> outcomes.Answer:
        """Totals, clusters and places."""
        found = self.found
        placed = [self._place(reason) for reason in found.reasons.values()]
        left = [
            outcomes.Place(self.ids[each.school], None, _kept(each.message), rule=each.rule)
            for each in found.left_out
        ]
        return outcomes.Answer(
            self._outcome(), [self._cluster(each) for each in found.clusters], placed + left
        )

    def _outcome(self) -> outcomes.Outcome:
        found = self.found
        return outcomes.Outcome(
            sizes=list(found.sizes),
            n_left_out=len(found.left_out),
            objective=found.objective,
            bound=found.bound,
            gap_share=found.gap_share,
            proven=found.proven,
            parts=dict(found.parts),
            mean_minutes=found.mean_minutes,
            worst_minutes=found.worst_minutes,
            worst_pair_minutes=found.worst_pair_minutes,
            flow_kept_share=found.flow_kept_share,
            need_points=list(found.need_points) if found.need_points else None,
            n_moved=None if found.moved is None else len(found.moved),
            n_links_cut=len(found.links_cut),
            rules=[self._rule(rule) for rule in found.rules],
            seconds=found.seconds,
            level=self.level,
        )

    def _rule(self, rule: formation.RuleState) -> outcomes.RuleFacts:
        schools = [self.ids[each] for each in rule.schools]
        message = _kept(rule.message)
        return outcomes.RuleFacts(rule.rule, rule.binds, rule.saves, schools, message)

    def _cluster(self, cluster: formation.Cluster) -> outcomes.ClusterFacts:
        number = self.number[cluster.label]
        return outcomes.ClusterFacts(
            number=number,
            name="" if cluster.label.isdecimal() else cluster.label,
            hub=self.ids[cluster.hub],
            members=[self.ids[each] for each in cluster.members],
            travel=cluster.travel,
            mean_minutes=cluster.mean_minutes,
            worst_minutes=cluster.worst_minutes,
            worst_pair_minutes=cluster.worst_pair_minutes,
            fsm_share=cluster.fsm_share,
            flow_kept_share=cluster.flow_kept_share,
        )

    def _partners(self, school: int, found: Sequence[formation.Partner]) -> list[outcomes.Partner]:
        partners = ((self.ids[each.id], each.name) for each in found)
        return [
            outcomes.Partner(pk, name, self.tie_names.get(frozenset((school, pk)), ""))
            for pk, name in partners
        ]

    def _place(self, reason: formation.Reason) -> outcomes.Place:
        best, school = reason.next_best, self.ids[reason.school]
        return outcomes.Place(
            school=school,
            cluster=self.number[reason.cluster],
            minutes=reason.minutes,
            size=reason.size,
            pupils_kept=reason.pupils_kept,
            links_kept=self._partners(school, reason.links_kept),
            links_cut=self._partners(school, reason.links_cut),
            held_by=list(reason.held_by),
            moved=reason.moved,
            next_best=self._alternative(school, best) if best else None,
        )

    def _alternative(self, school: int, found: formation.Alternative) -> outcomes.Alternative:
        return outcomes.Alternative(
            cluster=self.number[found.cluster],
            cost=found.cost,
            minutes=found.minutes,
            travel=found.travel,
            size_left=found.size_left,
            size_joined=found.size_joined,
            flow=found.flow,
            links_cut=self._partners(school, found.links_cut),
            swap_with=self.ids[found.swap_with] if found.swap_with else None,
            allowed=found.allowed,
            against=[_kept(rule.message) for rule in found.against],
        )


def _kept(message: Any) -> dict[str, Any]:
    return sentences.written(message) or {}
