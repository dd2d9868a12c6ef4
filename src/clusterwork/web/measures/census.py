"""Who gets which page of measures and figures."""

from __future__ import annotations

from clusterwork.web.census import SIGNED_IN, Rule

MEASURE = ("measure",)

CENSUS: dict[str, Rule] = {
    "measures": Rule(SIGNED_IN),
    "measure": Rule(SIGNED_IN, MEASURE),
}
