"""Addresses of writing a plan, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.plans.writing.views import cluster, history, parts, plan, starting, talking

PLAN = "plans/<int:pk>/"
PART = f"{PLAN}parts/<slug:section>/<uuid:uid>/"

urlpatterns = [
    path("clusters/<int:pk>/plans", cluster.cluster_plan, name="cluster_plan"),
    path("clusters/<int:pk>/plans/start", starting.plan_start, name="plan_start"),
    path(PLAN, plan.plan_page, name="plan"),
    path(f"{PLAN}alongside", plan.plan_alongside, name="plan_alongside"),
    path(f"{PLAN}how-it-should-work", plan.plan_steps, name="plan_steps"),
    path(f"{PLAN}withdraw", starting.plan_withdraw, name="plan_withdraw"),
    path(f"{PLAN}share", talking.plan_share, name="plan_share"),
    path(f"{PLAN}edit", parts.plan_edit, name="plan_edit"),
    path(f"{PLAN}new/<slug:section>/", parts.part_new, name="plan_part_new"),
    path(f"{PLAN}target", parts.target_about, name="plan_target_about"),
    path(PART, parts.part_edit, name="plan_part"),
    path(f"{PART}remove", parts.part_remove, name="plan_part_remove"),
    path(f"{PART}move", parts.part_move, name="plan_part_move"),
    path(f"{PLAN}history", history.plan_history, name="plan_history"),
    path(f"{PART}history", history.part_history, name="plan_part_history"),
    path(f"{PLAN}comments", talking.plan_comments, name="plan_comments"),
    path("plans/comments/<int:pk>/answer", talking.comment_answer, name="plan_comment_answer"),
]
