"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.arrivals.views import arrival, arriving

urlpatterns = [
    path("clusters/arriving/", arriving.clusters_arriving, name="clusters_arriving"),
    path("clusters/arriving/template.csv", arriving.clusters_template, name="clusters_template"),
    path(
        "clusters/arriving/template.xlsx",
        arriving.clusters_template_xlsx,
        name="clusters_template_xlsx",
    ),
    path("clusters/arriving/<int:pk>/", arrival.arrival, name="clusters_arrival"),
    path("clusters/arriving/<int:pk>/confirm", arrival.confirm, name="clusters_arrival_confirm"),
    path("clusters/arriving/<int:pk>/abandon", arrival.abandon, name="clusters_arrival_abandon"),
    path(
        "clusters/arriving/<int:pk>/rejected.csv",
        arrival.rejected_csv,
        name="clusters_arrival_rejected",
    ),
]
