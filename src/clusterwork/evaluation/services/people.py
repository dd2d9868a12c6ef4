"""Naming somebody on a study, and ending it; officers of its programme do both."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.accounts.selectors.people import person_by_email
from clusterwork.audit.services import record
from clusterwork.clusters.permissions.reading_programmes import may_run
from clusterwork.evaluation.models import Study, StudyPerson
from clusterwork.evaluation.permissions.studies import study_to_work_on
from clusterwork.kernel.errors import NotAllowed, NotThere, Problem
from clusterwork.kernel.messages import N_, Message


class NobodyOfThatAddress(Problem):
    """The address is nobody's with whom they sign in."""


class NamedAlready(Problem):
    """The person is named on the study today."""


@transaction.atomic
def name_person(*, person: Person, day: dt.date, study_pk: int, email: str) -> StudyPerson:
    """Whoever signs in with `email` works on the study from `day`.

    Raises `NotThere`, `NotAllowed`, `NobodyOfThatAddress`, `NamedAlready`.
    """
    study = _locked(person, day, study_pk)
    _check_officer(person, study, day)
    found = _signed_in_as(email)
    if study.people.filter(person=found, end_on__isnull=True).exists():
        raise _named_already(found)
    made = StudyPerson.objects.create(study=study, person=found, start_on=day, named_by=person)
    _note(person, made, "study.name", N_("Named on the study: %(name)s."))
    return made


@transaction.atomic
def end_person(*, person: Person, day: dt.date, study_pk: int, pk: int) -> StudyPerson:
    """They no longer work on the study from `day`; whoever is named may end it for herself.

    Raises `NotThere`, `NotAllowed`.
    """
    study = _locked(person, day, study_pk)
    held = study.people.select_related("person").filter(pk=pk, end_on__isnull=True).first()
    if held is None:
        raise NotThere(Message(N_("There is no such person on this study any more.")))
    if held.person_id != person.pk:
        _check_officer(person, study, day)
    held.end_on = day
    held.save(update_fields=["end_on"])
    _note(person, held, "study.name_end", N_("No longer named on the study: %(name)s."))
    return held


def may_name(person: Person, study: Study, day: dt.date) -> bool:
    """Whether `person` may name others on the study: officers of its programme."""
    return may_run(person, study.programme, day)


def _locked(person: Person, day: dt.date, pk: int) -> Study:
    study = study_to_work_on(person, pk, day)
    Study.objects.select_for_update().get(pk=pk)
    return study


def _check_officer(person: Person, study: Study, day: dt.date) -> None:
    if not may_name(person, study, day):
        raise NotAllowed(
            Message(N_("You cannot name anybody on this study.")),
            why=Message(
                N_("Its programme’s officers do that. Organisation: %(organisation)s."),
                {"organisation": str(study.programme.organisation)},
            ),
            next_step=Message(N_("Ask one of them.")),
        )


def _signed_in_as(email: str) -> Person:
    found = person_by_email(email)
    if found is None:
        raise NobodyOfThatAddress(
            Message(N_("Nobody signs in with this address: %(email)s."), {"email": email}),
            next_step=Message(N_("Look at the address again, or invite the person first.")),
        )
    return found


def _named_already(found: Person) -> NamedAlready:
    return NamedAlready(
        Message(N_("This person is named on the study already: %(name)s."), {"name": str(found)}),
        next_step=Message(N_("Go back to the study; nothing has to be done.")),
    )


def _note(person: Person, held: StudyPerson, verb: str, text: str) -> None:
    summary = Message(text, {"name": str(held.person)})
    record(actor=person, verb=verb, subject=held.study, summary=summary)
