"""What a run found, as `rules.found` has it, written by hand; and a table frozen behind it."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from collections.abc import Sequence
from typing import Any

from clusterwork.clusters.sentences import written
from clusterwork.evaluation.models import Analysis, FrozenTable, Registration, Run
from clusterwork.evaluation.rules.plan import AnalysisPlan
from clusterwork.evaluation.rules.plan import written as plan_written
from clusterwork.evaluation.tests.made import NOW
from clusterwork.kernel.messages import Message

YEARS = range(2014, 2020)
SAID = Message(
    "Since the start, pupils' results in cluster schools have risen by %(size)s of a standard "
    "deviation more, or fallen by that much less, than in the schools they are compared with "
    "(%(level)s%% interval %(low)s to %(high)s).",
    {"size": "0.20", "level": "95", "low": "0.12", "high": "0.28"},
)
MORE = Message("This is consistent with a moderate gain and with a large one.")
EARLY = Message("It is too early to say.")


def estimate(times: float = 1.0, *, sure: bool = True) -> dict[str, Any]:
    ends = (0.12 * times, 0.28 * times, 0.035 * times) if sure else (None, None, None)
    low, high, se = ends
    return {
        "estimate": 0.2 * times, "se": se, "low": low, "high": high, "df": 8.6 if sure else None,
        "p": 0.0002 if sure else None, "level": 0.95, "method": "wild_bootstrap",
    }  # fmt: skip


def table(name: str, columns: str, *rows: tuple[Any, ...]) -> dict[str, Any]:
    return {"name": name, "columns": columns.split(), "rows": [list(row) for row in rows]}


def check(name: str, said: str, passed: bool | None, told: Any = None, **more: Any) -> Any:
    return {"name": name, "said": written(Message(said)), "passed": passed, "table": told, **more}


def alternatives() -> dict[str, Any]:
    return table(
        "alternatives",
        "choice estimate se low high p refused",
        ("main", 0.2, 0.035, 0.12, 0.28, 0.0002, None),
        ("one", 0.16, 0.045, 0.07, 0.27, 0.003, None),
        ("ten", None, None, None, None, None, written(Message("Nobody similar was found."))),
    )


def found_result(**other: Any) -> dict[str, Any]:
    """Two clusters of four schools each, that did better; every kind of check among the rest."""
    clusters = {
        "p1": {"pk": 1, "name": "Sleaford", "start": 2017, "schools": 4},
        "p2": {"pk": 2, "name": "Ancaster", "start": 2018, "schools": 4},
    }
    return {
        "too_early": False,
        "sentences": [written(SAID), written(MORE)],
        "claim": "effect",
        "estimate": estimate(15.0),
        "scaled": estimate(),
        "told_in": "sd",
        "method": "wild_bootstrap",
        "why": written(Message("There are few clusters, so the wild cluster bootstrap says.")),
        "refused": [written(Message("Months of progress are not told."))],
        "n_treated": 2,
        "n_comparison": 6,
        "rank": None,
        "n_schools": 8,
        "n_comparison_schools": 24,
        "pupils_sd": {"value": 15.0, "source": "given"},
        "starts": [2017, 2018],
        "years": list(YEARS),
        "clusters": clusters,
        "flow": table(
            "flow",
            "step treated control treated_lost control_lost",
            ("in", 9, 80, 0, 0),
            ("matched", 8, 24, 1, 56),
        ),
        "balance": table(
            "balance",
            "covariate treated control_before control_after apart_before apart_after",
            ("meals", 0.203, 0.225, 0.22, -0.19, -0.15),
        ),
        "assumptions": [written(Message("Clusters would have changed as the others."))],
        "diagnostics": [
            check("leave_one_out", "Without one it lies near.", True,
                  table("leave_one_out", "cluster estimate", ("p1", 0.17), ("p1~1", 0.22))),
            check("balance", "They are nearly alike.", None, table("balance", "name", ("meals",))),
            check("support", "One lies outside.", False,
                  table("support", "unit covariates propensity", ("1", "pupils", False))),
            check("pretrends", "No difference was found.", True,
                  table("pretrends", "power slope_joint slope_any", (0.8, 0.028, 0.022)),
                  more=[written(Message("A drift would be missed."))]),
            check("honest", "Too few years.", None, None,
                  trouble={"what": written(Message("Too few years.")), "why": None}),
            check("alternatives", "It lies between 0.16 and 0.20.", True, alternatives()),
        ],
        "alternatives": alternatives(),
        "trend": table(
            "trend",
            "year ours ours_low ours_high others others_low others_high",
            *((y, 100 + i, 98 + i, 102 + i, 100.5, 99.5, 101.5) for i, y in enumerate(YEARS)),
        ),
        "known_counts": table("known_counts", "year ours others", *((y, 40, 40) for y in YEARS)),
        "by_year_bases": [-1],
        "by_year": table(
            "by_year",
            "since estimate low high",
            (-2, 0.02, -0.1, 0.1),
            (-1, 0.0, None, None),
            (0, 0.15, 0.05, 0.25),
            (1, 0.2, -0.1, 0.5),
        ),
        "changes": table("changes", "cluster start change", ("p1", 2017, 0.21), ("p2", 2018, 0.13)),
        "programs": {"clusterwork": "0.1"},
        **other,
    }  # fmt: skip


def early_result() -> dict[str, Any]:
    """A result that is not told yet."""
    return {"too_early": True, "sentences": [written(EARLY)]}


def plan_for(analysis: Analysis, **other: Any) -> AnalysisPlan:
    """A plan of the analysis's own measure and programme."""
    assert analysis.measure is not None
    facts: dict[str, Any] = {
        "programme": analysis.study.programme_id,
        "measure": analysis.measure.pk,
        "group": "all",
        "scale": "score",
        "first_year": 2014,
        "last_year": 2019,
        "alike_by": ("pupils", "meals"),
        "alternatives": ("one", "ten"),
        "pupils_sd": 15.0,
        **other,
    }
    return AnalysisPlan(**facts)


def set_down(
    analysis: Analysis, number: int = 1, *, planned: dict[str, Any] | None = None, **other: Any
) -> Registration:
    """A registration of the analysis, which stands registered."""
    plan = plan_for(analysis, **(planned or {}))
    analysis.first_year, analysis.last_year = plan.first_year, plan.last_year
    analysis.state = Analysis.State.REGISTERED
    analysis.save()
    return Registration.objects.create(
        analysis=analysis, number=number, plan=plan_written(plan), at=NOW, **other
    )


def told(registration: Registration, found: dict[str, Any] | None = None, **other: Any) -> Run:
    """A result of the registration that has been worked out, with its table."""
    facts: dict[str, Any] = {
        "state": Run.State.DONE,
        "asked_at": NOW,
        "started_at": NOW,
        "ended_at": NOW + dt.timedelta(minutes=1),
        "found": found_result() if found is None else found,
        "plan": registration.plan,
        **other,
    }
    run = Run.objects.create(
        analysis=registration.analysis,
        registration=registration,
        kind=Run.Kind.RESULT,
        **facts,
    )
    if run.found and not run.found.get("too_early"):
        freeze(run)
    return run


def freeze(
    run: Run, counted: float = 40.0, schools: Sequence[str] = ("900001", "900002")
) -> FrozenTable:
    """A row a side and year, `counted` behind each; of the first school and of the second."""
    lines = ["school,group,ours,start,year,outcome,counted,pupils,meals"]
    for year in YEARS:
        lines += [f"{schools[0]},p1,1,2017,{year},101.5,{counted},200,0.2"]
        lines += [f"{schools[1]},p1~1,0,0,{year},100.5,{counted},190,0.2"]
    text = ("\n".join(lines) + "\n").encode()
    return FrozenTable.objects.create(
        run=run, columns=[{"name": "school", "unit": "official number"}], n_rows=len(lines) - 1,
        rows=gzip.compress(text, mtime=0), data_hash=hashlib.sha256(text).hexdigest(), made_at=NOW,
    )  # fmt: skip
