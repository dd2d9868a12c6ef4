"""What the census of `web.evaluation.planning` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.evaluation.models import Analysis, Registration, Run, Study
from clusterwork.evaluation.rules.plan import written
from clusterwork.evaluation.selectors.plans import plan_of
from clusterwork.evaluation.services.registering import open_change, register
from clusterwork.evaluation.services.studies import start_study


def study_called(world: Any, title: str) -> Study:
    world.made("participation")
    return start_study(
        person=world.officer, day=world.today, now=timezone.now(),
        programme_pk=world.programme.pk, title=title,
    )  # fmt: skip


def planned_study(world: Any) -> Study:
    return study_called(world, "Is it planned?")


def planned(study: Study, world: Any) -> Analysis:
    """Chosen without the figures that the services ask for, and looked at."""
    Analysis.objects.filter(study=study).update(
        measure=world.made("published_measure"), first_year=2024, last_year=2027, expected=2.0,
        too_early_before=dt.date(2027, 9, 1),
    )  # fmt: skip
    analysis = study.analyses.get()
    plan = plan_of(analysis)
    assert plan is not None
    Run.objects.create(
        analysis=analysis, kind=Run.Kind.POWER, plan=written(plan), state=Run.State.DONE,
        asked_at=timezone.now(), ended_at=timezone.now(), found={"least": 0.2},
    )  # fmt: skip
    return analysis


def planned_analysis(world: Any) -> Analysis:
    return planned(world.made("planned_study"), world)


def registered(world: Any, title: str) -> Analysis:
    analysis = planned(study_called(world, title), world)
    made: Registration = register(
        person=world.officer, day=world.today, now=timezone.now(), pk=analysis.pk
    )
    return made.analysis


def registered_analysis(world: Any) -> Analysis:
    return registered(world, "Is it registered?")


def changing_analysis(world: Any) -> Analysis:
    analysis = registered(world, "Is it changed?")
    return open_change(person=world.officer, day=world.today, pk=analysis.pk)


MAKERS: dict[str, Callable[[Any], Any]] = {
    "planned_study": planned_study,
    "planned_analysis": planned_analysis,
    "registered_analysis": registered_analysis,
    "changing_analysis": changing_analysis,
}
