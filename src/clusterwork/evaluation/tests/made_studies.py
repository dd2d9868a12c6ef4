"""A study of a made programme with its analysis, as far on as a test asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.clusters import sentences
from clusterwork.clusters.tests.made import TODAY
from clusterwork.evaluation.models import Analysis, Registration, Run
from clusterwork.evaluation.rules.plan import written
from clusterwork.evaluation.selectors.plans import last_registration, plan_of
from clusterwork.evaluation.services.planning import choose_outcome, choose_reach
from clusterwork.evaluation.services.registering import register
from clusterwork.evaluation.services.studies import start_study
from clusterwork.evaluation.tests.made import NOW, MadeWorld
from clusterwork.kernel.messages import N_, Message

SENTENCE = Message(N_("A change of less than %(least)s would most likely be missed."), {"least": 2})
LOOK: dict[str, Any] = {
    "sentences": [sentences.written(SENTENCE)],
    "least": 0.2,
    "least_in_units": 3.0,
    "se": 0.07,
    "power": 0.35,
    "too_large": False,
    "n_treated": 4,
    "n_comparison": 0,
    "n_schools": 16,
    "n_comparison_schools": 48,
    "pupils_sd": {"value": 15.0, "source": "given"},
    "method": "wild_bootstrap",
    "flow": {"name": "flow", "columns": [], "rows": []},
    "balance": {"name": "balance", "columns": [], "rows": []},
    "before": {"name": "before", "columns": [], "rows": []},
    "clusters": {},
    "notes": [],
}


def begun(world: MadeWorld, title: str = "Reading and the clusters") -> Analysis:
    """A study whose first analysis has nothing chosen yet."""
    study = start_study(
        person=world.officer, day=TODAY, now=NOW, programme_pk=world.programme.pk, title=title
    )
    return study.analyses.get()


def planned(world: MadeWorld, title: str = "Reading and the clusters", **chosen: Any) -> Analysis:
    """The same with results, years and reach chosen."""
    analysis = begun(world, title)
    who: dict[str, Any] = {"person": world.officer, "day": TODAY, "pk": analysis.pk}
    facts = {"measure_pk": world.measure.pk, "group": "all", "first_year": 2014, "last_year": 2019}
    choose_outcome(**who, **{**facts, **chosen})
    choose_reach(
        **who, reached=1.0, expected=3.0, pupils_sd=15.0, too_early_before=dt.date(2019, 9, 1)
    )
    return Analysis.objects.get(pk=analysis.pk)


def looked(
    analysis: Analysis, world: MadeWorld, *, trouble: dict[str, Any] | None = None, **found: Any
) -> Run:
    """A finished look at what could be seen with the plan as it stands; failed with `trouble`."""
    plan = plan_of(analysis)
    assert plan is not None
    return Run.objects.create(
        analysis=analysis, kind=Run.Kind.POWER, plan=written(plan),
        state=Run.State.FAILED if trouble else Run.State.DONE, trouble=trouble or {},
        asked_by=world.officer, asked_at=NOW, started_at=NOW, ended_at=NOW,
        found={} if trouble else {**LOOK, **found},
    )  # fmt: skip


def registered(world: MadeWorld) -> Registration:
    """An analysis that is planned, looked at and registered."""
    analysis = planned(world)
    looked(analysis, world)
    return register(person=world.officer, day=TODAY, now=NOW, pk=analysis.pk)


def resulted(registration: Registration, **found: Any) -> Run:
    """A finished result of the registration."""
    return Run.objects.create(
        analysis=registration.analysis, registration=registration, kind=Run.Kind.RESULT,
        plan=registration.plan, state=Run.State.DONE, asked_at=NOW, ended_at=NOW,
        found={"sentences": [], **found},
    )  # fmt: skip


def last_of(analysis: Analysis) -> Registration:
    """What counts."""
    found = last_registration(analysis)
    assert found is not None
    return found
