"""Who gets which page of this part: those in the programme read, its officers change."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OWN_OFFICER, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
# The county's head heads a school of the cluster that takes part.
READERS = frozenset({"officer", "headteacher"})
PROGRAMME = ("programme_with_cluster",)

CENSUS: dict[str, Rule] = {
    "cluster_programmes": Rule(WITH_A_ROLE, ("cluster",)),
    "programme_clusters": Rule(READERS, PROGRAMME),
    "programme_clusters_csv": Rule(READERS, PROGRAMME),
    "programme_take_in": Rule(OWN_OFFICER, PROGRAMME),
    "programme_part_end": Rule(OWN_OFFICER, ("programme_with_cluster", "participation")),
    "programme_part_take_back": Rule(OWN_OFFICER, ("programme", "planned_part")),
    "programme_priorities": Rule(READERS, PROGRAMME),
    "programme_priority_new": Rule(OWN_OFFICER, PROGRAMME),
    "programme_priority_change": Rule(OWN_OFFICER, ("programme", "priority")),
    "programme_priority_up": Rule(OWN_OFFICER, ("programme", "priority")),
    "programme_priority_remove": Rule(OWN_OFFICER, ("programme", "priority")),
    "programme_groups": Rule(READERS, PROGRAMME),
    "programme_group_new": Rule(OWN_OFFICER, PROGRAMME),
    "programme_group_change": Rule(OWN_OFFICER, ("programme", "group")),
    "programme_member_new": Rule(OWN_OFFICER, ("programme", "group")),
    "programme_member_end": Rule(OWN_OFFICER, ("programme", "group_member")),
    "programme_eligibility": Rule(OWN_OFFICER, ("programme",)),
    "programme_findings": Rule(OWN_OFFICER, ("programme",)),
    "programme_findings_csv": Rule(OWN_OFFICER, ("programme",)),
    "programme_eligibility_change": Rule(OWN_OFFICER, ("programme",)),
    "programme_eligibility_check": Rule(OWN_OFFICER, ("programme_checked",)),
    "programme_flag": Rule(OWN_OFFICER, ("programme_checked", "flag")),
}
