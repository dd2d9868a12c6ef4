"""Addresses of pictures, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.evaluation.pictures.views import bands, cluster, grades

urlpatterns = [
    path("clusters/<int:pk>/beside/", cluster.cluster_beside, name="cluster_beside"),
    path("clusters/<int:pk>/timeline/", cluster.cluster_timeline, name="cluster_timeline"),
    path("programmes/<int:pk>/bands/", bands.programme_bands, name="programme_bands"),
    path("programmes/<int:pk>/grades/", grades.programme_grades, name="programme_grades"),
    path("schools/authorities/<int:pk>/bands/", bands.authority_bands, name="authority_bands"),
]
