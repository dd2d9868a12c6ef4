"""Who gets which page of clusters: whoever has a role reads, officers and its people change."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OFFICERS, OWN_OFFICER, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
# The county's head is the head of a school of its cluster.
WORKING = frozenset({"officer", "headteacher"})
CLUSTER, MEMBERSHIP = ("cluster",), ("membership",)

CENSUS: dict[str, Rule] = {
    "clusters": Rule(WITH_A_ROLE),
    "clusters_csv": Rule(WITH_A_ROLE),
    "cluster_new": Rule(OFFICERS),
    "cluster": Rule(WITH_A_ROLE, CLUSTER),
    "cluster_map": Rule(WITH_A_ROLE, CLUSTER),
    "cluster_members": Rule(WITH_A_ROLE, CLUSTER),
    "cluster_history": Rule(WITH_A_ROLE, CLUSTER),
    "cluster_standing": Rule(WITH_A_ROLE, CLUSTER),
    "cluster_standing_change": Rule(OWN_OFFICER, CLUSTER),
    "cluster_working_model": Rule(WORKING, CLUSTER),
    "cluster_names": Rule(WORKING, CLUSTER),
    "cluster_working_name": Rule(OWN_OFFICER, CLUSTER),
    "cluster_status": Rule(OWN_OFFICER, CLUSTER),
    "cluster_status_move": Rule(OWN_OFFICER, ("cluster", "status_move")),
    "cluster_merge": Rule(OWN_OFFICER, CLUSTER),
    "cluster_mini": Rule(OWN_OFFICER, CLUSTER),
    "cluster_split": Rule(OWN_OFFICER, CLUSTER),
    "cluster_effects": Rule(OWN_OFFICER, CLUSTER),
    "effect_settle": Rule(OWN_OFFICER, ("register_effect",)),
    "member_join": Rule(OWN_OFFICER, CLUSTER),
    "partner_join": Rule(OWN_OFFICER, CLUSTER),
    "member": Rule(OWN_OFFICER, MEMBERSHIP),
    "member_part": Rule(OWN_OFFICER, MEMBERSHIP),
    "member_leave": Rule(OWN_OFFICER, MEMBERSHIP),
    "member_drop": Rule(OWN_OFFICER, MEMBERSHIP),
    "member_memorandum": Rule(OWN_OFFICER, MEMBERSHIP),
    "member_correct": Rule(OWN_OFFICER, MEMBERSHIP),
    "member_take_back": Rule(OWN_OFFICER, MEMBERSHIP),
    "school_ends": Rule(OWN_OFFICER, MEMBERSHIP),
}
