"""A result as its reader may see it, and as programs get it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.rules.plan import read as plan_read
from clusterwork.evaluation.rules.plan import written
from clusterwork.evaluation.rules.readers import for_readers, for_workers, held_back
from clusterwork.evaluation.selectors.frozen import counted_of
from clusterwork.evaluation.selectors.results import Results, marks_on


def found_for(results: Results, *, works: bool) -> dict[str, Any]:
    """What the result holds for this reader, small numbers held back; empty where there is none."""
    run = results.result
    if run is None:
        return {}
    smallest = results.analysis.study.programme.smallest_number
    found = held_back(run.found, counted_of(run), smallest, works=works)
    return (for_workers if works else for_readers)(found)


def exported(results: Results, *, works: bool) -> dict[str, Any] | None:
    """The result with its plan, what is marked on it, and its data's mark; sentences in the
    language of the moment."""
    run = results.result
    if run is None:
        return None
    found = found_for(results, works=works)
    return {
        "analysis_id": results.analysis.pk,
        "study_id": results.analysis.study_id,
        "version": run.registration.number if run.registration else None,
        "worked_out_at": run.ended_at.isoformat() if run.ended_at else None,
        "data_hash": results.frozen.data_hash if results.frozen else None,
        "plan": run.plan if works else written(plan_read(run.plan)),
        "changed_after_a_result": [
            {"version": each.number, "changed": each.changed, "because": each.because}
            for each in results.changed_after
        ],
        "marks": [
            {"version": each.number, "marks": list(marks_on(each))}
            for each in reversed(results.registrations)
        ],
        "cohort_changed": bool(run.plan.get("cohort_changes")),
        "sentences": _said(found.get("sentences", ())),
        "found": found,
    }


def _said(kept: Sequence[Mapping[str, Any]]) -> list[str]:
    return [message.translated(gettext) for each in kept if (message := read(each))]
