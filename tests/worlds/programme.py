"""What the census of `web.clusters.programme` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from clusterwork.registry.services.holidays import enter_holiday


def holiday(world: Any) -> Any:
    return enter_holiday(
        organisation=world.organisation,
        name="Half-term",
        name_cy="",
        start_on=dt.date(2027, 2, 15),
        end_on=dt.date(2027, 2, 22),
        by=world.officer,
    )


MAKERS: dict[str, Callable[[Any], Any]] = {"holiday": holiday}
