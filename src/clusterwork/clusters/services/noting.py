"""What every change of a decision does: lock it, hold its texts to a length, note it."""

from __future__ import annotations

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Decision
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_WORDS = 20_000  # characters of a proposal or a reason


class TooLong(Problem):
    """A text longer than anybody reads before voting."""


def locked_decision(pk: int) -> Decision:
    """The decision under lock, with what it stands beside."""
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("cluster__organisation", "group", "proposed_school").get(pk=pk)


def check_length(text: str) -> None:
    """Raises `TooLong`."""
    if len(text) > MOST_WORDS:
        raise TooLong(
            Message(N_("This text is too long: %(n)s characters."), {"n": len(text)}),
            why=Message(N_("At most %(n)s characters are kept."), {"n": MOST_WORDS}),
            next_step=Message(N_("Shorten it, and keep the rest in a document.")),
        )


def note(person: Person, decision: Decision, verb: str, text: str) -> None:
    """An entry of the record about the decision; it is as private as the decision itself."""
    summary = Message(text, {"title": decision.title})
    record(actor=person, verb=verb, subject=decision, summary=summary)
