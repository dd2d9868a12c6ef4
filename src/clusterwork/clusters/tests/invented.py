"""A proposal of many schools without the work of solving: clusters of six in the order of ids."""

from __future__ import annotations

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.outcomes import (
    Alternative,
    Answer,
    ClusterFacts,
    Outcome,
    Partner,
    Place,
    RuleFacts,
)
from clusterwork.clusters.selectors.placeable import placeable_schools
from clusterwork.clusters.services.running import begin, finish
from clusterwork.clusters.tests.made import TODAY, County

SENTENCE = {"template": "Rule: size of a cluster.", "params": {}}


def proposal_made(county: County, *, shift: int = 0) -> Proposal:
    """A proposal that is done; `shift` moves every cluster's border by so many schools."""
    proposal = county.ask()
    begin(proposal.pk)
    chosen = placeable_schools(county.formation, TODAY)
    ids = [school.pk for school in chosen.schools]
    turned = ids[shift:] + ids[:shift]
    groups = [turned[at : at + 6] for at in range(0, len(turned), 6)]
    finish(proposal.pk, answer_of(groups), chosen)
    proposal.refresh_from_db()
    return proposal


def answer_of(groups: list[list[int]]) -> Answer:
    sizes = [len(group) for group in groups]
    outcome = Outcome(
        sizes=sizes,
        n_left_out=0,
        objective=100.0,
        bound=99.4,
        gap_share=0.006,
        proven=False,
        parts={"travel": 90.0, "links": 10.0, "worst": 0.0},
        mean_minutes=14.2,
        worst_minutes=38.4,
        worst_pair_minutes=38.4,
        flow_kept_share=0.5,
        need_points=None,
        n_moved=None,
        n_links_cut=1,
        rules=[RuleFacts("size", True, 2.5, groups[0][:2], SENTENCE)],
        seconds=3.2,
    )
    clusters = [cluster_of(at, group) for at, group in enumerate(groups, start=1)]
    places = [
        place_of(school, at, group, len(groups))
        for at, group in enumerate(groups, start=1)
        for school in group
    ]
    return Answer(outcome, clusters, places)


def cluster_of(number: int, group: list[int]) -> ClusterFacts:
    return ClusterFacts(
        number=number,
        name="",
        hub=group[0],
        members=group,
        travel=20.0,
        mean_minutes=14.2,
        worst_minutes=38.4,
        worst_pair_minutes=38.4,
        fsm_share=0.2,
        flow_kept_share=None,
    )


def place_of(school: int, number: int, group: list[int], n_clusters: int) -> Place:
    cut = [Partner(group[-1], "Elm School", "Oaks")]
    best = Alternative(
        cluster=number % n_clusters + 1,
        cost=4.0,
        minutes=3.0,
        travel=3.0,
        size_left=5,
        size_joined=7,
        flow=-2.0,
        links_cut=cut,
        swap_with=None,
        allowed=True,
        against=[],
    )
    return Place(school=school, cluster=number, minutes=12.0, size=6, links_cut=cut, next_best=best)
