"""Addresses of clusters, from the root of the language."""

from __future__ import annotations

from django.urls import path

from clusterwork.web.clusters.cluster.views import (
    changing,
    changing_members,
    cluster,
    clusters,
    ending_schools,
    members,
    merging,
    register,
    splitting,
    standing,
)

ONE = "clusters/<int:pk>/"
MEMBER = "clusters/memberships/<int:pk>/"

urlpatterns = [
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters.csv", clusters.clusters_csv, name="clusters_csv"),
    path("clusters/new", changing.cluster_new, name="cluster_new"),
    path(ONE, cluster.cluster, name="cluster"),
    path(f"{ONE}map.json", cluster.cluster_map, name="cluster_map"),
    path(f"{ONE}members/", members.members, name="cluster_members"),
    path(f"{ONE}history/", cluster.history, name="cluster_history"),
    path(f"{ONE}standing/", standing.standing, name="cluster_standing"),
    path(f"{ONE}standing/change", standing.standing_change, name="cluster_standing_change"),
    path(f"{ONE}standing/working-model", standing.working_model, name="cluster_working_model"),
    path(f"{ONE}names", changing.names, name="cluster_names"),
    path(f"{ONE}working-name", changing.working_name, name="cluster_working_name"),
    path(f"{ONE}status/", changing.status, name="cluster_status"),
    path(f"{ONE}status/<slug:move>", changing.status_move, name="cluster_status_move"),
    path(f"{ONE}merge", merging.cluster_merge, name="cluster_merge"),
    path(f"{ONE}mini-cluster", merging.cluster_mini, name="cluster_mini"),
    path(f"{ONE}split", splitting.cluster_split, name="cluster_split"),
    path(f"{ONE}register/", register.effects, name="cluster_effects"),
    path("clusters/register/<int:pk>", register.effect_settle, name="effect_settle"),
    path(f"{ONE}members/add-school", changing_members.member_join, name="member_join"),
    path(f"{ONE}members/add-partner", changing_members.partner_join, name="partner_join"),
    path(MEMBER, changing_members.member, name="member"),
    path(f"{MEMBER}part", changing_members.member_part, name="member_part"),
    path(f"{MEMBER}leave", changing_members.member_leave, name="member_leave"),
    path(f"{MEMBER}drop", changing_members.member_drop, name="member_drop"),
    path(f"{MEMBER}memorandum", changing_members.member_memorandum, name="member_memorandum"),
    path(f"{MEMBER}correct", changing_members.member_correct, name="member_correct"),
    path(f"{MEMBER}take-back", changing_members.member_take_back, name="member_take_back"),
    path(f"{MEMBER}school-ends", ending_schools.school_ends, name="school_ends"),
]
