"""Starting an exercise, and choosing its schools."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import ChosenSchool, Formation, Programme
from clusterwork.clusters.permissions import formation_for, programme_for
from clusterwork.clusters.services.programmes import NameTaken
from clusterwork.clusters.services.unconfirmed import locked_formation
from clusterwork.kernel.messages import N_, Message


@transaction.atomic
def start_formation(
    *, person: Person, day: dt.date, programme_pk: int, name: str, kind: str
) -> Formation:
    """A new exercise without schools. Raises `NotThere`, `NotAllowed`, `NameTaken`."""
    programme = programme_for(person, programme_pk, day)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.formations.filter(name=name).exists():
        raise NameTaken(
            Message(N_("Another exercise of this programme has this name.")),
            next_step=Message(N_("Choose another name, for example with the year.")),
        )
    formation = Formation.objects.create(
        programme=programme, name=name, kind=kind, started_by=person
    )
    record(
        actor=person,
        verb="formation.start",
        subject=formation,
        summary=Message(N_("Started this exercise: %(name)s."), {"name": name}),
    )
    return formation


@transaction.atomic
def choose_schools(*, person: Person, day: dt.date, pk: int, school_ids: Collection[int]) -> int:
    """Adds schools and says how many were new.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`.
    """
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    before = set(formation.chosen.values_list("school_id", flat=True))
    new = [school for school in dict.fromkeys(school_ids) if school not in before]
    ChosenSchool.objects.bulk_create(
        (ChosenSchool(formation=formation, school_id=school) for school in new),
        ignore_conflicts=True,
    )
    if new:
        record(
            actor=person,
            verb="formation.choose",
            subject=formation,
            summary=Message(N_("Added schools: %(n)s."), {"n": len(new)}),
            details={"schools": new},
        )
    return len(new)


@transaction.atomic
def remove_schools(*, person: Person, day: dt.date, pk: int, school_ids: Collection[int]) -> int:
    """Takes schools out, with the locks that name them.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`.
    """
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    gone = list(formation.chosen.filter(school__in=school_ids).values_list("school_id", flat=True))
    formation.locks.filter(school__in=gone).delete()
    formation.locks.filter(other__in=gone).delete()
    formation.chosen.filter(school__in=gone).delete()
    if gone:
        record(
            actor=person,
            verb="formation.remove",
            subject=formation,
            summary=Message(N_("Removed schools: %(n)s."), {"n": len(gone)}),
            details={"schools": gone},
        )
    return len(gone)


@transaction.atomic
def say_who_contributes(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    shown: Collection[int],
    contributing: Collection[int],
) -> None:
    """Of the schools `shown`, those in `contributing` can contribute and the others cannot.

    Raises `NotThere`, `NotAllowed`, `ConfirmedAlready`.
    """
    formation = formation_for(person, pk, day)
    locked_formation(pk)
    shown_rows = formation.chosen.filter(school__in=shown)
    now = shown_rows.filter(school__in=contributing, contributes=False)
    no_more = shown_rows.exclude(school__in=contributing).filter(contributes=True)
    details = {
        "can": list(now.values_list("school_id", flat=True)),
        "cannot": list(no_more.values_list("school_id", flat=True)),
    }
    if not any(details.values()):
        return
    no_more.update(contributes=False)
    now.update(contributes=True)
    record(
        actor=person,
        verb="formation.contributing",
        subject=formation,
        summary=Message(N_("Changed which schools can contribute.")),
        details=details,
    )
