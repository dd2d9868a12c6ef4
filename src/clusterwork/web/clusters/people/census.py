"""Who gets which page of this part.

In the census's world the head, and whoever else has a role in a school, is of the first school of
the cluster.
"""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OFFICERS, OWN_OFFICER, SIGNED_IN, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
IN_CLUSTER = frozenset({"officer", "headteacher"})
CLUSTER, TURN = ("rota_cluster",), ("turn",)
CHAIR, ADVISER = ("chair",), ("adviser",)

CENSUS: dict[str, Rule] = {
    "cluster_people": Rule(WITH_A_ROLE, CLUSTER),
    "appoint": Rule(IN_CLUSTER, ("rota_cluster", "clerk_role")),
    "appointment": Rule(IN_CLUSTER, CHAIR),
    "appointment_end": Rule(IN_CLUSTER, CHAIR),
    "appointment_hand_over": Rule(IN_CLUSTER, CHAIR),
    "appointment_correct": Rule(OWN_OFFICER, ADVISER),
    "appointment_take_back": Rule(IN_CLUSTER, CHAIR),
    "cluster_rota": Rule(WITH_A_ROLE, CLUSTER),
    "rota_start": Rule(IN_CLUSTER, CLUSTER),
    "rota_plan": Rule(IN_CLUSTER, CLUSTER),
    "rota_join": Rule(IN_CLUSTER, CLUSTER),
    "rota_leave": Rule(IN_CLUSTER, CLUSTER),
    "rota_end": Rule(IN_CLUSTER, CLUSTER),
    "turn": Rule(IN_CLUSTER, TURN),
    "turn_who": Rule(IN_CLUSTER, TURN),
    "turn_swap": Rule(IN_CLUSTER, TURN),
    "turn_chair": Rule(IN_CLUSTER, TURN),
    "turn_cancel": Rule(IN_CLUSTER, TURN),
    "hand_over": Rule(SIGNED_IN),
    "hand_over_of": Rule(OWN_OFFICER, ADVISER),
    "vacancies": Rule(OFFICERS),
    "vacancies_csv": Rule(OFFICERS),
    "school_headship": Rule(SIGNED_IN, ("school",)),
    "headship_new": Rule(IN_CLUSTER, ("school",)),
    "headship_correct": Rule(IN_CLUSTER, ("headship",)),
    "headship_take_back": Rule(IN_CLUSTER, ("headship",)),
}
