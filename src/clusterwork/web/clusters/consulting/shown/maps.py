"""The map of a proposal as schools see it: where everybody is, and nothing about anyone."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from clusterwork.clusters.models import Proposal
from clusterwork.web.clusters.shown.maps import map_data


def school_map_data(proposal: Proposal) -> dict[str, Any]:
    """The officers' map with each school leading to its page in the register."""
    data = map_data(proposal)
    ids = proposal.places.values_list("school_id", flat=True)
    pages = {
        reverse("proposed_place", args=[proposal.pk, pk]): reverse("school", args=[pk])
        for pk in ids
    }
    for feature in data["schools"]["features"]:
        facts = feature["properties"]
        facts["address"] = pages[facts["address"]]
    return data
