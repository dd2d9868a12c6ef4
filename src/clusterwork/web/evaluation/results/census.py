"""Who gets which page of studies and results; the result has been shown to schools."""

from __future__ import annotations

from clusterwork.web.census import OWN_OFFICER, SIGNED_IN, Rule

# The county's head heads a school of a cluster of the programme, and was shown a result.
READERS = frozenset({"officer", "headteacher"})
STUDY = ("shown_study",)

CENSUS: dict[str, Rule] = {
    "studies": Rule(SIGNED_IN),
    "studies_csv": Rule(SIGNED_IN),
    "study": Rule(READERS, STUDY),
    "study_person_new": Rule(OWN_OFFICER, STUDY),
    "study_person_end": Rule(OWN_OFFICER, ("shown_study", "study_person")),
}
