"""Addresses of statistics of pupils and of value added, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.evaluation.cells.views import fits, sets

STUDY = "studies/<int:pk>/pupils/"
SET = f"{STUDY}<int:cells>/"
FIT = f"{STUDY}value-added/"

urlpatterns = [
    path(STUDY, sets.cells, name="cells"),
    path(f"{STUDY}upload/", sets.cells_new, name="cells_new"),
    path(SET, sets.cell_set, name="cell_set"),
    path(f"{SET}keep/", sets.cells_keep, name="cells_keep"),
    path(f"{SET}erase/", sets.cells_erase, name="cells_erase"),
    path(f"{SET}columns.json", sets.cells_columns, name="cells_columns"),
    path(FIT, fits.cell_fit_new, name="cell_fit_new"),
    path(f"{FIT}<int:fit>/", fits.cell_fit, name="cell_fit"),
    path(f"{FIT}<int:fit>/progress/", fits.cell_fit_progress, name="cell_fit_progress"),
]
