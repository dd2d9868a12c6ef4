"""A school's figures: who sees them, entering, correcting, commenting, releasing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterwork.measures.models import Figure, FigureComment, Origin, Release
from clusterwork.measures.services.figures import FigureFacts, enter_figure
from clusterwork.measures.services.releases import release_figures
from clusterwork.measures.tests.made import Place as Made
from clusterwork.measures.tests.made import measure
from clusterwork.web.clusters.tests.conftest import client_of, words_of
from clusterwork.web.clusters.tests.conftest import (
    without_second_factor as without_second_factor,
)
from clusterwork.web.measures.tasks import measure_tasks
from clusterwork.web.navigation import Viewer

pytestmark = pytest.mark.django_db
YEAR_END = dt.date(2025, 7, 31)


class Place(Made):
    """The same place, with everybody in front of a browser."""

    def at(self, name: str, *args: object, school=None) -> str:
        return reverse(name, args=[(school or self.own).pk, *args])

    def page(self, person, name="school_figures", *args, school=None, **query) -> str:
        answer = client_of(person).get(self.at(name, *args, school=school), query)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return words_of(answer)

    def tell(self) -> None:
        """Somebody of the cluster opens its page of the measure."""
        address = reverse("cluster_measure", args=[self.cluster.pk, measure().pk])
        assert client_of(self.head).get(address).status_code == 200

    def entered(self, written="94.5", on=YEAR_END, code="attendance", **told) -> Figure:
        told = {"denominator": 60, **told}
        return enter_figure(
            person=self.head,
            day=timezone.localdate(),
            now=timezone.now(),
            subject="school",
            subject_pk=self.own.pk,
            measure_pk=measure(code).pk,
            facts=FigureFacts(on=on, written=written, **told),
        )

    def published(self, value="61", code="ks2-rwm-expected", **told) -> Figure:
        facts = {"school": self.own, "on": YEAR_END, "value": Decimal(value), **told}
        return Figure.objects.create(
            measure=measure(code),
            is_public=True,
            origin=Origin.UPLOAD,
            entered_at=timezone.now(),
            **facts,
        )

    def release(self, code="attendance") -> Release:
        return release_figures(
            person=self.head,
            day=timezone.localdate(),
            now=timezone.now(),
            school_pk=self.own.pk,
            cluster_pk=self.cluster.pk,
            measure_pk=measure(code).pk,
        )


@pytest.fixture
def place(db) -> Place:
    return Place()


class TestTheSchoolsPage:
    def test_says_what_will_be_there_and_what_to_do(self, place):
        words = place.page(place.head)
        assert "No figures on the measures are kept of your school yet." in words
        assert "Enter a figure" in words

    def test_shows_the_head_her_own_figures_by_year(self, place):
        place.entered("94.5", on=dt.date(2024, 7, 31))
        place.entered("95.1")
        words = place.page(place.head)
        assert "One figure" not in words and "2 figures are not published." in words
        assert words.index("2024/25") < words.index("2023/24")
        assert "95.1" in words and "94.5" in words and "Only the school" in words

    def test_never_shows_others_what_the_school_has_not_released(self, place):
        place.entered("94.5")
        for other in (place.other_head, place.outside_head, place.officer):
            words = place.page(other)
            assert "94.5" not in words
            assert "There are no figures of this school that stand here for you." in words

    def test_shows_the_clusters_schools_what_is_released_and_nobody_else(self, place):
        place.entered("94.5")
        place.release()
        assert "94.5" not in place.page(place.other_head)  # until it has been weighed by totals
        place.tell()
        assert "94.5" in place.page(place.other_head)
        assert "94.5" not in place.page(place.outside_head)

    def test_says_what_is_public(self, place):
        place.published()
        words = place.page(place.outside_head)
        assert "Everybody: published nationally" in words and "61" in words

    def test_shows_codes_as_symbols_with_their_key(self, place):
        place.entered("SUPP")
        words = place.page(place.head)
        assert "Hidden, because it is about few people" in words

    def test_shows_an_earlier_day_as_it_was_and_nothing_to_change(self, place):
        place.entered("94.5", on=dt.date(2024, 7, 31))
        place.entered("95.1")
        words = place.page(place.head, on="2024-12-01")
        assert "94.5" in words and "95.1" not in words
        assert "This page cannot be edited" in words and "Enter a figure" not in words

    def test_gives_the_same_figures_as_a_file(self, place):
        place.entered("94.5")
        address = place.at("school_figures_csv")
        own = b"".join(client_of(place.head).get(address).streaming_content).decode()
        other = b"".join(client_of(place.outside_head).get(address).streaming_content).decode()
        assert "94.5" in own and "94.5" not in other

    def test_is_linked_from_the_schools_other_pages(self, place):
        words = client_of(place.head).get(place.at("school")).content.decode()
        assert place.at("school_figures") in words

    def test_stands_in_welsh(self, place):
        place.entered("94.5")
        answer = client_of(place.head).get("/cy" + place.at("school_figures"))
        assert answer.status_code == 200 and 'lang="cy"' in answer.content.decode()


class TestEnteringAFigure:
    def send(self, place, person, **typed):
        told = {"on": "2025", "group": "all", "written": "94.5", **typed}
        address = place.at("school_measure_enter", measure().pk)
        return client_of(person).post(address, told, follow=True)

    def test_begins_with_the_measure(self, place):
        answer = client_of(place.head).post(
            place.at("school_figure_enter"), {"measure": measure().pk}
        )
        assert answer["Location"] == place.at("school_measure_enter", measure().pk)

    def test_keeps_it_for_the_school_alone(self, place):
        words = words_of(self.send(place, place.head, denominator="60", source="Our register"))
        assert "The figure is kept, and seen by your school alone." in words
        figure = Figure.objects.get()
        assert (figure.value, figure.denominator, figure.on) == (Decimal("94.5"), 60, YEAR_END)
        assert "Our register" in words

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"written": "101"}, "This is not a percentage from 0 to 100: 101."),
            ({"written": "?"}, "The measure does not have this code"),
            ({"written": ""}, "Enter the number, or a code that says why there is none."),
            ({"denominator": "-1"}, "Enter a number of zero or more."),
            ({"denominator": "5", "numerator": "6"}, "6 of 5 cannot be."),
        ],
    )
    def test_refuses_with_what_to_do_and_keeps_what_was_typed(self, place, typed, said):
        answer = self.send(place, place.head, source="Our register", **typed)
        words = words_of(answer)
        assert said in words and "There is a problem" in words
        assert "Our register" in answer.content.decode()
        assert not Figure.objects.exists()

    def test_is_for_the_school_and_its_officers(self, place):
        assert self.send(place, place.other_head).status_code == 403
        assert self.send(place, place.officer).status_code == 200

    def test_says_where_there_is_one_already(self, place):
        place.entered()
        assert "Open that figure and correct it." in words_of(self.send(place, place.head))


class TestOneFigure:
    def correct(self, place, person, figure, **typed):
        told = {"written": "93", "because": "Two were counted twice.", **typed}
        return client_of(person).post(
            reverse("figure_correct", args=[figure.pk]), told, follow=True
        )

    def test_keeps_the_earlier_value_with_the_reason(self, place):
        figure = place.entered("94.5")
        words = words_of(self.correct(place, place.head, figure))
        assert "The figure is corrected. The earlier value is kept." in words
        assert "Earlier values" in words and "94.5" in words and "Two were counted twice." in words

    def test_wants_a_reason(self, place):
        answer = self.correct(place, place.head, place.entered("94.5"), because=" ")
        assert "Write in a few words why the figure is another." in words_of(answer)

    def test_says_who_can_where_it_is_not_yours(self, place):
        figure = place.entered("94.5")
        answer = self.correct(place, place.other_head, figure)
        assert answer.status_code == 403
        assert "Its headteacher can release it to the cluster." in words_of(answer)

    def test_of_a_replaced_one_leads_to_what_stands_now(self, place):
        figure = place.entered("94.5")
        self.correct(place, place.head, figure)
        words = words_of(client_of(place.head).get(reverse("figure", args=[figure.pk])))
        assert "This value has been replaced." in words and "Correct this figure" not in words

    def test_never_shows_everybody_what_was_private_before_it_was_published(self, place):
        earlier = place.entered("94.5")
        now = timezone.now()
        Figure.objects.filter(pk=earlier.pk).update(replaced_at=now)
        later = place.published("93", code="attendance", replaces=earlier)
        address = reverse("figure", args=[later.pk])
        assert "94.5" in words_of(client_of(place.head).get(address))
        assert "94.5" not in words_of(client_of(place.outside_head).get(address))

    def test_carries_the_schools_comment_for_whoever_sees_it(self, place):
        figure = place.entered("94.5")
        address = reverse("figure", args=[figure.pk])
        client_of(place.head).post(address, {"words": "A bus strike in March."})
        assert FigureComment.objects.get().by == place.head
        place.release()
        place.tell()
        words = words_of(client_of(place.other_head).get(address))
        assert "A bus strike in March." in words and "Your comment" not in words


class TestReleasing:
    def at(self, place):
        return place.at("figures_release", place.cluster.pk)

    def test_shows_first_what_others_will_see(self, place):
        place.entered("94.5")
        place.entered("95.1", on=dt.date(2024, 7, 31))
        words = words_of(client_of(place.head).get(self.at(place)))
        assert "The cluster has no data-sharing agreement in force." in words
        typed = {"scope": "some", "measures": [measure().pk]}
        words = words_of(client_of(place.head).post(self.at(place), typed))
        assert "What others will see" in words and "94.5" in words
        assert "Release 2 figures to the cluster" in words
        assert not Release.objects.exists()

    def test_releases_what_was_looked_at(self, place):
        place.entered("94.5")
        typed = {"scope": "some", "measures": [measure().pk], "release": "yes"}
        words = words_of(client_of(place.head).post(self.at(place), typed, follow=True))
        assert "The figures are released: Sleaford" in words and "Take it back" in words
        assert Release.objects.get().measure == measure()

    def test_releases_all_with_those_to_come(self, place):
        typed = {"scope": "everything", "release": "yes"}
        client_of(place.head).post(self.at(place), typed)
        assert Release.objects.get().measure is None
        place.entered("94.5")
        place.tell()
        assert "94.5" in place.page(place.other_head)

    def test_offers_no_ticking_where_there_is_nothing_to_tick(self, place):
        page = client_of(place.head).get(self.at(place)).content.decode()
        assert 'value="everything"' in page and 'value="some"' not in page

    def test_wants_to_know_which(self, place):
        place.entered("94.5")
        words = words_of(client_of(place.head).post(self.at(place), {"scope": "some"}))
        assert "Tick at least one measure, or release all figures." in words

    def test_is_the_heads_alone(self, place):
        for other in (place.officer, place.other_head):
            assert client_of(other).get(self.at(place)).status_code == 403

    def test_is_taken_back(self, place):
        place.entered("94.5")
        address = reverse("release_withdraw", args=[place.release().pk])
        assert "the cluster sees totals again" in words_of(client_of(place.head).get(address))
        words = words_of(client_of(place.head).post(address, follow=True))
        assert "The cluster no longer sees these figures." in words
        assert "94.5" not in place.page(place.other_head)


class TestTheTaskOnTheHomePage:
    def tasks(self, person):
        return measure_tasks(Viewer.of(person))

    def test_waits_only_where_a_data_sharing_agreement_is_in_force(self, place, agreed):
        place.entered("94.5")
        assert not self.tasks(place.head)
        agreed(place.cluster)
        (task,) = self.tasks(place.head)
        assert str(place.own) in task.text and "Sleaford" in task.hint
        assert not self.tasks(place.other_head) and not self.tasks(place.officer)

    def test_is_done_when_the_head_has_released_or_taken_back(self, place, agreed):
        place.entered("94.5")
        agreed(place.cluster)
        release = place.release()
        assert not self.tasks(place.head)
        client_of(place.head).post(reverse("release_withdraw", args=[release.pk]))
        assert not self.tasks(place.head)

    def test_never_asks_for_what_is_published(self, place, agreed):
        agreed(place.cluster)
        place.published()
        assert not self.tasks(place.head)
