"""The figures of a plan: travel, minutes, flows, need and each part of the objective."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from clusterwork.formation.model import Ints, Model
from clusterwork.formation.pricing import (
    Floats,
    contributors,
    need_points,
    price,
    pupils_percent,
    rows_of,
    support_steps,
)
from clusterwork.formation.proposal import Cluster

Members = Sequence[int]
Away = Callable[[Model, Ints], Floats]


def _by_hub(model: Model) -> bool:
    return model.policy.measure == "hub" or model.policy.pyramid


def hub_of(model: Model, members: Members) -> int:
    """The hub's school number."""
    return int(price(model, rows_of(model, [members])).hub[0])


def travel_of(model: Model, members: Members, hub: int) -> float:
    """Total travel by the policy's measure, in its unit, not weighted."""
    inside = model.travel[np.ix_(members, members)]
    if _by_hub(model):
        return float(model.travel[list(members), hub].sum())
    return float(inside.sum()) / max(1, len(members) - 1)


def journeys(model: Model, members: Members, hub: int) -> list[float]:
    """Each member's minutes by the measure: to the hub, or mean to the others."""
    if _by_hub(model):
        return [float(model.minutes[i, hub]) for i in members]
    others = max(1, len(members) - 1)
    return [float(model.minutes[i, list(members)].sum()) / others for i in members]


def worst_of(model: Model, members: Members, hub: int) -> tuple[float, float]:
    """(longest journey by the measure, longest between two members the worse way), minutes."""
    pair = float(model.worse[np.ix_(members, members)].max(initial=0.0))
    if not _by_hub(model):
        return float(model.minutes[np.ix_(members, members)].max(initial=0.0)), pair
    return float(model.minutes[list(members), hub].max(initial=0.0)), pair


def flow_inside(model: Model, members: Members) -> float:
    """Pupils a year who move on inside the cluster."""
    if model.flow is None:
        return 0.0
    return float(model.flow[np.ix_(members, members)].sum()) / 2.0


def fsm_of(model: Model, members: Members) -> float | None:
    """Share of free school meals by pupils, where known."""
    fsm = model.fsm[list(members)]
    pupils = np.where(np.isnan(fsm), 0.0, model.pupils[list(members)])
    total = float(pupils.sum())
    return float((pupils * np.nan_to_num(fsm)).sum()) / total if total > 0 else None


def mean_of(values: Floats, members: Members) -> float | None:
    """The mean of the members' values that are known."""
    here = values[list(members)]
    known = here[~np.isnan(here)]
    return float(known.mean()) if len(known) else None


def cluster_of(model: Model, label: str, members: Members) -> Cluster:
    """One cluster with its figures."""
    hub = hub_of(model, members)
    worst, pair = worst_of(model, members, hub)
    there = contributors(model, rows_of(model, [members]))[0]
    strong = next((i for i, able in zip(members, there, strict=False) if able), None)
    flow = None
    if model.flow is not None:
        total = float(model.flow[list(members), :].sum()) - flow_inside(model, members)
        flow = flow_inside(model, members) / total if total > 0 else None
    return Cluster(
        label=label,
        members=tuple(model.schools[i].id for i in members),
        hub=model.schools[hub].id,
        travel=travel_of(model, members, hub),
        mean_minutes=sum(journeys(model, members, hub)) / len(members),
        worst_minutes=worst,
        worst_pair_minutes=pair,
        fsm_share=fsm_of(model, members),
        flow_kept_share=flow,
        contributing=None if strong is None else model.schools[strong].id,
        mean_pupils=mean_of(model.roll, members),
        mean_support=mean_of(model.support, members),
    )


@dataclass(frozen=True)
class Totals:
    """Parts of the objective, and figures over all clusters."""

    parts: dict[str, float]
    travel: float
    flow_kept_share: float | None
    need_points: tuple[float, float] | None
    pupils_percent: tuple[float, float] | None
    support_steps: tuple[float, float] | None


@dataclass(frozen=True)
class _Spread:
    """How far clusters lie from everybody: total over schools, mean of schools, worst."""

    total: float
    shown: tuple[float, float] | None


def _spread(model: Model, clusters: Sequence[Members], away: Away, everybody: float) -> _Spread:
    points = [float(away(model, rows_of(model, [members]))[0]) for members in clusters]
    sizes = [len(members) for members in clusters]
    total = math.fsum(point * size for point, size in zip(points, sizes, strict=True))
    if not points or math.isnan(everybody):
        return _Spread(total, None)
    return _Spread(total, (total / sum(sizes), max(points)))


def totals_of(model: Model, clusters: Sequence[Members], n_moved: int) -> Totals:
    """All parts, whose sum is the objective."""
    weights = model.policy.weights
    hubs = [hub_of(model, members) for members in clusters]
    travel = math.fsum(
        travel_of(model, members, hub) for members, hub in zip(clusters, hubs, strict=True)
    )
    worst = math.fsum(
        _worst_in_unit(model, members, hub) for members, hub in zip(clusters, hubs, strict=True)
    )
    need = _spread(model, clusters, need_points, model.fsm_all)
    pupils = _spread(model, clusters, pupils_percent, model.roll_all)
    support = _spread(model, clusters, support_steps, model.support_all)
    kept = math.fsum(flow_inside(model, members) for members in clusters)
    flows = 0.0 if model.flow is None else float(model.flow.sum()) / 2.0
    links = 0.0 if model.link is None else float(model.link.sum()) / 2.0
    linked = math.fsum(
        0.0 if model.link is None else float(model.link[np.ix_(m, m)].sum()) / 2.0 for m in clusters
    )
    sizes = [len(members) for members in clusters]
    parts = {
        "travel": weights.travel * travel,
        "worst": weights.worst * worst,
        "flow": weights.flow * (flows - kept),
        "need": weights.need * need.total,
        "need_pupils": weights.need_pupils * pupils.total,
        "need_support": weights.need_support * support.total,
        "change": weights.change * n_moved,
        "links": weights.links * (links - linked),
        "outside_best": math.fsum(model.size_price(size) for size in sizes),
    }
    share = kept / flows if flows > 0 else None
    return Totals(parts, travel, share, need.shown, pupils.shown, support.shown)


def _worst_in_unit(model: Model, members: Members, hub: int) -> float:
    if _by_hub(model):
        return float(model.travel[list(members), hub].max(initial=0.0))
    return float(model.travel[np.ix_(members, members)].max(initial=0.0))


def links_cut(model: Model, clusters: Sequence[Members]) -> list[tuple[str, str, float]]:
    """Partnerships whose two schools are not in one cluster, heaviest first."""
    if model.link is None:
        return []
    at = np.full(model.n, -1)
    for number, members in enumerate(clusters):
        at[list(members)] = number
    cut = [
        (model.schools[i].id, model.schools[j].id, float(model.link[i, j]))
        for i, j in np.argwhere(np.triu(model.link[: model.n, : model.n]) > 0)
        if at[i] != at[j] or at[i] < 0
    ]
    return sorted(cut, key=lambda link: (-link[2], link[0], link[1]))
