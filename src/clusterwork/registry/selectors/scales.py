"""Scales of grades as people named and ordered them; changes none."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from clusterwork.registry.models import Scale
from clusterwork.registry.rules.scales import GradeWords, ScaleWords


def scales_listed() -> QuerySet[Scale]:
    """All scales with their grades in order; `n_schools` were given any of them, ever."""
    return Scale.objects.prefetch_related("grades").annotate(
        n_schools=Count("assessments__school", distinct=True)
    )


def words_of(scale: Scale) -> ScaleWords:
    """What the register holds of the scale: one query."""
    grades = {
        grade.pk: GradeWords(grade.label, grade.label_cy, grade.position)
        for grade in scale.grades.all()
    }
    return ScaleWords(scale.name, scale.name_cy, grades, scale.ended_on)
