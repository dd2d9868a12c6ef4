"""Working names of new clusters: places, never schools, and none twice; knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """Where a cluster's hub is; each part may be empty but `area`."""

    town: str
    locality: str
    area: str


def place_names(spots: Sequence[Spot], taken: Collection[str] = ()) -> list[str]:
    """A name for each spot: its town, or the smaller place where several hubs share the town.

    A name that another cluster has gets both, and a number at last.
    """
    towns = Counter(_folded(spot.town) for spot in spots)
    used = {_folded(name) for name in taken}
    names = []
    for spot in spots:
        shared = towns[_folded(spot.town)] > 1
        name = next(each for each in _candidates(spot, shared=shared) if _folded(each) not in used)
        used.add(_folded(name))
        names.append(name)
    return names


def doubled(names: Sequence[str]) -> list[str]:
    """Those that stand there more than once, whatever their capitals; each once."""
    n = Counter(_folded(name) for name in names)
    return list({_folded(name): name for name in names if n[_folded(name)] > 1}.values())


def _candidates(spot: Spot, *, shared: bool) -> Iterator[str]:
    order = (spot.locality, spot.town) if shared else (spot.town, spot.locality)
    known = [each.strip() for each in order if each.strip()]
    yield from known
    if len(known) > 1:
        yield f"{spot.town.strip()}: {spot.locality.strip()}"
    base = known[0] if known else spot.area
    if not known:
        yield base
    number = 2
    while True:
        yield f"{base} {number}"
        number += 1


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
