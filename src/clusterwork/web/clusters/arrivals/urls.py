"""Addresses of this part, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.arrivals import views

urlpatterns = [
    path("clusters/arriving/", views.clusters_arriving, name="clusters_arriving"),
]
