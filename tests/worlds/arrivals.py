"""What the census of `web.clusters.arrivals` needs: a function of the world for each word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from clusterwork.clusters.models import Arrival
from clusterwork.clusters.services.arriving.loading import stage_clusters


def an_arrival(world: Any) -> Arrival:
    """A spreadsheet that waits, with one good row and one that can't be taken."""
    text = "cluster,cluster_from,school_number\nFen,2015-09-01,900001\nFen,,1\n"
    return stage_clusters(
        io.BytesIO(text.encode()),
        person=world.officer,
        day=world.today,
        organisation=world.organisation,
        name="clusters.csv",
    )


MAKERS: dict[str, Callable[[Any], Any]] = {"arrival": an_arrival}
