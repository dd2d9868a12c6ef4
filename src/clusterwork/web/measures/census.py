"""Who gets which page of measures and figures."""

from __future__ import annotations

from clusterwork.web.census import EVERYONE, OFFICERS, OWN_OFFICER, SIGNED_IN, Rule

WITH_A_ROLE = EVERYONE - {"anonymous", "nobody"}
HEAD = frozenset({"headteacher"})
# In the world of the census the head has named a member of staff to prepare for her.
ENTERING = frozenset({"headteacher", "school_staff", "officer"})
OWN = frozenset({"headteacher", "school_staff", "chair_of_governors", "governor_representative"})
# The head is the head of a school of a cluster that takes part.
PROGRAMME_READERS = frozenset({"officer", "headteacher"})
MEASURE, SCHOOL, FIGURE, UPLOAD = ("measure",), ("school",), ("figure",), ("upload",)

CENSUS: dict[str, Rule] = {
    "measures": Rule(SIGNED_IN),
    "measure": Rule(SIGNED_IN, MEASURE),
    "measure_new": Rule(OFFICERS),
    "measure_words": Rule(OFFICERS),
    "measure_group_new": Rule(OFFICERS),
    "figure_code_new": Rule(OFFICERS),
    "measure_change": Rule(OWN_OFFICER, ("own_measure",)),
    "school_figures": Rule(SIGNED_IN, SCHOOL),
    "school_figures_csv": Rule(SIGNED_IN, SCHOOL),
    "school_measure": Rule(SIGNED_IN, ("school", "published_measure")),
    "school_figure_enter": Rule(ENTERING, ("school_with_named",)),
    "school_measure_enter": Rule(ENTERING, ("school_with_named", "measure")),
    "figures_release": Rule(HEAD, ("school", "cluster")),
    "release_withdraw": Rule(HEAD, ("release",)),
    "figure": Rule(OWN, FIGURE),
    "figure_correct": Rule(frozenset({"headteacher", "school_staff"}), FIGURE),
    "cluster_figures": Rule(WITH_A_ROLE, ("cluster",)),
    "cluster_figures_csv": Rule(WITH_A_ROLE, ("cluster",)),
    "cluster_measure": Rule(WITH_A_ROLE, ("cluster", "published_measure")),
    "figure_uploads": Rule(OFFICERS),
    "figure_upload_new": Rule(OFFICERS),
    "figures_template_csv": Rule(OFFICERS),
    "figure_upload_progress": Rule(OWN_OFFICER, ("figures_errand",)),
    "figure_upload_stop": Rule(OWN_OFFICER, ("figures_errand",)),
    "figure_upload": Rule(OWN_OFFICER, UPLOAD),
    "figure_upload_confirm": Rule(OWN_OFFICER, UPLOAD),
    "figure_upload_abandon": Rule(OWN_OFFICER, UPLOAD),
    "figure_upload_rejected_csv": Rule(OWN_OFFICER, UPLOAD),
    "cluster_own_figures": Rule(WITH_A_ROLE, ("cluster",)),
    "cluster_own_figures_csv": Rule(WITH_A_ROLE, ("cluster",)),
    "cluster_figure_enter": Rule(PROGRAMME_READERS, ("cluster",)),
    "cluster_measure_enter": Rule(PROGRAMME_READERS, ("cluster", "measure")),
    "authority_own_figures": Rule(PROGRAMME_READERS, ("authority",)),
    "authority_own_figures_csv": Rule(PROGRAMME_READERS, ("authority",)),
    "authority_figure_enter": Rule(OWN_OFFICER, ("authority",)),
    "authority_measure_enter": Rule(OWN_OFFICER, ("authority", "measure")),
    "authority_figures": Rule(PROGRAMME_READERS, ("authority",)),
    "authority_figures_csv": Rule(PROGRAMME_READERS, ("authority",)),
    "authority_measure": Rule(PROGRAMME_READERS, ("authority", "published_measure")),
    "programme_figures": Rule(PROGRAMME_READERS, ("figured_programme",)),
    "programme_figures_csv": Rule(PROGRAMME_READERS, ("figured_programme",)),
}
