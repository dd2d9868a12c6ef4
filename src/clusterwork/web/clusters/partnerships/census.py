"""Who gets which page: heads and whom they named, officers of the school's authority; tables are
for everyone with a role."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
# In the world of the census the head has named a member of staff to prepare for her.
SCHOOL = frozenset({"headteacher", "school_staff", "officer"})
NAMED = ("school_with_named",)
STATED = ("stated_partnership",)

CENSUS: dict[str, Rule] = {
    "main_partnership": Rule(SCHOOL, NAMED),
    "main_partnership_details": Rule(SCHOOL, NAMED),
    "other_partnership": Rule(SCHOOL, NAMED),
    "other_partnership_details": Rule(SCHOOL, NAMED),
    "stated_correct": Rule(SCHOOL, STATED),
    "stated_end": Rule(SCHOOL, STATED),
    "clusters_tables": Rule(WITH_A_ROLE),
    "clusters_tables_csv": Rule(WITH_A_ROLE),
    "figures_schools_csv": Rule(WITH_A_ROLE),
    "characteristics": Rule(WITH_A_ROLE),
    "characteristics_csv": Rule(WITH_A_ROLE),
}
