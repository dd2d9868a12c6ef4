"""Who gets which page of the register."""

from clusterwork.web.census import OFFICERS, OWN_OFFICER, SIGNED_IN, Rule

SCHOOL, RUN = ("school",), ("import_run",)

CENSUS = {
    "schools": Rule(SIGNED_IN),
    "schools_csv": Rule(SIGNED_IN),
    "school": Rule(SIGNED_IN, SCHOOL),
    "school_partnerships": Rule(SIGNED_IN, SCHOOL),
    "school_history": Rule(SIGNED_IN, SCHOOL),
    "partnership_new": Rule(OWN_OFFICER, SCHOOL),
    "affiliation_end": Rule(OWN_OFFICER, ("affiliation",)),
    "setting_new": Rule(OFFICERS),
    "setting_match": Rule(OWN_OFFICER, ("setting",)),
    "organisations": Rule(OFFICERS),
    "organisation": Rule(OFFICERS, ("organisation",)),
    "organisation_edit": Rule(OWN_OFFICER, ("organisation",)),
    "organisation_holidays": Rule(OFFICERS, ("organisation",)),
    "holiday_new": Rule(OWN_OFFICER, ("organisation",)),
    "holidays_new": Rule(OWN_OFFICER, ("organisation",)),
    "holiday_change": Rule(OWN_OFFICER, ("holiday",)),
    "holiday_remove": Rule(OWN_OFFICER, ("holiday",)),
    "scales": Rule(OFFICERS),
    "scale": Rule(OFFICERS, ("scale",)),
    "imports": Rule(OFFICERS),
    "import_new": Rule(OFFICERS),
    "import_progress": Rule(OFFICERS, ("errand",)),
    "import_stop": Rule(OWN_OFFICER, ("errand",)),
    "import": Rule(OFFICERS, RUN),
    "import_confirm": Rule(OWN_OFFICER, RUN),
    "import_abandon": Rule(OWN_OFFICER, RUN),
    "import_rejected_csv": Rule(OFFICERS, RUN),
}
