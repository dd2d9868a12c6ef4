"""Partnerships that people tell us of: who joined which, since when, until when."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Affiliation, Partnership, PartnershipKind, School
from clusterwork.registry.rules.names import fold
from clusterwork.registry.services.members import BY_HAND


class PartnershipUnnamed(Problem):
    """A partnership needs a name."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The partnership has no name.")),
            next_step=Message(N_("Write the name that its schools use.")),
        )


class AlreadyInIt(Problem):
    """The school is in the partnership in that period already."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The school is already in this partnership in that period.")),
            next_step=Message(
                N_("End the earlier period first, or choose dates that do not overlap.")
            ),
        )


class EndsBeforeItStarts(Problem):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The end must come after the start.")),
            next_step=Message(N_("Correct one of the two dates.")),
        )


class EndedAlready(Problem):
    """What has an end can't be ended again."""

    def __init__(self) -> None:
        super().__init__(
            Message(N_("The school has already left this partnership.")),
            next_step=Message(N_("Open the school's page again to see how it stands now.")),
        )


def record_partnership(
    *,
    school: School,
    kind: str,
    name: str,
    by: Actor | None,
    since: date | None = None,
    until: date | None = None,
) -> Affiliation:
    """Puts the school into the partnership of that kind and name, which is added when new.

    The period is half-open; `since` is None where nobody knows. Raises `PartnershipUnnamed`,
    `EndsBeforeItStarts`, `AlreadyInIt`.
    """
    if not name.strip():
        raise PartnershipUnnamed
    if since and until and until <= since:
        raise EndsBeforeItStarts
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        partnership = _named(PartnershipKind(kind), name.strip())
        stay = Affiliation(school=school, partnership=partnership, start_on=since, end_on=until)
        try:
            stay.full_clean()
        except ValidationError as error:
            raise AlreadyInIt from error
        stay.save()
        summary = Message(N_("Put into a partnership: %(name)s."), {"name": partnership.name})
        record(actor=by, verb="partnership.join", subject=school, summary=summary)
    return stay


def _named(kind: PartnershipKind, name: str) -> Partnership:
    """The partnership of that kind by that name, blind to case and accents."""
    for held in Partnership.objects.filter(kind=kind).order_by("source", "id"):
        if fold(held.name) == fold(name):
            return held
    return Partnership.objects.create(kind=kind, name=name, source=BY_HAND)


def end_affiliation(*, affiliation: Affiliation, on: date, by: Actor | None) -> Affiliation:
    """From the day `on` the school is no longer in it.

    Raises `EndedAlready`, `EndsBeforeItStarts`.
    """
    with transaction.atomic():
        stay = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
        if stay.end_on is not None:
            raise EndedAlready
        if stay.start_on and on <= stay.start_on:
            raise EndsBeforeItStarts
        stay.end_on = on
        stay.save(update_fields=["end_on"])
        told = {"name": stay.partnership.name}
        summary = Message(N_("Left a partnership: %(name)s."), told)
        record(actor=by, verb="partnership.leave", subject=stay.school, summary=summary)
    return stay
