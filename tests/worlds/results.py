"""What the census of `web.evaluation.results` needs: a function of the world for each word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from clusterwork.evaluation.models import Analysis, Run, Study, StudyPerson
from clusterwork.evaluation.services.people import name_person
from clusterwork.evaluation.services.sharing import share_result
from clusterwork.evaluation.tests.made_results import set_down, told


def shown_study(world: Any) -> Study:
    """A study of the programme with the head's cluster, whose result was shown to its schools."""
    study: Study = world.made("shown_analysis").study
    return study


def shown_analysis(world: Any) -> Analysis:
    """An analysis with a result that was shown to schools."""
    programme, now = world.made("programme_with_cluster"), timezone.now()
    study = Study.objects.create(programme=programme, title="Did it help?", started_at=now)
    analysis = Analysis.objects.create(
        study=study, measure=world.made("published_measure"), started_at=now
    )
    told(set_down(analysis))
    who = {"person": world.officer, "day": world.today, "now": now}
    return share_result(**who, pk=analysis.pk)


def named_study(world: Any) -> Study:
    """Another study of the programme, of which nothing has been shown."""
    programme = world.made("programme_with_cluster")
    return Study.objects.create(programme=programme, title="Who came?", started_at=timezone.now())


def study_person(world: Any) -> StudyPerson:
    """The evaluator, who is named on the other study."""
    return name_person(
        person=world.officer,
        day=world.today,
        study_pk=world.made("named_study").pk,
        email=world.people["evaluator"].email,
    )


def open_run(world: Any) -> Run:
    """A result that is being worked out anew."""
    analysis = world.made("shown_analysis")
    return told(
        analysis.registrations.get(), found={}, state=Run.State.WAITING, started_at=None,
        ended_at=None,
    )  # fmt: skip


MAKERS: dict[str, Callable[[Any], Any]] = {
    "shown_study": shown_study,
    "shown_analysis": shown_analysis,
    "named_study": named_study,
    "study_person": study_person,
    "open_run": open_run,
}
