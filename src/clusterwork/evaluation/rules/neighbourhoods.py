"""Schools parted into neighbourhoods by halving: across the longer side, at the middle school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Place = tuple[int, int]
Schools = Sequence[tuple[int, Place]]


def neighbourhoods(places: Mapping[int, Place], most: int) -> dict[int, int]:
    """The number of each school's neighbourhood; none has more than `most` schools.

    places: easting and northing in metres, by school. None has more than twice as many schools as
    another. The same places give the same neighbourhoods, whatever their order.
    """
    ordered = sorted(places.items())
    return {
        school: number
        for number, part in enumerate(_halved(ordered, most), start=1)
        for school, _place in part
    }


def _halved(schools: Schools, most: int) -> Iterator[Schools]:
    if len(schools) <= most:
        if schools:
            yield schools
        return
    axis = _longer_side(schools)
    ordered = sorted(schools, key=lambda each: (each[1][axis], each[1][1 - axis], each[0]))
    middle = len(ordered) // 2
    yield from _halved(ordered[:middle], most)
    yield from _halved(ordered[middle:], most)


def _longer_side(schools: Schools) -> int:
    """0 from west to east, 1 from south to north."""
    spans = [
        max(place[axis] for _, place in schools) - min(place[axis] for _, place in schools)
        for axis in (0, 1)
    ]
    return int(spans[1] > spans[0])
