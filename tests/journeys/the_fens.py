"""A cluster of four small schools in the fens, for journeys about its plan."""

from __future__ import annotations

from django.utils import timezone

from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.registry.models import Authority, School
from tests.journeys.people import LONG_AGO, a_person, an_organisation


def four_schools() -> Cluster:
    """Four small schools in a cluster, with the heads of two, and a strand coordinator."""
    council = an_organisation("Fenland County Council", colour="#1d70b8", is_welsh=True)
    authority = Authority.objects.create(code="997", name="Fenland", country="E")
    council.authorities.add(authority)
    olwen = a_person("olwen@fen.example", "Olwen", "programme_officer", organisation=council)
    schools = [
        School.objects.create(
            urn=990_000 + n, authority=authority, name=f"{name} Primary School", phase="primary"
        )
        for n, name in enumerate(("Ash", "Birch", "Cedar", "Damson"))
    ]
    a_person("ann@fen.example", "Ann Head", "headteacher", school=schools[0])
    a_person("bethan@fen.example", "Bethan Head", "headteacher", school=schools[1])
    plan = ClusterPlan("North Fens", [PlannedSchool(school.pk) for school in schools])
    who = {"person": olwen, "day": timezone.localdate(), "organisation": council}
    cluster = open_clusters(**who, plans=[plan], start_on=LONG_AGO, status="active")[0]
    Appointment.objects.create(
        cluster=cluster, role="strand_coordinator", strand="Reading", name="Cora", start_on=LONG_AGO
    )
    return cluster
