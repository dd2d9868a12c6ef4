"""Scales are named and ordered by people, one at a time, and imports keep to what they set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterwork.audit.selectors import entries_about
from clusterwork.kernel.errors import Problem
from clusterwork.registry.imports.records import GradeRecord
from clusterwork.registry.models import Assessment, Change, Grade, Scale
from clusterwork.registry.rules.scales import (
    LAST_PLACE,
    GradeWithoutLabel,
    GradeWords,
    LabelTaken,
    NoPlace,
    PlaceTaken,
    ScaleWithoutName,
    ScaleWords,
    faults,
    fingerprint,
)
from clusterwork.registry.selectors.scales import words_of
from clusterwork.registry.services import lists
from clusterwork.registry.services.facts import ensure_grades
from clusterwork.registry.services.imports import import_register
from clusterwork.registry.services.scales import (
    ScaleChangedMeanwhile,
    ScaleNameTaken,
    save_scale,
)
from clusterwork.registry.tests.made import TODAY, as_file, csv_text, gias_text, school

CALLED = {1: "Good", 2: "Poor"}
FINE = ScaleWords(
    "Inspection", "", {1: GradeWords("Good", "Da", 1), 2: GradeWords("Poor", "Gwael", 2)}
)


class Officer:
    pk = 7

    def __str__(self) -> str:
        return "Gwen Parry"


def found(grade: GradeWords, **changes: str) -> list[tuple[str, type[Problem]]]:
    """What is wrong when the second grade is this."""
    words = replace(FINE, grades={**FINE.grades, 2: grade}, **changes)
    return [(field, type(problem)) for field, problem in faults(words, CALLED)]


class TestFaults:
    def test_none_in_what_is_whole(self) -> None:
        assert list(faults(FINE, CALLED)) == []

    def test_blanks_are_found_each_in_its_field(self) -> None:
        assert found(GradeWords(" ", "", None), name="") == [
            ("name", ScaleWithoutName),
            ("label-2", GradeWithoutLabel),
            ("position-2", NoPlace),
        ]

    @pytest.mark.parametrize("place", [0, -1, LAST_PLACE + 1])
    def test_places_out_of_range_are_found(self, place: int) -> None:
        assert found(GradeWords("Poor", "", place)) == [("position-2", NoPlace)]

    def test_the_later_of_two_alike_is_found(self) -> None:
        assert found(GradeWords("GOOD ", "da", 1)) == [
            ("label-2", LabelTaken),
            ("label_cy-2", LabelTaken),
            ("position-2", PlaceTaken),
        ]

    def test_two_empty_welsh_labels_are_not_alike(self) -> None:
        words = ScaleWords("Any", "", {1: GradeWords("A", "", 1), 2: GradeWords("B", "", 2)})
        assert list(faults(words, CALLED)) == []

    def test_each_says_what_why_and_what_next(self) -> None:
        bare = ScaleWords("", "", {1: GradeWords("", "", None), 2: GradeWords("A", "a", 1)})
        alike = replace(bare, grades={**bare.grades, 3: GradeWords("A", "a", 1)})
        problems = [problem for _, problem in faults(alike, {**CALLED, 3: "C"})]
        assert {type(problem) for problem in problems} == {
            ScaleWithoutName,
            GradeWithoutLabel,
            NoPlace,
            LabelTaken,
            PlaceTaken,
        }
        assert all(problem.why and problem.next_step for problem in problems)


class TestFingerprint:
    def test_does_not_hang_on_the_order_of_reading(self) -> None:
        backwards = replace(FINE, grades=dict(reversed(FINE.grades.items())))
        assert fingerprint(backwards) == fingerprint(FINE)

    def test_tells_a_changed_place(self) -> None:
        moved = replace(FINE, grades={**FINE.grades, 2: GradeWords("Poor", "Gwael", 3)})
        assert fingerprint(moved) != fingerprint(FINE)


@pytest.fixture
def scale(db: None) -> Scale:
    ensure_grades(GradeRecord("ofsted", label, TODAY) for label in ("Good", "Outstanding"))
    return Scale.objects.get(code="ofsted")


def save(scale: Scale, *, seen: str = "", **changes: tuple[str, str, int]) -> Scale:
    """Saves the held words with these grades by code, as label, Welsh label and place."""
    held = words_of(scale)
    ids = dict(scale.grades.values_list("code", "pk"))
    new = {ids[code]: GradeWords(*words) for code, words in changes.items()}
    words = replace(held, grades={**held.grades, **new})
    return save_scale(scale_id=scale.pk, by=Officer(), words=words, seen=seen or fingerprint(held))


class TestSaveScale:
    def test_puts_grades_in_order_and_names_them_in_welsh(self, scale: Scale) -> None:
        save(scale, outstanding=("Outstanding", "Rhagorol", 1), good=("Good", "Da", 2))
        assert list(scale.grades.values_list("label_cy", "position")) == [
            ("Rhagorol", 1),
            ("Da", 2),
        ]

    def test_records_before_and_after_of_what_changed_only(self, scale: Scale) -> None:
        save(scale, good=("Good", "Da", 1))
        entry = entries_about(scale).get()
        assert (entry.actor_label, entry.verb) == ("Gwen Parry", "scale.save")
        assert entry.details == {
            "before": {"grade.good.label_cy": ""},
            "after": {"grade.good.label_cy": "Da"},
        }

    def test_a_change_of_nothing_leaves_no_record(self, scale: Scale) -> None:
        save(scale)
        assert not entries_about(scale).exists()

    def test_a_fault_leaves_all_as_it_was(self, scale: Scale) -> None:
        before = words_of(scale)
        with pytest.raises(PlaceTaken):
            save(scale, good=("Very good", "", 2))
        assert words_of(scale) == before
        assert not entries_about(scale).exists()

    def test_two_scales_have_two_names(self, scale: Scale) -> None:
        Scale.objects.create(code="other", name="Another")
        words = replace(words_of(scale), name="another")
        with pytest.raises(ScaleNameTaken):
            save_scale(
                scale_id=scale.pk, by=Officer(), words=words, seen=fingerprint(words_of(scale))
            )

    def test_what_another_saved_meanwhile_is_not_lost(self, scale: Scale) -> None:
        seen = fingerprint(words_of(scale))
        save(scale, good=("Good", "Da", 1))
        with pytest.raises(ScaleChangedMeanwhile):
            save(scale, seen=seen, good=("Good", "Gweddol", 1))
        assert Grade.objects.get(code="good").label_cy == "Da"

    def test_grades_of_another_scale_are_not_touched(self, scale: Scale) -> None:
        other = Scale.objects.create(code="other", name="Another")
        grade = Grade.objects.create(scale=other, code="a", label="A", position=1)
        held = words_of(scale)
        words = replace(held, grades={**held.grades, grade.pk: GradeWords("Taken", "", 9)})
        with pytest.raises(ScaleChangedMeanwhile):
            save_scale(scale_id=scale.pk, by=Officer(), words=words, seen=fingerprint(held))
        grade.refresh_from_db()
        assert grade.label == "A"


class TestImportsAfterwards:
    def test_a_grade_not_met_before_stands_last(self, scale: Scale) -> None:
        save(scale, good=("Good", "", 20), outstanding=("Outstanding", "", 10))
        ensure_grades([GradeRecord("ofsted", "Inadequate", TODAY)])
        assert [grade.label for grade in scale.grades.all()] == [
            "Outstanding",
            "Good",
            "Inadequate",
        ]

    def test_a_new_label_is_no_change_in_the_register(self, db: None) -> None:
        load = {"source": "gias", "by": None, "today": TODAY}
        import_register(as_file(gias_text({})), **load)
        save(Scale.objects.get(code="ofsted"), good=("Fine", "", 1))
        draft, _ = import_register(as_file(gias_text({}) + "\n"), **load)
        assert (draft.counts["changed"], draft.counts["unchanged"]) == (0, 1)
        assert not Change.objects.filter(field__startswith="grade.").exists()

    def test_a_new_label_is_no_change_in_a_list(self, scale: Scale) -> None:
        school(urn=115850)
        row = {"urn": "115850", "rating": "Good", "inspection_date": "2019-01-23"}
        options = {"by": None, "today": TODAY}
        lists.load_assessments(as_file(csv_text([row])), **options)
        save(scale, good=("Fine", "", 1))
        again, _ = lists.load_assessments(as_file(csv_text([row])), **options)
        assert (again.counts["changed"], again.counts["unchanged"]) == (0, 1)
        assert Assessment.objects.get().grade.label == "Fine"
