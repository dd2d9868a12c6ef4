"""Addresses of needs and choosing, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.plans.needs.views import (
    asking,
    choosing,
    cluster,
    deciding,
    leading,
    lines,
    matrix,
    profile,
    proposing,
    ranking,
    school,
    sending,
)

SCHOOL = "schools/<int:pk>/needs/"
YEAR = f"{SCHOOL}<int:year>/"
LINE = "schools/needs/<int:pk>/"
CLUSTER = "clusters/<int:pk>/needs/"
CHOOSING = "clusters/choosing/<int:pk>/"
PRIORITY = "clusters/priorities/<int:pk>/"

urlpatterns = [
    path(SCHOOL, school.school_needs, name="school_needs"),
    path(YEAR, school.school_needs_year, name="school_needs_year"),
    path(f"{YEAR}add", lines.need_new, name="need_new"),
    path(f"{YEAR}keep", lines.needs_keep, name="needs_keep"),
    path(f"{YEAR}send", sending.needs_send, name="needs_send"),
    path(f"{YEAR}take-back", sending.needs_take_back, name="needs_take_back"),
    path(LINE, lines.need_change, name="need_change"),
    path(f"{LINE}remove", lines.need_remove, name="need_remove"),
    path(CLUSTER, cluster.cluster_needs, name="cluster_needs"),
    path(f"{CLUSTER}ask", asking.needs_ask, name="needs_ask"),
    path(f"{CLUSTER}remind", asking.needs_remind, name="needs_remind"),
    path(f"{CLUSTER}matrix", matrix.needs_matrix, name="needs_matrix"),
    path(f"{CLUSTER}profile", profile.needs_profile, name="needs_profile"),
    path("clusters/<int:pk>/choosing/", choosing.cluster_choosing, name="cluster_choosing"),
    path("clusters/<int:pk>/choosing/start", leading.choosing_start, name="choosing_start"),
    path(CHOOSING, choosing.choosing, name="choosing"),
    path(f"{CHOOSING}propose", proposing.priority_propose, name="priority_propose"),
    path(f"{CHOOSING}propose-needs", proposing.priority_from_need, name="priority_from_need"),
    path(f"{CHOOSING}ask", leading.choosing_ask, name="choosing_ask"),
    path(f"{CHOOSING}propose-more", leading.choosing_more, name="choosing_more"),
    path(f"{CHOOSING}give-up", leading.choosing_abandon, name="choosing_abandon"),
    path(f"{CHOOSING}rank/<int:school>", ranking.priorities_rank, name="priorities_rank"),
    path(f"{CHOOSING}result", ranking.choosing_result, name="choosing_result"),
    path(f"{CHOOSING}vote", deciding.choosing_put, name="choosing_put"),
    path(f"{CHOOSING}settle", deciding.choosing_settle, name="choosing_settle"),
    path(PRIORITY, proposing.priority_change, name="priority_change"),
    path(f"{PRIORITY}withdraw", proposing.priority_withdraw, name="priority_withdraw"),
]
