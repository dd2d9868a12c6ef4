"""Addresses of measures and figures, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.measures.views import (
    authority,
    catalogue,
    cluster,
    entering,
    figure,
    of_itself,
    own_measures,
    programme,
    releasing,
    school,
    uploads,
    worded,
)

SCHOOL = "schools/<int:pk>/"
FILES = "schools/figures/files/"
AUTHORITY = "schools/authorities/<int:pk>/"

urlpatterns = [
    path("schools/measures/", catalogue.measures, name="measures"),
    path("schools/measures/<int:pk>/", catalogue.measure, name="measure"),
    path("schools/measures/new/", own_measures.measure_new, name="measure_new"),
    path("schools/measures/<int:pk>/change/", own_measures.measure_change, name="measure_change"),
    path("schools/measures/words/", worded.measure_words, name="measure_words"),
    path("schools/measures/words/group/", worded.group_new, name="measure_group_new"),
    path("schools/measures/words/code/", worded.code_new, name="figure_code_new"),
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
    path("clusters/<int:pk>/figures.csv", cluster.cluster_figures_csv, name="cluster_figures_csv"),
    path(
        "clusters/<int:pk>/figures/<int:measure_pk>/",
        cluster.cluster_measure,
        name="cluster_measure",
    ),
    path(
        "clusters/<int:pk>/figures/own/", of_itself.cluster_own_figures, name="cluster_own_figures"
    ),
    path(
        "clusters/<int:pk>/figures/own.csv",
        of_itself.cluster_own_figures_csv,
        name="cluster_own_figures_csv",
    ),
    path(
        "clusters/<int:pk>/figures/enter/",
        entering.cluster_figure_enter,
        name="cluster_figure_enter",
    ),
    path(
        "clusters/<int:pk>/figures/<int:measure_pk>/enter/",
        entering.cluster_measure_enter,
        name="cluster_measure_enter",
    ),
    path(FILES, uploads.figure_uploads, name="figure_uploads"),
    path(f"{FILES}new/", uploads.figure_upload_new, name="figure_upload_new"),
    path(f"{FILES}template.csv", uploads.figures_template_csv, name="figures_template_csv"),
    path(
        f"{FILES}work/<uuid:token>/", uploads.figure_upload_progress, name="figure_upload_progress"
    ),
    path(f"{FILES}work/<uuid:token>/stop/", uploads.figure_upload_stop, name="figure_upload_stop"),
    path(f"{FILES}<int:pk>/", uploads.figure_upload, name="figure_upload"),
    path(f"{FILES}<int:pk>/confirm/", uploads.figure_upload_confirm, name="figure_upload_confirm"),
    path(f"{FILES}<int:pk>/abandon/", uploads.figure_upload_abandon, name="figure_upload_abandon"),
    path(
        f"{FILES}<int:pk>/rejected.csv",
        uploads.figure_upload_rejected_csv,
        name="figure_upload_rejected_csv",
    ),
    path(f"{AUTHORITY}figures/", authority.authority_figures_page, name="authority_figures"),
    path(f"{AUTHORITY}figures.csv", authority.authority_figures_csv, name="authority_figures_csv"),
    path(
        f"{AUTHORITY}figures/<int:measure_pk>/",
        authority.authority_measure,
        name="authority_measure",
    ),
    path(f"{AUTHORITY}figures/own/", of_itself.authority_own_figures, name="authority_own_figures"),
    path(
        f"{AUTHORITY}figures/own.csv",
        of_itself.authority_own_figures_csv,
        name="authority_own_figures_csv",
    ),
    path(
        f"{AUTHORITY}figures/enter/", entering.authority_figure_enter, name="authority_figure_enter"
    ),
    path(
        f"{AUTHORITY}figures/<int:measure_pk>/enter/",
        entering.authority_measure_enter,
        name="authority_measure_enter",
    ),
    path("programmes/<int:pk>/figures/", programme.programme_figures, name="programme_figures"),
    path(
        "programmes/<int:pk>/figures.csv",
        programme.programme_figures_csv,
        name="programme_figures_csv",
    ),
]
