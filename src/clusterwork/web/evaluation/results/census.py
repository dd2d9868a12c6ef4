"""Who gets which page of studies and results; the result has been shown to schools."""

from __future__ import annotations

from clusterwork.web.census import OWN_OFFICER, SIGNED_IN, Rule

# The county's head heads a school of a cluster of the programme, and was shown a result.
READERS = frozenset({"officer", "headteacher"})
# The evaluator is named on the study from which somebody's part is ended, and it is hers.
WORKERS = OWN_OFFICER | {"evaluator"}
STUDY, ANALYSIS, RUN = ("shown_study",), ("shown_analysis",), ("open_run",)

CENSUS: dict[str, Rule] = {
    "studies": Rule(SIGNED_IN),
    "studies_csv": Rule(SIGNED_IN),
    "study": Rule(READERS, STUDY),
    "study_person_new": Rule(OWN_OFFICER, STUDY),
    "study_person_end": Rule(WORKERS, ("named_study", "study_person")),
    "run": Rule(OWN_OFFICER, RUN),
    "run_progress": Rule(OWN_OFFICER, RUN),
    "run_stop": Rule(OWN_OFFICER, RUN),
    "analysis_result": Rule(READERS, ANALYSIS),
    "result_work_out": Rule(OWN_OFFICER, ANALYSIS),
    "analysis_share": Rule(OWN_OFFICER, ANALYSIS),
    "analysis_unshare": Rule(OWN_OFFICER, ANALYSIS),
    "result_json": Rule(READERS, ANALYSIS),
    "result_csv": Rule(READERS, ANALYSIS),
    "result_table": Rule(OWN_OFFICER, ANALYSIS, is_recorded=True),
    "analysis_method": Rule(READERS, ANALYSIS),
    "analysis_method_file": Rule(READERS, (*ANALYSIS, "paper_form")),
}
