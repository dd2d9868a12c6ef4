"""A result for programs: what was found, under which plan, from which data."""

from __future__ import annotations

from typing import Any

from clusterwork.evaluation.selectors.results import Results
from clusterwork.web.evaluation.results.shown.result import found_for
from clusterwork.web.evaluation.results.shown.standing import said_all


def exported(results: Results, *, works: bool) -> dict[str, Any] | None:
    """The result as JSON, in the language of the moment; None where there is none."""
    run = results.result
    if run is None:
        return None
    found = found_for(results, works=works)
    return {
        "analysis": results.analysis.pk,
        "study": results.analysis.study_id,
        "version": run.registration.number if run.registration else None,
        "worked_out_at": run.ended_at.isoformat() if run.ended_at else None,
        "data_hash": results.frozen.data_hash if results.frozen else None,
        "plan": run.plan,
        "changed_after_a_result": [
            {"version": each.number, "changed": each.changed, "because": each.because}
            for each in results.changed_after
        ],
        "sentences": said_all(found.get("sentences", ())),
        "found": found,
    }
