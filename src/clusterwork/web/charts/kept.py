"""Drawn charts, kept by what is on them: a chart that was drawn before is not drawn again.

They have a cache of their own, so that they can be pushed out; the counters of failed sign-ins in
the other one cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from clusterwork.charts import WIDE, Chart, content_hash, png, svg

LARGEST = 200_000  # a larger one would cost the cache more than drawing it again
Drawn = TypeVar("Drawn", str, bytes)


def kept_svg(chart: Chart, width: int) -> str:
    """The chart as SVG of a width."""
    return _kept(f"svg:{content_hash(chart, width)}", lambda: svg(chart, width))


def kept_png(chart: Chart, caption: str) -> bytes:
    """The chart as a picture by itself, with its source."""
    return _kept(f"png:{content_hash(chart, WIDE, caption)}", lambda: png(chart, caption))


def _kept(key: str, draw: Callable[[], Drawn]) -> Drawn:
    cache = caches["charts"]
    found: Drawn | None = cache.get(key)
    if found is None:
        found = draw()
        if len(found) <= LARGEST:
            cache.set(key, found)
    return found
