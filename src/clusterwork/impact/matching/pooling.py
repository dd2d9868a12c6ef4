"""A cluster described by the pooled facts of its schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from clusterwork.impact.frames import framed, must_have, number
from clusterwork.impact.matching.reading import Floats, Ints, text_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class DiffersWithin(Problem):
    """A fact that a cluster has as a whole differs between its schools."""


class NamesTwice(Problem):
    """Two facts of the clusters would have one name."""


@dataclass(frozen=True)
class Pooled:
    """frame: one row a cluster, of the kind given (PyArrow where rows lay in a database).

    covariates: what `match` and `similar` take; the shares of a mix stand in one tuple.
    unknown: by fact, the clusters of which it is not known.
    """

    frame: Any
    covariates: tuple[str | tuple[str, ...], ...]
    unknown: Mapping[str, tuple[str, ...]]


def pooled(
    frame: object,
    cluster: str,
    *,
    sums: Sequence[str] = (),
    shares: Mapping[str, tuple[str, str]] | None = None,
    means: Mapping[str, tuple[str, str]] | None = None,
    mixes: Sequence[str] = (),
    same: Sequence[str] = (),
    count: str = "schools",
) -> Pooled:
    """One row a cluster from one row a school; schools without a cluster are no part of it.

    count: the name of the number of schools. sums: columns to add up; unknown for the cluster
    where it is unknown for one school. shares: name -> (numerator, denominator), the sum of the
    one over the sum of the other, over schools where both are known: never a mean of percentages.
    means: name -> (column, weight), for percentages whose counts are not published: weighted by
    pupils. mixes: columns of texts; one share of the schools a category ("phase: Primary").
    same: columns that all schools of a cluster share (whether it takes part, its language).
    Raises NoSuchColumn, NotNumbers, DiffersWithin, NamesTwice.
    """
    shares, means = shares or {}, means or {}
    data = framed(frame)
    numbers = [*sums, *(name for pair in (*shares.values(), *means.values()) for name in pair)]
    must_have(data, [cluster, *numbers, *mixes, *same])
    rows = _rows(data, cluster, numbers, [*mixes, *same])
    names, group = _groups(rows.texts[cluster])
    facts: dict[str, list[Any]] = {cluster: list(names), count: _counts(group, len(names))}
    _add(facts, {name: _sum(rows.numbers[name], group, len(names)) for name in sums})
    _add(facts, {name: _share(rows, pair, group, len(names)) for name, pair in shares.items()})
    _add(facts, {name: _mean(rows, pair, group, len(names)) for name, pair in means.items()})
    mixed = {name: _mix(name, rows.texts[name], group, len(names)) for name in mixes}
    for parts in mixed.values():
        _add(facts, parts)
    plain = tuple(facts)[1 : 2 + len(sums) + len(shares) + len(means)]
    _add(facts, {name: _one(name, rows.raw[name], group, names) for name in same})
    return Pooled(
        nw.from_dict(facts, backend=rows.backend).to_native(),
        (*plain, *(tuple(parts) for parts in mixed.values())),
        {name: _unknown(values, names) for name, values in facts.items() if None in values},
    )


@dataclass(frozen=True)
class _Rows:
    """Of schools in a cluster only."""

    texts: dict[str, list[str | None]]
    raw: dict[str, list[Any]]
    numbers: dict[str, Floats]
    backend: Any


def _rows(data: Any, cluster: str, numbers: Sequence[str], texts: Sequence[str]) -> _Rows:
    wanted = list(dict.fromkeys(numbers))
    plain = list(dict.fromkeys([cluster, *texts]))
    got = (
        data.lazy()
        .select(
            *(
                number(data, name).expression().alias(f"_number_{place}")
                for place, name in enumerate(wanted)
            ),
            *(nw.col(name).alias(f"_text_{place}") for place, name in enumerate(plain)),
        )
        .collect()
    )
    raw = {name: got[f"_text_{place}"].to_list() for place, name in enumerate(plain)}
    inside = [row for row, value in enumerate(raw[cluster]) if text_of(value) is not None]
    raw = {name: [values[row] for row in inside] for name, values in raw.items()}
    return _Rows(
        {name: [text_of(value) for value in values] for name, values in raw.items()},
        raw,
        {
            name: np.array(got[f"_number_{place}"].to_numpy(), dtype=np.float64)[inside]
            for place, name in enumerate(wanted)
        },
        got.implementation,
    )


def _groups(clusters: Sequence[str | None]) -> tuple[list[str], Ints]:
    names = sorted({name for name in clusters if name is not None})
    place = {name: row for row, name in enumerate(names)}
    return names, np.array([place[name] for name in clusters if name is not None], dtype=np.int64)


def _counts(group: Ints, n: int) -> list[Any]:
    return list(np.bincount(group, minlength=n).tolist())


def _add(facts: dict[str, list[Any]], more: Mapping[str, list[Any]]) -> None:
    for name, values in more.items():
        if name in facts:
            raise NamesTwice(
                Message(
                    N_("Two facts of the clusters have the same name: %(name)s"), {"name": name}
                ),
                next_step=Message(N_("Give one of them another name.")),
            )
        facts[name] = values


def _known(values: Floats) -> list[Any]:
    """As a list with None where nothing is known."""
    return [float(value) if np.isfinite(value) else None for value in values]


def _sum(values: Floats, group: Ints, n: int) -> list[Any]:
    return _known(np.bincount(group, values, minlength=n).astype(np.float64))


def _share(rows: _Rows, pair: tuple[str, str], group: Ints, n: int) -> list[Any]:
    above, below = (rows.numbers[name] for name in pair)
    both = ~np.isnan(above) & ~np.isnan(below)
    return _ratio(
        np.bincount(group[both], above[both], minlength=n),
        np.bincount(group[both], below[both], minlength=n),
    )


def _mean(rows: _Rows, pair: tuple[str, str], group: Ints, n: int) -> list[Any]:
    value, weight = (rows.numbers[name] for name in pair)
    both = ~np.isnan(value) & ~np.isnan(weight)
    return _ratio(
        np.bincount(group[both], (value * weight)[both], minlength=n),
        np.bincount(group[both], weight[both], minlength=n),
    )


def _ratio(above: Floats | Ints, below: Floats | Ints) -> list[Any]:
    whole = np.where(below > 0.0, below, np.nan)
    return _known(above / whole)


def _mix(name: str, texts: Sequence[str | None], group: Ints, n: int) -> dict[str, list[Any]]:
    """Shares of the schools whose category is known."""
    known = np.array([text is not None for text in texts], dtype=bool)
    below = np.bincount(group[known], minlength=n).astype(np.float64)
    kinds = sorted({text for text in texts if text is not None})
    return {
        f"{name}: {kind}": _ratio(
            np.bincount(
                group[np.array([text == kind for text in texts], dtype=bool)], minlength=n
            ).astype(np.float64),
            below,
        )
        for kind in kinds
    }


def _one(name: str, values: Sequence[Any], group: Ints, names: Sequence[str]) -> list[Any]:
    """The value that all schools of each cluster have."""
    found: dict[int, Any] = {}
    for place, value in zip(group.tolist(), values, strict=True):
        if text_of(found.setdefault(place, value)) != text_of(value):
            raise DiffersWithin(
                Message(
                    N_("The column differs between schools of one cluster: %(name)s"),
                    {"name": name},
                ),
                why=Message(
                    N_("Cluster: %(cluster)s. It holds: %(one)s, %(other)s"),
                    {"cluster": names[place], "one": found[place], "other": value},
                ),
                next_step=Message(
                    N_("Put the schools right, or describe the column as a share or a mix.")
                ),
            )
    return [found[place] for place in range(len(names))]


def _unknown(values: Sequence[Any], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, value in zip(names, values, strict=True) if value is None)
