"""Drawn charts, kept by what is on them: a chart that was drawn before is not drawn again.

They have a cache of their own, so that they can be pushed out; the counters of failed sign-ins in
the other one cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from clusterwork.charts import NARROW, WIDE, Chart, content_hash, png, svg

LARGEST = 200_000  # a larger one would cost the cache more than drawing it again
Drawn = TypeVar("Drawn")


def kept_svgs(chart: Chart) -> tuple[str, str]:
    """The chart as SVG for a wide screen and for a phone; kept together, so asked for at once."""
    key = f"svg:{content_hash(chart, WIDE)[:40]}:{content_hash(chart, NARROW)[:40]}"
    return _kept(
        key, lambda: (svg(chart, WIDE), svg(chart, NARROW)), lambda both: sum(map(len, both))
    )


def kept_png(chart: Chart, caption: str) -> bytes:
    """The chart as a picture by itself, with its source."""
    return _kept(f"png:{content_hash(chart, WIDE, caption)}", lambda: png(chart, caption), len)


def _size_of_both(svgs: tuple[str, str]) -> int:
    return sum(len(each) for each in svgs)


def _kept(key: str, draw: Callable[[], Drawn], size_of: Callable[[Drawn], int]) -> Drawn:
    cache = caches["charts"]
    found: Drawn | None = cache.get(key)
    if found is None:
        found = draw()
        if size_of(found) <= LARGEST:
            cache.set(key, found)
    return found
