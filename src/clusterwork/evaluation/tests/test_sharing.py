"""What is shown to schools is one result, chosen by somebody; nothing later takes its place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.evaluation.models import Analysis, Run
from clusterwork.evaluation.selectors.plans import shown_run
from clusterwork.evaluation.selectors.studies import analyses_of
from clusterwork.evaluation.services import sharing
from clusterwork.evaluation.services.sharing import NothingToShow, share_result, unshare_result
from clusterwork.evaluation.tests.made import NOW, made_world
from clusterwork.evaluation.tests.made_studies import looked, registered, resulted
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return made_world(n_clusters=2, schools_each=2, pool=4)


@pytest.fixture
def made(world):
    return registered(world)


def asked(world, made):
    return {"person": world.officer, "day": TODAY, "now": NOW, "pk": made.analysis_id}


class TestShowing:
    def test_is_of_the_newest_result(self, world, made) -> None:
        resulted(made)
        newest = resulted(made)
        analysis = share_result(**asked(world, made))
        assert shown_run(analysis) == newest
        assert (analysis.shared_at, analysis.shared_by) == (NOW, world.officer)

    def test_stays_with_that_result_until_somebody_shows_another(self, world, made) -> None:
        first = resulted(made)
        analysis = share_result(**asked(world, made))
        later = resulted(made)
        assert shown_run(analysis) == first
        share_result(**asked(world, made))
        assert shown_run(analysis) == later

    def test_is_the_result_that_readers_of_the_study_are_told_of(self, world, made) -> None:
        first = resulted(made)
        study = share_result(**asked(world, made)).study
        later = resulted(made)
        (read,), (worked_on,) = analyses_of(study, works=False), analyses_of(study, works=True)
        assert (read.result, read.later, worked_on.result) == (first, None, later)

    def test_can_be_of_an_earlier_result(self, world, made) -> None:
        first = resulted(made)
        resulted(made)
        analysis = share_result(**asked(world, made), run_pk=first.pk)
        assert shown_run(analysis) == first

    def test_is_never_of_one_told_to_be_too_early(self, world, made) -> None:
        early = resulted(made, too_early=True)
        with pytest.raises(NothingToShow):
            share_result(**asked(world, made))
        told = resulted(made, too_early=False)
        with pytest.raises(NothingToShow):
            share_result(**asked(world, made), run_pk=early.pk)
        resulted(made, too_early=True)
        assert shown_run(share_result(**asked(world, made))) == told

    def test_is_never_of_a_look_or_of_what_is_not_worked_out(self, world, made) -> None:
        look = looked(made.analysis, world)
        waiting = Run.objects.create(
            analysis=made.analysis, registration=made, kind="result", plan=made.plan, asked_at=NOW
        )
        for run in (look, waiting):
            with pytest.raises(NothingToShow):
                share_result(**asked(world, made), run_pk=run.pk)
            with pytest.raises(IntegrityError), transaction.atomic():
                Run.objects.filter(pk=run.pk).update(is_shown=True)

    def test_is_never_of_a_run_of_another_analysis(self, world, made) -> None:
        with pytest.raises(NotThere):
            share_result(**asked(world, made), run_pk=-1)

    def test_is_of_one_result_at_a_time_in_the_database(self, world, made) -> None:
        runs = [resulted(made).pk, resulted(made).pk]
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(pk__in=runs).update(is_shown=True)

    def test_is_taken_back(self, world, made) -> None:
        resulted(made)
        share_result(**asked(world, made))
        analysis = unshare_result(**asked(world, made))
        assert shown_run(analysis) is None
        assert (analysis.shared_at, analysis.shared_by) == (None, None)

    def test_is_not_for_officers_of_elsewhere(self, world, made) -> None:
        resulted(made)
        stranger = officer(organisation("Elsewhere"), "Stan")
        with pytest.raises(NotAllowed):
            share_result(**{**asked(world, made), "person": stranger})


class TestAtTheSameTime:
    def test_showing_writes_nothing_else_of_the_analysis(self, world, made, monkeypatch) -> None:
        resulted(made)
        to_show = sharing._to_show

        def while_somebody_writes(analysis, run_pk):
            Analysis.objects.filter(pk=analysis.pk).update(neighbours=9)
            return to_show(analysis, run_pk)

        monkeypatch.setattr(sharing, "_to_show", while_somebody_writes)
        share_result(**asked(world, made))
        assert Analysis.objects.get(pk=made.analysis_id).neighbours == 9
