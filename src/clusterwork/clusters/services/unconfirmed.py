"""That an exercise is still open: after its clusters were confirmed nothing is asked or put."""

from __future__ import annotations

from clusterwork.clusters.models import Confirmation, Formation
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class ConfirmedAlready(Problem):
    """The exercise has ended in clusters."""


def locked_formation(pk: int) -> Formation:
    """The exercise, locked for whatever changes it. Raises `ConfirmedAlready`."""
    formation = Formation.objects.select_for_update().get(pk=pk)
    check_not_confirmed(formation)
    return formation


def check_not_confirmed(formation: Formation) -> None:
    """Raises `ConfirmedAlready`."""
    if Confirmation.objects.filter(formation=formation).exists():
        raise ConfirmedAlready(
            Message(N_("The clusters of this exercise have been confirmed.")),
            why=Message(N_("What was asked, answered and decided is kept as it was.")),
            next_step=Message(N_("Change the clusters themselves, or start another exercise.")),
        )
