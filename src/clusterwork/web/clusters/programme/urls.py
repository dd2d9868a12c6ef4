"""Addresses of a programme's clusters, priorities, groups and eligibility, from the root."""

from __future__ import annotations

from django.urls import URLPattern, path

from clusterwork.web.clusters.programme.views import (
    clusters,
    eligibility,
    groups,
    of_cluster,
    priorities,
)

HERE = "programmes/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("clusters/<int:pk>/programmes/", of_cluster.cluster_programmes, name="cluster_programmes"),
    path(HERE + "clusters/", clusters.programme_clusters, name="programme_clusters"),
    path(
        HERE + "clusters/clusters.csv",
        clusters.programme_clusters_csv,
        name="programme_clusters_csv",
    ),
    path(HERE + "clusters/take-in", clusters.programme_take_in, name="programme_take_in"),
    path(HERE + "clusters/<int:part>/end", clusters.programme_part_end, name="programme_part_end"),
    path(
        HERE + "clusters/<int:part>/take-back",
        clusters.programme_part_take_back,
        name="programme_part_take_back",
    ),
    path(HERE + "priorities/", priorities.programme_priorities, name="programme_priorities"),
    path(HERE + "priorities/new", priorities.programme_priority_new, name="programme_priority_new"),
    path(
        HERE + "priorities/<int:priority>",
        priorities.programme_priority_change,
        name="programme_priority_change",
    ),
    path(
        HERE + "priorities/<int:priority>/up",
        priorities.programme_priority_up,
        name="programme_priority_up",
    ),
    path(
        HERE + "priorities/<int:priority>/remove",
        priorities.programme_priority_remove,
        name="programme_priority_remove",
    ),
    path(HERE + "groups/", groups.programme_groups, name="programme_groups"),
    path(HERE + "groups/new", groups.programme_group_new, name="programme_group_new"),
    path(HERE + "groups/<int:group>", groups.programme_group_change, name="programme_group_change"),
    path(
        HERE + "groups/<int:group>/join", groups.programme_member_new, name="programme_member_new"
    ),
    path(
        HERE + "groups/members/<int:member>/end",
        groups.programme_member_end,
        name="programme_member_end",
    ),
    path(HERE + "who/", eligibility.programme_eligibility, name="programme_eligibility"),
    path(HERE + "who/schools", eligibility.programme_findings, name="programme_findings"),
    path(
        HERE + "who/schools.csv",
        eligibility.programme_findings_csv,
        name="programme_findings_csv",
    ),
    path(
        HERE + "who/change",
        eligibility.programme_eligibility_change,
        name="programme_eligibility_change",
    ),
    path(
        HERE + "who/check",
        eligibility.programme_eligibility_check,
        name="programme_eligibility_check",
    ),
    path(HERE + "who/flags/<int:finding>", eligibility.programme_flag, name="programme_flag"),
]
