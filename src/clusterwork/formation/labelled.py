"""Columns to choose from where leaving a present cluster is priced: one for each name kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterwork.formation.book import Book, Key
from clusterwork.formation.model import Model
from clusterwork.formation.partition import Pool
from clusterwork.formation.plan import schools_of


def labelled(
    model: Model, book: Book, keys: Sequence[Key], units: Sequence[int], count: tuple[int, int]
) -> Pool:
    """Everybody is placed. Prices are the book's and, for a present name that is not the one a
    cluster likes best, what it costs to have that one instead."""
    book.learn(keys)
    if not model.policy.weights.change or (model.home < 0).all():
        return Pool(keys, [book[key].cost for key in keys], units, count)
    columns = [(key, *column) for key in keys for column in _each(model, book, key)]
    return Pool(
        [key for key, _, _ in columns],
        [cost for _, cost, _ in columns],
        units,
        count,
        [label for _, _, label in columns],
    )


def _each(model: Model, book: Book, key: Key) -> Iterator[tuple[float, int]]:
    """Price and label of one cluster under each name that it may keep; -1: a new one."""
    members, weight = schools_of(model, key), model.policy.weights.change
    homes = [int(model.home[i]) for i in members if model.home[i] >= 0]
    fixed = {int(model.fixed[i]) for i in members} - {-1}
    kept = {label: homes.count(label) for label in sorted(fixed or set(homes))}
    best = max(kept.values(), default=0)
    for label, n in [*kept.items(), *([] if fixed else [(-1, 0)])]:
        yield book[key].cost + weight * (best - n), label
