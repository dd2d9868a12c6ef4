"""Who gets which page of statistics of pupils: whoever is named on the study, not its officers.

Every look leaves an entry in the record.
"""

from __future__ import annotations

from clusterwork.web.census import Rule

NAMED = frozenset({"evaluator"})
STUDY = ("study_of_pupils",)
SET, FIT = (*STUDY, "cell_set"), (*STUDY, "cell_fit")

CENSUS: dict[str, Rule] = {
    "cells": Rule(NAMED, STUDY, is_recorded=True),
    "cells_new": Rule(NAMED, STUDY, is_recorded=True),
    "cell_set": Rule(NAMED, SET, is_recorded=True),
    "cells_keep": Rule(NAMED, SET, is_recorded=True),
    "cells_erase": Rule(NAMED, SET, is_recorded=True),
    "cells_columns": Rule(NAMED, SET, is_recorded=True),
    "cell_fit_new": Rule(NAMED, STUDY, is_recorded=True),
    "cell_fit": Rule(NAMED, FIT, is_recorded=True),
    "cell_fit_progress": Rule(NAMED, FIT),
}
