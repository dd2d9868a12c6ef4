"""Quick proofs that no plan can keep the rules; finding nothing here proves nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from clusterwork.formation.model import PAIR_RULES, Model
from clusterwork.formation.names import listed, span
from clusterwork.formation.proposal import RuleAgainst
from clusterwork.kernel.messages import N_, Message


def impossible(model: Model) -> list[RuleAgainst]:
    """The first kind of contradiction found, each with its rules and schools; empty if none.

    Each entry holds one rule of a set that cannot be kept together.
    """
    if model.n == 0:
        return []
    for check in (_locks, _numbers, _lonely, _islands, _without_contributor):
        found = list(check(model))
        if found:
            return found
    return []


def plainly_impossible(model: Model) -> list[RuleAgainst]:
    """A contradiction that is about no school in particular; empty if there is none."""
    if not model.instance.schools:
        return []
    return [*_without_anchor(model)] or [*_too_few_contributors(model)]


def _without_anchor(model: Model) -> Iterator[RuleAgainst]:
    if model.policy.pyramid and not model.anchor.any():
        message = Message(
            N_(
                "There is no secondary or all-through school in the list that a pyramid could "
                "stand on. Add one, or form clusters that are not pyramids."
            )
        )
        yield RuleAgainst("pyramid", (), message)


def _too_few_contributors(model: Model) -> Iterator[RuleAgainst]:
    """Fewer contributing schools than the fewest clusters; one at least, if any may be left out."""
    policy, n_strong = model.policy, int(model.strong[: model.n].sum())
    wanted = policy.count[0] if policy.count else 1
    by_size = 1 if model.may_leave_out else math.ceil(model.n / model.high)
    least = max(wanted, by_size)
    if not policy.contributing or n_strong >= least:
        return
    message = Message(
        N_(
            "Schools marked as able to contribute: %(n)s. Clusters need at least: %(least)s. "
            "Mark more schools, or drop the rule."
        ),
        {"n": n_strong, "least": least},
    )
    yield RuleAgainst("contributing", (), message)
    if n_strong:
        rule = "count" if wanted > n_strong else _size_rule(model)
        yield RuleAgainst(rule, (), message)


def _size_rule(model: Model) -> str:
    return "pyramid_size" if model.policy.pyramid else "size"


def _against(model: Model, rule: str, numbers: list[int], message: Message) -> RuleAgainst:
    return RuleAgainst(rule, tuple(model.schools[i].id for i in numbers), message)


def _named(model: Model, numbers: list[int]) -> str:
    return listed([model.schools[i] for i in numbers])


def _locks(model: Model) -> Iterator[RuleAgainst]:
    """Units that are too large, or that hold two schools which may not be together."""
    for unit in model.units:
        members = list(unit)
        if len(members) > model.high:
            message = Message(
                N_(
                    "%(n)s schools must be together, but a cluster has at most %(most)s. "
                    "Schools: %(schools)s. Allow larger clusters, or take out a lock."
                ),
                {"n": len(members), "most": model.high, "schools": _named(model, members)},
            )
            for rule in (_size_rule(model), _binder(model, members)):
                yield _against(model, rule, members, message)
            return
        inside = model.bad[np.ix_(members, members)]
        for a, b in np.argwhere(np.triu(inside, 1)):
            yield from _contradiction(model, members, int(members[a]), int(members[b]))
            return


def _binder(model: Model, members: list[int]) -> str:
    fixed = (model.fixed[members] >= 0) | (model.forced_hub[members] >= 0)
    return "fixed" if fixed.all() else "together"


def _contradiction(model: Model, members: list[int], a: int, b: int) -> Iterator[RuleAgainst]:
    bits = int(model.bad[a, b])
    rule = next(name for bit, name in PAIR_RULES.items() if bits & bit)
    message = Message(
        N_(
            "Two schools are locked together that may not be in one cluster. "
            "Schools: %(schools)s. Minutes between them: %(minutes)s. "
            "Take out one of the locks, or relax the rule that keeps them apart."
        ),
        {"schools": _named(model, [a, b]), "minutes": f"{model.worse[a, b]:.0f}"},
    )
    for name in dict.fromkeys((_binder(model, members), rule)):
        yield _against(model, name, [a, b], message)


def _numbers(model: Model) -> Iterator[RuleAgainst]:
    """The number of schools against the number of clusters times their sizes."""
    if model.count_low <= model.count_high:
        return
    everybody = list(range(model.n))
    if model.policy.pyramid:
        yield from _too_few_anchors(model, everybody)
        return
    wanted = model.policy.count
    if wanted is None:
        message = Message(
            N_(
                "%(n)s schools cannot be divided into clusters of this size: %(sizes)s. "
                "Allow smaller or larger clusters."
            ),
            {"n": model.n, "sizes": span(model.low, model.high)},
        )
        yield _against(model, "size", everybody, message)
        return
    message = Message(
        N_(
            "%(n)s schools cannot be divided into %(clusters)s clusters of %(sizes)s schools: "
            "that has room for %(room)s. "
            "Change the number of clusters or the sizes."
        ),
        {
            "n": model.n,
            "clusters": span(*wanted),
            "sizes": span(model.low, model.high),
            "room": span(wanted[0] * model.low, wanted[1] * model.high),
        },
    )
    for rule in ("count", "size"):
        yield _against(model, rule, everybody, message)


def _too_few_anchors(model: Model, everybody: list[int]) -> Iterator[RuleAgainst]:
    message = Message(
        N_(
            "%(wanted)s pyramids are wanted, but there are %(n)s schools to build one around. "
            "Ask for fewer, or leave the number open."
        ),
        {"wanted": model.count_low, "n": int(model.anchor.sum())},
    )
    for rule in ("count", "pyramid"):
        yield _against(model, rule, everybody, message)


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


def _lonely(model: Model) -> Iterator[RuleAgainst]:
    """Schools with too few others that they may be with, even the largest set of these."""
    if model.may_leave_out:
        return
    friends = friends_of(model)
    lonely = [i for i in range(model.n) if not has_company(model, friends, i)]
    if not lonely:
        return
    limit = f"{model.policy.limit_minutes:g}"
    message = Message(
        N_(
            "Too few schools can be in one cluster with each of these: a cluster has at least "
            "%(low)s. Travel limit in minutes: %(limit)s. Schools: %(schools)s. "
            "Raise the travel limit, allow smaller clusters, or take the schools out."
        ),
        {"low": model.low, "limit": limit, "schools": _named(model, lonely)},
    )
    rules = dict.fromkeys(["size", *(r for i in lonely for r in keeping_apart(model, i))])
    for rule in rules:
        yield _against(model, rule, lonely, message)


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


def _islands(model: Model) -> Iterator[RuleAgainst]:
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
                    "schools": _named(model, members),
                },
            )
            for rule in dict.fromkeys(["size", *keeping_apart(model, members[0])]):
                yield _against(model, rule, members, message)
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
            yield _against(model, rule, everybody, message)


def _without_contributor(model: Model) -> Iterator[RuleAgainst]:
    """Too few contributing schools, or schools with none within reach."""
    if not model.policy.contributing or model.may_leave_out:
        return
    strong = model.strong[: model.n]
    few = list(_too_few_contributors(model))
    if few:
        yield from few
        return
    reach = friends_of(model)[:, strong].any(axis=1)
    lacking = [int(i) for i in np.flatnonzero(~reach)]
    if lacking:
        message = Message(
            N_(
                "No contributing school can be in one cluster with these. Schools: %(schools)s. "
                "Raise the travel limit, mark a school nearby as contributing, or drop the rule."
            ),
            {"schools": _named(model, lacking)},
        )
        for rule in dict.fromkeys(["contributing", *keeping_apart(model, lacking[0])]):
            yield _against(model, rule, lacking, message)
