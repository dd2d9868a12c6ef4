"""The catalogue that ships, and what organisations add to it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from clusterwork.kernel.errors import NotAllowed
from clusterwork.measures.models import Breakdown, FigureCode, Measure
from clusterwork.measures.models.measure import (
    CodeKind,
    Counted,
    Covers,
    Direction,
    Unit,
    Way,
)
from clusterwork.measures.rules.catalogue import CODES, GROUPS, MEASURES
from clusterwork.measures.selectors.measures import codes_of, measures_about
from clusterwork.measures.services.catalogue import lay_down_catalogue
from clusterwork.measures.services.figures import FigureFacts, enter_figure
from clusterwork.measures.services.measures import (
    CodeTaken,
    FiguresWouldNotFit,
    GroupOrCodeUnknown,
    LimitsOutOfOrder,
    MeasureFacts,
    MeasureUnnamed,
    add_measure,
    change_measure,
)
from clusterwork.measures.tests.made import NOW, TODAY, Place, measure

FACTS = MeasureFacts(
    code="Reading for pleasure",
    name="Reading for pleasure",
    unit="percent",
    counts="pupils",
    direction="higher",
    way="weighted",
    covers="day",
    breakdowns=("boys", "girls"),
    codes=("x",),
)


class TestWhatShips:
    def test_says_everything_in_both_languages(self) -> None:
        for each in MEASURES:
            assert all((each.name, each.name_cy, each.definition, each.definition_cy))
            assert each.source and each.source_cy
        assert all(each.name and each.name_cy for each in (*GROUPS, *CODES))

    def test_uses_only_words_that_the_models_know(self) -> None:
        for each in MEASURES:
            assert each.unit in Unit and each.counts in Counted and each.way in Way
            assert each.direction in Direction and each.covers in Covers
            assert set(each.breakdowns) <= {group.code for group in GROUPS}
            assert set(each.codes) <= {code.code for code in CODES}
        assert {code.kind for code in CODES} == set(CodeKind)

    @pytest.mark.django_db
    def test_is_there_after_the_migration_and_comes_again_unchanged(self) -> None:
        counted = [m.objects.count() for m in (Measure, Breakdown, FigureCode)]
        lay_down_catalogue()
        assert counted == [m.objects.count() for m in (Measure, Breakdown, FigureCode)]
        assert counted == [len(MEASURES), len(GROUPS), len(CODES)]

    @pytest.mark.django_db
    def test_is_put_right_where_somebody_changed_it_by_sql(self) -> None:
        Measure.objects.filter(code="attendance").update(name="Something")
        lay_down_catalogue()
        assert measure("attendance").name == "Attendance"

    @pytest.mark.django_db
    def test_keeps_measures_that_have_ended_as_dated_history(self) -> None:
        ended = Measure.objects.filter(ended_on__isnull=False)
        assert {each.code for each in ended} >= {"ks2-level-4-english", "ks4-five-good-gcses"}


@pytest.mark.django_db
class TestAdding:
    @pytest.fixture
    def place(self) -> Place:
        return Place()

    def add(self, place: Place, **changes: object) -> Measure:
        return add_measure(
            person=place.officer,
            day=TODAY,
            organisation_pk=place.organisation.pk,
            facts=dataclasses.replace(FACTS, **changes),  # type: ignore[arg-type]
        )

    def test_gives_the_organisation_a_measure_of_its_own(self, place: Place) -> None:
        added = self.add(place)
        assert (added.code, added.least, added.most) == ("reading-for-pleasure", 0, 100)
        assert added.breakdowns == ["all", "boys", "girls"]
        assert added in measures_about(place.own) and added in measures_about(place.cluster)
        assert [code.kind for code in codes_of(added)] == ["not_available"]

    def test_refuses_a_head(self, place: Place) -> None:
        with pytest.raises(NotAllowed):
            add_measure(
                person=place.head, day=TODAY, organisation_pk=place.organisation.pk, facts=FACTS
            )

    def test_refuses_a_code_that_is_taken(self, place: Place) -> None:
        self.add(place)
        for code in ("reading-for-pleasure", "attendance"):
            with pytest.raises(CodeTaken):
                self.add(place, code=code)

    def test_refuses_what_makes_no_measure(self, place: Place) -> None:
        for problem, changes in (
            (MeasureUnnamed, {"name": " "}),
            (MeasureUnnamed, {"code": "!"}),
            (LimitsOutOfOrder, {"most": Decimal(101)}),
            (LimitsOutOfOrder, {"least": Decimal(60), "most": Decimal(50)}),
            (GroupOrCodeUnknown, {"breakdowns": ("giants",)}),
            (GroupOrCodeUnknown, {"codes": ("q",)}),
        ):
            with pytest.raises(problem):
                self.add(place, **changes)

    def test_changes_words_but_not_what_figures_mean(self, place: Place) -> None:
        added = self.add(place)
        enter_figure(
            person=place.head,
            day=TODAY,
            now=NOW,
            subject="school",
            subject_pk=place.own.pk,
            measure_pk=added.pk,
            facts=FigureFacts(on=dt.date(2026, 5, 1), written="60"),
        )

        def change(**changes: object) -> Measure:
            facts = dataclasses.replace(FACTS, **changes)  # type: ignore[arg-type]
            return change_measure(person=place.officer, day=TODAY, pk=added.pk, facts=facts)

        assert change(name="Reading at home").name == "Reading at home"
        assert change(ended_on=dt.date(2026, 9, 1)).ended_on
        for changes in (
            {"unit": "score"},
            {"most": Decimal(50)},
            {"ended_on": dt.date(2026, 1, 1)},
        ):
            with pytest.raises(FiguresWouldNotFit):
                change(**changes)

    def test_leaves_what_ships_alone(self, place: Place) -> None:
        with pytest.raises(NotAllowed):
            change_measure(
                person=place.officer, day=TODAY, pk=measure("attendance").pk, facts=FACTS
            )
