"""Changes what an organisation is called and how its pages look."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation


class ParentInside(Problem):
    """The chosen parent is the organisation itself or belongs to it."""

    def __init__(self, parent: Organisation) -> None:
        super().__init__(
            Message(
                N_("This organisation cannot be the parent, because it stands below: %(parent)s."),
                {"parent": str(parent)},
            ),
            next_step=Message(N_("Choose another parent, or none.")),
        )


class NameTaken(Problem):
    """Another organisation of the same kind has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Message(N_("Another organisation has this name: %(name)s."), {"name": name}),
            next_step=Message(N_("Choose a name that tells the two apart.")),
        )


@transaction.atomic
def edit_organisation(
    *,
    organisation_id: int,
    by: Actor,
    name: str,
    name_cy: str,
    parent: Organisation | None,
    is_welsh: bool,
    colour: str,
) -> Organisation:
    """Raises `ParentInside`, `NameTaken`. `colour` is a CSS colour such as `#1d70b8`, or empty."""
    held = {row.pk: row for row in Organisation.objects.select_for_update().order_by("pk")}
    edited = held[organisation_id]
    _check_parent(edited, parent, held)
    same = Organisation.objects.filter(kind=edited.kind, name=name).exclude(pk=edited.pk)
    if same.exists():
        raise NameTaken(name)
    wanted = {
        "name": name,
        "name_cy": name_cy,
        "parent_id": parent.pk if parent else None,
        "is_welsh": is_welsh,
        "colour": colour,
    }
    changed = {field: value for field, value in wanted.items() if getattr(edited, field) != value}
    for field, value in changed.items():
        setattr(edited, field, value)
    if changed:
        edited.save()
        _record(edited, by, changed)
    return edited


def _check_parent(
    edited: Organisation, parent: Organisation | None, held: Mapping[int, Organisation]
) -> None:
    """`held` are all organisations as locked, so that nobody else closes a ring meanwhile."""
    seen: set[int] = set()
    above = parent.pk if parent else None
    while above is not None and above not in seen:
        if above == edited.pk:
            raise ParentInside(parent or edited)
        seen.add(above)
        above = held[above].parent_id


def _record(edited: Organisation, by: Actor, changed: Mapping[str, object]) -> None:
    record(
        actor=by,
        verb="organisation.edit",
        subject=edited,
        summary=Message(N_("Changed the organisation.")),
        details=changed,
    )
