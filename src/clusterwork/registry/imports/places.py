"""Eastings, northings and postcodes as the register keeps them."""

from __future__ import annotations

from clusterwork.kernel.messages import N_
from clusterwork.registry.imports.cells import Cells

# The British National Grid, in metres (Ordnance Survey).
EAST_MOST, NORTH_MOST = 700_000, 1_300_000
# England and Wales with the Isles of Scilly lie well inside these bounds.
ENGLAND_AND_WALES = (80_000, 660_000, 5_000, 660_000)
BRITAIN = (0, EAST_MOST, 0, NORTH_MOST)


def position(
    cells: Cells, east: str, north: str, bounds: tuple[int, int, int, int] = ENGLAND_AND_WALES
) -> tuple[int | None, int | None]:
    """Easting and northing in metres, or two Nones; refuses a place outside the bounds.

    The official files write 0 and 0 where the place is not known.
    """
    easting, northing = _metres(cells, east), _metres(cells, north)
    if (easting or 0, northing or 0) == (0, 0):
        return None, None
    least_east, most_east, least_north, most_north = bounds
    for column, metres, least, most in (
        (east, easting, least_east, most_east),
        (north, northing, least_north, most_north),
    ):
        if metres is None or not least <= metres <= most:
            raise cells.refuse(
                column,
                N_("This place is impossible: the number must lie from %(least)s to %(most)s."),
                N_("Correct the easting and northing, or leave both empty."),
                least=least,
                most=most,
            )
    return easting, northing


def _metres(cells: Cells, column: str) -> int | None:
    value = cells.raw(column)
    if not value:
        return None
    try:
        metres = float(value)
        return round(metres)
    except (ValueError, OverflowError):
        raise cells.refuse(
            column,
            N_("This is not a number of metres on the National Grid."),
            N_("Correct the easting and northing, or leave both empty."),
        ) from None


def postcode(value: str) -> str:
    """Capitals with one space before the last three: "np123st" gives "NP12 3ST"."""
    joined = "".join(value.upper().split())
    return f"{joined[:-3]} {joined[-3:]}" if 5 <= len(joined) <= 7 else value
