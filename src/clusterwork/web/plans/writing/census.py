"""Who gets which page of this part.

In the census's world the head, and whoever else has a role in a school, is of the first school of
the cluster; the plan is a draft, which the authority does not see, and the staff member is named
by the head and writes for her.
"""

from __future__ import annotations

from clusterwork.web.census import Rule

OF_SCHOOL = frozenset(
    {"headteacher", "school_staff", "chair_of_governors", "governor_representative"}
)
READERS = OF_SCHOOL | {"officer"}
WRITERS = frozenset({"headteacher", "school_staff"})
CLUSTER, PLAN = ("plan_cluster",), ("draft_plan",)
SECTION = ("draft_plan", "plan_section")
PART = ("draft_plan", "plan_section", "plan_part_uid")

CENSUS: dict[str, Rule] = {
    "cluster_plan": Rule(READERS, CLUSTER),
    "plan_start": Rule(WRITERS, CLUSTER),
    "plan": Rule(OF_SCHOOL, PLAN),
    "plan_alongside": Rule(OF_SCHOOL, PLAN),
    "plan_steps": Rule(OF_SCHOOL, PLAN),
    "plan_withdraw": Rule(WRITERS, PLAN),
    "plan_share": Rule(WRITERS, PLAN),
    "plan_edit": Rule(WRITERS, PLAN),
    "plan_part_new": Rule(WRITERS, SECTION),
    "plan_target_about": Rule(WRITERS, PLAN),
    "plan_part": Rule(WRITERS, PART),
    "plan_part_remove": Rule(WRITERS, PART),
    "plan_part_move": Rule(WRITERS, PART),
    "plan_history": Rule(OF_SCHOOL, PLAN),
    "plan_part_history": Rule(OF_SCHOOL, PART),
    "plan_comments": Rule(OF_SCHOOL, PLAN),
    "plan_comment_answer": Rule(WRITERS, ("plan_comment",)),
}
