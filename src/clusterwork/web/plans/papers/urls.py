"""Addresses of the papers of plans, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.plans.papers.views import funder_forms, papers, programme, programme_forms

PAPERS = "plans/<int:pk>/papers/"
FORMS = "plans/<int:pk>/forms/"
FORM = f"{FORMS}<int:form>/"
PROGRAMME = "programmes/<int:pk>/plans/"
ITS_FORMS = "programmes/<int:pk>/funders-forms/"

urlpatterns = [
    path(PAPERS, papers.plan_papers, name="plan_papers"),
    path(f"{PAPERS}<str:audience>/", papers.plan_paper, name="plan_paper"),
    path(f"{PAPERS}<str:audience>/<slug:form>", papers.plan_paper_file, name="plan_paper_file"),
    path(FORMS, funder_forms.plan_forms, name="plan_forms"),
    path(f"{FORMS}new", funder_forms.plan_form_new, name="plan_form_new"),
    path(FORM, funder_forms.plan_form, name="plan_form"),
    path(f"{FORM}questions/add", funder_forms.plan_form_question, name="plan_form_question"),
    path(
        f"{FORM}questions/<slug:key>/remove",
        funder_forms.plan_form_unquestion,
        name="plan_form_unquestion",
    ),
    path(f"{FORM}as-<slug:kind>", funder_forms.plan_form_file, name="plan_form_file"),
    path(ITS_FORMS, programme_forms.programme_forms, name="programme_forms"),
    path(f"{ITS_FORMS}new", programme_forms.programme_form_new, name="programme_form_new"),
    path(f"{ITS_FORMS}<int:form>/questions/add", programme_forms.programme_form_question,
         name="programme_form_question"),
    path(f"{ITS_FORMS}<int:form>/questions/<slug:key>/remove",
         programme_forms.programme_form_unquestion, name="programme_form_unquestion"),
    path(f"{ITS_FORMS}<int:form>/end", programme_forms.programme_form_end,
         name="programme_form_end"),
    path(PROGRAMME, programme.programme_plans, name="programme_plans"),
    path(f"{PROGRAMME}plans.csv", programme.programme_plans_csv, name="programme_plans_csv"),
    path(f"{PROGRAMME}table/", programme.programme_table, name="programme_table"),
    path(f"{PROGRAMME}table/<slug:form>", programme.programme_table_file,
         name="programme_table_file"),
]  # fmt: skip
