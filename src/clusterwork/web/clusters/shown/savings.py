"""What each decision costs, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.clusters.closer import Saving, savings_from
from clusterwork.clusters.models import Lock, Look
from clusterwork.registry.models import School
from clusterwork.web.clusters.shown.places import LEAST_SHOWN
from clusterwork.web.formats import number


@dataclass(frozen=True)
class SavingShown:
    """One decision: its kind, its schools, and what dropping it alone would do."""

    kind: str
    schools: str
    saves: str
    words: str


def savings_shown(look: Look) -> list[SavingShown]:
    """Every decision, the dearest first."""
    found = sorted(savings_from(look.found), key=lambda each: -(each.saving or 0.0))
    schools = School.objects.in_bulk([pk for each in found for pk in each.schools])
    return [
        SavingShown(
            str(Lock.Kind(each.rule).label),
            " – ".join(str(schools[pk]) for pk in each.schools if pk in schools),
            number(each.saving, 1) if (each.saving or 0.0) >= LEAST_SHOWN else "–",
            _words(each),
        )
        for each in found
    ]


def _words(saving: Saving) -> str:
    if saving.saving is None:
        return (
            _("No arrangement nearby keeps all the rules with it.")
            if saving.proved
            else _("None was found in the time.")
        )
    if saving.saving < LEAST_SHOWN:
        return _("Nothing nearby would be better without it.")
    text = ngettext(
        "Without it one school would be elsewhere.",
        "Without it %(n)s schools would be elsewhere.",
        saving.n_moves,
    )
    proved = "" if saving.proved else f" {_('There may be a better way: not all were tried.')}"
    return text % {"n": saving.n_moves} + proved
