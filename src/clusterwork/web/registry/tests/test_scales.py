"""Officers name the grades of a scale and put them in order; nobody else does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from clusterwork.registry.imports.records import GradeRecord
from clusterwork.registry.models import Grade, Scale, School
from clusterwork.registry.rules.scales import fingerprint
from clusterwork.registry.selectors.scales import words_of
from clusterwork.registry.services.facts import ensure_grades
from clusterwork.registry.tests.made import TODAY
from clusterwork.web.registry.forms.scales import initial_from
from clusterwork.web.registry.tests.conftest import words_of as text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scale(db: None) -> Scale:
    ensure_grades(GradeRecord("support-category", each, TODAY) for each in ("Red", "Green"))
    return Scale.objects.get(code="support-category")


def field(part: str, code: str) -> str:
    return f"{part}-{Grade.objects.get(code=code).pk}"


def page_as_opened(scale: Scale) -> dict[str, Any]:
    """What the browser sends back when nothing was typed."""
    held = words_of(scale)
    return {**initial_from(held), "seen": fingerprint(held)}


def send(client: Client, scale: Scale, given: dict[str, Any], **changes: Any) -> Any:
    return client.post(f"/schools/scales/{scale.pk}/", {**given, **changes}, follow=True)


def in_order(scale: Scale) -> list[str]:
    return [grade.label for grade in scale.grades.all()]


class TestTheList:
    def test_is_found_from_the_schools(self, officer: Client, denton: School) -> None:
        assert 'href="/schools/scales/"' in officer.get("/schools/").content.decode()

    def test_shows_each_with_its_grades_in_order(self, officer: Client, scale: Scale) -> None:
        text = text_of(officer.get("/schools/scales/"))
        assert "The register holds grades on one scale." in text
        assert "Support category Red, Green 2 0" in text

    def test_says_what_will_be_here(self, officer: Client) -> None:
        assert "when a file with its grades is imported" in text_of(officer.get("/schools/scales/"))


class TestSaving:
    def test_puts_in_order_names_in_welsh_and_keeps_who(
        self, officer: Client, scale: Scale
    ) -> None:
        changes = {
            "name_cy": "Categori",
            field("label_cy", "green"): "Gwyrdd",
            field("position", "green"): "1",
            field("position", "red"): "2",
        }
        text = text_of(send(officer, scale, page_as_opened(scale), **changes))
        assert "The scale is saved." in text
        assert "Programme_Officer: Changed the scale." in text
        assert in_order(scale) == ["Green", "Red"]
        assert "Gwyrdd" in text_of(officer.get(f"/cy/schools/scales/{scale.pk}/"))

    def test_keeps_a_scale_that_ended_as_history(
        self, officer: Client, scale: Scale, denton: School
    ) -> None:
        send(officer, scale, page_as_opened(scale), ended_on="2019-08-31")
        scale.refresh_from_db()
        assert words_of(scale).ended_on == dt.date(2019, 9, 1)
        assert "Used until: 31 August 2019" in text_of(officer.get("/schools/scales/"))
        assert "Nobody has changed it." not in text_of(send(officer, scale, page_as_opened(scale)))

    def test_opened_and_sent_unchanged_is_nobodys_change(
        self, officer: Client, scale: Scale
    ) -> None:
        text = text_of(send(officer, scale, page_as_opened(scale)))
        assert "Nobody has changed it." in text

    def test_the_page_sends_the_fingerprint_it_was_made_from(
        self, officer: Client, scale: Scale
    ) -> None:
        page = officer.get(f"/schools/scales/{scale.pk}/").content.decode()
        assert f'name="seen" value="{fingerprint(words_of(scale))}"' in page


class TestRefusing:
    @pytest.mark.parametrize(
        ("part", "typed", "said"),
        [
            ("position", "2", "Two grades have the same place in the order: 2."),
            ("position", "", "This grade has no place in the order: Red."),
            ("position", "first", "This grade has no place in the order: Red."),
            ("position", "1000", "Enter a whole number from 1 to 999; the first grade is 1."),
            ("label", "", "This grade has no label: Red."),
            ("label", "green", "Two grades have the same label:"),
            ("label", "x" * 81, "This has 81 characters, more than there is room for."),
        ],
    )
    def test_says_so_once_on_the_field_and_keeps_what_was_typed(
        self, officer: Client, scale: Scale, part: str, typed: str, said: str
    ) -> None:
        other = {field("label_cy", "green"): "Gwyrdd"}
        answer = send(officer, scale, page_as_opened(scale), **{field(part, "red"): typed}, **other)
        page, text = answer.content.decode(), text_of(answer)
        assert text.count(said) == 2  # in the summary and on the field
        assert f'value="{typed}"' in page if typed else f'id="id_{field(part, "red")}"' in page
        assert 'value="Gwyrdd"' in page
        assert not Grade.objects.exclude(label_cy="").exists()

    def test_links_each_problem_to_its_field(self, officer: Client, scale: Scale) -> None:
        changes = {"name": "", field("label", "red"): ""}
        page = send(officer, scale, page_as_opened(scale), **changes).content.decode()
        for name in ("name", field("label", "red")):
            assert f'href="#id_{name}"' in page
            assert f'id="id_{name}-error"' in page

    def test_a_name_that_another_has(self, officer: Client, scale: Scale) -> None:
        Scale.objects.create(code="other", name="Another")
        answer = send(officer, scale, page_as_opened(scale), name="Another")
        assert "Another scale has this name: Another." in text_of(answer)
        assert 'id="id_name-error"' in answer.content.decode()


class TestTwoAtATime:
    def test_both_versions_are_shown_and_the_second_save_holds(
        self, officer: Client, scale: Scale
    ) -> None:
        opened = page_as_opened(scale)
        send(officer, scale, opened, name="Theirs")
        answer = send(officer, scale, opened, name="Mine")
        text = text_of(answer)
        assert "The scale has changed since you opened this page." in text
        assert "Name Theirs Mine" in text
        assert Scale.objects.get(pk=scale.pk).name == "Theirs"
        seen = fingerprint(words_of(Scale.objects.get(pk=scale.pk)))
        assert f'name="seen" value="{seen}"' in answer.content.decode()
        send(officer, scale, {**opened, "seen": seen}, name="Mine")
        assert Scale.objects.get(pk=scale.pk).name == "Mine"

    def test_a_grade_that_came_meanwhile_comes_filled(self, officer: Client, scale: Scale) -> None:
        opened = page_as_opened(scale)
        ensure_grades([GradeRecord("support-category", "Amber", TODAY)])
        answer = send(officer, scale, opened, **{field("label_cy", "red"): "Coch"})
        assert "an import added a grade" in text_of(answer)
        page = answer.content.decode()
        assert 'value="Amber"' in page
        assert 'value="Coch"' in page

    def test_a_save_between_reading_and_writing_is_not_lost(
        self, officer: Client, scale: Scale, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from clusterwork.web.registry.views import scales

        def overtaken(**told: Any) -> Scale:
            Scale.objects.filter(pk=scale.pk).update(name="Theirs")
            return save_scale(**told)

        save_scale = scales.save_scale
        monkeypatch.setattr(scales, "save_scale", overtaken)
        text = text_of(send(officer, scale, page_as_opened(scale), name="Mine"))
        assert "The scale has changed since you opened this page." in text
        assert "Name Theirs Mine" in text
        assert Scale.objects.get(pk=scale.pk).name == "Theirs"


class TestWhoMay:
    def test_a_head_neither_sees_nor_saves(self, head_of_denton: Client, scale: Scale) -> None:
        assert head_of_denton.get("/schools/scales/").status_code == 403
        assert head_of_denton.get(f"/schools/scales/{scale.pk}/").status_code == 403
        answer = send(head_of_denton, scale, page_as_opened(scale), name="Mine")
        assert answer.status_code == 403
        assert Scale.objects.get(pk=scale.pk).name == "Support category"

    def test_no_such_scale(self, officer: Client) -> None:
        assert officer.get("/schools/scales/999999/").status_code == 404
