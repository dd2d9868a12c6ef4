"""Which funders' forms a plan finds: its organisation's own, and those of its programmes."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clusterwork.clusters.models import Participation, Programme
from clusterwork.plans.models import FunderForm, Plan


def forms_for(plan: Plan) -> QuerySet[FunderForm]:
    """Forms that clusters of the organisation set up, and forms that officers set up for a
    programme in which the cluster takes part at any time of the plan."""
    rows = Participation.objects.filter(cluster=plan.cluster_id, start_on__lt=plan.end_on)
    programmes = rows.exclude(end_on__lte=plan.start_on).values("programme")
    own = Q(programme__isnull=True, organisation=plan.cluster.organisation_id)
    held = FunderForm.objects.filter(own | Q(programme__in=programmes), ended_at__isnull=True)
    return held.select_related("programme")


def forms_of(programme: Programme) -> QuerySet[FunderForm]:
    """The forms that officers have set up for the programme and that are in use."""
    return FunderForm.objects.filter(programme=programme, ended_at__isnull=True)
