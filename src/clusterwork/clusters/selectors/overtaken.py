"""Which spreadsheets of clusters wait although a later one of the organisation was brought in."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from clusterwork.clusters.models import Arrival
from clusterwork.registry.models import ImportState


def overtaken() -> Exists:
    """For a filter of arrivals: a later file of the same organisation has been brought in."""
    later = Arrival.objects.filter(
        organisation=OuterRef("organisation"),
        pk__gt=OuterRef("pk"),
        run__state=ImportState.CONFIRMED,
    )
    return Exists(later)


def overtaken_by(arrival: Arrival) -> Arrival | None:
    """The last file that was brought in after this one, if any."""
    later = Arrival.objects.filter(
        organisation=arrival.organisation_id,
        pk__gt=arrival.pk,
        run__state=ImportState.CONFIRMED,
    )
    return later.select_related("run").order_by("-pk").first()
