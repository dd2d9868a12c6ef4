"""Addresses of measures and figures, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.measures.views import catalogue, cluster, entering, figure, releasing, school

SCHOOL = "schools/<int:pk>/"

urlpatterns = [
    path("schools/measures/", catalogue.measures, name="measures"),
    path("schools/measures/<int:pk>/", catalogue.measure, name="measure"),
    path(f"{SCHOOL}figures/", school.school_figures, name="school_figures"),
    path(f"{SCHOOL}figures.csv", school.school_figures_csv, name="school_figures_csv"),
    path(f"{SCHOOL}figures/<int:measure_pk>/", school.school_measure, name="school_measure"),
    path(f"{SCHOOL}figures/enter/", entering.school_figure_enter, name="school_figure_enter"),
    path(
        f"{SCHOOL}figures/<int:measure_pk>/enter/",
        entering.school_measure_enter,
        name="school_measure_enter",
    ),
    path(
        f"{SCHOOL}figures/release/<int:cluster_pk>/",
        releasing.figures_release,
        name="figures_release",
    ),
    path("schools/releases/<int:pk>/", releasing.release_withdraw, name="release_withdraw"),
    path("schools/figures/<int:pk>/", figure.figure, name="figure"),
    path("schools/figures/<int:pk>/correct/", figure.figure_correct, name="figure_correct"),
    path("clusters/<int:pk>/figures/", cluster.cluster_figures, name="cluster_figures"),
]
