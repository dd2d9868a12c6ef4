"""Addresses of studies, their runs and their results, below `studies/`."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.evaluation.results.views import files, method, result, runs, studies, study

STUDY = "studies/<int:pk>/"
RUN = "studies/runs/<int:pk>/"
ANALYSIS = "studies/analyses/<int:pk>/"

urlpatterns = [
    path("studies/", studies.studies, name="studies"),
    path("studies/studies.csv", studies.studies_csv, name="studies_csv"),
    path(STUDY, study.study, name="study"),
    path(f"{STUDY}people/name/", study.study_person_new, name="study_person_new"),
    path(f"{STUDY}people/<int:named>/end/", study.study_person_end, name="study_person_end"),
    path(RUN, runs.run, name="run"),
    path(f"{RUN}progress/", runs.run_progress, name="run_progress"),
    path(f"{RUN}stop/", runs.run_stop, name="run_stop"),
    path(f"{ANALYSIS}result/", result.analysis_result, name="analysis_result"),
    path(f"{ANALYSIS}result/work-out/", runs.result_work_out, name="result_work_out"),
    path(f"{ANALYSIS}result/show/", result.analysis_share, name="analysis_share"),
    path(f"{ANALYSIS}result/take-back/", result.analysis_unshare, name="analysis_unshare"),
    path(f"{ANALYSIS}result.json", files.result_json, name="result_json"),
    path(f"{ANALYSIS}result.csv", files.result_csv, name="result_csv"),
    path(f"{ANALYSIS}table.csv", files.result_table, name="result_table"),
    path(f"{ANALYSIS}method/", method.analysis_method, name="analysis_method"),
    path(f"{ANALYSIS}method/<slug:form>", method.analysis_method_file, name="analysis_method_file"),
]
