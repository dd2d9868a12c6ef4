"""Addresses of what schools state and of the reports' tables, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.partnerships.views import figures, stating

MAIN, OTHER = {"is_main": True}, {"is_main": False}

urlpatterns = [
    path(
        "schools/<int:pk>/partnerships/main/",
        stating.partnership_choose,
        MAIN,
        name="main_partnership",
    ),
    path(
        "schools/<int:pk>/partnerships/main/details/",
        stating.partnership_details,
        MAIN,
        name="main_partnership_details",
    ),
    path(
        "schools/<int:pk>/partnerships/other/",
        stating.partnership_choose,
        OTHER,
        name="other_partnership",
    ),
    path(
        "schools/<int:pk>/partnerships/other/details/",
        stating.partnership_details,
        OTHER,
        name="other_partnership_details",
    ),
    path("schools/partnerships/<int:pk>/correct/", stating.stated_correct, name="stated_correct"),
    path("schools/partnerships/<int:pk>/end/", stating.stated_end, name="stated_end"),
    path("clusters/figures/", figures.clusters_tables, name="clusters_tables"),
    path(
        "clusters/figures/categories.csv", figures.clusters_tables_csv, name="clusters_tables_csv"
    ),
    path("clusters/figures/schools.csv", figures.figures_schools_csv, name="figures_schools_csv"),
    path("clusters/figures/clusters/", figures.characteristics, name="characteristics"),
    path("clusters/figures/clusters.csv", figures.characteristics_csv, name="characteristics_csv"),
]
