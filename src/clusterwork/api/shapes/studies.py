"""Studies, their analyses, and what was found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema


class Study(Schema):
    """A question about a programme; `n_analyses` are those that you may open."""

    id: int
    programme_id: int
    programme_name: str
    title: str
    question: str
    started_at: dt.datetime
    n_analyses: int
    n_results: int


class Analysis(Schema):
    """An analysis and where it stands: `state` of its plan, and whether it has a result.

    Measure, cluster, group and years are those of the result; without one, of the plan as it is
    being written. Years are the ends of school years. `is_shown` says whether the programme's
    schools may read a result.
    """

    id: int
    measure_id: int | None
    cluster_id: int | None
    group: str
    first_year: int | None
    last_year: int | None
    state: str
    has_result: bool
    is_shown: bool


class WholeStudy(Study):
    """A study with the analyses that you may open."""

    analyses: list[Analysis]


class Marks(Schema):
    """What is marked on a version of a plan.

    `changed_after_a_result`; `result_known_elsewhere` (of the same measure and group in the
    programme, when the first version was registered); `told_sooner` than an earlier version or the
    clusters' plans said that it could be judged; `after_too_early`, by then somebody had been told
    that it is too early.
    """

    version: int
    marks: list[str]


class Result(Schema):
    """What was found, under which version of the plan, from which data.

    `sentences` are in the language asked for. `found` holds the numbers and tables; for those to
    whom a result was shown without rows about single clusters or schools. `data_hash` is the
    SHA-256 of the frozen table. Of a result that is told to be too early there is no number.
    `marks` are of all versions of the plan, the first first. `cohort_changed` says that the
    clusters or schools looked at are no longer those that were registered.
    """

    analysis_id: int
    study_id: int
    version: int | None
    worked_out_at: dt.datetime | None
    data_hash: str | None
    plan: dict[str, Any]
    changed_after_a_result: list[dict[str, Any]]
    marks: list[Marks]
    cohort_changed: bool
    sentences: list[str]
    found: dict[str, Any]
