"""The API itself: its version, who may come in, and what can be asked."""

from __future__ import annotations

from ninja import NinjaAPI

from clusterwork.api.keys import WAYS_IN
from clusterwork.api.refusals import answer_refusals
from clusterwork.api.routes import (
    agreements,
    appointments,
    authorities,
    clusters,
    decisions,
    figures,
    memberships,
    plans,
    programmes,
    schools,
    studies,
    totals,
)
from clusterwork.api.unanswered import answer_the_rest

api = NinjaAPI(
    title="Clusterwork",
    version="1",
    description="Schools, clusters, who is in them and what they agree, as at a day. Reads only.",
    urls_namespace="api",
    auth=WAYS_IN,
    docs_url=None,
    openapi_url="openapi.json",
)
answer_refusals(api)
answer_the_rest(api)
api.add_router("/schools", schools.router)
api.add_router("/clusters", clusters.router)
api.add_router("/clusters", totals.clusters_router)
api.add_router("/clusters", plans.clusters_router)
api.add_router("/clusters", agreements.clusters_router)
api.add_router("/clusters", decisions.clusters_router)
api.add_router("/memberships", memberships.router)
api.add_router("/programmes", programmes.router)
api.add_router("/programmes", totals.programmes_router)
api.add_router("/appointments", appointments.router)
api.add_router("/measures", figures.measures_router)
api.add_router("/figures", figures.router)
api.add_router("/plans", plans.router)
api.add_router("/agreements", agreements.router)
api.add_router("/decisions", decisions.router)
api.add_router("/authorities", authorities.router)
api.add_router("/studies", studies.router)
api.add_router("/analyses", studies.analyses_router)
