"""Addresses of measures and figures, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.measures.views import catalogue

urlpatterns = [
    path("schools/measures/", catalogue.measures, name="measures"),
    path("schools/measures/<int:pk>/", catalogue.measure, name="measure"),
]
