"""Makes the bodies that run programmes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from clusterwork.audit.services import Actor, record
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Authority, Organisation
from clusterwork.registry.services.organisations import NameTaken


class NoSuchAuthority(Problem):
    """A code was named that the register does not hold."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            Message(
                N_("The register holds no authority of this code: %(codes)s."),
                {"codes": ", ".join(codes)},
            ),
            next_step=Message(
                N_("Import the register first, and look in its column of authority codes.")
            ),
        )


@transaction.atomic
def make_organisation(
    *,
    kind: str,
    name: str,
    name_cy: str,
    is_welsh: bool,
    authority_codes: Sequence[str],
    by: Actor | None,
) -> Organisation:
    """A new organisation that looks after these authorities.

    Raises `NoSuchAuthority`, or `NameTaken` where one of its kind has the name already.
    """
    authorities = authorities_of(authority_codes)
    if Organisation.objects.filter(kind=kind, name=name).exists():
        raise NameTaken(name)
    made = Organisation.objects.create(kind=kind, name=name, name_cy=name_cy, is_welsh=is_welsh)
    made.authorities.set(authorities)
    record(
        actor=by,
        verb="organisation.make",
        subject=made,
        summary=Message(N_("Made this organisation: %(name)s."), {"name": name}),
        details={"authorities": list(authority_codes)},
    )
    return made


def authorities_of(codes: Sequence[str]) -> list[Authority]:
    """The authorities of these codes, by code. Raises `NoSuchAuthority`."""
    found = list(Authority.objects.filter(code__in=codes).order_by("code"))
    if absent := sorted(set(codes) - {authority.code for authority in found}):
        raise NoSuchAuthority(absent)
    return found
