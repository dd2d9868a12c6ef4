"""Addresses of clusters, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.cluster.views import cluster, clusters

urlpatterns = [
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters/<int:pk>/", cluster.cluster, name="cluster"),
]
