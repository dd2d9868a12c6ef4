"""Policies from and to the mapping of a POLICY.toml; every wrong key or value is explained."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from clusterwork.formation.policy import Policy, Weights
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class BadPolicy(Problem):
    """A policy that cannot be read. `key` is e.g. `clusters.size`, `value` what stood there."""

    def __init__(self, key: str, value: object, why: Message, next_step: Message) -> None:
        self.key, self.value = key, value
        what = Message(
            N_("The policy cannot be used. Key: %(key)s. Value: %(value)s."),
            {"key": key, "value": _shown(value)},
        )
        super().__init__(what, why=why, next_step=next_step)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


Reader = Callable[[str, object], object]


def _number(low: float, *, above: bool = False) -> Reader:
    def read(key: str, value: object) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(float(value)):  # type: ignore[arg-type]
            raise BadPolicy(
                key,
                value,
                Message(N_("It has to be a number.")),
                Message(N_("Write a number, for example 1.5.")),
            )
        number = float(value)  # type: ignore[arg-type]
        if number < low or (above and number == low):
            why = N_("It has to be above %(low)s.") if above else N_("It cannot be below %(low)s.")
            raise BadPolicy(
                key,
                value,
                Message(why, {"low": f"{low:g}"}),
                Message(N_("Write a larger number, or leave the key out to use the default.")),
            )
        return number

    return read


def _yes_or_no(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise BadPolicy(
        key,
        value,
        Message(N_("It has to be true or false.")),
        Message(N_("Write true or false, without quotation marks.")),
    )


def _one_of(*choices: str) -> Reader:
    def read(key: str, value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise BadPolicy(
            key,
            value,
            Message(N_("It is not one of the choices.")),
            Message(N_("Write one of: %(choices)s."), {"choices": ", ".join(choices)}),
        )

    return read


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _range(key: str, value: object) -> tuple[int, int]:
    """Two whole numbers of 1 or more, smallest first."""
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(_whole(end) and end >= 1 for end in value)
        and value[0] <= value[1]
    ):
        return int(value[0]), int(value[1])
    raise BadPolicy(
        key,
        value,
        Message(N_("It has to be two whole numbers of 1 or more, the smaller one first.")),
        Message(N_("Write a range, for example [5, 9].")),
    )


def _count(key: str, value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    if _whole(value) and value >= 1:  # type: ignore[operator]
        return int(value), int(value)  # type: ignore[call-overload]
    if isinstance(value, list | tuple):
        return _range(key, value)
    raise BadPolicy(
        key,
        value,
        Message(N_("It has to be one whole number, or a range of two.")),
        Message(N_("Write, for example, 50 or [45, 55], or leave it out for as many as are best.")),
    )


READERS: dict[str, dict[str, Reader]] = {
    "clusters": {
        "count": _count,
        "size": _range,
        "best_size": _range,
        "outside_best": _number(0),
        "may_leave_over": _yes_or_no,
    },
    "travel": {
        "measure": _one_of("hub", "peers"),
        "unit": _one_of("km", "minutes"),
        "circuity": _number(0, above=True),
        "speed_kmh": _number(0, above=True),
        "limit_minutes": _number(0),
        "limit_to": _one_of("pairs", "hub"),
    },
    "weights": {name: _number(0) for name in asdict(Weights())},
    "require": {
        "contributing": _yes_or_no,
        "contributing_fsm": _number(0),
        "pyramid": _yes_or_no,
        "pyramid_size": _range,
        "same_authority": _yes_or_no,
        "same_medium": _yes_or_no,
    },
}


def _unknown(key: str, value: object, known: list[str]) -> BadPolicy:
    near = difflib.get_close_matches(key.rpartition(".")[2], known, n=1)
    next_step = (
        Message(N_("Did you mean: %(near)s?"), {"near": near[0]})
        if near
        else Message(N_("Use one of: %(known)s."), {"known": ", ".join(known)})
    )
    return BadPolicy(key, value, Message(N_("No rule has this name.")), next_step)


def _section(name: str, given: object) -> dict[str, Any]:
    if name not in READERS:
        raise _unknown(name, given, list(READERS))
    if not isinstance(given, Mapping):
        raise BadPolicy(
            name,
            given,
            Message(N_("It has to be a section with keys of its own.")),
            Message(N_("Write [%(name)s] on a line, and its keys below it."), {"name": name}),
        )
    readers, read = READERS[name], {}
    for key, value in given.items():
        if key not in readers:
            raise _unknown(f"{name}.{key}", value, list(readers))
        read[key] = readers[key](f"{name}.{key}", value)
    return read


def _best_size_within(size: tuple[int, int]) -> tuple[int, int]:
    """The default best size as far as `size` allows it, else all of `size`."""
    best = Policy().best_size
    low, high = max(size[0], best[0]), min(size[1], best[1])
    return (low, high) if low <= high else size


def read_policy(mapping: Mapping[str, object]) -> Policy:
    """The policy described by `mapping`; absent keys keep their defaults.

    Where `size` is given without `best_size`, the best size is kept inside it.
    Raises `BadPolicy` at the first key that is unknown or has an impossible value.
    """
    values: dict[str, Any] = {}
    for name, given in mapping.items():
        read = _section(name, given)
        values.update({"weights": Weights(**read)} if name == "weights" else read)
    if "size" in values and "best_size" not in values:
        values["best_size"] = _best_size_within(values["size"])
    return Policy(**values)


def write_policy(policy: Policy) -> dict[str, dict[str, object]]:
    """The mapping that `read_policy` turns back into the same policy."""
    flat = {**asdict(policy), **asdict(policy.weights)}
    written = {
        section: {key: _plain(flat[key]) for key in keys} for section, keys in READERS.items()
    }
    if policy.count is None:
        del written["clusters"]["count"]
    return written


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
