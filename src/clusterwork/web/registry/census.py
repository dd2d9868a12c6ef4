"""Who gets which page of the register."""

from clusterwork.web.census import OFFICERS, OWN_OFFICER, SIGNED_IN, Rule

SCHOOL, RUN = ("school",), ("import_run",)

CENSUS = {
    "schools": Rule(SIGNED_IN),
    "schools_csv": Rule(SIGNED_IN),
    "school": Rule(SIGNED_IN, SCHOOL),
    "school_partnerships": Rule(SIGNED_IN, SCHOOL),
    "school_history": Rule(SIGNED_IN, SCHOOL),
    "partnership_new": Rule(OFFICERS, SCHOOL),
    "affiliation_end": Rule(OFFICERS, ("affiliation",)),
    "setting_new": Rule(OFFICERS),
    "setting_match": Rule(OFFICERS, ("setting",)),
    "organisations": Rule(OFFICERS),
    "organisation": Rule(OFFICERS, ("organisation",)),
    "organisation_edit": Rule(OWN_OFFICER, ("organisation",)),
    "scales": Rule(OFFICERS),
    "scale": Rule(OFFICERS, ("scale",)),
    "imports": Rule(OFFICERS),
    "import_new": Rule(OFFICERS),
    "import_progress": Rule(OFFICERS, ("errand",)),
    "import_stop": Rule(OFFICERS, ("errand",)),
    "import": Rule(OFFICERS, RUN),
    "import_confirm": Rule(OFFICERS, RUN),
    "import_abandon": Rule(OFFICERS, RUN),
    "import_rejected_csv": Rule(OFFICERS, RUN),
}
