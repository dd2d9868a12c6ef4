"""Who could be with whom at all: schools and groups of schools that the rules leave alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from clusterwork.formation.instance import School
from clusterwork.formation.model import PAIR_RULES, Model
from clusterwork.formation.names import listed, span
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.messages import N_, Message


def against(model: Model, rule: str, numbers: Sequence[int], message: Message) -> RuleAgainst:
    """An entry about the schools of these numbers."""
    return RuleAgainst(rule, tuple(model.schools[i].id for i in numbers), message)


def friends_of(model: Model) -> NDArray[np.bool_]:
    """(n, n) True where two schools might share a cluster, by pairs and by hubs."""
    n = model.n
    friends = model.bad[:n, :n] == 0
    if model.policy.limit_to == "hub" and model.policy.limit_minutes:
        near = model.may_hub[:n, :n].astype(np.float32)
        friends &= (near @ near.T) > 0
    return np.asarray(friends)


def keeping_apart(model: Model, i: int) -> list[str]:
    """The pair rules that forbid school i to be with somebody."""
    bits = int(np.bitwise_or.reduce(model.bad[i, : model.n]))
    rules = [name for bit, name in PAIR_RULES.items() if bits & bit]
    if model.policy.limit_to == "hub" and model.policy.limit_minutes:
        rules = [*rules, "travel_limit"]
    return list(dict.fromkeys(rules))


def lonely(model: Model) -> list[int]:
    """Schools with too few others that they may be with, even the largest set of these."""
    if model.may_leave_out:
        return []
    friends = friends_of(model)
    return [i for i in range(model.n) if not has_company(model, friends, i)]


def lonely_message(policy: Policy, low: int, schools: Sequence[School]) -> Message:
    """The sentence about lonely schools; clusters have at least `low`."""
    return Message(
        N_(
            "Too few schools can be in one cluster with each of these: a cluster has at least "
            "%(low)s. Travel limit in minutes: %(limit)s. Schools: %(schools)s. "
            "Raise the travel limit, allow smaller clusters, or take the schools out."
        ),
        {"low": low, "limit": f"{policy.limit_minutes:g}", "schools": listed(schools)},
    )


def has_company(model: Model, friends: NDArray[np.bool_], i: int) -> bool:
    """Whether some set of `low` schools with i in it is allowed pair by pair (search is cut
    short at 20,000 steps, then True)."""
    need = model.low - 1
    able = np.flatnonzero(friends[i] & (np.arange(model.n) != i))
    if len(able) < need:
        return False
    others: list[int] = able[np.argsort(model.worse[i, able], kind="stable")].tolist()
    steps = 0

    def extend(at: int, allowed: NDArray[np.bool_], size: int) -> bool:
        nonlocal steps
        if size >= need:
            return True
        for k in range(at, len(others)):
            steps += 1
            if steps > 20_000:
                return True
            if allowed[others[k]] and extend(k + 1, allowed & friends[others[k]], size + 1):
                return True
        return False

    return extend(0, friends[i], 0)


def islands(model: Model) -> Iterator[RuleAgainst]:
    """Groups of schools with no allowed pair between them, each to be divided by itself."""
    if model.may_leave_out:
        return
    n_islands, island = connected_components(csr_matrix(friends_of(model)), directed=False)
    sizes = np.bincount(island)
    least = [math.ceil(int(size) / model.high) for size in sizes]
    most = [int(size) // model.low for size in sizes]
    for number in range(n_islands):
        if least[number] > most[number]:
            members = [int(i) for i in np.flatnonzero(island == number)]
            message = Message(
                N_(
                    "These %(n)s schools can only be with each other, and cannot be divided into "
                    "clusters of this size: %(sizes)s. Schools: %(schools)s. "
                    "Raise the travel limit or change the sizes."
                ),
                {
                    "n": len(members),
                    "sizes": span(model.low, model.high),
                    "schools": listed([model.schools[i] for i in members]),
                },
            )
            for rule in dict.fromkeys(["size", *keeping_apart(model, members[0])]):
                yield against(model, rule, members, message)
            return
    if n_islands > 1 and (sum(least) > model.count_high or sum(most) < model.count_low):
        message = Message(
            N_(
                "The schools fall into %(n)s groups that may not be with each other, which "
                "need so many clusters in all: %(clusters)s. Change the number of clusters, the "
                "sizes or the rules that keep schools apart."
            ),
            {"n": n_islands, "clusters": span(sum(least), sum(most))},
        )
        everybody = list(range(model.n))
        apart = (rule for i in everybody for rule in keeping_apart(model, i))
        for rule in dict.fromkeys(["count", "size", *apart]):
            yield against(model, rule, everybody, message)


def without_reach(model: Model) -> Iterator[RuleAgainst]:
    """Schools with no contributing school within reach."""
    reach = friends_of(model)[:, model.strong[: model.n]].any(axis=1)
    lacking = [int(i) for i in np.flatnonzero(~reach)]
    if lacking:
        message = out_of_reach_message([model.schools[i] for i in lacking])
        for rule in dict.fromkeys(["contributing", *keeping_apart(model, lacking[0])]):
            yield against(model, rule, lacking, message)


def out_of_reach_message(schools: Sequence[School]) -> Message:
    """The sentence about schools with no contributing school within reach."""
    return Message(
        N_(
            "No contributing school can be in one cluster with these. Schools: %(schools)s. "
            "Raise the travel limit, mark a school nearby as contributing, or drop the rule."
        ),
        {"schools": listed(schools)},
    )
