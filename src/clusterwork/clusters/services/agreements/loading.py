"""Loads a version for a change: permitted, then locked with its agreement, then looked at."""

from __future__ import annotations

import datetime as dt

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Agreement, AgreementVersion
from clusterwork.clusters.permissions.agreements import (
    found_version,
    version_to_draft,
    version_to_put,
)
from clusterwork.clusters.services.refusals import Said
from clusterwork.clusters.states.agreement import DRAFT, MOVES, NAMES
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.kernel.states import state_after


class WordsAreSealed(Problem):
    """The words were put to the schools and are never changed."""


class OneUnderWay(Problem):
    """Another version of the agreement is being written or signed."""


class AlreadySigned(Problem):
    """There is a signature in this capacity for the school already."""


class SignedIsNoDraft(Problem):
    """A version that somebody has signed does not become a draft again."""


class NotToBeSigned(Problem):
    """The version is not there to be signed."""


def locked(pk: int) -> AgreementVersion:
    """The version under the lock of its agreement, so that moves of all its versions queue."""
    found = found_version(pk)
    Agreement.objects.select_for_update().get(pk=found.agreement_id)
    return found_version(pk)


def draft_to_change(person: Person, pk: int, day: dt.date) -> AgreementVersion:
    """The draft under lock. Raises `NotThere`, `NotAllowed`, `WordsAreSealed`."""
    version_to_draft(person, pk, day)
    version = locked(pk)
    if version.state != DRAFT:
        raise words_are_sealed()
    return version


def version_to_move(person: Person, pk: int, day: dt.date) -> AgreementVersion:
    """The version under lock, for those who may put it. Raises `NotThere`, `NotAllowed`."""
    version_to_put(person, pk, day)
    return locked(pk)


def put_state(version: AgreementVersion, verb: str) -> None:
    """Sets the state that the verb leads to; not saved. Raises `MoveNotAllowed`."""
    version.state = state_after(verb, version.state, MOVES, NAMES)


def words_are_sealed() -> Problem:
    """For `agreement_words_are_sealed`."""
    return WordsAreSealed(
        Message(N_("These words cannot be changed any more.")),
        why=Message(N_("They were put to the schools, and what is signed stays as it was read.")),
        next_step=Message(
            N_(
                "Take the agreement back first if nobody has signed it. Otherwise begin a new "
                "version, or a letter that varies it."
            )
        ),
    )


def one_under_way() -> Problem:
    """For `agreement_one_version_under_way` and `agreement_version_number_once`."""
    return OneUnderWay(
        Message(N_("Another version of this agreement is under way already.")),
        why=Message(N_("Somebody else may have begun it just now.")),
        next_step=Message(N_("Go on with that one, or withdraw it first.")),
    )


def already_signed() -> Problem:
    """For `signature_once_a_capacity`."""
    return AlreadySigned(
        Message(N_("This is signed already.")),
        next_step=Message(N_("Open the agreement again to see who has signed.")),
    )


def signed_is_no_draft() -> Problem:
    """For `agreement_signed_is_no_draft`."""
    return SignedIsNoDraft(
        Message(N_("The agreement cannot be taken back to be changed.")),
        why=Message(N_("Somebody has signed these words.")),
        next_step=Message(N_("Withdraw it, and begin a new version with other words.")),
    )


def not_to_be_signed() -> Problem:
    """For `signature_while_it_can_be_signed`."""
    return NotToBeSigned(
        Message(N_("This agreement is not there to be signed.")),
        why=Message(N_("It is still a draft, or another version has taken its place.")),
        next_step=Message(N_("Open the cluster’s agreements to see which one can be signed.")),
    )


REFUSED: Said = {
    "agreement_words_are_sealed": words_are_sealed,
    "agreement_one_version_under_way": one_under_way,
    "agreement_once_a_kind": one_under_way,
    "agreement_version_number_once": one_under_way,
    "signature_once_a_capacity": already_signed,
    "agreement_signed_is_no_draft": signed_is_no_draft,
    "signature_while_it_can_be_signed": not_to_be_signed,
}
