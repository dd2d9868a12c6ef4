"""Writes censuses and grades of many schools at once; opens no transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clusterwork.registry.imports.records import GradeRecord, Value
from clusterwork.registry.models import Assessment, Census, Grade, Scale
from clusterwork.registry.rules.names import fold
from clusterwork.registry.rules.steps import NEW, Step
from clusterwork.registry.selectors.held import FIGURES
from clusterwork.registry.services.rows import copy_rows

BATCH = 5000
Figures = Mapping[tuple[int, int], Mapping[str, Value]]
Given = tuple[int, GradeRecord]
# Names of the scales that the official files speak of; people may rename them.
SCALES = {
    "ofsted": ("Ofsted: overall effectiveness", "Ofsted: effeithiolrwydd cyffredinol"),
    "support-category": ("Support category", "Categori cymorth"),
}


def write_censuses(steps: Sequence[Step], source: str) -> None:
    """Adds or fills one row a school and year with the figures that the steps change."""
    add_censuses(_figures([step for step in steps if step.happening == NEW]), source)
    put_censuses(_figures([step for step in steps if step.happening != NEW]), source)


def _figures(steps: Iterable[Step]) -> Figures:
    return {
        (step.school_id or 0, year): {name: after for name, (_, after) in changed.items()}
        for step in steps
        for year, changed in step.censuses.items()
    }


def add_censuses(figures: Figures, source: str) -> None:
    """Figures by school and year of which no row is held yet."""
    copy_rows(
        Census,
        ("school", "year", *FIGURES, "source"),
        (
            (school_id, year, *(row.get(name) for name in FIGURES), source)
            for (school_id, year), row in figures.items()
        ),
    )


def put_censuses(figures: Figures, source: str) -> None:
    """Figures by school and year; those not named stay. A census is kept as its own source."""
    by_names: dict[tuple[str, ...], list[Census]] = {}
    for (school_id, year), row in figures.items():
        census = Census(school_id=school_id, year=year, source=source, **row)
        by_names.setdefault(tuple(sorted(row)), []).append(census)
    for named, rows in by_names.items():
        kept = [*named, "source"] if source == "census" else [*named]
        Census.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["school", "year"],
            update_fields=kept,
        )


def write_grades(steps: Sequence[Step], source: str) -> None:
    """Adds or corrects the grade of a school on a scale on a day."""
    given = [
        (step.school_id or 0, grade, before) for step in steps for grade, before in step.grades
    ]
    add_grades([(school_id, grade) for school_id, grade, before in given if not before], source)
    put_grades([(school_id, grade) for school_id, grade, before in given if before], source)


def add_grades(given: Sequence[Given], source: str) -> None:
    """Grades by school of which no row is held yet; scales and grades not met before are added."""
    ids = ensure_grades(grade for _, grade in given)
    copy_rows(
        Assessment,
        ("school", "scale", "grade", "on", "source"),
        (
            (school_id, *ids[grade.scale, fold(grade.grade)], grade.on, source)
            for school_id, grade in given
        ),
    )


def put_grades(given: Sequence[Given], source: str) -> None:
    """Grades by school in place of those held of the same scale and day."""
    ids = ensure_grades(grade for _, grade in given)
    rows = []
    for school_id, grade in given:
        scale_id, grade_id = ids[grade.scale, fold(grade.grade)]
        rows.append(
            Assessment(
                school_id=school_id,
                scale_id=scale_id,
                grade_id=grade_id,
                on=grade.on,
                source=source,
            )
        )
    Assessment.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["school", "scale", "on"],
        update_fields=["grade", "source"],
    )


def ensure_grades(grades: Iterable[GradeRecord]) -> dict[tuple[str, str], tuple[int, int]]:
    """Ids of scale and grade by scale code and folded label, in the order in which they are met."""
    met = {(grade.scale, fold(grade.grade)): grade.grade for grade in grades}
    scales = {code: _scale(code) for code, _ in met}
    held = {
        (found.scale.code, found.code): found
        for found in Grade.objects.filter(scale__in=scales.values()).select_related("scale")
    }
    for (scale, code), label in met.items():
        if (scale, code) not in held:
            places = [row.position for (other, _), row in held.items() if other == scale]
            position = 1 + max(places, default=0)
            held[scale, code] = Grade.objects.create(
                scale=scales[scale], code=code, label=label, position=position
            )
    return {key: (grade.scale_id, grade.pk) for key, grade in held.items()}


def _scale(code: str) -> Scale:
    name, name_cy = SCALES.get(code, (code.replace("-", " ").capitalize(), ""))
    return Scale.objects.get_or_create(code=code, defaults={"name": name, "name_cy": name_cy})[0]
