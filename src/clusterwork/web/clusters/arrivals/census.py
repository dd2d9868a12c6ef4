"""Who gets which page of this part: officers, each for their own organisations."""

from __future__ import annotations

from clusterwork.web.census import OFFICERS, OWN_OFFICER, Rule

ARRIVAL = ("arrival",)

CENSUS: dict[str, Rule] = {
    "clusters_arriving": Rule(OFFICERS),
    "clusters_template": Rule(OFFICERS),
    "clusters_template_xlsx": Rule(OFFICERS),
    "clusters_arrival": Rule(OWN_OFFICER, ARRIVAL),
    "clusters_arrival_confirm": Rule(OWN_OFFICER, ARRIVAL),
    "clusters_arrival_abandon": Rule(OWN_OFFICER, ARRIVAL),
    "clusters_arrival_rejected": Rule(OWN_OFFICER, ARRIVAL),
}
