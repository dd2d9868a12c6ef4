"""Who gets which page of this part.

In the census's world the head, and whoever else has a role in a school, is of the first school of
the cluster. What it decides is private to the cluster: its officers see only what is shared.
"""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
IN_CLUSTER = frozenset({"officer", "headteacher"})
INSIDE = frozenset({"headteacher", "school_staff", "chair_of_governors", "governor_representative"})
HEAD = frozenset({"headteacher"})
CLUSTER, OPEN, TAKEN = ("deciding_cluster",), ("open_decision",), ("taken_decision",)
GROUP = ("cluster_group",)

CENSUS: dict[str, Rule] = {
    "cluster_decisions": Rule(WITH_A_ROLE, CLUSTER),
    "decisions_csv": Rule(WITH_A_ROLE, CLUSTER),
    "decision_propose": Rule(HEAD, CLUSTER),
    "decision_record": Rule(HEAD, CLUSTER),
    "decision": Rule(INSIDE, OPEN),
    "decision_amend": Rule(HEAD, OPEN),
    "decision_vote": Rule(HEAD, ("open_decision", "school")),
    "decision_close": Rule(HEAD, OPEN),
    "decision_withdraw": Rule(HEAD, OPEN),
    "decision_share": Rule(HEAD, TAKEN),
    "cluster_governance": Rule(WITH_A_ROLE, CLUSTER),
    "voting_rule": Rule(IN_CLUSTER, CLUSTER),
    "cluster_group_new": Rule(IN_CLUSTER, CLUSTER),
    "cluster_group_end": Rule(IN_CLUSTER, GROUP),
    "group_rule": Rule(IN_CLUSTER, GROUP),
    "group_rule_end": Rule(IN_CLUSTER, ("group_rule",)),
    "group_seat_new": Rule(IN_CLUSTER, GROUP),
    "group_seat_end": Rule(IN_CLUSTER, ("group_seat",)),
    "cluster_voice": Rule(INSIDE, CLUSTER),
    "voice_csv": Rule(INSIDE, CLUSTER),
    "new_head": Rule(HEAD, ("deciding_cluster", "new_headship")),
}
