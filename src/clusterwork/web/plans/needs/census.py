"""Who gets which page of needs and choosing.

In the census's world the head, and whoever else has a role in a school, is of the first school of
the cluster, which nobody chairs or coordinates: there its head leads.
"""

from __future__ import annotations

from clusterwork.web.census import Rule

IN_THE_SCHOOLS = frozenset(
    {
        "headteacher",
        "school_staff",
        "chair_of_governors",
        "governor_representative",
    }
)
WITH_THE_OFFICER = IN_THE_SCHOOLS | {"officer"}
HEAD = frozenset({"headteacher"})
PREPARES = HEAD | {"school_staff"}  # the head has named her to prepare
ASKS = frozenset({"officer"})
CLUSTER, SCHOOL = ("needs_cluster",), ("needs_school", "needs_year")
CHOOSING, PRIORITY = ("choosing",), ("candidate",)

CENSUS: dict[str, Rule] = {
    "school_needs": Rule(IN_THE_SCHOOLS, ("needs_school",)),
    "school_needs_year": Rule(IN_THE_SCHOOLS, SCHOOL),
    "need_new": Rule(PREPARES, SCHOOL),
    "needs_keep": Rule(PREPARES, SCHOOL),
    "needs_send": Rule(HEAD, SCHOOL),
    "needs_take_back": Rule(HEAD, SCHOOL),
    "need_change": Rule(PREPARES, ("need_line",)),
    "need_remove": Rule(PREPARES, ("need_line",)),
    "cluster_needs": Rule(WITH_THE_OFFICER, CLUSTER),
    "needs_ask": Rule(ASKS, CLUSTER),
    "needs_remind": Rule(ASKS, CLUSTER),
    "needs_matrix": Rule(IN_THE_SCHOOLS, CLUSTER),
    "needs_profile": Rule(WITH_THE_OFFICER, CLUSTER),
    "cluster_choosing": Rule(IN_THE_SCHOOLS, CLUSTER),
    "choosing_start": Rule(HEAD, CLUSTER),
    "choosing": Rule(IN_THE_SCHOOLS, CHOOSING),
    "priority_propose": Rule(HEAD, CHOOSING),
    "priority_from_need": Rule(HEAD, CHOOSING),
    "choosing_ask": Rule(HEAD, CHOOSING),
    "choosing_more": Rule(HEAD, CHOOSING),
    "choosing_abandon": Rule(HEAD, CHOOSING),
    "priorities_rank": Rule(HEAD, ("ranked_choosing", "needs_school")),
    "choosing_result": Rule(IN_THE_SCHOOLS, CHOOSING),
    "choosing_put": Rule(HEAD, ("ranked_choosing",)),
    "choosing_settle": Rule(HEAD, ("ranked_choosing",)),
    "priority_change": Rule(HEAD, PRIORITY),
    "priority_withdraw": Rule(HEAD, PRIORITY),
}
