"""Our school beside similar schools, our cluster beside similar clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

from clusterwork.impact.matching.matching import NotPossible, in_list, is_count
from clusterwork.impact.matching.nearest import Pairs, Rule, Ties, nearest
from clusterwork.impact.matching.reading import Covariates, Ints, Missing, Units, units_of
from clusterwork.impact.matching.result import Pair
from clusterwork.impact.matching.scaling import Space, euclidean, mahalanobis
from clusterwork.impact.result import Result, Table
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NoSuchUnit(Problem):
    """The unit asked about is not in the data, or a value of it is missing."""


@dataclass(frozen=True)
class Similar(Result):
    """Units beside those most like them; distances order and are no judgement of anybody.

    of: the units asked about. pairs: of each the nearest others, the nearest first; a distance
    between two units taken at random is about the root of twice the number of covariates.
    tables: "similar", the covariates of each unit and of its others side by side.
    """

    of: tuple[str, ...]
    pairs: tuple[Pair, ...]
    n: int
    notes: tuple[Message, ...]

    def beside(self, unit: str) -> tuple[str, ...]:
        """Who stands beside a unit, the most similar first."""
        return tuple(pair.other for pair in self.pairs if pair.unit == unit)

    def sentences(self) -> Sequence[Message]:
        """Who stands beside whom, and what was not looked at."""
        lines = [
            Message(
                N_("Unit: %(unit)s. The most similar first: %(others)s."),
                {"unit": unit, "others": ", ".join(self.beside(unit)) or "—"},
            )
            for unit in self.of
        ]
        return (*lines, *self.notes)

    def to_dict(self) -> dict[str, object]:
        """Plain values."""
        return {
            "of": list(self.of),
            "pairs": [asdict(pair) for pair in self.pairs],
            "n": self.n,
            "tables": {table.name: table.to_dicts() for table in self.tables},
            "notes": [str(note) for note in self.notes],
            "data_hash": self.data_hash,
        }


def similar(
    frame: object,
    unit: str,
    of: object,
    covariates: str | Covariates,
    exact: str | Sequence[str] = (),
    k: int = 5,
    *,
    metric: Literal["euclidean", "mahalanobis"] = "euclidean",
    cluster: str | None = None,
    ties: Ties = "id",
    missing: Missing = "leave_out",
) -> Similar:
    """The k units of the frame most like each of `of`.

    of: an id or several. covariates, exact, missing: see `units_of`; metric: standardised over all
    units of the frame. cluster: nobody of the unit's own cluster is taken. ties: of those as far
    away as the k-th the first ids ("id"), or "all". Never the unit itself.
    Raises what `units_of` raises, NoSuchUnit, NotPossible, NothingToCompareBy.
    """
    if not is_count(k) or metric not in ("euclidean", "mahalanobis") or ties not in ("all", "id"):
        raise NotPossible(
            Message(
                N_("This choice is not possible: %(name)s %(value)s"),
                {"name": "k, metric, ties", "value": f"{k}, {metric}, {ties}"},
            )
        )
    units = units_of(
        frame,
        unit=unit,
        covariates=in_list(covariates),
        exact=in_list(exact),
        cluster=cluster,
        missing=missing,
    )
    asked = _asked(units, of)
    space = mahalanobis(units, "all") if metric == "mahalanobis" else euclidean(units, "all")
    return _told(units, asked, _ranked(_pairs(units, space, asked, k, ties)), space)


def _asked(units: Units, of: object) -> Ints:
    """The places of the units asked about, in the order asked."""
    wanted = [str(each) for each in of] if isinstance(of, list | tuple) else [str(of)]
    place = {each: row for row, each in enumerate(units.ids)}
    for each in wanted:
        if each not in place:
            missing = each in units.left_out
            raise NoSuchUnit(
                Message(N_("This unit cannot be compared: %(unit)s"), {"unit": each}),
                why=Message(N_("A value of it is missing."))
                if missing
                else Message(N_("It is not in the data.")),
                next_step=Message(N_("Fill its values in, or take covariates that it has."))
                if missing
                else Message(N_("Write the id as it stands in the data.")),
            )
    return np.array([place[each] for each in wanted], dtype=np.int64)


def _pairs(units: Units, space: Space, asked: Ints, k: int, ties: Ties) -> list[Pairs]:
    rule = Rule(units.clusters)
    return [
        nearest(
            space.points,
            asked[[place]],
            np.flatnonzero(units.cells == units.cells[row]),
            k,
            rule,
            ties,
        )
        for place, row in enumerate(asked)
    ]


def _ranked(parts: Sequence[Pairs]) -> list[Pairs]:
    """Each part with the nearest first; of two equally near the first in the order of ids."""
    ranked = []
    for part in parts:
        order = np.lexsort((part.other, np.round(part.distance, 6)))
        ranked.append(Pairs(part.unit[order], part.other[order], part.distance[order]))
    return ranked


def _told(units: Units, asked: Ints, parts: Sequence[Pairs], space: Space) -> Similar:
    pairs = tuple(
        Pair(units.ids[unit], units.ids[other], float(distance), 1.0 / len(part.unit))
        for part in parts
        for unit, other, distance in zip(part.unit, part.other, part.distance, strict=True)
    )
    return Similar(
        data_hash=units.data_hash,
        assumptions=(
            Message(
                N_(
                    "Similar means alike in the covariates named and in nothing else; differences "
                    "between similar units describe and do not say why."
                )
            ),
        ),
        diagnostics=(),
        tables=(_beside_table(units, asked, parts),),
        of=tuple(units.ids[row] for row in asked),
        pairs=pairs,
        n=len(units.ids),
        notes=_notes(units, space),
    )


def _beside_table(units: Units, asked: Ints, parts: Sequence[Pairs]) -> Table:
    """Rank 0 is the unit itself."""
    rows: list[tuple[object, ...]] = []
    for row, part in zip(asked.tolist(), parts, strict=True):
        places = [row, *part.other.tolist()]
        distances = [0.0, *part.distance.tolist()]
        rows += [
            (units.ids[row], rank, units.ids[place], distance, *units.values[place].tolist())
            for rank, (place, distance) in enumerate(zip(places, distances, strict=True))
        ]
    return Table("similar", ("of", "rank", "unit", "distance", *units.names), tuple(rows))


def _notes(units: Units, space: Space) -> tuple[Message, ...]:
    notes = []
    if units.left_out:
        notes.append(
            Message(
                N_("Units left out because a value is missing: %(n)s."), {"n": len(units.left_out)}
            )
        )
    if space.constant:
        notes.append(
            Message(
                N_("Alike for all units and so without weight: %(names)s."),
                {"names": ", ".join(space.constant)},
            )
        )
    return tuple(notes)
