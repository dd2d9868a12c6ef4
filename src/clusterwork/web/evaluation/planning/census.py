"""Who gets which page of planning: officers of the programme and those named on the study."""

from __future__ import annotations

from clusterwork.web.census import OFFICERS, OWN_OFFICER, Rule

# The county's head heads a school of the cluster that takes part.
READERS = frozenset({"officer", "headteacher"})
PLANNED = ("planned_analysis",)
REGISTERED = ("registered_analysis",)

CENSUS: dict[str, Rule] = {
    "programme_studies": Rule(READERS, ("programme_with_cluster",)),
    "study_new": Rule(OFFICERS),
    "study_question": Rule(OWN_OFFICER, ("planned_study",)),
    "analysis_new": Rule(OWN_OFFICER, ("planned_study",)),
    "analysis": Rule(OWN_OFFICER, PLANNED),
    "analysis_outcome": Rule(OWN_OFFICER, PLANNED),
    "analysis_years": Rule(OWN_OFFICER, PLANNED),
    "analysis_reach": Rule(OWN_OFFICER, PLANNED),
    "analysis_power": Rule(OWN_OFFICER, PLANNED),
    "analysis_comparison": Rule(OWN_OFFICER, PLANNED),
    "analysis_alternatives": Rule(OWN_OFFICER, PLANNED),
    "analysis_check": Rule(OWN_OFFICER, PLANNED),
    "analysis_registered": Rule(OWN_OFFICER, REGISTERED),
    "analysis_change": Rule(OWN_OFFICER, REGISTERED),
    "analysis_drop": Rule(OWN_OFFICER, ("changing_analysis",)),
}
