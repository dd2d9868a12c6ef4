"""Runs worked out from the register: what is found, frozen, refused and stopped."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from gzip import decompress

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from clusterwork.clusters.sentences import read
from clusterwork.evaluation.models import FrozenTable, Registration, Run
from clusterwork.evaluation.rules import found as rules
from clusterwork.evaluation.selectors.sample import sample_of
from clusterwork.evaluation.services import working
from clusterwork.evaluation.services.running import (
    AnotherRunUnderWay,
    NotRegisteredYet,
    ask_for_look,
    ask_for_result,
    give_up_run,
    stop_run,
)
from clusterwork.evaluation.services.working import work_on_run
from clusterwork.evaluation.tests.made import NOW, MadeWorld, made_world
from clusterwork.evaluation.tests.made_runs import DAY, plan_for, registered, run_of
from clusterwork.kernel.errors import NotAllowed
from clusterwork.measures.models import Figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> MadeWorld:
    starts = (dt.date(2016, 9, 1), dt.date(2017, 9, 1))
    return made_world(n_clusters=4, pool=120, years=range(2013, 2020), starts=starts, effect=6.0)


class TestAResult:
    def test_says_size_and_interval_and_what_it_rests_on(self, world: MadeWorld) -> None:
        run = run_of(world, registered(world, plan_for(world)))
        assert run.state == Run.State.DONE, run.trouble
        found = run.found
        assert (found["n_treated"], found["method"]) == (4, "wild_bootstrap")
        low, high = found["scaled"]["low"], found["scaled"]["high"]
        assert low < found["scaled"]["estimate"] < high
        assert found["estimate"]["estimate"] == pytest.approx(15 * found["scaled"]["estimate"])
        first = str(read(found["sentences"][0]))
        assert f"{found['scaled']['estimate']:.2f}" in first
        assert "95% interval" in first
        names = [each["name"] for each in found["diagnostics"]]
        assert {"balance", "placebo_year", "composition", "leave_one_out"} <= set(names)

    def test_finds_the_effect_that_was_put_in(self, world: MadeWorld) -> None:
        found = run_of(world, registered(world, plan_for(world))).found
        assert found["estimate"]["low"] < 6.0 < found["estimate"]["high"]

    def test_keeps_the_table_under_its_hash_and_unchangeable(self, world: MadeWorld) -> None:
        run = run_of(world, registered(world, plan_for(world)))
        frozen = run.table
        text = decompress(bytes(frozen.rows))
        assert hashlib.sha256(text).hexdigest() == frozen.data_hash
        with pytest.raises(DatabaseError), transaction.atomic():
            FrozenTable.objects.filter(pk=frozen.pk).update(n_rows=1)

    def test_twice_from_the_same_figures_is_the_same_table(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        one, other = run_of(world, analysis), run_of(world, analysis)
        assert one.table.data_hash == other.table.data_hash
        assert one.found["estimate"] == other.found["estimate"]

    def test_of_one_cluster_has_a_place_and_no_p(self, world: MadeWorld) -> None:
        plan = plan_for(world, cluster=world.clusters[0].pk, neighbours=9)
        found = run_of(world, registered(world, plan)).found
        assert found["estimate"]["p"] is None
        assert found["estimate"]["low"] is None
        assert found["rank"][1] == 10
        assert found["claim"] == "descriptive"

    def test_runs_every_choice_that_was_said_beforehand(self, world: MadeWorld) -> None:
        plan = plan_for(world, alternatives=("one", "without_before", "later_years", "yearly"))
        found = run_of(world, registered(world, plan)).found
        choices = [row[0] for row in found["alternatives"]["rows"]]
        assert choices == ["main", "one", "without_before", "later_years", "yearly"]

    def test_beside_clusters_that_start_later(self) -> None:
        starts = (dt.date(2016, 9, 1), dt.date(2020, 9, 1))
        world = made_world(n_clusters=8, pool=0, years=range(2013, 2020), starts=starts)
        found = run_of(world, registered(world, plan_for(world, comparison="later"))).found
        assert (found["n_treated"], found["n_comparison"]) == (4, 4)

    def test_beside_other_clusters(self) -> None:
        starts = (dt.date(2015, 9, 1),)
        world = made_world(n_clusters=3, others=6, pool=0, years=range(2013, 2020), starts=starts)
        plan = plan_for(world, comparison="clusters", neighbours=2)
        found = run_of(world, registered(world, plan)).found
        assert (found["n_treated"], found["n_comparison"]) == (3, 6)


class TestWhatIsWrittenDown:
    def test_is_told_step_by_step_and_has_no_part_that_is_not_described(
        self, world: MadeWorld, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps: list[str] = []
        monkeypatch.setattr(working, "_telling", lambda _: lambda step, *_: steps.append(step))
        analysis = registered(world, plan_for(world, alternatives=("one",)))
        result, look = run_of(world, analysis), _look(world, analysis)
        assert tuple(dict.fromkeys(steps)) == rules.STEPS
        parts = {
            *result.found,
            *look.found,
            *(key for d in result.found["diagnostics"] for key in d),
        }
        described = str(rules.__doc__)
        assert not [part for part in parts if f"`{part}`" not in described.replace('"', "`")]


class TestTooEarly:
    def test_nothing_is_worked_out_before_the_day(self, world: MadeWorld) -> None:
        plan = plan_for(world, too_early_before="2030-09-01")
        run = run_of(world, registered(world, plan))
        assert run.found["too_early"]
        assert set(run.found) == {"too_early", "sentences"}
        assert not FrozenTable.objects.exists()


class TestWhoseFigures:
    def test_a_school_without_a_figure_of_a_year_is_left_out_and_counted(
        self, world: MadeWorld
    ) -> None:
        first = Figure.objects.filter(school=world.schools[0], measure=world.measure, group="all")
        first.filter(on=dt.date(2013, 7, 31)).update(replaced_at=timezone.now())
        found = run_of(world, registered(world, plan_for(world))).found
        assert found["n_schools"] == len(world.schools) - 1
        steps = {row[0]: row[3] for row in found["flow"]["rows"]}
        assert steps["figures in every year"] == 1

    def test_figures_that_are_not_published_count_only_for_who_may_see_them(
        self, world: MadeWorld
    ) -> None:
        plan = plan_for(world)
        _anew(world, on=dt.date(2013, 7, 31), is_public=False, entered_by=world.officer)
        assert 2013 in sample_of(plan, world.officer, DAY).ours[0].figures
        assert 2013 not in sample_of(plan, None, DAY).ours[0].figures


class TestALook:
    def test_uses_no_figure_of_the_first_start_or_later(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        one = _look(world, analysis)
        for year in (2017, 2018, 2019):
            _anew(world, on=dt.date(year, 7, 31), value=Decimal(90))
        other = _look(world, analysis)
        assert one.found["least"] == pytest.approx(other.found["least"])
        assert [row[0] for row in one.found["before"]["rows"]] == [2013, 2014, 2015, 2016]

    def test_says_when_only_few_pupils_are_reached(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        analysis.reached = 0.03
        analysis.save()
        said = " ".join(str(read(each)) for each in _look(world, analysis).found["sentences"])
        assert "no effect on whole schools could be seen" in said


class TestAsking:
    def test_only_of_a_registered_analysis(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        analysis.state = "changing"
        analysis.save()
        with pytest.raises(NotRegisteredYet):
            ask_for_result(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)

    def test_once_at_a_time(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        ask_for_result(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)
        with pytest.raises(AnotherRunUnderWay):
            ask_for_result(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)

    def test_not_by_a_stranger(self, world: MadeWorld) -> None:
        from clusterwork.accounts.models import Person

        stranger = Person.objects.create_user("stranger@example.org", name="Stranger")
        analysis = registered(world, plan_for(world))
        with pytest.raises(NotAllowed):
            ask_for_result(person=stranger, day=DAY, now=NOW, pk=analysis.pk)

    def test_stopped_is_not_worked_out(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        run = ask_for_result(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)
        stop_run(person=world.officer, day=DAY, now=NOW, pk=run.pk)
        work_on_run(run.pk)
        run.refresh_from_db()
        assert (run.state, run.found) == (Run.State.STOPPED, {})

    def test_given_up_says_what_to_do(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        run = ask_for_result(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)
        give_up_run(run.pk)
        run.refresh_from_db()
        assert run.state == Run.State.FAILED
        assert read(run.trouble["next_step"]) is not None


class TestARegistration:
    def test_is_never_changed(self, world: MadeWorld) -> None:
        analysis = registered(world, plan_for(world))
        with pytest.raises(DatabaseError), transaction.atomic():
            Registration.objects.filter(analysis=analysis).update(because="later")


def _look(world: MadeWorld, analysis: object) -> Run:
    from clusterwork.evaluation.models import Analysis

    assert isinstance(analysis, Analysis)
    analysis.expected = (analysis.expected or 0) + 1  # so that an earlier look no longer holds
    analysis.save()
    run = ask_for_look(person=world.officer, day=DAY, now=NOW, pk=analysis.pk)
    work_on_run(run.pk)
    run.refresh_from_db()
    assert run.state == Run.State.DONE, run.trouble
    return run


def _anew(world: MadeWorld, *, on: dt.date, **changes: object) -> None:
    """All figures of the day replaced by others."""
    rows = list(Figure.objects.filter(measure=world.measure, on=on, replaced_at__isnull=True))
    now = timezone.now()
    Figure.objects.filter(pk__in=[row.pk for row in rows]).update(replaced_at=now)
    for row in rows:
        row.replaces_id, row.pk, row.because, row.entered_at = row.pk, None, "A correction", now
        for name, value in changes.items():
            setattr(row, name, value)
    Figure.objects.bulk_create(rows)
