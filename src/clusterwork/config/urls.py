"""All addresses. Those for people stand under the language prefix; `/healthz` does not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from clusterwork.api.api import api
from clusterwork.api.refusals import nowhere
from clusterwork.web.health import healthz

handler400 = "clusterwork.web.errors.bad_request"
handler403 = "clusterwork.web.errors.not_allowed"
handler404 = "clusterwork.web.errors.not_found"
handler429 = "clusterwork.web.errors.too_often"  # allauth asks for it by this name
handler500 = "clusterwork.web.errors.broken"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>", nowhere, name="api_nowhere"),
    *i18n_patterns(
        path("", include("clusterwork.web.home.urls")),
        path("account/", include("clusterwork.web.accounts.urls")),
        path("schools/", include("clusterwork.web.registry.urls")),
        path("programmes/", include("clusterwork.web.clusters.urls")),
        path("", include("clusterwork.web.clusters.agreements.urls")),
        path("", include("clusterwork.web.clusters.arrivals.urls")),
        path("", include("clusterwork.web.clusters.cluster.urls")),
        path("", include("clusterwork.web.clusters.consulting.urls")),
        path("", include("clusterwork.web.clusters.deciding.urls")),
        path("", include("clusterwork.web.clusters.founding.urls")),
        path("", include("clusterwork.web.clusters.moving.urls")),
        path("", include("clusterwork.web.clusters.partnerships.urls")),
        path("", include("clusterwork.web.clusters.people.urls")),
        path("", include("clusterwork.web.clusters.programme.urls")),
        path("", include("clusterwork.web.evaluation.cells.urls")),
        path("", include("clusterwork.web.evaluation.pictures.urls")),
        path("", include("clusterwork.web.evaluation.planning.urls")),
        path("", include("clusterwork.web.evaluation.results.urls")),
        path("", include("clusterwork.web.measures.urls")),
        path("", include("clusterwork.web.plans.needs.urls")),
        path("", include("clusterwork.web.plans.papers.urls")),
        path("", include("clusterwork.web.plans.review.urls")),
        path("", include("clusterwork.web.plans.writing.urls")),
        prefix_default_language=False,
    ),
]
