"""Addresses of pictures, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.evaluation.pictures.views import cluster

urlpatterns = [
    path("clusters/<int:pk>/beside/", cluster.cluster_beside, name="cluster_beside"),
    path("clusters/<int:pk>/timeline/", cluster.cluster_timeline, name="cluster_timeline"),
]
