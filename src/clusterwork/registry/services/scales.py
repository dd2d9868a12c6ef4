"""Names a scale and its grades in both languages and puts the grades in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from django.db import transaction

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Grade, Scale
from clusterwork.registry.rules.scales import GradeWords, ScaleWords, faults, fingerprint
from clusterwork.registry.selectors.scales import words_of

Facts = dict[str, object]
GRADE_FIELDS = [each.name for each in fields(GradeWords)]


class ScaleChangedMeanwhile(Problem):
    """Somebody, or an import, changed the scale after the form was filled from it."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The scale has changed since you opened this page.")),
            why=Message(N_("Somebody else saved it, or an import added a grade.")),
            next_step=Message(
                N_("Compare it with what you have entered here, then save again to replace it.")
            ),
        )


class ScaleNameTaken(Problem):
    """Another scale has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("Another scale has this name: %(name)s."), {"name": name}),
            why=Message(N_("Readers could not tell the two scales apart.")),
            next_step=Message(N_("Choose a name that tells the two apart.")),
        )


@transaction.atomic
def save_scale(*, scale_id: int, by: Actor, words: ScaleWords, seen: str) -> Scale:
    """The scale with these words; `seen` is the fingerprint of those that the editor started from.

    The lock keeps out other editors and, by its foreign key, an import that adds a grade.
    Raises `ScaleChangedMeanwhile`, `ScaleNameTaken` and the problems of `rules.scales.faults`.
    """
    scale = Scale.objects.select_for_update().get(pk=scale_id)
    held = words_of(scale)
    if seen != fingerprint(held) or words.grades.keys() != held.grades.keys():
        raise ScaleChangedMeanwhile
    _check(scale, words, {pk: grade.label for pk, grade in held.grades.items()})
    before = _facts(scale)
    _write(scale, words)
    _record(scale, by, before, _facts(scale))
    return scale


def _check(scale: Scale, words: ScaleWords, called: Mapping[int, str]) -> None:
    for _field, problem in faults(words, called):
        raise problem
    if Scale.objects.filter(name__iexact=words.name).exclude(pk=scale.pk).exists():
        raise ScaleNameTaken(words.name)


def _write(scale: Scale, words: ScaleWords) -> None:
    scale.name, scale.name_cy, scale.ended_on = words.name, words.name_cy, words.ended_on
    scale.save(update_fields=["name", "name_cy", "ended_on"])
    grades = list(scale.grades.all())
    for grade in grades:
        for name in GRADE_FIELDS:
            setattr(grade, name, getattr(words.grades[grade.pk], name))
    Grade.objects.bulk_update(grades, GRADE_FIELDS)


def _facts(scale: Scale) -> Facts:
    """Everything that can be changed, by keys such as `name` and `grade.good.label`."""
    of_grades = {
        f"grade.{grade.code}.{name}": getattr(grade, name)
        for grade in scale.grades.all()
        for name in GRADE_FIELDS
    }
    ended_on = scale.ended_on.isoformat() if scale.ended_on else None
    return {"name": scale.name, "name_cy": scale.name_cy, "ended_on": ended_on, **of_grades}


def _record(scale: Scale, by: Actor, before: Facts, after: Facts) -> None:
    """One entry with what differs; none where nothing does."""
    changed = [name for name, value in after.items() if before[name] != value]
    if not changed:
        return
    record(
        actor=by,
        verb="scale.save",
        subject=scale,
        summary=Message(N_("Changed the scale.")),
        details={
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        },
    )
