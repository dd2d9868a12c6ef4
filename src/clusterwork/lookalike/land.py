"""The ground: an outline and settlements kept apart on it. Metres on the National Grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.lookalike.chance import Floats

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

    def contains(self, points: Floats, margin: float = 0.04) -> np.ndarray:
        """Which points lie inside by at least that share of the way to the border."""
        east, north = (points - np.array(self.centre)).T
        inside = np.hypot(east, north) < (1 - margin) * self.radius(np.arctan2(north, east))
        return np.asarray(inside)

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
    """A wavy ellipse of 180 corners: broad bays, then the crinkle of rivers and parish bounds."""
    angles = np.arange(180) * 2 * np.pi / 180
    wide, tall = half_axes
    ellipse = wide * tall / np.hypot(tall * np.cos(angles), wide * np.sin(angles))
    waves = np.zeros(180)
    for turn in range(2, 14):
        waves += rng.normal(0, 0.07 / turn**0.7) * np.cos(turn * angles + rng.uniform(0, 2 * np.pi))
    return Outline(centre, ellipse * (1 + waves + rng.normal(0, 0.006, 180)))


def _darts(rng: np.random.Generator, outline: Outline, n: int) -> Floats:
    far = float(outline.reach.max())
    points = rng.uniform(-far, far, (n, 2)) + np.array(outline.centre)
    return np.asarray(points[outline.contains(points)])


def scatter(
    rng: np.random.Generator,
    outline: Outline,
    taken: Floats,
    keep_off: Floats,
    apart: Floats,
) -> Floats:
    """One point for each entry of `apart`, that far from points before it.

    Points in `taken` are kept off by `keep_off` metres each. Where room runs out the distances
    shrink by a tenth. Raises NoRoomForPlaces when they have shrunk to a tenth.
    """
    spots, off = [*map(np.asarray, taken)], [*keep_off]
    shrink = 1.0
    darts = iter(_darts(rng, outline, 4000))
    misses = 0
    for distance in apart:
        while True:
            dart = next(darts, None)
            if dart is None:
                darts = iter(_darts(rng, outline, 4000))
                continue
            if _is_clear(dart, spots, off, float(distance), shrink):
                break
            misses += 1
            if misses > 1500:
                misses, shrink = 0, shrink * 0.9
                _refuse_if_full(shrink)
        spots.append(dart)
        off.append(distance)
    return np.array(spots[len(taken) :])


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
