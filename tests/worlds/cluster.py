"""What the census of `web.clusters.cluster` needs: a function of the world for each word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MAKERS: dict[str, Callable[[Any], Any]] = {}
