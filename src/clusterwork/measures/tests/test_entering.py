"""Figures entered by hand, corrected and worked out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clusterwork.audit.models import Entry
from clusterwork.kernel.errors import NotAllowed
from clusterwork.measures.models import Figure
from clusterwork.measures.rules import values
from clusterwork.measures.selectors.figures import earlier_versions, figures_of
from clusterwork.measures.services import figures
from clusterwork.measures.services.figures import (
    Computed,
    FigureFacts,
    FigureThere,
    MeasureUnknown,
    NothingToCorrect,
    ReasonMissing,
    WorkedOutHere,
    correct_figure,
    enter_figure,
    record_figure,
)
from clusterwork.measures.services.refusals import OutsideTheSchoolsLife, ReplacedMeanwhile
from clusterwork.measures.tests.made import NOW, TODAY, YEAR_END, Place, measure, own_measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def correct(place: Place, figure: Figure, written: str, **told: Any) -> Figure:
    return correct_figure(
        person=told.pop("person", place.head),
        day=TODAY,
        now=NOW + dt.timedelta(hours=1),
        pk=figure.pk,
        because=told.pop("because", "Two pupils were counted twice."),
        facts=FigureFacts(on=figure.on, written=written, **told),
    )


class TestEntering:
    def test_keeps_value_counts_source_and_who(self, place: Place) -> None:
        figure = place.enter("94.5%", denominator=380, source="Our register")
        assert (figure.value, figure.code, figure.denominator) == (Decimal("94.5"), "", 380)
        assert (figure.entered_by, figure.entered_at, figure.origin) == (place.head, NOW, "form")
        assert not figure.is_public

    def test_keeps_a_code_as_neither_zero_nor_missing(self, place: Place) -> None:
        figure = place.enter("supp")
        assert (figure.value, figure.code) == (None, "SUPP")

    def test_says_so_in_the_record(self, place: Place) -> None:
        figure = place.enter()
        entry = Entry.objects.get(verb="figure.enter")
        assert entry.details["figure"] == figure.pk

    def test_lets_an_officer_of_the_authority_enter(self, place: Place) -> None:
        assert place.enter(person=place.officer).entered_by == place.officer

    def test_refuses_the_head_of_another_school(self, place: Place) -> None:
        with pytest.raises(NotAllowed):
            place.enter(person=place.other_head)

    def test_refuses_a_second_figure_of_the_same_day_and_group(self, place: Place) -> None:
        place.enter()
        with pytest.raises(FigureThere):
            place.enter("90")
        assert place.enter("90", group="boys").group == "boys"

    def test_says_so_where_two_enter_the_same_at_once(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.enter()
        monkeypatch.setattr(figures, "figure_at", lambda *_: None)
        with pytest.raises(ReplacedMeanwhile):
            place.enter("90")

    def test_refuses_a_measure_of_another_organisation(self, place: Place) -> None:
        from clusterwork.clusters.tests.made import organisation

        elsewhere = own_measure(organisation("Rutland"))
        with pytest.raises(MeasureUnknown):
            enter_figure(
                person=place.head,
                day=TODAY,
                now=NOW,
                subject="school",
                subject_pk=place.own.pk,
                measure_pk=elsewhere.pk,
                facts=FigureFacts(on=YEAR_END, written="1"),
            )

    def test_takes_figures_of_a_cluster_and_an_authority(self, place: Place) -> None:
        for subject, pk in (("cluster", place.cluster.pk), ("authority", place.authority.pk)):
            figure = enter_figure(
                person=place.officer,
                day=TODAY,
                now=NOW,
                subject=subject,
                subject_pk=pk,
                measure_pk=measure("staff-confidence").pk,
                facts=FigureFacts(on=dt.date(2026, 10, 1), written="72"),
            )
            assert figure.subject.pk == pk


class TestWhatIsRefused:
    @pytest.mark.parametrize("written", ["100.1", "-1", "1000"])
    def test_a_percentage_outside_0_and_100(self, place: Place, written: str) -> None:
        with pytest.raises(values.OutsideTheLimits) as caught:
            place.enter(written)
        assert caught.value.why and caught.value.next_step

    @pytest.mark.parametrize("written", ["0", "100"])
    def test_but_not_its_ends(self, place: Place, written: str) -> None:
        assert place.enter(written).value == Decimal(written)

    def test_a_code_that_the_measure_lacks(self, place: Place) -> None:
        with pytest.raises(values.CodeNotAllowed):
            place.enter("LOWCOV", measure="staff-retention")

    def test_a_group_that_the_measure_lacks(self, place: Place) -> None:
        with pytest.raises(values.GroupNotAllowed):
            place.enter("90", measure="staff-retention", group="boys")

    def test_a_day_to_come(self, place: Place) -> None:
        with pytest.raises(values.InTheFuture):
            place.enter("9", measure="places-out-of-area", on=TODAY + dt.timedelta(days=1))

    def test_another_day_than_the_end_of_the_year(self, place: Place) -> None:
        with pytest.raises(values.NotTheEndOfAYear):
            place.enter(on=dt.date(2026, 7, 30))

    def test_a_measure_that_had_ended(self, place: Place) -> None:
        with pytest.raises(values.NotMeasuredThen):
            place.enter("80", measure="ks2-level-4-english", on=dt.date(2016, 7, 31))
        assert place.enter("80", measure="ks2-level-4-english", on=dt.date(2015, 7, 31))

    def test_a_year_before_the_school_opened(self, place: Place) -> None:
        place.own.opened_on = dt.date(2026, 8, 1)
        place.own.save()
        with pytest.raises(OutsideTheSchoolsLife):
            place.enter()

    def test_but_not_the_year_in_which_it_opened(self, place: Place) -> None:
        place.own.opened_on = YEAR_END
        place.own.save()
        assert place.enter()

    def test_a_year_that_began_after_the_school_had_closed(self, place: Place) -> None:
        place.own.closed_on = dt.date(2025, 8, 31)
        place.own.save()
        with pytest.raises(OutsideTheSchoolsLife):
            place.enter()
        assert place.enter(on=dt.date(2025, 7, 31))

    def test_more_of_them_than_there_are(self, place: Place) -> None:
        with pytest.raises(values.MoreThanAll):
            place.enter(numerator=11, denominator=10)


class TestCorrecting:
    def test_keeps_the_earlier_value(self, place: Place) -> None:
        first = place.enter()
        second = correct(place, first, "95")
        third = correct(place, second, "95.5")
        assert [f.pk for f in figures_of(place.own)] == [third.pk]
        assert [f.value for f in earlier_versions(third)] == [Decimal(95), Decimal("94.5")]
        first.refresh_from_db()
        assert first.value == Decimal("94.5") and first.replaced_at

    def test_needs_a_reason(self, place: Place) -> None:
        with pytest.raises(ReasonMissing):
            correct(place, place.enter(), "95", because=" ")

    def test_needs_a_difference(self, place: Place) -> None:
        with pytest.raises(NothingToCorrect):
            correct(place, place.enter(), "94.50")

    def test_refuses_a_figure_that_was_replaced(self, place: Place) -> None:
        first = place.enter()
        correct(place, first, "95")
        with pytest.raises(ReplacedMeanwhile):
            correct(place, first, "96")

    def test_of_a_published_value_stays_published_and_of_a_code_does_not(
        self, place: Place
    ) -> None:
        shown, hidden = (
            Figure.objects.create(
                measure=measure("ks2-maths-expected"),
                school=place.own,
                on=on,
                origin="upload",
                entered_at=NOW,
                is_public=True,
                **told,
            )
            for on, told in (
                (dt.date(2025, 7, 31), {"value": 60}),
                (dt.date(2026, 7, 31), {"code": "SUPP"}),
            )
        )
        assert correct(place, shown, "62").is_public
        assert not correct(place, hidden, "50").is_public


class TestWorkingOut:
    def record(self, place: Place, value: str, hours: int = 0) -> Figure:
        return record_figure(
            measure=measure("headship-changes"),
            subject=place.own,
            facts=Computed(on=YEAR_END, value=Decimal(value), source="Headships"),
            day=TODAY,
            now=NOW + dt.timedelta(hours=hours),
        )

    def test_changes_nothing_the_second_time(self, place: Place) -> None:
        assert self.record(place, "1") == self.record(place, "1", 1)
        assert Figure.objects.count() == 1

    def test_replaces_what_has_changed(self, place: Place) -> None:
        first, second = self.record(place, "1"), self.record(place, "2", 1)
        assert second.replaces == first

    def test_is_not_corrected_by_hand(self, place: Place) -> None:
        with pytest.raises(WorkedOutHere):
            correct(place, self.record(place, "1"), "3")

    def test_leaves_alone_what_people_entered(self, place: Place) -> None:
        place.enter("2", measure="headship-changes")
        with pytest.raises(FigureThere):
            self.record(place, "1")
