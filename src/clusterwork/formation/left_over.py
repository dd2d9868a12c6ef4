"""Why a school is left over where no pyramid is formed, in words; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from clusterwork.formation.company import friends_of, has_company, keeping_apart
from clusterwork.formation.inside import closed
from clusterwork.formation.model import LIMIT, Flags, Model
from clusterwork.formation.names import listed, rule_names, span
from clusterwork.formation.proposal import LeftOut
from clusterwork.formation.wording import joined
from clusterwork.kernel.messages import N_, Message

TOO_FAR = N_(
    "Left out: %(school)s. Too few others that may be with it and with each other are within the "
    "travel limit. A cluster has at least: %(least)s. Schools within the limit: %(near)s."
)
KEPT_APART = N_(
    "Left out: %(school)s. Too few others may be with it and with each other. A cluster has at "
    "least: %(least)s. It is kept apart by: %(rules)s."
)
NOBODY_CONTRIBUTES = N_(
    "Left out: %(school)s. No contributing school can be in one cluster with it."
)
NO_ROOM = N_(
    "Left out: %(school)s. No plan was found that has room for it without leaving out as many "
    "others. Schools in a cluster: %(sizes)s."
)
HELD = N_("A lock holds it together with schools that are left out too: %(schools)s.")
FIXED = N_("It is fixed by a lock that is not kept. Place: %(place)s.")


def left_over(model: Model, numbers: Sequence[int]) -> list[LeftOut]:
    """One entry for each of these school numbers, with what a lock wanted of it."""
    if not numbers:
        return []
    shut = closed(model)
    friends = friends_of(shut)
    return [_entry(shut, friends, i) for i in numbers]


def _entry(model: Model, friends: Flags, i: int) -> LeftOut:
    rule, text = _why(model, friends, i)
    near = int((model.worse[i, : model.n] <= model.policy.limit_minutes).sum()) - 1
    facts = {
        "school": listed([model.schools[i]]),
        "least": model.low,
        "near": near,
        "rules": rule_names(keeping_apart(model, i) or ["size"]),
        "sizes": span(model.low, model.high),
    }
    return LeftOut(model.schools[i].id, rule, joined([Message(text, facts), *_locks(model, i)]))


def _why(model: Model, friends: Flags, i: int) -> tuple[str, str]:
    if not has_company(model, friends, i):
        return _lonely(model, i)
    strong = model.strong[: model.n]
    if model.policy.contributing and not (friends[i] & strong).any():
        return "contributing", NOBODY_CONTRIBUTES
    return "size", NO_ROOM


def _lonely(model: Model, i: int) -> tuple[str, str]:
    """The travel limit where it alone is enough, else the first other rule that keeps it apart."""
    near = replace(model, bad=model.bad & np.uint8(LIMIT))
    if model.policy.limit_minutes and not has_company(near, friends_of(near), i):
        return "travel_limit", TOO_FAR
    others = [rule for rule in keeping_apart(model, i) if rule != "travel_limit"]
    return next(iter(others), "size"), KEPT_APART


def _locks(model: Model, i: int) -> list[Message]:
    said = []
    unit = [j for j in model.units[model.group[i]] if j != i]
    if unit:
        said.append(Message(HELD, {"schools": listed([model.schools[j] for j in unit])}))
    place = model.instance.locks.fixed.get(model.schools[i].id)
    if place is not None:
        said.append(Message(FIXED, {"place": place}))
    return said
