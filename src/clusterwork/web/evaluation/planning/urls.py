"""Addresses of starting a study, and of planning and registering an analysis."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.evaluation.planning.views import (
    choosing,
    comparing,
    looking,
    overview,
    registering,
    starting,
)

HERE = "studies/analyses/<int:pk>/"

urlpatterns = [
    path("programmes/<int:pk>/studies/", starting.programme_studies, name="programme_studies"),
    path("studies/new", starting.study_new, name="study_new"),
    path("studies/<int:pk>/question", starting.study_question, name="study_question"),
    path("studies/<int:pk>/analyses/new", starting.analysis_new, name="analysis_new"),
    path(HERE, overview.analysis, name="analysis"),
    path(HERE + "outcome", choosing.analysis_outcome, name="analysis_outcome"),
    path(HERE + "years", choosing.analysis_years, name="analysis_years"),
    path(HERE + "reach", choosing.analysis_reach, name="analysis_reach"),
    path(HERE + "power", looking.analysis_power, name="analysis_power"),
    path(HERE + "comparison", comparing.analysis_comparison, name="analysis_comparison"),
    path(HERE + "alternatives", comparing.analysis_alternatives, name="analysis_alternatives"),
    path(HERE + "check", registering.analysis_check, name="analysis_check"),
    path(HERE + "registered", registering.analysis_registered, name="analysis_registered"),
    path(HERE + "change", registering.analysis_change, name="analysis_change"),
    path(HERE + "drop", registering.analysis_drop, name="analysis_drop"),
]
