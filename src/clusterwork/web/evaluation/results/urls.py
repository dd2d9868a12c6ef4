"""Addresses of studies, runs and results, below `studies/`."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.evaluation.results.views import studies, study

STUDY = "studies/<int:pk>/"

urlpatterns = [
    path("studies/", studies.studies, name="studies"),
    path("studies/studies.csv", studies.studies_csv, name="studies_csv"),
    path(STUDY, study.study, name="study"),
    path(f"{STUDY}people/name/", study.study_person_new, name="study_person_new"),
    path(f"{STUDY}people/<int:named>/end/", study.study_person_end, name="study_person_end"),
]
