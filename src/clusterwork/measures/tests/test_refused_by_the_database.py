"""What the database refuses of figures, whoever writes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from clusterwork.measures.models import Figure, Measure, Release
from clusterwork.measures.tests.made import NOW, YEAR_END, Place, measure
from clusterwork.registry.models import ImportRun, School

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def write(place: Place, **facts: Any) -> Figure:
    told = {
        "measure": measure("ks2-maths-expected"),
        "school": place.own,
        "on": YEAR_END,
        "value": 50,
        "origin": "upload",
        "entered_at": NOW,
        **facts,
    }
    return Figure.objects.create(**told)


def refused(name: str, **facts: Any) -> None:
    place = facts.pop("place")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write(place, **facts)


class TestFigures:
    def test_are_of_exactly_one_subject(self, place: Place) -> None:
        refused("figure_of_one_subject", place=place, school=None)
        refused("figure_of_one_subject", place=place, cluster=place.cluster)

    def test_have_a_value_or_a_code(self, place: Place) -> None:
        refused("figure_value_or_code", place=place, code="SUPP")
        refused("figure_value_or_code", place=place, value=None)
        assert write(place, value=None, code="SUPP")

    def test_keep_to_the_limits_codes_groups_and_time_of_their_measure(self, place: Place) -> None:
        said = "does not fit its measure"
        for facts in (
            {"value": 101},
            {"value": None, "code": "QQ"},
            {"group": "giants"},
            {"on": dt.date(2015, 7, 31)},
        ):
            refused(said, place=place, **facts)

    def test_name_the_rule_that_they_break(self, place: Place) -> None:
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            write(place, value=101)
        cause: Any = caught.value.__cause__
        assert cause.diag.constraint_name == "figure_within_limits"

    def test_keep_to_the_life_of_their_school(self, place: Place) -> None:
        place.own.opened_on = dt.date(2025, 9, 1)
        place.own.save()
        refused("its school", place=place, on=dt.date(2025, 7, 31))
        assert write(place, on=dt.date(2025, 7, 31), published_as="119999")
        assert write(place)

    def test_are_of_measures_schools_and_files_that_there_are(self, place: Place) -> None:
        for facts in ({"school_id": 0, "school": None}, {"measure_id": 0}, {"upload_id": 0}):
            row = Figure(
                **{
                    "measure_id": measure("attendance").pk,
                    "school_id": place.own.pk,
                    "on": YEAR_END,
                    "value": 1,
                    "origin": "form",
                    "entered_at": NOW,
                    **{name: value for name, value in facts.items() if value is not None},
                }
            )
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()

    def test_keep_what_they_are_of(self, place: Place) -> None:
        run = ImportRun.objects.create(
            source="figures", file_name="a.csv", sha256="0", as_at=YEAR_END
        )
        write(place, upload=run)
        for table, pk in (
            (School._meta.db_table, place.own.pk),
            (Measure._meta.db_table, measure("ks2-maths-expected").pk),
            (ImportRun._meta.db_table, run.pk),
        ):
            refusal = pytest.raises(IntegrityError, match="figures of it are kept")
            with refusal, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])

    def test_have_one_current_row_a_school_measure_group_and_day(self, place: Place) -> None:
        write(place)
        refused("figure_current_once_a_school", place=place)
        assert write(place, group="boys") and write(place, on=dt.date(2025, 7, 31))

    def test_never_change_but_for_being_replaced_once(self, place: Place) -> None:
        row = write(place)
        rows = Figure.objects.filter(pk=row.pk)
        for facts in ({"value": 51}, {"source": "x"}, {"replaced_at": NOW, "value": 51}):
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                rows.update(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            Figure.objects.filter(pk=row.pk)._raw_delete("default")
        assert rows.update(replaced_at=NOW) == 1
        for facts in ({"replaced_at": None}, {"replaced_at": NOW + dt.timedelta(1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**facts)

    def test_are_replaced_by_one(self, place: Place) -> None:
        row = write(place)
        Figure.objects.filter(pk=row.pk).update(replaced_at=NOW)
        write(place, replaces=row)
        refused("figure_replaced_once", place=place, replaces=row, group="boys")

    def test_count_no_more_than_all(self, place: Place) -> None:
        refused("figure_numerator_within_denominator", place=place, numerator=2, denominator=1)


class TestMeasuresAndReleases:
    def test_a_percentage_is_from_0_to_100(self) -> None:
        with pytest.raises(IntegrityError, match="measure_percent"), transaction.atomic():
            Measure.objects.filter(code="attendance").update(most=101)

    def test_a_release_holds_once_at_a_time(self, place: Place) -> None:
        facts = {"school": place.own, "cluster": place.cluster, "by": place.head, "at": NOW}
        Release.objects.create(**facts)
        with pytest.raises(IntegrityError, match="release_once"), transaction.atomic():
            Release.objects.create(**facts)

    def test_officers_see_released_figures_only_by_an_agreement(self, place: Place) -> None:
        with pytest.raises(IntegrityError, match="by_agreement"), transaction.atomic():
            Release.objects.create(
                school=place.own, cluster=place.cluster, by=place.head, at=NOW, officers_too=True
            )
