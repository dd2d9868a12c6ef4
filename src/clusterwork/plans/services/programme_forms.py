"""Funders' forms that officers set up once for a programme; each of its clusters finds them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.models import Programme
from clusterwork.clusters.permissions import programme_for
from clusterwork.kernel.errors import NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import FunderForm
from clusterwork.plans.selectors.funder_forms import forms_of
from clusterwork.plans.services.funder_forms import named, put_question


@transaction.atomic
def make_programme_form(
    *, person: Person, day: dt.date, pk: int, name: str, name_cy: str = ""
) -> FunderForm:
    """A form for the plans of programme `pk`. Raises `NotThere`, `NotAllowed`, `NoName`."""
    programme = programme_for(person, pk, day)
    made = FunderForm.objects.create(
        organisation=programme.organisation,
        programme=programme,
        name=named(name),
        name_cy=name_cy.strip(),
        made_by=person,
    )
    _note(person, programme, "form.make", N_("Set up a funder’s form: %(name)s."), made)
    return made


@transaction.atomic
def add_programme_question(
    *,
    person: Person,
    day: dt.date,
    pk: int,
    form_pk: int,
    label: str,
    label_cy: str = "",
    source: str = "",
    limit: int | None = None,
) -> FunderForm:
    """Adds a question at the end. Raises as `make_programme_form`, and `TooManyQuestions`."""
    programme = programme_for(person, pk, day)
    form = _locked(programme, form_pk)
    put_question(form, label=label, label_cy=label_cy, source=source, limit=limit)
    _note(person, programme, "form.question", N_("Added a question to the form: %(name)s."), form)
    return form


@transaction.atomic
def take_programme_question(
    *, person: Person, day: dt.date, pk: int, form_pk: int, key: str
) -> FunderForm:
    """Takes a question away; what clusters answered to it stays. Raises `NotThere`,
    `NotAllowed`."""
    programme = programme_for(person, pk, day)
    form = _locked(programme, form_pk)
    form.questions = [each for each in form.questions if each["key"] != key]
    form.save(update_fields=["questions"])
    text = N_("Took a question from the form: %(name)s.")
    _note(person, programme, "form.unquestion", text, form)
    return form


@transaction.atomic
def end_programme_form(
    *, person: Person, day: dt.date, now: dt.datetime, pk: int, form_pk: int
) -> FunderForm:
    """No cluster is offered the form any more; what was answered stays. Raises `NotThere`,
    `NotAllowed`."""
    programme = programme_for(person, pk, day)
    form = _locked(programme, form_pk)
    form.ended_at = now
    form.save(update_fields=["ended_at"])
    _note(person, programme, "form.end", N_("Ended a funder’s form: %(name)s."), form)
    return form


def _locked(programme: Programme, pk: int) -> FunderForm:
    found = forms_of(programme).select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such form.")))
    return found


def _note(person: Person, programme: Programme, verb: str, text: str, form: FunderForm) -> None:
    summary = Message(text, {"name": form.name})
    record(actor=person, verb=verb, subject=programme, summary=summary, details={"form": form.pk})
