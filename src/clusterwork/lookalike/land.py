"""The ground: an outline and settlements kept apart on it. Metres on the National Grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.lookalike.chance import Floats

WAVES = 0.12
MISSES_ALLOWED = 2000
Ring = tuple[tuple[float, float], ...]


class NoRoomForPlaces(Problem):
    """The outline is too small for the settlements asked for."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A border seen from a centre: one distance for each of equally spaced directions."""

    centre: tuple[float, float]
    reach: Floats

    def radius(self, angle: Floats) -> Floats:
        """Distance from centre to border in those directions (radians)."""
        n = len(self.reach)
        turns = np.asarray(angle) % (2 * np.pi) / (2 * np.pi) * n
        reach = np.append(self.reach, self.reach[0])
        return np.asarray(np.interp(turns, np.arange(n + 1), reach), dtype=np.float64)

    def depth(self, points: Floats) -> Floats:
        """How far inside points lie: 1 at the centre, 0 on the border, negative outside."""
        east, north = (points - np.array(self.centre)).T
        border = self.radius(np.arctan2(north, east))
        return np.asarray(1 - np.hypot(east, north) / border, dtype=np.float64)

    def ring(self) -> Ring:
        """The border, closed."""
        angles = np.arange(len(self.reach)) * 2 * np.pi / len(self.reach)
        east = self.centre[0] + self.reach * np.cos(angles)
        north = self.centre[1] + self.reach * np.sin(angles)
        points = [
            (round(float(e), 1), round(float(n), 1)) for e, n in zip(east, north, strict=True)
        ]
        return (*points, points[0])


def draw_outline(
    rng: np.random.Generator, centre: tuple[float, float], half_axes: tuple[float, float]
) -> Outline:
    """A wavy ellipse of 180 corners: broad bays, then the crinkle of rivers and parish bounds.

    Its area is that of the ellipse.
    """
    angles = np.arange(180) * 2 * np.pi / 180
    wide, tall = half_axes
    ellipse = wide * tall / np.hypot(tall * np.cos(angles), wide * np.sin(angles))
    waves = np.zeros(180)
    for turn in range(2, 14):
        size = rng.normal(0, WAVES / turn**0.7)
        waves += size * np.cos(turn * angles + rng.uniform(0, 2 * np.pi))
    reach = ellipse * (1 + waves.clip(-0.4, 0.4) + rng.normal(0, 0.006, 180))
    return Outline(centre, reach * np.sqrt((ellipse**2).sum() / (reach**2).sum()))


def scatter(
    rng: np.random.Generator,
    outline: Outline,
    before: tuple[Floats, Floats],
    apart: Floats,
    depth: Floats,
) -> Floats:
    """One point for each entry of `apart` and `depth`: that far from others, that deep inside.

    `before` holds points that stand already and how far each keeps others off. Where room runs
    out the distances shrink by a tenth. Raises NoRoomForPlaces when they shrink to a tenth.
    """
    spots, off = list(before[0]), list(before[1])
    darts = _darts(rng, outline)
    shrink = 1.0
    for distance, inside in zip(apart, depth, strict=True):
        for misses, (dart, how_deep) in enumerate(darts, start=1):
            if how_deep > inside and _is_clear(dart, spots, off, float(distance), shrink):
                spots.append(dart)
                off.append(float(distance))
                break
            if misses % MISSES_ALLOWED == 0:
                shrink *= 0.9
                _refuse_if_full(shrink)
    return np.array(spots[len(before[0]) :])


def _darts(rng: np.random.Generator, outline: Outline) -> Iterator[tuple[Floats, float]]:
    """Random points inside, each with its depth, without end."""
    far = float(outline.reach.max())
    while True:
        points = rng.uniform(-far, far, (4000, 2)) + np.array(outline.centre)
        depths = outline.depth(points)
        yield from zip(points[depths > 0], depths[depths > 0].tolist(), strict=True)


def _is_clear(
    dart: Floats, spots: list[Floats], off: list[float], distance: float, shrink: float
) -> bool:
    if not spots:
        return True
    gaps = np.hypot(*(np.array(spots) - dart).T)
    return bool((gaps > shrink * np.maximum(np.array(off), distance)).all())


def _refuse_if_full(shrink: float) -> None:
    if shrink < 0.1:
        raise NoRoomForPlaces(
            Message(N_("The invented county has no room for all its places.")),
            next_step=Message(N_("Make the county larger or ask for fewer places.")),
        )


def clip(ring: Ring, point: tuple[float, float], other: tuple[float, float]) -> Ring:
    """The part of a ring that is nearer to `point` than to `other` (Sutherland and Hodgman)."""
    corners = list(ring[:-1])
    sides = [_nearer_by(corner, point, other) for corner in corners]
    kept: list[tuple[float, float]] = []
    for index, corner in enumerate(corners):
        before, side = sides[index - 1], sides[index]
        if (before > 0) != (side > 0):
            last, part = corners[index - 1], before / (before - side)
            kept.append(
                (last[0] + part * (corner[0] - last[0]), last[1] + part * (corner[1] - last[1]))
            )
        if side > 0:
            kept.append(corner)
    return (*kept, kept[0])


def _nearer_by(
    corner: tuple[float, float], point: tuple[float, float], other: tuple[float, float]
) -> float:
    def square(spot: tuple[float, float]) -> float:
        return (corner[0] - spot[0]) ** 2 + (corner[1] - spot[1]) ** 2

    return square(other) - square(point)
