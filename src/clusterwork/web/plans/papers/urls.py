"""Addresses of the papers of plans, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.plans.papers.views import papers, programme

PAPERS = "plans/<int:pk>/papers/"
PROGRAMME = "programmes/<int:pk>/plans/"

urlpatterns = [
    path(PAPERS, papers.plan_papers, name="plan_papers"),
    path(f"{PAPERS}<str:audience>/", papers.plan_paper, name="plan_paper"),
    path(f"{PAPERS}<str:audience>/<slug:form>", papers.plan_paper_file, name="plan_paper_file"),
    path(PROGRAMME, programme.programme_plans, name="programme_plans"),
    path(f"{PROGRAMME}plans.csv", programme.programme_plans_csv, name="programme_plans_csv"),
    path(f"{PROGRAMME}table/", programme.programme_table, name="programme_table"),
    path(f"{PROGRAMME}table/<slug:form>", programme.programme_table_file,
         name="programme_table_file"),
]  # fmt: skip
