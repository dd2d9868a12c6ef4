"""Who does what in clusters, as at a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from clusterwork.api import shapes
from clusterwork.api.keys import person_of
from clusterwork.api.paging import AskedOn, Page, page_of
from clusterwork.api.refusals import REFUSALS
from clusterwork.api.words import AppointmentRole, Number, day_or_today
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.permissions import check_may_see_clusters
from clusterwork.clusters.selectors.memberships import is_on

router = Router(tags=["Appointments"])


class AppointmentsAsked(AskedOn):
    """Which appointments."""

    cluster: Number | None = None
    school: Number | None = None
    role: AppointmentRole | None = None


@router.get("", response={200: Page[shapes.Appointment], **REFUSALS}, url_name="api_appointments")
def appointments(request: HttpRequest, asked: Query[AppointmentsAsked]) -> Any:
    """Every appointment that holds on the day and fits what is asked for."""
    check_may_see_clusters(person_of(request), day_or_today(None))
    found = Appointment.objects.filter(is_on(day_or_today(asked.on)))
    found = found.select_related("cluster", "school").order_by("pk")
    for name in ("cluster", "school", "role"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    return page_of(found, asked, appointment_shown)


def appointment_shown(row: Appointment) -> shapes.Appointment:
    """An appointment as the API hands it out."""
    return shapes.Appointment(
        id=row.pk,
        cluster_id=row.cluster_id,
        cluster_name=row.cluster.shown_name,
        role=row.role,
        name=row.name,
        school_id=row.school_id,
        school_name=row.school.name if row.school else "",
        strand=row.strand,
        start_on=row.start_on,
        end_on=row.end_on,
    )
